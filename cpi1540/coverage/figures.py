"""Coverage: how much of a matrix has measures recorded, with the interval that the unknown leaves open.

Over a set of counted fields with weights w, A is the summed weight of the fields that are not NA, and n_X,
n_?, n_blank, n_unrev the summed weights in A of each code. Then

    low = n_X / A      high = (n_X + n_? + n_unrev) / A      point = (n_X + n_?/2) / (n_X + n_? + n_blank)

and low <= point <= high. Where A is 0, or nothing is reviewed, there is no figure: all three are None, not 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import EVERYTHING, HEADLINE, Narrowing, masks
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

# The order of codes in counts and tallies.
KINDS = ("X", "?", "NA", "blank", "unreviewed")
_NUMBERS = (FOUND, INCOMPLETE, NOT_APPLICABLE, BLANK, UNREVIEWED)
# Places in KINDS that say somebody looked and found the field applicable.
_REVIEWED = (0, 1, 3)
# The last digit of a sum of weights depends on the order of adding: exactly half reviewed must stay half.
_ROUNDING = 1e-12

Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``counts`` (by ``KINDS``) are unweighted and sum to ``fields``; shares are weighted, 0..1.

    ``n_reviewed`` States of ``n_states`` have a reviewed field in it; ``mean_fields`` is the mean number of
    fields with X over those, None when there is none.
    """

    fields: int
    counts: Mapping[str, int]
    low: float | None
    point: float | None
    high: float | None
    reviewed_share: float | None
    sufficient: bool
    n_states: int
    n_reviewed: int
    mean_fields: float | None

    @property
    def reviewed(self) -> int:
        """How many of the applicable fields are reviewed."""
        return self.counts["X"] + self.counts["?"] + self.counts["blank"]

    @property
    def applicable(self) -> int:
        """How many fields are not NA."""
        return self.fields - self.counts["NA"]


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """The headline figure, and one for each section asked for."""

    total: Figure
    sections: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Figures of States, of groups, and of all the States in scope together."""

    states: Mapping[str, SectionFigures]
    groups: Mapping[str, SectionFigures]
    all: SectionFigures


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and summed weights: arrays States x figures x codes, codes in the order of ``KINDS``.

    ``names`` are the figures' names, the headline first. Tallies of States with different layouts have the
    same figures, so that groups can be made over both.
    """

    states: tuple[str, ...]
    names: tuple[str, ...]
    counts: Counts
    weights: Weights


def tally(
    states: Sequence[str],
    codes: npt.NDArray[np.int8],
    layout: Layout,
    profile: Profile,
    narrowing: Narrowing = EVERYTHING,
) -> Tally:
    """Count ``codes`` (int8, States x fields of ``layout``) under each figure's fields.

    Holds one code's States x fields array of float64 at a time. ValueError when the array has another shape,
    or a number that is no code: such a field would drop out of every count unseen.
    """
    return tally_under(states, codes, layout, profile, masks(layout, narrowing))


def tally_under(
    states: Sequence[str],
    codes: npt.NDArray[np.int8],
    layout: Layout,
    profile: Profile,
    chosen: Mapping[str, npt.NDArray[np.bool_]],
) -> Tally:
    """The same under masks of one's own: name of a figure -> which of ``layout.fields`` it is over."""
    if codes.shape != (len(states), len(layout.fields)):
        raise ValueError(f"codes are {codes.shape}, not {len(states)} States x {len(layout.fields)} fields")
    if not np.isin(codes, _NUMBERS).all():
        raise ValueError("a number in codes is no code")
    mask = np.stack(list(chosen.values()), axis=1).astype(np.float64)
    weighted = mask * profile.weights(layout)[:, None]
    shape = (len(states), len(chosen), len(KINDS))
    counts, weights = np.zeros(shape, np.int64), np.zeros(shape)
    for place, number in enumerate(_NUMBERS):
        has = (codes == number).astype(np.float64)
        counts[:, :, place] = np.rint(has @ mask)
        weights[:, :, place] = has @ weighted
    return Tally(tuple(states), tuple(chosen), counts, weights)


