"""How one is reminded: by mail, and by the secret address of a calendar. Part of the page of one's account."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import SIGNED_IN, current_actor, requires
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import say
from cpi1540.people.forms import MailForm
from cpi1540.people.mail_choice import MailChoice
from cpi1540.people.service import calendar_addresses, mail_choices
from cpi1540.people.views.account_page import account_page

bp: Blueprint = SiteBlueprint("reminders", __name__)
FEED = "due_dates.feed"


@bp.post("/account/mail")
@requires(SIGNED_IN)
def mail() -> ResponseReturnValue:
    """Keep where mail goes, and whether one wants the digest."""
    form = MailForm()
    if form.validate_on_submit():
        choice = MailChoice(form.address.data or "", form.mail_language.data or "", bool(form.digest.data))
        try:
            with transaction():
                mail_choices.choose(current_actor(), choice)
        except DomainError as error:
            form.address.errors = [say(error.sentence)]
        else:
            flash("mail", "reminders")
            return redirect(url("people.account") + "#mail")
    return account_page(mail=form)


@bp.post("/account/calendar")
@requires(SIGNED_IN)
def make_address() -> ResponseReturnValue:
    """Make the address of one's due dates, and show it once; an earlier one opens nothing more."""
    with transaction():
        token = calendar_addresses.make(current_actor())
    base = current_app.config["CPI1540"].address or request.host_url.rstrip("/")
    addresses = {record: base + url(FEED, token=token, record=record) for record in ("members", "practice")}
    answer = make_response(render_template("people/calendar-address.html", addresses=addresses))
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/account/calendar/revoke")
@requires(SIGNED_IN)
def revoke_address() -> ResponseReturnValue:
    """The address opens nothing any more."""
    with transaction():
        calendar_addresses.revoke(current_actor())
    flash("revoked", "reminders")
    return redirect(url("people.account") + "#calendar")
