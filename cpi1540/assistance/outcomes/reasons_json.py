"""The reasons of a match as they are kept: sentences with their values, to be said in any language later."""

from collections.abc import Mapping, Sequence
from typing import Any

from cpi1540.assistance.outcomes.match import Reasons
from cpi1540.foundation.factor import Factor
from cpi1540.foundation.messages import Sentence


def factors_json(factors: Sequence[Factor]) -> list[dict[str, Any]]:
    """The factors as they are kept; values of their sentences as texts and whole numbers."""
    return [
        {
            "name": each.name,
            "weight": each.weight,
            "value": each.value,
            "because": {
                "text": each.because.text,
                "plural": each.because.plural,
                "params": {
                    name: value if isinstance(value, int) else str(value) for name, value in each.because.params.items()
                },
            },
        }
        for each in factors
    ]


def reasons_from(weights: str, score: float | None, rank: int | None, kept: Sequence[Mapping[str, Any]]) -> Reasons:
    """The reasons as they were kept."""
    factors = tuple(
        Factor(
            each["name"],
            each["weight"],
            each["value"],
            Sentence(each["because"]["text"], each["because"]["params"], each["because"]["plural"]),
        )
        for each in kept
    )
    return Reasons(weights, score, rank, factors)
