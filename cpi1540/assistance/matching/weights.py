"""What each factor of a match weighs: a named, versioned profile that sums to 1.

    score = sum of weight x value

The office's judgement, not the Committee's. Whoever changes a weight gives the profile its next version.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cpi1540.assistance.matching.factors import FACTORS


@dataclass(frozen=True, slots=True)
class Weights:
    """A profile of weights. ValueError unless it weighs the factors there are, none below 0, and sums to 1."""

    name: str
    version: int
    of: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.of) != set(FACTORS):
            raise ValueError(f"{self.name}: weighs {sorted(self.of)}, not {sorted(FACTORS)}")
        if min(self.of.values()) < 0 or not math.isclose(sum(self.of.values()), 1.0, abs_tol=1e-12):
            raise ValueError(f"{self.name}: weights below 0, or a sum other than 1")

    @property
    def label(self) -> str:
        """``office/1``."""
        return f"{self.name}/{self.version}"


OFFICE = Weights(
    "office",
    1,
    MappingProxyType(
        {
            "theme": 0.40,
            "kind": 0.10,
            "language": 0.12,
            "past-work": 0.08,
            "timing": 0.08,
            "capacity": 0.06,
            "completeness": 0.03,
            "track-record": 0.05,
            "gap-weight": 0.08,
        }
    ),
)
