"""A change that the State proposes to one field of the draft it was sent, and what the office makes of it."""

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum

from cpi1540.matrix.record import Basis, Code, Entry, Source


class Decision(StrEnum):
    """What became of a proposal; "replaced" by a later one of the State for the same field."""

    ACCEPTED = "accepted"
    AMENDED = "amended"
    DECLINED = "declined"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the State wishes of one field. ``changes_code`` False: the code stays. Empty texts change nothing."""

    field: str
    changes_code: bool = False
    code: Code | None = None
    sources: str = ""
    remarks: str = ""
    comment: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not (self.changes_code or self.sources or self.remarks or self.comment)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wish as it was recorded, and its answer. ``channel`` is "portal" or "sheet"."""

    id: int
    wish: Wish
    language: str
    channel: str
    actor: str
    at: datetime.datetime
    decision: Decision | None
    reason: str
    decided_by: str | None
    decided_at: datetime.datetime | None


def fulfilled(entry: Entry, wish: Wish, language: str) -> Entry:
    """The entry as the State wishes it: its code, on the State's word; its source beside those there; its remark."""
    if wish.changes_code:
        entry = replace(entry, code=wish.code, basis=Basis.ASSERTED if wish.code is Code.FOUND else None)
    if wish.sources and all(wish.sources != source.text for source in entry.sources):
        entry = replace(entry, sources=(*entry.sources, Source(wish.sources, language)))
    if wish.remarks:
        entry = replace(entry, remarks=wish.remarks, remarks_language=language)
    return entry
