"""The desk's work on the practice record: its people, and what they wrote, sent, proposed and answered.

Days are counted back from the day the record is made, so that what is due stays due.
"""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import now
from cpi1540.matrix.proposal import Decision, Wish
from cpi1540.matrix.record import Code, Version
from cpi1540.matrix.service import comments, drafts, proposals, quality, steps
from cpi1540.matrix.service.steps import Papers
from cpi1540.matrix.workflow import Act
from cpi1540.people.service import demo
from cpi1540.states import service as states
from cpi1540.states.state import State


def load(folder: Path) -> None:
    """Write what ``desk.json`` says into the practice record; belongs to the caller's transaction."""
    seed = json.loads((folder / "desk.json").read_text("utf-8"))
    members = {state.code: state for state in states.states(practice=True)}
    people = {each["sign_in"]: _person(each, members) for each in seed["people"]}
    for code, taken in seed["steps"].items():
        for step in taken:
            _take(members[code], step, seed["reasons"], people)
            if step["act"] == "send":
                _propose(members[code], seed["proposals"].get(code, ()), people)
    for code, written in seed["comments"].items():
        for each in written:
            _comment(members[code], each, people)


def _person(found: Mapping[str, Any], members: Mapping[str, State]) -> Actor:
    """An account of the practice record, for practice States only."""
    group, state = found.get("group"), found.get("state")
    where = [state] if state else [code for code, each in members.items() if group in (None, each.group)]
    return demo.make_practice_person(found["sign_in"], found["name"], Role(found["role"]), where)


def _before(days: int) -> datetime.datetime:
    return now() - datetime.timedelta(days=days)


def _draft(state: State, actor: Actor) -> Version:
    version = drafts.open_version(state, actor)
    if version is None:
        raise LookupError(f"{state.code} has no draft")
    return version


def _take(state: State, step: Mapping[str, Any], reasons: Mapping[str, str], people: Mapping[str, Actor]) -> None:
    actor, language = people[step["by"]], state.language or "en"
    version = _draft(state, actor)
    if step["act"] == "submit":
        open_warnings = [each.finding for each in quality.verdict(state, version).findings if not each.reason]
        explained = {(each.check, each.field or ""): reasons[language] for each in open_warnings}
        if explained:
            quality.explain(state, version, explained, actor)
    due = _before(step["due"]).date() if "due" in step else None
    reason = step.get("reason", {}).get(language, "")
    steps.take(state, version, Act(step["act"]), actor, Papers(reason, due), at=_before(step["days"]))


def _propose(state: State, proposed: tuple[Mapping[str, Any], ...], people: Mapping[str, Actor]) -> None:
    language = state.language or "en"
    for each in proposed:
        actor = people[each["by"]]
        code = Code(each["code"]) if "code" in each else None
        texts = (each.get("sources", ""), each.get("remarks", ""), each.get("comment", ""))
        wish = Wish(each["field"], "code" in each, code, *texts)
        at, version = _before(each["days"]), _draft(state, actor)
        proposals.propose(state, version, [wish], actor, language=language, channel="portal", at=at)
        if "answer" in each:
            answer, officer = each["answer"], people[each["answer"]["by"]]
            made = [one for one in proposals.proposals(state, version, officer) if one.wish.field == each["field"]]
            proposals.answer(state, made[-1].id, Decision(answer["decision"]), answer["reason"], officer)


def _comment(state: State, found: Mapping[str, Any], people: Mapping[str, Actor]) -> None:
    def write(text: Mapping[str, Any], reply_to: int | None) -> int:
        named = [people[name].id for name in comments.names_mentioned(text["text"]) if name in people]
        return comments.write(
            state,
            found["field"],
            text["text"],
            people[text["by"]],
            language=state.language or "en",
            shared=bool(found.get("shared")),
            reply_to=reply_to,
            mentioned=named,
            at=_before(text["days"]),
        )

    head = write(found, None)
    if "reply" in found:
        write(found["reply"], head)
    if "settled" in found:
        comments.resolve(state, head, people[found["settled"]])
