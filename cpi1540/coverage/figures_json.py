"""Figures and gaps as the command line prints them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cpi1540.coverage.breakdown import WHOLE, Explained, Part
from cpi1540.coverage.figures import Coverage, Figure, SectionFigures
from cpi1540.coverage.gaps.gap_list import Gap
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.reliability import Reliability
from cpi1540.coverage.statistics.status_table import Pair, StatusTable
from cpi1540.foundation.messages import Sentence

METHOD = (
    "low = X / A; high = (X + ? + unreviewed) / A; point = (X + ?/2) / (X + ? + blank); A = fields that are not NA, "
    "weighted by the profile. Not a measure of compliance."
)


def coverage_json(coverage: Coverage, profile: Profile, as_of: str) -> dict[str, Any]:
    """States sorted by code, groups, and all of them, with method, profile and day."""
    return {
        "states": [
            {
                "state": state,
                **figure_json(found.total, several=False),
                "sections": {code: figure_json(figure, several=False) for code, figure in found.sections.items()},
            }
            for state, found in sorted(coverage.states.items())
        ],
        "groups": {group: _several(found) for group, found in coverage.groups.items()},
        "all": _several(coverage.all),
        "method": METHOD,
        "profile": profile.label,
        "as_of": as_of,
    }


def figure_json(figure: Figure, *, several: bool) -> dict[str, Any]:
    """One figure; with ``several`` also how many States it is over and how many of them are reviewed."""
    found: dict[str, Any] = {
        "fields": figure.fields,
        "counts": dict(figure.counts),
        "low": figure.low,
        "point": figure.point,
        "high": figure.high,
        "reviewed_share": figure.reviewed_share,
        "sufficient": figure.sufficient,
    }
    if several:
        found |= {
            "n_states": figure.n_states,
            "n_reviewed": figure.n_reviewed,
            "mean_fields": figure.mean_fields,
        }
    return found


def status_table_json(table: StatusTable, before: str, after: str) -> dict[str, Any]:
    """The table as the command line prints it; a row with one code has it under ``framework``."""
    return {
        "from": before,
        "to": after,
        "states": table.n_states,
        "left_out": table.left_out,
        "rows": [
            {
                "section": row.section,
                "row": row.row,
                "domain": row.domain,
                "framework": _pair(row.framework),
                "enforcement": _pair(row.enforcement),
            }
            for row in table.rows
        ],
    }


def _pair(pair: Pair | None) -> dict[str, dict[str, int]] | None:
    if pair is None:
        return None
    dates = (("from", pair.before), ("to", pair.after))
    return {date: {"x": count.x, "reviewed": count.reviewed} for date, count in dates}


def gap_json(gap: Gap, say: Callable[[Sentence], str]) -> dict[str, Any]:
    """One gap with the factors of its priority; ``say`` puts their reasons into the reader's language."""
    return {
        "field": gap.field,
        "code": gap.code.value,
        "priority": gap.priority,
        "factors": [factor.told(say) for factor in gap.factors],
        "action": gap.action,
    }


def explanation_json(
    figures: Mapping[str, Mapping[Part, Explained]],
    reliability: Mapping[str, Reliability],
    profile: Profile,
    as_of: str,
    layouts: Sequence[str],
    *,
    practice: bool,
) -> dict[str, Any]:
    """Name -> its figure, the parts of it, and what it rests on; ``practice`` says that the States are invented."""
    return {
        "figures": {
            name: {
                **_explained_json(parts[WHOLE]),
                "parts": [
                    {"kind": part.kind, "code": part.code, **_explained_json(found)}
                    for part, found in parts.items()
                    if part != WHOLE
                ],
                "reliability": {
                    "found": reliability[name].found,
                    "with_reference": reliability[name].with_reference,
                    "dated_sources": reliability[name].dated,
                    "middle_day": str(reliability[name].middle_day) if reliability[name].middle_day else None,
                },
            }
            for name, parts in figures.items()
        },
        "method": METHOD,
        "profile": profile.label,
        "layouts": list(layouts),
        "practice": practice,
        "as_of": as_of,
    }


def _explained_json(found: Explained) -> dict[str, Any]:
    return {**figure_json(found.figure, several=True), "weights": dict(found.weights)}


def _several(found: SectionFigures) -> dict[str, Any]:
    sections = {code: figure_json(figure, several=True) for code, figure in found.sections.items()}
    return {**figure_json(found.total, several=True), "sections": sections}
