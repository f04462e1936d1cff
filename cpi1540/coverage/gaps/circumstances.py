"""Circumstances of a State under which some fields may not apply to it. NA is suggested, never set."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cpi1540.matrix.layout import Field


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A circumstance ("no-nuclear-material") with its names by language, and the fields that hang on it."""

    code: str
    names: Mapping[str, str]
    section: str
    domain: str
    rows: frozenset[str]

    def concerns(self, field: Field) -> bool:
        """Whether ``field`` may not apply under this circumstance."""
        return (field.section, field.domain) == (self.section, self.domain) and field.row in self.rows


def read_circumstances(folder: Path) -> tuple[Circumstance, ...]:
    """The circumstances of ``circumstances.json``, in its order."""
    listed = json.loads((folder / "circumstances.json").read_text("utf-8"))
    return tuple(
        Circumstance(each["code"], each["names"], each["section"], each["domain"], frozenset(each["rows"]))
        for each in listed
    )
