"""How far a figure moves when what was chosen or is unknown is varied: the weights of its sections, the reading of
``?``, the reading of what is not reviewed. Drawn many times (Monte Carlo), with a seed, so that it can be repeated.

In each draw the sections weigh G_i instead of their share W_i of the weights of the profile:

    g_i ~ Gamma(kappa W_i),   G_i = g_i / sum of g      (i = OP 2, OP 3 (a) and (b), OP 3 (c) and (d))

and within a section fields keep their proportions. W_i is taken over every field asked for, as if none were NA: a draw
is another profile, the same for all States, so that they can be compared. In the same draw each State reads all its
``?`` as one number q and its fields not reviewed as one number u, both uniform between 0 and 1; where the rate of the
row is observed in the State's regional group (``observed_rates``), a field not reviewed is read as that rate. The
figure of the draw is the weighted sum of what is read over the weight of the fields that are not NA.

The draws of a State depend on the seed and its own code alone, whoever else is asked about.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import EVERYTHING, HEADLINE, Narrowing, masks
from cpi1540.coverage.uncertainty.observed_rates import observed_rates
from cpi1540.matrix.layout import HEADLINE_SECTIONS
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

DRAWS, SEED = 1000, 1540
# More would steady the bands in a digit nobody reads.
MOST_DRAWS = 100_000
# Numbers held at once for the figures of some States in all draws: 32 megabytes of each array, whatever is asked.
_AT_ONCE = 4_000_000
_DIGITS = 12

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Band:
    """Where a figure lies in the draws: 5 in 100 are below ``p5``, half below ``p50``, 5 in 100 above ``p95``."""

    p5: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class SectionBands:
    """The band of the headline figure and of each section; None where there is no figure.

    A section is one: its weight does not matter to itself, so its band comes from the readings alone.
    """

    total: Band | None
    sections: Mapping[str, Band | None]


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of States, of groups, and of all the States in scope together, as ``figures.Coverage`` has figures."""

    states: Mapping[str, SectionBands]
    groups: Mapping[str, SectionBands]
    all: SectionBands
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Readable:
    """What the draws of some States need: summed weights, States x sections.

    ``sure`` is read alike in every draw (X, and fields not reviewed at their observed rate), ``incomplete`` is ``?``,
    ``open`` not reviewed without a rate, ``applicable`` A. ``reviewed`` tells where there is a figure.
    ``headline`` are the places of the sections that make the total, ``shares`` (States x those) their W.
    """

    states: tuple[str, ...]
    sections: tuple[str, ...]
    headline: tuple[int, ...]
    shares: Numbers
    sure: Numbers
    incomplete: Numbers
    open: Numbers
    applicable: Numbers
    reviewed: Flags

    def of(self, states: Sequence[str]) -> "Readable":
        """The same of some of its States, in the order given; KeyError when one is not in it."""
        place = {state: row for row, state in enumerate(self.states)}
        rows = [place[state] for state in states]
        return Readable(
            tuple(states),
            self.sections,
            self.headline,
            self.shares[rows],
            self.sure[rows],
            self.incomplete[rows],
            self.open[rows],
            self.applicable[rows],
            self.reviewed[rows],
        )

    @property
    def has_figure(self) -> Flags:
        """For each State, whether anything is reviewed in the headline."""
        return np.asarray(self.reviewed[:, list(self.headline)].any(axis=1))


def readable(
    blocks: Sequence[Block], group_of: Mapping[str, str], profile: Profile, narrowing: Narrowing = EVERYTHING
) -> Readable:
    """Sum up ``blocks`` (one at least), which hold the whole regional group of each State that is asked about."""
    rates = observed_rates(blocks, group_of, profile, narrowing)
    summed = [_summed(block, rate, profile, narrowing) for block, rate in zip(blocks, rates, strict=True)]
    return Readable(
        tuple(state for each in summed for state in each.states),
        summed[0].sections,
        summed[0].headline,
        np.concatenate([each.shares for each in summed]),
        np.concatenate([each.sure for each in summed]),
        np.concatenate([each.incomplete for each in summed]),
        np.concatenate([each.open for each in summed]),
        np.concatenate([each.applicable for each in summed]),
        np.concatenate([each.reviewed for each in summed]),
    )


