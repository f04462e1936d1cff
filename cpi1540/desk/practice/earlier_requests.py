"""Invented requests of earlier years that ran their course: what they asked for was delivered before the last version.

Their needs are gaps of the version before it, so that one can see which codes changed afterwards.
"""

import datetime
from collections.abc import Mapping, Sequence
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
from cpi1540.desk.practice.assistance_requests import InventedRequest
from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.record import PracticeState, PracticeVersion
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import Handling, Status

MOST = 12
# The last version is approved so many days after the request (from, to): time enough to deliver and to follow up.
_BEFORE = (560, 900)
# Later ones would stand among the numbers of requests that are counted back from today.
_BEFORE_YEAR = 2024
_MOST_FIELDS = 6
_TO_THE_CHAIR = (Act.AUTHENTICATE, Act.CIRCULATE, Act.ACKNOWLEDGE)
_WITH_OFFER = (Act.RECEIVE_OFFER, Act.CIRCULATE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER)
_KINDS = (Kind.LEGISLATIVE_DRAFTING, Kind.REGULATORY, Kind.TRAINING)


def earlier_requests(
    states: Sequence[PracticeState], layout: Layout, texts: Mapping[str, Any], holidays: Holidays, seed: int
) -> list[tuple[InventedRequest, datetime.date]]:
    """(request, the day before which everything was delivered), by date: one of each State that has two versions."""
    found = []
    for state in states:
        versions = [version for version in state.versions if version.status is Status.APPROVED]
        if len(versions) < 2 or versions[-1].approved_on is None or versions[-1].layout != versions[-2].layout:
            continue
        draws = Draws(seed, state.code, "earlier request")
        day = workday_from(versions[-1].approved_on - datetime.timedelta(days=draws.between(*_BEFORE)), holidays)
        needs = _needs(state, versions[-2], layout, texts, draws)
        if needs and day.year < _BEFORE_YEAR:
            found.append((_request(state, day, needs, texts, holidays, draws), versions[-1].approved_on))
    chosen = Draws(seed, "all", "earlier requests").shuffled(found)[:MOST]
    return sorted(chosen, key=lambda each: (str(each[0].values.date), each[0].values.requester.states))


def _needs(
    state: PracticeState, version: PracticeVersion, layout: Layout, texts: Mapping[str, Any], draws: Draws
) -> tuple[NeedValues, ...]:
    gaps: dict[tuple[str, str], list[str]] = {}
    for field in layout.fields:
        if field.key in version.entries and is_gap(field, version.entries[field.key].code):
            gaps.setdefault((field.section, field.row), []).append(field.key)
    language = state.language
    made = []
    for (_section, _row), keys in draws.shuffled(gaps.items())[:3]:
        kind, fields = draws.one_of(_KINDS), tuple(keys[:_MOST_FIELDS])
        rows = texts["between"][language].join(dict.fromkeys(layout.field(key).labels[language] for key in fields))
        text: str = texts["objectives"][kind.value][language]
        made.append(
            NeedValues(
                kind,
                fields,
                domains_of(fields, layout),
                text % {"rows": rows} if "%(rows)s" in text else text,
                draws.one_of(texts["beneficiaries"])[language],
                languages=(language,),
                priority=draws.one_of((Priority.HIGH, Priority.MEDIUM)),
                time_frame=draws.one_of(texts["time_frames"])[language],
            )
        )
    return tuple(made)


def _request(
    state: PracticeState,
    day: datetime.date,
    needs: tuple[NeedValues, ...],
    texts: Mapping[str, Any],
    holidays: Holidays,
    draws: Draws,
) -> InventedRequest:
    language = state.language
    theme = needs[0].fields[0].split(".")[0]
    values = RequestValues(
        Requester((state.code,), None, True),
        Channel.NOTE_VERBALE,
        True,
        PartialDate.of(day),
        language,
        texts["titles"][theme][language],
        texts["texts"]["formal"][language],
        draws.one_of(texts["contacts"]),
        Consent.NOT_ASKED,
        None,
        Handling.PUBLIC,
    )
    statuses = tuple(NeedStatus.DELIVERED for _need in needs)
    return InventedRequest(values, needs, statuses, tuple(_acts(day, texts, holidays)))


def _acts(asked: datetime.date, texts: Mapping[str, Any], holidays: Holidays) -> list[tuple[Act, datetime.date, str]]:
    acts: list[tuple[Act, datetime.date, str]] = []
    day = asked
    for act in _TO_THE_CHAIR:
        day = workday_after(day, holidays)
        acts.append((act, day, texts["notes"].get(act.value, "")))
    acts.append((Act.CONSENT, day, ""))
    day = window(day, OBJECTION_DAYS, holidays).due
    for act in (Act.SEND, Act.POST, *_WITH_OFFER):
        acts.append((act, day, texts["notes"].get(act.value, "")))
        day = workday_after(day, holidays)
    day = workday_from(asked + datetime.timedelta(days=380), holidays)
    acts.append((Act.FOLLOW_UP, day, texts["notes"].get(Act.FOLLOW_UP.value, "")))
    acts.append((Act.CLOSE, workday_after(day, holidays), texts["notes"].get(Act.CLOSE.value, "")))
    return acts
