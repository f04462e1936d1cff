"""The forms of matches: an act with its date, a provider's answer, an act taken back."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its stubs are older
from wtforms.validators import InputRequired, Length, Optional, Regexp

from cpi1540.assistance.outcomes.messages import DECLINE_REASONS, FULFILMENT_NAMES
from cpi1540.foundation.form_fields import paragraphs
from cpi1540.foundation.search_text import printable

_REASONS = [SelectChoice("", _l("choose a reason"))]
_REASONS += [SelectChoice(each.value, _l(told)) for each, told in DECLINE_REASONS.items()]
_FULFILMENT = [SelectChoice("", _l("choose an answer"))]
_FULFILMENT += [SelectChoice(each.value, _l(told)) for each, told in FULFILMENT_NAMES.items()]


class NoteForm(FlaskForm):  # type: ignore[misc]
    """Words that go with what is recorded, in the language of the page."""

    note = TextAreaField(_l("Note"), [Length(max=2000)], filters=[paragraphs])


class MatchActForm(NoteForm):
    """An act on a match with the date it bears."""

    on = DateField(_l("Date"), [InputRequired(_l("Enter the date as YYYY-MM-DD."))])


class ProposalForm(NoteForm):
    """An offer proposed for a need; without a date it is proposed today."""

    on = DateField(_l("Date"), [Optional()])
    offer = HiddenField(filters=[lambda typed: printable(typed or "")[:20]])


class DeclineForm(MatchActForm):
    """A refusal with its reason."""

    answer = SelectField(_l("Reason"), choices=_REASONS, validate_choice=False)


class FeedbackForm(MatchActForm):
    """How far the need was met, as one side says."""

    answer = SelectField(_l("How far the need was met"), choices=_FULFILMENT, validate_choice=False)


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """Why the act recorded last is taken back."""

    number = HiddenField(default="0", validators=[Regexp(r"^[0-9]{1,9}$")])
    reason = TextAreaField(_l("Reason"), [Length(max=2000)], filters=[paragraphs])


class OfferHelpForm(NoteForm):
    """The programme that a provider offers for a circulated need."""

    offer = RadioField(_l("Programme"), [InputRequired(_l("Choose a programme."))], validate_choice=False)


class TurnDownForm(NoteForm):
    """Why a programme is not for a circulated need."""

    offer = RadioField(_l("Programme"), [InputRequired(_l("Choose a programme."))], validate_choice=False)
    answer = SelectField(_l("Reason"), choices=_REASONS, validate_choice=False)
