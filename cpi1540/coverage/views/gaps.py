"""The gaps of a State."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from cpi1540.coverage.pages import gaps_page
from cpi1540.coverage.service import gap_lists
from cpi1540.coverage.views.asked import question_asked
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.matrix import messages
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states

bp: Blueprint = RecordBlueprint("coverage", __name__)


@bp.get("/states/<state>/gaps")
@public
def gaps(state: str) -> ResponseReturnValue:
    """A State's gaps, and the counted fields nobody has reviewed, section by section."""
    found = states.find(state, practice=g.record == PRACTICE)
    answer = gap_lists.gaps(found, question_asked(), current_actor())
    layout = layouts.layout(answer.version.layout if answer.version else layouts.DEFAULT_LAYOUT)
    page = gaps_page(layout, answer.gaps)
    return render_template("coverage/gaps.html", state=found, page=page, answer=answer, words=messages)
