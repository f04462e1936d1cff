"""Two texts compared word by word."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: in both, only before, or only after."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Segment, ...]:
    """What is the same, removed and added."""
    if before == after:
        return (Segment("same", before),) if before else ()
    return tuple(Segment(k, t) for k, t in (("removed", before), ("added", after)) if t)
