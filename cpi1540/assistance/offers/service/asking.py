"""The contact of an offer asked whether it still stands: by mail where there is an address, else the text to send."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cpi1540.assistance.offers.actions import REGISTER_PROVIDERS
from cpi1540.assistance.offers.offer import Offer, Provider, of_practice
from cpi1540.assistance.offers.service import reading
from cpi1540.assistance.offers.service.offers import note_asked
from cpi1540.foundation import outbox
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import name, say, speaking
from cpi1540.foundation.mail import Mail, mail_address
from cpi1540.foundation.messages import sentence

PURPOSE = "offer"
_WORD = re.compile(r"[^\s<>;,()]+@[^\s<>;,()]+")


@dataclass(frozen=True, slots=True)
class Asking:
    """What the contact of an offer is asked, in its language.

    ``to`` is its address, "" where none is known, and in the practice record, from which nothing is sent.
    """

    to: str
    contact: str
    mail: Mail


def asking(identifier: str, actor: Actor, *, page: str = "") -> Asking:
    """What would be sent about an offer; ``page`` is the address of its page on the web, "" where that is not set."""
    offer = reading.find_offer(identifier, actor)
    provider = reading.find_provider(offer.provider, actor)
    ensure(actor, REGISTER_PROVIDERS)
    contact = offer.contact or provider.contact
    practice = of_practice(offer.id)
    return Asking("" if practice else address_in(contact), contact, _mail(offer, provider, page))


def ask(identifier: str, actor: Actor, *, page: str = "") -> bool:
    """Note that the contact was asked today, and queue the mail where there is an address; whether it was queued.

    DomainError when it was asked today already: nobody gets two mails on one day.
    """
    asked = asking(identifier, actor, page=page)
    note_asked(identifier, actor)
    if asked.to:
        outbox.queue(asked.mail, to=asked.to, person=f"offer:{identifier}"[:40], purpose=PURPOSE)
    return bool(asked.to)


def address_in(contact: str) -> str:
    """The first mail address that stands in the words of a contact; "" when there is none."""
    for found in _WORD.findall(contact):
        try:
            return mail_address(found.strip(".:"))
        except DomainError:
            continue
    return ""


def _mail(offer: Offer, provider: Provider, page: str) -> Mail:
    with speaking(provider.language):
        return Mail(
            provider.language,
            say(sentence("Does this offer still stand? %(offer)s", offer=f"{offer.id}, {offer.title}")),
            tuple(_opening(offer, provider)),
            (),
            tuple(_closing(page)),
        )


def _opening(offer: Offer, provider: Provider) -> Iterable[str]:
    if of_practice(offer.id):
        yield say(sentence("Practice data: the provider and the offer named here are invented."))
    told = {"provider": name(provider.names), "title": offer.title, "offer": offer.id}
    yield say(sentence("%(provider)s offers assistance under resolution 1540 (2004): %(title)s (%(offer)s).", **told))
    if offer.last_confirmed:
        yield say(sentence("It was last confirmed on %(day)s.", day=offer.last_confirmed))
    else:
        yield say(sentence("It was never confirmed."))
    yield say(
        sentence(
            "Please tell us whether it still stands as recorded, and what has changed: fields, capacity, validity, "
            "conditions."
        )
    )


def _closing(page: str) -> Iterable[str]:
    if page:
        yield say(sentence("The offer as recorded: %(address)s", address=page))
    yield say(sentence("With an account of this portal you can confirm or change it there yourself."))
