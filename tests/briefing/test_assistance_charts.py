"""The charts of assistance against counts made another way, and what each reader sees of them."""

import datetime
from collections import Counter
from collections.abc import Iterator

import pytest
from drawn_texts import texts_of
from strict_client import StrictClient

from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.match import AGREED_OR_LATER
from cpi1540.assistance.outcomes.service import reading as outcomes
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Step
from cpi1540.assistance.requests.request import Need, NeedStatus, Request, Status
from cpi1540.assistance.requests.service import lists
from cpi1540.assistance.requests.service.on_day import requests_on
from cpi1540.briefing.charts.canvas import NARROW, WIDE, Shape
from cpi1540.briefing.charts.flow import FlowChart
from cpi1540.briefing.charts.match_rate import MatchRateChart
from cpi1540.briefing.charts.needs_offers import NeedsOffersChart
from cpi1540.briefing.charts.requests import RequestsChart
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import drawing, words
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.briefing.service.request_charts import age_of
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.foundation.errors import NotAllowed
from cpi1540.states import service as states

MATCHED = (NeedStatus.AGREED, NeedStatus.IN_DELIVERY, NeedStatus.DELIVERED)


@pytest.fixture(autouse=True)
def context(practice_reader: StrictClient) -> Iterator[None]:
    with practice_reader.app.app_context():
        yield


def asked(
    group: str | None = None, narrowing: Narrowing = EVERYTHING, on: datetime.date | None = None
) -> ChartQuestion:
    chosen = tuple(states.states(practice=True, group=group))
    return ChartQuestion(chosen, Question(on or calendar.today(), narrowing=narrowing), group, practice=True)


def recorded() -> list[Request]:
    """Every request as its row says it stands today, without those known from the past."""
    lines = lists.listing(lists.EVERYTHING, SYSTEM, practice=True, size=None).lines
    return [line.request for line in lines if line.request.status is not Status.HISTORICAL]


def recorded_needs() -> list[tuple[Request, Need]]:
    return [
        (request, need)
        for request in recorded()
        if request.status is not Status.WITHDRAWN
        for need in request.needs
        if need.status is not NeedStatus.WITHDRAWN
    ]


def test_requests_stand_where_the_board_has_them() -> None:
    found = make("requests", asked(), SYSTEM).chart
    assert isinstance(found, RequestsChart)
    board = lists.board(SYSTEM, practice=True)
    assert [row.requests for row in found.rows] == [len(board[step]) for step in Step]
    assert [row.overdue for row in found.rows] == [
        sum(line.standing.overdue > 0 for line in board[step]) for step in Step
    ]
    assert found.open + found.ended == len(recorded())
    assert found.open > 30
    late = sum(row.overdue for row in found.rows)
    assert (
        words()
        .translate(found.finding(words()))
        .endswith(f"{found.open} requests for assistance are open; overdue: {late}")
    )


def test_a_group_has_the_requests_of_its_states_alone() -> None:
    found = make("requests", asked("grulac"), SYSTEM).chart
    assert isinstance(found, RequestsChart)
    codes = {state.code for state in states.states(practice=True, group="grulac")}
    own = [request for request in recorded() if codes & set(request.values.requester.states)]
    assert found.open == sum(request.status is Status.OPEN for request in own) > 0


def test_an_earlier_day_has_what_was_there_then() -> None:
    day = calendar.today() - datetime.timedelta(200)
    lines = requests_on(day, SYSTEM, practice=True)
    assert 0 < len(lines) < len(recorded())
    assert all(done.on <= day for line in lines for done in line.request.acts)
    assert all(line.request.values.date is None or line.request.values.date.first_day <= day for line in lines)
    # What is done today by a later act was not done then.
    now = {line.request.id: line.standing.step for line in requests_on(calendar.today(), SYSTEM, practice=True)}
    assert any(now[line.request.id] != line.standing.step for line in lines)


def test_the_age_turns_after_six_months_and_after_a_year() -> None:
    request = recorded()[0]
    date = request.values.date
    assert date is not None and date.precision == "day"
    first = date.first_day
    half = datetime.date(first.year + (first.month + 6 > 12), (first.month + 5) % 12 + 1, min(first.day, 28))
    year = datetime.date(first.year + 1, first.month, min(first.day, 28))
    one = datetime.timedelta(4)
    assert [age_of(request, day) for day in (first, half - one, half + one, year - one, year + one)] == [
        "young",
        "young",
        "middle",
        "middle",
        "old",
    ]


def test_open_needs_and_valid_offers_are_counted_in_each_area() -> None:
    today = calendar.today()
    found = make("needs-offers", asked(), SYSTEM).chart
    assert isinstance(found, NeedsOffersChart)
    waiting = [
        need for request, need in recorded_needs() if request.status is Status.OPEN and need.status not in MATCHED
    ]
    valid = [
        offer
        for offer in offers.offers(True, SYSTEM)
        if (offer.valid_from or today) <= today <= (offer.valid_to or today)
    ]
    assert (found.needs, found.offers) == (len(waiting), len(valid))
    nuclear = next(row for row in found.rows if row.named[-1] == "Nuclear weapons" and row.of.startswith("OP 2"))
    assert nuclear.needs == sum(any(_in(key, "op2", "nw") for key in need.values.fields) for need in waiting)
    assert nuclear.offers == sum(any(_in(key, "op2", "nw") for key in offer.fields) for offer in valid)
    assert found.rows[-1].needs == sum(not need.values.fields for need in waiting)


