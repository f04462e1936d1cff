"""Faults in a file are data: what is wrong, where it stands, and the values that say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a file.

    ``code`` names the kind ("unknown-code"), ``where`` the place a person can go to ("OP 2!F14", "page 3",
    "rows[4].labels"), ``params`` what was understood. The wing that shows it has the sentence for ``code``.
    """

    code: str
    where: str
    params: Mapping[str, object] = field(default_factory=dict)
