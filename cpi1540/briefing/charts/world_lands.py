"""Which shapes of the geometry are drawn with which State, and which lines are dashed: ``seed/world/lands.json``.

The geometry of Natural Earth shows who holds a land. A map of this office shows Member States: a land that is none,
and is no territory of the list either, is drawn with its State.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The numbers of a ring's arcs, as TopoJSON has them: ``~number`` is the arc run backwards.
Ring = Sequence[int]


@dataclass(frozen=True, slots=True)
class Dashed:
    """The boundary between two lands is dashed: all of it, or what lies north of a latitude in degrees."""

    between: frozenset[str]
    north_of: float | None = None


@dataclass(frozen=True, slots=True)
class Lands:
    """``drawn_with`` has land -> the State whose shape takes it in; ``of_their_own`` the territories that keep a shape
    without being Member States, by code.
    """

    drawn_with: Mapping[str, str]
    of_their_own: frozenset[str]
    dashed: tuple[Dashed, ...]


def read_lands(path: Path) -> Lands:
    """The lands of that file."""
    read = json.loads(path.read_text("utf-8"))
    with_line = [
        Dashed(frozenset((each["land"], each["with"]))) for each in read["drawn_with"] if each["line"] != "none"
    ]
    others = [Dashed(frozenset(each["between"]), each["north_of"]) for each in read["dashed"]]
    return Lands(
        {each["land"]: each["with"] for each in read["drawn_with"]},
        frozenset(each["land"] for each in read["of_their_own"]),
        (*with_line, *others),
    )


def merged(rings: Sequence[Ring], begins: Mapping[int, object], ends: Mapping[int, object]) -> list[list[int]]:
    """The rings of several lands as those of one: what two of them share is left out, the rest joined to rings.

    ``begins`` and ``ends`` have the first and the last point of each arc, as the file runs it.
    """
    used = Counter(_arc(number) for ring in rings for number in ring)
    whole = [list(ring) for ring in rings if all(used[_arc(number)] == 1 for number in ring)]
    torn = [ring for ring in rings if any(used[_arc(number)] > 1 for number in ring)]
    rest = [number for ring in torn for number in ring if used[_arc(number)] == 1]

    def first(number: int) -> object:
        return begins[number] if number >= 0 else ends[~number]

    def last(number: int) -> object:
        return ends[number] if number >= 0 else begins[~number]

    while rest:
        ring = [rest.pop(0)]
        while last(ring[-1]) != first(ring[0]):
            following = next(number for number in rest if first(number) == last(ring[-1]))
            rest.remove(following)
            ring.append(following)
        whole.append(ring)
    return whole


def shared(lands: Mapping[str, Sequence[Ring]], dashed: Dashed) -> Iterator[int]:
    """The arcs that the two lands share, by number."""
    own, other = ({_arc(number) for ring in lands.get(code, ()) for number in ring} for code in dashed.between)
    yield from sorted(own & other)


def _arc(number: int) -> int:
    """The arc behind a number, whichever way it is run."""
    return number if number >= 0 else ~number
