"""Chance that falls the same way on every machine and with every release of Python."""

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Draws:
    """A stream of draws for one purpose of one State: another State's or purpose's draws never move it.

    Only ``Random.random()`` is used: of all its methods, that one alone promises the same sequence for ever.
    """

    def __init__(self, seed: int, state: str, purpose: str) -> None:
        # No secret depends on it: the record is meant to be made again by anybody.
        self._stream = random.Random(f"{seed}/{state}/{purpose}")  # noqa: S311

    def share(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number from ``low`` to ``high``, every one as likely."""
        return low + (high - low) * self._stream.random()

    def happens(self, chance: float) -> bool:
        """True in ``chance`` of all draws."""
        return self._stream.random() < chance

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._stream.random() * (high - low + 1))

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of ``items``, every one as likely."""
        return items[int(self._stream.random() * len(items))]

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """The items in another order."""
        placed = [(self._stream.random(), place, item) for place, item in enumerate(items)]
        return [item for _, _, item in sorted(placed, key=lambda each: each[:2])]
