"""What the address of a plan asks for: how much fairness counts, what is supposed."""

from typing import Any

from flask import request

from cpi1540.assistance.planning.what_if import Change, WhatIf, parse_what_if
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number

# How much fairness may count: not at all, a quarter, a half, in full.
FAIRNESS = {"0": 0.0, "0.25": 0.25, "0.5": 0.5, "1": 1.0}
MOST_WHAT_IFS = 10


def fairness_asked(sent: Any = None) -> float:
    """``?fairness=``, or the same of a form; NotFound for another choice."""
    text = (sent if sent is not None else request.args).get("fairness") or "0"
    if text not in FAIRNESS:
        raise NotFound(sentence("A plan can count fairness as 0, 0.25, 0.5 or 1."))
    return FAIRNESS[text]


def what_ifs_asked(sent: Any = None) -> tuple[WhatIf, ...]:
    """``?if=XO-31:withdrawn&if=...``, or the same of a form; NotFound for what cannot be supposed."""
    found = {}
    for text in (sent if sent is not None else request.args).getlist("if")[:MOST_WHAT_IFS]:
        parsed = parse_what_if(text)
        if parsed is None:
            raise NotFound(sentence("A plan cannot suppose %(what)s.", what=printable(text)[:60]))
        found[parsed.offer, parsed.change] = parsed
    return tuple(found.values())


def added_what_if() -> WhatIf | None:
    """What the form of the page adds to what is supposed; DomainError where it is not complete."""
    asked = request.args
    if "offer" not in asked:
        return None
    offer, change = printable(asked.get("offer", "")).strip(), asked.get("change", "")
    amount = whole_number(asked.get("amount", "").strip() or "0")
    if not offer:
        raise DomainError(sentence("Choose the offer that would be otherwise."))
    text = f"{offer}:{change}" + ("" if change == Change.WITHDRAWN else f":{amount or 0}")
    found = parse_what_if(text)
    if found is None:
        raise DomainError(sentence("Say how much more the offer would have: a whole number above 0."))
    return found


def plan_query(fairness: float, what_ifs: tuple[WhatIf, ...]) -> dict[str, Any]:
    """The query of the address of this plan."""
    query: dict[str, Any] = {"if": [str(each) for each in what_ifs]} if what_ifs else {}
    return query | ({"fairness": format(fairness, "g")} if fairness else {})
