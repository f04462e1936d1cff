"""Profiles: what each field weighs, and how much must be reviewed before a point is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cpi1540.matrix.layout import Layout


@dataclass(frozen=True)
class Profile:
    """A named, versioned choice of weights. A field's weight is the product of those given for its section,
    row ("op2.finance"), domain and aspect; what is not given weighs 1.

    ``concentration`` (kappa) says how far the sections' weights are varied where the uncertainty of a figure is
    asked: raw weights are drawn from Gamma(kappa x share), so that the larger it is, the closer they stay.
    ``circumstances`` are those (seed/circumstances.json) under which "not applicable" is suggested.
    """

    name: str
    version: int
    min_reviewed: float = 0.5
    sections: Mapping[str, float] = field(default_factory=dict)
    rows: Mapping[str, float] = field(default_factory=dict)
    domains: Mapping[str, float] = field(default_factory=dict)
    aspects: Mapping[str, float] = field(default_factory=dict)
    concentration: float = 50.0
    circumstances: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name and version, as data files print it: "equal/1"."""
        return f"{self.name}/{self.version}"

    @property
    def is_equal(self) -> bool:
        """Whether every field weighs the same."""
        given = (self.sections, self.rows, self.domains, self.aspects)
        return all(weight == 1.0 for each in given for weight in each.values())

    def weights(self, layout: Layout) -> npt.NDArray[np.float64]:
        """One weight for each of ``layout.fields``; all positive or zero, or ValueError."""
        found = np.array(
            [
                self.sections.get(each.section, 1.0)
                * self.rows.get(f"{each.section}.{each.row}", 1.0)
                * (self.domains.get(each.domain, 1.0) if each.domain else 1.0)
                * (self.aspects.get(each.aspect, 1.0) if each.aspect else 1.0)
                for each in layout.fields
            ],
            dtype=np.float64,
        )
        if not (np.isfinite(found).all() and (found >= 0).all()):
            raise ValueError("weights are finite and not negative")
        return found


EQUAL = Profile("equal", 1, circumstances=("no-nuclear-material", "no-scheduled-chemicals", "no-old-chemical-weapons"))
