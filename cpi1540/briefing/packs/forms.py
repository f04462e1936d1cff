"""The forms of briefing packs: the question, and the office's own templates."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import InputRequired, ValidationError

from cpi1540.briefing.packs.messages import FORM_NAMES, KIND_NAMES
from cpi1540.briefing.packs.pack import Form, Kind
from cpi1540.coverage.profile import EQUAL
from cpi1540.foundation.templating import today
from cpi1540.locales import LANGUAGES

_DAY = _l("Enter the date as YYYY-MM-DD.")


class PackForm(FlaskForm):  # type: ignore[misc]
    """What a pack is to be of. ``of`` is a State's code, a group, or nothing for the whole record."""

    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, _l(told)) for kind, told in KIND_NAMES.items()],
        default=Kind.GLOBAL.value,
    )
    of = SelectField(_l("Of"), default="")
    lens = SelectField(_l("Lens"), default="")
    since = DateField(_l("Changes since"), [InputRequired(_DAY)])
    until = DateField(_l("As of"), [InputRequired(_DAY)])
    languages = SelectMultipleField(
        _l("Languages"),
        [InputRequired(_l("Choose one language at least."))],
        choices=[SelectChoice(language.code, language.own_name) for language in LANGUAGES],
    )
    forms = SelectMultipleField(
        _l("Files"),
        [InputRequired(_l("Choose one kind of file at least."))],
        choices=[SelectChoice(form.value, _l(told)) for form, told in FORM_NAMES.items()],
        default=[Form.PPTX.value],
    )
    profile = SelectField(_l("Weights"), default=EQUAL.name)
    public = BooleanField(_l("For the public: only what everybody may read"))

    def validate_until(self, field: DateField) -> None:
        """What the question would refuse, said at its place."""
        if field.data and field.data > today():
            raise ValidationError(_l("The date lies in the future."))


class TemplateForm(FlaskForm):  # type: ignore[misc]
    """One file."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
