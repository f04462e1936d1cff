"""How far the figures of a State, of the groups and of their States move, and what moves them."""

from collections.abc import Sequence

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.coverage.service import lenses, profiles
from cpi1540.coverage.service import uncertainty as uncertainties
from cpi1540.coverage.service.uncertainty import StateUncertainty, Uncertainty
from cpi1540.coverage.uncertainty.messages import FACTOR_NAMES
from cpi1540.coverage.views.asked import parameters_asked, question_asked
from cpi1540.coverage.views.uncertainty_files import record_file, state_file
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.languages import sorted_by_name
from cpi1540.matrix import messages as words
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.state import State
from cpi1540.states.views.asked import group_asked, state_asked

bp: Blueprint = RecordBlueprint("uncertainty", __name__)


@bp.get("/states/<state>/coverage/uncertainty")
@public
def of_state(state: str) -> ResponseReturnValue:
    """One State's band, the factors behind it, and whom of its group it cannot be told from."""
    found, peers, answer = _asked_of_state(state)
    return render_template(
        "coverage/uncertainty-of-state.html",
        state=found,
        peers=peers,
        answer=answer,
        ranks=bool(answer.ranks),
        **_form(),
    )


@bp.get("/states/<state>/coverage/uncertainty.<form>")
@public
def of_state_file(state: str, form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    found, peers, answer = _asked_of_state(state)
    return state_file(form, found, peers, answer)


@bp.get("/coverage/uncertainty")
@public
def of_record() -> ResponseReturnValue:
    """The bands of the groups and of all; with a group chosen, those of its States, in alphabetical order."""
    group, listed, answer = _asked_of_record()
    return render_template("coverage/uncertainty.html", group=group, listed=listed, answer=answer, **_form())


@bp.get("/coverage/uncertainty.<form>")
@public
def of_record_file(form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    return record_file(form, *_asked_of_record())


def _asked_of_state(code: str) -> tuple[State, Sequence[State], StateUncertainty]:
    """The State, the States of its group in the alphabetical order of the reader's language, and the answer."""
    state = state_asked(code)
    answer = uncertainties.of_state(state, question_asked(), current_actor(), ranks=request.args.get("ranks") == "1")
    peers = sorted_by_name(states.states(practice=state.practice, group=state.group), lambda each: each.sort_names)
    return state, peers, answer


def _asked_of_record() -> tuple[str | None, Sequence[State], Uncertainty]:
    group = group_asked()
    scope = states.states(practice=g.record == PRACTICE, group=group)
    groups = {code: [state.code for state in each] for code, each in states.by_group(scope).items() if each}
    answer = uncertainties.uncertainty(scope, question_asked(), current_actor(), groups)
    return group, sorted_by_name(scope, lambda each: each.sort_names) if group else [], answer


def _form() -> dict[str, object]:
    """What the form of the question offers."""
    return {
        "asked": parameters_asked(),
        "lenses": lenses.lenses(),
        "profiles": profiles.newest(),
        "sections": layouts.layout().sections,
        "words": words,
        "factor_names": FACTOR_NAMES,
    }
