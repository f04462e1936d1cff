"""The forms of letters: the text of a template, and what a letter about a request needs."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from cpi1540.assistance.letters.letter import LetterKind
from cpi1540.assistance.letters.service.letters import LetterValues
from cpi1540.foundation.form_fields import line, paragraphs
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import CODES

EARLIEST_YEAR, LATEST_YEAR = 2004, 2100


class TemplateForm(FlaskForm):  # type: ignore[misc]
    """The subject and the body of a template, and the version that was read."""

    seen = HiddenField()
    subject = StringField(_l("Subject"), filters=[line])
    body = TextAreaField(_l("Text"), filters=[paragraphs])


class LetterForm(FlaskForm):  # type: ignore[misc]
    """A letter's language, day, addressee, and what its text takes from the one who writes it."""

    language = StringField(_l("Language of the letter"), [AnyOf(CODES, _l("Choose a language."))])
    version = HiddenField()
    dated = DateField(_l("Date of the letter"), [InputRequired(_l("Enter the date as YYYY-MM-DD."))])
    addressee = TextAreaField(_l("Addressee"), [Length(max=600)], filters=[paragraphs])
    signatory = StringField(_l("Name of the one who signs"), [Length(max=120)], filters=[line])
    offers = TextAreaField(_l("Offers"), [Length(max=4000)], filters=[paragraphs])
    file = FileField(_l("The file as it was sent"))
    record_act = BooleanField(_l("Record the step of the procedure with the date of the letter"))

    def validate_dated(self, field: Any) -> None:
        """Refuse a day on which no such letter can have been written."""
        if field.data and not EARLIEST_YEAR <= field.data.year <= LATEST_YEAR:
            raise ValidationError(
                _("Enter a date between %(first)s and %(last)s.", first=str(EARLIEST_YEAR), last=str(LATEST_YEAR))
            )

    def values(self, kind: LetterKind, newest: int) -> LetterValues:
        """What was typed, once it is valid; the newest template where the form names none."""
        if self.dated.data is None:
            raise ValueError("a form with faults gives no values")
        return LetterValues(
            kind,
            self.language.data or "",
            whole_number(self.version.data or "") or newest,
            self.addressee.data or "",
            self.dated.data,
            self.signatory.data or "",
            self.offers.data or "",
        )
