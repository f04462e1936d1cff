"""A score explains itself: one of the factors that it is the weighted sum of."""

from collections.abc import Callable
from dataclasses import dataclass

from cpi1540.foundation.messages import Sentence


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason of a score: its value 0..1, what it weighs, and why, in words."""

    name: str
    weight: float
    value: float
    because: Sentence

    def told(self, say: Callable[[Sentence], str]) -> dict[str, object]:
        """The factor as data files print it; ``say`` puts its reason into the reader's language."""
        return {"name": self.name, "weight": self.weight, "value": self.value, "because": say(self.because)}
