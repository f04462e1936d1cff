"""A pack as a deck of slides: native tables and charts, notes for the speaker, the same bytes each time.

Slides run from right to left in Arabic: paragraphs say so, columns and axes are reversed.
"""

import io
import math
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape  # nosec B406 (it writes, nothing is parsed)

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from cpi1540.briefing.packs import fitting
from cpi1540.briefing.packs.chart_pptx import add_counts, add_intervals, key
from cpi1540.briefing.packs.master_pptx import HEIGHT, Master, own_master, plain_master
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
from cpi1540.briefing.packs.same_bytes import settled
from cpi1540.briefing.packs.table_pptx import POINT as _POINT
from cpi1540.briefing.packs.table_pptx import leading, measured, run_marks, table_xml
from cpi1540.exchange.cell_text import plain, writable

_INK, _SOFT, _PETROL, _EDGE = "1B1F22", "5F666B", "0B5A63", "7B7F7E"
_AMBER, _AMBER_INK = "F6E7C1", "5B4300"
_FACTS, _FOOT = 12.0, 9.0
_TITLES = (36.0, 32.0, 28.0, 24.0, 22.0, 20.0, 18.0, 16.0)
_LETTERS = ((20.0, 16.0), (17.0, 14.0), (14.0, 12.0))
_GAP = 8 * _POINT
_LEAST = 9.5


def write_deck(pack: Pack, template: bytes | None = None) -> bytes:
    """The deck; on the office's own master where ``template`` (a checked .pptx or .potx) is given.

    ValueError when that has no layout with a title.
    """
    master = plain_master() if template is None else own_master(template)
    writing = _Deck(pack, master)
    writing.first_slide()
    for page in pack.pages:
        writing.page(page)
    core = master.deck.core_properties
    core.title, core.language = plain(pack.title)[:255], pack.spoken.tag
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = pack.made_at.replace(tzinfo=None)
    core.revision = 1
    made = io.BytesIO()
    master.deck.save(made)
    return settled(made.getvalue(), pack.made_at)


