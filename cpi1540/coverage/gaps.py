"""Gaps: applicable counted fields outside OP 1, reviewed and not X. Work to do is a list of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cpi1540.coverage.profile import Profile
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.matrix.gap import can_be_a_gap, is_gap
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import NOT_REVIEWED, Code, Entry


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for a priority: its value 0..1, what it weighs, and why, in words."""

    name: str
    weight: float
    value: float
    because: Sentence


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: the field, its code (? or blank), and its priority 0..1, the weighted sum of its factors."""

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


def gaps(layout: Layout, entries: Mapping[str, Entry], profile: Profile) -> GapList:
    """The gaps in ``entries`` (by field key; what is left out is not reviewed).

    Of equal priority the printed order decides.
    """
    weights = profile.weights(layout)
    counted = np.array([can_be_a_gap(field) for field in layout.fields])
    heaviest = float(weights[counted].max(initial=0.0))
    found, not_reviewed = [], []
    for field, weight, counts in zip(layout.fields, weights, counted, strict=True):
        if not counts:
            continue
        code = entries.get(field.key, NOT_REVIEWED).code
        if code is None:
            not_reviewed.append(field.key)
        elif is_gap(field, code):
            value = float(weight) / heaviest if heaviest else 0.0
            because = sentence("Its weight in the profile %(profile)s", profile=profile.label)
            found.append(Gap(field.key, code, value, (Factor("weight", 1.0, value, because),)))
    found.sort(key=lambda gap: -gap.priority)
    return GapList(tuple(found), tuple(not_reviewed))
