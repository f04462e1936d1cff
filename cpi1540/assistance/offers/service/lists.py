"""Lists of offers and of providers, filtered. The number of queries never grows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from cpi1540.assistance.offers.offer import Offer, Provider, ProviderKind, Validity, is_stale, stale_before
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.offers.tables import OfferFieldRow, OfferRow, ProviderRow
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.layout import Domain
from cpi1540.states.tables import GroupMembershipRow, StateRow

PAGE = 50
GENERAL = "general"  # in place of a section: offers for no field in particular


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of offers is narrowed to.

    ``section`` may be ``GENERAL``; ``row`` is a key such as "op3cd.transit"; ``group`` is a region that the offer is
    open to, in part at least; ``mine`` leaves those that the reader keeps.
    """

    kind: Kind | None = None
    section: str | None = None
    row: str | None = None
    domain: Domain | None = None
    language: str | None = None
    group: str | None = None
    validity: Validity | None = None
    stale: bool = False
    mine: bool = False
    withdrawn: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProviderFilters:
    """What a list of providers is narrowed to. ``group`` is the region of a State; ``stale``: with a stale offer."""

    kind: ProviderKind | None = None
    group: str | None = None
    stale: bool = False
    mine: bool = False
    withdrawn: bool = False
    text: str = ""


EVERYTHING = Filters()
EVERYBODY = ProviderFilters()


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer in a list, with who gives it."""

    offer: Offer
    provider: Provider
    stale: bool


@dataclass(frozen=True, slots=True)
class OfferListing:
    """One page of a list of offers, counted from 1; ``total`` and ``stale`` count what the filters leave."""

    lines: tuple[OfferLine, ...]
    total: int
    stale: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A provider in a list, with how many offers it has that the reader may read, and how many are stale."""

    provider: Provider
    offers: int
    stale: int


