"""The shapes of the map: every Member State is there, none is torn across the antimeridian, areas are true."""

import csv
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from cpi1540.briefing.charts.world_lands import merged, read_lands
from cpi1540.briefing.charts.world_map import WORLD
from cpi1540.briefing.charts.world_shapes import Land, area_of, project, read_world, thinned, unwrapped
from cpi1540.paths import SEED

LANDS = read_lands(WORLD / "lands.json")
# Square kilometres to the unit of the projection, by the area of Brazil.
BRAZIL = 8_515_767


def members() -> set[str]:
    with (SEED / "states.csv").open(encoding="utf-8", newline="") as file:
        return {line["iso3"] for line in csv.DictReader(file)}


def holds(land: Land, longitude: float, latitude: float) -> bool:
    """Whether a point lies in a land: in one of its rings more than in those that are holes."""
    (at,) = project(np.array([[longitude, latitude]]))
    return sum(Path(ring).contains_point(at) for ring in land.rings) % 2 == 1


def test_every_member_state_has_a_shape_and_beside_them_only_what_the_list_names() -> None:
    shown = set(read_world(WORLD).lands)
    assert len(members()) == 193
    assert members() <= shown
    # Antarctica lies outside the map.
    assert shown - members() == LANDS.of_their_own - {"ATA"}
    assert not LANDS.of_their_own & members()
    assert set(LANDS.drawn_with.values()) <= members()


@pytest.mark.parametrize(
    ("place", "state", "longitude", "latitude"),
    [
        ("Hargeysa", "SOM", 44.06, 9.56),
        ("the north of Cyprus", "CYP", 33.4, 35.28),
        ("Taiwan", "CHN", 121.0, 23.8),
        ("Pristina", "SRB", 21.1, 42.6),
        ("the New Territories", "CHN", 114.1, 22.45),
        ("Crimea", "UKR", 34.3, 45.2),
        ("El Aaiún", "ESH", -12.9, 26.9),
        ("Siachen", "KAS", 77.2, 35.4),
    ],
)
def test_a_place_is_drawn_with(place: str, state: str, longitude: float, latitude: float) -> None:
    found = [code for code, land in read_world(WORLD).lands.items() if holds(land, longitude, latitude)]
    assert found == [state], place


def test_nothing_is_left_of_the_boundary_between_what_is_drawn_together() -> None:
    lands = read_world(WORLD).lands
    scale = BRAZIL / lands["BRA"].area
    # Without a seam: one ring more or less would be a sliver, and the areas would not add up.
    for code, both in {"SOM": 637_657, "CYP": 9_251, "SRB": 88_361}.items():
        assert lands[code].area * scale == pytest.approx(both, rel=0.03)
        assert len(lands[code].rings) == 1, code


def test_lines_that_are_not_settled_are_dashed_where_they_run() -> None:
    lines = read_world(WORLD).dashed
    assert len(lines) == 5
    pristina, control = project(np.array([[21.1, 42.6], [74.0, 34.5]]))
    near = [float(np.hypot(*(line - at).T).min()) for at in (pristina, control) for line in lines]
    degree = float(project(np.array([[1.0, 0.0]]))[0, 0])
    assert min(near[:5]) < degree
    assert min(near[5:]) < degree


def test_every_land_of_the_list_has_its_source() -> None:
    told = json.loads((WORLD / "lands.json").read_text("utf-8"))
    lines = [*told["drawn_with"], *told["of_their_own"], *told["dashed"], *told["left_as_they_are"]]
    assert {line["source"] for line in lines} == set(told["sources"])
    assert all(
        source["url"].startswith("https://") or "provisional" in source["title"] for source in told["sources"].values()
    )


@given(st.integers(1, 4), st.integers(1, 4))
def test_fields_of_a_grid_merge_to_their_outline(width: int, height: int) -> None:
    """Squares that share their sides: one ring is left, around all of them."""
    sides: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}

    def side(begin: tuple[int, int], end: tuple[int, int]) -> int:
        if (end, begin) in sides:
            return ~sides[end, begin]
        return sides.setdefault((begin, end), len(sides))

    rings = []
    for x in range(width):
        for y in range(height):
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            rings.append([side(begin, end) for begin, end in zip(corners, corners[1:] + corners[:1], strict=True)])
    begins = {number: begin for (begin, _end), number in sides.items()}
    ends = {number: end for (_begin, end), number in sides.items()}
    (outline,) = merged(rings, begins, ends)
    assert len(outline) == len(set(outline)) == 2 * (width + height)


def test_no_shape_paints_a_band_over_the_map() -> None:
    world = read_world(WORLD)
    left, _bottom, right, _top = world.box
    for code in ("RUS", "FJI", "USA", "KIR", "NZL"):
        for ring in world.lands[code].rings:
            assert ring[:, 0].max() - ring[:, 0].min() < (right - left) * 0.5, code


def test_areas_are_true() -> None:
    lands = read_world(WORLD).lands
    # Square kilometres as the UN Demographic Yearbook has them; the coastline is generalised.
    known = {"BRA": 8_515_767, "AUS": 7_692_024, "COD": 2_344_858, "FRA": 640_000, "KEN": 591_958, "NOR": 385_000}
    scale = known["BRA"] / lands["BRA"].area
    for code in ("AUS", "COD", "KEN"):
        assert lands[code].area * scale == pytest.approx(known[code], rel=0.03)


@given(shift=st.integers(-179, 179), width=st.integers(5, 60))
def test_a_ring_stays_whole_wherever_it_lies(shift: int, width: int) -> None:
    corners = np.array([[0, 0], [width, 0], [width, 10], [0, 10], [0, 0]], dtype=float)
    corners[:, 0] = (corners[:, 0] + shift + 180) % 360 - 180
    whole = unwrapped(corners)
    assert np.ptp(whole[:, 0]) == pytest.approx(width)
    assert area_of(whole) == pytest.approx(width * 10)
    assert -181 <= (whole[:, 0].min() + whole[:, 0].max()) / 2 <= 181


def test_the_projection_is_equal_earth() -> None:
    # Corners of the map as Šavrič, Patterson and Jenny give them: width to height is 2.05458.
    edge = project(np.array([[180.0, 0.0], [0.0, 90.0]]))
    assert edge[0, 0] / edge[1, 1] == pytest.approx(2.05458, abs=1e-4)


def test_thinning_keeps_the_outline() -> None:
    circle = np.stack([100 * np.cos(np.linspace(0, 6.283, 5000)), 100 * np.sin(np.linspace(0, 6.283, 5000))], axis=1)
    few = thinned(circle, 1.0)
    assert len(few) < 1000
    assert area_of(few) == pytest.approx(area_of(circle), rel=0.01)
