"""What a figure is most sensitive to: Sobol indices of the factors that ``uncertainty`` varies.

The first-order index of a factor is the share of the figure's variance that goes when this factor alone is known; the
total index the share that stays when all others are known. Both are estimated from two samples A and B of N points and
from AB_i, which is A with the column of factor i taken from B:

    first_i = mean(f(B) (f(AB_i) - f(A))) / V      Saltelli et al. 2010, table 2 (b)
    total_i = mean((f(A) - f(AB_i))^2) / (2 V)     Jansen 1999

V is the variance of f(A) and f(B) together. Factors must be independent, hence the raw weights g_i, not the normalised
ones. A small index may come out a little below 0.

A. Saltelli and others, "Variance based sensitivity analysis of model output", Computer Physics Communications 181
(2010) 259-270. M. J. W. Jansen, "Analysis of variance designs for model output", ibid. 117 (1999) 35-43.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.uncertainty.bands import SEED, Readable, section_weights
from cpi1540.matrix.layout import HEADLINE_SECTIONS

BASE_SAMPLES = 1024
FACTORS = (*HEADLINE_SECTIONS, "incomplete", "unreviewed")
# A figure that moves less than this of its own size in all the runs does not move: what is left is rounding.
_STILL = 1e-9

Numbers = npt.NDArray[np.float64]
Model = Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Index:
    """How much of the variance is a factor's; None where there is no variance to share out."""

    first_order: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The index of each of ``FACTORS``, made with ``runs`` evaluations: raw weights by section, readings."""

    indices: dict[str, Index]
    runs: int

    @property
    def first_order_sum(self) -> float | None:
        """What the factors explain one by one; the rest of 1 is how they act together."""
        each = [index.first_order for index in self.indices.values()]
        return None if None in each else sum(value for value in each if value is not None)


def sobol_indices(model: Model, k: int, n: int = BASE_SAMPLES, seed: int = SEED) -> list[Index]:
    """The index of each of ``k`` factors of ``model``, from n (k + 2) runs.

    ``model`` takes points x k numbers, uniform and strictly between 0 and 1, and gives one number a point. The
    sample is a scrambled Sobol sequence of dimension 2k. ValueError when ``n`` is no power of two: the sequence
    would lose its balance.
    """
    if n < 1 or n & (n - 1):
        raise ValueError("the number of base samples is a power of two")
    from scipy.stats import qmc  # half a second to load, and few questions need it

    points = qmc.Sobol(2 * k, rng=np.random.default_rng(seed)).random(n)
    smallest = np.finfo(np.float64).eps
    a, b = np.hsplit(np.clip(points, smallest, 1 - smallest), 2)
    mixed = np.repeat(a[None], k, axis=0)
    for factor in range(k):
        mixed[factor, :, factor] = b[:, factor]
    answers = model(np.concatenate([a, b, mixed.reshape(k * n, k)]))
    if np.ptp(answers) <= _STILL * np.abs(answers).max():
        return [Index(None, None)] * k
    # Of numbers around 0 the products lose least.
    answers = answers - answers.mean()
    f_a, f_b, f_ab = answers[:n], answers[n : 2 * n], answers[2 * n :].reshape(k, n)
    variance = answers[: 2 * n].var()
    first = (f_b * (f_ab - f_a)).mean(axis=1) / variance
    total = ((f_a - f_ab) ** 2).mean(axis=1) / (2 * variance)
    return [Index(*pair) for pair in zip(first.tolist(), total.tolist(), strict=True)]


def sensitivity(of: Readable, concentration: float, n: int = BASE_SAMPLES, seed: int = SEED) -> Sensitivity | None:
    """What the headline figure of the only State in ``of`` is sensitive to; None where it has no figure."""
    if not of.has_figure[0]:
        return None
    indices = sobol_indices(coverage_model(of, concentration), len(FACTORS), n, seed)
    return Sensitivity(dict(zip(FACTORS, indices, strict=True)), n * (len(FACTORS) + 2))


def coverage_model(of: Readable, concentration: float) -> Model:
    """The headline figure of the only State in ``of`` as a function of the quantiles of ``FACTORS``.

    A question about one section leaves it no weight to vary: its raw weights move nothing.
    """
    places = list(of.headline)
    sure, incomplete = of.sure[0, places], of.incomplete[0, places]
    unread, applicable = of.open[0, places], of.applicable[0, places]

    def figure(points: Numbers) -> Numbers:
        weights = section_weights(of.shares[0], concentration, points[:, : len(places)].T)
        readings = points[:, len(HEADLINE_SECTIONS) :].T
        read = sure[:, None] + incomplete[:, None] * readings[0] + unread[:, None] * readings[1]
        answer: Numbers = (weights * read).sum(axis=0) / (weights * applicable[:, None]).sum(axis=0)
        return answer

    return figure