def test_rows_of_a_section_show_what_nobody_offers() -> None:
    found = make("needs-offers", asked(narrowing=Narrowing("op3cd")), SYSTEM).chart
    assert isinstance(found, NeedsOffersChart)
    missing = [row for row in found.rows if row.missing]
    assert missing
    assert all(row.needs or row.offers for row in found.rows)
    said = words().translate(found.finding(words()))
    assert f"in {len(missing)} of {sum(row.needs > 0 for row in found.rows)} areas" in said
    table = found.table(words())
    assert [row[-1] for row in table.rows].count("no offer") == len(missing)


def test_needs_run_to_the_providers_who_agreed() -> None:
    found = make("flow", asked(), SYSTEM).chart
    assert isinstance(found, FlowChart)
    needs = recorded_needs()
    matched = [need for _request, need in needs if need.status in MATCHED]
    assert (found.needs, found.matched) == (len(needs), len(matched))
    assert found.matched > 10
    agreed = Counter(
        placed.match.provider
        for placed in outcomes.placed_matches(True)
        if placed.match.status in AGREED_OR_LATER and placed.match.need in {need.id for need in matched}
    )
    named = {provider.id: provider.name("en") for provider in offers.providers(True, SYSTEM, withdrawn=True)}
    to = Counter[str | None]()
    for strand in found.strands:
        to[strand.provider] += strand.needs
    assert to.pop(None) == len(needs) - len(matched)
    assert to == Counter({named[key]: n for key, n in agreed.items()})
    assert list(found.providers) == sorted(found.providers, key=str.casefold)
    assert sum(
        strand.needs for strand in found.strands if strand.kind == "Training" and strand.provider is None
    ) == sum(need.values.kind == "training" and need.status not in MATCHED for _request, need in needs)


def test_on_phones_a_provider_of_one_need_has_no_line_of_its_own() -> None:
    found = make("flow", asked(), SYSTEM).chart
    assert isinstance(found, FlowChart)
    to = Counter(strand.provider for strand in found.strands for _need in range(strand.needs))
    single = [provider for provider in found.providers if to[provider] == 1]
    assert len(single) > 3
    drawn = drawing(found, NARROW)
    assert f"{len(single)} providers with one need each: {len(single)} needs." in drawn.values.values()
    assert not any(value.startswith(f"{provider}:") for provider in single for value in drawn.values.values())
    assert drawn.figure.get_figheight() < drawing(found, WIDE).figure.get_figheight() * 1.5


def test_the_rate_of_each_year_is_of_its_needs() -> None:
    found = make("match-rate", asked(), SYSTEM).chart
    assert isinstance(found, MatchRateChart)
    needs = Counter(str(request.values.date.year if request.values.date else "") for request, _need in recorded_needs())
    matched = Counter(
        str(request.values.date.year if request.values.date else "")
        for request, need in recorded_needs()
        if need.status in MATCHED
    )
    assert {row.year: (row.needs, row.matched) for row in found.rows if row.needs} == {
        year: (n, matched[year]) for year, n in needs.items()
    }
    years = [int(row.year) for row in found.rows if row.year]
    assert years == list(range(years[0], years[-1] + 1))


def test_before_a_match_was_agreed_its_need_was_not_matched() -> None:
    def matched(on: datetime.date) -> int:
        found = make("match-rate", asked(on=on), SYSTEM).chart
        assert isinstance(found, MatchRateChart)
        return sum(row.matched for row in found.rows)

    today = calendar.today()
    assert matched(today - datetime.timedelta(3 * 365)) < matched(today)


def test_the_public_sees_what_is_public_and_is_told_so() -> None:
    for name in ("requests", "needs-offers"):
        mine, theirs = (make(name, asked(), actor).chart for actor in (SYSTEM, NOBODY))
        assert "Only what the reader may see is counted." in _facts(theirs)
        assert "Only what the reader may see is counted." not in _facts(mine)
        assert set(theirs.ground.rests_on) <= set(mine.ground.rests_on)


@pytest.mark.parametrize("name", ["flow", "match-rate"])
def test_outcomes_are_for_the_office(name: str) -> None:
    with pytest.raises(NotAllowed):
        make(name, asked(), NOBODY)


@pytest.mark.parametrize("name", ["flow", "match-rate"])
@pytest.mark.parametrize("shape", [WIDE, NARROW])
def test_where_there_is_no_need_there_is_no_figure(name: str, shape: Shape) -> None:
    chart = make(name, asked(on=datetime.date(1990, 1, 1)), SYSTEM).chart
    said = [text for text, _place in texts_of(drawing(chart, shape).figure)]
    assert "no need: no figure" in said
    assert "no need is recorded" in words().translate(chart.finding(words()))


def _in(key: str, section: str, domain: str) -> bool:
    parts = key.split(".")
    return parts[0] == section and len(parts) > 2 and parts[2] == domain


def _facts(chart: object) -> str:
    assert isinstance(chart, RequestsChart | NeedsOffersChart)
    return " ".join(words().translate(each) for line in chart.facts(words()) for each in line)
