"""Sixty invented requests for assistance, at every step of the procedure, drawn from the gaps of invented States.

Dates are counted back from the day the record is made, so that what runs keeps running.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpi1540.assistance.procedure.steps import OBJECTION_DAYS, Act
from cpi1540.assistance.procedure.workdays import Holidays, window, workday_after, workday_from
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    NeedStatus,
    NeedValues,
    Priority,
    Requester,
    RequestValues,
    domains_of,
)
from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.record import PracticeState
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Aspect, Field, Layout
from cpi1540.matrix.record import Handling, Status

_NEEDS = (3, 2, 4)  # needs of one request after the other: three on average
_MOST_FIELDS = 6
_TO_THE_CHAIR = (Act.AUTHENTICATE, Act.CIRCULATE, Act.ACKNOWLEDGE)
_TO_PROVIDERS = (*_TO_THE_CHAIR, Act.SEND, Act.POST)
_TO_THE_OFFER = (*_TO_PROVIDERS, Act.RECEIVE_OFFER)
_TO_THE_REQUESTER = (*_TO_THE_OFFER, Act.CIRCULATE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER)
_FOR_STATES = (Kind.LEGISLATIVE_DRAFTING, Kind.REGULATORY)
_FOR_OFFICIALS = (Kind.TRAINING, Kind.EQUIPMENT, Kind.TECHNICAL, Kind.FUNDING)


@dataclass(frozen=True, slots=True)
class Plan:
    """So many requests of an age in days (from, to), that have come as far as ``acts``."""

    count: int
    ages: tuple[int, int]
    acts: tuple[Act, ...] = ()
    channels: tuple[Channel, ...] = (Channel.NOTE_VERBALE, Channel.TEMPLATE, Channel.MEMORANDUM)
    formal: bool = True
    statuses: tuple[NeedStatus, ...] = (NeedStatus.OPEN,)


_INFORMAL = (Channel.NATIONAL_REPORT, Channel.VISIT, Channel.REFERRAL)
_SOUGHT = (NeedStatus.OPEN, NeedStatus.OPEN, NeedStatus.PROPOSED)
_OFFERED = (NeedStatus.PROPOSED, NeedStatus.OPEN)
_UNDER_WAY = (NeedStatus.AGREED, NeedStatus.IN_DELIVERY, NeedStatus.DELIVERED, NeedStatus.OPEN)
PLANS = (
    Plan(3, (2, 20), channels=(Channel.PORTAL,), formal=False),
    Plan(4, (2, 12)),
    Plan(4, (5, 15), _TO_THE_CHAIR[:1]),
    Plan(4, (8, 20), _TO_THE_CHAIR[:2]),
    Plan(5, (9, 26), _TO_THE_CHAIR),
    Plan(5, (26, 45), _TO_PROVIDERS[:4]),
    Plan(10, (60, 330), _TO_PROVIDERS, statuses=_SOUGHT),
    Plan(3, (60, 300), channels=_INFORMAL, formal=False),
    Plan(2, (120, 350), _TO_THE_OFFER, statuses=_OFFERED),
    Plan(2, (130, 350), _TO_THE_REQUESTER[:-2], statuses=_OFFERED),
    Plan(2, (140, 350), _TO_THE_REQUESTER[:-1], statuses=_OFFERED),
    Plan(3, (200, 350), _TO_THE_REQUESTER, statuses=_UNDER_WAY),
    Plan(2, (372, 400), _TO_THE_REQUESTER, statuses=_UNDER_WAY),
    Plan(2, (420, 600), (*_TO_THE_REQUESTER, Act.FOLLOW_UP), statuses=_UNDER_WAY),
    Plan(3, (60, 200), (*_TO_PROVIDERS, Act.REFER)),
    Plan(4, (450, 800), (*_TO_THE_REQUESTER, Act.FOLLOW_UP, Act.CLOSE), statuses=(NeedStatus.DELIVERED,)),
    Plan(2, (80, 300), (*_TO_PROVIDERS[:4], Act.WITHDRAW), statuses=(NeedStatus.WITHDRAWN,)),
)


@dataclass(frozen=True, slots=True)
class InventedRequest:
    """A request with its needs and how far each has come, and the acts done on it with their dates."""

    values: RequestValues
    needs: tuple[NeedValues, ...]
    statuses: tuple[NeedStatus, ...]
    acts: tuple[tuple[Act, datetime.date, str], ...]


def read_texts(folder: Path) -> Mapping[str, Any]:
    """The texts in ``assistance.json`` of the folder."""
    found: Mapping[str, Any] = json.loads((folder / "assistance.json").read_text("utf-8"))
    return found


def requests(
    states: Sequence[PracticeState],
    layout: Layout,
    texts: Mapping[str, Any],
    today: datetime.date,
    holidays: Holidays,
    seed: int,
) -> list[InventedRequest]:
    """All requests, by date. Every State asks once at least; some ask together; three are of organizations."""
    draws = Draws(seed, "all", "requests")
    order = draws.shuffled(states)
    plans = [plan for plan in PLANS for _request in range(plan.count)]
    # The State of the demonstration's focal point has requests at four steps that are easy to tell apart.
    shown = next(state for state in states if state.code == "XAG")
    asking = _requesters(plans, order, shown, texts)
    made = [
        _Request(plan, requester, own, layout, texts, (today, holidays), Draws(seed, str(place), "request")).made(
            _NEEDS[place % 3]
        )
        for place, (plan, (requester, own)) in enumerate(zip(plans, asking, strict=True))
    ]
    return sorted(made, key=lambda each: (str(each.values.date), each.values.requester.states))


def _requesters(
    plans: Sequence[Plan], order: Sequence[PracticeState], shown: PracticeState, texts: Mapping[str, Any]
) -> Iterator[tuple[Requester, tuple[PracticeState, ...]]]:
    organizations = iter(texts["organizations"])
    rest = iter([*order, *order])
    seen: set[tuple[Act, ...]] = set()
    for place, plan in enumerate(plans):
        if plan.acts not in seen and len(plan.acts) in (0, 3, 5, 9):
            seen.add(plan.acts)
            yield Requester((shown.code,), None, True), (shown,)
        elif plan.formal and place % 19 == 18:
            yield Requester((), next(organizations), True), tuple(order[:6])
        elif plan.formal and place % 13 == 12:
            first = next(rest)
            group = [first, *(state for state in order if state.group == first.group and state is not first)][:3]
            yield Requester(tuple(sorted(state.code for state in group)), None, True), tuple(group)
        else:
            own = next(rest)
            yield Requester((own.code,), None, True), (own,)


class _Request:
    """The making of one request."""

    def __init__(
        self,
        plan: Plan,
        requester: Requester,
        states: tuple[PracticeState, ...],
        layout: Layout,
        texts: Mapping[str, Any],
        calendar: tuple[datetime.date, Holidays],
        draws: Draws,
    ) -> None:
        self._plan, self._requester, self._states, self._layout = plan, requester, states, layout
        self._texts, self._draws = texts, draws
        self._today, self._holidays = calendar
        self._language = states[0].language if requester.states else "en"

    def made(self, needs: int) -> InventedRequest:
        """The request with so many needs."""
        plan, draws = self._plan, self._draws
        asked = tuple(self._needs(needs))
        # Never on a day that has not begun: a weekend moves back, not forward.
        day = self._today - datetime.timedelta(days=draws.between(*plan.ages))
        while workday_from(day, self._holidays) > self._today:
            day -= datetime.timedelta(days=1)
        day = workday_from(day, self._holidays)
        channel = draws.one_of(plan.channels)
        sections = [key.split(".")[0] for need in asked for key in need.fields]
        theme = max(sorted(set(sections)), key=sections.count) if sections else "general"
        kind = "informal" if not plan.formal else "joint" if len(self._requester.states) != 1 else "formal"
        values = RequestValues(
            self._requester,
            channel,
            plan.formal,
            PartialDate.of(day),
            self._language,
            self._texts["titles"][theme][self._language],
            self._texts["texts"][kind][self._language],
            draws.one_of(self._texts["contacts"]),
            Consent.NOT_ASKED,
            None,
            Handling.RESTRICTED if channel is Channel.PORTAL else Handling.PUBLIC,
            self._texts["source"][self._language] if channel is Channel.NATIONAL_REPORT else "",
        )
        statuses = tuple(plan.statuses[place % len(plan.statuses)] for place in range(len(asked)))
        return InventedRequest(values, asked, statuses, tuple(self._acts(day)))

    def _acts(self, day: datetime.date) -> Iterator[tuple[Act, datetime.date, str]]:
        draws, acts = self._draws, self._plan.acts
        objects = Act.POST in acts and draws.happens(0.2)
        # Nothing is posted without consent.
        agrees = Act.ACKNOWLEDGE in acts and not objects and (draws.happens(0.6) or Act.POST in acts)
        opens = day
        for act in acts:
            if act is Act.POST and objects:
                continue
            if act in (Act.SEND, Act.POST):
                day = max(day, opens)
            elif act is Act.FOLLOW_UP:
                day = max(day, workday_from(self._today - datetime.timedelta(days=40), self._holidays))
            else:
                # A provider takes its time; everything else is done within a day or two.
                for _day in range(draws.between(8, 18) if act is Act.RECEIVE_OFFER else draws.between(1, 2)):
                    day = workday_after(day, self._holidays)
            day = min(day, self._today)
            yield act, day, self._texts["notes"].get(act.value, "")
            if act is Act.ACKNOWLEDGE:
                opens = window(day, OBJECTION_DAYS, self._holidays).due
                if agrees or objects:
                    yield (Act.CONSENT if agrees else Act.OBJECT_TO_POSTING), day, ""

    def _needs(self, count: int) -> Iterator[NeedValues]:
        draws, texts, language = self._draws, self._texts, self._language
        gaps = [(field.section, field.row, field.key) for state in self._states for field in self._gaps(state)]
        for _need in range(count):
            if not gaps:
                kind = draws.one_of((Kind.ACTION_PLAN, Kind.REPORTING))
                fields: tuple[str, ...] = ()
            else:
                section, row, _key = draws.one_of(gaps)
                keys = [key for where, name, key in gaps if (where, name) == (section, row)]
                fields = tuple(sorted(set(keys), key=self._layout.positions.__getitem__))[:_MOST_FIELDS]
                framework = any(self._layout.field(key).aspect is Aspect.FRAMEWORK for key in fields)
                kind = draws.one_of(_FOR_STATES if framework and draws.happens(0.7) else _FOR_OFFICIALS)
                gaps = [each for each in gaps if each[:2] != (section, row)]
            yield NeedValues(
                kind,
                fields,
                domains_of(fields, self._layout),
                self._objective(kind, fields),
                draws.one_of(texts["beneficiaries"])[language],
                draws.one_of(texts["in_place"])[language] if draws.happens(0.4) else "",
                draws.one_of(texts["own_contribution"])[language] if draws.happens(0.5) else "",
                tuple(sorted({language, draws.one_of(("en", "fr"))})),
                draws.one_of((Priority.HIGH, Priority.MEDIUM, Priority.MEDIUM, Priority.LOW)),
                draws.one_of(texts["time_frames"])[language],
            )

    def _gaps(self, state: PracticeState) -> list[Field]:
        """The fields that are gaps in the version of the committee that came last."""
        approved = [version for version in state.versions if version.status is Status.APPROVED]
        if not approved:
            return []
        entries = approved[-1].entries
        return [
            field for field in self._layout.fields if field.key in entries and is_gap(field, entries[field.key].code)
        ]

    def _objective(self, kind: Kind, fields: tuple[str, ...]) -> str:
        labels = dict.fromkeys(self._layout.field(key).labels[self._language] for key in fields)
        rows = self._texts["between"][self._language].join(labels)
        text: str = self._texts["objectives"][kind.value][self._language]
        return text % {"rows": rows} if "%(rows)s" in text else text
