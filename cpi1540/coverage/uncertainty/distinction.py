"""Which States the draws of ``uncertainty`` tell apart, and between which places a State's rank moves.

A rank misleads: it hangs on weights that somebody chose and on fields that nobody has read. So it is never made unless
a reader asks, and then as a range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Draws = npt.NDArray[np.float64]
_BAND = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class RankRange:
    """In 90 of 100 draws a State's place is between ``first`` and ``last`` of ``of`` States with a figure."""

    first: int
    last: int
    of: int


def not_told_from(state: str, states: Sequence[str], draws: Draws) -> tuple[str, ...]:
    """The other States, in the order given, that cannot be told from ``state``.

    ``draws`` is States x draws, with common weights in each draw. Two States differ when the band between 5 and
    95 in 100 of their difference excludes 0. Who has no figure (nan) is not compared; neither is anybody with them.
    """
    place = states.index(state)
    if np.isnan(draws[place]).any():
        return ()
    low, high = np.quantile(draws - draws[place], _BAND, axis=1)
    return tuple(
        other
        for row, other in enumerate(states)
        if row != place and not np.isnan(draws[row]).any() and low[row] <= 0 <= high[row]
    )


def rank_ranges(states: Sequence[str], draws: Draws) -> Mapping[str, RankRange]:
    """State -> its range of places, 1 the highest figure; equals share the better place. States without a figure are
    left out.
    """
    known = np.asarray(~np.isnan(draws).any(axis=1))
    if not known.any():
        return {}
    among = draws[known]
    # One State at a time: all pairs in all draws at once would be too many numbers to hold.
    ranks = np.stack([1 + (among > one).sum(axis=0) for one in among])
    # A place is a whole number: one that was drawn, not a number between two.
    first, last = np.quantile(ranks, _BAND, axis=1, method="inverted_cdf")
    ranked = [state for state, has in zip(states, known, strict=True) if has]
    return {
        state: RankRange(int(low), int(high), len(ranked)) for state, low, high in zip(ranked, first, last, strict=True)
    }
