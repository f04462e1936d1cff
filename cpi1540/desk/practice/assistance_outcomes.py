"""The invented matches written into the practice record, so that needs stand as far as their matches have come."""

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cpi1540.assistance.matching.ranking import Candidate, Matching
from cpi1540.assistance.matching.service import match_weights, matches
from cpi1540.assistance.offers.service import reading as providers
from cpi1540.assistance.offers.service.providers import give_to
from cpi1540.assistance.outcomes.match import Done, MatchAct, Reasons, Side
from cpi1540.assistance.outcomes.service import proposing
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Channel, NeedStatus, Requester
from cpi1540.assistance.requests.service import lists
from cpi1540.desk.practice.assistance_requests import InventedRequest
from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.match_histories import Way, counted, histories
from cpi1540.foundation.access import SYSTEM, Actor, Role
from cpi1540.people.service import demo
from cpi1540.states import service as states

_KEPT_EVERY = 3
_OF_PROVIDER = (MatchAct.ACCEPT, MatchAct.DECLINE, MatchAct.FEEDBACK_PROVIDER)
_OF_REQUESTER = (MatchAct.AGREE, MatchAct.FEEDBACK_REQUESTER)


@dataclass(frozen=True, slots=True)
class People:
    """Who acts on requests of the practice record: its coordinator, and focal points by the code of their State."""

    coordinator: Actor
    focal_points: Mapping[str, Actor]


@dataclass(frozen=True, slots=True)
class Registered:
    """An invented request as it was registered, how far its needs shall come, before which day (None: today)."""

    identifier: str
    drawn: InventedRequest
    until: datetime.date | None = None


class PlacesLeft:
    """The places that offers and providers stated for a year (None: not stated), less those promised so far."""

    def __init__(self, of_offers: Mapping[str, int | None], of_providers: Mapping[str, int | None]) -> None:
        self._stated = {**of_offers, **of_providers}
        self._promised: Counter[tuple[str, int]] = Counter()

    def left(self, candidate: Candidate, first: int, last: int) -> bool:
        """Whether one more place can be promised in each year from ``first`` to ``last``."""
        for name in (candidate.offer, candidate.provider):
            stated = self._stated.get(name)
            if stated is not None and any(self._promised[name, year] >= stated for year in range(first, last + 1)):
                return False
        return True

    def promise(self, candidate: Candidate, acts: Sequence[Done]) -> None:
        """Count the place of a match on which both sides agreed."""
        for done in acts:
            if done.act is MatchAct.AGREE:
                self._promised.update([(candidate.offer, done.on.year), (candidate.provider, done.on.year)])


def load(folder: Path, registered: Sequence[Registered], people: People, seed: int) -> None:
    """Write the matches of the practice record; belongs to the caller's transaction.

    The matcher is asked for each request as of the day on which providers knew of it, and before there is any match,
    so that the reasons kept do not depend on the order. Matches of earlier years keep none: nobody asked it then. A
    need that no offer with a place left fits stays open, and so does one of which providers do not know yet.
    """
    texts = json.loads((folder / "outcomes.json").read_text("utf-8"))
    lines = lists.listing(lists.EVERYTHING, SYSTEM, practice=True, size=None).lines
    found = {line.request.id: line.request for line in lines}
    known = [(each, sent) for each in registered if (sent := _sent_on(each)) is not None]
    wanted = [(found[each.identifier], need) for each, _sent in known for need in found[each.identifier].needs]
    read = matches.to_match(True, SYSTEM, wanted, match_weights.newest(), calendar.today())
    by_themselves = _Sides(people, _contact(folder))
    places = PlacesLeft(
        {offer.id: offer.capacity.places for offer in read.offers},
        {each.id: each.places for each in providers.providers(True, SYSTEM)},
    )
    statuses = counted([status for each, _sent in known for status in each.drawn.statuses])
    for each, sent in known:
        asked = [need for need in read.asked if need.request == each.identifier]
        offers = [offer for offer in read.offers if offer.valid_from is None or offer.valid_from <= sent]
        matching = Matching(asked, offers, replace(read.ground, on=sent), read.weights)
        for told in sorted(matching.explanations(), key=lambda told: int(told.need.rpartition("/")[2])):
            number = int(told.need.rpartition("/")[2])
            way = _way(each, number, *next(statuses), sent)
            given = [candidate.provider for candidate in told.candidates]
            room = [places.left(candidate, sent.year, way.until.year) for candidate in told.candidates]
            for match in histories(way, given, room, texts, Draws(seed, told.need, "matches")):
                chosen = told.candidates[match.choice]
                reasons = Reasons(read.weights.label, chosen.score, match.choice + 1, chosen.factors)
                proposing.record_history(
                    each.identifier,
                    number,
                    chosen.offer,
                    Reasons() if each.until else reasons,
                    match.acts
                    if each.until
                    else by_themselves(match.acts, chosen.provider, each.drawn.values.requester),
                    people.coordinator,
                )
                places.promise(chosen, match.acts)


class _Sides:
    """Who did what: focal points and the contact of some providers in the portal, the office for everybody else."""

    def __init__(self, people: People, contact: tuple[Actor, frozenset[str]]) -> None:
        self._people, (self._contact, self._kept) = people, contact

    def __call__(self, acts: Sequence[Done], provider: str, requester: Requester) -> tuple[Done, ...]:
        asking = next((self._people.focal_points[s] for s in requester.states if s in self._people.focal_points), None)
        giving = self._contact if provider in self._kept else None
        return tuple(self._told(done, asking, giving) for done in acts)

    @staticmethod
    def _told(done: Done, asking: Actor | None, giving: Actor | None) -> Done:
        if giving is not None and done.act in _OF_PROVIDER:
            return replace(done, side=Side.PROVIDER, by=giving.id)
        if asking is not None and done.act in _OF_REQUESTER:
            return replace(done, side=Side.REQUESTER, by=asking.id)
        return done


def _contact(folder: Path) -> tuple[Actor, frozenset[str]]:
    """A person who keeps the programmes of every third provider, and which these are."""
    found = json.loads((folder / "assistance.json").read_text("utf-8"))["provider_contact"]
    codes = [state.code for state in states.states(practice=True)]
    person = demo.make_practice_person(found["sign_in"], found["name"], Role.PROVIDER_CONTACT, codes)
    kept = [each.id for each in providers.providers(True, SYSTEM) if not each.people][::_KEPT_EVERY]
    for provider in kept:
        give_to(provider, person.id, SYSTEM)
    return person, frozenset(kept)


def _way(registered: Registered, number: int, status: NeedStatus, place: int, sent_on: datetime.date) -> Way:
    drawn = registered.drawn
    closed = _day_of(drawn, Act.CLOSE)
    return Way(
        status,
        place,
        status not in drawn.statuses[: number - 1],
        sent_on,
        _day_of(drawn, Act.RECEIVE_OFFER),
        _day_of(drawn, Act.INFORM_REQUESTER),
        closed or registered.until or calendar.today(),
        closed is not None,
        drawn.values.language,
    )


def _sent_on(registered: Registered) -> datetime.date | None:
    """Since when providers know of a request: it was sent, or it is an informal one, told to them from the first."""
    drawn = registered.drawn
    informal = drawn.values.formal is False and drawn.values.channel is not Channel.PORTAL
    date = drawn.values.date
    return date.first_day if informal and date is not None else _day_of(drawn, Act.SEND)


def _day_of(drawn: InventedRequest, act: Act) -> datetime.date | None:
    return next((on for done, on, _note in drawn.acts if done is act), None)
