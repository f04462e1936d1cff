"""Due dates for a person's calendar, at an address that is itself the key."""

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from cpi1540.assistance.requests.due_date import DueDate
from cpi1540.assistance.requests.due_dates_ics import Entry, write_calendar
from cpi1540.assistance.requests.request import Requester
from cpi1540.assistance.requests.service import due_dates
from cpi1540.assistance.requests.service.requester_names import requester_names
from cpi1540.assistance.requests.views.request_words import request_address
from cpi1540.foundation.access import public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import sentence
from cpi1540.people.service import calendar_addresses

bp: Blueprint = RecordBlueprint("due_dates", __name__)


@bp.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The due dates of the person whose address this is, with what that person may read at this moment."""
    person = calendar_addresses.person_of(token)
    practice = g.record == PRACTICE
    found = due_dates.due_dates(person, practice=practice)
    names = requester_names(each.requester for each in found)
    entries = [_entry(each, names) for each in found]
    title = say(sentence("1540 due dates, practice record") if practice else sentence("1540 due dates"))
    answer = Response(write_calendar(entries, title, current_language().tag), mimetype="text/calendar")
    # The address is a key: no store keeps what it opened.
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers.set("Content-Disposition", "inline", filename="due-dates.ics")
    return answer


def _entry(due: DueDate, names: Mapping[Requester, str]) -> Entry:
    asked = sentence("Request %(request)s of %(requester)s", request=due.request, requester=names[due.requester])
    title = say(sentence("%(request)s: %(what)s", request=due.request, what=due.what))
    description = "\n".join(text for text in (say(asked), due.title) if text)
    path = request_address(due.request)
    base = current_app.config["CPI1540"].address or request.host_url.rstrip("/")
    uid = f"{due.request}.{due.mark}@1540-record"
    return Entry(uid, due.on, title, description, f"{base}{path}" if path else "", due.known_since)
