"""Between forms and values of requests: what a form begins with, what was typed, where faults go."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import g, request

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.requests.checking import Faulty
from cpi1540.assistance.requests.forms import FORMAL, RegisterForm, RequestForm, WordsForm
from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    NeedValues,
    Prefilled,
    Priority,
    Requester,
    RequestValues,
    domains_of,
    fields_chosen,
)
from cpi1540.assistance.requests.service import drafting
from cpi1540.foundation.access import can, current_actor
from cpi1540.foundation.addresses import PRACTICE
from cpi1540.foundation.languages import name, say, sorted_by_name
from cpi1540.foundation.search_text import normalise
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import CODES
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.state import State

MOST_NEEDS = 20
# Parts that some forms ask for under another name.
_ALSO_NAMED = {"requester": ("state",), "date": ("on",)}
_BETWEEN = str.maketrans({";": "\n", ",": "\n", "،": "\n", "，": "\n", "؛": "\n", "；": "\n"})


def in_practice() -> bool:
    """Whether the page is one of the practice record."""
    return bool(g.record == PRACTICE)


def state_choices() -> list[tuple[str, str]]:
    """(code, name) of the States for which the actor may register requests, in the reader's alphabet."""
    listed = sorted_by_name(states.states(practice=in_practice()), key=lambda state: state.sort_names)
    actor = current_actor()
    return [(state.code, name(state.names)) for state in listed if can(actor, REGISTER_REQUEST, state.code)]


def need_data(need: NeedValues) -> dict[str, object]:
    """What a need's form begins with."""
    return {
        "kind": need.kind.value,
        "objective": need.objective,
        "fields": list(need.fields),
        "beneficiaries": need.beneficiaries,
        "in_place": need.in_place,
        "own_contribution": need.own_contribution,
        "languages": list(need.languages),
        "priority": need.priority.value if need.priority else "",
        "time_frame": need.time_frame,
    }


def request_data(values: RequestValues) -> dict[str, object]:
    """What the form of a request begins with."""
    codes = values.requester.states
    return {
        "state": codes[0] if codes else "",
        "other_states": ", ".join(codes[1:]),
        "organization": values.requester.organization or "",
        "channel": values.channel.value,
        "formal": next(key for key, formal in FORMAL.items() if formal is values.formal),
        "date": values.date,
        "language": values.language,
        "title": values.title,
        "text": values.text,
        "contact": values.contact,
        "consent": values.consent.value,
        "consent_on": values.consent_on,
        "handling": values.handling.value,
        "source": values.source,
        "most_needs": values.most_needs,
    }


def prefilled_data(prefilled: Prefilled) -> dict[str, object]:
    """What the form of a new request begins with."""
    return {**request_data(prefilled.values), "needs": [need_data(need) for need in prefilled.needs] or [{}]}


def begun_from_gaps(state: State, fields: Iterable[str]) -> dict[str, object]:
    """What a form begins with for these gaps of a State; of the kind that ``?kind=`` names, where it names one."""
    begun, asked = drafting.from_gaps(state, fields), request.args.get("kind", "")
    if asked in list(Kind):
        begun = replace(begun, needs=tuple(replace(need, kind=Kind(asked)) for need in begun.needs))
    return prefilled_data(begun)


def values_typed(form: RequestForm) -> RequestValues:
    """What was typed of the request itself; the answer on publication only where the form asks for it."""
    asks_consent = isinstance(form, RegisterForm)
    return RequestValues(
        _requester(form),
        Channel(form.channel.data) if form.channel else Channel.PORTAL,
        FORMAL.get(form.formal.data or ""),
        form.date.data,
        form.language.data or "",
        form.title.data or "",
        form.text.data or "",
        form.contact.data or "",
        Consent(form.consent.data) if asks_consent else Consent.NOT_ASKED,
        form.consent_on.data if asks_consent else None,
        Handling(form.handling.data),
        form.source.data or "",
        form.most_needs.data,
    )


def words_typed(form: WordsForm, state: str, practice: bool) -> RequestValues:
    """What a focal point typed; the rest is what ``submit`` makes of it."""
    return RequestValues(
        Requester((state,), None, practice),
        Channel.PORTAL,
        False,
        None,
        form.language.data or "",
        form.title.data or "",
        form.text.data or "",
        form.contact.data or "",
    )


def told_again(form: WordsForm, before: RequestValues) -> RequestValues:
    """The values of a request with the words that its State typed anew."""
    return replace(
        before,
        language=form.language.data or "",
        title=form.title.data or "",
        text=form.text.data or "",
        contact=form.contact.data or "",
    )


def need_typed(form: Any) -> NeedValues:
    """What was typed of a need; its weapon domains are those of the fields chosen."""
    layout = layouts.layout()
    fields = fields_chosen(form.fields.data or (), layout)
    return NeedValues(
        Kind(form.kind.data),
        fields,
        domains_of(fields, layout),
        form.objective.data or "",
        form.beneficiaries.data or "",
        form.in_place.data or "",
        form.own_contribution.data or "",
        tuple(code for code in CODES if code in (form.languages.data or ())),
        Priority(form.priority.data) if form.priority.data else None,
        form.time_frame.data or "",
    )


def needs_typed(form: Any) -> list[NeedValues]:
    """What was typed of each need."""
    return [need_typed(entry.form) for entry in form.needs.entries]


def numbered_needs_typed(form: Any) -> list[tuple[int, NeedValues]]:
    """(number, values) of each need that was typed; 0 for one that the request does not have yet."""
    return [(whole_number(entry.form.number.data or "") or 0, need_typed(entry.form)) for entry in form.needs.entries]


def needs_changed(form: Any, asked: str) -> bool:
    """Add a need to the form, or take one away, when that is what was asked (``add``, ``drop-2``)."""
    if asked == "add":
        if len(form.needs.entries) < MOST_NEEDS:
            form.needs.append_entry()
        return True
    number = asked.removeprefix("drop-")
    if asked.startswith("drop-") and number.isdecimal() and 1 <= int(number) <= len(form.needs.entries):
        kept = [entry.form.data for place, entry in enumerate(form.needs.entries, 1) if place != int(number)]
        while form.needs.entries:
            form.needs.pop_entry()
        for data in kept or [{}]:
            form.needs.append_entry(data)
        return True
    return False


def place(faulty: Faulty, form: Any) -> None:
    """Put each fault at its control; one that has none in this form stands at its first words or its date."""
    for fault in faulty.faults:
        control = _control(fault.part.split("."), form)
        control.errors = [*control.errors, say(fault.says)]


def _control(parts: list[str], form: Any) -> Any:
    if parts[0] == "needs" and "needs" in form:
        return form.needs.entries[int(parts[1]) - 1].form[parts[2]]
    named = (parts[-1], *_ALSO_NAMED.get(parts[-1], ()), "title", "objective", "on")
    return next(form[each] for each in named if each in form)


def _requester(form: RequestForm) -> Requester:
    codes = [form.state.data or "", *_codes(form.other_states.data or "")]
    return Requester(tuple(sorted({code for code in codes if code})), form.organization.data or None, in_practice())


def _codes(text: str) -> Iterable[str]:
    """The codes of States named by code or by name in any language; a word that names none stays as it is."""
    words = [part.strip() for part in text.translate(_BETWEEN).splitlines() if part.strip()]
    if not words:
        return []
    spelled = {
        normalise(told): state.code
        for state in states.states(practice=in_practice())
        for told in (state.code, state.formal_name, *state.names.values())
    }
    return [spelled.get(normalise(word), word[:40]) for word in words]
