"""The forms of providers and offers, and of each thing that is recorded about them."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import InputRequired, Length, Optional, Regexp

from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.offers.messages import PROVIDER_KIND_NAMES
from cpi1540.assistance.offers.offer import ProviderKind
from cpi1540.assistance.requests.request import Kind
from cpi1540.foundation.form_fields import NumberField, line, paragraphs
from cpi1540.locales import CODES, LANGUAGES
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.messages import DOMAIN_NAMES, HANDLING_NAMES
from cpi1540.matrix.record import Handling
from cpi1540.states.groups import GROUPS

_LANGUAGES = [SelectChoice(language.code, language.own_name) for language in LANGUAGES]
_HANDLINGS = [SelectChoice(each.value, _l(told)) for each, told in HANDLING_NAMES.items()]
NAME, MANDATE = "name_", "mandate_"  # what the controls for a text in one language begin with


class OfferForm(FlaskForm):  # type: ignore[misc]
    """An offer. What else is wrong with it is said by the rules of offers, each at its field."""

    provider = SelectField(_l("Provider"), validate_choice=False)
    language = SelectField(_l("Language of these texts"), choices=_LANGUAGES)
    title = StringField(_l("Title"), filters=[line])
    description = TextAreaField(_l("What is offered"), filters=[paragraphs])
    conditions = TextAreaField(_l("Conditions"), filters=[paragraphs])
    kinds = SelectMultipleField(
        _l("Kinds of assistance"),
        choices=[SelectChoice(each.value, _l(told)) for each, told in KIND_NAMES.items() if each != Kind.NOT_RECORDED],
    )
    fields = SelectMultipleField(_l("Fields it covers"), validate_choice=False)
    domains = SelectMultipleField(
        _l("Weapon domains"), choices=[SelectChoice(each.value, _l(DOMAIN_NAMES[each])) for each in Domain]
    )
    groups = SelectMultipleField(_l("Regional groups"), choices=[SelectChoice(group, group) for group in GROUPS])
    states = StringField(_l("States"), [Length(max=2000)], filters=[line])
    excluded = StringField(_l("Not open to"), [Length(max=2000)], filters=[line])
    languages = SelectMultipleField(_l("Languages in which it is given"), choices=_LANGUAGES)
    places = NumberField(_l("Requests it can take in a year"))
    person_days = NumberField(_l("Person-days in a year"), parts=True)
    budget = NumberField(_l("Budget of a year in US dollars"), parts=True)
    min_group = NumberField(_l("Smallest group"))
    lead_days = NumberField(_l("Lead time in days"))
    valid_from = DateField(_l("Valid from"), [Optional()])
    valid_to = DateField(_l("Valid until"), [Optional()])
    contact = StringField(_l("Contact"), [Length(max=600)], filters=[line])
    source = StringField(_l("Source"), [Length(max=1000)], filters=[line])
    last_confirmed = DateField(_l("Last confirmed"), [Optional()])
    handling = SelectField(_l("Handling"), choices=_HANDLINGS, default=Handling.RESTRICTED.value)
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


class _ProviderForm(FlaskForm):  # type: ignore[misc]
    """A provider, but for its texts in six languages."""

    kind = SelectField(
        _l("Kind of provider"),
        choices=[SelectChoice(each.value, _l(told)) for each, told in PROVIDER_KIND_NAMES.items()],
        default=ProviderKind.INTERNATIONAL.value,
    )
    state = SelectField(_l("State"), validate_choice=False)
    mandate_title = StringField(_l("Document or page"), [Length(max=500)], filters=[line])
    mandate_url = StringField(_l("Its address"), [Length(max=1000)], filters=[line])
    mandate_dated = DateField(_l("Its date"), [Optional()])
    mandate_fields = TextAreaField(_l("Fields and rows of the mandate"), [Length(max=20_000)], filters=[paragraphs])
    contact = StringField(_l("Contact"), [Length(max=600)], filters=[line])
    language = SelectField(_l("Language of the contact"), choices=_LANGUAGES)
    places = NumberField(_l("Needs it can take in a year"))
    source = StringField(_l("Source"), [Length(max=1000)], filters=[line])
    handling = SelectField(_l("Handling"), choices=_HANDLINGS, default=Handling.RESTRICTED.value)
    revision = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])


def _in_six_languages(start: str, control: type[Any], filtered: Any) -> Mapping[str, Any]:
    return {f"{start}{each.code}": control(each.own_name, filters=[filtered]) for each in LANGUAGES}


ProviderForm: Any = type(
    "ProviderForm",
    (_ProviderForm,),
    {**_in_six_languages(NAME, StringField, line), **_in_six_languages(MANDATE, TextAreaField, paragraphs)},
)
"""A provider, with its names (``name_fr``) and the texts of its mandate (``mandate_fr``) in six languages."""


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is withdrawn."""

    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Give a reason first.")), Length(max=2000)], filters=[paragraphs]
    )


class HandlingForm(FlaskForm):  # type: ignore[misc]
    """Who may read an offer."""

    handling = SelectField(_l("Handling"), choices=_HANDLINGS)


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Who is to keep the programmes of a provider."""

    person = SelectField(_l("Provider contact"), validate_choice=False)


class PlainForm(FlaskForm):  # type: ignore[misc]
    """Something that needs no more than a click."""


class WorkbookForm(FlaskForm):  # type: ignore[misc]
    """A workbook of offers."""

    file = FileField(_l("Workbook (.xlsx)"), [FileRequired(_l("Choose a workbook."))])


def provider_choices(named: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices of the providers named by identifier and name."""
    return [SelectChoice(identifier, told) for identifier, told in named]


def texts_in(form: Any, start: str) -> dict[str, str]:
    """The texts typed in some languages, of the controls that begin so."""
    return {code: form[f"{start}{code}"].data for code in CODES if form[f"{start}{code}"].data}
