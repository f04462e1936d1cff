"""What a pack is asked for: a kind, the States it is of, two days, and who shall read it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cpi1540.briefing.packs.pack import Kind
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import Sentence, sentence


class Misasked(DomainError):
    """A question that no pack answers; ``place`` is the part of it to change: "of", "lens", "since" or "until"."""

    def __init__(self, place: str, why: Sentence) -> None:
        super().__init__(why)
        self.place = place


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """A question about one State (its code), a regional group or, with neither, a whole record.

    ``on`` is the day the pack speaks of, ``before`` the earlier day that changes are counted from. ``public``: only
    what everybody may read goes in, whoever asks.
    """

    kind: Kind
    practice: bool
    on: datetime.date
    before: datetime.date
    state: str | None = None
    group: str | None = None
    lens: str | None = None
    profile: str = "equal"
    public: bool = False

    def check(self, today: datetime.date) -> None:
        """Misasked, which names the part of the question, when a pack of that kind cannot be asked for so ``today``."""
        # The figures would not be those of that day, and made again they would differ.
        if self.on > today:
            raise Misasked("until", sentence("The date lies in the future."))
        if self.before >= self.on:
            raise Misasked("since", sentence("The earlier date must lie before the date of the pack."))
        if self.state and self.group:
            raise Misasked("of", sentence("A pack is of one State, of a regional group or of a whole record."))
        if self.kind is Kind.STATE and not self.state:
            raise Misasked("of", sentence("A meeting sheet is of one State: choose one."))
        if self.kind is not Kind.STATE and self.state:
            raise Misasked("of", sentence("Only a meeting sheet is of one State. Choose a group or the whole record."))
        if self.kind is Kind.GROUP and not self.group:
            raise Misasked("of", sentence("A pack of a regional group needs the group: choose one."))
        if self.kind is Kind.GLOBAL and self.group:
            raise Misasked("of", sentence("A pack of the global status is of the whole record, not of a group."))
        if self.kind is Kind.LENS and not self.lens:
            raise Misasked("lens", sentence("A pack of one lens needs the lens: choose one."))
        if self.kind is not Kind.LENS and self.lens:
            raise Misasked("lens", sentence("Only a pack of one lens takes a lens."))

    @property
    def slug(self) -> str:
        """What its files are called by: "state-XAH-2026-11-24"."""
        of = self.state or self.group or ("practice" if self.practice else "members")
        lens = f"-{self.lens}" if self.lens else ""
        return f"{self.kind}{lens}-{of}-{self.on.isoformat()}"


def as_values(question: PackQuestion) -> dict[str, Any]:
    """The question as plain values, to be kept; what was not said is left out."""
    said = {
        "pack": question.kind.value,
        "record": "practice" if question.practice else "members",
        "as_of": question.on.isoformat(),
        "from": question.before.isoformat(),
        "state": question.state,
        "group": question.group,
        "lens": question.lens,
        "profile": question.profile,
        "public": question.public or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def from_values(kept: Mapping[str, Any]) -> PackQuestion:
    """The question that ``as_values`` kept."""
    return PackQuestion(
        Kind(kept["pack"]),
        kept["record"] == "practice",
        datetime.date.fromisoformat(kept["as_of"]),
        datetime.date.fromisoformat(kept["from"]),
        kept.get("state"),
        kept.get("group"),
        kept.get("lens"),
        kept.get("profile", "equal"),
        bool(kept.get("public")),
    )
