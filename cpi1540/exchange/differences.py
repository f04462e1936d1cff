"""The differences between two versions of a matrix, as a file shows them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.exchange import sheet_messages
from cpi1540.exchange.cell_text import CUT, LONGEST, writable
from cpi1540.exchange.code_spelling import spell
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.comparison import Difference
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.messages import ASPECT_NAMES, CODE_NAMES, DOMAIN_SHORT
from cpi1540.matrix.record import Entry
from cpi1540.matrix.word_differences import Segment

SAME, REMOVED, ADDED = "same", "removed", "added"


@dataclass(frozen=True, slots=True)
class DifferencesHead:
    """What the file says of itself; all texts in its language.

    ``before`` and ``after`` name the two versions in words, ``chosen`` says by what the list was narrowed ("" when
    by nothing), ``n`` how many fields differ. ``made_at`` (with its time zone) is also the file's own date.
    ``notice`` says whose document it is.
    """

    state: str
    state_name: str
    before: str
    after: str
    made_at: datetime.datetime
    notice: str
    n: int
    chosen: str = ""
    practice: bool = False


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One field that differs, in the file's language. Codes are as a reader sees them.

    ``sources`` and ``remarks`` have every word of both versions: same, removed or added.
    """

    field: str
    section: str
    number: str
    label: str
    domain: str
    aspect: str
    code_before: str
    code_after: str
    sources: tuple[Segment, ...] = ()
    remarks: tuple[Segment, ...] = ()


def difference_rows(
    found: Sequence[Difference], layouts: Sequence[Layout], wording: Wording
) -> tuple[DifferenceRow, ...]:
    """The rows of some differences, in their order; ``layouts`` are those of the two versions, the newer first."""
    return tuple(_row(each, layouts, wording) for each in found)


def differences_name(head: DifferencesHead, numbers: tuple[int, int], language: str, suffix: str) -> str:
    """A file name that says what is in it: ``differences-1540-FRA-v2-v3-en.docx``."""
    practice = "practice-" if head.practice else ""
    return f"{practice}differences-1540-{head.state}-v{numbers[0]}-v{numbers[1]}-{language}.{suffix}"


def head_lines(head: DifferencesHead, wording: Wording) -> list[str]:
    """What stands under the title: versions, selection, count and day, how to read it, whose it is."""
    say = wording.say
    versions = Sentence(sheet_messages.FROM_TO, {"before": head.before, "after": head.after})
    count = sheet_messages.fields_differ(head.n, wording.day(head.made_at.date()))
    chosen = [say(Sentence(sheet_messages.CHOSEN, {"chosen": head.chosen}))] if head.chosen else []
    return [say(versions), *chosen, say(count), say(sheet_messages.HOW_MARKED)]


def shown(segments: Sequence[Segment]) -> list[Segment]:
    """Segments as a file can hold them: nothing unwritable, nothing empty, cut where a cell ends."""
    found: list[Segment] = []
    room = LONGEST
    for segment in segments:
        text = writable(segment.text)
        units = text.encode("utf-16-le")
        if len(units) > 2 * room:
            text = units[: 2 * room].decode("utf-16-le", "ignore")
            return [*found, *([Segment(segment.kind, text)] if text else []), Segment(SAME, CUT)]
        if text:
            found.append(Segment(segment.kind, text))
        room -= len(units) // 2
    return found


def _row(each: Difference, layouts: Sequence[Layout], wording: Wording) -> DifferenceRow:
    layout = next(layout for layout in layouts if each.field in layout.positions)
    field = layout.field(each.field)
    return DifferenceRow(
        field.key,
        wording.of(layout.section(field.section).short_titles),
        field.number,
        wording.of(field.labels),
        wording.say(DOMAIN_SHORT[field.domain]) if field.domain else "",
        wording.say(ASPECT_NAMES[field.aspect]) if field.aspect else "",
        _code(each.before, wording),
        _code(each.after, wording),
        each.sources,
        each.remarks,
    )


def _code(entry: Entry | None, wording: Wording) -> str:
    if entry is None:
        return wording.say(sheet_messages.NOT_IN_LAYOUT)
    return spell(entry) or wording.say(CODE_NAMES["u"])
