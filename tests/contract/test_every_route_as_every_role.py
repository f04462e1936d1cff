"""Every route, as nobody and in each role: who may, may; who may not is told so; nothing ever breaks.

A new route needs one line in ``ROUTES``: the values of its address. Who may use it follows from the action the
view is marked with (``view.access``); where the view asks more than its mark for one method, that line names the
action asked (``get=`` or ``post=``). A new action needs one line in ``WHO``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from people_of_tests import make
from sqlalchemy import select

from cpi1540.foundation.access import OFFICE, Role, registered
from cpi1540.foundation.database import db, transaction
from cpi1540.people.service import sessions
from cpi1540.people.tables import PersonRow

EVERYBODY = frozenset(Role)
# Action -> the roles that may; "public" is open to nobody-signed-in too.
WHO: dict[str, frozenset[Role]] = {
    "public": EVERYBODY,
    "signed-in": EVERYBODY,
    "people.manage": frozenset({Role.ADMINISTRATOR}),
    "commitments.record": frozenset({Role.DESK_OFFICER}),
    "matrix.edit": frozenset({Role.DESK_OFFICER}),
    "matrix.review": frozenset({Role.REVIEWER}),
    "matrix.work": frozenset({Role.DESK_OFFICER, Role.REVIEWER}),
    "matrix.answer": frozenset({Role.DESK_OFFICER, Role.REVIEWER}),
    "matrix.propose": frozenset({Role.FOCAL_POINT}),
    "matrix.take-part": OFFICE | {Role.FOCAL_POINT},
    "assistance.register": frozenset({Role.COORDINATOR}),
    "assistance.submit": frozenset({Role.FOCAL_POINT}),
    "assistance.providers": frozenset({Role.COORDINATOR}),
    "assistance.offers": frozenset({Role.COORDINATOR}),
    "assistance.import-offers": frozenset({Role.COORDINATOR}),
    "assistance.holidays": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "assistance.letters": frozenset({Role.COORDINATOR}),
    "assistance.read-letters": OFFICE,
    "assistance.outcomes": OFFICE,
    "assistance.answer": frozenset({Role.PROVIDER_CONTACT}),
    "assistance.letter-templates": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "assistance.match": OFFICE,
    "assistance.match-weights": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "assistance.plan": frozenset({Role.COORDINATOR}),
    "history.read": OFFICE,
    "profiles.edit": frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
    "lenses.edit": frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
    "coverage.see-states": OFFICE,
    "history.read-all": frozenset({Role.ADMINISTRATOR}),
    "briefing.packs": OFFICE,
    "briefing.pack-templates": frozenset({Role.ADMINISTRATOR}),
}
# Actions that the whole office may do to every State, whatever the States of a role.
WHOLE_OFFICE = {"matrix.take-part", "history.read", "coverage.see-states", "briefing.packs"}


@dataclass(frozen=True)
class Route:
    """The values of a route's address, and the action asked where it is not the one the view is marked with."""

    values: dict[str, object] = field(default_factory=dict)
    get: str | None = None
    post: str | None = None


def of_state(get: str | None = None, post: str | None = None, **values: object) -> Route:
    """A route about a State; the test puts the State in."""
    return Route({"state": "", **values}, get, post)


