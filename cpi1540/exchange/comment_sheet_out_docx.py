"""The sheet on which a State comments on a draft, as a Word document: a table for each section and domain."""

from collections.abc import Collection

from cpi1540.exchange import messages, sheet_messages
from cpi1540.exchange.comment_sheet import (
    OF_STATE,
    SHEET_KEYS,
    Line,
    Part,
    SheetHead,
    domain_title,
    facts_of,
    lines_of_section,
)
from cpi1540.exchange.document_style_docx import (
    AMBER,
    AMBER_INK,
    INK_SOFT,
    PAPER,
    PETROL,
    PETROL_SOFT,
    Cell,
    Document,
    Look,
)
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.layout import Domain, Layout, Section, Shape
from cpi1540.matrix.record import Matrix

_WIDTHS = {
    Part.NUMBER: 10.0,
    Part.LABEL: 38.0,
    Part.ASPECT: 22.0,
    Part.CODE: 11.0,
    Part.SOURCES: 46.0,
    Part.REMARKS: 28.0,
    Part.PROPOSED_CODE: 17.0,
    Part.PROPOSED_SOURCES: 38.0,
    Part.PROPOSED_REMARKS: 25.0,
    Part.COMMENT: 25.0,
    Part.FIELD: 17.0,
}
_WITH_ASPECT = tuple(_WIDTHS)
_WITHOUT = tuple(part for part in _WITH_ASPECT if part is not Part.ASPECT)
_KEY = Look(size=4.5, colour=INK_SOFT, mono=True)
_MARK = Look(size=4.5, colour=INK_SOFT, mono=True, hidden=True)
_TEXT, _STRONG, _SOFT = Look(size=7.5), Look(size=8, bold=True), Look(size=7.5, colour=INK_SOFT)


def write_comment_sheet_docx(
    matrix: Matrix, layout: Layout, head: SheetHead, wording: Wording, chosen: Collection[str] | None = None
) -> bytes:
    """The document: how to comment, then a table for each section and weapon domain.

    ``wording`` gives the language, ``chosen`` the keys of the fields wanted (all when it is None). Each row carries
    the key of its field in its last column. The same values give the same bytes.
    """
    say = wording.say
    title = say(Sentence(sheet_messages.SHEET_OF, {"state": head.state_name}))
    practice = f"{say(messages.PRACTICE)} " if head.practice else ""
    footer = f"{head.state_name} · {practice}{head.notice} {say(messages.DISCLAIMER)}"
    document = Document(wording, title, footer, say(sheet_messages.PAGE), head.made_at)
    _first_page(document, title, layout, head, wording)
    for section in layout.sections:
        lines = lines_of_section(matrix, layout, section, wording, chosen)
        for place, domain in enumerate(dict.fromkeys(line.domain for line in lines)):
            if place == 0:
                document.heading(wording.of(section.titles), 2, new_page=True)
            if domain is not None:
                document.heading(domain_title(domain, wording), 3)
            _table(document, section, [line for line in lines if line.domain is domain], wording)
    return document.to_bytes()


def _first_page(document: Document, title: str, layout: Layout, head: SheetHead, wording: Wording) -> None:
    say, writing = wording.say, document.writing
    document.heading(title, 1)
    if head.practice:
        document.text(say(messages.PRACTICE_NOTICE), Look(size=9, bold=True))
    document.text(head.notice, Look(size=9, bold=True))
    document.text(f"{say(messages.DISCLAIMER)} {say(messages.DISCLAIMER_WHY)}", Look(size=9, bold=True), after=6)
    name_look, text_look = Look(8.5, bold=True, colour=INK_SOFT), Look(8.5)
    facts = [
        writing.row([writing.text_cell(name, name_look), writing.text_cell(text, text_look)], (55, 222))
        for name, text in facts_of(head, layout, wording)
    ]
    document.add(writing.table(facts, (55, 222)))
    document.heading(say(sheet_messages.HOW_TO_COMMENT), 3)
    for number, step in enumerate(sheet_messages.STEPS, start=1):
        document.add(writing.paragraph([(f"{number}. {say(step)}", Look(size=9))], after=2))
    document.heading(say(messages.CODES), 3)
    codes = [
        writing.row([writing.text_cell(spelling or say(messages.NOT_REVIEWED_SPELLING), _STRONG, align="center"),
                     writing.text_cell(say(meaning), Look(8.5))], (22, 255))
        for spelling, meaning in messages.CODE_MEANINGS.items()
    ]  # fmt: skip
    document.add(writing.table(codes, (22, 255)))
    keys = " ".join(["=".join(fact) for fact in head.keys.as_rows()])
    document.add(writing.paragraph([(f"{say(sheet_messages.KEY_LINE)} ", Look(7, colour=INK_SOFT))], before=8))
    document.add(writing.paragraph([(f"{SHEET_KEYS} {keys}", Look(6, colour=INK_SOFT, mono=True))]))


def _table(document: Document, section: Section, lines: list[Line], wording: Wording) -> None:
    writing, say = document.writing, wording.say
    parts = _WITHOUT if section.shape is Shape.SINGLE else _WITH_ASPECT
    widths = [_WIDTHS[part] for part in parts]
    if Part.ASPECT not in parts:
        widths[parts.index(Part.LABEL)] += _WIDTHS[Part.ASPECT]
    drafted = len(parts) - len(OF_STATE) - 1
    over = [
        writing.text_cell(say(text), Look(7.5, True, ink), fill=fill, align="center", span=span)
        for text, ink, fill, span in (
            (sheet_messages.DRAFT_HEAD, INK_SOFT, "", drafted),
            (sheet_messages.STATE_HEAD, AMBER_INK, AMBER, len(OF_STATE)),
        )
    ]
    over.append(writing.text_cell("", _KEY))
    heads = [_head_cell(document, part, say(sheet_messages.HEADS[part])) for part in parts]
    rows = [writing.row(over, widths, head=True), writing.row(heads, widths, head=True)]
    before: tuple[str, Domain | None] | None = None
    for line in lines:
        row = (line.texts[Part.NUMBER] + line.texts[Part.LABEL], line.domain)
        rows.append(writing.row([_cell(document, part, line, again=row == before) for part in parts], widths))
        before = row
    document.add(writing.table(rows, widths), writing.paragraph([], line=4))


def _head_cell(document: Document, part: Part, text: str) -> Cell:
    if part is Part.FIELD:
        return document.writing.text_cell(text, Look(6, colour=INK_SOFT), fill=PETROL_SOFT, align="center")
    return document.writing.text_cell(text, Look(7, bold=True, colour="FFFFFF"), fill=PETROL, align="center")


def _cell(document: Document, part: Part, line: Line, *, again: bool) -> Cell:
    writing, text = document.writing, line.texts.get(part, "")
    if part is Part.FIELD:
        return Cell(writing.paragraph([(line.field, _KEY), (f" {line.mark}", _MARK)], align="start"))
    if part in OF_STATE:
        return writing.text_cell("", _TEXT, align="center" if part is Part.PROPOSED_CODE else "start")
    if part is Part.CODE:
        return writing.text_cell(text, _STRONG, fill=PAPER, align="center")
    if part in (Part.NUMBER, Part.LABEL):
        look = _SOFT if part is Part.NUMBER or again else _TEXT
        return writing.text_cell(text, look, fill=PAPER)
    return writing.text_cell(text, _TEXT, fill=PAPER)