def offers(
    filters: Filters,
    actor: Actor,
    *,
    practice: bool,
    on: datetime.date | None = None,
    page: int = 1,
    size: int | None = PAGE,
) -> OfferListing:
    """The offers of one record that the filters leave and the actor may read, by number.

    ``size`` None: all on one page. A page past the last is the last.
    """
    day = on or calendar.today()
    condition = and_(*_offer_conditions(filters, actor, practice, day), reading.may_read_offer(actor))
    counted = select(func.count(), func.count().filter(_stale(day))).select_from(OfferRow).join(ProviderRow)
    total, stale = db.session.execute(counted.where(condition)).one()
    per_page = size or max(total, 1)
    pages = max(1, -(-total // per_page))
    page = min(max(page, 1), pages)
    chosen = condition
    if size is not None:
        numbers = select(OfferRow.id).join(ProviderRow).where(condition).order_by(OfferRow.number)
        keys = db.session.scalars(numbers.limit(per_page).offset((page - 1) * per_page)).all()
        chosen = OfferRow.id.in_(keys)
    found = reading.offers_where(chosen, actor)
    givers = {each.id: each for each in reading.providers_where(ProviderRow.practice.is_(practice), actor)}
    lines = tuple(OfferLine(offer, givers[offer.provider], is_stale(offer, day)) for offer in found)
    return OfferListing(lines, total, stale, page, pages)


def providers(
    filters: ProviderFilters, actor: Actor, *, practice: bool, on: datetime.date | None = None
) -> tuple[ProviderLine, ...]:
    """The providers of one record that the filters leave and the actor may read, by number."""
    day = on or calendar.today()
    condition = and_(*_provider_conditions(filters, actor, practice, day))
    counted = (
        select(ProviderRow.number, func.count(), func.count().filter(_stale(day)))
        .select_from(OfferRow)
        .join(ProviderRow)
        .where(ProviderRow.practice.is_(practice), OfferRow.withdrawn.is_(False), reading.may_read_offer(actor))
        .group_by(ProviderRow.number)
    )
    counts = {number: (total, stale) for number, total, stale in db.session.execute(counted)}
    return tuple(
        ProviderLine(each, *counts.get(int(each.id.partition("-")[2]), (0, 0)))
        for each in reading.providers_where(condition, actor)
    )


def _offer_conditions(
    filters: Filters, actor: Actor, practice: bool, day: datetime.date
) -> Iterable[ColumnElement[bool]]:
    yield OfferRow.practice.is_(practice)
    gone = or_(OfferRow.withdrawn, ProviderRow.withdrawn)
    yield gone if filters.withdrawn else ~gone
    if filters.kind is not None:
        yield _word(OfferRow.kinds, filters.kind.value)
    if filters.domain is not None:
        yield _word(OfferRow.domains, filters.domain.value)
    if filters.language is not None:
        yield _word(OfferRow.languages, filters.language)
    if filters.section == GENERAL:
        yield ~_covers()
    elif filters.section is not None:
        yield _covers(OfferFieldRow.section == filters.section)
    if filters.row is not None:
        yield _covers(or_(OfferFieldRow.field == filters.row, OfferFieldRow.field.startswith(f"{filters.row}.")))
    if filters.group is not None:
        yield _open_to(filters.group, practice)
    if filters.validity is not None:
        yield _valid(filters.validity, day)
    if filters.stale:
        yield _stale(day)
    if filters.mine:
        yield reading.kept_by(actor, OfferRow.provider_id)
    wanted = normalise(filters.text)
    if wanted:
        named = or_(
            OfferRow.search.contains(wanted, autoescape=True), ProviderRow.search.contains(wanted, autoescape=True)
        )
        yield named


def _provider_conditions(
    filters: ProviderFilters, actor: Actor, practice: bool, day: datetime.date
) -> Iterable[ColumnElement[bool]]:
    yield ProviderRow.practice.is_(practice)
    yield ProviderRow.withdrawn.is_(filters.withdrawn)
    if filters.kind is not None:
        yield ProviderRow.kind == filters.kind
    if filters.group is not None:
        yield exists().where(
            GroupMembershipRow.state_id == ProviderRow.state_id,
            GroupMembershipRow.group == filters.group,
            GroupMembershipRow.basis == "electoral",
        )
    if filters.stale:
        yield exists().where(OfferRow.provider_id == ProviderRow.id, OfferRow.withdrawn.is_(False), _stale(day))
    if filters.mine:
        yield reading.kept_by(actor, ProviderRow.id)
    wanted = normalise(filters.text)
    if wanted:
        yield ProviderRow.search.contains(wanted, autoescape=True)


def _stale(day: datetime.date) -> ColumnElement[bool]:
    """What ``is_stale`` says, as a condition."""
    return or_(OfferRow.last_confirmed.is_(None), OfferRow.last_confirmed < stale_before(day))


def _valid(validity: Validity, day: datetime.date) -> ColumnElement[bool]:
    """What ``validity`` says, as a condition."""
    coming = and_(OfferRow.valid_from.is_not(None), OfferRow.valid_from > day)
    ended = and_(OfferRow.valid_to.is_not(None), OfferRow.valid_to < day)
    if validity is Validity.COMING:
        return coming
    return and_(~coming, ended if validity is Validity.ENDED else ~ended)


def _open_to(group: str, practice: bool) -> ColumnElement[bool]:
    """That some State of the group may have the offer: nobody is named, or the group, or one of its States."""
    members = (
        select(StateRow.code)
        .join(GroupMembershipRow, GroupMembershipRow.state_id == StateRow.id)
        .where(
            StateRow.practice.is_(practice),
            GroupMembershipRow.group == group,
            GroupMembershipRow.basis == "electoral",
        )
    )
    codes = db.session.scalars(members).all()
    named = or_(OfferRow.eligible == "", *(_word(OfferRow.eligible, each) for each in (group, *codes)))
    return and_(named, ~_word(OfferRow.excluded, group))


def _covers(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(OfferFieldRow.offer_id == OfferRow.id, *conditions)


def _word(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Whether the words of a column, set apart by blanks, have that one."""
    return (literal(" ") + column + literal(" ")).contains(f" {word} ")
