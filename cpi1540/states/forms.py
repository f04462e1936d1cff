"""The forms of the register of commitments."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import Length, Optional, Regexp

from cpi1540.foundation.form_fields import PartialDateField, line, paragraphs
from cpi1540.states.commitment import LENGTHS
from cpi1540.states.messages import CONFIDENCE_NAMES, HANDLING_NAMES


class CommitmentForm(FlaskForm):  # type: ignore[misc]
    """One record. What else is wrong with it is said by the rules of the register, each at its field."""

    value = StringField(_l("Value"), [Length(max=LENGTHS["value"])], filters=[line])
    date = PartialDateField(_l("Date of the act"))
    ended = PartialDateField(_l("Ended"))
    authority = StringField(_l("Authority or other party"), [Length(max=LENGTHS["authority"])], filters=[line])
    source = StringField(_l("Source"), [Length(max=LENGTHS["source"])], filters=[line])
    url = StringField(_l("Address of the source"), [Length(max=LENGTHS["url"])], filters=[line])
    as_of = DateField(_l("Date of the source"), [Optional()])
    note = TextAreaField(_l("Note"), [Length(max=LENGTHS["note"])], filters=[paragraphs])
    handling = SelectField(
        _l("Handling"), choices=[SelectChoice(each.value, _l(told)) for each, told in HANDLING_NAMES.items()]
    )
    confidence = SelectField(
        _l("Confidence"), choices=[SelectChoice(each.value, _l(told)) for each, told in CONFIDENCE_NAMES.items()]
    )
    revises = SelectField(_l("Revises"), validate_choice=False)
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """Why a record is taken out of the register."""

    reason = TextAreaField(_l("Reason"), [Length(max=2000)], filters=[paragraphs])
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


class RegisterFileForm(FlaskForm):  # type: ignore[misc]
    """A CSV file of the register."""

    file = FileField(_l("CSV file"), [FileRequired(_l("Choose a CSV file."))])
