"""The sheet on which a State comments on a draft: what it shows, how a field's row is known again, what comes back.

An empty cell of the State proposes nothing. A dash as the proposed code proposes a blank: reviewed, and nothing
found. What the draft says stands on the sheet for reading only.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from unicodedata import category

from cpi1540.exchange import messages
from cpi1540.exchange.cell_text import CUT, LONGEST, plain, token
from cpi1540.exchange.code_spelling import spell
from cpi1540.exchange.keys import FileKeys
from cpi1540.exchange.row_text import RowWriting
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import N_, Sentence
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.layout import Domain, Field, Layout, Section, Shape
from cpi1540.matrix.messages import ASPECT_NAMES, DOMAIN_NAMES, DOMAIN_SHORT
from cpi1540.matrix.record import NOT_REVIEWED, Code, Matrix, Version

DRAFT_VERSION = N_("Version %(version)s, revision %(revision)s")
DRAFT_FACT = N_("Draft")
SHEET_KEYS = "cpi1540-comment-keys"  # the first cell of the hidden sheet, the first word of a document's key line
SHEET_SECTION = "cpi1540-comment:"  # before the section's code, in the first cell of a hidden row
CHOICES = ("X", "?", "NA", "–")  # what the State may propose; the dash is a blank


class NoChange(Enum):
    """The State left the proposed code empty."""

    NO_CHANGE = "no change"


NO_CHANGE = NoChange.NO_CHANGE


class Part(StrEnum):
    """The columns of the sheet. Those of the State are the last four."""

    FIELD = "field"
    MARK = "mark"
    NUMBER = "number"
    LABEL = "label"
    DOMAIN = "domain"
    ASPECT = "aspect"
    CODE = "code"
    SOURCES = "sources"
    REMARKS = "remarks"
    PROPOSED_CODE = "proposed.code"
    PROPOSED_SOURCES = "proposed.sources"
    PROPOSED_REMARKS = "proposed.remarks"
    COMMENT = "proposed.comment"


SHOWN = (Part.NUMBER, Part.LABEL, Part.DOMAIN, Part.ASPECT, Part.CODE, Part.SOURCES, Part.REMARKS)
DRAFT = (Part.CODE, Part.SOURCES, Part.REMARKS)
OF_STATE = (Part.PROPOSED_CODE, Part.PROPOSED_SOURCES, Part.PROPOSED_REMARKS, Part.COMMENT)


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What the sheet says of itself; all texts in its language.

    ``made_at`` (with its time zone) is also the file's own date, so that the same values give the same bytes.
    ``notice`` says whose document it is ("Working document of OFFICE; not a document of the Committee."),
    ``facts`` are further lines, such as the day by which an answer is asked for.
    """

    state: str
    state_name: str
    version: int
    revision: int
    layout: str
    language: str
    practice: bool
    notice: str
    made_at: datetime.datetime
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def keys(self) -> FileKeys:
        """The hidden keys by which the sheet is known again, sealed."""
        keys = FileKeys(self.state, self.layout, self.version, self.revision, self.language, self.practice)
        return FileKeys(
            keys.state, keys.layout, keys.version, keys.revision, keys.language, keys.practice, digest=keys.seal({})
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One field on the sheet, in the sheet's language. ``first`` tells that no line above has the same label."""

    field: str
    domain: Domain | None
    texts: Mapping[Part, str]
    first: bool

    @property
    def mark(self) -> str:
        """The mark by which this line's own texts are known to be unchanged."""
        return mark_of(self.texts)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the State proposes for one field. Texts are None where it wrote nothing.

    ``code`` is a Code (``Code.BLANK`` for a dash), or ``NO_CHANGE``. ``where`` is "OP 2!J14" in a workbook,
    "T3!F14" (third table, column F, row 14) in a document.
    """

    field: str
    code: Code | NoChange
    sources: str | None
    remarks: str | None
    comment: str | None
    where: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What was read from a sheet that came back. While there is a problem, nothing of it may be recorded.

    ``notes`` say what was understood or passed over, in the same shape; ``exchange.messages.problem_sentence``
    has the words for both. ``version`` and ``revision`` are those of the draft the sheet was made from.
    """

    state: str | None = None
    version: int | None = None
    revision: int | None = None
    layout: str | None = None
    language: str | None = None
    proposed: tuple[Proposed, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class AskSheet:
    """What a reader of sheets must know: the State and the layout of the draft that is with it, and the record."""

    state: str
    layout: Layout
    practice: bool = False


def sheet_head(
    version: Version,
    state_name: str,
    notice: str,
    made_at: datetime.datetime,
    language: str,
    facts: tuple[tuple[str, str], ...] = (),
) -> SheetHead:
    """The head of a sheet made from ``version``."""
    return SheetHead(
        version.state,
        state_name,
        version.number,
        version.revision,
        version.layout,
        language,
        version.practice,
        notice,
        made_at,
        facts,
    )


def sheet_name(head: SheetHead, suffix: str) -> str:
    """A file name that says what is in it: ``comments-1540-FRA-v3-en.xlsx``."""
    practice = "practice-" if head.practice else ""
    return f"{practice}comments-1540-{head.state}-v{head.version}-{head.language}.{suffix}"


def columns_of(section: Section) -> tuple[Part, ...]:
    """The columns that a section's table shows; one code a row has neither domain nor aspect."""
    single = section.shape is Shape.SINGLE
    return tuple(part for part in SHOWN if not (single and part in (Part.DOMAIN, Part.ASPECT))) + OF_STATE


def lines_of_section(
    matrix: Matrix, layout: Layout, section: Section, wording: Wording, chosen: Collection[str] | None = None
) -> tuple[Line, ...]:
    """The lines of a section in printed order; ``chosen`` are the fields wanted, all when it is None."""
    writing = RowWriting(wording)
    found: list[Line] = []
    before: tuple[str, Domain | None] | None = None
    for field in layout.fields:
        if field.section != section.code or (chosen is not None and field.key not in chosen):
            continue
        here = (field.row, field.domain if section.shape is Shape.TABLES else None)
        found.append(Line(field.key, field.domain, _texts(matrix, field, writing), here != before))
        before = here
    return tuple(found)


def domain_title(domain: Domain, wording: Wording) -> str:
    """The name of a weapon domain over its table."""
    return wording.say(DOMAIN_NAMES[domain])


def draft_sentence(head: SheetHead) -> Sentence:
    """Which draft the sheet was made from."""
    params = {"version": str(head.version), "revision": str(head.revision)}
    return Sentence(DRAFT_VERSION, params)


def facts_of(head: SheetHead, layout: Layout, wording: Wording) -> list[tuple[str, str]]:
    """What the first page says of the draft: (name, value)."""
    say = wording.say
    return [
        (say(messages.STATE), f"{head.state_name} ({head.state})"),
        (say(messages.LAYOUT), wording.of(layout.titles)),
        (say(DRAFT_FACT), say(draft_sentence(head))),
        *head.facts,
        (say(messages.EXPORTED), wording.day(head.made_at.date())),
    ]


def mark_of(texts: Mapping[Part, str]) -> str:
    """Two short digests: of what names the row, and of what the draft says there."""
    naming = (Part.NUMBER, Part.LABEL, Part.DOMAIN, Part.ASPECT)
    return "-".join(token("\n".join(_bare(texts.get(part, "")) for part in parts)) for parts in (naming, DRAFT))


def _bare(text: str) -> str:
    """The text without what programs change when they save it: spaces, line ends, marks of direction."""
    if not text.isascii():
        text = "".join(letter for letter in text if category(letter) != "Cf")
    return " ".join(text.split())


def _texts(matrix: Matrix, field: Field, writing: RowWriting) -> dict[Part, str]:
    entry = matrix.entries.get(field.key, NOT_REVIEWED)
    wording = writing.wording
    return {
        Part.NUMBER: field.number,
        Part.LABEL: plain(wording.of(field.labels)),
        Part.DOMAIN: wording.say(DOMAIN_SHORT[field.domain]) if field.domain else "",
        Part.ASPECT: wording.say(ASPECT_NAMES[field.aspect]) if field.aspect else "",
        Part.CODE: spell(entry),
        Part.SOURCES: _cut("\n".join(writing.sources(entry))),
        Part.REMARKS: _cut(plain(entry.remarks)),
    }


def _cut(text: str) -> str:
    """The text as far as a cell can hold it."""
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore") + CUT
