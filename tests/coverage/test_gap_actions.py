"""Actions: every field has its own, and what one brings is what recomputing the figures says."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540 import paths
from cpi1540.assistance.requests.request import Kind
from cpi1540.coverage.figures import coverage, tally
from cpi1540.coverage.gaps.gap_action import REQUEST_KINDS, Gain, GapAction, gains
from cpi1540.coverage.gaps.gap_action_json import ActionFault, read_actions, read_mandates
from cpi1540.coverage.gaps.gap_list import GapList, gaps
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.gap import can_be_a_gap
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import NUMBER_OF, Code, Entry

MANDATES = read_mandates(paths.SEED / "mandates.json")
ACTIONS = read_actions(paths.SEED / "actions", MANDATES)
LAYOUTS = {
    code: parse_layout((paths.SEED / f"layouts/{code}.json").read_text("utf-8"), code) for code in ("2013", "2017")
}
PRINTED = LAYOUTS["2017"]
HEAVY = Profile("heavy", 1, sections={"op3cd": 3.0}, domains={"cw": 0.5})
ROWS = [field.key for field in PRINTED.fields if field.section in ("op2", "op678") and can_be_a_gap(field)]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_counted_field_outside_op1_has_exactly_one_action(layout: Layout) -> None:
    fields = [field for field in layout.fields if can_be_a_gap(field)]
    lost = {field.key: names for field in fields if len(names := [a.code for a in ACTIONS if a.takes(field)]) != 1}
    assert lost == {}


def test_an_action_takes_no_field_that_is_not_counted_or_of_op1() -> None:
    taken = [field.key for field in PRINTED.fields if not can_be_a_gap(field) and any(a.takes(field) for a in ACTIONS)]
    assert taken == []


def test_one_chemical_weapons_act_closes_24_fields() -> None:
    (act,) = [action for action in ACTIONS if action.code == "chemical-weapons-act"]
    assert sum(act.takes(field) for field in PRINTED.fields) == 24


def test_kinds_are_those_that_a_request_can_ask_for() -> None:
    assert {kind.value for kind in Kind} - {"not-recorded"} == REQUEST_KINDS


def test_a_mandate_is_sourced_or_provisional() -> None:
    assert {code for code, mandate in MANDATES.items() if mandate.provisional} == {
        "unodc-financing",
        "who",
        "woah",
        "interpol",
    }
    for mandate in MANDATES.values():
        assert mandate.provisional or (mandate.title and mandate.url and mandate.url.startswith("http"))


@pytest.mark.parametrize(
    "change",
    [
        {"request_kind": "prayer"},
        {"instrument": "decree"},
        {"mandates": ["nobody"]},
        {"names": {"en": "Act"}},
        {"closes": [{"section": "op9"}]},
        {"closes": [{"section": "op2", "row": ["use"]}]},
    ],
)
def test_a_file_that_is_no_action_is_refused_by_its_name(tmp_path: Path, change: Mapping[str, object]) -> None:
    content = json.loads((paths.SEED / "actions/01-chemical-weapons-act.json").read_text("utf-8"))
    (tmp_path / "01-act.json").write_text(json.dumps({**content, **change}), "utf-8")
    with pytest.raises(ActionFault, match=r"01-act\.json"):
        read_actions(tmp_path, MANDATES)


@pytest.mark.parametrize("change", [{"provisional": True}, {"source": None}])
def test_a_mandate_with_neither_source_nor_mark_is_refused(tmp_path: Path, change: Mapping[str, object]) -> None:
    (first, *_) = json.loads((paths.SEED / "mandates.json").read_text("utf-8"))
    (tmp_path / "mandates.json").write_text(json.dumps([{**first, **change}]), "utf-8")
    with pytest.raises(ActionFault, match=r"mandates\.json"):
        read_mandates(tmp_path / "mandates.json")


def listed(entries: Mapping[str, Entry], profile: Profile = EQUAL) -> GapList:
    return gaps(PRINTED, entries, profile, actions=ACTIONS)


def gained(
    entries: Mapping[str, Entry], profile: Profile = EQUAL, narrowing: Narrowing = EVERYTHING
) -> tuple[Gain, ...]:
    closed: dict[str, dict[str, float]] = {}
    for gap in listed(entries, profile).gaps:
        closed.setdefault(gap.action or "", {})[gap.field] = gap.priority
    return gains(PRINTED, entries, closed, ACTIONS, profile, narrowing)


@given(st.dictionaries(st.sampled_from(ROWS), st.sampled_from([None, *Code]), min_size=1, max_size=60))
def test_what_an_action_brings_is_what_recomputing_says(codes: dict[str, Code | None]) -> None:
    entries = {key: Entry(code) for key, code in codes.items()}
    found = gained(entries, HEAVY)
    assert sorted(key for gain in found for key in gain.fields) == sorted(gap.field for gap in listed(entries).gaps)
    for gain in found:
        after = {**codes, **dict.fromkeys(gain.fields, Code.FOUND)}
        for told, record in ((gain.before, codes), (gain.after, after)):
            numbers = [[NUMBER_OF[record.get(field.key)] for field in PRINTED.fields]]
            figures = coverage([tally(["X"], np.array(numbers, np.int8), PRINTED, HEAVY)], {}, 0.5).states["X"]
            assert told == (figures.sections[gain.section] if gain.section else figures.total)
        if gain.before.low is not None and gain.after.low is not None:
            assert gain.after.low >= gain.before.low


def test_an_action_that_closes_only_op678_moves_the_figure_of_that_section() -> None:
    (gain,) = gained({"op678.contact-point": Entry(Code.BLANK)})
    assert (gain.action and gain.action.code, gain.section) == ("contact-point", "op678")
    assert (gain.before.low, gain.after.low) == (0.0, 1 / 6)


def test_the_most_pressing_action_comes_first_then_the_order_of_the_files() -> None:
    codes = ["op2.use.nw.framework", "op2.use.cw.framework", "op3cd.transit.nw.framework", "op3cd.transit.cw.framework"]
    found = gained({key: Entry(Code.BLANK) for key in codes})
    assert [gain.action.code for gain in found if gain.action] == [
        "transit-transshipment-regulation",
        "chemical-weapons-act",
        "nuclear-act",
    ]
    assert found[0].pressing == pytest.approx(2 * found[1].pressing)


def test_no_gap_brings_nothing() -> None:
    assert gained({"op2.use.nw.framework": Entry(Code.FOUND)}) == ()


def test_a_gap_without_an_action_is_not_lost() -> None:
    none: tuple[GapAction, ...] = ()
    closed = {"": {"op2.use.nw.framework": 0.5}}
    (gain,) = gains(PRINTED, {"op2.use.nw.framework": Entry(Code.BLANK)}, closed, none, EQUAL)
    assert (gain.action, gain.fields, gain.after.counts["X"]) == (None, ("op2.use.nw.framework",), 1)
