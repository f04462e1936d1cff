"""The fields of a matrix as it is printed: rows, and weapon domains within the two aspects.

Of one State each field shows its code; of several, in how many States measures are recorded, shaded by their share
in those reviewed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from cpi1540.briefing.charts.canvas import HEAD, INK, INK_2, RULE, Canvas, Style
from cpi1540.briefing.charts.chart import Chart, Column, Table, ground_sentences, states_sentences
from cpi1540.briefing.charts.field_cells import (
    HALF,
    KINDS,
    FieldCell,
    look_of_code,
    look_of_count,
    sample_code,
    sample_count,
)
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.briefing.charts.frame import Words
from cpi1540.briefing.charts.interval_key import draw_legend
from cpi1540.briefing.charts.shading import draw_steps
from cpi1540.briefing.charts.wrapping import pieces
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence

_LABEL = Style(12.5, INK, leading=1.22)
_SECTION = Style(13, INK_2, BOLD, 1.3)
_NARROW_HEAD = Style(11.5, INK_2, BOLD, 1.25)
_DOMAIN = Style(12, INK_2, BOLD)
_GAP = 40.0
_ROW, _ROW_ON_SLIDE = 24.0, 20.0
_BETWEEN = 10.0
_MOST_IN_ONE_BLOCK, _MOST_ON_SLIDE = 20, 8


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of a section: its label, and its cells by column ("nw.framework"); a domain without the row has none."""

    label: str
    cells: Mapping[str, FieldCell]


@dataclass(frozen=True, slots=True)
class FieldSection:
    """A section with its rows in printed order."""

    label: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    label: tuple[str, ...]
    row: FieldRow | None
    height: float


