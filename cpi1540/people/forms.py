"""The sign-in form."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from cpi1540.foundation.search_text import printable


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password, and where to go next."""

    sign_in_name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter the name of your account.")), Length(max=120)],
        filters=[lambda text: printable(text) if text else text],
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password.")), Length(max=500)])
    next = HiddenField()
