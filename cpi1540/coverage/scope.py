"""Which fields a figure is over: the sections, narrowed to a weapon domain, an aspect or some rows where asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cpi1540.matrix.layout import HEADLINE_SECTIONS, SECTION_CODES, Aspect, Domain, Field, Layout, Role

HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A narrower question: one section, one weapon domain, one aspect, some rows ("op2.finance"): those of a lens,
    or a single one. None leaves it open.
    """

    section: str | None = None
    domain: Domain | None = None
    aspect: Aspect | None = None
    rows: frozenset[str] | None = None

    def takes(self, field: Field) -> bool:
        """Whether the question is about ``field``."""
        return (
            self.section in (None, field.section)
            and self.domain in (None, field.domain)
            and self.aspect in (None, field.aspect)
            and (self.rows is None or f"{field.section}.{field.row}" in self.rows)
        )


EVERYTHING = Narrowing()


def masks(layout: Layout, narrowing: Narrowing = EVERYTHING) -> Mapping[str, npt.NDArray[np.bool_]]:
    """Name -> mask over ``layout.fields`` of the counted fields of each figure, the headline first.

    The headline is over OP 2, OP 3 (a) (b) and OP 3 (c) (d), or over the one section named; OP 1 and
    OP 6, 7, 8 (d) are figures of their own. Sections with one code a row have no weapon domain or aspect, so
    a question about one leaves them without a field. ValueError for a section that no matrix has.
    """
    if narrowing.section not in (None, *SECTION_CODES):
        raise ValueError(f"no section {narrowing.section}")
    fields = layout.fields
    asked = np.array([field.role is Role.COUNTED and narrowing.takes(field) for field in fields], dtype=np.bool_)
    section_of = np.array([field.section for field in fields])
    named = (narrowing.section,) if narrowing.section else SECTION_CODES
    headline = (narrowing.section,) if narrowing.section else HEADLINE_SECTIONS
    found = {HEADLINE: asked & np.isin(section_of, headline)}
    for section in named:
        found[section] = asked & (section_of == section)
    return found