def bands(
    of: Readable,
    groups: Mapping[str, Sequence[str]],
    concentration: float,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    each: bool = True,
) -> Bands:
    """The bands of every State of ``of`` (none without ``each``), of each of ``groups`` (code -> its States), and of
    all together.

    A group's draw is over all fields of all its States, those without a review too; ``concentration`` is kappa.
    KeyError when a group has a State that ``of`` has not.
    """
    several = [*groups.values(), of.states]
    place = {state: row for row, state in enumerate(of.states)}
    member = np.zeros((len(several), len(of.states)))
    for row, members in enumerate(several):
        member[row, [place[state] for state in members]] = 1
    n_sections = len(of.sections)
    read_of = np.zeros((len(several), n_sections, draws))
    total_of, weight_of = np.zeros((len(several), draws)), np.zeros((len(several), draws))
    own = np.full((3, len(of.states), n_sections + 1), np.nan)
    for rows, read, total, weight in _drawn(of, concentration, draws, seed):
        if each:
            own[:, rows, 0] = _quantiles(total, weight, of.has_figure[rows])
            own[:, rows, 1:] = _quantiles(read, of.applicable[rows, :, None], of.reviewed[rows])
        read_of += (member[:, rows] @ read.reshape(len(read), -1)).reshape(read_of.shape)
        total_of += member[:, rows] @ total
        weight_of += member[:, rows] @ weight
    reviewed = np.asarray(member @ of.reviewed > 0)
    joint = np.empty((3, len(several), n_sections + 1))
    joint[:, :, 0] = _quantiles(total_of, weight_of, np.asarray(reviewed[:, list(of.headline)].any(axis=1)))
    joint[:, :, 1:] = _quantiles(read_of, (member @ of.applicable)[:, :, None], reviewed)
    of_states = dict(zip(of.states, _as_bands(own, of.sections), strict=True)) if each else {}
    of_groups = _as_bands(joint, of.sections)
    return Bands(of_states, dict(zip(groups, of_groups, strict=False)), of_groups[-1], draws, seed)


def headline_draws(of: Readable, concentration: float, draws: int = DRAWS, seed: int = SEED) -> Numbers:
    """The headline figure of each State in each draw, States x draws; nan for a State without a figure."""
    found = np.empty((len(of.states), draws))
    for rows, _read, total, weight in _drawn(of, concentration, draws, seed):
        found[rows] = _shares(total, weight)
    found[~of.has_figure] = np.nan
    return found


def section_weights(shares: Sequence[float] | Numbers, concentration: float, uniform: Numbers) -> Numbers:
    """g_i / W_i for sections with the ``shares`` W_i: the quantiles of Gamma(kappa W_i) at ``uniform``.

    ``uniform`` is sections x draws, strictly between 0 and 1. What divides all sections of a draw alike (the sum of g)
    cancels in a figure and is left out. A section without weight stays at 1; so does one alone, which nothing can
    outweigh.
    """
    found = np.ones_like(uniform)
    if np.count_nonzero(shares) > 1:
        for place, share in enumerate(shares):
            if share > 0:
                raw = special.gammaincinv(concentration * share, uniform[place])
                # Of a tiny concentration every draw may be too small to be told from 0, and some section must weigh.
                found[place] = np.maximum(raw / (concentration * share), np.finfo(np.float64).tiny)
    return found


