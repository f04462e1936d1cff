"""How many States have measures recorded in how many fields: the Committee's own way of putting it.

A State that nobody has reviewed stands apart: it is never among those with no field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cpi1540.coverage.figures import Tally
from cpi1540.coverage.scope import HEADLINE, Narrowing, masks
from cpi1540.matrix.layout import Layout

# Widths a bin may have. Thirty is the Committee's: it published how many States had "30 fields or fewer".
WIDTHS = (1, 2, 5, 10, 30)
MOST_BINS = 12
# Places in figures.KINDS that say somebody looked and found the field applicable: X, ?, blank.
_REVIEWED = [0, 1, 3]


@dataclass(frozen=True, slots=True)
class Bin:
    """From ``first`` to ``last`` fields with X, both counted in."""

    first: int
    last: int

    @property
    def code(self) -> str:
        """The bin as addresses and files name it: "31-60", or "0"."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def takes(self, fields: int) -> bool:
        """Whether a State with so many fields is in it."""
        return self.first <= fields <= self.last


@dataclass(frozen=True, slots=True)
class Histogram:
    """``of_state``: State -> its number of fields with X, None where nothing is reviewed; of ``fields`` in all."""

    fields: int
    of_state: Mapping[str, int | None]
    bins: tuple[Bin, ...]

    @property
    def n_states(self) -> int:
        """How many States it is over."""
        return len(self.of_state)

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """The States in which none of the fields is reviewed; in no bin."""
        return tuple(state for state, n in self.of_state.items() if n is None)

    @property
    def n_reviewed(self) -> int:
        """How many States have a field reviewed: those in the bins."""
        return self.n_states - len(self.unreviewed)

    @property
    def mean(self) -> float | None:
        """The mean number of fields with X over the States reviewed; None when there is none."""
        known = [n for n in self.of_state.values() if n is not None]
        return sum(known) / len(known) if known else None

    def states_in(self, place: Bin) -> tuple[str, ...]:
        """The States of one bin."""
        return tuple(state for state, n in self.of_state.items() if n is not None and place.takes(n))

    def counts(self) -> tuple[tuple[Bin, int], ...]:
        """Each bin with its number of States; with the States not reviewed they sum to ``n_states``."""
        return tuple((each, len(self.states_in(each))) for each in self.bins)

    def at_most(self, fields: int) -> int:
        """How many States reviewed have so many fields or fewer."""
        return sum(n is not None and n <= fields for n in self.of_state.values())


def bins(fields: int, widths: Sequence[int] = WIDTHS) -> tuple[Bin, ...]:
    """No field, then equal bins up to ``fields``: the narrowest of ``widths`` that makes ``MOST_BINS`` or fewer.

    Where even the widest makes more, it stays: the bins are many, but each is what it says.
    """
    width = next((each for each in sorted(widths) if each * MOST_BINS >= fields), max(widths))
    firsts = range(1, fields + 1, width)
    return (Bin(0, 0), *(Bin(first, min(first + width - 1, fields)) for first in firsts))


def histogram(of_state: Mapping[str, int | None], fields: int) -> Histogram:
    """The histogram of States by their number of fields with X; ValueError when a State has more than ``fields``."""
    if any(n is not None and not 0 <= n <= fields for n in of_state.values()):
        raise ValueError(f"a State has a number of fields that is not within 0 and {fields}")
    return Histogram(fields, dict(of_state), bins(fields))


def fields_with_x(tally: Tally) -> dict[str, int | None]:
    """State -> how many fields of the headline have X; None where none of them is reviewed."""
    place = tally.names.index(HEADLINE)
    found = tally.counts[:, place, 0].tolist()
    reviewed = (tally.counts[:, place, _REVIEWED].sum(axis=1) > 0).tolist()
    return {state: n if seen else None for state, n, seen in zip(tally.states, found, reviewed, strict=True)}


def fields_asked(layout: Layout, narrowing: Narrowing) -> int:
    """How many counted fields of a layout the question is about: the most a State can have."""
    mask: npt.NDArray[np.bool_] = masks(layout, narrowing)[HEADLINE]
    return int(mask.sum())
