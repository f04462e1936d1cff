"""A pack as a Word document on A4 pages: native tables and charts, method and sources with each subject.

Written on the office's own template where there is one: its styles, faces, head and page then hold, and what
every page must say is added to its foot.
"""

import io
import re
import zipfile
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from pptx import Presentation

from cpi1540.briefing.packs import fitting
from cpi1540.briefing.packs.chart_pptx import DARK, add_counts, add_intervals, key
from cpi1540.briefing.packs.pack import Block, CountChart, IntervalChart, Pack, Page, Picture, Subheading, Table, Text
from cpi1540.briefing.packs.same_bytes import settled
from cpi1540.briefing.packs.table_pptx import OFFICE_TAGS
from cpi1540.exchange.cell_text import plain
from cpi1540.exchange.document_style_docx import AMBER, AMBER_INK, INK, INK_SOFT, PETROL, PETROL_SOFT, Look, Writing
from cpi1540.exchange.wording import Wording, str_of

_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FACE = re.compile("<w:rFonts [^>]*/>")
_SIDES = re.compile('<w:(left|right|insideV) w:val="single"[^>]*/>')
# A table that is lower than this, in points, stands on one page.
_SHORT = 400.0
_EMU = 36000  # a millimetre
_POINT_MM = 0.3528
# A meeting sheet: sizes of letters to try, and the width and height that its page has for them, in points.
_SIZES = (8.0, 7.7, 7.4, 7.1, 6.8, 6.5)
_SHEET_ROOM, _SHEET_POINTS = 516.0, 770.0


def write_document(pack: Pack, template: bytes | None = None) -> bytes:
    """The document; in the office's own styles where ``template`` (a checked .docx or .dotx) is given."""
    paper = _Paper(pack, template)
    paper.title()
    for page in pack.pages:
        paper.page(page)
    core = paper.document.core_properties
    core.title, core.language = plain(pack.title)[:255], pack.spoken.tag
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = core.last_printed = pack.made_at.replace(tzinfo=None)
    core.revision = 1
    made = io.BytesIO()
    paper.document.save(made)
    return settled(made.getvalue(), pack.made_at)


