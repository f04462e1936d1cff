"""What comes of matches: how well the matcher does, and which providers overlap."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cpi1540.assistance.outcomes.actions import READ_OUTCOMES
from cpi1540.assistance.outcomes.measures import FIRST_FEW
from cpi1540.assistance.outcomes.service import counting, reading, threads
from cpi1540.assistance.outcomes.thread import Outcome
from cpi1540.assistance.outcomes.views.match_words import WORDS
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.foundation.access import requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.languages import name
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("outcomes", __name__)


@bp.get("/assistance/measures")
@requires(READ_OUTCOMES)
def measures() -> ResponseReturnValue:
    """How well the matcher does, each figure with its number and method; what became of the fields, counted."""
    practice = in_practice()
    return render_template(
        "assistance/outcomes/measures.html",
        found=counting.measures(practice),
        counts=threads.counts(practice),
        outcomes=list(Outcome),
        first_few=FIRST_FEW,
        today=calendar.today(),
        **WORDS,
    )


@bp.get("/assistance/overlaps")
@requires(READ_OUTCOMES)
def overlaps() -> ResponseReturnValue:
    """Providers who work on one topic in one State in one quarter."""
    practice = in_practice()
    found = counting.overlapping(practice)
    known = {placed.match.id: placed for placed in reading.placed_matches(practice)} if found else {}
    layout = layouts.layout()
    rows = {f"{row.section}.{row.key}": row.labels for row in layout.rows.values()}
    return render_template(
        "assistance/outcomes/overlaps.html",
        found=found,
        known=known,
        rows=rows,
        state_names={state.code: name(state.names) for state in states.states(practice=practice)},
        today=calendar.today(),
        **WORDS,
    )
