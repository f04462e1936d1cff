"""Actions: what a State would do in one piece (pass an act, issue a regulation), and the gaps it would close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from cpi1540.coverage.figures import Figure, coverage, tally
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Aspect, Domain, Field, Layout
from cpi1540.matrix.record import FOUND, NUMBER_OF, UNREVIEWED, Entry


class Instrument(StrEnum):
    """What kind of thing a State would make."""

    ACT = "act"
    REGULATION = "regulation"
    ADMINISTRATIVE_MEASURE = "administrative-measure"
    INSTITUTION = "institution"
    EQUIPMENT_AND_TRAINING = "equipment-and-training"


# The kinds of assistance a request can ask for (assistance.request.Kind, which stands above this wing).
REQUEST_KINDS = frozenset(
    {"legislative-drafting", "regulatory", "training", "equipment", "technical", "action-plan", "reporting", "funding"}
)


@dataclass(frozen=True, slots=True)
class Mandate:
    """What an organization may help with. ``url`` None: from general knowledge of the field, provisional."""

    code: str
    names: Mapping[str, str]
    purposes: Mapping[str, str]
    title: str | None = None
    url: str | None = None

    @property
    def provisional(self) -> bool:
        """Whether no source has been entered for it."""
        return self.url is None


@dataclass(frozen=True, slots=True)
class Reach:
    """Fields of one section: those of its rows, domains and aspects named; None names all of them."""

    section: str
    rows: frozenset[str] | None = None
    domains: frozenset[Domain] | None = None
    aspects: frozenset[Aspect] | None = None
    but: frozenset[str] = frozenset()

    def takes(self, field: Field) -> bool:
        """Whether ``field`` is one of them; the rows of ``but`` are not."""
        return (
            field.section == self.section
            and (self.rows is None or field.row in self.rows)
            and field.row not in self.but
            and (self.domains is None or field.domain in self.domains)
            and (self.aspects is None or field.aspect in self.aspects)
        )


@dataclass(frozen=True, slots=True)
class GapAction:
    """One action: the instrument it takes, the fields it closes, what assistance helps, and whose mandate."""

    code: str
    names: Mapping[str, str]
    instrument: Instrument
    request_kind: str
    closes: tuple[Reach, ...]
    mandates: tuple[Mandate, ...] = ()

    def takes(self, field: Field) -> bool:
        """Whether the action closes ``field``."""
        return any(reach.takes(field) for reach in self.closes)


def closing(field: Field, actions: Iterable[GapAction]) -> GapAction | None:
    """The first action that closes ``field``; None where there is none, as in a layout with rows of its own."""
    return next((action for action in actions if action.takes(field)), None)


@dataclass(frozen=True, slots=True)
class Gain:
    """What an action would bring: the gaps it closes, and the figure before and after.

    ``section`` None: the State's figure over OP 2 and OP 3, or over what was asked for; else the figure of that
    section, where the action closes nothing that the State's figure is over. ``pressing`` is the sum of the
    priorities of the gaps closed. ``action`` None: the gaps for which no action is known.
    """

    action: GapAction | None
    fields: tuple[str, ...]
    pressing: float
    before: Figure
    after: Figure
    section: str | None = None


def gains(
    layout: Layout,
    entries: Mapping[str, Entry],
    closed_by: Mapping[str, Mapping[str, float]],
    actions: Sequence[GapAction],
    profile: Profile,
    narrowing: Narrowing = EVERYTHING,
) -> tuple[Gain, ...]:
    """The gain of each action that closes a gap, the most pressing first; of equal ones in the order of ``actions``.

    ``closed_by`` maps an action's code ("" for gaps without one) to its gaps and their priorities. The figures are
    recomputed with X in the gaps closed; ``narrowing`` says which fields they are over.
    """
    known = {action.code: action for action in actions}
    chosen = [code for code in (*known, "") if closed_by.get(code)]
    if not chosen:
        return ()
    today = np.array(
        [NUMBER_OF[entries[field.key].code] if field.key in entries else UNREVIEWED for field in layout.fields], np.int8
    )
    codes = np.tile(today, (len(chosen) + 1, 1))
    for row, code in enumerate(chosen, start=1):
        codes[row, [layout.positions[key] for key in closed_by[code]]] = FOUND
    names = [str(row) for row in range(len(codes))]
    figures = coverage([tally(names, codes, layout, profile, narrowing)], {}, profile.min_reviewed).states
    before = figures["0"]
    found = []
    for row, code in enumerate(chosen, start=1):
        after, closed = figures[str(row)], closed_by[code]
        gain = Gain(known.get(code), tuple(closed), sum(closed.values()), before.total, after.total)
        sections = {layout.field(key).section for key in closed}
        if narrowing.section is None and not sections & set(HEADLINE_SECTIONS):
            (section,) = sections
            gain = replace(gain, before=before.sections[section], after=after.sections[section], section=section)
        found.append(gain)
    return tuple(sorted(found, key=lambda gain: -round(gain.pressing, 12)))
