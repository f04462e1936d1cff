"""A pack as a PDF paper on A4: searchable in every language, intervals drawn, the foot on each page.

A meeting sheet keeps to one page: its letters become smaller until it fits.
"""

import io
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from cpi1540.briefing.packs import fitting
from cpi1540.briefing.packs.chart_pptx import key
from cpi1540.briefing.packs.pack import (
    Block,
    CountChart,
    IntervalChart,
    Pack,
    Page,
    Picture,
    Subheading,
    Table,
    Text,
)
from cpi1540.briefing.packs.paper_pdf import MM_OF_POINT, Paper
from cpi1540.briefing.packs.typefaces_pdf import Faces

_INK, _SOFT, _PETROL, _RULE, _EDGE, _HEAD = "1B1F22", "5F666B", "0B5A63", "DCD9D0", "7B7F7E", "E2EEEE"
_DARK, _LIGHT, _PAPER = "5A8F95", "D5E6E7", "FFFFFF"
_AMBER, _AMBER_INK = "F6E7C1", "5B4300"
_SMALLER = (1.0, 0.94, 0.88, 0.82, 0.77)
_FOOT = 7.0
# What is lower than this share of a page is not broken over two.
_SHORT = 0.6


def write_paper(pack: Pack, faces: Faces) -> bytes:
    """The paper. MissingGlyphs when a text has a letter that no typeface has."""
    scales = _SMALLER if pack.one_page else (1.0,)
    for scale in scales:
        writing = _Writing(pack, faces, scale)
        with closing(writing.paper):
            writing.lay_out()
            if not pack.one_page or writing.paper.page == 1 or scale == scales[-1]:
                return writing.paper.to_bytes()
    raise AssertionError("there is a last scale")


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as it is set: lines of each cell, heights of rows in millimetres, and rows that follow others."""

    widths: list[float]
    size: float
    pad: float
    head: list[list[str]]
    rows: list[list[list[str]]]
    head_height: float
    heights: list[float]
    follows: frozenset[int]

    @property
    def least(self) -> float:
        """How high the head is with the rows that stand on its page in any case."""
        first = next((place for place in range(1, len(self.heights)) if place not in self.follows), len(self.heights))
        return self.head_height + sum(self.heights[:first])


class _Writing:
    def __init__(self, pack: Pack, faces: Faces, scale: float) -> None:
        self.pack = pack
        self.size = (8.4 if pack.one_page else 9.5) * scale
        self.tight = pack.one_page
        self.paper = Paper(pack.spoken, faces, 14.0 if self.tight else 20.0, pack.title, pack.made_at, self._on_page)
        self.y = self.top = self.bottom = 0.0

    def lay_out(self) -> None:
        """Draw the pages."""
        self.paper.add_page()
        self._text(self.pack.title, self.size * (1.7 if self.tight else 2.1), bold=True, colour=_PETROL)
        if not self.tight:
            self._text(self.pack.subtitle, self.size * 1.15, colour=_SOFT)
        for page in self.pack.pages:
            self._page(page)

    def _page(self, page: Page) -> None:
        size = self.size
        if page.title:
            self.y += 1.5 if self.tight else 6.0
            self._keep(8.0 if self.tight else 26.0 + self._least(page.blocks[:1]))
            self.paper.start_section(page.title)
            self._text(page.title, size * 1.35, bold=True, colour=_PETROL)
        first = page is self.pack.pages[0]
        for fact in page.facts if first or not self.tight else ():
            self._text(fact, size * 0.92, colour=_SOFT, gap=0)
        self.y += 1.2
        for block in page.blocks:
            self._block(block)
        notes = [note for note in (page.notes if not self.tight else (page.method,)) if note]
        lines = sum(len(self.paper.lines(note, size * 0.86, self.paper.room)) for note in notes)
        self._keep(lines * self.paper.line_height(size * 0.86) if not self.tight else 0.0)
        for note in notes:
            self._text(note, size * 0.86, colour=_SOFT, gap=0.3)

    def _least(self, blocks: Sequence[Block]) -> float:
        """What must stand on the page of a title: a picture or a chart, or some rows of a table."""
        for block in blocks:
            if isinstance(block, Picture):
                return min(self.paper.room / block.width, 0.2) * block.height
            if isinstance(block, IntervalChart):
                return 8.0 * len(block.lines) + 12
            if isinstance(block, CountChart):
                return 6.0 * len(block.categories) * len(block.names)
            if isinstance(block, Table):
                return self._grid(block).least
        return 20.0

    def _block(self, block: Block) -> None:
        size = self.size
        if isinstance(block, Text):
            if block.look == "item":
                self._text(block.text, size, bullet=True)
            else:
                soft = block.look == "soft"
                self._text(block.text, size * (0.92 if soft else 1.0), bold=block.look == "strong",
                           colour=_SOFT if soft else _INK)  # fmt: skip
        elif isinstance(block, Subheading):
            self.y += 0.8 if self.tight else 2.5
            self._keep(18.0 if not self.tight else 6.0)
            self._text(block.text, size * 1.1, bold=True, colour=_PETROL)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, IntervalChart):
            self._intervals(block)
        else:
            self._counts(block)

    # --- pages

    def _on_page(self, paper: Paper) -> None:
        foot = self.pack.foot
        self.y = self.top = 9.0 if self.tight else 16.0
        if foot.practice:
            paper.box(0, 0, float(paper.w), 6.4, fill=_AMBER)
            paper.put(paper.side, 1.3, foot.practice, 8, bold=True, colour=_AMBER_INK, width=paper.room)
        last = f"{foot.as_of} · {foot.identifier} · {self.pack.labels.page} {paper.page}"
        notices = paper.lines(" ".join(foot.notices), _FOOT, paper.room)
        step = paper.line_height(_FOOT)
        top = float(paper.h) - 7.0 - step * (len(notices) + 1)
        paper.rule(paper.side, top - 1.2, paper.room, _EDGE)
        for place, line in enumerate((*notices, last)):
            paper.put(paper.side, top + place * step, line, _FOOT, colour=_SOFT, width=paper.room)
        self.bottom = top - 2.5

    def _keep(self, height: float) -> None:
        """Begin the next page unless ``height`` is free on this one."""
        if self.y + height > self.bottom:
            self.paper.add_page()

    def _text(self, text: str, size: float, *, bold: bool = False, colour: str = _INK, gap: float = 0.8,
              bullet: bool = False) -> None:  # fmt: skip
        paper = self.paper
        indent = 3.2 if bullet else 0.0
        step = paper.line_height(size)
        for place, line in enumerate(paper.lines(text, size, paper.room - indent, bold)):
            self._keep(step)
            if bullet and place == 0:
                paper.put(paper.side + 0.4, self.y, "•", size, colour=colour, width=indent)
            paper.put(paper.side + indent, self.y, line, size, bold=bold, colour=colour, width=paper.room - indent)
            self.y += step
        self.y += gap * (0.6 if self.tight else 1.0)

    # --- tables

    def _grid(self, table: Table) -> "_Grid":
        paper = self.paper
        size = self.size * (0.97 if len(table.columns) <= 6 else 0.86)
        pad = 0.7 if self.tight else 1.1
        points = fitting.column_widths(table, paper.room / MM_OF_POINT, size, 2 * 1.5 / MM_OF_POINT, paper.rtl)
        widths = [width * MM_OF_POINT for width in points]
        leads = [lead * MM_OF_POINT for lead in fitting.leads(table, paper.rtl)]

        def broken(cells: tuple[str, ...], bold: bool) -> list[list[str]]:
            return [
                paper.lines(text, size, width - 3.0 - lead, bold)
                for text, width, lead in zip(cells, widths, leads, strict=True)
            ]

        lines = [
            broken(tuple(column.head for column in table.columns), True),
            *(broken(cells, place in table.strong) for place, cells in enumerate(table.rows)),
        ]
        step = paper.line_height(size)
        head, *heights = (step * max(len(cell) for cell in cells) + 2 * pad for cells in lines)
        short = head + sum(heights) <= (self.bottom - self.top) * _SHORT
        return _Grid(widths, size, pad, lines[0], lines[1:], head, heights, fitting.kept_together(table, short))

    def _table(self, table: Table) -> None:
        paper, grid = self.paper, self._grid(table)
        room = self.bottom - self.top
        pages = fitting.filled(grid.heights, grid.head_height, self.bottom - self.y, room, grid.follows)
        for number, (start, end) in enumerate(pages):
            if number:
                paper.add_page()
            if start == end and len(pages) > 1:
                continue
            paper.box(paper.side, self.y, paper.room, grid.head_height, fill=_HEAD)
            self._cells(table, grid.head, grid.widths, grid.size, grid.pad, bold=True, colour=_PETROL)
            self.y += grid.head_height
            paper.rule(paper.side, self.y, paper.room, _PETROL, 0.35)
            for place in range(start, end):
                strong = place in table.strong
                if strong:
                    paper.rule(paper.side, self.y, paper.room, _EDGE)
                self._cells(table, grid.rows[place], grid.widths, grid.size, grid.pad, bold=strong, colour=_INK)
                self.y += grid.heights[place]
                paper.rule(paper.side, self.y, paper.room, _RULE)
        self.y += 1.5 if self.tight else 3.0

    def _cells(
        self, table: Table, cells: list[list[str]], widths: list[float], size: float, pad: float, **look: Any
    ) -> None:
        paper, x = self.paper, self.paper.side
        step = paper.line_height(size)
        leads = [lead * MM_OF_POINT for lead in fitting.leads(table, paper.rtl)]
        for column, lines, width, lead in zip(table.columns, cells, widths, leads, strict=True):
            align = {"number": "right", "middle": "middle", "start": "start"}[column.align]
            for place, line in enumerate(lines):
                top = self.y + pad + place * step
                paper.put(x + 1.5 + lead, top, line, size, align=align, width=width - 3.0 - lead, **look)  # type: ignore[arg-type]
            x += width

    # --- charts

    def _intervals(self, chart: IntervalChart) -> None:
        paper, size = self.paper, self.size
        label_room = min(
            paper.room * 0.36,
            max(
                (paper.width_of(label, size) for label in chart.beside or [line.label for line in chart.lines]),
                default=0,
            )
            + 2,
        )
        labels = [paper.lines(line.label, size, label_room) for line in chart.lines]
        step, least = paper.line_height(size), 4.6 if self.tight else 7.0
        heights = [max(least, step * len(lines) + 1.0) for lines in labels]
        start, room = paper.side + label_room + 4.0, paper.room - label_room - 8.0
        scale_height = paper.line_height(size * 0.85)
        parts = key(chart)
        whole = scale_height + sum(heights) + step * (1 if parts else 0) + 3
        self._keep(min(whole, self.bottom - 30))
        for share, text in ((0.0, "0"), (0.25, "0.25"), (0.5, "0.50"), (0.75, "0.75"), (1.0, "1")):
            paper.put(start + share * room - 8, self.y, text, size * 0.85, colour=_SOFT, align="middle", width=16)
            paper.upright(start + share * room, self.y + scale_height, self.y + scale_height + sum(heights), _RULE)
        self.y += scale_height
        for line, lines, height in zip(chart.lines, labels, heights, strict=True):
            middle, thick = self.y + height / 2, min(3.4, height * 0.55)
            top = middle - step * len(lines) / 2
            for place, text in enumerate(lines):
                paper.put(paper.side, top + place * step, text, size, width=label_room)
            self._interval(line.low, line.point, line.high, start, room, middle, thick, chart.no_figure)
            self.y += height
        x = paper.side
        for fill, meaning, dashed in parts:
            width = paper.width_of(meaning, size * 0.86) + 8
            if x + width > paper.side + paper.room:
                x, self.y = paper.side, self.y + step
            paper.box(x, self.y + 1.2, 2.4, 2.4, fill=fill, edge=_EDGE if dashed else _PETROL, dashed=dashed)
            paper.put(x + 3.6, self.y + 0.6, meaning, size * 0.86, colour=_SOFT, width=width)
            x += width
        self.y += (step if parts else 0) + 2.5

    def _interval(
        self, low: float | None, point: float | None, high: float | None, start: float, room: float, middle: float,
        thick: float, no_figure: str,
    ) -> None:  # fmt: skip
        paper, top = self.paper, middle - thick / 2
        if low is None or high is None:
            paper.put(start + 1.5, middle - paper.line_height(self.size * 0.9) / 2, no_figure, self.size * 0.9,
                       colour=_SOFT, width=room)  # fmt: skip
        elif point is None:
            paper.box(start + low * room, top, (high - low) * room, thick, fill=_PAPER, edge=_EDGE, dashed=True)
        else:
            paper.box(start + low * room, top, (point - low) * room, thick, fill=_DARK, edge=_PETROL)
            paper.box(start + point * room, top, (high - point) * room, thick, fill=_LIGHT, edge=_PETROL)
            paper.upright(start + point * room, top - 0.9, top + thick + 0.9, _PETROL, 0.7)

    def _counts(self, chart: CountChart) -> None:
        """Bars that lie, each with its number: upright ones too, which keeps their names whole."""
        paper, size = self.paper, self.size
        widest = max((paper.width_of(name, size) for name in chart.beside or chart.labels), default=0) + 2
        label_room = min(paper.room * 0.42, widest)
        step, bar = paper.line_height(size), 3.4
        fills = (_LIGHT, _DARK) if len(chart.names) > 1 else (_DARK,)
        most = chart.end
        start, room = paper.side + label_room + 3.0, paper.room - label_room - 16.0
        for name, values in zip(chart.categories, chart.values, strict=True):
            lines = paper.lines(name, size, label_room)
            height = max(step * len(lines), (bar + 0.8) * len(values)) + 1.4
            self._keep(height)
            for place, text in enumerate(lines):
                paper.put(paper.side, self.y + place * step, text, size, width=label_room)
            for place, (value, fill) in enumerate(zip(values, fills, strict=True)):
                top = self.y + 0.6 + place * (bar + 0.8)
                if value:
                    paper.box(start, top, value / most * room, bar, fill=fill, edge=_PETROL, weight=0.2)
                shown = format_decimal(value, locale=self.pack.spoken.locale, numbering_system="latn")
                paper.put(start + value / most * room + 1.2, top + bar / 2 - step / 2, shown, size, width=20)
            self.y += height
        if len(chart.names) > 1:
            x = paper.side
            for name, fill in zip(chart.names, fills, strict=True):
                paper.box(x, self.y + 1.2, 2.4, 2.4, fill=fill, edge=_PETROL)
                paper.put(x + 3.6, self.y + 0.6, name, size * 0.86, colour=_SOFT, width=60)
                x += paper.width_of(name, size * 0.86) + 9
            self.y += step
        self.y += 2.5

    def _picture(self, picture: Picture) -> None:
        paper = self.paper
        width = min(paper.room, picture.width * 0.2)
        height = width * picture.height / picture.width
        if height > self.bottom - 20:
            width, height = width * (self.bottom - 20) / height, self.bottom - 20
        self._keep(height)
        paper.image(
            io.BytesIO(picture.png),
            x=paper.side + (paper.room - width) / 2,
            y=self.y,
            w=width,
            h=height,
            alt_text=picture.alternative,
        )
        self.y += height + 3
