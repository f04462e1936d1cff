"""Plans kept as they were: written once, read again, compared with the record of today."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from cpi1540.assistance.matching.actions import READ_MATCHES
from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.offers.service.providers import under_next_number
from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.plan import Assignment, Missing, Plan, Unmet
from cpi1540.assistance.planning.service import plans
from cpi1540.assistance.planning.service.plans import Planned
from cpi1540.assistance.planning.since import Since, since
from cpi1540.assistance.planning.tables import KeptPlanRow
from cpi1540.assistance.planning.what_if import WhatIf, parse_what_if
from cpi1540.assistance.requests.request import Kind, Need, NeedStatus, Request, Status
from cpi1540.assistance.requests.service import lists
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.jobs import sentence_json
from cpi1540.foundation.messages import Sentence, sentence

_NUMBERED = "uq_kept_plan_practice_number"


@dataclass(frozen=True, slots=True)
class KeptHead:
    """What a list of kept plans shows of one; ``served`` of ``needs`` open needs have an offer in it."""

    number: int
    note: str
    language: str
    weights: str
    fairness: float
    as_of: datetime.date
    what_ifs: tuple[WhatIf, ...]
    total: float
    served: int
    needs: int
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it was kept."""

    head: KeptHead
    plan: Plan


@dataclass(frozen=True, slots=True)
class Today:
    """What is otherwise than in a kept plan. ``plan`` is made anew in the same way; None where it is too large for a
    page. ``known`` are all needs of the record, ``offers`` all its offers, withdrawn ones too.
    """

    since: Since
    plan: Plan | None
    known: Mapping[str, tuple[Request, Need]]
    offers: Mapping[str, Offer]


def keep(planned: Planned, actor: Actor, *, note: str, language: str) -> int:
    """Keep a plan as it is, for later; its number within the record."""
    ensure(actor, DECIDE_PLAN)
    highest = select(func.max(KeptPlanRow.number)).where(KeptPlanRow.practice.is_(planned.practice))
    kept = {
        "practice": planned.practice,
        "note": note.strip(),
        "language": language,
        "weights": planned.weights.label,
        "fairness": planned.fairness,
        "as_of": planned.on,
        "content": _content(planned),
        "by": actor.id,
        "at": now(),
    }

    def write(place: int) -> int:
        db.session.execute(insert(KeptPlanRow).values(**kept, number=place))
        return place

    number = under_next_number(write, lambda: db.session.scalar(highest) or 0, _NUMBERED)
    change = {"number": number, "practice": planned.practice, "assignments": len(planned.plan.assignments)}
    audit.record(actor.id, "plan.keep", [f"plan:{'X' if planned.practice else ''}{number}"], [change])
    return number


def kept_plans(practice: bool, actor: Actor) -> list[KeptHead]:
    """The plans kept of one record, the newest first."""
    ensure(actor, READ_MATCHES)
    query = select(KeptPlanRow).where(KeptPlanRow.practice.is_(practice)).order_by(KeptPlanRow.number.desc())
    return [_head(row) for row in db.session.scalars(query)]


def kept_plan(practice: bool, number: int, actor: Actor) -> KeptPlan:
    """One kept plan; NotFound when there is none of that number."""
    ensure(actor, READ_MATCHES)
    query = select(KeptPlanRow).where(KeptPlanRow.practice.is_(practice), KeptPlanRow.number == number)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound(sentence("There is no kept plan %(number)s.", number=str(number)))
    return KeptPlan(_head(row), _plan(row.fairness, row.content))


def today(kept: KeptPlan, practice: bool, actor: Actor) -> Today:
    """The record of today against a kept plan."""
    found = [line.request for line in lists.listing(lists.EVERYTHING, actor, practice=practice, size=None).lines]
    known = {need.id: (request, need) for request in found for need in request.needs}
    still_open = {
        identifier
        for identifier, (request, need) in known.items()
        if request.status is Status.OPEN and need.status is NeedStatus.OPEN
    }
    every = {one.id: one for one in offers.offers(practice, actor, withdrawn=True)}
    standing = {one.id for one in offers.offers(practice, actor)}
    made = None
    if plans.size(practice) <= plans.AT_ONCE:
        made = plans.plan(practice, actor, fairness=kept.head.fairness, what_ifs=kept.head.what_ifs).plan
    return Today(since(kept.plan, still_open, standing), made, known, every)


def _content(planned: Planned) -> dict[str, Any]:
    plan = planned.plan
    return {
        "what_ifs": [str(each) for each in planned.what_ifs],
        "assignments": [_written(each) for each in plan.assignments],
        "total": plan.total,
        "upper_bound": plan.upper_bound,
        "greedy": [_written(each) for each in plan.greedy],
        "greedy_total": plan.greedy_total,
        "unmet": [{"need": each.need, "because": sentence_json.written(each.because)} for each in plan.unmet],
        "missing": [
            {"kind": each.kind, "languages": list(each.languages), "row": each.row, "needs": list(each.needs)}
            for each in plan.missing
        ],
    }


def _written(each: Assignment) -> list[Any]:
    return [each.request, each.need, each.offer, each.score, each.value]


def _plan(fairness: float, content: Mapping[str, Any]) -> Plan:
    return Plan(
        fairness,
        tuple(Assignment(*each) for each in content["assignments"]),
        content["total"],
        content["upper_bound"],
        tuple(Assignment(*each) for each in content["greedy"]),
        content["greedy_total"],
        tuple(Unmet(each["need"], _sentence(each["because"])) for each in content["unmet"]),
        tuple(
            Missing(Kind(each["kind"]), tuple(each["languages"]), each["row"], tuple(each["needs"]))
            for each in content["missing"]
        ),
    )


def _sentence(kept: Mapping[str, Any]) -> Sentence:
    found = sentence_json.read(kept)
    if found is None:
        raise ValueError("a need that stays unmet has its reason")
    return found


def _head(row: KeptPlanRow) -> KeptHead:
    content = row.content
    supposed = [parse_what_if(text) for text in content["what_ifs"]]
    return KeptHead(
        row.number,
        row.note,
        row.language,
        row.weights,
        row.fairness,
        row.as_of,
        tuple(each for each in supposed if each is not None),
        content["total"],
        len(content["assignments"]),
        len(content["assignments"]) + len(content["unmet"]),
        row.by,
        row.at,
    )
