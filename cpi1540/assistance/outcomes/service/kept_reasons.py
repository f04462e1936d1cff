"""The reasons of a match as they are kept: sentences with their values, to be said in any language later."""

from collections.abc import Mapping, Sequence
from typing import Any

from cpi1540.assistance.outcomes.match import Reasons
from cpi1540.foundation.factor import Factor
from cpi1540.foundation.jobs import sentence_json
from cpi1540.foundation.messages import Sentence


def factors_json(factors: Sequence[Factor]) -> list[dict[str, Any]]:
    """The factors as a row keeps them."""
    return [
        {
            "name": each.name,
            "weight": each.weight,
            "value": each.value,
            "because": sentence_json.written(each.because),
        }
        for each in factors
    ]


def reasons_from(weights: str, score: float | None, rank: int | None, kept: Sequence[Mapping[str, Any]]) -> Reasons:
    """The reasons as a row kept them."""
    factors = tuple(
        Factor(each["name"], each["weight"], each["value"], sentence_json.read(each["because"]) or Sentence(""))
        for each in kept
    )
    return Reasons(weights, score, rank, factors)
