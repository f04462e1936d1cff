"""How pressing a gap is: named factors, each a value 0..1 with its reason, weighed by one table.

    priority = sum of weight x value

The weights sum to 1. The lens counts only where one is asked for; without it the other weights keep their
proportions. A priority orders the gaps of one State; it compares no State with another.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cpi1540.coverage.lenses.lens import Lens
from cpi1540.foundation.factor import Factor
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Aspect, Field, Layout, field_key
from cpi1540.matrix.record import NOT_REVIEWED, Entry

# What each factor weighs: the office's judgement, not the Committee's. They sum to 1.
SHARES: Mapping[str, float] = MappingProxyType(
    {"weight": 0.30, "peers": 0.25, "dependence": 0.20, "lens": 0.15, "age": 0.10}
)
# Where the record does not tell, a factor speaks neither for a gap nor against it.
NEUTRAL = 0.5
WAITS, READY, AWAITED = 0.0, 0.75, 1.0
# Five years: what has not been looked at since the last comprehensive review is old in full.
OLDEST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Peers:
    """The other States of a regional group in one field: how many are reviewed (NA left out), how many have X."""

    x: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What priorities rest on beside the State's own entries.

    ``peers`` by field key. ``dated`` is the date of the version the entries are from, ``on`` the day asked for.
    """

    peers: Mapping[str, Peers] = field(default_factory=dict)
    lens: Lens | None = None
    dated: datetime.date | None = None
    on: datetime.date | None = None


NO_GROUND = Ground()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One gap as its factors see it. ``weight`` is 0..1, against the heaviest field of the profile."""

    field: Field
    layout: Layout
    entries: Mapping[str, Entry]
    weight: float
    profile: str


Told = tuple[float, Sentence]


def factors(gap: Weighed, ground: Ground) -> tuple[Factor, ...]:
    """The factors of one gap, in the order of ``SHARES``; their weights sum to 1."""
    counted = {name: share for name, share in SHARES.items() if name != "lens" or ground.lens is not None}
    whole = sum(counted.values())
    found = []
    for name, share in counted.items():
        value, because = _FACTORS[name](gap, ground)
        found.append(Factor(name, share / whole, value, because))
    return tuple(found)


def priority(factors: tuple[Factor, ...]) -> float:
    """The weighted sum of the values, 0..1."""
    # The last digit of a sum of weights must not lift a priority above 1.
    return min(1.0, sum(factor.weight * factor.value for factor in factors))


def _weight(gap: Weighed, _ground: Ground) -> Told:
    return gap.weight, sentence(
        "What the field weighs in the profile %(profile)s, against the heaviest field of it.", profile=gap.profile
    )


def _peers(gap: Weighed, ground: Ground) -> Told:
    peers = ground.peers.get(gap.field.key)
    if peers is None or peers.reviewed == 0:
        return NEUTRAL, sentence("Of the other States of the regional group, none is reviewed in this field.")
    return peers.x / peers.reviewed, plural_sentence(
        "Of %(n)s other State of the regional group reviewed in this field, %(x)s has measures recorded.",
        "Of %(n)s other States of the regional group reviewed in this field, %(x)s have measures recorded.",
        n=peers.reviewed,
        x=str(peers.x),
    )


def _dependence(gap: Weighed, _ground: Ground) -> Told:
    cell = gap.field
    if cell.domain is None or cell.aspect is None:
        return NEUTRAL, sentence("The row has one code: it waits for no other field, and none waits for it.")
    enforcement = cell.aspect is Aspect.ENFORCEMENT
    key = field_key(cell.section, cell.row, cell.domain, Aspect.FRAMEWORK if enforcement else Aspect.ENFORCEMENT)
    code = gap.entries.get(key, NOT_REVIEWED).code
    also_a_gap = is_gap(gap.layout.field(key), code)
    if enforcement and also_a_gap:
        return WAITS, sentence(
            "Waits: the legal framework that it would enforce is a gap itself (%(field)s).", field=key
        )
    if enforcement and code is None:
        return NEUTRAL, sentence("The legal framework that it would enforce is not reviewed (%(field)s).", field=key)
    if enforcement:
        return READY, sentence("Waits for nothing: its legal framework is no gap (%(field)s).", field=key)
    if also_a_gap:
        return AWAITED, sentence("The enforcement of it waits for this field (%(field)s).", field=key)
    return NEUTRAL, sentence("No other gap waits for this field.")


def _lens(gap: Weighed, ground: Ground) -> Told:
    rows = ground.lens.rows if ground.lens is not None else None
    if rows is None or f"{gap.field.section}.{gap.field.row}" in rows:
        return 1.0, sentence("The row is part of the lens asked for.")
    return 0.0, sentence("The row is not part of the lens asked for.")


def _age(gap: Weighed, ground: Ground) -> Told:
    sources = gap.entries.get(gap.field.key, NOT_REVIEWED).sources
    dates = [date for date in (ground.dated, *(source.as_of for source in sources)) if date is not None]
    if not dates or ground.on is None:
        return NEUTRAL, sentence("Neither the version nor a source of the field has a date.")
    newest = max(dates)
    months = (ground.on.year - newest.year) * 12 + ground.on.month - newest.month - (ground.on.day < newest.day)
    months = max(0, months)
    return min(1.0, months / OLDEST_MONTHS), plural_sentence(
        "The newest date of the version and of the field’s sources is %(date)s, %(n)s month ago; %(oldest)s months "
        "or more count in full.",
        "The newest date of the version and of the field’s sources is %(date)s, %(n)s months ago; %(oldest)s months "
        "or more count in full.",
        n=months,
        date=newest,
        oldest=str(OLDEST_MONTHS),
    )


_FACTORS: Mapping[str, Callable[[Weighed, Ground], Told]] = {
    "weight": _weight,
    "peers": _peers,
    "dependence": _dependence,
    "lens": _lens,
    "age": _age,
}
