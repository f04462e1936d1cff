"""Plans in the reader's words: offers that are missing, and the plan as a workbook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import g
from flask_babel import gettext

from cpi1540.assistance.matching.sides import natural
from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.planning.messages import METHOD, missing_sentence
from cpi1540.assistance.planning.plan import Missing, Plan
from cpi1540.assistance.planning.service.kept_plans import KeptPlan
from cpi1540.assistance.planning.service.plans import Planned
from cpi1540.assistance.planning.what_if import WhatIf
from cpi1540.assistance.requests.request import Need, Request, Requester
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.coverage.figures_xlsx import Cell, figures_workbook
from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.languages import current_language, day, language_names, name, percent, say, share
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.service import layouts

Needs = Mapping[str, tuple[Request, Need]]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """An offer that nobody makes, in words, and who asks for it."""

    told: Sentence
    missing: Missing
    requesters: tuple[Requester, ...]


def missing_lines(plan: Plan, needs: Needs) -> tuple[MissingLine, ...]:
    """The offers that are missing, the most needs first."""
    return tuple(
        MissingLine(
            missing_sentence(each, language_names(each.languages), row_name(each.row)),
            each,
            tuple(dict.fromkeys(needs[need][0].values.requester for need in each.needs if need in needs)),
        )
        for each in plan.missing
    )


def row_name(row: str | None) -> str:
    """The label of a row of the matrix ("op3cd.transit"), "" where there is none."""
    if row is None:
        return ""
    section, _, code = row.partition(".")
    found = layouts.layout().rows.get((section, code))
    return name(found.labels) if found else row


def plan_workbook(planned: Planned) -> bytes:
    """The plan as a workbook: a line for each open need."""
    notes = _notes(planned.plan, planned.weights.label, day(planned.on), planned.what_ifs)
    titles = {one.id: one.title for one in planned.offers.values()}
    providers = {
        one.id: name(planned.providers[one.provider].names)
        for one in planned.offers.values()
        if one.provider in planned.providers
    }
    names = requester_names(request.values.requester for request, _need in planned.needs.values())
    who = {need: names[request.values.requester] for need, (request, _need) in planned.needs.items()}
    kinds = {need: gettext(KIND_NAMES[each.values.kind]) for need, (_request, each) in planned.needs.items()}
    return _workbook(planned.plan, notes, who, kinds, titles, providers)


def kept_workbook(kept: KeptPlan) -> bytes:
    """A kept plan as a workbook: only what was kept of it."""
    notes = _notes(kept.plan, kept.head.weights, day(kept.head.as_of), kept.head.what_ifs)
    return _workbook(kept.plan, [*notes, kept.head.note] if kept.head.note else notes, {}, {}, {}, {})


def _notes(plan: Plan, weights: str, as_of: str, what_ifs: Iterable[WhatIf]) -> list[str]:
    return [
        *([gettext("Practice data.")] if g.record == PRACTICE else []),
        gettext("As of %(date)s", date=as_of),
        gettext("%(n)s of %(all)s open needs have an offer", n=len(plan.assignments), all=_open(plan)),
        gettext("Weights: %(weights)s; fairness: %(fairness)s", weights=weights, fairness=share(plan.fairness)),
        *(gettext("What if: %(what)s", what=say(each.told)) for each in what_ifs),
        gettext(
            "This plan %(total)s; best pair first %(greedy)s; upper bound %(bound)s; gap %(gap)s",
            total=share(plan.total),
            greedy=share(plan.greedy_total),
            bound=share(plan.upper_bound),
            gap=percent(plan.relative_gap, 3),
        ),
        gettext(METHOD),
    ]


def _open(plan: Plan) -> int:
    return len(plan.assignments) + len(plan.unmet)


def _workbook(
    plan: Plan,
    notes: list[str],
    who: Mapping[str, str],
    kinds: Mapping[str, str],
    titles: Mapping[str, str],
    providers: Mapping[str, str],
) -> bytes:
    first = {each.need: each for each in plan.greedy}
    because = {each.need: say(each.because) for each in plan.unmet}
    ours = {each.need: each for each in plan.assignments}
    rows: list[list[Cell]] = []
    for need in sorted({*ours, *because}, key=natural):
        mine, other = ours.get(need), first.get(need)
        rows.append(
            [
                need,
                who.get(need),
                kinds.get(need),
                mine.offer if mine else None,
                titles.get(mine.offer) if mine else None,
                providers.get(mine.offer) if mine else None,
                mine.score if mine else None,
                mine.value if mine else None,
                other.offer if other else None,
                other.value if other else None,
                because.get(need),
            ]
        )
    head = [
        gettext("Need"),
        gettext("Requester"),
        gettext("Kind of assistance"),
        gettext("Offer"),
        gettext("Title"),
        gettext("Provider"),
        gettext("Score"),
        gettext("Value"),
        gettext("Best pair first"),
        gettext("Its value"),
        gettext("Why no offer"),
    ]
    title = gettext("Plan over all open needs")
    return figures_workbook(title, notes, head, rows, rtl=current_language().direction == "rtl")
