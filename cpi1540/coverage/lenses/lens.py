"""Lenses: one record looked at for one line of effort: chosen rows, instruments and commitments."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.layout import Aspect, Domain


@dataclass(frozen=True, slots=True)
class Lens:
    """A named choice. ``rows`` ("op3cd.transit") None means every row; ``instruments`` are codes of treaties,
    regimes and bodies, ``commitments`` kinds of the register. ``own`` says that the office made it; the others come
    with the software. ``note`` is what a reader must know of it, by language; empty where there is nothing.
    """

    code: str
    names: Mapping[str, str]
    purposes: Mapping[str, str]
    rows: frozenset[str] | None = None
    instruments: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    note: Mapping[str, str] | None = None
    own: bool = False

    def narrowing(
        self, section: str | None = None, domain: Domain | None = None, aspect: Aspect | None = None
    ) -> Narrowing:
        """The question about the fields of this lens, narrowed further where asked."""
        return Narrowing(section, domain, aspect, self.rows)


@dataclass(frozen=True, slots=True)
class LensNote:
    """What the office says about a lens: a text in one language, never without its source and the source's date."""

    text: str
    language: str
    source: str
    dated: datetime.date
    url: str = ""
