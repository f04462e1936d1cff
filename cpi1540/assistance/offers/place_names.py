"""States and regional groups named in a list by code or by name, in any language."""

import re
from collections.abc import Mapping

from cpi1540.foundation.search_text import normalise

_BETWEEN = re.compile(r"[;,،，؛；\n]+")
LONGEST = 60


def codes_named(text: str, spelled: Mapping[str, str]) -> tuple[str, ...]:
    """The codes that the words of a list name, each once; a word that names none stays as it is, but no longer.

    ``spelled`` maps every spelling (normalised) to its code.
    """
    words = [word.strip() for word in _BETWEEN.split(text) if word.strip()]
    return tuple(dict.fromkeys(spelled.get(normalise(word), word[:LONGEST]) for word in words))