FIELD = "op2.use.cw.framework"
PERSON = {"person": "PERSON"}  # the test puts an actor id in
ROUTES = {
    "root": Route(),
    "practice": Route(),
    "static": Route({"filename": "tokens.css"}),
    "administration.add_role": Route(PERSON),
    "administration.disable": Route(PERSON),
    "administration.enable": Route(PERSON),
    "administration.invite": Route(),
    "administration.make_link": Route(PERSON),
    "administration.people": Route(),
    "administration.person": Route(PERSON),
    "administration.remove_role": Route(PERSON),
    "beside.file": of_state(form="json"),
    "beside.page": of_state(),
    "briefing.state_coverage": of_state(form="svg"),
    "charts.file": Route({"name": "coverage", "form": "svg"}),
    "charts.gallery": Route(),
    "charts.one": Route({"name": "coverage"}),
    "charts.keep": Route({"name": "coverage"}),
    "recipes.one": Route({"identifier": "C-AAAAAAAAAA"}),
    "recipes.rebuild": Route({"identifier": "C-AAAAAAAAAA"}),
    "packs.again": Route({"recipe": "B-AAAAAAAAAA"}),
    "packs.page": Route(),
    "pack_templates.listed": Route(),
    "pack_templates.take_away": Route({"form": "pptx"}),
    "pack_templates.take_in": Route({"form": "pptx"}),
    "comments.listed": of_state(),
    "comments.settle": of_state(number=1),
    "comments.write": of_state(field=FIELD),
    "commitments.edit": of_state(commitment="XAC-C1"),
    "commitments.new": of_state(),
    "commitments.of_state": of_state(),
    "commitments.withdraw": of_state(commitment="XAC-C1"),
    "coverage.actions_file": of_state(),
    "coverage.gaps": of_state(),
    "coverage.gaps_file": of_state(form="json"),
    "figures.of_record": Route(),
    "figures.of_record_file": Route({"form": "json"}),
    "figures.of_state": of_state(),
    "figures.of_state_file": of_state(form="json"),
    "profiles.compare": Route({"profile": "equal"}),
    "profiles.compare_file": Route({"profile": "equal", "form": "json"}),
    "profiles.edit": Route({"profile": "equal"}),
    "profiles.listed": Route(),
    "profiles.new": Route(),
    "profiles.one": Route({"profile": "equal"}),
    "desk.home": Route(),
    "desk.search": Route(),
    "desk.state": of_state(),
    "desk.states_list": Route(),
    "differences.page": of_state(),
    "draft.jump": of_state(),
    "draft.save": of_state(),
    "draft.section": of_state(section="op2"),
    "draft.undo": of_state(),
    "exchange.apply": of_state(token="x"),
    "exchange.download": of_state(),
    "exchange.excel": of_state(),
    "exchange.preview": of_state(token="x"),
    "exchange.upload": of_state(),
    "due_dates.feed": Route({"token": "x"}),
    "field.page": of_state(field=FIELD, post="matrix.edit"),
    "history.download": of_state(),
    "history.page": of_state(),
    "invitation.page": Route({"token": "x"}),
    "jobs.ask_again": Route({"number": "1"}),
    "jobs.cancel": Route({"number": "1"}),
    "jobs.file": Route({"number": "1", "place": "1"}),
    "jobs.listed": Route(),
    "jobs.one": Route({"number": "1"}),
    "letter_templates.edit": Route({"kind": "note-verbale", "text_language": "fr"}),
    "letter_templates.listed": Route(),
    "letters.listed": Route({"request_id": "XR-2025-003"}),
    "letters.new": Route({"request_id": "XR-2025-003", "kind": "follow-up"}),
    "letters.sent": Route({"request_id": "XR-2025-003", "number": 1}),
    "lens_forms.edit": Route({"lens": "procurement"}),
    "lens_forms.new": Route(),
    "lens_forms.note": Route({"lens": "procurement"}),
    "lens_forms.withdraw": Route({"lens": "procurement"}),
    "lens_forms.withdraw_note": Route({"lens": "procurement"}),
    "lenses.listed": Route(),
    "lenses.listed_file": Route({"form": "json"}),
    "lenses.of_state": of_state(lens="procurement"),
    "lenses.of_state_as_file": of_state(lens="procurement", form="json"),
    "lenses.one": Route({"lens": "procurement"}),
    "lenses.one_file": Route({"lens": "procurement", "form": "json"}),
    "many.choose": of_state(),
    "matrix.section": of_state(section="op2"),
    "matrix.versions_page": of_state(),
    "measures.document": of_state(digest="0" * 64),
    "measures.edit": of_state(measure="XAC-M1"),
    "measures.library": of_state(),
    "measures.new": of_state(),
    "measures.one": of_state(measure="XAC-M1"),
    "measures.paste": of_state(),
    "people.account": Route(),
    "people.continue_as": Route({"role": "briefer"}),
    "people.sign_in": Route(),
    "people.sign_out": Route(),
    "register.apply": Route(),
    "register.download": Route(),
    "register.take_in": Route(),
    "register.whole": Route(),
    "offer_lists.offers": Route(),
    "offer_lists.offers_file": Route({"form": "json"}),
    "offer_lists.providers": Route(),
    "offer_lists.providers_file": Route({"form": "json"}),
    "offer_workbooks.apply": Route(),
    "offer_workbooks.download": Route(),
    "offer_workbooks.take_in": Route(),
    "offers.ask": Route({"offer_id": "XO-5"}),
    "offers.confirm": Route({"offer_id": "XO-5"}),
    "offers.edit": Route({"offer_id": "XO-5"}),
    "offers.handle": Route({"offer_id": "XO-5"}),
    "offers.new": Route(),
    "offers.one": Route({"offer_id": "XO-5"}),
    "offers.resume": Route({"offer_id": "XO-5"}),
    "offers.withdraw": Route({"offer_id": "XO-5"}),
    "providers.edit": Route({"provider_id": "XP-2"}),
    "providers.give": Route({"provider_id": "XP-2"}),
    "providers.new": Route(),
    "providers.one": Route({"provider_id": "XP-2"}),
    "providers.resume": Route({"provider_id": "XP-2"}),
    "providers.take": Route({"provider_id": "XP-2", **PERSON}),
    "providers.withdraw": Route({"provider_id": "XP-2"}),
    "matches.file": Route({"form": "csv"}),
    "matches.of_record": Route(),
    "matches.page": Route(),
    "matches.propose": Route({"request_id": "XR-2025-003", "number": 1}),
    "match_page.one": Route({"request_id": "XR-2025-003", "need": 1, "number": 1}),
    "match_page.record": Route({"request_id": "XR-2025-003", "need": 1, "number": 1, "verb": "approach"}),
    "answers.listed": Route(),
    "answers.need": Route({"request_id": "XR-2025-003", "number": 1}),
    "outcomes.measures": Route(),
    "outcomes.overlaps": Route(),
    "reports.file": Route({"year": 2026, "form": "json"}),
    "reports.page": Route(),
    "state_outcomes.of_state": of_state(),
    "agendas.areas": Route(),
    "agendas.briefing_list": Route(),
    "agendas.due": Route(),
    "agendas.holidays": Route(),
    "matching.of_request": Route({"request_id": "XR-2025-003"}),
    "matching.of_need": Route({"request_id": "XR-2025-003", "number": 1}),
    "match_weights.page": Route(),
    "match_weights.edit": Route(),
    "planning.page": Route(),
    "planning.file": Route({"form": "json"}),
    "planning.pair": Route({"request_id": "XR-2025-003", "number": 1, "offer_id": "XO-1"}, post="assistance.plan"),
    "planning.estimate": Route({"request_id": "XR-2025-003", "number": 1}),
    "kept_plans.listed": Route(),
    "kept_plans.keep": Route(),
    "kept_plans.one": Route({"number": 1}),
    "kept_plans.file": Route({"number": 1, "form": "json"}),
    "request_acts.record": Route({"request_id": "XR-2025-003", "verb": "act"}),
    "request_lists.board": Route(),
    "request_lists.file": Route({"form": "csv"}),
    "request_lists.page": Route(),
    "request_needs.edit": Route({"request_id": "XR-2025-003", "number": 1}),
    "request_needs.new": Route({"request_id": "XR-2025-003"}),
    "request_needs.status": Route({"request_id": "XR-2025-003", "number": 1}),
    "request_needs.withdraw": Route({"request_id": "XR-2025-003", "number": 1}),
    "request_templates.download": Route(),
    "request_templates.take_in": Route(),
    "requests.edit": Route({"request_id": "XR-2025-003"}),
    "requests.new": Route(),
    "requests.one": Route({"request_id": "XR-2025-003"}),
    "requests.paper": Route({"request_id": "XR-2025-003", "digest": "0" * 64}),
    "requests.passage": Route(),
    "state_requests.edit": of_state(request_id="XR-2025-003"),
    "state_requests.of_state": of_state(),
    "state_requests.submit": of_state(),
    "reminders.mail": Route(),
    "reminders.make_address": Route(),
    "reminders.revoke_address": Route(),
    "round.answer": of_state(proposal=1),
    "round.page": of_state(),
    "round.propose": of_state(field=FIELD),
    "round.section": of_state(section="op2"),
    "sheets.differences": of_state(form="docx"),
    "sheets.download": of_state(form="docx"),
    "sheets.take_in": of_state(),
    "site.about_data": Route(),
    "site.accessibility": Route(),
    "site.glossary": Route(),
    "site.method": Route(),
    "uncertainty.of_record": Route(),
    "uncertainty.of_record_file": Route({"form": "json"}),
    "uncertainty.of_state": of_state(),
    "uncertainty.of_state_file": of_state(form="json"),
    "what_if.file": of_state(form="json"),
    "what_if.page": of_state(),
    "statistics.page": Route(),
    "statistics.page_file": Route({"form": "json"}),
    "statistics.states_behind": Route(),
    "statistics.states_behind_file": Route({"form": "json"}),
    "statistics.status": Route(),
    "statistics.status_file": Route({"form": "json"}),
    "whole_history.everything": Route(),
    "workflow.asserted": of_state(),
    "workflow.explain": of_state(),
    "workflow.overview": of_state(),
    "workflow.start": of_state(),
    "workflow.step": of_state(act="submit"),
    "worklist.notices_page": Route(),
    "worklist.page": Route(),
    "worklist.read_notices": Route(),
}


