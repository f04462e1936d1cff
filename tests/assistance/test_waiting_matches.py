"""No step of a match is forgotten: what waits for whom, on the worklist and in the daily mail."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR, FOCAL, OTHER_FOCAL, register
from desk_people import OFFICER
from flask import Flask
from outcome_offers import GIVER, OTHER_GIVER, TENTH, offer, proposed, provider
from sqlalchemy import event

from cpi1540.assistance.outcomes.match import Fulfilment, MatchAct
from cpi1540.assistance.outcomes.service import deciding, waiting
from cpi1540.assistance.requests.service import acts
from cpi1540.desk.service import digest, worklist
from cpi1540.foundation.access import NOBODY, Actor
from cpi1540.foundation.database import db, transaction

D = datetime.date


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with time_machine.travel("2026-11-20T17:00:00+00:00"), app.test_request_context("/en/"):
        yield


def told(actor: Actor, on: datetime.date | None = None) -> list[str]:
    return [each.what.text for each in waiting.waiting_for(actor, practice=False, on=on)]


def test_each_side_is_told_what_it_is_asked(context: None) -> None:
    match = proposed(register(), offer(provider("World Customs", "giver")))
    soon = [(told(COORDINATOR), told(GIVER), told(FOCAL))]
    for act in (MatchAct.APPROACH, MatchAct.ACCEPT, MatchAct.AGREE, MatchAct.BEGIN, MatchAct.DELIVER):
        with transaction():
            deciding.record_act(match, act, COORDINATOR, on=TENTH)
        soon.append((told(COORDINATOR), told(GIVER), told(FOCAL)))
    assert soon == [
        (["Approach the provider"], [], []),
        ([], ["Say whether you accept"], []),
        ([], [], ["Say whether you agree to this offer"]),
        ([], [], []),
        ([], [], []),
        (["Close the match"], ["Say how far the need was met"], ["Say how far your need was met"]),
    ]
    with transaction():
        for act, actor in ((MatchAct.FEEDBACK_PROVIDER, GIVER), (MatchAct.FEEDBACK_REQUESTER, FOCAL)):
            deciding.record_act(match, act, actor, on=D(2026, 11, 20), answer=Fulfilment.FULLY)
    assert told(GIVER) == told(FOCAL) == []
    for other in (OTHER_GIVER, OTHER_FOCAL, OFFICER, NOBODY):
        assert told(other) == []
    assert waiting.waiting_for(COORDINATOR, practice=True) == []


@pytest.mark.parametrize(
    ("further", "says"),
    [
        ((MatchAct.APPROACH,), "The provider was approached on %(day)s and has not answered"),
        ((MatchAct.APPROACH, MatchAct.ACCEPT), "The provider accepted on %(day)s; the requester has not answered"),
    ],
)
def test_who_was_asked_a_fortnight_ago_is_asked_again(context: None, further: tuple[MatchAct, ...], says: str) -> None:
    proposed(register(), offer(provider("World Customs")), *further)
    assert told(COORDINATOR, D(2026, 11, 23)) == []
    assert told(COORDINATOR, D(2026, 11, 24)) == [says]


def test_of_a_closed_request_nothing_more_is_asked(context: None) -> None:
    request = register()
    proposed(request, offer(provider("World Customs", "giver")), MatchAct.APPROACH)
    with transaction():
        acts.close(request, COORDINATOR, on=D(2026, 11, 12), note="done")
    assert told(GIVER) == told(COORDINATOR, D(2026, 12, 24)) == []


def test_it_stands_on_the_worklist_and_in_the_daily_mail(context: None) -> None:
    match = proposed(register(), offer(provider("World Customs", "giver")), MatchAct.APPROACH)
    (item,) = worklist.items(GIVER, practice=False)
    assert (item.endpoint, item.values) == ("match_page.one", {"request_id": match[:10], "need": 1, "number": 1})
    assert item.since == datetime.datetime(2026, 11, 10, tzinfo=datetime.UTC)
    mail = digest.digest_for(GIVER, "en", D(2026, 11, 20), lambda *_: "", practice=False)
    assert mail is not None
    assert [line.text for part in mail.parts for line in part.lines] == ["Kenya: Say whether you accept"]
    # The request waits for the coordinator too; the match is told beside it.
    proposed(match[:10], offer(provider("Other")))
    mail = digest.digest_for(COORDINATOR, "en", D(2026, 11, 20), lambda *_: "", practice=False)
    assert mail is not None
    lines = [line.text for part in mail.parts for line in part.lines]
    assert "Kenya: Approach the provider" in lines and any(match[:10] in line for line in lines)


def test_it_costs_the_same_for_one_and_for_many(context: None) -> None:
    giver = provider("World Customs", "giver")
    asked: list[int] = []
    event.listen(db.engine, "after_cursor_execute", lambda *_: asked.append(1))
    counts = []
    for _ in range(3):
        proposed(register(), offer(giver), MatchAct.APPROACH)
        db.session.expire_all()
        asked.clear()
        assert len(told(GIVER)) == len(counts) + 1
        counts.append(len(asked))
    assert len(set(counts)) == 1