class _Paper:
    def __init__(self, pack: Pack, template: bytes | None) -> None:
        self.pack, self.own = pack, template is not None
        self.writing = Writing(Wording(pack.language, str_of, lambda source: source.text, str))
        self.document = docx.Document() if template is None else docx.Document(io.BytesIO(as_document(template)))
        self.body = self.document.element.body
        for old in list(self.body):
            if not old.tag.endswith("}sectPr"):
                self.body.remove(old)
        self.small = pack.one_page
        self.size = sheet_size(pack) if self.small else 9.5
        self.drawings = 0
        section = self.document.sections[-1]
        if not self.own:
            section.orientation = WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = Mm(210), Mm(297)
            side, above = (14, 10) if self.small else (20, 18)
            section.left_margin = section.right_margin = Mm(side)
            section.top_margin, section.bottom_margin = Mm(above), Mm(above)
            section.header_distance = section.footer_distance = Mm(7)
        if pack.rtl and section._sectPr.find(f"{{{_W}}}bidi") is None:
            section._sectPr.insert_element_before(parse_xml(f"<w:bidi {nsdecls('w')}/>"), "w:rtlGutter", "w:docGrid")
        sides = (section.left_margin or 0) + (section.right_margin or 0)
        self.room = ((section.page_width or Mm(210)) - sides) / _EMU
        self._language()
        self._head_and_foot(section)
        if not self.own:
            self._plain_title()

    def _language(self) -> None:
        """The language of all texts, for each of the scripts that the format tells apart."""
        tag, code = OFFICE_TAGS[self.pack.language], self.pack.language
        latin = tag if code not in ("ar", "zh") else OFFICE_TAGS["en"]
        marks = f'w:val="{latin}" w:eastAsia="{OFFICE_TAGS["zh"]}" w:bidi="{OFFICE_TAGS["ar"]}"'
        defaults = self.document.styles.element.find(f".//{{{_W}}}rPrDefault/{{{_W}}}rPr")
        if defaults is not None:
            for old in defaults.findall(f"{{{_W}}}lang"):
                defaults.remove(old)
            defaults.append(parse_xml(f"<w:lang {nsdecls('w')} {marks}/>"))

    def _plain_title(self) -> None:
        """The title without the rule and the spaced letters of the library's own style."""
        style = self.document.styles["Title"].element
        for unwanted in (*style.iter(f"{{{_W}}}pBdr"), *style.iter(f"{{{_W}}}spacing")):
            unwanted.getparent().remove(unwanted)

    # --- what is written

    def title(self) -> None:
        pack = self.pack
        size = 14 if self.small else 20
        subtitle = "" if self.small else pack.subtitle
        self._add(self.writing.paragraph([(pack.title, Look(size, bold=True, colour=PETROL))], style="Title", after=2))
        if subtitle:
            self._text(subtitle, Look(11, colour=INK_SOFT), after=4)

    def page(self, page: Page) -> None:
        size = self.size
        if page.title:
            heading = Look(size * 1.35, bold=True, colour=PETROL)
            above = 4 if self.small else 14
            self._add(
                self.writing.paragraph([(page.title, heading)], style="Heading1", before=above, after=2, keep=True)
            )
        facts = page.facts if not self.small or page is self.pack.pages[0] else ()
        for fact in facts:
            self._text(fact, Look(size * 0.9, colour=INK_SOFT), after=0.5, keep=True)
        if facts:
            self._add(self.writing.paragraph([], line=2, keep=True))
        for block in page.blocks:
            self._block(block)
        said = [note for note in (page.notes if not self.small else (page.method,)) if note]
        for place, note in enumerate(said, 1):
            self._text(note, Look(size * 0.84, colour=INK_SOFT), after=1, keep=place < len(said))

    def _block(self, block: Block) -> None:
        if isinstance(block, Text):
            look = Look(self.size * (0.9 if block.look == "soft" else 1), bold=block.look == "strong",
                        colour=INK_SOFT if block.look == "soft" else INK)  # fmt: skip
            self._text(f"• {block.text}" if block.look == "item" else block.text, look, after=1.5 if self.small else 3)
        elif isinstance(block, Subheading):
            look = Look(self.size * 1.1, bold=True, colour=PETROL)
            above = 3 if self.small else 8
            self._add(
                self.writing.paragraph([(block.text, look)], style="Heading2", before=above, after=1.5, keep=True)
            )
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._chart(block)

    def _table(self, table: Table) -> None:
        writing = self.writing
        size = self.size if self.small else 9.0 if len(table.columns) <= 6 else 8.0
        points = fitting.column_widths(table, self.room / _POINT_MM, size, 9, self.pack.rtl)
        widths = [width * _POINT_MM for width in points]
        aligned = ["right" if column.align == "number" else "center" if column.align == "middle" else "start"
                   for column in table.columns]  # fmt: skip
        leads = fitting.leads(table, self.pack.rtl)
        heads = [
            writing.text_cell(column.head, Look(size, bold=True, colour=PETROL), fill=PETROL_SOFT, align=align,
                              keep=True, lead=lead)
            for column, align, lead in zip(table.columns, aligned, leads, strict=True)
        ]  # fmt: skip
        rows = [writing.row(heads, widths, head=True)]
        line = size * (1.5 if self.pack.rtl else 1.25)
        high = sum(fitting.row_height(cells, points, size, line, 9) for cells in table.rows)
        follows = fitting.kept_together(table, short=high <= _SHORT)
        for place, cells in enumerate(table.rows):
            look = Look(size, bold=place in table.strong)
            written = [
                writing.text_cell(text, look, align=align, keep=place + 1 in follows, lead=lead)
                for text, align, lead in zip(cells, aligned, leads, strict=True)
            ]
            rows.append(writing.row(written, widths))
        self._add(_SIDES.sub("", writing.table(rows, widths)))
        self._gap(3 if self.small else 6)

    def _chart(self, chart: IntervalChart | CountChart) -> None:
        """A native chart: made for a slide that nobody sees, then carried over with its workbook."""
        lines = len(chart.lines) if isinstance(chart, IntervalChart) else len(chart.categories) * len(chart.names)
        upright = isinstance(chart, CountChart) and chart.upright
        height = 62.0 if upright else (9 + 5.2 * lines if self.small else 14 + 7.5 * lines)
        whole = (0, 0, round(self.room * _EMU), round(height * _EMU))
        scratch = Presentation()
        slide = scratch.slides.add_slide(scratch.slide_layouts[6])
        if isinstance(chart, IntervalChart):
            frame = add_intervals(slide.shapes, chart, whole, self.pack.rtl, self.size * 0.95)
        else:
            # Names of upright bars stand side by side.
            frame = add_counts(slide.shapes, chart, whole, self.pack.rtl, self.size * (0.82 if upright else 0.95))
        if not self.own:
            frame.chart.font.name = "Arial"
        # Else the program draws a frame around it.
        frame.chart._chartSpace.append(parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:ln><a:noFill/></a:ln></c:spPr>"))
        _before_texts(frame.chart._chartSpace)
        self.drawings += 1
        package = self.document.part.package
        workbook = Part(
            PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self.drawings}.xlsx"),
            _WORKBOOK,
            frame.chart.part.chart_workbook.xlsx_part.blob,
            package,
        )
        part = Part(PackURI(f"/word/charts/chart{self.drawings}.xml"), _CHART, frame.chart.part.blob, package)
        part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
        rid = self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        said = frame._element.nvGraphicFramePr.cNvPr.get("descr")
        self._drawing(whole[2], whole[3], chart.title, said, f'<c:chart {nsdecls("c", "r")} r:id="{rid}"/>')
        marks = " · ".join(
            f"{'▨' if dashed else '■' if fill == DARK else '□'} {meaning}" for fill, meaning, dashed in key(chart)
        )
        if marks:
            self._text(marks, Look(self.size * 0.84, colour=INK_SOFT), after=2 if self.small else 4)

    def _drawing(self, width: int, height: int, name: str, said: str, graphic: str) -> None:
        properties = parse_xml(f'<wp:docPr {nsdecls("wp")} id="{self.drawings}" name="drawing{self.drawings}"/>')
        properties.set("title", name)
        properties.set("descr", said)
        inline = parse_xml(
            f'<wp:inline {nsdecls("wp", "a")} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" '
            f'cy="{height}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f"{graphic}</a:graphicData></a:graphic></wp:inline>"
        )
        inline.insert(1, properties)
        paragraph = parse_xml(f"<w:p {nsdecls('w')}><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing/></w:r></w:p>")
        paragraph.find(f".//{{{_W}}}drawing").append(inline)
        self.body.insert(len(self.body) - 1, paragraph)

    def _picture(self, picture: Picture) -> None:
        self.drawings += 1
        width = Mm(min(self.room, picture.width * 0.2))
        made = self.document.add_paragraph().add_run().add_picture(io.BytesIO(picture.png), width=width)
        properties = made._inline.docPr
        properties.set("id", str(self.drawings))
        properties.set("title", picture.alternative.split("\n", 1)[0])
        properties.set("descr", picture.alternative)

    # --- places

    def _head_and_foot(self, section: Any) -> None:
        pack, writing = self.pack, self.writing
        small = Look(7, colour=INK_SOFT)
        if pack.foot.practice:
            header = section.header
            header.is_linked_to_previous = False
            band = writing.paragraph([(pack.foot.practice, Look(8, bold=True, colour=AMBER_INK))], after=4)
            band = band.replace("<w:spacing ", f'<w:shd w:val="clear" w:color="auto" w:fill="{AMBER}"/><w:spacing ', 1)
            self._fill(header, band)
        field = "".join(
            f'<w:r>{_MARKS}<w:fldChar w:fldCharType="{kind}"/></w:r>{between}'
            for kind, between in (
                ("begin", f"<w:r>{_MARKS}<w:instrText>PAGE</w:instrText></w:r>"),
                ("separate", f"<w:r>{_MARKS}<w:t>1</w:t></w:r>"),
                ("end", ""),
            )
        )
        last = writing.paragraph([(f"{pack.foot.as_of} · {pack.foot.identifier} · {pack.labels.page} ", small)])
        footer = section.footer
        footer.is_linked_to_previous = False
        notices = writing.paragraph([(" ".join(pack.foot.notices), small)])
        self._fill(footer, notices, last[: -len("</w:p>")] + field + "</w:p>")

    def _fill(self, holder: Any, *paragraphs: str) -> None:
        if not self.own:
            for old in list(holder._element):
                holder._element.remove(old)
        for paragraph in paragraphs:
            holder._element.append(parse_xml(self._spaced(paragraph)))

    def _add(self, block: str) -> None:
        self.body.insert(len(self.body) - 1, parse_xml(self._spaced(block)))

    def _spaced(self, block: str) -> str:
        if self.own:
            # The template's own face; sizes stay, so that a sheet keeps to its page.
            block = _FACE.sub("", block)
        return block if block.startswith("<w:tbl ") else block.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)

    def _text(self, text: str, look: Look, *, after: float = 2, keep: bool = False) -> None:
        self._add(self.writing.paragraph([(text, look)], after=after, keep=keep))

    def _gap(self, points: float) -> None:
        self._add(self.writing.paragraph([], line=points))


