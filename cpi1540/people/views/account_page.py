"""The page of one's own account, with whichever of its forms came back with a fault."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor
from cpi1540.foundation.languages import current_language
from cpi1540.foundation.mail import nothing_is_sent
from cpi1540.people.forms import ChangePasswordForm, MailForm
from cpi1540.people.service import accounts, calendar_addresses, mail_choices
from cpi1540.people.views.doors import scopes


def account_page(form: ChangePasswordForm | None = None, mail: MailForm | None = None) -> ResponseReturnValue:
    """The page; 422 when a form has a fault."""
    actor = current_actor()
    choice = mail_choices.own(actor, current_language().code)
    kept = {"address": choice.address, "mail_language": choice.language, "digest": choice.digest}
    password_form = form or ChangePasswordForm(formdata=None)
    mail_form = mail or MailForm(formdata=None, data=kept)
    page = render_template(
        "people/account.html",
        person=accounts.own_account(actor),
        form=password_form,
        mail=mail_form,
        no_mail=None if current_app.config["CPI1540"].mail_server else nothing_is_sent(),
        calendar_made_at=calendar_addresses.made_at(actor),
        scopes=scopes().names,
    )
    return page, 422 if password_form.errors or mail_form.errors else 200
