"""The way of a version is a table: everything reachable, nothing past approval, the way back always with a reason."""

import itertools

from cpi1540.matrix.record import OPEN, SEALED, Status
from cpi1540.matrix.workflow import ACT_DONE, ACT_NAMES, MOVES, Act, Part, move, moves_from


def test_every_open_step_leads_on_to_approval() -> None:
    for start in OPEN:
        reached, edge = set(), {start}
        while edge:
            reached |= edge
            edge = {each.end for each in MOVES if each.start in edge} - reached
        assert Status.APPROVED in reached, start


def test_nothing_leads_out_of_a_sealed_version() -> None:
    assert [each for each in MOVES if each.start in SEALED] == []
    assert moves_from(Status.APPROVED) == ()


def test_a_step_and_an_act_mean_one_move() -> None:
    assert len({(each.start, each.act) for each in MOVES}) == len(MOVES)
    for start, act in itertools.product(Status, Act):
        found = [each for each in MOVES if (each.start, each.act) == (start, act)]
        assert move(start, act) == (found[0] if found else None)


def test_every_way_back_needs_a_reason_and_every_way_on_an_independent_reviewer() -> None:
    order = list(Status)
    for each in MOVES:
        back = order.index(each.end) < order.index(each.start)
        assert each.reason == back, each
        if not back and each.part is Part.REVIEWER:
            assert each.independent, each


def test_the_way_on_comes_first() -> None:
    assert [each.act for each in moves_from(Status.IN_REVIEW)] == [Act.SEND, Act.TAKE_BACK, Act.RETURN]


def test_every_act_has_its_words() -> None:
    assert set(ACT_NAMES) == set(ACT_DONE) == set(Act)
