"""Requests registered, submitted and changed; acts recorded and taken back; who may read and do what."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from assistance_people import (
    AFRICAN,
    COORDINATOR,
    DAY,
    FOCAL,
    NEED,
    OTHER_FOCAL,
    TRANSIT,
    VALUES,
    acknowledged,
    record,
    register,
)
from desk_people import BRIEFER, OFFICER
from flask import Flask
from sqlalchemy import select

from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act, Step
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    NeedStatus,
    NeedValues,
    Requester,
    Status,
)
from cpi1540.assistance.requests.service import (
    acts,
    drafting,
    lists,
    needs,
    reading,
    requests,
    texts,
    waiting,
)
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.tables import AuditEventRow
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.states import service as states

D = datetime.date


@pytest.fixture(autouse=True)
def in_november(practice_app: Flask) -> Iterator[None]:
    """A copy with both records; it is 12 November 2026, noon in New York."""
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True), practice_app.test_request_context("/en/"):
        yield
        db.session.remove()


def test_a_request_comes_back_as_it_was_registered() -> None:
    identifier = register(
        NEED, replace(NEED, kind=Kind.FUNDING, fields=(), domains=(Domain.BW,), languages=("fr", "ar"))
    )
    assert identifier == "R-2026-001"
    found = reading.find(identifier, COORDINATOR)
    assert found.values == VALUES
    assert [need.id for need in found.needs] == ["R-2026-001/1", "R-2026-001/2"]
    assert found.needs[0].values == replace(NEED, domains=(Domain.NW,))
    assert found.needs[1].values.languages == ("ar", "fr")
    assert (found.course.step, found.course.since) == (Step.AUTHENTICATE, DAY)
    assert register() == "R-2026-002"
    assert register(date=PartialDate(2025), formal=None) == "R-2025-001"


def test_a_joint_request_and_one_of_an_organization() -> None:
    joint = reading.find(register(requester=Requester(("KEN", "GHA"))), COORDINATOR)
    assert joint.values.requester.states == ("GHA", "KEN")
    body = reading.find(register(requester=Requester((), "CARICOM")), COORDINATOR)
    assert (body.values.requester.states, body.values.requester.organization) == ((), "CARICOM")


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"requester": Requester()}, "requester"),
        ({"requester": Requester(("KEN",), "CARICOM")}, "requester"),
        ({"requester": Requester(("XAG",))}, "requester"),  # a State of the other record
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"date": None}, "date"),
        ({"date": PartialDate(2026, 11)}, "date"),
        ({"date": PartialDate(2003, 1, 1)}, "date"),
        ({"date": PartialDate(2026, 11, 13)}, "date"),
        ({"consent_on": DAY}, "consent_on"),
    ],
)
def test_a_fault_stands_at_its_place_and_nothing_is_written(values: dict[str, object], part: str) -> None:
    with pytest.raises(Faulty) as refused:
        register(**values)
    assert [fault.part for fault in refused.value.faults] == [part]
    assert (
        db.session.scalar(select(RequestRow.id).where(RequestRow.practice.is_(False), RequestRow.year == 2026)) is None
    )


def test_a_need_says_what_it_is_for() -> None:
    with pytest.raises(Faulty) as refused:
        register(NEED, NeedValues(Kind.TRAINING), NeedValues(Kind.TRAINING, ("op9.none",)))
    assert [fault.part for fault in refused.value.faults] == ["needs.2.objective", "needs.3.fields"]


def test_the_clock_of_a_note_verbale_runs() -> None:
    identifier = acknowledged()
    standing = lists.standing_of(reading.find(identifier, COORDINATOR))
    assert (standing.step, standing.due, standing.overdue) == (Step.SEND, D(2026, 11, 12), 0)
    assert standing.without_table == (2026,)
    with transaction():
        calendar.load_holidays({D(2026, 11, 11): "A holiday"}, COORDINATOR)
    standing = lists.standing_of(reading.find(identifier, COORDINATOR))
    assert (standing.due, standing.without_table) == (D(2026, 11, 13), ())
    later = lists.standing_of(reading.find(identifier, COORDINATOR), on=D(2026, 11, 20))
    assert later.overdue == 5


def test_today_is_the_day_in_new_york() -> None:
    with time_machine.travel("2026-11-13T03:00:00+00:00"):
        assert calendar.today() == D(2026, 11, 12)


def test_an_act_keeps_its_paper_and_can_be_taken_back() -> None:
    identifier = acknowledged()
    with transaction():
        number = acts.record_act(
            identifier, Act.SEND, COORDINATOR, on=D(2026, 11, 12), note="to 46 States", paper=("note.docx", b"a letter")
        )
    sent = reading.find(identifier, COORDINATOR)
    assert (sent.course.step, sent.acts[-1].note, sent.papers[0].name) == (Step.POST, "to 46 States", "note.docx")
    assert reading.paper(identifier, sent.papers[0].digest, COORDINATOR) == ("note.docx", b"a letter")
    with transaction():
        acts.take_back(identifier, number, COORDINATOR, reason="a wrong date")
    assert reading.find(identifier, COORDINATOR).course.step is Step.SEND
    with pytest.raises(DomainError, match="recorded last"), transaction():
        acts.take_back(identifier, 1, COORDINATOR, reason="too late")


def test_an_objection_refuses_consent_until_it_is_taken_back() -> None:
    identifier = acknowledged()
    with transaction():
        acts.object_to(identifier, COORDINATOR, on=D(2026, 11, 6), sending=True, posting=True)
    found = reading.find(identifier, COORDINATOR)
    assert (found.course.step, found.values.consent, found.values.consent_on) == (
        Step.MATCH,
        Consent.NO,
        D(2026, 11, 6),
    )
    with transaction():
        acts.take_back(identifier, found.acts[-1].number, COORDINATOR, reason="misread")
    found = reading.find(identifier, COORDINATOR)
    assert (found.course.step, found.values.consent, found.values.consent_on) == (Step.POST, Consent.NOT_ASKED, None)


def test_what_does_not_belong_to_the_step_is_refused_and_nothing_is_written() -> None:
    identifier = register()
    with pytest.raises(DomainError, match="does not belong to the step"):
        record(identifier, (Act.AUTHENTICATE, 3), (Act.SEND, 4))
    assert reading.find(identifier, COORDINATOR).acts == ()
    record(identifier, (Act.WITHDRAW, 5))
    gone = reading.find(identifier, COORDINATOR)
    assert (gone.status, gone.course.step) == (Status.WITHDRAWN, None)
    with pytest.raises(DomainError, match="not in the procedure any more"):
        record(identifier, (Act.AUTHENTICATE, 6))


def test_a_course_recorded_at_once_is_the_same_as_step_by_step() -> None:
    way = [
        (Act.AUTHENTICATE, D(2026, 11, 3), ""),
        (Act.CIRCULATE, D(2026, 11, 3), ""),
        (Act.ACKNOWLEDGE, D(2026, 11, 4), ""),
    ]
    one, other = acknowledged(), register()
    with transaction():
        acts.record_course(other, way, COORDINATOR)
    assert reading.find(one, SYSTEM).course == reading.find(other, SYSTEM).course
    with pytest.raises(DomainError, match="may object until"), transaction():
        acts.record_course(other, [(Act.SEND, D(2026, 11, 5), "")], COORDINATOR)


def test_a_focal_point_submits_from_the_own_gaps() -> None:
    state = states.find("XAG")
    gaps = sorted(drafting.gaps_of(state))
    begun = drafting.from_gaps(state, [*gaps[:6], "op1.npt", "op2.none"])
    assert sorted(field for need in begun.needs for field in need.fields) == gaps[:6]
    focal = replace(FOCAL, grants=frozenset(replace(grant, states=frozenset({"XAG"})) for grant in FOCAL.grants))
    with transaction():
        identifier = requests.submit(state, begun.values, begun.needs, focal)
    found = reading.find(identifier, focal)
    assert (found.submitted, found.values.formal, found.values.channel) == (True, False, Channel.PORTAL)
    assert (found.course.step, found.course.next_act) == (Step.AUTHENTICATE, Act.REGISTER_NOTE)
    waits = {each.request: str(each.what) for each in waiting.waiting_for(focal, practice=True)}
    assert waits[identifier] == "Your request awaits the note verbale of your mission"
    waits = {each.request: str(each.what) for each in waiting.waiting_for(COORDINATOR, practice=True)}
    assert waits[identifier] == "Register the note verbale when it comes"
    with transaction():
        requests.register_note(identifier, COORDINATOR, on=D(2026, 11, 10))
    found = reading.find(identifier, focal)
    assert (found.submitted, found.values.formal, str(found.values.date)) == (False, True, "2026-11-10")
    assert (found.course.next_act, found.course.since) == (Act.AUTHENTICATE, D(2026, 11, 10))
    with pytest.raises(NotAllowed), transaction():
        requests.submit(states.find("XAA"), begun.values, begun.needs, focal)


def test_a_passage_of_a_report_becomes_an_informal_request() -> None:
    begun = drafting.from_passage(
        states.find("KEN"), "We need help.\nWith transit.", "S/AC.44/2004/1, p. 3", language="en"
    )
    assert (begun.values.title, begun.values.channel, begun.values.formal) == (
        "We need help.",
        Channel.NATIONAL_REPORT,
        False,
    )
    assert begun.values.source == "S/AC.44/2004/1, p. 3"


def test_a_change_carries_the_revision_it_was_read_at() -> None:
    identifier = register()
    with transaction():
        requests.change(identifier, replace(VALUES, title="Another title"), COORDINATOR, revision=0)
    assert reading.find(identifier, COORDINATOR).values.title == "Another title"
    with pytest.raises(Stale), transaction():
        requests.change(identifier, replace(VALUES, title="A third"), COORDINATOR, revision=0)
    with transaction():
        needs.change_need(identifier, 1, replace(NEED, fields=TRANSIT), COORDINATOR, revision=1)
    found = reading.find(identifier, COORDINATOR)
    assert (found.needs[0].values.fields, found.revision) == (TRANSIT, 2)
    assert found.needs[0].values.domains == tuple(Domain)


def test_needs_are_added_withdrawn_and_moved_on() -> None:
    identifier = register()
    with transaction():
        assert needs.add_need(identifier, replace(NEED, kind=Kind.FUNDING), COORDINATOR) == f"{identifier}/2"
        needs.withdraw_need(identifier, 1, COORDINATOR, reason="no longer needed")
        needs.set_status(identifier, 2, NeedStatus.PROPOSED, COORDINATOR)
    statuses = [need.status for need in reading.find(identifier, COORDINATOR).needs]
    assert statuses == [NeedStatus.WITHDRAWN, NeedStatus.PROPOSED]
    with pytest.raises(NotFound, match="no need 9"), transaction():
        needs.set_status(identifier, 9, NeedStatus.PROPOSED, COORDINATOR)


def test_a_translation_turns_stale_when_its_original_changes() -> None:
    identifier = register()
    with transaction():
        texts.translate(identifier, "title", "fr", "Aide au transit", COORDINATOR)
        texts.translate(identifier, "objective", "ar", "تدريب", COORDINATOR, need=1, machine=True)
        requests.change(identifier, replace(VALUES, title="Another title"), COORDINATOR, revision=0)
    found = {each.language: each for each in reading.find(identifier, COORDINATOR).translations}
    assert (found["fr"].stale, found["fr"].made_by) == (True, "person")
    assert (found["ar"].stale, found["ar"].made_by) == (False, "machine")
    with pytest.raises(DomainError, match="another language"), transaction():
        texts.translate(identifier, "title", "en", "the same", COORDINATOR)


def test_overlaps_are_pointed_out_with_reasons() -> None:
    before = register(replace(NEED, fields=TRANSIT))
    register(replace(NEED, fields=TRANSIT), requester=Requester(("GHA",)))
    found = requests.overlaps(
        VALUES, [replace(NEED, kind=Kind.FUNDING), replace(NEED, fields=TRANSIT[:2])], COORDINATOR
    )
    assert [(each.number, each.earlier, each.fields) for each in found] == [(2, f"{before}/1", TRANSIT[:2])]
    assert "2 fields of the matrix stand in both." in [str(reason) for reason in found[0].because]
    assert requests.overlaps(VALUES, [replace(NEED, fields=TRANSIT)], COORDINATOR, but=before) == ()


def test_who_may_read() -> None:
    restricted = register()
    internal = register(handling=Handling.INTERNAL)
    public = register(handling=Handling.PUBLIC, consent=Consent.YES, consent_on=DAY)
    unasked = register(handling=Handling.PUBLIC)
    seen = {}
    for actor in (COORDINATOR, BRIEFER, FOCAL, OTHER_FOCAL, NOBODY):
        listed = lists.listing(lists.Filters(state="KEN"), actor, practice=False).lines
        seen[actor.id] = {line.request.id for line in listed}
        for identifier in (restricted, internal, public, unasked):
            if identifier in seen[actor.id]:
                assert reading.find(identifier, actor).values.contact == (
                    "First Secretary" if actor.of_the_office else ""
                )
            else:
                with pytest.raises(NotFound):
                    reading.find(identifier, actor)
    every = {restricted, internal, public, unasked}
    assert seen == {
        "coordinator": every,
        "briefer": every,
        "focal": every - {internal},
        "other": {public},
        "nobody": {public},
    }


def test_who_may_write() -> None:
    identifier = register()
    france = register(requester=Requester(("FRA",)))
    for actor in (OFFICER, FOCAL, NOBODY):
        with pytest.raises((NotAllowed, NotFound)), transaction():
            acts.record_act(identifier, Act.AUTHENTICATE, actor, on=D(2026, 11, 3))
    with transaction():
        acts.record_act(identifier, Act.AUTHENTICATE, AFRICAN, on=D(2026, 11, 3))
    with pytest.raises(NotAllowed), transaction():
        acts.record_act(france, Act.AUTHENTICATE, AFRICAN, on=D(2026, 11, 3))
    for requester in (Requester(("KEN", "FRA")), Requester((), "CARICOM")):
        with pytest.raises(NotAllowed), transaction():
            requests.register(replace(VALUES, requester=requester), [NEED], AFRICAN)
    with pytest.raises(NotAllowed), transaction():
        calendar.load_holidays({D(2026, 1, 1): "New Year"}, OFFICER)


def test_the_audit_has_no_free_text() -> None:
    identifier = register()
    with transaction():
        acts.record_act(identifier, Act.AUTHENTICATE, COORDINATOR, on=D(2026, 11, 3), note="in confidence")
    events = db.session.scalars(select(AuditEventRow).order_by(AuditEventRow.id.desc()).limit(2)).all()
    assert [event.action for event in events] == ["request.act", "request.register"]
    assert "in confidence" not in str(events[0].changes)
    assert "transit controls" not in str(events[1].changes)


def test_a_historical_request_is_changed_by_nobody() -> None:
    known = reading.find("R-2004-001", COORDINATOR)
    with pytest.raises(DomainError, match="loaded from its source"), transaction():
        requests.change(known.id, known.values, COORDINATOR, revision=known.revision)
    with pytest.raises(DomainError, match="loaded from its source"), transaction():
        needs.add_need(known.id, NEED, COORDINATOR)
    with pytest.raises(DomainError, match="not in the procedure"), transaction():
        acts.record_act(known.id, Act.AUTHENTICATE, COORDINATOR, on=DAY)
    with pytest.raises(DomainError, match="loaded from its source"), transaction():
        acts.attach(known.id, "a.txt", b"a file", COORDINATOR)
    with pytest.raises(DomainError, match="loaded from its source"), transaction():
        texts.translate(known.id, "title", "fr", "Aide", COORDINATOR)
