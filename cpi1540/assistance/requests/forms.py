"""The forms of requests: a request with its needs, a passage, and each thing that is recorded about a request."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import InputRequired, Length, Optional, Regexp

from cpi1540.assistance.messages import CHANNEL_NAMES, CONSENT_NAMES, KIND_NAMES, NEED_STATUS_NAMES, PRIORITY_NAMES
from cpi1540.assistance.requests.request import Channel, Consent, Kind, NeedStatus
from cpi1540.foundation.form_fields import NumberField, PartialDateField, line, paragraphs
from cpi1540.locales import LANGUAGES
from cpi1540.matrix.messages import HANDLING_NAMES
from cpi1540.matrix.record import Handling

FORMAL = {"yes": True, "no": False, "unknown": None}
NOT_OFFERED = frozenset({Channel.PORTAL, Channel.NOT_RECORDED})
_LANGUAGES = [SelectChoice(language.code, language.own_name) for language in LANGUAGES]
_CHANNELS = [SelectChoice(each.value, _l(told)) for each, told in CHANNEL_NAMES.items() if each not in NOT_OFFERED]
_DAY = _l("Enter the date as YYYY-MM-DD.")


class NeedForm(Form):  # type: ignore[misc]
    """One need. What else is wrong with it is said by the rules of requests, each at its field."""

    kind = SelectField(
        _l("Kind of assistance"),
        choices=[SelectChoice(each.value, _l(told)) for each, told in KIND_NAMES.items() if each != Kind.NOT_RECORDED],
        default=Kind.TRAINING.value,
    )
    objective = TextAreaField(_l("Objective"), filters=[paragraphs])
    fields = SelectMultipleField(_l("Fields it would close"), validate_choice=False)
    beneficiaries = StringField(_l("Beneficiary agencies"), [Length(max=2000)], filters=[line])
    in_place = StringField(_l("Assistance in place"), [Length(max=2000)], filters=[line])
    own_contribution = StringField(_l("Own contribution"), [Length(max=2000)], filters=[line])
    languages = SelectMultipleField(_l("Languages in which it can be given"), choices=_LANGUAGES)
    priority = SelectField(
        _l("Priority"),
        choices=[SelectChoice("", _l("not said"))]
        + [SelectChoice(each.value, _l(told)) for each, told in PRIORITY_NAMES.items()],
        default="",
    )
    time_frame = StringField(_l("Time frame"), [Length(max=500)], filters=[line])


class OneNeedForm(FlaskForm, NeedForm):  # type: ignore[misc]
    """A need on a page of its own, with the revision of the request at which it was read."""

    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


class NumberedNeedForm(NeedForm):
    """A need among others, with its number where the request has it already."""

    number = HiddenField(default="")


class WordsForm(FlaskForm):  # type: ignore[misc]
    """What a State says itself when it asks: its words, and its needs."""

    language = SelectField(_l("Language of the request"), choices=_LANGUAGES)
    title = StringField(_l("Subject"), filters=[line])
    text = TextAreaField(_l("Text of the request"), filters=[paragraphs])
    contact = StringField(_l("Contact"), [Length(max=600)], filters=[line])


class SubmitForm(WordsForm):
    """A request that the focal point of a State submits in its name, or changes before its note verbale comes."""

    needs = FieldList(FormField(NumberedNeedForm), min_entries=1, max_entries=20)
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


class RequestForm(WordsForm):
    """The request's own values, as a coordinator records them."""

    state = SelectField(_l("State that asks"), validate_choice=False)
    other_states = StringField(_l("States that ask with it"), [Length(max=600)], filters=[line])
    organization = StringField(_l("Or an organization"), [Length(max=300)], filters=[line])
    channel = SelectField(_l("How it came"), choices=_CHANNELS, default=Channel.NOTE_VERBALE.value)
    formal = SelectField(
        _l("Formal or informal"),
        choices=[
            SelectChoice("yes", _l("Formal request")),
            SelectChoice("no", _l("Informal request")),
            SelectChoice("unknown", _l("Not known whether formal")),
        ],
        default="yes",
    )
    date = PartialDateField(_l("Date it bears"))
    handling = SelectField(
        _l("Handling"),
        choices=[SelectChoice(each.value, _l(told)) for each, told in HANDLING_NAMES.items()],
        default=Handling.RESTRICTED.value,
    )
    source = StringField(_l("Where it stands"), [Length(max=1000)], filters=[line])
    most_needs = NumberField(_l("Needs that can be met at a time, at most"))
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


class RegisterForm(RequestForm):
    """A new request: its own values, the answer on publication, and its needs."""

    consent = SelectField(
        _l("Publication of a summary"),
        choices=[SelectChoice(each.value, _l(told)) for each, told in CONSENT_NAMES.items()],
        default=Consent.NOT_ASKED.value,
    )
    consent_on = DateField(_l("Date of that answer"), [Optional()])
    needs = FieldList(FormField(NeedForm), min_entries=1, max_entries=20)