@dataclass(frozen=True, slots=True)
class HeatmapFields(Chart):
    """``columns`` are the columns within each aspect: (key, short name, full name) of a weapon domain; ``aspects``
    (key, name). ``codes`` names each of ``KINDS`` in the reader's language.
    """

    sections: tuple[FieldSection, ...]
    aspects: tuple[tuple[str, str], ...]
    domains: tuple[tuple[str, str, str], ...]
    codes: Mapping[str, str]

    @property
    def cells(self) -> list[FieldCell]:
        """Every field."""
        return [cell for section in self.sections for row in section.rows for cell in row.cells.values()]

    def finding(self, words: Words) -> Sentence:
        """How many fields have measures recorded, in the State or in half of the States."""
        scope = self.ground.scope_name
        if self.ground.code:
            applicable = [cell for cell in self.cells if cell.kind != "NA"]
            return plural_sentence(
                "%(scope)s: measures are recorded in %(n)s of %(all)s applicable fields",
                "%(scope)s: measures are recorded in %(n)s of %(all)s applicable fields",
                sum(cell.kind == "X" for cell in applicable),
                scope=scope,
                all=words.number(len(applicable)),
            )
        if not self.ground.n_reviewed:
            return sentence("%(scope)s: no State is reviewed in these fields yet", scope=scope)
        n = sum(cell.share is not None and cell.share >= HALF for cell in self.cells)
        return plural_sentence(
            "%(scope)s: in %(n)s of %(all)s fields, half of the States reviewed or more have measures recorded",
            "%(scope)s: in %(n)s of %(all)s fields, half of the States reviewed or more have measures recorded",
            n,
            scope=scope,
            all=words.number(len(self.cells)),
        )

    def what(self) -> Sentence:
        """Fields by domain and aspect."""
        if self.ground.code:
            return sentence("The code of each field, by weapon domain and aspect.")
        return sentence("States with measures recorded in each field, by weapon domain and aspect.")

    def facts(self, words: Words) -> tuple[tuple[Sentence, ...], ...]:
        """What, and how many fields."""
        fields = plural_sentence("n = %(n)s field.", "n = %(n)s fields.", len(self.cells))
        return (
            (self.what(), *ground_sentences(self.ground, words)),
            (*states_sentences(self.ground, words), fields),
        )

    def method(self, words: Words) -> tuple[Sentence, ...]:
        """What a cell says."""
        codes = sentence("X stands for a recorded reference, ? for an incomplete one, NA for not applicable.")
        if self.ground.code:
            return (codes, sentence("Blank means reviewed and nothing found: it does not say that no measure exists."))
        return (
            codes,
            sentence(
                "A number counts the States with X; the shade is their share in the States reviewed in that field, "
                "those left out to which it does not apply."
            ),
        )

    def table(self, words: Words) -> Table:
        """One row for each field."""
        heads = [sentence("Row"), sentence("Section"), sentence("Weapons"), sentence("Aspect")]
        own = (
            [sentence("Code")]
            if self.ground.code
            else [sentence("States with X"), sentence("States reviewed"), sentence("Share of those reviewed")]
        )
        columns = tuple(Column(words.translate(each)) for each in (*heads, *own))
        rows = []
        for section, row, domain, aspect, cell in self._fields():
            told = (self.codes[cell.kind],) if self.ground.code else (cell.x, cell.reviewed, cell.share)
            rows.append((row.label, section.label, domain, aspect, *told))
        return Table(columns, tuple(rows))

    def _fields(self) -> Iterator[tuple[FieldSection, FieldRow, str, str, FieldCell]]:
        """Every field with its section, row, domain and aspect in words."""
        for section in self.sections:
            for row in section.rows:
                for aspect, aspect_name in self.aspects:
                    for domain, _short, name in self.domains:
                        if (cell := row.cells.get(f"{domain}.{aspect}")) is not None:
                            yield section, row, name, aspect_name, cell

    def portions(self) -> tuple[str, ...]:
        """Each row, by its section."""
        return tuple(section.label for section in self.sections for _row in section.rows)

    def portion(self, first: int, past: int) -> Self:
        """Some rows, in their sections."""
        sections, place = [], 0
        for section in self.sections:
            chosen = section.rows[max(first - place, 0) : max(past - place, 0)]
            place += len(section.rows)
            if chosen:
                sections.append(FieldSection(section.label, chosen))
        return replace(self, sections=tuple(sections))

    def draw(self, canvas: Canvas, words: Words, top: float) -> float:
        """One block of rows or two side by side, then the key."""
        n_rows = sum(len(section.rows) for section in self.sections)
        most = _MOST_IN_ONE_BLOCK if canvas.room is None else _MOST_ON_SLIDE
        n_blocks = 1 if canvas.narrow or n_rows <= most else 2
        width = (canvas.text_width - _GAP * (n_blocks - 1)) / n_blocks
        n_columns = len(self.aspects) * len(self.domains)
        cell = self._cell(canvas)
        room = width - cell * n_columns - _BETWEEN * (len(self.aspects) - 1) - 12
        lines = self._lines(canvas, room, width)
        ends = []
        for place, block in enumerate(_split(lines, n_blocks)):
            x = canvas.margin + place * (width + _GAP)
            ends.append(self._draw_block(canvas, words, block, x, top, width, cell))
        return self._draw_key(canvas, words, max(ends) + (16 if canvas.room is None else 8))

    def _cell(self, canvas: Canvas) -> float:
        """The width of a cell: together those of an aspect hold its name, as far as there is room."""
        least, most, style = (27.0, 31.0, _NARROW_HEAD) if canvas.narrow else (32.0, 44.0, HEAD)
        # A slide has more room for names, and letters there get no smaller.
        most = most if canvas.room is None else 60.0
        word = canvas.widest([piece for _key, name in self.aspects for piece in pieces(name)], style)
        return min(max(least, (word * 1.03 + 3) / len(self.domains)), most)

    def _lines(self, canvas: Canvas, room: float, width: float) -> list[_Line]:
        found = []
        for section in self.sections:
            named = tuple(canvas.lines(section.label, _SECTION, width))
            above = 12 if canvas.room is None else 5
            found.append(_Line(named, None, canvas.line_height(_SECTION) * len(named) + above))
            for row in section.rows:
                label = tuple(canvas.lines(row.label, _LABEL, room))
                least, padding = (_ROW, 5) if canvas.room is None else (_ROW_ON_SLIDE, 3)
                found.append(_Line(label, row, max(least, canvas.line_height(_LABEL) * len(label) + padding)))
        return found

    def _draw_block(
        self, canvas: Canvas, words: Words, block: list[_Line], x: float, top: float, width: float, cell: float
    ) -> float:
        top = self._draw_heads(canvas, x, top, width, cell)
        for line in block:
            style = _LABEL if line.row else _SECTION
            step = canvas.line_height(style)
            above = (line.height - step * len(line.label)) / (2 if line.row else 1.3)
            for number, text in enumerate(line.label):
                canvas.text(x, top + above + number * step + canvas.baseline(style), text, style)
            if line.row:
                for place, key, told in self._columns():
                    if (field := line.row.cells.get(key)) is not None:
                        at = x + self._at(place, width, cell)
                        self._draw_cell(canvas, words, field, at, top, cell, line.height, f"{line.row.label}, {told}")
            top += line.height
            canvas.rule(top, RULE, x=x, until=x + width)
        return top

    def _draw_heads(self, canvas: Canvas, x: float, top: float, width: float, cell: float) -> float:
        n = len(self.domains)
        names = [name for _key, name in self.aspects]
        style = canvas.fitted(names, _NARROW_HEAD if canvas.narrow else HEAD, cell * n - 2)
        heads = [canvas.lines(name, style, cell * n - 2) for _key, name in self.aspects]
        step = canvas.line_height(style)
        height = step * max(map(len, heads))
        for place, lines in enumerate(heads):
            at = x + self._at(place * n, width, cell)
            above = height - step * len(lines)
            for number, text in enumerate(lines):
                canvas.text(at + 2, top + above + number * step + canvas.baseline(style), text, style)
        top += height
        for place, key, _told in self._columns():
            short = next(short for domain, short, _name in self.domains if key.startswith(f"{domain}."))
            middle = x + self._at(place, width, cell) + cell / 2
            canvas.text(middle, top + canvas.baseline(_DOMAIN), short, _DOMAIN, "middle")
        top += canvas.line_height(_DOMAIN) + 2
        canvas.rule(top, INK, 1.2, x=x, until=x + width)
        return top

    def _columns(self) -> list[tuple[int, str, str]]:
        """(place, key, words) of each column."""
        found = [
            (f"{domain}.{aspect}", f"{name}, {told}")
            for aspect, told in self.aspects
            for domain, _s, name in self.domains
        ]
        return [(place, key, told) for place, (key, told) in enumerate(found)]

    def _at(self, column: int, width: float, cell: float) -> float:
        """Where a column begins in its block."""
        n = len(self.domains)
        start = width - cell * n * len(self.aspects) - _BETWEEN * (len(self.aspects) - 1)
        return start + column * cell + _BETWEEN * (column // n)

    def _draw_cell(
        self,
        canvas: Canvas,
        words: Words,
        field: FieldCell,
        x: float,
        top: float,
        cell: float,
        height: float,
        label: str,
    ) -> None:
        tall = min(height, _ROW + 4)
        box = canvas.box(x + 1.5, top + (height - tall) / 2 + 1.5, cell - 3, tall - 3, linewidth=0.7, zorder=3)
        middle, baseline = x + cell / 2, top + height / 2 + 0.36 * 12
        if self.ground.code:
            look_of_code(canvas, box, field.kind, middle, baseline)
            said = sentence("%(field)s: %(code)s.", field=label, code=self.codes[field.kind])
        else:
            look_of_count(canvas, words, box, field, middle, baseline)
            said = plural_sentence(
                "%(field)s: %(x)s of %(n)s State reviewed to which it applies.",
                "%(field)s: %(x)s of %(n)s States reviewed to which it applies.",
                field.reviewed,
                field=label,
                x=words.number(field.x),
            )
        canvas.mark(box, words.translate(said))

    def _draw_key(self, canvas: Canvas, words: Words, top: float) -> float:
        if not self.ground.code:
            told = words.translate(sentence("Share of X in the States reviewed in a field"))
            items = []
            if any(cell.reviewed and not cell.sufficient for cell in self.cells):
                items.append(
                    (
                        sample_count(canvas, reviewed=True),
                        words.translate(sentence("less than half of the States reviewed")),
                    )
                )
            if any(not cell.reviewed for cell in self.cells):
                items.append((sample_count(canvas, reviewed=False), words.translate(sentence("no State reviewed"))))
            return draw_steps(canvas, words, top, told, items, width=30.0)
        found = {cell.kind for cell in self.cells}
        items = [(sample_code(canvas, kind), self.codes[kind]) for kind in KINDS if kind in found]
        return draw_legend(canvas, items, top, width=30.0)


def _split(lines: list[_Line], n_blocks: int) -> list[list[_Line]]:
    """The lines in blocks of about the same height; a section that goes on is named again."""
    if n_blocks == 1:
        return [lines]
    half, taken, cut = sum(line.height for line in lines) / n_blocks, 0.0, len(lines)
    for place, line in enumerate(lines):
        taken += line.height
        if taken >= half:
            cut = place + 1
            break
    while cut > 1 and lines[cut - 1].row is None:
        cut -= 1
    first, second = lines[:cut], lines[cut:]
    if second and second[0].row is not None:
        second = [next(line for line in reversed(first) if line.row is None), *second]
    return [first, second] if second else [first]
