"""In the practice record both sides act for themselves too, each with its own lines in the audit."""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.outcomes.match import Side
from cpi1540.assistance.outcomes.service import reading
from cpi1540.assistance.requests.service import lists
from cpi1540.foundation.access import SYSTEM, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.tables import AuditEventRow, AuditSubjectRow
from cpi1540.people.service import directory


def lines(action: str) -> Counter[tuple[str, str]]:
    """(actor, subject) -> how many events of that kind."""
    query = (
        select(AuditEventRow.actor, AuditSubjectRow.subject)
        .join(AuditSubjectRow, AuditSubjectRow.event_id == AuditEventRow.id)
        .where(AuditEventRow.action == action)
    )
    return Counter((actor, subject) for actor, subject in db.session.execute(query))


def test_provider_contacts_and_focal_points_have_acted_themselves(practice_app: Flask) -> None:
    with practice_app.test_request_context("/en/practice"):
        keepers = {each.id: each.people for each in offers.providers(True, SYSTEM)}
        told, sides = lines("match.act"), Counter[Side]()
        for match in reading.matches(True, SYSTEM):
            for by, n in Counter(done.by for done in match.acts if done.side is not Side.OFFICE).items():
                assert told[by, f"match:{match.id}"] == n, match.id
            for done in match.acts:
                sides[done.side] += 1
                person = directory.acting(done.by)
                if done.side is Side.PROVIDER:
                    assert done.by in keepers[match.provider], match.id
                if done.side is Side.REQUESTER:
                    states = reading.placed(match.id).requester.states
                    assert person and any(person.holds(Role.FOCAL_POINT, state) for state in states), match.id
        assert sides[Side.PROVIDER] >= 10 and sides[Side.REQUESTER] >= 5 and sides[Side.OFFICE] >= 200


def test_what_came_by_the_portal_was_submitted_by_a_focal_point(practice_app: Flask) -> None:
    with practice_app.test_request_context("/en/practice"):
        found = [line.request for line in lists.listing(lists.EVERYTHING, SYSTEM, practice=True, size=None).lines]
        portal = [request.id for request in found if request.values.channel == "portal"]
        submitted = lines("request.submit")
        assert len(portal) == 3
        for request in portal:
            (actor,) = (by for by, subject in submitted if subject == f"request:{request}")
            person = directory.acting(actor)
            assert person is not None and person.holds(
                Role.FOCAL_POINT,
                next(request_.values.requester.states[0] for request_ in found if request_.id == request),
            )