def _summed(block: Block, rate: Numbers, profile: Profile, narrowing: Narrowing) -> Readable:
    chosen = dict(masks(block.layout, narrowing))
    headline = chosen.pop(HEADLINE)
    weights = profile.weights(block.layout)
    weighted = np.stack(list(chosen.values()), axis=1) * weights[:, None]
    inside = tuple(
        place for place, section in enumerate(chosen) if narrowing.section is not None or section in HEADLINE_SECTIONS
    )
    whole = float((headline * weights).sum())
    shares = weighted.sum(axis=0)[list(inside)] / (whole or 1.0)
    unreviewed, rated = block.codes == UNREVIEWED, np.isfinite(rate)
    reviewed = np.isin(block.codes, (FOUND, INCOMPLETE, BLANK)).astype(np.float64)
    return Readable(
        states=block.states,
        sections=tuple(chosen),
        headline=inside,
        shares=np.tile(shares, (len(block.states), 1)),
        sure=((block.codes == FOUND) + unreviewed * np.nan_to_num(rate)) @ weighted,
        incomplete=(block.codes == INCOMPLETE) @ weighted,
        open=(unreviewed & ~rated) @ weighted,
        applicable=(block.codes != NOT_APPLICABLE) @ weighted,
        reviewed=reviewed @ weighted > 0,
    )


def _drawn(
    of: Readable, concentration: float, draws: int, seed: int
) -> Iterator[tuple[slice, Numbers, Numbers, Numbers]]:
    """Some States at a time: their rows, what is read in each section (States x sections x draws), and the weighted
    sum and weight of the headline (States x draws).
    """
    uniform = _open_interval(np.random.default_rng(seed).random((len(HEADLINE_SECTIONS), draws)))
    headline = list(of.headline)
    varied: dict[tuple[float, ...], Numbers] = {}
    step = max(1, _AT_ONCE // (draws * (len(of.sections) + 1)))
    for start in range(0, len(of.states), step):
        rows = slice(start, min(start + step, len(of.states)))
        readings = np.stack([_readings(state, seed, draws) for state in of.states[rows]])
        read = of.incomplete[rows, :, None] * readings[:, :1]
        read += of.open[rows, :, None] * readings[:, 1:]
        read += of.sure[rows, :, None]
        total, weight = np.empty((len(read), draws)), np.empty((len(read), draws))
        shares = of.shares[rows]
        for same in np.unique(shares, axis=0):
            key = tuple(same.tolist())
            if key not in varied:
                varied[key] = section_weights(same, concentration, uniform[: len(same)])
            those = (shares == same).all(axis=1)
            total[those] = np.einsum("skr,kr->sr", read[those][:, headline], varied[key])
            weight[those] = of.applicable[rows][those][:, headline] @ varied[key]
        yield rows, read, total, weight


def _readings(state: str, seed: int, draws: int) -> Numbers:
    """How a State reads its ``?`` and its fields not reviewed: 2 x draws, the same whoever else is asked about."""
    return np.random.default_rng([seed, *state.encode()]).random((2, draws))


def _open_interval(uniform: Numbers) -> Numbers:
    """Quantiles of 0 and 1 would be 0 and infinite weights."""
    smallest = np.finfo(np.float64).eps
    found: Numbers = np.clip(uniform, smallest, 1 - smallest)
    return found


def _shares(part: Numbers, whole: Numbers) -> Numbers:
    """The part of the whole, within 0..1; 0 where the whole is nothing, which is never shown."""
    found: Numbers = np.clip(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 0, 1)
    return found


def _quantiles(part: Numbers, whole: Numbers, known: Flags) -> Numbers:
    """5, 50 and 95 in 100 over the last axis, first in the answer; nan where nothing is known."""
    found = np.full((3, *known.shape), np.nan)
    if known.any():
        figures = _shares(part[known], np.broadcast_to(whole, part.shape)[known])
        # The last digits of a sum depend on how many are summed at once: the same question has one answer.
        found[:, known] = np.quantile(figures, (0.05, 0.5, 0.95), axis=-1).round(_DIGITS)
    return found


def _as_bands(quantiles: Numbers, sections: Sequence[str]) -> list[SectionBands]:
    """From 3 x figures, the headline first: one for each of the things on the axis between."""
    found = []
    for row in np.moveaxis(quantiles, 0, -1).tolist():
        each = [None if np.isnan(p5) else Band(p5, p50, p95) for p5, p50, p95 in row]
        found.append(SectionBands(each[0], dict(zip(sections, each[1:], strict=True))))
    return found
