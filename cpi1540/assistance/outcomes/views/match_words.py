"""How pages name matches: addresses, requesters, whose side speaks."""

from typing import Any

from flask import current_app

from cpi1540.assistance import messages as wing_words
from cpi1540.assistance.matching import messages as factor_words
from cpi1540.assistance.outcomes import messages as words
from cpi1540.assistance.outcomes.match import MatchAct, Side, parse_match_id
from cpi1540.assistance.outcomes.pages import open_reasons
from cpi1540.foundation.access import current_actor
from cpi1540.foundation.addresses import url
from cpi1540.foundation.languages import say


def address_of(match: str, **more: Any) -> str:
    """The address of a match's page, by its identifier."""
    request, need, number = parse_match_id(match) or ("", 0, 0)
    return url("match_page.one", request_id=request, need=need, number=number, **more)


def offer_address(offer: str, side: Side | str | None) -> str:
    """The address of an offer's page, for the office and its provider; "" for others, who may not read every one."""
    readable = current_actor().of_the_office or side == Side.PROVIDER
    return url("offers.one", offer_id=offer) if readable and "offers.one" in current_app.view_functions else ""


def to_do(act: MatchAct, side: Side) -> str:
    """What the side is asked to do, in the reader's language."""
    return say((words.TO_DO if side is Side.OFFICE else words.OWN_TO_DO)[act])


def button(act: MatchAct, side: Side) -> str:
    """What stands on the button with which the side does it."""
    return say((words.BUTTONS if side is Side.OFFICE else words.OWN_BUTTONS)[act])


# What the templates of matches say things with.
WORDS = {
    "words": words,
    "wing_words": wing_words,
    "factor_words": factor_words,
    "match_address": address_of,
    "to_do": to_do,
    "button": button,
    "offer_address": offer_address,
    "open_reasons": open_reasons,
}
