"""Gaps: applicable counted fields outside OP 1, reviewed and not X. Work to do is a list of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.gaps.gap_action import GapAction, closing
from cpi1540.coverage.gaps.priorities import NO_GROUND, Ground, Weighed, factors, priority
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.foundation.factor import Factor
from cpi1540.matrix.gap import can_be_a_gap, is_gap
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import NOT_REVIEWED, Code, Entry


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: the field, its code (? or blank), its priority 0..1, the weighted sum of its factors, and the code
    of the action that closes it; None where no action is known for the field.
    """

    field: str
    code: Code
    priority: float
    factors: tuple[Factor, ...]
    action: str | None = None


@dataclass(frozen=True, slots=True)
class GapList:
    """A State's gaps, the most pressing first, and the counted fields outside OP 1 nobody has reviewed."""

    gaps: tuple[Gap, ...]
    not_reviewed: tuple[str, ...]


def gaps(
    layout: Layout,
    entries: Mapping[str, Entry],
    profile: Profile,
    ground: Ground = NO_GROUND,
    *,
    narrowing: Narrowing = EVERYTHING,
    actions: Sequence[GapAction] = (),
) -> GapList:
    """The gaps in ``entries`` (by field key; what is left out is not reviewed), of the fields asked for.

    Of equal priority the printed order decides. The heaviest field, against which weights count, is looked for
    among all fields that can be a gap, whatever is asked for.
    """
    weights = profile.weights(layout)
    counted = np.array([can_be_a_gap(field) for field in layout.fields])
    heaviest = float(weights[counted].max(initial=0.0))
    found, not_reviewed = [], []
    for field, weight, counts in zip(layout.fields, weights, counted, strict=True):
        if not counts or not narrowing.takes(field):
            continue
        code = entries.get(field.key, NOT_REVIEWED).code
        if code is None:
            not_reviewed.append(field.key)
        elif is_gap(field, code):
            share = float(weight) / heaviest if heaviest else 0.0
            reasons = factors(Weighed(field, layout, entries, share, profile.label), ground)
            action = closing(field, actions)
            found.append(Gap(field.key, code, priority(reasons), reasons, action.code if action else None))
    # Rounded, so that the last digit of a sum does not come before the printed order.
    found.sort(key=lambda gap: -round(gap.priority, 12))
    return GapList(tuple(found), tuple(not_reviewed))
