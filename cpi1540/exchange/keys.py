"""The hidden keys by which a workbook is recognised when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s

from cpi1540.matrix.record import Version

FORM = 1
SHEET = "cpi1540"
SHEET_MARK = "cpi1540-keys"
SECTION_MARK = "cpi1540:"
ROW_MARK = "unchanged"


@dataclass(frozen=True, slots=True)
class FileKeys:
    """What a workbook says of itself: whose matrix it is, in which layout, and what it was made from."""

    state: str
    layout: str
    version: int
    revision: int
    language: str
    practice: bool
    form: int = FORM
    digest: str = ""

    @classmethod
    def of(cls, version: Version, language: str) -> "FileKeys":
        """The keys of a workbook made from ``version``, the digest still to be set."""
        return cls(version.state, version.layout, version.number, version.revision, language, version.practice)

    def seal(self, rows: Mapping[str, str]) -> str:
        """The digest over these keys and the marks of all rows, by which a changed key is found out."""
        head = [self.state, self.layout, self.version, self.revision, self.language, self.practice, self.form]
        lines = [str(fact) for fact in head] + [f"{key}\t{mark}" for key, mark in sorted(rows.items())]
        return blake2s("\n".join(lines).encode(), digest_size=16).hexdigest()

    def as_rows(self) -> tuple[tuple[str, str], ...]:
        """Names and values, as they stand in the hidden sheet."""
        return (
            ("state", self.state),
            ("layout", self.layout),
            ("version", str(self.version)),
            ("revision", str(self.revision)),
            ("language", self.language),
            ("practice", "yes" if self.practice else "no"),
            ("form", str(self.form)),
            ("digest", self.digest),
        )


def read_keys(facts: Mapping[str, str]) -> FileKeys | None:
    """The keys that the hidden sheet's names and values give; None when they are not whole."""
    try:
        return FileKeys(
            facts["state"],
            facts["layout"],
            int(facts["version"]),
            int(facts["revision"]),
            facts["language"],
            facts["practice"] == "yes",
            int(facts["form"]),
            facts["digest"],
        )
    except (KeyError, ValueError):
        return None