@dataclass(frozen=True)
class Visit:
    """One request to make: its name in a report, its method and address, the action it needs."""

    endpoint: str
    method: str
    address: str
    action: str


@pytest.fixture
def open_app(practice_app: Flask) -> Flask:
    """The practice record without the forms' tokens: what is tried here is who may, not where a form is from."""
    practice_app.config["WTF_CSRF_ENABLED"] = False
    return practice_app


def visits(app: Flask, state: str, person: str, *, of_states: bool = False) -> Iterator[Visit]:
    """Every method of every route of the table; only those about a State when asked so."""
    for endpoint, route in ROUTES.items():
        rules = list(app.url_map.iter_rules(endpoint)) if endpoint in app.view_functions else []
        if not rules or (of_states and "state" not in route.values):
            continue
        values = {**route.values, **({"state": state} if "state" in route.values else {})}
        values |= {"person": person} if "person" in values else {}
        arguments = set().union(*(rule.arguments for rule in rules))
        values |= {"lang": "en"} if "lang" in arguments else {}
        values |= {"record": "practice"} if any("record" in (rule.defaults or {}) for rule in rules) else {}
        with app.test_request_context():
            address = url_for(endpoint, **values)
        marked = app.view_functions[endpoint].access  # type: ignore[attr-defined]
        methods = set().union(*(rule.methods or () for rule in rules))
        if "GET" in methods:
            yield Visit(endpoint, "GET", address, route.get or marked)
        if "POST" in methods:
            yield Visit(endpoint, "POST", address, route.post or marked)


