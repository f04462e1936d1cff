"""The forms of the office's own lenses, and of the note on a lens."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import URL, InputRequired, Length, NoneOf, Optional, Regexp

from cpi1540.coverage.lenses.lens import Lens, LensNote
from cpi1540.coverage.lenses.lens_json import CODE, LONGEST_CODE
from cpi1540.foundation.form_fields import line, paragraphs
from cpi1540.foundation.languages import current_language
from cpi1540.locales import CODES, LANGUAGES

# The address of the form for a new lens stands where the address of a lens of that code would.
TAKEN_BY_ADDRESSES = ("new",)
LONGEST_NAME, LONGEST_TEXT = 120, 2000


class LensForm(FlaskForm):  # type: ignore[misc]
    """A lens of the office: its texts in the languages it is known in, its rows, instruments and commitments."""

    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Enter a code of small letters, digits and hyphens.")),
            Length(max=LONGEST_CODE),
            Regexp(rf"^{CODE.pattern}$", message=_l("Use small letters, digits and single hyphens only.")),
            NoneOf(TAKEN_BY_ADDRESSES, message=_l("This code is taken by an address of the portal. Choose another.")),
        ],
        filters=[line],
    )
    every_row = BooleanField(_l("Every row of the matrix"))
    rows = SelectMultipleField(_l("Rows"))
    instruments = SelectMultipleField(_l("Treaties, regimes and bodies"))
    commitments = SelectMultipleField(_l("Commitments"))
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])

    def validate_rows(self, control: SelectMultipleField) -> None:
        """A lens without a row would look at nothing."""
        if not self.every_row.data and not control.data:
            raise ValidationError(control.gettext(_l("Tick some rows, or every row.")))

    def text(self, part: str, language: str) -> Any:
        """The control of a text ("name", "purpose") in a language."""
        return self[f"{part}_{language}"]

    def texts(self, part: str) -> dict[str, str]:
        """Language -> text, for the languages in which there is one."""
        return {code: text for code in CODES if (text := self.text(part, code).data)}

    def told(self) -> Lens:
        """The lens that a valid form describes."""
        return Lens(
            self.code.data or "",
            self.texts("name"),
            self.texts("purpose"),
            None if self.every_row.data else frozenset(self.rows.data or ()),
            tuple(self.instruments.data or ()),
            tuple(self.commitments.data or ()),
            own=True,
        )


def _in_some_language(part: str, fault: Any) -> Any:
    """Refuses at the reader's own language when the text is there in none."""

    def check(form: LensForm, control: StringField) -> None:
        if control.name == f"{part}_{current_language().code}" and not form.texts(part):
            raise ValidationError(control.gettext(fault))

    return check


for _language in LANGUAGES:
    _name_needed = _in_some_language("name", _l("Give the lens a name, in one language at least."))
    _purpose_needed = _in_some_language("purpose", _l("Say what the lens is for, in one language at least."))
    setattr(
        LensForm,
        f"name_{_language.code}",
        StringField(_language.own_name, [_name_needed, Length(max=LONGEST_NAME)], filters=[line]),
    )
    setattr(
        LensForm,
        f"purpose_{_language.code}",
        TextAreaField(_language.own_name, [_purpose_needed, Length(max=LONGEST_TEXT)], filters=[paragraphs]),
    )


def lens_data(lens: Lens, revision: int) -> Mapping[str, Any]:
    """What the form of a lens begins with."""
    texts = {f"name_{code}": text for code, text in lens.names.items()}
    texts |= {f"purpose_{code}": text for code, text in lens.purposes.items()}
    return {
        "code": lens.code,
        **texts,
        "every_row": lens.rows is None,
        "rows": sorted(lens.rows or ()),
        "instruments": list(lens.instruments),
        "commitments": list(lens.commitments),
        "revision": str(revision),
    }


class LensNoteForm(FlaskForm):  # type: ignore[misc]
    """What the office says about a lens: never without its source and the source's date."""

    text = TextAreaField(
        _l("Note"), [InputRequired(_l("Write the note.")), Length(max=LONGEST_TEXT)], filters=[paragraphs]
    )
    language = SelectField(
        _l("Language"), choices=[SelectChoice(language.code, language.own_name) for language in LANGUAGES]
    )
    source = StringField(
        _l("Source"),
        [InputRequired(_l("Name the source: a document, a list, a page.")), Length(max=500)],
        filters=[line],
    )
    url = StringField(
        _l("Address of the source"),
        [Optional(), URL(message=_l("This is not a web address.")), Length(max=500)],
        filters=[line],
    )
    dated = DateField(
        _l("Date of the source"),
        [InputRequired(_l("Enter the date of the source: the day on which it says so, as in 2026-10-28."))],
    )
    after = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])

    def told(self) -> LensNote:
        """The note that a valid form describes."""
        text, source, dated = self.text.data or "", self.source.data or "", self.dated.data
        if dated is None:
            raise ValueError("the form has no date, so it is not valid")
        return LensNote(text, self.language.data, source, dated, self.url.data or "")
