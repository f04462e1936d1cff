"""A recipe: everything that a chart or a pack was made of, and the identifier that follows from it."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# More figures than this are not kept one by one: their hash says whether they are the same.
MOST_FIGURES = 5000
PREFIXES = {"chart": "C", "pack": "B"}
_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Recipe:
    """What something was made of, as plain values that JSON can hold. ``kind`` is "chart" or "pack".

    ``content`` has the question, ``lang``, ``software``, ``rests_on`` (public names of what was read, sorted) and
    ``figures`` (the hash of the figures).
    """

    kind: str
    content: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The identifier that is printed: "C-" or "B-" and ten letters, the same for the same content."""
        digest = hashlib.sha256(canonical(self.content).encode()).digest()
        return f"{PREFIXES[self.kind]}-{base64.b32encode(digest).decode()[:_LETTERS]}"


def canonical(content: object) -> str:
    """``content`` as JSON that is the same text for the same values."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def figures_hash(rows: object) -> str:
    """The hash of figures given as lists of plain values."""
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs between two contents: name -> (before, after), None where one has nothing of that name."""
    names = sorted({*before, *after})
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def shown_figures(shown: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Figures as they were shown, by their names; what has a name that was there before gets a number with it.

    Empty where there are more than can be kept.
    """
    found: dict[str, str] = {}
    times: dict[str, int] = {}
    for name, value in shown:
        times[name] = times.get(name, 0) + 1
        found[name if times[name] == 1 else f"{name} ({times[name]})"] = value
    return found if len(found) <= MOST_FIGURES else {}