def made_by(client: FlaskClient, visit: Visit, actor: str | None) -> tuple[int, str]:
    """The status of a visit in a session of its own, and where it leads to."""
    client.delete_cookie("cpi1540")
    if actor is not None:
        with client.application.app_context(), transaction():
            row = db.session.scalar(select(PersonRow.id).where(PersonRow.actor == actor)) or 0
            token = sessions.start(row, actor)
        with client.session_transaction() as session:
            session["token"] = token
    answer = client.open(visit.address, method=visit.method)
    answer.close()
    return answer.status_code, answer.headers.get("Location", "")


def fault(visit: Visit, status: int, location: str, *, allowed: bool, nobody: bool) -> str | None:
    """What is wrong with an answer, or None."""
    if allowed:
        right = status < 500 and status not in (401, 403) and (nobody or "/sign-in?" not in location)
    elif nobody and visit.method == "GET":
        right = status == 302 and location.startswith("/en/sign-in?next=")
    else:
        right = status == (401 if nobody else 403)
    who = "may" if allowed else "may not"
    return None if right else f"{visit.method} {visit.endpoint} ({visit.action}, {who}): {status} {location}"


def test_every_route_and_every_action_is_in_the_tables(read_app: Flask) -> None:
    assert set(read_app.view_functions) == set(ROUTES)
    marks = {view.access for view in read_app.view_functions.values()}  # type: ignore[attr-defined]
    asked = {name for route in ROUTES.values() for name in (route.get, route.post) if name}
    assert marks | asked <= set(WHO)
    assert set(WHO) - {"public"} <= set(registered())


def test_every_route_as_nobody(open_app: Flask) -> None:
    client = open_app.test_client()
    faults = [
        fault(visit, *made_by(client, visit, None), allowed=visit.action == "public", nobody=True)
        for visit in visits(open_app, "XAC", "0" * 16)
    ]
    found = "\n".join(each for each in faults if each)
    assert found == ""


@pytest.mark.parametrize("role", Role)
def test_every_route_in_a_role(open_app: Flask, role: Role) -> None:
    with open_app.app_context():
        actor = make("visitor", (role, "XAC" if role is Role.FOCAL_POINT else "all"))
        other = make("other", Role.BRIEFER)
    client = open_app.test_client()
    faults = [
        fault(visit, *made_by(client, visit, actor), allowed=role in WHO[visit.action], nobody=False)
        for visit in visits(open_app, "XAC", other)
    ]
    found = "\n".join(each for each in faults if each)
    assert found == ""


@pytest.mark.parametrize("role", [Role.DESK_OFFICER, Role.REVIEWER, Role.FOCAL_POINT])
def test_a_role_in_one_state_opens_no_other(open_app: Flask, role: Role) -> None:
    with open_app.app_context():
        actor = make("visitor", (role, "XAA"))
    client = open_app.test_client()
    faults = []
    for state in ("XAA", "XAB"):
        for visit in visits(open_app, state, "", of_states=True):
            anywhere = visit.action in ("public", "signed-in") or (role in OFFICE and visit.action in WHOLE_OFFICE)
            allowed = role in WHO[visit.action] and (anywhere or state == "XAA")
            faults.append(fault(visit, *made_by(client, visit, actor), allowed=allowed, nobody=False))
    found = "\n".join(each for each in faults if each)
    assert found == ""
