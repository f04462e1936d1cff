"""Profiles of weights for matches: found by name, and changed by making the next version."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from cpi1540.assistance.matching.actions import EDIT_WEIGHTS
from cpi1540.assistance.matching.factors import FACTORS
from cpi1540.assistance.matching.tables import MatchWeightsRow
from cpi1540.assistance.matching.weights import OFFICE, Weights
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number


@dataclass(frozen=True, slots=True)
class KeptWeights:
    """One version of a profile, with why it was made, by whom and when; the first came with the software."""

    weights: Weights
    reason: str = ""
    language: str | None = None
    by: str | None = None
    at: datetime.datetime | None = None


def newest() -> Weights:
    """The office's weights in their newest version."""
    return versions_of()[0].weights


def versions_of() -> list[KeptWeights]:
    """Every version of the office's weights, the newest first."""
    query = select(MatchWeightsRow).where(MatchWeightsRow.name == OFFICE.name).order_by(MatchWeightsRow.version.desc())
    return [*(_kept(row) for row in db.session.scalars(query)), KeptWeights(OFFICE)]


def named(label: str) -> Weights:
    """The weights "NAME/VERSION", or the newest of NAME; NotFound names the newest there is."""
    kept = versions_of()
    name, _, number = label.partition("/")
    version = whole_number(number) if number else kept[0].weights.version
    for each in kept:
        if each.weights.name == name and each.weights.version == version:
            return each.weights
    raise NotFound(
        sentence(
            "There are no weights %(weights)s. The newest are %(newest)s.",
            weights=printable(label)[:60],
            newest=kept[0].weights.label,
        )
    )


def keep(of: Mapping[str, float], actor: Actor, *, after: int, reason: str, language: str) -> Weights:
    """Keep these weights as the version that follows ``after``.

    Stale when somebody made another version meanwhile; DomainError unless each factor has a weight of 0 or more,
    they sum to 1, and a reason is given. A version never changes: matches name the one they were scored with.
    """
    ensure(actor, EDIT_WEIGHTS)
    if not reason.strip():
        raise DomainError(sentence("Give a reason first."))
    try:
        made = Weights(OFFICE.name, after + 1, {name: float(of[name]) for name in FACTORS if name in of})
    except ValueError as error:
        raise DomainError(sentence("Every factor needs a weight of 0 or more, and all must sum to 1.")) from error
    if (last := versions_of()[0].weights.version) != after:
        raise _stale(last)
    row = {"name": made.name, "version": made.version, "content": dict(made.of), "reason": reason.strip()}
    try:
        with db.session.begin_nested():
            db.session.execute(insert(MatchWeightsRow).values(**row, language=language, by=actor.id, at=now()))
    except IntegrityError as error:  # somebody made that version at this moment
        raise _stale(made.version) from error
    change = {"version": made.version, "reason": audit.digest(reason), **made.of}
    audit.record(actor.id, "match-weights.keep", [f"match-weights:{made.name}"], [change])
    return made


def _stale(version: int) -> Stale:
    return Stale(
        sentence("Version %(version)s of the weights exists already. Look at it, and change that one.", version=version)
    )


def _kept(row: MatchWeightsRow) -> KeptWeights:
    return KeptWeights(Weights(row.name, row.version, row.content), row.reason, row.language, row.by, row.at)
