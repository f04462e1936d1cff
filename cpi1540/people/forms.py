"""Forms for signing in, passwords, invitations and roles."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import AnyOf, EqualTo, InputRequired, Length

from cpi1540.foundation.access import Role
from cpi1540.foundation.search_text import printable
from cpi1540.locales import CODES


def _shown(text: str | None) -> str | None:
    return printable(text) if text else text


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password, and where to go next."""

    sign_in_name = StringField(
        _l("Name"), [InputRequired(_l("Enter the name of your account.")), Length(max=120)], filters=[_shown]
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password.")), Length(max=500)])
    next = HiddenField()


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, twice."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Enter a new password."))])
    again = PasswordField(
        _l("The new password once more"), [EqualTo("password", _l("The two passwords are not the same."))]
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = PasswordField(_l("Old password"), [InputRequired(_l("Enter your old password."))])


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role and its scope, by their codes; the page offers both in lists."""

    role = StringField(_l("Role"), [AnyOf(list(Role), _l("Choose a role."))], default=Role.DESK_OFFICER.value)
    scope = StringField(_l("For"), default="all")


class InviteForm(RoleForm):
    """A person's name, sign-in name and first role."""

    name = StringField(_l("Name"), [InputRequired(_l("Enter the person’s name.")), Length(max=120)], filters=[_shown])
    sign_in_name = StringField(
        _l("Sign-in name"),
        [InputRequired(_l("Enter a name to sign in with.")), Length(max=120)],
        filters=[_shown],
    )


class MailForm(FlaskForm):  # type: ignore[misc]
    """Where mail goes, in which language, and whether one wants to be reminded."""

    address = StringField(_l("Address of mail"), [Length(max=254)], filters=[_shown])
    mail_language = StringField(_l("Language of mail"), [AnyOf(CODES, _l("Choose a language."))])
    digest = BooleanField(_l("Remind me once a day of what is due or waits, when there is something"))
