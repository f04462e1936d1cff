"""The priorities of many States' gaps, read at once, are those of each State's own page."""

import datetime

import pytest
from queries import counted
from strict_client import StrictClient

from cpi1540.coverage.service import gap_lists
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.service.gap_priorities import gap_priorities
from cpi1540.foundation.access import SYSTEM
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

ON = datetime.date(2026, 11, 24)


def test_they_are_those_of_the_page_of_gaps(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        asking = [states.find(code) for code in ("XAA", "XAC", "XAN")]
        rows = {f"{field.section}.{field.row}" for field in layouts.layout().fields}
        found = gap_priorities(asking, rows, ON)
        assert set(found) == {state.code for state in asking}
        for state in asking:
            own = gap_lists.gaps(state, Question(ON), SYSTEM).gaps.gaps
            assert own
            assert found[state.code] == pytest.approx({gap.field: gap.priority for gap in own})
        one_row = gap_priorities(asking[:1], ["op3cd.transit"], ON)["XAA"]
        assert set(one_row) == {key for key in found["XAA"] if key.startswith("op3cd.transit.")}


def test_a_state_without_a_version_has_none(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        assert gap_priorities([states.find("XAA")], ["op3cd.transit"], datetime.date(1990, 1, 1)) == {}
        assert gap_priorities([], [], ON) == {}


def test_many_states_ask_no_more_than_one(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        everyone = states.states(practice=True)
        layouts.layouts()
        with counted(practice_reader.app) as few:
            gap_priorities(everyone[:1], ["op3cd.transit"], ON)
        with counted(practice_reader.app) as many:
            gap_priorities(everyone, ["op3cd.transit"], ON)
        assert len(many) == len(few)
