"""What the factors of a match weigh: read, and changed by a new version."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from cpi1540.assistance.matching import messages
from cpi1540.assistance.matching.actions import EDIT_WEIGHTS, READ_MATCHES
from cpi1540.assistance.matching.factors import FACTORS
from cpi1540.assistance.matching.service import match_weights
from cpi1540.assistance.matching.weights import Weights
from cpi1540.coverage.views.profile_form import LONGEST_REASON, NumberField
from cpi1540.foundation.access import current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.form_fields import paragraphs
from cpi1540.foundation.languages import current_language, say, share
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.people.service.directory import names_of

bp: Blueprint = RecordBlueprint("match_weights", __name__)
# Weights are typed with two or three decimals: so far their sum may be from 1.
NEAR = 5e-4


class WeightsForm(FlaskForm):  # type: ignore[misc]
    """A weight for each factor, added by ``_form``, and why they are changed."""

    reason = TextAreaField(
        _l("Reason for this version"),
        [InputRequired(_l("Say why: matches will be asked about it.")), Length(max=LONGEST_REASON)],
        filters=[paragraphs],
    )
    after = HiddenField()


@bp.get("/assistance/match-weights")
@requires(READ_MATCHES)
def page() -> ResponseReturnValue:
    """The weights in force or, with ``?version=``, an earlier version."""
    kept = match_weights.versions_of()
    asked = request.args.get("version", "")
    wanted = whole_number(asked) if asked else kept[0].weights.version
    chosen = next((each for each in kept if each.weights.version == wanted), None)
    if chosen is None:
        raise NotFound(sentence("The weights have no version %(version)s.", version=printable(asked)[:20]))
    return render_template(
        "assistance/matching/weights.html",
        kept=chosen,
        newest=kept[0].weights,
        versions=kept,
        people=names_of({each.by for each in kept if each.by}),
        words=messages,
    )


@bp.route("/assistance/match-weights/edit", methods=["GET", "POST"])
@requires(EDIT_WEIGHTS)
def edit() -> ResponseReturnValue:
    """Make the next version of the weights."""
    newest = match_weights.newest()
    form = _form(newest)
    told = None
    if form.validate_on_submit():
        typed = {name: form[_name(name)].number or 0.0 for name in FACTORS}
        whole = sum(typed.values())
        if abs(whole - 1) > NEAR:
            told = gettext("The weights sum to %(sum)s. They must sum to 1.", sum=share(whole))
        else:
            try:
                with transaction():
                    kept = match_weights.keep(
                        {name: value / whole for name, value in typed.items()},
                        current_actor(),
                        after=whole_number(form.after.data or "") or 0,
                        reason=form.reason.data or "",
                        language=current_language().code,
                    )
            except (NotAllowed, NotFound):
                raise
            except DomainError as error:
                told = say(error.sentence)
            else:
                flash(kept.label, "match-weights")
                return redirect(url("match_weights.page"))
    page = render_template(
        "assistance/matching/weights-form.html",
        form=form,
        newest=newest,
        controls={name: form[_name(name)] for name in FACTORS},
        told=told,
        words=messages,
    )
    return page, 422 if told or form.errors else 200


def _name(factor: str) -> str:
    return f"weight_{factor.replace('-', '_')}"


def _form(newest: Weights) -> Any:
    class Form(WeightsForm):
        pass

    for name in FACTORS:
        setattr(Form, _name(name), NumberField("", low=0, high=1))
    filled = {_name(name): format(round(value, 6), "g") for name, value in newest.of.items()}
    return Form(data={**filled, "after": str(newest.version)})
