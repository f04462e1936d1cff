"""A letter of the procedure as a Word document, on A4 portrait; the same values give the same bytes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from cpi1540.assistance.letters.letter import Filled, Paragraph, Piece
from cpi1540.exchange.document_style_docx import INK_SOFT, PETROL, Document, Look, Writing
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import N_, Sentence

_TEXT, _STRONG, _SOFT = Look(size=11), Look(size=11, bold=True), Look(size=8.5, colour=INK_SOFT)
_OFFICE = Look(size=12, bold=True, colour=PETROL)
_LRM, _RLM = "\u200e", "\u200f"
_TAB, _HYPHEN = "\ue000", "\ue001"  # while a run is written; nobody's text has them
_ITEM_INDENT, _ITEM_HANGING = 480, 280  # twentieths of a point


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What stands around the text: whose letter, to whom, of which day, about which request."""

    office: str
    addressee: str
    dated: datetime.date
    reference: str
    footer: Sentence


def write_letter_docx(letter: Filled, head: LetterHead, wording: Wording) -> bytes:
    """The document. ``head.addressee`` and ``head.office`` may be empty: their lines then are left out."""
    made_at = datetime.datetime.combine(head.dated, datetime.time(12), datetime.UTC)
    footer = wording.say(head.footer)
    document = Document(wording, letter.subject, footer, wording.say(N_("Page")), made_at)
    section = document.document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    section.footer_distance = section.header_distance = Mm(10)
    writing = document.writing
    if head.office:
        document.add(_paragraph(writing, (Piece(head.office, own=True),), _OFFICE, after=14))
    facts = ((N_("Date"), wording.day(head.dated)), (N_("Reference"), head.reference))
    for place, (label, value) in enumerate(facts):
        pieces = (Piece(f"{wording.say(label)}{_colon(wording)}"), Piece(value, own=True))
        document.add(_paragraph(writing, pieces, _SOFT, after=12 if place else 1))
    if head.addressee.strip():
        document.add(_paragraph(writing, (Piece(head.addressee.strip(), own=True),), _TEXT, after=14))
    document.add(_paragraph(writing, (Piece(letter.subject),), _STRONG, after=10, keep=True))
    for place, paragraph in enumerate(letter.paragraphs):
        last = place == len(letter.paragraphs) - 1
        follows = not last and letter.paragraphs[place + 1].item
        document.add(_body(writing, paragraph, after=3 if paragraph.item and follows else 9, keep=follows or last))
    return document.to_bytes()


def _body(writing: Writing, paragraph: Paragraph, *, after: float, keep: bool) -> str:
    if not paragraph.item:
        return _paragraph(writing, paragraph.pieces, _TEXT, after=after, keep=keep)
    return _paragraph(writing, (Piece("–\t"), *paragraph.pieces), _TEXT, after=after, item=True)


def _colon(wording: Wording) -> str:
    return {"fr": "\u00a0: ", "zh": "："}.get(wording.language, ": ")


def _paragraph(
    writing: Writing, pieces: Sequence[Piece], look: Look, *, after: float, keep: bool = False, item: bool = False
) -> str:
    """A paragraph in the letter's direction. A value without a letter of that script runs the other way by itself."""
    line = look.size * (1.55 if writing.rtl else 1.3)
    marks = [
        "<w:keepNext/>" if keep and not item else "",
        "<w:keepLines/>" if keep and not item else "",
        f'<w:tabs><w:tab w:val="left" w:pos="{_ITEM_INDENT}"/></w:tabs>' if item else "",
        "<w:bidi/>" if writing.rtl else "",
        f'<w:spacing w:before="0" w:after="{round(after * 20)}" w:line="{round(line * 20)}" w:lineRule="exact"/>',
        f'<w:ind w:left="{_ITEM_INDENT}" w:hanging="{_ITEM_HANGING}"/>' if item else "",
    ]
    runs = "".join(_run(writing, piece, look) for piece in pieces)
    return f"<w:p><w:pPr>{''.join(marks)}</w:pPr>{runs}</w:p>"


def _run(writing: Writing, piece: Piece, look: Look) -> str:
    # What runs the other way stands between marks (in a right-to-left letter an identifier, a foreign name), so
    # that the punctuation around it keeps to the sentence.
    rtl = writing.rtl
    if piece.own:
        rtl = any("\u0590" <= letter <= "\u08ff" for letter in piece.text)
    mark = _RLM if rtl else _LRM
    text = "\n".join(f"{mark}{line}{mark}" for line in piece.text.split("\n")) if rtl != writing.rtl else piece.text
    # Tabs and hyphens that hold an identifier together are elements of a run, not text.
    text = text.replace("\t", _TAB)
    if piece.own and not any(letter.isspace() for letter in piece.text):
        text = text.replace("-", _HYPHEN)
    run = writing.run(text, look, rtl=rtl, language=piece.language)
    for mark, element in ((_TAB, "<w:tab/>"), (_HYPHEN, "<w:noBreakHyphen/>")):
        run = run.replace(mark, f'</w:t>{element}<w:t xml:space="preserve">')
    return run
