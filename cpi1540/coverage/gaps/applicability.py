"""Fields that may not apply to a State: NA is suggested to a person, never set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cpi1540.coverage.gaps.circumstances import Circumstance
from cpi1540.matrix.layout import Layout, Role
from cpi1540.matrix.record import NOT_REVIEWED, Code, Entry


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The fields for which NA may be considered, and how many more have X: measures recorded speak against it."""

    circumstance: Circumstance
    fields: tuple[str, ...]
    with_measures: int


def suggestions(
    layout: Layout, entries: Mapping[str, Entry], circumstances: Iterable[Circumstance]
) -> tuple[Suggestion, ...]:
    """One suggestion for each circumstance that has a counted field which is neither NA nor X."""
    found = []
    for circumstance in circumstances:
        fields = [field for field in layout.fields if field.role is Role.COUNTED and circumstance.concerns(field)]
        codes = {field.key: entries.get(field.key, NOT_REVIEWED).code for field in fields}
        open_fields = tuple(key for key, code in codes.items() if code not in (Code.NOT_APPLICABLE, Code.FOUND))
        if open_fields:
            with_measures = sum(code is Code.FOUND for code in codes.values())
            found.append(Suggestion(circumstance, open_fields, with_measures))
    return tuple(found)
