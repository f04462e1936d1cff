"""The articles of a law, pasted as text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provision:
    """An article or another part of a measure: its pinpoint as written, and its text."""

    pinpoint: str
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted."""

    title: str
    provisions: tuple[Provision, ...]


def split(text: str) -> Pasted:
    """Split."""
    return Pasted(text.split("\n")[0], tuple(Provision(x, "") for x in text.split("\n")[1:]))
