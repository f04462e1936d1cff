"""What waits for a person in one record, gathered from the services of the wings."""

import datetime
from collections.abc import Sequence

from cpi1540.assistance.outcomes.match import parse_match_id
from cpi1540.assistance.outcomes.service import waiting as matches
from cpi1540.assistance.requests.service import waiting
from cpi1540.desk.worklist import Item, Kind
from cpi1540.exchange.service import workbooks as exchange
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.messages import plural_sentence, sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix.record import Status
from cpi1540.matrix.service import ageing, comments, proposals, steps, versions
from cpi1540.states import service as states
from cpi1540.states.state import State

# A person with more States than this sees the standing conditions of the record in one line for all of them.
MANY_STATES = 60


def items(actor: Actor, *, practice: bool, standing: bool = True) -> list[Item]:
    """Everything that waits for the actor; without ``standing`` only what somebody waits for."""
    members = states.states(practice=practice)
    written = _held(members, actor, Role.DESK_OFFICER)
    reviewed = _held(members, actor, Role.REVIEWER)
    own = _held(members, actor, Role.FOCAL_POINT)
    worked = {state.code: state for state in (*written, *reviewed)}
    found: list[Item] = []
    if worked:
        found += _drafts(written, reviewed, actor)
        found += _asked([state.id for state in worked.values()], actor)
        found += [
            Item(
                Kind.IMPORTS,
                waiting.state,
                sentence("A file was read and waits for you: %(file)s", file=waiting.name),
                "exchange.preview",
                {"state": waiting.state, "token": waiting.token},
                since=waiting.at,
            )
            for waiting in exchange.waiting(actor)
            if waiting.state in worked
        ]
    if own:
        found += _for_the_state(own, actor)
    found += _requests(actor, practice)
    found += _matches(actor, practice)
    if standing and written:
        found += _standing(written, actor)
    return found


def count(actor: Actor, *, practice: bool) -> int:
    """How many things somebody waits for."""
    return len(items(actor, practice=practice, standing=False))


def _held(members: Sequence[State], actor: Actor, role: Role) -> list[State]:
    return [state for state in members if actor.holds(role, state.code)]


def _drafts(written: Sequence[State], reviewed: Sequence[State], actor: Actor) -> list[Item]:
    """Drafts that wait for a reviewer, for an officer, for the State or for the Committee."""
    both = {state.id: state for state in (*written, *reviewed)}
    writes, reviews = {state.code for state in written}, {state.code for state in reviewed}
    since, due = steps.since(list(both)), steps.due_dates(list(both))
    found = []
    for code, version in versions.open_of(list(both.values()), actor).items():
        values, at, number = {"state": code}, since.get(code) or version.recorded_at, str(version.number)
        if version.status is Status.IN_REVIEW and code in reviews:
            what = sentence("Version %(version)s waits for a reviewer", version=number)
            found.append(Item(Kind.DRAFTS, code, what, "workflow.overview", values, since=at))
        elif version.status is Status.DRAFT and code in writes and code in since:
            what = sentence("Version %(version)s came back to you", version=number)
            found.append(Item(Kind.DRAFTS, code, what, "workflow.overview", values, since=at))
        elif version.status is Status.AGREED and code in reviews:
            what = sentence("Version %(version)s is agreed: record the approval when it comes", version=number)
            found.append(Item(Kind.DRAFTS, code, what, "workflow.overview", values, since=at))
        elif version.status is Status.WITH_STATE and code in due:
            what = sentence("The State’s answer on version %(version)s is due", version=number)
            found.append(Item(Kind.DUE, code, what, "round.page", values, due=due[code], since=at))
    return found


def _asked(keys: Sequence[int], actor: Actor) -> list[Item]:
    """Proposals without an answer, and fields with an open thread that somebody else began."""
    found = [
        Item(
            Kind.PROPOSALS,
            code,
            plural_sentence(
                "%(n)s proposal of the State has no answer", "%(n)s proposals of the State have no answer", n
            ),
            "round.page",
            {"state": code},
            since=since,
        )
        for code, n, since in proposals.waiting(keys)
    ]
    by_state: dict[str, list[tuple[str, int]]] = {}
    began: dict[str, datetime.datetime] = {}
    for code, field, n, since in comments.waiting(keys, actor):
        by_state.setdefault(code, []).append((field, n))
        began[code] = min(began.get(code, since), since)
    for code, fields in by_state.items():
        n = sum(count for _field, count in fields)
        what = plural_sentence("%(n)s comment is open", "%(n)s comments are open", n)
        found.append(Item(Kind.COMMENTS, code, what, "comments.listed", {"state": code}, since=began[code]))
    return found


