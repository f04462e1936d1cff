"""The shapes of the world map: read from the geometry in ``seed/world``, put together to States, unwrapped, projected.

The geometry is Natural Earth's at 1:50 million (public domain), as TopoJSON: arcs that neighbours share, quantised
and coded by differences. The projection is Equal Earth (Šavrič, Patterson, Jenny 2018): areas are true.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cpi1540.briefing.charts.world_lands import Dashed, merged, read_lands, shared

GEOMETRY, LANDS = "countries-50m.topojson.json", "lands.json"
Points = npt.NDArray[np.float64]
# The half turn beyond which two neighbouring points lie on both sides of the antimeridian.
_HALF_TURN = 180.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = np.sqrt(3) / 2
# Antarctica has no State; without it the map is higher.
_SOUTHERNMOST = -58.0


@dataclass(frozen=True, slots=True)
class Land:
    """One country's or territory's shapes; ``code`` is its ISO 3166 code. Rings are x to the east, y to the north, in
    the unit of the projection; ``middle`` is the middle of the largest and ``area`` that of all of them.
    """

    code: str
    rings: tuple[Points, ...]
    middle: tuple[float, float]
    area: float


@dataclass(frozen=True, slots=True)
class World:
    """All lands, the box (left, bottom, right, top) that they fill, and the lines that are dashed."""

    lands: Mapping[str, Land]
    box: tuple[float, float, float, float]
    dashed: tuple[Points, ...]


@cache
def read_world(folder: Path) -> World:
    """The world of a folder: a TopoJSON file whose object "countries" has ISO codes in ``a3``, and the list of what is
    drawn with which State.
    """
    topology = json.loads((folder / GEOMETRY).read_text("utf-8"))
    told = read_lands(folder / LANDS)
    scale, translate = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    steps = [np.cumsum(np.array(arc, np.int64), axis=0) for arc in topology["arcs"]]
    begins, ends = ({number: tuple(arc[end]) for number, arc in enumerate(steps)} for end in (0, -1))
    arcs = [arc * scale + translate for arc in steps]
    numbers = _rings(topology)
    lands = {}
    for code in sorted(numbers.keys() - told.drawn_with.keys()):
        own = [numbers[code], *(numbers[land] for land, state in told.drawn_with.items() if state == code)]
        joined = merged([ring for rings in own for ring in rings], begins, ends) if len(own) > 1 else own[0]
        rings = [project(unwrapped(_ring(arcs, ring))) for ring in joined]
        rings = [ring for ring in rings if ring[:, 1].max() > _SOUTH]
        if rings:
            lands[code] = _land(code, rings)
    every = np.concatenate([ring for land in lands.values() for ring in land.rings])
    (left, bottom), (right, top) = every.min(axis=0), every.max(axis=0)
    dashed = [_north(arcs[number], line) for line in told.dashed for number in shared(numbers, line)]
    return World(
        lands,
        (float(left), float(bottom), float(right), float(top)),
        tuple(project(line) for line in dashed if len(line) > 1),
    )


def unwrapped(ring: Points) -> Points:
    """A ring of longitudes and latitudes that crosses the antimeridian, made to go on beyond it; then moved to where
    most of it lies.
    """
    steps = np.diff(ring[:, 0], prepend=ring[0, 0])
    turns = np.cumsum(np.where(steps > _HALF_TURN, -360.0, np.where(steps < -_HALF_TURN, 360.0, 0.0)))
    moved = ring.copy()
    moved[:, 0] += turns
    middle = (moved[:, 0].min() + moved[:, 0].max()) / 2
    moved[:, 0] -= 360.0 * np.round(middle / 360.0)
    return moved


def project(ring: Points) -> Points:
    """Longitude and latitude in degrees to the plane of Equal Earth."""
    longitude, latitude = np.radians(ring[:, 0]), np.radians(ring[:, 1])
    theta = np.arcsin(_M * np.sin(latitude))
    a1, a2, a3, a4 = _A
    square = theta**2
    sixth = square**3
    x = longitude * np.cos(theta) / (_M * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)))
    y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return np.stack([x, y], axis=1)


def thinned(ring: Points, least: float) -> Points:
    """The ring without the points that are closer than ``least`` to the one kept before."""
    cells = np.round(ring / least)
    kept = np.ones(len(ring), dtype=bool)
    kept[1:] = np.any(cells[1:] != cells[:-1], axis=1)
    return ring[kept]


def area_of(ring: Points) -> float:
    """The area that a closed ring encloses."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


def _land(code: str, rings: Sequence[Points]) -> Land:
    largest = max(rings, key=area_of)
    low, high = largest.min(axis=0), largest.max(axis=0)
    middle = (low + high) / 2
    return Land(code, tuple(rings), (float(middle[0]), float(middle[1])), sum(area_of(ring) for ring in rings))


def _rings(topology: Mapping[str, Any]) -> dict[str, list[list[int]]]:
    """Land -> its rings as the numbers of their arcs."""
    found: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}[geometry["type"]]
        found[geometry["properties"]["a3"]] = [ring for polygon in polygons for ring in polygon]
    return found


def _north(line: Points, dashed: Dashed) -> Points:
    """What of a line lies north of the latitude from which it is dashed."""
    return line if dashed.north_of is None else line[line[:, 1] >= dashed.north_of]


def _ring(arcs: Sequence[Points], numbers: Sequence[int]) -> Points:
    """The points of a ring: its arcs one after another, those with a negative number backwards."""
    pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([piece if place == 0 else piece[1:] for place, piece in enumerate(pieces)])


_SOUTH = float(project(np.array([[0.0, _SOUTHERNMOST]]))[0, 1])