def sheet_size(pack: Pack) -> float:
    """The size of letters at which a meeting sheet keeps to one page, as far as can be told without printing it."""
    for size in _SIZES:
        if _height(pack, size) <= _SHEET_POINTS:
            return size
    return _SIZES[-1]


def _height(pack: Pack, size: float) -> float:
    """About how high the sheet is in points, its letters ``size`` high."""
    step = 1.5 if pack.rtl else 1.25
    used = 14 * step + 4

    def text(words: str, of: float, room: float = _SHEET_ROOM) -> float:
        return fitting.lines_of(words, of, room) * of * step

    for place, page in enumerate(pack.pages):
        used += text(page.title, size * 1.35) + 6 + text(page.method, size * 0.84) + 1
        used += sum(text(fact, size * 0.9) for fact in page.facts) + 2 if place == 0 else 0
        for block in page.blocks:
            if isinstance(block, Text):
                used += text(block.text, size) + 1.5
            elif isinstance(block, Subheading):
                used += text(block.text, size * 1.1) + 4.5
            elif isinstance(block, IntervalChart):
                used += (9 + 5.2 * len(block.lines)) / _POINT_MM + size * step + 2
            elif isinstance(block, Table):
                widths = fitting.column_widths(block, _SHEET_ROOM, size, 9, pack.rtl)
                rows = [tuple(column.head for column in block.columns), *block.rows]
                used += 3 + sum(fitting.row_height(row, widths, size, size * step, 6.5) - 3 for row in rows)
    return used


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MARKS = f'<w:rPr><w:color w:val="{INK_SOFT}"/><w:sz w:val="14"/><w:szCs w:val="14"/></w:rPr>'


def _before_texts(space: Any) -> None:
    """The look of a chart stands before its text's, as the format wants it."""
    look = space[-1]
    texts = space.find(f"{{{_C}}}txPr")
    if texts is not None:
        texts.addprevious(look)


def as_document(content: bytes) -> bytes:
    """A template as a document: the two differ in the type of their main part alone."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(_TEMPLATE.encode(), _DOCUMENT.encode())
            target.writestr(name, part)
    return made.getvalue()
