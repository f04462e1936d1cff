"""The form of a profile: one weight for each section, weapon domain, aspect and row."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NoneOf, Regexp, ValidationError

from cpi1540.coverage.lenses.lens_json import CODE, LONGEST_CODE
from cpi1540.coverage.profile import Profile
from cpi1540.foundation.form_fields import line, paragraphs
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Aspect, Domain, Layout, Role

MOST = 1000.0
LONGEST_REASON = 2000
LEVELS = ("sections", "domains", "aspects", "rows")


class NumberField(StringField):
    """A number typed with a point or a comma, in Western or other digits; empty where ``empty`` stands for it."""

    def __init__(self, label: Any, *, low: float, high: float, empty: float | None = None, **values: Any) -> None:
        super().__init__(label, **values)
        self.low, self.high, self.empty = low, high, empty
        self.number: float | None = empty

    def pre_validate(self, form: Any) -> None:
        """Read what was typed; ValidationError says what is wanted."""
        text = (self.data or "").strip().replace(",", ".").replace("٫", ".")
        if not text and self.empty is not None:
            self.number = self.empty
            return
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not self.low <= value <= self.high:
            wanted = gettext(
                "Enter a number from %(low)s to %(high)s.", low=format(self.low, "g"), high=format(self.high, "g")
            )
            raise ValidationError(wanted)
        self.number = value


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """What every profile has; the weights are added for the layout in use by ``profile_form``."""

    name = StringField(
        _l("Code"),
        [
            InputRequired(_l("Enter a code of small letters, digits and hyphens.")),
            Length(max=LONGEST_CODE),
            NoneOf(["new", "equal"], _l("This code is taken. Choose another one.")),
            Regexp(rf"^{CODE.pattern}$", message=_l("Use small letters, digits and single hyphens only.")),
        ],
        filters=[line],
    )
    min_reviewed = NumberField(_l("Least share reviewed for a point"), low=0.01, high=1)
    concentration = NumberField(_l("Concentration of the sections’ weights"), low=1, high=10_000)
    circumstances = SelectMultipleField(_l("Circumstances under which “not applicable” is suggested"))
    reason = TextAreaField(
        _l("Reason for this version"),
        [InputRequired(_l("Say why: the figures will be asked about it.")), Length(max=LONGEST_REASON)],
        filters=[paragraphs],
    )
    after = HiddenField()


def keys(layout: Layout) -> Mapping[str, tuple[str, ...]]:
    """Level -> what can be given a weight there."""
    rows = dict.fromkeys(f"{field.section}.{field.row}" for field in layout.fields if field.role is Role.COUNTED)
    return {
        "sections": HEADLINE_SECTIONS,
        "domains": tuple(domain.value for domain in Domain),
        "aspects": tuple(aspect.value for aspect in Aspect),
        "rows": tuple(rows),
    }


def weight_name(level: str, key: str) -> str:
    """The name of the control that takes that weight."""
    return f"{level}_{key.replace('.', '__').replace('-', '_')}"


def profile_form(layout: Layout, profile: Profile | None, circumstances: Mapping[str, str], after: int) -> ProfileForm:
    """The form, filled from ``profile`` where one is changed; ``circumstances`` are code -> name."""

    class Form(ProfileForm):
        pass

    for level, each in keys(layout).items():
        for key in each:
            setattr(Form, weight_name(level, key), NumberField("", low=0, high=MOST, empty=1.0))
    filled: dict[str, Any] = {"after": str(after)}
    if profile is not None:
        filled |= {
            "name": profile.name,
            "min_reviewed": format(profile.min_reviewed, "g"),
            "concentration": format(profile.concentration, "g"),
            "circumstances": list(profile.circumstances),
        }
        for level in LEVELS:
            for key, weight in getattr(profile, level).items():
                filled[weight_name(level, str(key))] = format(weight, "g")
    form = Form(data=filled)
    form.circumstances.choices = list(circumstances.items())
    return form


def profile_in(form: ProfileForm, layout: Layout) -> Profile:
    """The profile that a valid form describes; its version is that of the form it was filled from."""

    def given(level: str) -> dict[str, float]:
        numbers = {key: form[weight_name(level, key)].number for key in keys(layout)[level]}
        return {key: number for key, number in numbers.items() if number != 1.0}

    return Profile(
        form.name.data or "",
        1,
        form.min_reviewed.number or 0.5,
        given("sections"),
        given("rows"),
        {Domain(key): weight for key, weight in given("domains").items()},
        {Aspect(key): weight for key, weight in given("aspects").items()},
        form.concentration.number or 50.0,
        tuple(form.circumstances.data or ()),
    )
