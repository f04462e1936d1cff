"""What waits for the one who is signed in, and the notices sent to them."""

from collections import Counter

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.desk import worklist as rules
from cpi1540.desk.messages import NOTICES
from cpi1540.desk.service import worklist
from cpi1540.foundation import notices
from cpi1540.foundation.access import SIGNED_IN, current_actor, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.templating import today
from cpi1540.foundation.whole_number import whole_number
from cpi1540.people.service import directory as people
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("worklist", __name__)


@bp.get("/worklist")
@requires(SIGNED_IN)
def page() -> ResponseReturnValue:
    """Everything that waits, by urgency; narrowed to one kind when asked."""
    practice = g.record == PRACTICE
    everything = worklist.items(current_actor(), practice=practice)
    kind = request.args.get("kind") or None
    if kind is not None and kind not in list(rules.Kind):
        raise NotFound(sentence("The worklist has no kind %(kind)s.", kind=printable(kind)))
    shown = [item for item in everything if kind is None or item.kind == kind]
    return render_template(
        "desk/worklist.html",
        groups=rules.grouped(shown, today()),
        counts=Counter(item.kind for item in everything),
        n_all=len(everything),
        kind=kind,
        kinds=rules.KIND_NAMES,
        urgencies=rules.URGENCY_NAMES,
        state_names={state.code: state.names for state in states.states(practice=practice)},
    )


@bp.get("/notices")
@requires(SIGNED_IN)
def notices_page() -> ResponseReturnValue:
    """What happened that one should know, newest first, of both records."""
    listed = notices.notices(current_actor())
    members = [*states.states(practice=False), *states.states(practice=True)]
    return render_template(
        "desk/notices.html",
        notices=listed,
        sentences=NOTICES,
        names=people.names_of(sorted({notice.by for notice in listed})),
        state_names={state.code: state.names for state in members},
        upto=listed[0].id if listed else 0,
    )


@bp.post("/notices/read")
@requires(SIGNED_IN)
def read_notices() -> ResponseReturnValue:
    """Mark the notices shown as read."""
    upto = request.form.get("upto", "")
    with transaction():
        notices.mark_read(current_actor(), whole_number(upto) or 0)
    return redirect(url("worklist.notices_page"))
