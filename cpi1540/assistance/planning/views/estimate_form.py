"""The form of what a need takes."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from cpi1540.assistance.planning.decision import Estimate
from cpi1540.coverage.views.profile_form import NumberField

MOST_DAYS, MOST_BUDGET = 100_000, 1_000_000_000


class EstimateForm(FlaskForm):  # type: ignore[misc]
    """Person-days and US dollars; empty where nobody has estimated it."""

    person_days = NumberField(_l("Person-days"), low=0, high=MOST_DAYS, empty=-1.0)
    budget = NumberField(_l("US dollars"), low=0, high=MOST_BUDGET, empty=-1.0)

    @property
    def values(self) -> Estimate:
        """What a valid form says."""
        return Estimate(_given(self.person_days.number), _given(self.budget.number))


def estimate_form(estimate: Estimate | None) -> Any:
    """The form as it begins."""
    kept = estimate or Estimate()
    typed = {"person_days": _typed(kept.person_days), "budget": _typed(kept.budget)}
    return EstimateForm(None, data=typed)


def _given(number: float | None) -> float | None:
    return None if number is None or number < 0 else number


def _typed(value: float | None) -> str:
    return "" if value is None else format(value, ".10g")
