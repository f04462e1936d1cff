"""The shapes of the map: every Member State is there, none is torn across the antimeridian, areas are true."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.briefing.charts.world_map import SHAPES
from cpi1540.briefing.charts.world_shapes import area_of, project, read_world, thinned, unwrapped
from cpi1540.paths import SEED


def test_every_member_state_has_a_shape() -> None:
    with (SEED / "states.csv").open(encoding="utf-8", newline="") as file:
        members = {line["iso3"] for line in csv.DictReader(file)}
    lands = read_world(SHAPES).lands
    assert len(members) == 193
    assert members <= set(lands)


def test_no_shape_paints_a_band_over_the_map() -> None:
    world = read_world(SHAPES)
    left, _bottom, right, _top = world.box
    for code in ("RUS", "FJI", "USA", "KIR", "NZL"):
        for ring in world.lands[code].rings:
            assert ring[:, 0].max() - ring[:, 0].min() < (right - left) * 0.5, code


def test_areas_are_true() -> None:
    lands = read_world(SHAPES).lands
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