def coverage(tallies: Sequence[Tally], groups: Mapping[str, Sequence[str]], min_reviewed: float) -> Coverage:
    """The figures of every State in ``tallies`` (one at least), of each group (code -> State codes), of all.

    ValueError when a State is tallied twice, or the tallies are of different figures; KeyError when a group
    has a State that no tally has.
    """
    names = tallies[0].names
    if any(each.names != names for each in tallies):
        raise ValueError("the tallies are of different figures")
    codes = [state for each in tallies for state in each.states]
    row = {state: place for place, state in enumerate(codes)}
    if len(row) != len(codes):
        raise ValueError("a State is tallied twice")
    counts = np.concatenate([each.counts for each in tallies])
    weights = np.concatenate([each.weights for each in tallies])

    def over(members: Sequence[str]) -> SectionFigures:
        rows = [row[state] for state in members]
        return _sections(
            names,
            [figure(counts[rows, place], weights[rows, place], min_reviewed) for place in range(len(names))],
        )

    # A State's own figures need no summing: plain numbers here are many times faster than small arrays.
    states = {
        state: _sections(
            names, [_figure_of_one(n, w, min_reviewed) for n, w in zip(of_counts, of_weights, strict=True)]
        )
        for state, of_counts, of_weights in zip(codes, counts.tolist(), weights.tolist(), strict=True)
    }
    return Coverage(states, {group: over(members) for group, members in groups.items()}, over(codes))


def figure(counts: Counts, weights: Weights, min_reviewed: float) -> Figure:
    """The figure over some States: ``counts`` and ``weights`` are States x codes. No State: no figure."""
    reviewed = counts[:, list(_REVIEWED)].sum(axis=1) > 0
    return _figure(
        counts.sum(axis=0).tolist(),
        weights.sum(axis=0).tolist(),
        min_reviewed,
        n_states=len(counts),
        n_reviewed=int(reviewed.sum()),
        mean_fields=float(counts[reviewed, 0].mean()) if reviewed.any() else None,
    )


def _figure_of_one(counts: Sequence[int], weights: Sequence[float], min_reviewed: float) -> Figure:
    reviewed = any(counts[place] for place in _REVIEWED)
    return _figure(
        counts,
        weights,
        min_reviewed,
        n_states=1,
        n_reviewed=int(reviewed),
        mean_fields=float(counts[0]) if reviewed else None,
    )


def _figure(
    counts: Sequence[int],
    weights: Sequence[float],
    min_reviewed: float,
    *,
    n_states: int,
    n_reviewed: int,
    mean_fields: float | None,
) -> Figure:
    n_x, n_q, _n_na, n_blank, n_unreviewed = weights
    reviewed = n_x + n_q + n_blank
    applicable = reviewed + n_unreviewed
    low = point = high = None
    if reviewed > 0:
        # Rounding of summed weights must not turn the law around by a last digit.
        low, high = n_x / applicable, min(1.0, (n_x + n_q + n_unreviewed) / applicable)
        point = min(max((n_x + n_q / 2) / reviewed, low), high)
    share = reviewed / applicable if applicable > 0 else None
    return Figure(
        fields=sum(counts),
        counts=dict(zip(KINDS, counts, strict=True)),
        low=low,
        point=point,
        high=high,
        reviewed_share=share,
        sufficient=share is not None and share >= min_reviewed - _ROUNDING,
        n_states=n_states,
        n_reviewed=n_reviewed,
        mean_fields=mean_fields,
    )


def _sections(names: Sequence[str], figures: Sequence[Figure]) -> SectionFigures:
    found = dict(zip(names, figures, strict=True))
    return SectionFigures(found.pop(HEADLINE), found)
