"""Coverage of a State, of a group and of the whole record, each figure with all that explains it."""

from collections.abc import Sequence

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cpi1540.coverage import messages
from cpi1540.coverage.service import explanations, lenses, profiles
from cpi1540.coverage.service.explanations import Explanation
from cpi1540.coverage.views.asked import parameters_asked, question_asked
from cpi1540.coverage.views.chips import chips_asked
from cpi1540.coverage.views.files import figures_file
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.languages import name, sorted_by_name
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import state_asked
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names
from cpi1540.states.state import State
from cpi1540.states.views.asked import group_asked

bp: Blueprint = RecordBlueprint("figures", __name__)
EVERYONE = "all"


@bp.get("/states/<state>/coverage")
@public
def of_state(state: str) -> ResponseReturnValue:
    """One State's figure: how it comes about, its parts, and the fields behind it."""
    found = state_asked(state)
    answer = explanations.explain([found], question_asked(), current_actor(), {found.code: [found.code]})
    return render_template(
        "coverage/of-state.html",
        state=found,
        answer=answer,
        figures=answer.figures[found.code],
        rows=explanations.fields_behind(answer, found),
        **_choices(answer, state=found.code),
    )


@bp.get("/states/<state>/coverage/figures.<form>")
@public
def of_state_file(state: str, form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    found = state_asked(state)
    answer = explanations.explain([found], question_asked(), current_actor(), {found.code: [found.code]})
    return figures_file(form, f"coverage-{found.code}", name(found.names), answer, {found.code: name(found.names)})


@bp.get("/coverage")
@public
def of_record() -> ResponseReturnValue:
    """The figures of the groups and of all; with a group chosen, those of its States, in alphabetical order."""
    group, listed, answer = _asked_of_record()
    return render_template(
        "coverage/of-record.html",
        answer=answer,
        group=group,
        listed=listed,
        everyone=EVERYONE,
        figures=answer.figures[group or EVERYONE],
        **_choices(answer, **({"group": group} if group else {})),
    )


@bp.get("/coverage/figures.<form>")
@public
def of_record_file(form: str) -> ResponseReturnValue:
    """The same as a file: json or xlsx."""
    group, listed, answer = _asked_of_record()
    names = {code: name(names) for code, names in group_names().items()} | {EVERYONE: gettext(messages.EVERYONE)}
    names |= {state.code: name(state.names) for state in listed}
    return figures_file(form, f"coverage-{group or EVERYONE}", names[group or EVERYONE], answer, names)


def _asked_of_record() -> tuple[str | None, Sequence[State], Explanation]:
    group = group_asked()
    everyone = states.states(practice=g.record == PRACTICE)
    scope = states.by_group(everyone)[group] if group else everyone
    members = {code: [state.code for state in each] for code, each in states.by_group(scope).items() if each}
    groups: dict[str, Sequence[str]] = dict(members)
    if group is None:
        groups[EVERYONE] = [state.code for state in scope]
    listed = sorted_by_name(scope, key=lambda state: state.sort_names) if group else []
    groups |= {state.code: [state.code] for state in listed}
    return group, listed, explanations.explain(scope, question_asked(), current_actor(), groups)


def _choices(answer: Explanation, **values: str) -> dict[str, object]:
    """What the form of the question offers, and the words that the page needs; ``values`` are the address's own."""
    return {
        "chips": chips_asked(answer.layouts, answer.as_of, answer.profile, **values),
        "asked": parameters_asked(),
        "values": values,
        "lenses": lenses.lenses(),
        "profiles": profiles.newest(),
        "sections": layouts.layout().sections,
        "labels": {".".join(key): row.labels for layout in answer.layouts for key, row in layout.rows.items()},
        "words": matrix_words,
        "part_words": messages,
    }
