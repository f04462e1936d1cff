"""The yearly report as a Word document on A4 portrait; the same values give the same bytes."""

import datetime
from collections.abc import Sequence

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from cpi1540.assistance.outcomes.report_table import Cell, ReportTable
from cpi1540.exchange.document_style_docx import INK_SOFT, PETROL, Document, Look
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import N_

_TEXT, _NUMBER, _HEAD = Look(9), Look(9), Look(8.5, bold=True, colour="FFFFFF")
_NOTE = Look(8.5, colour=INK_SOFT)
_PAGE_WIDTH, _NUMBER_WIDTH = 170.0, 24.0  # millimetres


def write_report_docx(
    title: str, notes: Sequence[str], tables: Sequence[ReportTable], wording: Wording, *, made_at: datetime.datetime
) -> bytes:
    """The document: what the report rests on, then its tables under headings that a reader's navigation finds."""
    document = Document(wording, title, f"{title} · {notes[0]}", wording.say(N_("Page")), made_at)
    section = document.document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    document.heading(title, 1)
    document.text(" ".join(notes[:2]), Look(9, bold=True), after=4)
    for table in tables:
        _table(document, table)
    document.heading(wording.say(N_("How it is counted")), 2)
    for note in notes[2:]:
        document.text(note, _NOTE, after=2)
    return document.to_bytes()


def _table(document: Document, table: ReportTable) -> None:
    writing = document.writing
    numbers = len(table.head) - 1
    widths = (_PAGE_WIDTH - numbers * _NUMBER_WIDTH, *(_NUMBER_WIDTH for _column in range(numbers)))
    # Digits run from the left in every language: their heads stand above them, at the right.
    heads = [
        writing.text_cell(text, _HEAD, fill=PETROL, align="end" if column and not writing.rtl else "start")
        for column, text in enumerate(table.head)
    ]
    rows = [writing.row(heads, widths, head=True)]
    for row in table.rows:
        cells = [
            writing.text_cell(_shown(value), _NUMBER if column else _TEXT, align="end" if column else "start")
            for column, value in enumerate(row)
        ]
        rows.append(writing.row(cells, widths))
    document.heading(table.title, 2)
    document.add(writing.table(rows, widths), writing.paragraph([], line=5))


def _shown(value: Cell) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:g}"
