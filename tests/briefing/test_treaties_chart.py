"""Treaties over time: the steps against the actions themselves, counted another way."""

import datetime

from drawn_texts import texts_of
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.briefing.charts.treaties import TreatiesChart
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import drawing, words
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states import service as states
from cpi1540.states.instrument_history import belong_to_all, histories
from cpi1540.states.instruments import Action, ActionKind, Standing, standing

ON = datetime.date(2026, 9, 1)
KINDS = [
    ActionKind.SIGNATURE,
    ActionKind.RATIFICATION,
    ActionKind.ACCESSION,
    ActionKind.WITHDRAWAL,
    ActionKind.RATIFICATION_REVOKED,
    ActionKind.NOTICE_OF_WITHDRAWAL,
    ActionKind.LISTED_NEITHER,
    ActionKind.JOINING,
]


def act(state: str, kind: ActionKind, date: str | None, as_of: datetime.date = ON, treaty: str = "cwc") -> Action:
    return Action(state, treaty, kind, PartialDate.parse(date) if date else None, "a table", as_of)


def test_a_state_counts_from_its_joining_until_it_leaves() -> None:
    actions = {
        "AAA": [act("AAA", ActionKind.SIGNATURE, "1993"), act("AAA", ActionKind.RATIFICATION, "1995-05-01")],
        "BBB": [act("BBB", ActionKind.ACCESSION, "1994"), act("BBB", ActionKind.WITHDRAWAL, "1996-12-31")],
        "CCC": [act("CCC", ActionKind.ACCESSION, None, datetime.date(1997, 2, 1))],
        "DDD": [],
    }
    (found,) = histories(actions, ["cwc", "bwc"], datetime.date(1997, 12, 31))
    assert found.years == (1993, 1994, 1995, 1996, 1997)
    assert found.belonging == (0, 1, 2, 1, 2)
    assert found.signed == (1, 1, 0, 0, 0)
    assert found.undated == 1


def test_what_happened_later_does_not_count() -> None:
    actions = {"AAA": [act("AAA", ActionKind.RATIFICATION, "1995-05-01")]}
    assert histories(actions, ["cwc"], datetime.date(1995, 4, 30)) == ()
    assert belong_to_all(actions, ["cwc"], datetime.date(1995, 4, 30)) == ()
    assert belong_to_all(actions, ["cwc"], datetime.date(1995, 5, 1)) == ("AAA",)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["AAA", "BBB", "CCC"]),
            st.sampled_from(KINDS),
            st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2000, 12, 31)),
        ),
        max_size=12,
    ),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2001, 12, 31)),
)
def test_each_year_is_what_the_standings_of_its_last_day_say(
    told: list[tuple[str, ActionKind, datetime.date | None]], on: datetime.date
) -> None:
    actions: dict[str, list[Action]] = {"AAA": [], "BBB": [], "CCC": []}
    for state, kind, date in told:
        actions[state].append(act(state, kind, date.isoformat() if date else None, datetime.date(1998, 7, 1)))
    for found in histories(actions, ["cwc"], on):
        assert found.years[-1] == on.year
        for year, belonging, signed in zip(found.years, found.belonging, found.signed, strict=True):
            day = min(datetime.date(year, 12, 31), on)
            stands = [
                standing([each for each in acts if (each.date.first_day if each.date else each.as_of) <= day])[0]
                for acts in actions.values()
            ]
            assert belonging == stands.count(Standing.PARTY)
            assert signed == stands.count(Standing.SIGNATORY)


def test_the_members_belong_as_their_records_say(read_app: Flask) -> None:
    with read_app.app_context():
        members = states.states(practice=False)
        found = make("treaties", ChartQuestion(tuple(members), Question(ON)), SYSTEM).chart
        assert isinstance(found, TreatiesChart)
        actions = states.actions_of(members)
        known = {each.names["en"]: code for code, each in states.instruments().items()}
        for line in found.lines:
            stands = [
                standing([act for act in acts if act.instrument == known[line.name]])[0] for acts in actions.values()
            ]
            assert line.belonging[-1] == stands.count(Standing.PARTY)
            assert len(line.belonging) == len(found.years)
        assert found.treaties == 7
        assert found.years[-1] == 2026
        said = words().translate(found.finding(words()))
        assert f"{found.in_all} of 193 States" in said
        assert any("differing views" in words().translate(each) for each in found.method(words()))


def test_only_the_tens_stand_under_the_picture_and_all_years_in_the_files(read_app: Flask) -> None:
    with read_app.app_context():
        members = tuple(states.states(practice=False, group="weog"))
        chart = make("treaties", ChartQuestion(members, Question(ON), group="weog"), SYSTEM).chart
        table = chart.table(words())
        shown = [column.head for column in table.columns if not column.detail][1:-1]
        assert all(head.endswith("0") for head in shown[:-1])
        assert shown[-1] == "2026"
        assert "1999" in [column.head for column in table.columns]


def test_a_record_without_dated_joinings_says_so(read_app: Flask) -> None:
    with read_app.app_context():
        members = tuple(states.states(practice=False))
        chart = make("treaties", ChartQuestion(members, Question(datetime.date(1900, 1, 1))), SYSTEM).chart
        assert "no dated action" in words().translate(chart.finding(words()))
        assert chart.table(words()).rows == ()
        assert "no dated joining: nothing to draw" in [text for text, _place in texts_of(drawing(chart).figure)]
