"""The forms of the matrix: a field, a measure, its document, a step, a proposal."""

import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import URL, InputRequired, Length, Optional, Regexp

from cpi1540.foundation.form_fields import PartialDateField, line, paragraphs
from cpi1540.locales import CODES, LANGUAGES
from cpi1540.matrix.measure import KIND_NAMES, MeasureKind
from cpi1540.matrix.messages import CODE_NAMES
from cpi1540.matrix.pages import LOOKS
from cpi1540.matrix.record import OPTIONS

LANGUAGE_CHOICES = [SelectChoice(language.code, language.own_name) for language in LANGUAGES]


class SourceForm(Form):  # type: ignore[misc]
    """One source of a field: a measure with its pinpoint, or a text."""

    kept = HiddenField()  # the place of the source it stands for; empty for a new one
    measure = SelectField(_l("Measure"), validate_choice=False)
    pinpoint = StringField(_l("Pinpoint"), [Length(max=200)], filters=[line])
    text = StringField(_l("Text"), [Length(max=2000)], filters=[line])
    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES, validate_choice=False)
    url = StringField(_l("Address"), [Optional(), URL(message=_l("This is not a web address.")), Length(max=500)])


class EntryForm(FlaskForm):  # type: ignore[misc]
    """What one field records."""

    code = RadioField(_l("Code"), choices=[SelectChoice(option, _l(CODE_NAMES[LOOKS[option]])) for option in OPTIONS])
    sources = FieldList(FormField(SourceForm), max_entries=40)
    remarks = TextAreaField(_l("Remarks"), [Length(max=5000)], filters=[paragraphs])
    remarks_language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES)
    revision = HiddenField(validators=[Regexp(r"^[0-9]{1,9}$")])


class MeasureForm(FlaskForm):  # type: ignore[misc]
    """A measure: its title in the original language and in others, dates, provisions, where it stands."""

    kind = SelectField(_l("Kind"), choices=[SelectChoice(kind.value, _l(KIND_NAMES[kind])) for kind in MeasureKind])
    original_language = SelectField(_l("Original language"), choices=LANGUAGE_CHOICES)
    title_ar = StringField("العربية", [Length(max=500)], filters=[line])
    title_en = StringField("English", [Length(max=500)], filters=[line])
    title_es = StringField("Español", [Length(max=500)], filters=[line])
    title_fr = StringField("Français", [Length(max=500)], filters=[line])
    title_ru = StringField("Русский", [Length(max=500)], filters=[line])
    title_zh = StringField("中文", [Length(max=500)], filters=[line])
    official_number = StringField(_l("Number"), [Length(max=80)], filters=[line])
    adopted = PartialDateField(_l("Adopted"))
    in_force = PartialDateField(_l("In force"))
    amended = PartialDateField(_l("Amended"))
    repealed = PartialDateField(_l("Repealed"))
    issuing_body = StringField(_l("Issuing body"), [Length(max=300)], filters=[line])
    provisions = TextAreaField(_l("Provisions"), [Length(max=60000)], filters=[paragraphs])
    document = StringField(_l("Symbol of the document"), [Length(max=80)], filters=[line])
    page = StringField(_l("Page"), [Length(max=40)], filters=[line])
    document_title = StringField(_l("Title of the document"), [Length(max=500)], filters=[line])
    url = StringField(_l("Address"), [Optional(), URL(message=_l("This is not a web address.")), Length(max=500)])
    retrieved_on = DateField(_l("Retrieved on"), [Optional()])
    file = FileField(_l("File of the document"))
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])

    def title_field(self, language: str) -> Any:
        """The field for the title in one language."""
        return self[f"title_{language}"]

    def validate_original_language(self, field: Any) -> None:
        """The title in the original language is the one that must be there."""
        title = self.title_field(field.data) if field.data in CODES else None
        if title is not None and not title.data:
            raise ValidationError(_l("Enter the title in the original language."))

    def validate_retrieved_on(self, field: Any) -> None:
        """Nothing was retrieved in the future."""
        if field.data and field.data > datetime.datetime.now(datetime.UTC).date():
            raise ValidationError(_l("This date lies in the future."))

    def validate_document(self, field: Any) -> None:
        """A page, an address or a file belongs to a document."""
        described = self.document_title.data or self.url.data or self.retrieved_on.data or self.page.data
        if not field.data and (described or (self.file.data and self.file.data.filename)):
            raise ValidationError(_l("Enter the symbol of the document that this describes."))


class PasteForm(FlaskForm):  # type: ignore[misc]
    """A title with its articles, pasted as text."""

    text = TextAreaField(
        _l("Title and articles"),
        [InputRequired(_l("Paste the title and the articles.")), Length(max=100000)],
        filters=[paragraphs],
    )
    language = SelectField(_l("Language of the text"), choices=LANGUAGE_CHOICES)


class StepForm(FlaskForm):  # type: ignore[misc]
    """What a step of the workflow is given."""

    reason = TextAreaField(_l("Reason"), [Length(max=2000)], filters=[paragraphs])
    due = DateField(_l("Answer asked for by"), [Optional()])
    symbol = StringField(_l("Symbol of the document"), [Length(max=80)], filters=[line])
    approved_on = DateField(_l("Date of approval"), [Optional()])
    revision = HiddenField(validators=[Regexp(r"^[0-9]{1,9}$")])


class ProposalForm(FlaskForm):  # type: ignore[misc]
    """What a State proposes for one field."""

    code = SelectField(
        _l("Proposed code"),
        choices=[
            SelectChoice("keep", _l("leave the code as it is")),
            *(SelectChoice(each, _l(CODE_NAMES[LOOKS[each]])) for each in OPTIONS if each != "-"),
        ],
    )
    sources = StringField(_l("Source (law, article, page)"), [Length(max=2000)], filters=[line])
    remarks = TextAreaField(_l("Remark"), [Length(max=5000)], filters=[paragraphs])
    comment = TextAreaField(_l("Comment"), [Length(max=5000)], filters=[paragraphs])


class CommentForm(FlaskForm):  # type: ignore[misc]
    """A comment on a field."""

    text = TextAreaField(
        _l("Comment"), [InputRequired(_l("Write a comment first.")), Length(max=5000)], filters=[paragraphs]
    )
    shared = BooleanField(_l("Shared with the State"))
    reply_to = HiddenField(validators=[Optional(), Regexp(r"^[0-9]{1,9}$")])
