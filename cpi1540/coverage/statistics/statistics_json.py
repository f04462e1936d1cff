"""The Committee's statistics as data files and the command line give them; null where there is no figure."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from cpi1540.coverage.figures import Figure
from cpi1540.coverage.statistics.histogram import Histogram
from cpi1540.coverage.statistics.totals import Total, Totals

METHOD = (
    "Numbers of counted fields with X, not weighted, by each State's effective version; means over the States with a "
    "field reviewed; States not reviewed stand apart, never among those with no field. Not a measure of compliance."
)


def histogram_json(found: Histogram) -> dict[str, Any]:
    """One histogram: its bins from and to so many fields, and the States that nobody has reviewed."""
    return {
        "fields": found.fields,
        "states": found.n_states,
        "reviewed": found.n_reviewed,
        "unreviewed": len(found.unreviewed),
        "mean_fields": found.mean,
        "bins": [{"from": each.first, "to": each.last, "states": n} for each, n in found.counts()],
    }


def histograms_json(found: Mapping[str, Histogram], by: str | None, as_of: datetime.date) -> dict[str, Any]:
    """Histograms by name, as the command line prints them."""
    listed = [{"name": name, **histogram_json(each)} for name, each in found.items()]
    return {"as_of": str(as_of), "by": by, "histograms": listed, "method": METHOD}


def statistics_json(
    totals: Totals, histogram: Histogram, before: datetime.date, after: datetime.date, scope: str
) -> dict[str, Any]:
    """Totals at both dates, and the histogram of the later one."""
    return {
        "from": str(before),
        "to": str(after),
        "scope": scope,
        "left_out": totals.left_out,
        "totals": [
            {"kind": "whole", "name": "all", **_total_json(totals.whole)},
            *({"kind": part.kind, "name": part.code, **_total_json(each)} for part, each in totals.parts.items()),
            *({"kind": "group", "name": group, **_total_json(each)} for group, each in totals.groups.items()),
        ],
        "histogram": histogram_json(histogram),
        "method": METHOD,
    }


def behind_json(
    rows: Sequence[tuple[str, str, int | str | None]], asked: Mapping[str, str], on: datetime.date, value: str
) -> dict[str, Any]:
    """The States behind a count: code, name, and ``value`` ("code" or "fields")."""
    listed = [{"state": state, "name": name, value: found} for state, name, found in rows]
    return {"on": str(on), **asked, "states": listed, "method": METHOD}


def _total_json(total: Total) -> dict[str, Any]:
    return {"fields": total.fields, "from": _date_json(total.before), "to": _date_json(total.after)}


def _date_json(figure: Figure) -> dict[str, Any]:
    return {
        "x": figure.counts["X"],
        "reviewed_fields": figure.reviewed,
        "states": figure.n_states,
        "reviewed_states": figure.n_reviewed,
        "mean_fields": figure.mean_fields,
    }
