"""The history of a State for the office, as a page and as a file; the whole history for administrators."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.desk import history, history_csv
from cpi1540.desk import messages as desk_messages
from cpi1540.desk.actions import HISTORY_READ, HISTORY_READ_ALL
from cpi1540.desk.history import Asked
from cpi1540.desk.service import history as service
from cpi1540.foundation.access import ROLE_NAMES, requires
from cpi1540.foundation.addresses import RecordBlueprint, SiteBlueprint
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.matrix import messages, pages
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import day_asked, state_asked, state_code
from cpi1540.states import service as states
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("history", __name__)
site: Blueprint = SiteBlueprint("whole_history", __name__)

# Parts of a change whose values are codes with names.
VALUE_NAMES = {
    "from": messages.STATUS_NAMES,
    "to": messages.STATUS_NAMES,
    "status": messages.STATUS_NAMES,
    "origin": messages.ORIGIN_NAMES,
    "handling": messages.HANDLING_NAMES,
    "decision": messages.DECISION_NAMES,
    "role": ROLE_NAMES,
}


@bp.get("/states/<state>/history")
@requires(HISTORY_READ, subject=state_code)
def page(state: str) -> ResponseReturnValue:
    """What happened to a State's record, newest first."""
    found = state_asked(state)
    return _page(found, service.page(service.subjects_of(found), _asked()))


@bp.get("/states/<state>/history.csv")
@requires(HISTORY_READ, subject=state_code)
def download(state: str) -> ResponseReturnValue:
    """The same as a file, narrowed in the same way."""
    found = state_asked(state)
    text = history_csv.written(service.lines(service.subjects_of(found), _asked()))
    answer = Response("\ufeff" + text, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{found.code}-history.csv")
    return answer


@site.get("/history")
@requires(HISTORY_READ_ALL)
def everything() -> ResponseReturnValue:
    """Every event of the chain, of both records."""
    return _page(None, service.page(None, _asked()))


def _page(state: State | None, shown: history.HistoryPage) -> str:
    known = [] if state else [*states.states(practice=False), *states.states(practice=True)]
    return render_template(
        "desk/history.html",
        state=state,
        history=shown,
        known={each.code: each for each in known},
        anchor=history.anchor,
        layout=layouts.layout(),
        looks=pages.LOOKS,
        words=messages,
        desk_words=desk_messages,
        value_names=VALUE_NAMES,
    )


def _asked() -> Asked:
    """What the query asks for; NotFound for a day or an event that is none."""
    before = request.args.get("before", "")
    if before and whole_number(before) is None:
        raise NotFound(sentence("There is no event %(event)s.", event=printable(before)))
    return Asked(
        _text("actor"),
        _text("action"),
        _text("field"),
        day_asked("since"),
        day_asked("until"),
        int(before) if before else None,
    )


def _text(name: str) -> str | None:
    return printable(request.args.get(name, "")).strip()[:120] or None
