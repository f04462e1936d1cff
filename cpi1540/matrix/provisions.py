"""The articles of a law, pasted as text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provision:
    """An article or another part of a measure: its pinpoint as written, and its text."""

    pinpoint: str
    text: str
