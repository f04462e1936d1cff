"""Two records of a matrix compared field by field, their texts word by word."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cpi1540.matrix.record import NOT_REVIEWED, Entry, Source, differences
from cpi1540.matrix.word_differences import Segment
from cpi1540.matrix.word_differences import compare as compare_words

# What of an entry can differ.
PARTS = ("code", "basis", "sources", "remarks")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. ``before`` or ``after`` None: not in that layout. Texts are compared word by word."""

    field: str
    before: Entry | None
    after: Entry | None
    parts: frozenset[str]
    sources: tuple[Segment, ...]
    remarks: tuple[Segment, ...]


def compare(
    before: Mapping[str, Entry], after: Mapping[str, Entry], say: Callable[[Source], str]
) -> tuple[Difference, ...]:
    """Every field that differs between two records; ``say`` puts a source into words."""
    found = []
    for change in differences(before, after):
        old, new = change.before or NOT_REVIEWED, change.after or NOT_REVIEWED
        found.append(
            Difference(
                change.field,
                change.before,
                change.after,
                _parts(old, new),
                compare_words(_lines(old, say), _lines(new, say)),
                compare_words(old.remarks, new.remarks),
            )
        )
    return tuple(found)


def _parts(old: Entry, new: Entry) -> frozenset[str]:
    differing = {
        "code": old.code != new.code,
        "basis": old.code == new.code and old.basis != new.basis,
        "sources": old.sources != new.sources,
        "remarks": (old.remarks, old.remarks_language) != (new.remarks, new.remarks_language),
    }
    return frozenset(part for part, differs in differing.items() if differs)


def _lines(entry: Entry, say: Callable[[Source], str]) -> str:
    return "\n".join(say(source) for source in entry.sources)