def _for_the_state(own: Sequence[State], actor: Actor) -> list[Item]:
    """What the office waits for from the focal point of a State."""
    due, since = steps.due_dates([state.id for state in own]), steps.since([state.id for state in own])
    return [
        Item(
            Kind.DUE,
            code,
            sentence("The draft of your matrix waits for your comments"),
            "round.page",
            {"state": code},
            due=due.get(code),
            since=since.get(code),
        )
        for code, version in versions.open_of(own, actor).items()
        if version.status is Status.WITH_STATE
    ]


def _requests(actor: Actor, practice: bool) -> list[Item]:
    """What waits about requests for assistance, for a coordinator or for the State that asks."""
    return [
        Item(
            Kind.REQUESTS,
            each.requester.states[0] if each.requester.states else None,
            each.what,
            "requests.one",
            {"request_id": each.request},
            sentence("Request %(request)s", request=each.request),
            due=each.due,
            since=datetime.datetime.combine(each.since, datetime.time(), datetime.UTC) if each.since else None,
        )
        for each in waiting.waiting_for(actor, practice=practice)
    ]


def _matches(actor: Actor, practice: bool) -> list[Item]:
    """Matches that wait for a coordinator, for the provider's contact or for the State that asks."""
    found = []
    for each in matches.waiting_for(actor, practice=practice):
        request, need, number = parse_match_id(each.match) or ("", 0, 0)
        found.append(
            Item(
                Kind.REQUESTS,
                each.requester.states[0] if each.requester.states else None,
                each.what,
                "match_page.one",
                {"request_id": request, "need": need, "number": number},
                sentence("Match %(match)s", match=each.match),
                since=datetime.datetime.combine(each.since, datetime.time(), datetime.UTC),
            )
        )
    return found


def _standing(written: Sequence[State], actor: Actor) -> list[Item]:
    """Citations that have gone stale, and fields nobody has reviewed."""
    chosen = versions.effective(written, today()) | versions.open_of(written, actor)
    stale, unreviewed = ageing.stale_fields(list(chosen.values())), ageing.not_reviewed(list(chosen.values()))
    if len(written) > MANY_STATES:
        return _in_one_line(len(stale), len(unreviewed))
    found = []
    for code, old in stale.items():
        n = sum(old.values())
        what = plural_sentence("%(n)s source is stale", "%(n)s sources are stale", n)
        open_draft = chosen[code].status is Status.DRAFT
        place = ("draft.section", {"state": code, "section": "op2", "show": "stale"})
        endpoint, values = place if open_draft else ("matrix.section", {"state": code, "section": "op2"})
        found.append(Item(Kind.STALE, code, what, endpoint, values))
    for code, n in unreviewed.items():
        what = plural_sentence("%(n)s field is not reviewed", "%(n)s fields are not reviewed", n)
        found.append(Item(Kind.NOT_REVIEWED, code, what, "coverage.gaps", {"state": code}))
    for state in written:
        if state.code not in chosen:
            what = sentence("No field is reviewed: there is no version yet")
            found.append(Item(Kind.NOT_REVIEWED, state.code, what, "workflow.overview", {"state": state.code}))
    return found


def _in_one_line(stale: int, unreviewed: int) -> list[Item]:
    found = []
    if stale:
        what = plural_sentence("%(n)s State has stale sources", "%(n)s States have stale sources", stale)
        found.append(Item(Kind.STALE, None, what, "desk.states_list", {}))
    if unreviewed:
        what = plural_sentence(
            "%(n)s State has fields that are not reviewed", "%(n)s States have fields that are not reviewed", unreviewed
        )
        found.append(Item(Kind.NOT_REVIEWED, None, what, "desk.states_list", {}))
    return found
