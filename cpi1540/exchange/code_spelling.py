"""How a code is written in a cell, and which other spellings mean the same for certain.

An empty cell is a field nobody has looked at. So a field that was reviewed and where nothing was found is
written as a dash, and an X that the State asserts is told by a star.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from cpi1540.matrix.record import Basis, Code, Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """A code with its basis, as one cell says it; ``code`` None is not reviewed."""

    code: Code | None
    basis: Basis | None = None


SPELLINGS: Mapping[str, Standing] = {
    "X": Standing(Code.FOUND, Basis.REFERENCE),
    "X*": Standing(Code.FOUND, Basis.ASSERTED),
    "?": Standing(Code.INCOMPLETE),
    "NA": Standing(Code.NOT_APPLICABLE),
    "–": Standing(Code.BLANK),
    "": Standing(None),
}
CHOICES = tuple(spelling for spelling in SPELLINGS if spelling)
_WRITTEN = {standing: spelling for spelling, standing in SPELLINGS.items()}

_SAME: Mapping[str, tuple[str, ...]] = {
    "X": (
        *("x", "×", "✓", "✔", "☑", "✅", "true"),
        *("yes", "oui", "sí", "si", "да", "是", "نعم"),
    ),
    "X*": ("x*", "x *", "x∗", "×*"),
    "?": ("?", "؟"),
    "NA": (
        *("na", "n/a", "n.a.", "n.a", "n. a.", "not applicable", "sans objet", "s.o.", "no aplicable"),
        *("no procede", "не применимо", "неприменимо", "н/п", "不适用", "لا ينطبق", "غير منطبق"),
    ),
    "–": ("-", "–", "—", "−", "‐", "‑", "‒", "ー", "blank"),
}
# Letters of other alphabets that look like the Latin ones of a code.
_ALIKE = str.maketrans({"х": "x", "Х": "x", "χ": "x", "Χ": "x", "а": "a", "А": "a", "α": "a", "Α": "a"})
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_KNOWN: Mapping[str, str] = {
    **{text: spelling for spelling, texts in _SAME.items() for text in texts},
    "": "",
}


def spell(entry: Entry) -> str:
    """What stands in the cell of an entry; an X whose basis is not recorded stands as X."""
    if entry.code is Code.FOUND:
        return "X*" if entry.basis is Basis.ASSERTED else "X"
    return _WRITTEN[Standing(entry.code)]


def read_code(text: str) -> str | None:
    """The spelling (a key of ``SPELLINGS``) that a cell's text means for certain; None when it means none."""
    plain = " ".join(_INVISIBLE.sub("", normalize("NFKC", text)).split()).casefold()
    found = _KNOWN.get(plain)
    if found is None and len(plain) <= 3:
        found = _KNOWN.get(plain.translate(_ALIKE))
    return found


def is_code(text: str) -> bool:
    """Whether the text can only be meant as a code, so that it stands in a wrong cell among texts."""
    return bool(text) and len(text) <= 3 and read_code(text) in ("X", "X*", "?", "NA")
