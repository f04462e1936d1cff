"""How a Word document with tables is written: texts as XML, direction done properly, the same bytes each time.

Tables are XML strings, which is fast; python-docx gives the package around them.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape  # nosec B406 (it writes, nothing is parsed)

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from cpi1540.exchange.cell_text import plain, writable
from cpi1540.exchange.wording import Wording
from cpi1540.locales import BY_CODE

PETROL, PETROL_SOFT, INK, INK_SOFT, RULE, PAPER = "0B5A63", "E2EEEE", "1B1F22", "5F666B", "B8BEC0", "F4F5F4"
AMBER, AMBER_INK = "F6E7C1", "5B4300"
MM = 56.7  # twentieths of a point
_FONTS = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:cs="{0}" w:eastAsia="{1}"/>'
_EAST = "Microsoft YaHei"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks; ``size`` in points. ``hidden`` text is kept, and not shown."""

    size: float = 8
    bold: bool = False
    colour: str = INK
    mono: bool = False
    struck: bool = False
    underlined: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs as XML, its fill, how many columns it spans, and what it keeps free before its texts
    beyond the usual, in points.
    """

    content: str
    fill: str = ""
    span: int = 1
    lead: float = 0.0


class Writing:
    """Makes paragraphs, cells and tables in the direction of one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.rtl = wording.right_to_left

    def run(self, text: str, look: Look, *, rtl: bool | None = None, language: str = "") -> str:
        """A run; line ends in the text become breaks. ``language`` is a code, where it is not the document's."""
        marks = [
            _FONTS.format("Liberation Mono" if look.mono else "Arial", "Liberation Mono" if look.mono else _EAST),
            "<w:b/><w:bCs/>" if look.bold else "",
            "<w:strike/>" if look.struck else "",
            "<w:vanish/>" if look.hidden else "",
            f'<w:color w:val="{look.colour}"/>',
            f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>',
            '<w:u w:val="single"/>' if look.underlined else "",
            "<w:rtl/>" if (self.rtl if rtl is None else rtl) else "",
            _language_mark(language) if language else "",
        ]
        pieces = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in writable(text).split("\n")
        )
        return f"<w:r><w:rPr>{''.join(marks)}</w:rPr>{pieces}</w:r>"

    def paragraph(
        self,
        runs: Sequence[tuple[str, Look]],
        *,
        align: str = "start",
        before: float = 0,
        after: float = 0,
        style: str = "",
        keep: bool = False,
        line: float | None = None,
    ) -> str:
        """A paragraph of (text, look). Texts without a letter of the right-to-left script keep their direction.

        "right" is the right of the page in every language.
        """
        rtl = self.rtl and (not runs or any(_right_to_left(text) for text, _look in runs))
        latin = self.rtl and not rtl
        if align == "start" and latin:
            align = "right"
        elif align == "right" and rtl:
            # In a paragraph from right to left the format's own "right" is the left.
            align = "start"
        largest = max((look.size for _text, look in runs), default=8)
        exact = line or largest * (1.5 if self.rtl else 1.25)
        rule = "exact" if largest < 14 else "atLeast"
        apart = f'w:before="{round(before * 20)}" w:after="{round(after * 20)}" w:line="{round(exact * 20)}"'
        marks = [
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "<w:keepNext/>" if keep else "",
            "<w:bidi/>" if rtl else "",
            f'<w:spacing {apart} w:lineRule="{rule}"/>',
            f'<w:jc w:val="{align}"/>' if align != "start" else "",
        ]
        body = "".join(self.run(text, look, rtl=self.rtl and _right_to_left(text)) for text, look in runs if text)
        empty = "" if body else f'<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/>{"<w:rtl/>" if rtl else ""}</w:rPr>'
        return f"<w:p><w:pPr>{''.join(marks)}{empty}</w:pPr>{body}</w:p>"

    def text_cell(
        self, text: str, look: Look, *, fill: str = "", align: str = "start", keep: bool = False, **more: Any
    ) -> Cell:
        """A cell with a paragraph for each line of a text. A row of ``keep`` cells stays with the row after it."""
        lines = text.split("\n") if text else []
        paragraphs = [self.paragraph([(line, look)], align=align, keep=keep) for line in lines] or [
            self.paragraph([], align=align, keep=keep)
        ]
        return Cell("".join(paragraphs), fill, **more)

    def row(self, cells: Iterable[Cell], widths: Sequence[float], *, head: bool = False) -> str:
        """A row that is not broken over pages; ``head`` rows stand again on each page. Widths in millimetres."""
        marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
        written, place = [], 0
        for cell in cells:
            width = sum(widths[place : place + cell.span])
            place += cell.span
            of_cell = [
                f'<w:tcW w:w="{round(width * MM)}" w:type="dxa"/>',
                f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "",
                f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else "",
                self._apart(cell.lead) if cell.lead else "",
                '<w:vAlign w:val="center"/>' if head else "",
            ]
            written.append(f"<w:tc><w:tcPr>{''.join(of_cell)}</w:tcPr>{cell.content}</w:tc>")
        return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(written)}</w:tr>"

    def _apart(self, lead: float) -> str:
        side = "right" if self.rtl else "left"
        return f'<w:tcMar><w:{side} w:w="{round(lead * 20) + 60}" w:type="dxa"/></w:tcMar>'

    def table(self, rows: Sequence[str], widths: Sequence[float]) -> str:
        """A table of ``row`` strings, its columns from right to left where the language is."""
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = "".join(f'<w:gridCol w:w="{round(width * MM)}"/>' for width in widths)
        return (
            f"<w:tbl {nsdecls('w')}><w:tblPr>{'<w:bidiVisual/>' if self.rtl else ''}"
            f'<w:tblW w:w="{round(sum(widths) * MM)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
            '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )


class Document:
    """A document of A4 landscape pages, filled from top to bottom."""

    def __init__(self, wording: Wording, title: str, footer: str, page_word: str, made_at: datetime.datetime) -> None:
        self.writing = Writing(wording)
        self.document = docx.Document()
        self.body = self.document.element.body
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(10)
        section.top_margin, section.bottom_margin = Mm(11), Mm(13)
        section.footer_distance = section.header_distance = Mm(6)
        if wording.right_to_left:
            self.body.sectPr.insert_element_before(parse_xml(f"<w:bidi {nsdecls('w')}/>"), "w:rtlGutter", "w:docGrid")
        self._language(wording)
        self._footer(section, footer, page_word)
        made = made_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        core = self.document.core_properties
        core.title, core.language = plain(title)[:255], BY_CODE[wording.language].tag
        core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
        core.created = core.modified = core.last_printed = made
        core.revision = 1

    def add(self, *blocks: str) -> None:
        """Put paragraphs or tables, as XML, at the end."""
        for block in blocks:
            marked = block if block.startswith("<w:tbl ") else block.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)
            self.body.insert(len(self.body) - 1, parse_xml(marked))

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading that a reader's navigation finds."""
        look = Look(size=(15, 12, 10)[level - 1], bold=True, colour=PETROL)
        block = self.writing.paragraph([(text, look)], before=8, after=4, style=f"Heading{level}", keep=True)
        self.add(block.replace("<w:keepNext/>", "<w:keepNext/><w:pageBreakBefore/>", 1) if new_page else block)

    def text(self, text: str, look: Look | None = None, *, after: float = 3) -> None:
        """A paragraph."""
        look = look or Look(size=9)
        self.add(self.writing.paragraph([(text, look)], after=after))

    def to_bytes(self) -> bytes:
        """The file; parts are in a fixed order with a fixed date, so that the same values give the same bytes."""
        made, again = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(info, source.read(name))
        return again.getvalue()

    def _language(self, wording: Wording) -> None:
        defaults = self.document.styles.element.find(".//{*}docDefaults//{*}rPr")
        for child in list(defaults):
            defaults.remove(child)
        tag = BY_CODE[wording.language].tag
        latin = tag if not wording.right_to_left and wording.language != "zh" else "en-GB"
        for block in (
            _FONTS.format("Arial", _EAST),
            '<w:sz w:val="18"/>',
            '<w:szCs w:val="18"/>',
            f'<w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="{tag if wording.right_to_left else "ar-SA"}"/>',
        ):
            defaults.append(parse_xml(block.replace(" ", f" {nsdecls('w')} ", 1)))

    def _footer(self, section: Any, text: str, page_word: str) -> None:
        small = Look(size=7, colour=INK_SOFT)
        marks = f'<w:rPr><w:color w:val="{INK_SOFT}"/><w:sz w:val="14"/><w:szCs w:val="14"/></w:rPr>'
        field = "".join(
            f"{self.writing.run(between, small)}"
            f'<w:r>{marks}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{marks}<w:instrText>{code}</w:instrText></w:r>'
            f'<w:r>{marks}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{marks}<w:t>1</w:t></w:r>'
            f'<w:r>{marks}<w:fldChar w:fldCharType="end"/></w:r>'
            for between, code in ((f"{page_word} ", "PAGE"), (" / ", "NUMPAGES"))
        )
        block = self.writing.paragraph([(f"{text} · ", small)])
        block = block.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1).replace("</w:p>", f"{field}</w:p>", 1)
        footer = section.footer
        footer.is_linked_to_previous = False
        for old in list(footer._element):
            footer._element.remove(old)
        footer._element.append(parse_xml(block))


def _language_mark(language: str) -> str:
    """The mark of a run's language, for the script that it is written in."""
    script = {"ar": "bidi", "zh": "eastAsia"}.get(language, "val")
    return f'<w:lang w:{script}="{BY_CODE[language].tag}"/>'


def _right_to_left(text: str) -> bool:
    return any("\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc" for letter in text)