class _Deck:
    def __init__(self, pack: Pack, master: Master) -> None:
        self.pack, self.master, self.rtl = pack, master, pack.rtl
        self.slide: Any = None
        self.top, self.bottom = 0, master.bottom
        self.body, self.soft = _LETTERS[-1]

    def first_slide(self) -> None:
        pack, master = self.pack, self.master
        self.slide = master.deck.slides.add_slide(master.first)
        self._fill_title(pack.title)
        for shape in list(self.slide.placeholders):
            if shape.placeholder_format.idx == 0:
                continue
            if shape.placeholder_format.idx == 1:
                self._set(shape, [self._paragraph(pack.subtitle)])
            else:
                shape._element.getparent().remove(shape._element)
        self._practice()
        self._foot("")
        self._notes((*pack.foot.notices, pack.foot.practice))

    def page(self, page: Page) -> None:
        blocks = [block for block in page.blocks if not (isinstance(block, Table) and block.papers_only)]
        if page.blocks and not blocks:
            return
        self._begin(page, page.title)
        self.body, self.soft = self._letters(blocks)
        if len(blocks) == 2 and self._side_by_side(*blocks):
            return
        for place, block in enumerate(blocks):
            self._block(page, block, blocks[place + 1 :])

    def _letters(self, blocks: Sequence[Block]) -> tuple[float, float]:
        """The sizes of texts and of what stands beside them: larger on a slide that holds nothing but a few texts."""
        for body, soft in _LETTERS:
            room, used = self.master.width / _POINT - 4, 0.0
            for block in blocks:
                if not isinstance(block, Text | Subheading):
                    return _LETTERS[-1]
                size = soft if isinstance(block, Text) and block.look == "soft" else body
                used += fitting.lines_of(block.text, size, room, True) * size * 1.5 + _GAP / _POINT
            if used * _POINT <= self._free():
                return body, soft
        return _LETTERS[-1]

    def _side_by_side(self, chart: Block, table: Block) -> bool:
        """Chart and table beside each other, where the table is narrow and short enough; else nothing is done."""
        if not isinstance(chart, IntervalChart | CountChart) or not isinstance(table, Table):
            return False
        whole, of_table = self.master.width, int(self.master.width * (0.5 if len(table.columns) <= 5 else 0.56))
        of_chart = whole - of_table - 3 * _GAP
        for size in (11.0, 10.0, 9.5) if len(table.columns) <= 7 else ():
            widths, heights = measured(table, of_table / _POINT, size, self.pack.spoken)
            if sum(heights) * _POINT <= self._free():
                start, end = self.master.left, self.master.left + whole
                at_chart, at_table = (end - of_chart, start) if self.rtl else (start, end - of_table)
                height = min(self._free(), max(self._chart_height(chart), Inches(3.4)))
                self._chart(chart, (at_chart, self.top, of_chart, height))
                self._table(table, range(len(table.rows)), widths, heights, at_table, size)
                return True
        return False

    def _block(self, page: Page, block: Block, after: Sequence[Block]) -> None:
        if isinstance(block, Text):
            size = self.body if block.look != "soft" else self.soft
            self._flow(page, block.text, size, bold=block.look == "strong", soft=block.look == "soft",
                       item=block.look == "item")  # fmt: skip
        elif isinstance(block, Subheading):
            follows = 60 * _POINT if after else 0
            if self._free() < Pt(24) + follows:
                self._again(page)
            self._flow(page, block.text, self.body, bold=True, colour=_PETROL)
        elif isinstance(block, Table):
            self._whole_table(page, block)
        elif isinstance(block, Picture):
            for place, picture in enumerate(block.slides or (block,)):
                if place:
                    self._again(page)
                self._picture(page, picture)
        else:
            height = self._chart_height(block)
            if height > self._free() and self.top > self._body_top + _GAP:
                self._again(page)
            height = min(height, self._free())
            self._chart(block, (self.master.left, self.top, self.master.width, height))
            self.top += height + _GAP

    # --- slides

    def _begin(self, page: Page, title: str) -> None:
        master = self.master
        self.slide = master.deck.slides.add_slide(master.other)
        for shape in list(self.slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        self._fill_title(title)
        self._practice()
        self._foot(page.method)
        self._notes(page.notes or (page.method,))
        self.top = master.top
        for fact in page.facts:
            self._flow(page, fact, _FACTS, soft=True, gap=0)
        self.top += _GAP
        self._body_top = self.top

    def _again(self, page: Page) -> None:
        self._begin(page, f"{page.title} {self.pack.labels.continued}")

    def _free(self) -> int:
        return max(0, self.bottom - self.top)

    def _fill_title(self, text: str) -> None:
        master, room = self.master, self.master.width / _POINT
        size: float | None = None
        if self.slide.slide_layout != master.first:
            if master.own:
                room, high = (each / _POINT for each in master.title_room)
                sizes = (master.title_size, *(each for each in _TITLES if each < master.title_size))
                found = next((each for each in sizes if self._title_height(text, each, room) <= high), _TITLES[-1])
                # The master's own size is not said again: who changes the master changes it.
                size = None if found == master.title_size else found
            else:
                fitting_two = (each for each in _TITLES if fitting.lines_of(text, each, room, True) <= 2)
                size = next((each for each in fitting_two if each <= master.title_size), _TITLES[-1])
        if fitting.lines_of(text, size or master.title_size, room, True) > 1:
            text = fitting.tied(text)
        self._set(self.slide.shapes.title, [self._paragraph(text, size)])

    def _title_height(self, text: str, size: float, room: float) -> float:
        # What a text box keeps free at its sides and above.
        inside = room - 14.4
        return fitting.lines_of(text, size, inside, True) * size * leading(self.pack.spoken) + 7.2

    def _practice(self) -> None:
        if not self.pack.foot.practice:
            return
        height = Inches(0.3)
        deck = self.master.deck
        box = self._box(0, 0, deck.slide_width, height, anchor="ctr", name="practice", inset=self.master.left)
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor.from_string(_AMBER)
        self._set(box, [self._paragraph(self.pack.foot.practice, 11, colour=_AMBER_INK, bold=True)])

    def _foot(self, method: str) -> None:
        foot, deck = self.pack.foot, self.master.deck
        number = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">%s<a:t>1</a:t></a:fld>'
        marks = run_marks(self.pack.spoken.tag, _FOOT, _SOFT, bold=False)
        last = f"{foot.as_of} · {foot.identifier} · {self.pack.labels.page} "
        paragraphs = [self._paragraph(method, _FOOT, colour=_SOFT)] if method else []
        paragraphs.append(self._paragraph(" ".join(foot.notices), _FOOT, colour=_SOFT))
        paragraphs.append(self._paragraph(last, _FOOT, colour=_SOFT, extra=number % marks))
        room = self.master.width / _POINT
        lines = 1 + fitting.lines_of(" ".join(foot.notices), _FOOT, room)
        lines += fitting.lines_of(method, _FOOT, room) if method else 0
        height = Pt(lines * _FOOT * (leading(self.pack.spoken) + 0.05) + 4)
        # The last line at the same place on every slide, whatever stands above it.
        top = (deck.slide_height or HEIGHT) - height - Pt(8)
        if self.master.own:
            top = min(self.master.bottom + Pt(4), top)
        self.bottom = min(self.master.bottom, top - Pt(4))
        anchor = "t" if self.master.own else "b"
        box = self._box(self.master.left, top, self.master.width, height, anchor=anchor, name="foot")
        self._set(box, paragraphs)

    def _notes(self, notes: Sequence[str]) -> None:
        frame = self.slide.notes_slide.notes_text_frame
        if frame is None:
            return
        body = frame._txBody
        for old in body.findall(qn("a:p")):
            body.remove(old)
        for note in [*notes, f"{self.pack.foot.identifier}. {self.pack.foot.as_of}"]:
            if note:
                body.append(self._paragraph(note))

    # --- text

    def _flow(
        self,
        page: Page,
        text: str,
        size: float,
        *,
        bold: bool = False,
        soft: bool = False,
        item: bool = False,
        colour: str = "",
        gap: int = _GAP // 2,
    ) -> None:
        text = f"• {text}" if item else text
        line = size * (leading(self.pack.spoken) + 0.03)
        height = Pt(fitting.lines_of(text, size, self.master.width / _POINT - 4, bold) * line + 2)
        if height > self._free() and self.top > self._body_start():
            self._again(page)
        box = self._box(self.master.left, self.top, self.master.width, height, anchor="t", name="text")
        self._set(box, [self._paragraph(text, size, bold=bold, colour=colour or (_SOFT if soft else _INK))])
        self.top += height + gap

    def _body_start(self) -> int:
        return getattr(self, "_body_top", self.master.bottom)

    def _box(self, left: int, top: int, width: int, height: int, *, anchor: str, name: str, inset: int = 0) -> Any:
        box = self.slide.shapes.add_textbox(Emu(int(left)), Emu(int(top)), Emu(int(width)), Emu(int(height)))
        box.name = name
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = inset
        frame.margin_top = frame.margin_bottom = 0
        frame._txBody.find(qn("a:bodyPr")).set("anchor", anchor)
        return box

    def _set(self, shape: Any, paragraphs: Sequence[Any]) -> None:
        body = shape._element.txBody
        for old in body.findall(qn("a:p")):
            body.remove(old)
        for paragraph in paragraphs:
            body.append(paragraph)

    def _paragraph(
        self,
        text: str,
        size: float | None = None,
        *,
        bold: bool = False,
        colour: str = "",
        extra: str = "",
    ) -> Any:
        marks = run_marks(self.pack.spoken.tag, size, colour, bold=bold)
        direction = ' algn="r" rtl="1"' if self.rtl else ""
        run = f"<a:r>{marks}<a:t>{escape(writable(text))}</a:t></a:r>" if text else ""
        return parse_xml(f"<a:p {nsdecls('a')}><a:pPr{direction}/>{run}{extra}</a:p>")

    # --- tables, charts, pictures

    def _whole_table(self, page: Page, table: Table) -> None:
        usual = 12.0 if len(table.columns) <= 4 else 11.0 if len(table.columns) <= 6 else 10.0
        room = (self.bottom - self._body_top) / _POINT
        laid_out = []
        for size in (usual, max(usual - 0.5, _LEAST), max(usual - 1.0, _LEAST)):
            widths, heights = measured(table, self.master.width / _POINT, size, self.pack.spoken)
            pages = fitting.pages_of_rows(heights[1:], heights[0], self._free() / _POINT, room, table.follows)
            laid_out.append((size, widths, heights, pages))
        # Rather a little smaller than a slide more.
        size, widths, heights, pages = min(laid_out, key=lambda each: (len(each[3]), -each[0]))
        for place, (start, end) in enumerate(pages):
            if place:
                self._again(page)
            if start < end or len(pages) == 1:
                rows = range(start, end)
                used = self._table(table, rows, widths, heights, self.master.left, size)
                self.top += used + _GAP

    def _table(
        self, table: Table, rows: range, widths: Sequence[float], heights: Sequence[float], left: int, size: float
    ) -> int:
        """The rows under their head; gives the height."""
        chosen = [heights[0], *(heights[row + 1] for row in rows)]
        height = math.ceil(sum(chosen) * _POINT)
        frame = self.slide.shapes.add_table(
            1, 1, Emu(int(left)), Emu(int(self.top)), Emu(int(sum(widths) * _POINT)), Emu(height)
        )
        properties = frame._element.nvGraphicFramePr.cNvPr
        properties.set("name", table.title[:80])
        properties.set("descr", table.title)
        made = parse_xml(table_xml(table, rows, widths, heights, size, self.pack.spoken))
        old = frame._element.graphic.graphicData.tbl
        old.getparent().replace(old, made)
        return height

    def _chart_height(self, chart: IntervalChart | CountChart) -> int:
        if isinstance(chart, CountChart) and chart.upright:
            return Inches(3.9)
        lines = len(chart.lines) if isinstance(chart, IntervalChart) else len(chart.categories) * len(chart.names)
        return Inches(0.6 + 0.46 * max(lines, 3) + 0.3 * isinstance(chart, IntervalChart))

    def _chart(self, chart: IntervalChart | CountChart, place: tuple[int, int, int, int]) -> None:
        left, top, width, height = (Emu(int(each)) for each in place)
        below = self._key(chart, left, top + height, width)
        inside = (left, top, width, Emu(height - below))
        if isinstance(chart, CountChart):
            add_counts(self.slide.shapes, chart, inside, self.rtl)
        else:
            add_intervals(self.slide.shapes, chart, inside, self.rtl)

    def _key(self, chart: IntervalChart | CountChart, left: int, bottom: int, width: int) -> int:
        """What the bars mean, in lines that end at ``bottom``; gives the height."""
        size, mark, line = 10.0, 9 * _POINT, Pt(15)
        parts = key(chart)
        for place, (fill, meaning, dashed) in enumerate(parts):
            top = bottom - (len(parts) - place) * line
            at = left + width - mark if self.rtl else left
            box = self._box(at, top + Pt(2), mark, mark, anchor="t", name="key")
            dash = '<a:prstDash val="dash"/>' if dashed else ""
            colour = f'<a:srgbClr val="{_EDGE if dashed else _PETROL}"/>'
            for look in (
                f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{fill}"/></a:solidFill>',
                f'<a:ln {nsdecls("a")} w="9525"><a:solidFill>{colour}</a:solidFill>{dash}</a:ln>',
            ):
                box._element.spPr.append(parse_xml(look))
            for none in box._element.spPr.findall(qn("a:noFill")):
                box._element.spPr.remove(none)
            beside = left if self.rtl else left + mark + Pt(5)
            said = self._box(beside, top, width - mark - Pt(5), line, anchor="t", name="key")
            self._set(said, [self._paragraph(meaning, size, colour=_SOFT)])
        return int(len(parts) * line + Pt(4)) if parts else 0

    def _picture(self, page: Page, picture: Picture) -> None:
        if self._free() < Inches(3) and self.top > self._body_top:
            self._again(page)
        scale = min(self.master.width / picture.width, self._free() / picture.height)
        width, height = int(picture.width * scale), int(picture.height * scale)
        left = self.master.left + (self.master.width - width) // 2
        made = self.slide.shapes.add_picture(
            io.BytesIO(picture.png), Emu(left), Emu(int(self.top)), Emu(width), Emu(height)
        )
        properties = made._element.nvPicPr.cNvPr
        properties.set("name", picture.alternative.split("\n", 1)[0][:80])
        properties.set("descr", picture.alternative)
        self.top += height + _GAP
