"""Native tables of a deck, as XML: many rows are written at once, and each cell keeps its own direction."""

from collections.abc import Sequence
from xml.sax.saxutils import escape  # nosec B406 (it writes, nothing is parsed)

from pptx.oxml.ns import nsdecls

from cpi1540.briefing.packs import fitting
from cpi1540.briefing.packs.pack import Column, Table
from cpi1540.exchange.cell_text import writable
from cpi1540.locales import Language

POINT = 12700  # EMU
_INK, _PETROL, _RULE, _EDGE, _HEAD = "1B1F22", "0B5A63", "DCD9D0", "7B7F7E", "E2EEEE"
_PADDING = 9.0
# Office programs know languages with a country: by it they choose Chinese full stops, and what they check spelling by.
OFFICE_TAGS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}


def leading(language: Language) -> float:
    """From one line to the next, in sizes of letters: Arabic and Chinese ones stand higher."""
    return {"ar": 1.42, "zh": 1.45}.get(language.code, 1.22)


def measured(table: Table, room: float, size: float, language: Language) -> tuple[tuple[float, ...], list[float]]:
    """Widths of columns, and heights of rows with the head first, in points."""
    mirrored = language.direction == "rtl"
    widths = fitting.column_widths(table, room, size, _PADDING + 2, mirrored)
    line = size * leading(language)
    heads = tuple(column.head for column in table.columns)
    rooms = [width - lead for width, lead in zip(widths, fitting.leads(table, mirrored), strict=True)]
    heights = [fitting.row_height(heads, rooms, size, line, _PADDING, bold=True)]
    heights += [
        fitting.row_height(row, rooms, size, line, _PADDING, bold=place in table.strong)
        for place, row in enumerate(table.rows)
    ]
    return widths, heights


def table_xml(
    table: Table, rows: range, widths: Sequence[float], heights: Sequence[float], size: float, language: Language
) -> str:
    """The ``rows`` under their head, with widths and heights as ``measured`` gives them.

    In Arabic the columns stand reversed. The table's own mark for it is not set beside: programs that know the
    mark would turn the columns back.
    """
    order = list(range(len(widths)))
    mirrored = language.direction == "rtl"
    if mirrored:
        order.reverse()
    leads = fitting.leads(table, mirrored)
    grid = "".join(f'<a:gridCol w="{round(widths[place] * POINT)}"/>' for place in order)

    def row_of(cells: Sequence[str], height: float, look: str) -> str:
        inside = "".join(
            _cell(table.columns[place], cells[place], size, look, language, leads[place]) for place in order
        )
        return f'<a:tr h="{round(height * POINT)}">{inside}</a:tr>'

    written = [row_of([column.head for column in table.columns], heights[0], "head")]
    for row in rows:
        look = "strong" if row in table.strong else "plain"
        written.append(row_of(table.rows[row], heights[row + 1], look))
    return f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(written)}</a:tbl>'


def run_marks(tag: str, size: float | None, colour: str, *, bold: bool) -> str:
    """How a run of text looks; without a size or a colour the master's hold."""
    of_size = f' sz="{round(size * 100)}"' if size else ""
    weight = ' b="1"' if bold else ""
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
    return f'<a:rPr lang="{OFFICE_TAGS[tag.partition("-")[0]]}"{of_size}{weight}>{fill}</a:rPr>'


def _cell(column: Column, text: str, size: float, look: str, language: Language, lead: float) -> str:
    mirrored = language.direction == "rtl"
    rtl = mirrored and _has_letters_from_the_right(text)
    side = "ctr" if column.align == "middle" else "r" if column.align == "number" or mirrored else "l"
    marks = run_marks(language.tag, size, _PETROL if look == "head" else _INK, bold=look != "plain")
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{side}" rtl="{int(rtl)}"/>'
        # An empty cell would take the height of the master's letters.
        + (f"<a:r>{marks}<a:t>{escape(line)}</a:t></a:r>" if line else marks.replace("a:rPr", "a:endParaRPr"))
        + "</a:p>"
        for line in writable(text).split("\n")
    )
    none = "".join(f'<a:{edge} w="0"><a:noFill/></a:{edge}>' for edge in ("lnL", "lnR"))
    top = _line("lnT", 9525, _EDGE) if look == "strong" else '<a:lnT w="0"><a:noFill/></a:lnT>'
    bottom = _line("lnB", 12700, _PETROL) if look == "head" else _line("lnB", 6350, _RULE)
    fill = f'<a:solidFill><a:srgbClr val="{_HEAD}"/></a:solidFill>' if look == "head" else "<a:noFill/>"
    inset = round(_PADDING / 2 * POINT)
    left, right = (inset, inset + round(lead * POINT)) if mirrored else (inset + round(lead * POINT), inset)
    anchor = "b" if look == "head" else "t"
    edges = f'marL="{left}" marR="{right}" marT="{inset}" marB="{inset}" anchor="{anchor}"'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody>"
        f"<a:tcPr {edges}>{none}{top}{bottom}{fill}</a:tcPr></a:tc>"
    )


def _line(side: str, width: int, colour: str) -> str:
    return f'<a:{side} w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:{side}>'


def _has_letters_from_the_right(text: str) -> bool:
    return any("\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc" for letter in text)
