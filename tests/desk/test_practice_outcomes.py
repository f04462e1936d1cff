"""The invented matches: fit for their table on whatever day the record is made, and agreeing with the needs."""

import datetime
import json
from collections import Counter

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from test_practice_requests import FOLDER, TEXTS, made

from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.match import MatchAct, MatchStatus, Side, need_status, reached, why_no_answer, why_not
from cpi1540.assistance.outcomes.service import counting, reading, threads
from cpi1540.assistance.outcomes.standing import Span
from cpi1540.assistance.outcomes.thread import Outcome
from cpi1540.assistance.procedure.course import Recorded, follow
from cpi1540.assistance.procedure.course import why_not as why_no_step
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.procedure.workdays import NO_HOLIDAYS
from cpi1540.assistance.requests.request import NeedStatus, Status
from cpi1540.assistance.requests.service import lists
from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.earlier_requests import MOST, earlier_requests
from cpi1540.desk.practice.match_histories import ENDS, Way, histories
from cpi1540.foundation.access import SYSTEM
from cpi1540.matrix.gap import is_gap

NOTES = json.loads((FOLDER / "outcomes.json").read_text("utf-8"))
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2032, 12, 31))


@settings(max_examples=60)
@given(st.data(), st.sampled_from(NeedStatus), DAYS, st.integers(0, 12), st.integers(0, 700), st.booleans())
def test_on_any_day_every_act_of_a_match_belongs_where_it_stands(
    data: st.DataObject, status: NeedStatus, sent: datetime.date, place: int, room: int, closed: bool
) -> None:
    until = sent + datetime.timedelta(days=room)
    offered = data.draw(st.none() | st.dates(sent, until))
    informed = data.draw(st.dates(offered, until)) if offered else None
    way = Way(status, place, data.draw(st.booleans()), sent, offered, informed, until, closed, "ar")
    providers = data.draw(st.lists(st.sampled_from(["XP-1", "XP-2", "XP-3"]), max_size=8))
    places = data.draw(st.lists(st.booleans(), min_size=len(providers), max_size=len(providers)))
    found = histories(way, providers, places, NOTES, Draws(1540, "x", "matches"))
    assert found == histories(way, providers, places, NOTES, Draws(1540, "x", "matches"))
    spans: list[Span] = []
    for match in found:
        assert match.choice < len(providers)
        assert match.acts[0].act is MatchAct.PROPOSE
        for number, done in enumerate(match.acts[1:], 1):
            before = match.acts[:number]
            refusal = why_not(reached(before).status, before[-1].on, done.act, Side.OFFICE, done.on, until)
            assert refusal is None
            assert why_no_answer(done.act, done.answer, done.note) is None
        days = {done.act: done.on for done in match.acts}
        if MatchAct.AGREE in days:
            assert places[match.choice]
            ended = days.get(MatchAct.CLOSE, days.get(MatchAct.WITHDRAW))
            assert not any(span.meets(days[MatchAct.AGREE], ended) for span in spans)
            spans.append(Span("", days[MatchAct.AGREE], ended))
    if found:
        assert need_status(reached(match.acts).status for match in found) is status
    assert found or not any(places) or status in (NeedStatus.OPEN, NeedStatus.WITHDRAWN)


def test_earlier_requests_follow_the_procedure_and_ask_for_gaps_of_the_version_before() -> None:
    layout, record = made()
    found = earlier_requests(record.states, layout, TEXTS, NO_HOLIDAYS, record.seed)
    assert len(found) == MOST
    assert found == earlier_requests(record.states, layout, TEXTS, NO_HOLIDAYS, record.seed)
    states = {state.code: state for state in record.states}
    for request, until in found:
        date, kept = request.values.date, []
        assert date is not None
        for number, (act, on, note) in enumerate(request.acts, 1):
            stands = follow(kept, date.first_day, formal=True)
            assert why_no_step(stands, act, on, NO_HOLIDAYS, until) is None
            kept.append(Recorded(number, act, on, note))
        assert request.acts[-1][0] is Act.CLOSE and request.acts[-1][1] < until
        versions = [v for v in states[request.values.requester.states[0]].versions if v.approved_on]
        assert versions[-1].approved_on == until
        for need in request.needs:
            for key in need.fields:
                assert is_gap(layout.field(key), versions[-2].entries[key].code)


def test_needs_stand_where_their_matches_stand(practice_app: Flask) -> None:
    with practice_app.app_context():
        matches = reading.matches(True, SYSTEM)
        lines = lists.listing(lists.EVERYTHING, SYSTEM, practice=True, size=None).lines
        by_need: dict[str, list[MatchStatus]] = {}
        for match in matches:
            by_need.setdefault(match.need, []).append(match.status)
            assert reached(match.acts).status is match.status
        for line in lines:
            for need in line.request.needs:
                if need.status is not NeedStatus.WITHDRAWN:
                    assert need.status is need_status(by_need.get(need.id, ()))
        statuses = Counter(match.status for match in matches)
        assert set(statuses) == set(MatchStatus)
        assert {need.status for line in lines for need in line.request.needs} == set(NeedStatus)
        assert set(ENDS) == set(NeedStatus) - {NeedStatus.WITHDRAWN}
        open_ones = [match for match in matches if match.status is MatchStatus.APPROACHED]
        standing = {line.request.id: line.request.status for line in lines}
        assert {standing[match.request] for match in open_ones} == {Status.OPEN}


def test_a_need_has_one_match_at_a_time_and_no_offer_promises_more_than_it_has(practice_app: Flask) -> None:
    with practice_app.app_context():
        matches = [match for match in reading.matches(True, SYSTEM) if match.on(MatchAct.AGREE)]
        spans: dict[str, list[Span]] = {}
        for match in matches:
            agreed = match.on(MatchAct.AGREE)
            assert agreed is not None
            span = Span(match.id, agreed, match.on(MatchAct.CLOSE) or match.on(MatchAct.WITHDRAW))
            others = spans.setdefault(match.need, [])
            assert not any(span.meets(other.first, other.last) for other in others), match.id
            others.append(span)
        assert any(len(others) == 2 for others in spans.values())
        places = {offer.id: offer.capacity.places for offer in offers.offers(True, SYSTEM)}
        stated = {each.id: each.places for each in offers.providers(True, SYSTEM)}
        for year in {span.first.year for others in spans.values() for span in others}:
            of_provider: Counter[str] = Counter()
            for offer, n in reading.promised(True, year).items():
                of_provider[next(match.provider for match in matches if match.offer == offer)] += n
                assert n <= (places[offer] if places[offer] is not None else n)
            for provider, n in of_provider.items():
                assert n <= (stated[provider] or n)


def test_something_came_of_matches_and_some_providers_overlap(practice_app: Flask) -> None:
    with practice_app.app_context():
        counts = threads.counts(True)
        assert all(counts.of(outcome) > 0 for outcome in Outcome)
        assert counts.named > counts.agreed > counts.delivered == sum(counts.of(outcome) for outcome in Outcome)
        assert counting.overlapping(True)
        measures = counting.measures(True)
        assert measures.hit_first.n > 20 and 0 < measures.hit_first.count < measures.hit_first.n
        assert (measures.first_offer.days or 0) > 10
        assert reading.track_records(True) and reading.worked_in(True) and reading.promised(True)
        assert counting.overlapping(False) == () and threads.counts(False).agreed == 0
