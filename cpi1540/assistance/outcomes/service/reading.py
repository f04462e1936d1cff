"""Matches read from the record, as many queries for one as for a thousand; what follows from all of them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from cpi1540.assistance.actions import coordinates
from cpi1540.assistance.matching.sides import TrackRecord
from cpi1540.assistance.offers.offer import offer_id, parse_offer_id, parse_provider_id, provider_id
from cpi1540.assistance.offers.tables import OfferRow, ProviderPersonRow, ProviderRow
from cpi1540.assistance.outcomes.match import (
    AGREED_OR_LATER,
    ENDED,
    Done,
    Match,
    MatchAct,
    MatchStatus,
    Side,
    match_id,
    parse_match_id,
)
from cpi1540.assistance.outcomes.service.kept_reasons import reasons_from
from cpi1540.assistance.outcomes.standing import Ending
from cpi1540.assistance.outcomes.tables import MatchActRow, MatchRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Requester, need_id, parse_id, request_id
from cpi1540.assistance.requests.tables import NeedRow, RequesterRow, RequestRow
from cpi1540.foundation.access import Actor, Role
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.record import Handling
from cpi1540.states.tables import GroupMembershipRow, StateRow

_DELIVERED = (MatchStatus.DELIVERED, MatchStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Placed:
    """A match with what decides who may know of it."""

    match: Match
    practice: bool
    requester: Requester
    handling: Handling
    people: frozenset[str]  # those who keep the provider's programmes
    offer_title: str
    offer_language: str
    provider_names: Mapping[str, str]


def matches(practice: bool, actor: Actor) -> tuple[Match, ...]:
    """Every match of one record that the actor may read, by identifier."""
    return _readable(RequestRow.practice.is_(practice), actor)


def matches_of(
    actor: Actor,
    *,
    request: str | None = None,
    need: str | None = None,
    offer: str | None = None,
    provider: str | None = None,
) -> tuple[Match, ...]:
    """The matches of a request, a need, an offer or a provider (their identifiers) that the actor may read."""
    return _readable(and_(*_named(request, need, offer, provider)), actor)


def find(identifier: str, actor: Actor, *, practice: bool | None = None) -> Placed:
    """A match with everything on record; NotFound also when the actor may not know of it."""
    found = placed(identifier)
    if practice in (None, found.practice) and may_read(actor, found):
        return found
    raise not_found(identifier)


def placed(identifier: str) -> Placed:
    """A match whoever asks, for services that have asked already; NotFound when there is none."""
    request, need, number = parse_match_id(identifier) or ("", 0, 0)
    condition = and_(*_named(request, None, None, None), NeedRow.number == need, MatchRow.number == number)
    for found in _placed(condition):
        return found
    raise not_found(identifier)


def going_on(request: str, need: int, offer: str) -> Placed | None:
    """The match of a need with an offer that has not ended, whoever asks; None without one. There is never a second."""
    condition = and_(*_named(request, None, offer, None), NeedRow.number == need, MatchRow.status.not_in(ENDED))
    return next(iter(_placed(condition)), None)


def not_found(identifier: str) -> NotFound:
    """The answer for a match that there is not, or that the asker may not know of."""
    return NotFound(sentence("There is no match %(match)s.", match=printable(identifier)[:40]))


def subjects(placed: Placed) -> list[str]:
    """What an event about a match is found by."""
    match = placed.match
    named = [f"match:{match.id}", f"request:{match.request}", f"offer:{match.offer}", f"provider:{match.provider}"]
    return [*named, *(f"state:{code}" for code in placed.requester.states)]


def side_of(actor: Actor, placed: Placed) -> Side | None:
    """For whom the actor acts on a match: as a coordinator, for the provider, or for the State that asks."""
    states = placed.requester.states
    if coordinates(actor, placed.requester):
        return Side.OFFICE
    if actor.id in placed.people and actor.holds(Role.PROVIDER_CONTACT):
        return Side.PROVIDER
    if any(actor.holds(Role.FOCAL_POINT, state) for state in states):
        return Side.REQUESTER
    return None


def may_read(actor: Actor, placed: Placed) -> bool:
    """Whether the actor may read a match: the office every one, the two sides theirs once both know of it."""
    if actor.of_the_office:
        return True
    if not placed.match.shared_with_both:
        return False
    side = side_of(actor, placed)
    return side is Side.PROVIDER or (side is Side.REQUESTER and placed.handling is not Handling.INTERNAL)


def promised(practice: bool, year: int | None = None) -> dict[str, int]:
    """Offer -> the places promised in a year, this one when none is named: needs whose match both sides agreed on in
    it, and that was not withdrawn. An offer of which none is promised is left out.
    """
    year = year or calendar.today().year
    query = (
        select(OfferRow.number)
        .join(MatchRow, MatchRow.offer_id == OfferRow.id)
        .where(
            OfferRow.practice.is_(practice),
            MatchRow.status.in_(AGREED_OR_LATER),
            MatchRow.agreed_on >= datetime.date(year, 1, 1),
            MatchRow.agreed_on <= datetime.date(year, 12, 31),
        )
        .order_by(OfferRow.number)
    )
    found: dict[str, int] = {}
    for number in db.session.scalars(query):
        offer = offer_id(practice, number)
        found[offer] = found.get(offer, 0) + 1
    return found


def promised_pairs(practice: bool, year: int | None = None) -> list[tuple[str, str]]:
    """(need, offer) of every place that ``promised`` counts, by identifier of the need."""
    year = year or calendar.today().year
    found = [each.match for each in placed_matches(practice) if each.match.status in AGREED_OR_LATER]
    return [(each.need, each.offer) for each in found if (day := each.on(MatchAct.AGREE)) and day.year == year]


def track_records(practice: bool) -> dict[str, TrackRecord]:
    """Provider -> what came of its matches. What fell through was agreed on before; a plain refusal is none, nor is
    what ended because the need or the request was withdrawn.
    """
    ended_with_its_need = select(MatchActRow.match_id).where(
        MatchActRow.act == MatchAct.WITHDRAW, MatchActRow.answer.in_(Ending), MatchActRow.taken_back_at.is_(None)
    )
    query = (
        select(ProviderRow.number, MatchRow.status)
        .join(OfferRow, OfferRow.provider_id == ProviderRow.id)
        .join(MatchRow, MatchRow.offer_id == OfferRow.id)
        .where(
            ProviderRow.practice.is_(practice),
            or_(
                MatchRow.status.in_(_DELIVERED),
                and_(
                    MatchRow.status == MatchStatus.WITHDRAWN,
                    MatchRow.agreed_on.is_not(None),
                    MatchRow.id.not_in(ended_with_its_need),
                ),
            ),
        )
    )
    counts: dict[str, list[int]] = {}
    for number, status in db.session.execute(query):
        counts.setdefault(provider_id(practice, number), [0, 0])[status == MatchStatus.WITHDRAWN] += 1
    return {provider: TrackRecord(*counted) for provider, counted in sorted(counts.items())}


def worked_in(practice: bool) -> dict[str, frozenset[str]]:
    """Provider -> the States in which it delivered, and their regional groups (electoral basis), by their codes."""
    query = (
        select(ProviderRow.number, StateRow.code, GroupMembershipRow.group)
        .join(OfferRow, OfferRow.provider_id == ProviderRow.id)
        .join(MatchRow, MatchRow.offer_id == OfferRow.id)
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .join(RequesterRow, RequesterRow.request_id == NeedRow.request_id)
        .join(StateRow, StateRow.id == RequesterRow.state_id)
        .outerjoin(
            GroupMembershipRow,
            and_(GroupMembershipRow.state_id == StateRow.id, GroupMembershipRow.basis == "electoral"),
        )
        .where(ProviderRow.practice.is_(practice), MatchRow.status.in_(_DELIVERED))
    )
    found: dict[str, set[str]] = {}
    for number, state, group in db.session.execute(query):
        found.setdefault(provider_id(practice, number), set()).update(each for each in (state, group) if each)
    return {provider: frozenset(places) for provider, places in sorted(found.items())}


def placed_matches(practice: bool) -> list[Placed]:
    """Every match of one record with whose it is, whoever asks; for services that count."""
    return _placed(RequestRow.practice.is_(practice))


def readable(condition: ColumnElement[bool], actor: Actor) -> list[Placed]:
    """The matches for which ``condition`` holds, of those the actor may read, by identifier."""
    return [found for found in _placed(condition) if may_read(actor, found)]


def _readable(condition: ColumnElement[bool], actor: Actor) -> tuple[Match, ...]:
    return tuple(found.match for found in readable(condition, actor))


def _named(
    request: str | None, need: str | None, offer: str | None, provider: str | None
) -> Iterable[ColumnElement[bool]]:
    if need is not None:
        request, _slash, number = need.rpartition("/")
        yield NeedRow.number == int(number) if number.isdecimal() and len(number) < 5 else false()
    if request is not None:
        asked = parse_id(request)
        yield (
            and_(RequestRow.practice.is_(asked[0]), RequestRow.year == asked[1], RequestRow.number == asked[2])
            if asked
            else false()
        )
    if offer is not None:
        offered = parse_offer_id(offer)
        yield and_(OfferRow.practice.is_(offered[0]), OfferRow.number == offered[1]) if offered else false()
    if provider is not None:
        gives = parse_provider_id(provider)
        yield and_(ProviderRow.practice.is_(gives[0]), ProviderRow.number == gives[1]) if gives else false()


def _placed(condition: ColumnElement[bool]) -> list[Placed]:
    """The matches for which ``condition`` holds, by identifier: four queries."""
    chosen = (
        select(MatchRow.id)
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .join(OfferRow, OfferRow.id == MatchRow.offer_id)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(condition)
    )
    rows = db.session.execute(
        select(
            MatchRow,
            NeedRow.number,
            RequestRow.id,
            RequestRow.practice,
            RequestRow.year,
            RequestRow.number,
            RequestRow.organization,
            RequestRow.handling,
            OfferRow.number,
            OfferRow.title,
            OfferRow.language,
            ProviderRow.id,
            ProviderRow.number,
            ProviderRow.names,
        )
        .join(NeedRow, NeedRow.id == MatchRow.need_id)
        .join(RequestRow, RequestRow.id == NeedRow.request_id)
        .join(OfferRow, OfferRow.id == MatchRow.offer_id)
        .join(ProviderRow, ProviderRow.id == OfferRow.provider_id)
        .where(condition)
        .order_by(RequestRow.practice, RequestRow.year, RequestRow.number, NeedRow.number, MatchRow.number)
    ).all()
    acts = _acts(chosen)
    states = _states(chosen)
    people = _people(chosen)
    found = []
    for row, need, key, practice, year, number, organization, handling, *offered in rows:
        offer, title, language, provider_key, provider, names = offered
        request = request_id(practice, year, number)
        match = Match(
            match_id(request, need, row.number),
            row.number,
            request,
            need_id(request, need),
            offer_id(practice, offer),
            provider_id(practice, provider),
            MatchStatus(row.status),
            reasons_from(row.weights, row.score, row.rank, row.factors),
            tuple(acts.get(row.id, ())),
            row.revision,
        )
        requester = Requester(tuple(states.get(key, ())), organization, practice)
        keepers = frozenset(people.get(provider_key, ()))
        found.append(Placed(match, practice, requester, Handling(handling), keepers, title, language, names))
    return found


def _acts(chosen: Any) -> dict[int, list[Done]]:
    query = (
        select(MatchActRow)
        .where(MatchActRow.match_id.in_(chosen), MatchActRow.taken_back_at.is_(None))
        .order_by(MatchActRow.match_id, MatchActRow.number)
    )
    found: dict[int, list[Done]] = {}
    for row in db.session.scalars(query):
        done = Done(
            row.number,
            MatchAct(row.act),
            row.on,
            Side(row.side),
            row.answer,
            row.note,
            row.language,
            row.actor,
            row.at,
        )
        found.setdefault(row.match_id, []).append(done)
    return found


def _states(chosen: Any) -> dict[int, list[str]]:
    of_requests = (
        select(NeedRow.request_id).join(MatchRow, MatchRow.need_id == NeedRow.id).where(MatchRow.id.in_(chosen))
    )
    query = (
        select(RequesterRow.request_id, StateRow.code)
        .join(StateRow, StateRow.id == RequesterRow.state_id)
        .where(RequesterRow.request_id.in_(of_requests))
        .order_by(StateRow.code)
    )
    found: dict[int, list[str]] = {}
    for key, code in db.session.execute(query):
        found.setdefault(key, []).append(code)
    return found


def _people(chosen: Any) -> dict[int, list[str]]:
    of_providers = (
        select(OfferRow.provider_id).join(MatchRow, MatchRow.offer_id == OfferRow.id).where(MatchRow.id.in_(chosen))
    )
    query = select(ProviderPersonRow.provider_id, ProviderPersonRow.actor).where(
        ProviderPersonRow.provider_id.in_(of_providers)
    )
    found: dict[int, list[str]] = {}
    for key, actor in db.session.execute(query):
        found.setdefault(key, []).append(actor)
    return found