class PassageForm(FlaskForm):  # type: ignore[misc]
    """A passage of a national report in which a State asks for assistance."""

    state = SelectField(_l("State that asks"), validate_choice=False)
    passage = TextAreaField(_l("The passage"), [InputRequired(_l("Paste the passage."))], filters=[paragraphs])
    source = StringField(
        _l("Where it stands"),
        [InputRequired(_l("Say where the passage stands: document, page.")), Length(max=1000)],
        filters=[line],
    )


class TemplateFileForm(FlaskForm):  # type: ignore[misc]
    """A filled assistance template."""

    file = FileField(_l("Filled template (.xlsx)"), [FileRequired(_l("Choose a workbook."))])


class HolidayFileForm(FlaskForm):  # type: ignore[misc]
    """A table of holidays."""

    file = FileField(_l("CSV file"), [FileRequired(_l("Choose a CSV file."))])


class DayForm(FlaskForm):  # type: ignore[misc]
    """A day on which something was done."""

    on = DateField(_l("Date"), [InputRequired(_DAY)])


class ActForm(DayForm):
    """An act of the procedure with its date and the letter it was done with."""

    act = SelectField(_l("Act"), validate_choice=False)
    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])
    paper = FileField(_l("Letter or note"))


class NoteVerbaleForm(DayForm):
    """The note verbale of a request that was submitted, or was informal until now."""

    channel = SelectField(_l("How it came"), choices=_CHANNELS, default=Channel.NOTE_VERBALE.value)
    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])


class ObjectionForm(DayForm):
    """What the requester objects to."""

    sending = BooleanField(_l("to sending the request to potential providers"))
    posting = BooleanField(_l("to posting a summary"))
    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])


class AgreementForm(DayForm):
    """That the requester took the objection to sending back."""

    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])


class ConsentForm(DayForm):
    """Whether the requester agrees to publication."""

    agreed = SelectField(
        _l("Answer"),
        choices=[
            SelectChoice("yes", _l("Consents to publication")),
            SelectChoice("no", _l("Does not consent to publication")),
        ],
    )
    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])


class ReferralForm(DayForm):
    """Which member of the Committee referred the request to the working group."""

    by_member = StringField(
        _l("Member of the Committee"),
        [InputRequired(_l("Name the member of the Committee.")), Length(max=200)],
        filters=[line],
    )
    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])


class EndForm(DayForm):
    """The end of a request, with what it came to."""

    note = TextAreaField(
        _l("Note"), [InputRequired(_l("Say why, or with what result.")), Length(max=2000)], filters=[paragraphs]
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is taken back or withdrawn."""

    number = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])
    reason = TextAreaField(_l("Reason"), [Length(max=2000)], filters=[paragraphs])


class PaperForm(FlaskForm):  # type: ignore[misc]
    """A file to keep with the request."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class TranslationForm(FlaskForm):  # type: ignore[misc]
    """A text of the request in another language."""

    part = SelectField(_l("Text"), validate_choice=False)
    language = SelectField(_l("Language"), choices=_LANGUAGES)
    text = TextAreaField(_l("Translation"), [Length(max=20_000)], filters=[paragraphs])
    machine = BooleanField(_l("made by a machine, not checked by a person"))
    read_at = HiddenField()


class NeedStatusForm(FlaskForm):  # type: ignore[misc]
    """How far a need has come; a need is withdrawn with a reason instead."""

    status = SelectField(
        _l("How far it has come"),
        choices=[
            SelectChoice(each.value, _l(told))
            for each, told in NEED_STATUS_NAMES.items()
            if each != NeedStatus.WITHDRAWN
        ],
    )


def faults_of(form: Any) -> list[tuple[str, str]]:
    """(id of the control, what is wrong) for every fault of a form and of the forms in it, in the form's order."""
    found: list[tuple[str, str]] = []
    for control in form:
        if isinstance(control, FieldList):
            for entry in control.entries:
                found += faults_of(entry.form)
        elif isinstance(control, FormField):
            found += faults_of(control.form)
        else:
            found += [(control.id, str(error)) for error in control.errors]
    return found


def typed(form: Any) -> list[tuple[str, str]]:
    """Every value of a form as a browser would send it: (name, value), for a page that carries it on."""
    found: list[tuple[str, str]] = []
    for control in form:
        if isinstance(control, FieldList):
            for entry in control.entries:
                found += typed(entry.form)
        elif isinstance(control, SelectMultipleField):
            found += [(control.name, value) for value in control.data or ()]
        elif control.name != "csrf_token" and control.data not in (None, ""):
            found.append((control.name, str(control.data)))
    return found
