"""What the pages of offers and providers show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpi1540.assistance.offers.offer import Offer, Provider, StatedMandate
from cpi1540.states.groups import GROUPS


@dataclass(frozen=True, slots=True)
class Compared:
    """A part that two people saved at once: what was saved meanwhile, and what is typed."""

    part: str
    saved: Any
    typed: Any


@dataclass(frozen=True, slots=True)
class Places:
    """For whom an offer is, or is not: regional groups, then States by code and name."""

    groups: tuple[str, ...]
    states: tuple[tuple[str, Mapping[str, str]], ...]

    def __bool__(self) -> bool:
        return bool(self.groups or self.states)


def compared(saved: Offer | Provider, typed: Offer | Provider, parts: Sequence[str]) -> tuple[Compared, ...]:
    """The parts in which two versions of an offer, or of a provider, differ."""
    return tuple(
        Compared(part, _shown(getattr(saved, part)), _shown(getattr(typed, part)))
        for part in parts
        if getattr(saved, part) != getattr(typed, part)
    )


def places(codes: frozenset[str], names: Mapping[str, Mapping[str, str]]) -> Places:
    """The codes parted into groups and States; ``names`` are those of the record's States."""
    return Places(
        tuple(group for group in GROUPS if group in codes),
        tuple((code, names.get(code, {"en": code})) for code in sorted(codes - set(GROUPS))),
    )


def _shown(value: Any) -> Any:
    """Values of several parts as lists of what differs between two of them."""
    if isinstance(value, StatedMandate):
        return tuple(str(each) for each in (*value.texts.values(), value.title, value.url, value.dated) if each)
    if isinstance(value, Mapping):
        return tuple(str(each) for each in value.values())
    return value
