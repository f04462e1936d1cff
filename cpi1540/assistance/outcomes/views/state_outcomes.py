"""From gap to outcome, for one State: each match of its needs, and what became of the fields."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cpi1540.assistance.outcomes.pages import row_names
from cpi1540.assistance.outcomes.service import reading, threads
from cpi1540.assistance.outcomes.thread import Outcome
from cpi1540.assistance.outcomes.views.match_words import WORDS
from cpi1540.assistance.procedure.service import calendar
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import state_asked

bp: Blueprint = RecordBlueprint("state_outcomes", __name__)


@bp.get("/states/<state>/outcomes")
@public
def of_state(state: str) -> ResponseReturnValue:
    """The matches of a State's needs that the reader may know of, with the code of each field before and after."""
    found, actor = state_asked(state), current_actor()
    listed, counts = threads.threads_of(found, actor)
    placed = {match.id: match for match in reading.matches(found.practice, actor)} if listed else {}
    layout = layouts.layout()
    return render_template(
        "assistance/outcomes/of-state.html",
        state=found,
        threads=listed,
        counts=counts,
        matches=placed,
        rows={each.delivery.match: row_names(each.delivery.fields, layout) for each in listed},
        fields={field.key: field for field in layout.fields},
        outcomes=list(Outcome),
        matrix_words=matrix_words,
        today=calendar.today(),
        **WORDS,
    )
