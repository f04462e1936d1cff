from dataclasses import replace
from itertools import pairwise

import numpy as np
from figure_cases import (
    N_FIELDS,
    Codes,
    agrees,
    any_weights,
    ask,
    bounds,
    by_hand,
    every_figure,
    exact_weights,
    narrowings,
    profiles,
    records,
)
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL, layout, section

from cpi1540.coverage.figures import coverage, tally
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.scope import Narrowing
from cpi1540.matrix.layout import SECTION_CODES
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

# Laws


@given(records, profiles(any_weights), narrowings)
def test_low_point_and_high_are_in_order_within_0_and_1(codes: Codes, profile: Profile, narrowing: Narrowing) -> None:
    for each in every_figure(ask(codes, profile, narrowing, {"g": ["A"]})):
        assert sum(each.counts.values()) == each.fields
        assert each.n_reviewed <= each.n_states
        if each.low is None or each.point is None or each.high is None:
            assert bounds(each) == (None, None, None)
            assert not each.sufficient
        else:
            assert 0 <= each.low <= each.point <= each.high <= 1
            assert each.reviewed_share is not None and 0 < each.reviewed_share <= 1


@given(records, profiles(any_weights), narrowings, st.data())
def test_figures_are_what_paper_and_pencil_give(
    codes: Codes, profile: Profile, narrowing: Narrowing, data: st.DataObject
) -> None:
    states = [chr(ord("A") + place) for place in range(len(codes))]
    members = data.draw(st.lists(st.sampled_from(states), unique=True))
    found = ask(codes, profile, narrowing, {"g": members})
    for answer, whose in [(found.groups["g"], members), (found.all, states), (found.states["A"], ["A"])]:
        rows = [codes[states.index(state)].tolist() for state in whose]
        headline = [narrowing.section] if narrowing.section else ["op2", "op3ab", "op3cd"]
        agrees(answer.total, by_hand(rows, headline, profile, narrowing))
        assert list(answer.sections) == ([narrowing.section] if narrowing.section else list(SECTION_CODES))
        for code, each in answer.sections.items():
            agrees(each, by_hand(rows, [code], profile, narrowing))


@given(records, profiles(any_weights))
def test_a_group_of_one_state_is_that_state(codes: Codes, profile: Profile) -> None:
    found = ask(codes, profile, groups={"g": ["A"]})
    assert found.groups["g"] == found.states["A"]


@given(records, profiles(exact_weights), st.data())
def test_the_order_of_rows_and_of_states_changes_nothing(codes: Codes, profile: Profile, data: st.DataObject) -> None:
    turned = layout(
        *[
            section(each.code, each.shape, *data.draw(st.permutations(each.rows)))
            for each in data.draw(st.permutations(SMALL.sections))
        ]
    )
    moved = codes[:, [SMALL.positions[field.key] for field in turned.fields]]
    before, after = ask(codes, profile), ask(moved, profile, printed=turned)
    assert before == after
    assert ask(codes[::-1], profile).all == before.all


@given(records, profiles(exact_weights))
def test_two_tallies_of_two_layouts_have_one_figure(codes: Codes, profile: Profile) -> None:
    # The second layout is the first without OP 3 (c) and (d): its States have fewer fields in the total.
    shorter = layout(*[each for each in SMALL.sections if each.code != "op3cd"])
    fewer = codes[:, [SMALL.positions[field.key] for field in shorter.fields]]
    names = [f"S{place}" for place in range(len(codes))]
    found = coverage(
        [tally(names, codes, SMALL, profile), tally([f"T{name}" for name in names], fewer, shorter, profile)],
        {},
        0.5,
    )
    padded = codes.copy()
    padded[:, [field.section == "op3cd" for field in SMALL.fields]] = NOT_APPLICABLE
    same = ask(np.concatenate([codes, padded]), profile).all.total
    assert bounds(found.all.total) == bounds(same)
    assert found.all.total.fields == (26 + 20) * len(codes)


@given(records, profiles(exact_weights), st.sampled_from(list(SMALL.rows)))
def test_na_leaves_the_denominator(codes: Codes, profile: Profile, gone: tuple[str, str]) -> None:
    # A row that is NA everywhere is as if it had no weight; only the number of fields stays.
    marked = codes.copy()
    marked[:, [(field.section, field.row) == gone for field in SMALL.fields]] = NOT_APPLICABLE
    weightless = replace(profile, rows={**profile.rows, ".".join(gone): 0.0})
    for one, other in zip(every_figure(ask(marked, profile)), every_figure(ask(codes, weightless)), strict=True):
        assert bounds(one) == bounds(other)
        assert one.reviewed_share == other.reviewed_share
        assert one.fields == other.fields


@given(records, profiles(exact_weights), st.integers(0, N_FIELDS - 1))
def test_a_step_up_never_lowers_a_figure(codes: Codes, profile: Profile, place: int) -> None:
    # blank -> ? -> X on an applicable, reviewed field.
    codes[0, place] = BLANK
    steps = []
    for number in (BLANK, INCOMPLETE, FOUND):
        codes[0, place] = number
        steps.append(ask(codes, profile))
    for worse, better in pairwise(steps):
        for before, after in zip(every_figure(worse), every_figure(better), strict=True):
            for old, new in zip(bounds(before), bounds(after), strict=True):
                assert (old is None) == (new is None)
                assert old is None or new is None or old <= new


@given(
    records,
    profiles(exact_weights),
    st.integers(0, N_FIELDS - 1),
    st.sampled_from([BLANK, INCOMPLETE, FOUND]),
)
def test_reviewing_a_field_never_widens_the_interval(codes: Codes, profile: Profile, place: int, number: int) -> None:
    codes[0, place] = UNREVIEWED
    before = ask(codes, profile)
    codes[0, place] = number
    for old, new in zip(every_figure(before), every_figure(ask(codes, profile)), strict=True):
        if old.low is not None and old.high is not None:
            assert new.low is not None and new.high is not None
            assert old.low <= new.low and new.high <= old.high
