"""Choosing pairs within capacities: the linear program, its bound, greedy filling, rounding and repair.

    maximise sum of values of the chosen pairs, each at most once, within every capacity

While each pair uses one unit of nested capacities (need within request, offer within provider) the constraints are two
laminar families, their matrix is totally unimodular (Edmonds, 1970), and a vertex of the relaxation is integral: the
simplex gives the best choice itself. Days, budgets and smallest groups break that; then the relaxation only bounds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array

Array: TypeAlias = NDArray[np.float64]
_NEAR = 1e-7


@dataclass(frozen=True, slots=True)
class Capacities:
    """What pairs use: ``uses`` capacities x pairs, and ``limits`` of the capacities.

    ``group_of`` gives each pair the place of its offer, ``smallest`` each offer its smallest group.
    """

    uses: csc_array
    limits: Array
    group_of: NDArray[np.intp]
    smallest: NDArray[np.intp]

    @property
    def has_groups(self) -> bool:
        """Whether an offer takes place only with more than one need."""
        return bool((self.smallest > 1).any())


@dataclass(frozen=True, slots=True)
class Packed:
    """The pairs chosen, by place, what they are worth; what any choice is worth at most; what greedy takes."""

    chosen: tuple[int, ...]
    total: float
    upper_bound: float
    greedy: tuple[int, ...]
    greedy_total: float


def pack(values: Array, capacities: Capacities, locked: Sequence[int] = ()) -> Packed:
    """The best choice found; ``locked`` pairs stand whatever they are worth, and must be within the capacities.

    The optimum where no smallest group, and no capacity of days or money, binds; else the better of the rounded
    relaxation and greedy.
    """
    if not len(values):
        return Packed((), 0.0, 0.0, (), 0.0)
    filling = _Filling(values, capacities, locked)
    by_value = np.argsort(-values, kind="stable")
    greedy = filling.repaired(by_value.tolist())
    shares, bound = relaxed(values, capacities, locked)
    rounded = np.round(shares)
    if np.abs(shares - rounded).max() < _NEAR and not capacities.has_groups:
        best = np.flatnonzero(rounded).tolist()
    else:
        best = filling.repaired(np.lexsort((-values, -np.round(shares, 9))).tolist())
    greedy_total, total = _worth(values, greedy), _worth(values, best)
    if greedy_total > total:
        best, total = greedy, greedy_total
    return Packed(tuple(sorted(best)), total, max(bound, total), tuple(sorted(greedy)), greedy_total)


def relaxed(values: Array, capacities: Capacities, locked: Sequence[int] = ()) -> tuple[Array, float]:
    """(share of each pair, their worth) of the linear program, at a vertex."""
    bounds = np.tile([0.0, 1.0], (len(values), 1))
    bounds[list(locked), 0] = 1.0
    solved = linprog(-values, A_ub=capacities.uses, b_ub=capacities.limits, bounds=bounds, method="highs-ds")
    if solved.status != 0:
        raise ArithmeticError(f"linprog: {solved.message}")
    return np.asarray(solved.x, float), float(-solved.fun)


def within(chosen: Sequence[int], capacities: Capacities) -> NDArray[np.bool_]:
    """For each capacity, whether the chosen pairs keep to it."""
    used = np.asarray(capacities.uses[:, list(chosen)].sum(axis=1)).ravel()
    found: NDArray[np.bool_] = used <= capacities.limits * (1 + _NEAR) + _NEAR
    return found


class _Filling:
    """Taking pairs one after the other while there is room."""

    def __init__(self, values: Array, capacities: Capacities, locked: Sequence[int]) -> None:
        self.values, self.locked = values, tuple(locked)
        uses = capacities.uses
        self.starts, self.rows, self.amounts = uses.indptr.tolist(), uses.indices.tolist(), uses.data.tolist()
        self.limits = (capacities.limits * (1 + _NEAR) + _NEAR).tolist()
        self.group_of, self.smallest = capacities.group_of.tolist(), capacities.smallest.tolist()
        # People decided that these take place, however few come.
        self.decided = {self.group_of[pair] for pair in self.locked}

    def repaired(self, order: Sequence[int]) -> list[int]:
        """The pairs taken in that order. A group that stays too small is given up, and its needs tried elsewhere."""
        left = list(self.limits)
        taken = self.fill([*self.locked, *order], left, set(), set())
        given_up: set[int] = set()
        while small := self._too_small(taken):
            given_up.add(small[0])
            for pair in [pair for pair in taken if self.group_of[pair] == small[0]]:
                taken.remove(pair)
                for place in range(self.starts[pair], self.starts[pair + 1]):
                    left[self.rows[place]] += self.amounts[place]
            taken += self.fill(order, left, set(taken), given_up)
        return taken

    def fill(self, order: Iterable[int], left: list[float], taken: set[int], given_up: set[int]) -> list[int]:
        """Take what there is room for, in that order; ``left`` shrinks. A pair is taken once."""
        starts, rows, amounts = self.starts, self.rows, self.amounts
        found = []
        for pair in order:
            first, last = starts[pair], starts[pair + 1]
            # A pair's first capacity is its need, the one most often used up.
            if left[rows[first]] < amounts[first] or pair in taken or self.group_of[pair] in given_up:
                continue
            if any(left[rows[place]] < amounts[place] for place in range(first + 1, last)):
                continue
            for place in range(first, last):
                left[rows[place]] -= amounts[place]
            taken.add(pair)
            found.append(pair)
        return found

    def _too_small(self, taken: Sequence[int]) -> list[int]:
        """Offers whose group is too small, the furthest from its size first."""
        counts: dict[int, int] = {}
        for pair in taken:
            counts[self.group_of[pair]] = counts.get(self.group_of[pair], 0) + 1
        short = [
            (count - self.smallest[group], group)
            for group, count in counts.items()
            if count < self.smallest[group] and group not in self.decided
        ]
        return [group for _short, group in sorted(short)]


def _worth(values: Array, chosen: Sequence[int]) -> float:
    return float(values[sorted(chosen)].sum()) if chosen else 0.0
