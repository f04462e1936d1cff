"""The assistance template as a workbook: its parts, the marks by which it is known again, what reading it gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.assistance.messages import CHANNEL_NAMES, CONSENT_NAMES, KIND_NAMES, PRIORITY_NAMES
from cpi1540.assistance.requests.request import Prefilled
from cpi1540.foundation.messages import N_
from cpi1540.foundation.problems import Problem
from cpi1540.locales import LANGUAGES
from cpi1540.matrix.layout import Layout

SHEET_MARK = "cpi1540-request:1"  # in the first cell of each sheet that holds a request
LISTS_SHEET = "cpi1540"
LISTS_MARK = "cpi1540-lists:1"
NEED_MARK = "need"  # before each row of a need
MOST_NEEDS = 12  # rows made for needs; a file may have more
# Parts of the request itself, a row each: key -> what stands before it.
HEAD_PARTS: Mapping[str, str] = {
    "requester": N_("Requester: code or name of the State, several parted by semicolons, or an organization"),
    "date": N_("Date of the note verbale (YYYY-MM-DD)"),
    "channel": N_("How it is sent"),
    "language": N_("Language of the request"),
    "title": N_("Subject"),
    "text": N_("Text of the request"),
    "contact": N_("Contact (kept by the office, never published)"),
    "consent": N_("Publication of a summary"),
    "consent_on": N_("Date of that answer (YYYY-MM-DD)"),
}
# Parts of a need, a column each: key -> its head.
NEED_PARTS: Mapping[str, str] = {
    "kind": N_("Kind of assistance"),
    "domains": N_("Weapon domains (NW, CW, BW)"),
    "fields": N_("Fields or rows of the matrix, one a line"),
    "objective": N_("Objective"),
    "beneficiaries": N_("Beneficiary agencies"),
    "in_place": N_("Assistance in place"),
    "own_contribution": N_("Own contribution"),
    "languages": N_("Languages (ar, en, es, fr, ru, zh)"),
    "priority": N_("Priority"),
    "time_frame": N_("Time frame"),
}
TITLE = N_("Request for assistance under resolution 1540 (2004)")
HOW_TO = N_(
    "One sheet for one request, one row for one need. Choose from the lists where there are any; leave empty what you "
    "do not know. The workbook is sent with a note verbale to the Chair of the Committee."
)
REQUEST_SHEET = N_("Request")
ITEM = N_("Item")
LIST_ERROR = N_("Choose from the list, or clear the cell.")

PROBLEMS: Mapping[str, str] = {
    "no-request-sheet": N_("The workbook has no sheet of the assistance template."),
    "nothing-filled-in": N_("Nothing is filled in on any sheet."),
    "unknown-choice": N_("%(found)s is not one of the choices of the list."),
    "unknown-requester": N_("There is no State with the code %(found)s."),
    "no-requester": N_("The sheet does not say who asks."),
    "no-title": N_("The sheet does not say what the request is about."),
    "unknown-field": N_("%(found)s is no field and no row of the matrix."),
    "unknown-domain": N_("%(found)s is no weapon domain: NW, CW or BW."),
    "unknown-language": N_("%(found)s is none of the six languages."),
    "no-kind": N_("The need has no kind of assistance."),
    "no-objective": N_("The need says neither its objective nor the fields it would close."),
    "no-date": N_("%(found)s is not a date of the form YYYY-MM-DD."),
    "formula": N_("The cell holds a formula or a fault; write the text itself."),
    "no-needs": N_("The request has no need."),
}


@dataclass(frozen=True, slots=True)
class AskTemplate:
    """What reading needs to know: the record's States by every spelling (folded) of code and names, the layout."""

    states: Mapping[str, str]
    layout: Layout
    practice: bool
    language: str


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """The requests of a workbook, one a sheet; none of them is to be used when there are problems."""

    requests: tuple[Prefilled, ...] = ()
    problems: tuple[Problem, ...] = ()


def choices() -> dict[str, dict[str, str]]:
    """List -> code -> the text shown for it (marked for translation, but languages, which name themselves)."""
    return {
        "channel": {
            key.value: text for key, text in CHANNEL_NAMES.items() if key.value not in ("portal", "not-recorded")
        },
        "consent": {key.value: text for key, text in CONSENT_NAMES.items()},
        "kind": {key.value: text for key, text in KIND_NAMES.items() if key.value != "not-recorded"},
        "priority": {key.value: text for key, text in PRIORITY_NAMES.items()},
        "language": {language.code: language.own_name for language in LANGUAGES},
    }
