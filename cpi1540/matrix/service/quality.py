"""Quality checks on a draft: what was found, and the words of reason given for the warnings."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM, Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix import checks
from cpi1540.matrix.actions import WORK_ON_MATRIX
from cpi1540.matrix.checks import Finding
from cpi1540.matrix.measure import measure_id
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts, measures, reading
from cpi1540.matrix.tables import CheckReasonRow
from cpi1540.states.state import State


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and the reason why it was let stand, where one was given."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found in a draft."""

    findings: tuple[Judged, ...]

    @property
    def errors(self) -> int:
        """How many errors there are; none may be left when a draft is submitted."""
        return sum(each.finding.level == "error" for each in self.findings)

    @property
    def unexplained(self) -> int:
        """How many warnings have no reason yet."""
        return sum(each.finding.level == "warning" and not each.reason for each in self.findings)


def verdict(state: State, version: Version) -> Verdict:
    """Check every field of a version."""
    matrix = reading.matrix(version)
    layout = layouts.layout(version.layout)
    own = {measure_id(state.code, each.number or 0): each for each in measures.measures_of(state, SYSTEM)}
    found = checks.run(
        matrix.entries,
        layout,
        own,
        origin=version.origin,
        on=today(),
        needed=sorted({"en", state.language or "en"}),
    )
    reasons = {
        (row.check, row.field): row.reason
        for row in db.session.scalars(select(CheckReasonRow).where(CheckReasonRow.version_id == version.id))
    }
    return Verdict(tuple(Judged(each, reasons.get((each.check, each.field or ""), "")) for each in found))


def explain(state: State, version: Version, reasons: Mapping[tuple[str, str], str], actor: Actor) -> None:
    """Let warnings stand for reasons, by (check, field key); an empty reason takes an earlier one back.

    DomainError when one of them is no warning of this version any more: then none is recorded.
    """
    ensure(actor, WORK_ON_MATRIX, state.code)
    warnings = {
        (each.finding.check, each.finding.field or "")
        for each in verdict(state, version).findings
        if each.finding.level == "warning"
    }
    if not reasons.keys() <= warnings:
        raise DomainError(sentence("This warning is gone: nothing has to be explained."))
    at = now()
    for check, field in reasons:
        this = (CheckReasonRow.check == check) & (CheckReasonRow.field == field)
        db.session.execute(delete(CheckReasonRow).where(CheckReasonRow.version_id == version.id, this))
    rows = [
        {
            "version_id": version.id,
            "check": check,
            "field": field,
            "reason": reason.strip()[:500],
            "actor": actor.id,
            "at": at,
        }
        for (check, field), reason in reasons.items()
        if reason.strip()
    ]
    if rows:
        db.session.execute(insert(CheckReasonRow), rows)
    audit.record(
        actor.id,
        "check.explain",
        [f"state:{state.code}", f"version:{state.code}/{version.number}"],
        [
            {"check": check, "field": field, "reason": audit.digest(reason.strip())}
            for (check, field), reason in sorted(reasons.items())
        ],
    )
