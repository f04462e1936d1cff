"""The link by which a person sets a password."""

from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import public
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import say
from cpi1540.people.forms import NewPasswordForm
from cpi1540.people.service import accounts, invitations
from cpi1540.people.views.doors import begin

bp: Blueprint = SiteBlueprint("invitation", __name__)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def page(token: str) -> ResponseReturnValue:
    """Set a password by a link, once; afterwards one is signed in."""
    invited, form = invitations.open_invitation(token), NewPasswordForm()
    if form.validate_on_submit():
        try:
            kept = accounts.new_password(invited.sign_in_name, form.password.data or "")
            with transaction():
                session_token = invitations.set_password(token, kept)
        except NotFound:
            raise
        except DomainError as error:
            form.password.errors = [say(error.sentence)]
        else:
            begin(session_token)
            return redirect(url("desk.home", record="members"))
    shown = render_template("people/invitation.html", invited=invited, form=form)
    answer = make_response(shown, 422 if form.errors else 200)
    # The address is a key: no other place learns it, no store keeps the page.
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
