"""Providers and offers as a workbook: made, read and compared with the record, and taken in as it was shown."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cpi1540.assistance.offers.actions import IMPORT_OFFERS
from cpi1540.assistance.offers.checking import offer_faults, provider_faults
from cpi1540.assistance.offers.messages import OFFER_PARTS, PROVIDER_PARTS
from cpi1540.assistance.offers.offer import Offer, Provider
from cpi1540.assistance.offers.offers_in_xlsx import read_offers
from cpi1540.assistance.offers.offers_out_xlsx import write_offers
from cpi1540.assistance.offers.offers_workbook import AskOffers, Finding, GivenOffer, GivenProvider
from cpi1540.assistance.offers.service import offers, providers, reading
from cpi1540.assistance.offers.service.spelling import spelled_places
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Fault
from cpi1540.exchange.wording import Wording
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import now
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.languages import current_language, day, say, speaking
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

# Columns in which a fault of a part is shown, where it is called otherwise there.
_COLUMN = {"names": "name_en", "mandate": "mandate_en"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a row changes in what is recorded; ``parts`` are the names of those that differ."""

    values: Offer | Provider
    where: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a workbook would do. ``against`` is a digest of what it was compared with.

    New offers of new providers carry the provider's name, normalised, until it is registered.
    """

    new_providers: tuple[GivenProvider, ...] = ()
    new_offers: tuple[GivenOffer, ...] = ()
    changed_providers: tuple[Change, ...] = ()
    changed_offers: tuple[Change, ...] = ()
    unchanged: int = 0
    findings: tuple[Finding, ...] = ()
    against: str = ""

    @property
    def changes(self) -> int:
        """How many providers and offers would be registered or changed."""
        return len(self.new_providers) + len(self.new_offers) + len(self.changed_providers) + len(self.changed_offers)


def written(chosen: Sequence[Offer], givers: Sequence[Provider], language: str, *, practice: bool) -> bytes:
    """The workbook in one of the six languages, with these offers and providers, ready to be filled in further."""
    with speaking(language):
        wording = Wording(language, say, lambda source: source.text, day)
        return write_offers(chosen, givers, layouts.layout(), wording, made_at=now(), practice=practice)


def compare(data: bytes, name: str, actor: Actor, *, practice: bool) -> Comparison:
    """What a workbook would change in one record, and everything that is wrong with it. Nothing is written."""
    ensure(actor, IMPORT_OFFERS)
    known = {each.id: each for each in reading.providers(practice, actor, withdrawn=True)}
    every = {each.id: each for each in reading.offers(practice, actor, withdrawn=True)}
    spelled = {normalise(told): each.id for each in known.values() for told in (*each.names.values(), each.id)}
    ask = AskOffers(spelled_places(practice=practice), spelled, layouts.layout(), practice, current_language().code)
    found = read_offers(data, name, ask)
    of_providers, of_offers = _Sorted(), _Sorted()
    for given in found.providers:
        _sort_provider(of_providers, given, known)
    for each in found.offers:
        _sort_offer(of_offers, each, every)
    findings = [*found.findings, *of_providers.findings, *of_offers.findings]
    findings += _recorded_already(found.providers, found.offers, ask.providers, every)
    # Of several things wrong at one cell the first is told: what cannot be read breaks rules as well.
    findings += _rules(found.providers, found.offers, practice=practice)
    named = [f"{one.id} {one.revision}" for one in (*of_providers.named, *of_offers.named)]
    # What is registered meanwhile counts as well: the same workbook sent twice is taken in once.
    against = hashlib.sha256("\n".join([f"{len(known)} {len(every)}", *named]).encode()).hexdigest()
    return Comparison(
        tuple(given for given in found.providers if not given.provider.id),
        tuple(given for given in found.offers if not given.offer.id),
        tuple(of_providers.changed),
        tuple(of_offers.changed),
        of_providers.unchanged + of_offers.unchanged,
        tuple({finding.where: finding for finding in reversed(findings)}.values())[::-1],
        against,
    )


def take_in(data: bytes, against: str, actor: Actor, *, practice: bool) -> Comparison:
    """Record everything that a workbook gives, as it was shown; all of it or nothing.

    Stale when what it changes was changed since it was compared; DomainError when something is wrong with it.
    """
    found = compare(data, "", actor, practice=practice)
    if found.findings:
        raise DomainError(found.findings[0].says)
    if found.against != against:
        raise Stale(sentence("Somebody changed what this workbook changes meanwhile. Look at it again."))
    made: dict[str, str] = {}
    for given in found.new_providers:
        registered = providers.insert_provider(given.provider, actor.id, practice=practice, code=None, at=now())
        made |= {normalise(told): registered for told in given.provider.names.values()}
    for change in found.changed_providers:
        if isinstance(change.values, Provider):
            providers.change(change.values.id, change.values, actor, revision=change.values.revision)
    for change in found.changed_offers:
        if isinstance(change.values, Offer):
            offers.change(change.values.id, change.values, actor, revision=change.values.revision)
    fresh = [
        offers.insert_offer(
            replace(each.offer, provider=made.get(each.offer.provider, each.offer.provider)), actor.id, now()
        )
        for each in found.new_offers
    ]
    if fresh or made:
        subjects = [*(f"offer:{each}" for each in fresh), *(f"provider:{each}" for each in sorted(set(made.values())))]
        counts = {"offers": len(fresh), "providers": len(found.new_providers)}
        audit.record(actor.id, "offers.load", subjects, [{**counts, "file": hashlib.sha256(data).hexdigest()}])
    return found


@dataclass(slots=True)
class _Sorted:
    """Rows that name something recorded, parted into those that change it and those that do not."""

    changed: list[Change] = field(default_factory=list)
    named: list[Offer | Provider] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unchanged: int = 0

    def note(self, recorded: Offer | Provider, given: Offer | Provider, where: str, parts: Iterable[str]) -> None:
        """Take one row in."""
        self.named.append(recorded)
        differ = tuple(part for part in parts if getattr(recorded, part) != getattr(given, part))
        if differ:
            self.changed.append(Change(given, where, differ))
        else:
            self.unchanged += 1


def _sort_provider(found: _Sorted, given: GivenProvider, known: Mapping[str, Provider]) -> None:
    values, where = given.provider, given.cells["provider"]
    recorded = known.get(values.id)
    if recorded is not None and not recorded.withdrawn:
        values = replace(values, people=recorded.people, revision=recorded.revision)
        found.note(recorded, values, where, PROVIDER_PARTS)
    elif values.id:
        found.findings.append(Finding(where, _gone(values.id)))


def _sort_offer(found: _Sorted, given: GivenOffer, known: Mapping[str, Offer]) -> None:
    values, where = given.offer, given.cells["offer"]
    recorded = known.get(values.id)
    if recorded is not None and not recorded.withdrawn:
        if values.provider and values.provider != recorded.provider:
            stays = {"offer": recorded.id, "provider": recorded.provider}
            told = sentence("The provider of %(offer)s is %(provider)s, and stays.", **stays)
            found.findings.append(Finding(given.cells["provider"], told))
        values = replace(values, provider=recorded.provider, asked_on=recorded.asked_on, revision=recorded.revision)
        found.note(recorded, values, where, OFFER_PARTS)
    elif values.id:
        found.findings.append(Finding(where, _gone(values.id)))


def _gone(identifier: str) -> Sentence:
    return sentence("%(found)s is not recorded, or is withdrawn.", found=identifier)


def _rules(
    given_providers: Sequence[GivenProvider], given_offers: Sequence[GivenOffer], *, practice: bool
) -> Iterable[Finding]:
    """What the rules of providers and offers say of each row, at the cell of the part."""
    codes = {state.code for state in states.states(practice=practice)}
    layout, today = layouts.layout(), calendar.today()
    for given in given_providers:
        yield from _at(provider_faults(given.provider, codes, layout), given.cells)
    for each in given_offers:
        yield from _at(offer_faults(each.offer, codes, layout, today), each.cells)


def _recorded_already(
    given_providers: Sequence[GivenProvider],
    given_offers: Sequence[GivenOffer],
    spelled: Mapping[str, str],
    every: Mapping[str, Offer],
) -> Iterable[Finding]:
    """New rows that say again what is recorded: a provider of the same name, an offer of the same title."""
    for given in given_providers:
        same = [spelled[normalise(told)] for told in given.provider.names.values() if normalise(told) in spelled]
        if same and not given.provider.id:
            told = sentence("There is a provider of this name: write its number, %(provider)s.", provider=same[0])
            yield Finding(given.cells["provider"], told)
    titles = {(each.provider, normalise(each.title)): each.id for each in every.values() if not each.withdrawn}
    for row in given_offers:
        recorded = titles.get((row.offer.provider, normalise(row.offer.title)))
        if recorded and not row.offer.id:
            told = sentence(
                "%(offer)s of this provider has the same title: write its number to change it, or another title.",
                offer=recorded,
            )
            yield Finding(row.cells["offer"], told)


def _at(faults: Iterable[Fault], cells: Mapping[str, str]) -> Iterable[Finding]:
    for fault in faults:
        part = _COLUMN.get(fault.part, fault.part)
        yield Finding(cells[part], fault.says)
