"""The differences between two versions as a Word document: a table for each section."""

from collections.abc import Sequence
from itertools import groupby

from cpi1540.exchange import messages, sheet_messages
from cpi1540.exchange.comment_sheet import Part
from cpi1540.exchange.differences import ADDED, REMOVED, DifferenceRow, DifferencesHead, head_lines, shown
from cpi1540.exchange.document_style_docx import INK_SOFT, PETROL, Cell, Document, Look, Writing
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.word_differences import Segment

_HEADS = (
    (sheet_messages.HEADS[Part.NUMBER], 10.0),
    (sheet_messages.HEADS[Part.LABEL], 48.0),
    (sheet_messages.HEADS[Part.DOMAIN], 14.0),
    (sheet_messages.HEADS[Part.ASPECT], 24.0),
    (sheet_messages.BEFORE, 20.0),
    (sheet_messages.AFTER, 20.0),
    (sheet_messages.HEADS[Part.SOURCES], 76.0),
    (sheet_messages.HEADS[Part.REMARKS], 46.0),
    (sheet_messages.HEADS[Part.FIELD], 19.0),
)
_WIDTHS = tuple(width for _head, width in _HEADS)
_TEXT, _STRONG = Look(8), Look(8.5, bold=True)
_LOOKS = {
    REMOVED: Look(8, colour=INK_SOFT, struck=True),
    ADDED: Look(8, colour=PETROL, underlined=True),
}


def write_differences_docx(head: DifferencesHead, rows: Sequence[DifferenceRow], wording: Wording) -> bytes:
    """The document: a table of the fields that differ for each section, in the order given.

    Removed words are struck through and grey, added ones underlined. The same values give the same bytes.
    """
    say = wording.say
    title = say(Sentence(sheet_messages.DIFFERENCES_OF, {"state": head.state_name}))
    practice = f"{say(messages.PRACTICE)} " if head.practice else ""
    footer = f"{head.state_name} · {practice}{head.notice} {say(messages.DISCLAIMER)}"
    document = Document(wording, title, footer, say(sheet_messages.PAGE), head.made_at)
    document.heading(title, 1)
    first, *more = head_lines(head, wording)
    document.text(first, Look(9, bold=True))
    for text in more:
        document.text(text)
    document.text(f"{practice}{head.notice}")
    document.text(f"{say(messages.DISCLAIMER)} {say(messages.DISCLAIMER_WHY)}", after=6)
    if not rows:
        document.text(say(sheet_messages.NO_DIFFERENCES))
    heads = [
        document.writing.text_cell(say(text), Look(7.5, bold=True, colour="FFFFFF"), fill=PETROL, align="center")
        for text, _width in _HEADS
    ]
    for section, of_section in groupby(rows, key=lambda row: row.section):
        document.heading(section, 2)
        lines = [document.writing.row(heads, _WIDTHS, head=True)]
        lines += [document.writing.row(_cells(document.writing, row), _WIDTHS) for row in of_section]
        document.add(document.writing.table(lines, _WIDTHS), document.writing.paragraph([], line=4))
    return document.to_bytes()


def _cells(writing: Writing, row: DifferenceRow) -> list[Cell]:
    return [
        writing.text_cell(row.number, Look(8, colour=INK_SOFT)),
        writing.text_cell(row.label, _TEXT),
        writing.text_cell(row.domain, _TEXT),
        writing.text_cell(row.aspect, _TEXT),
        writing.text_cell(row.code_before, _STRONG, align="center"),
        writing.text_cell(row.code_after, _STRONG, align="center"),
        _marked(writing, row.sources),
        _marked(writing, row.remarks),
        writing.text_cell(row.field, Look(5, colour=INK_SOFT, mono=True)),
    ]


def _marked(writing: Writing, segments: Sequence[Segment]) -> Cell:
    """A paragraph for each line, whatever the line ends belong to."""
    lines: list[list[tuple[str, Look]]] = [[]]
    for segment in shown(segments):
        look = _LOOKS.get(segment.kind, _TEXT)
        for place, text in enumerate(segment.text.split("\n")):
            if place:
                lines.append([])
            if text:
                lines[-1].append((text, look))
    return Cell("".join(writing.paragraph(line) for line in lines))
