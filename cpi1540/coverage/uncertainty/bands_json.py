"""Bands and sensitivities as the command line and the pages' files give them."""

from collections.abc import Mapping
from typing import Any

from cpi1540.coverage.uncertainty.bands import Band, Bands, SectionBands
from cpi1540.coverage.uncertainty.distinction import RankRange
from cpi1540.coverage.uncertainty.sensitivity import Sensitivity

METHOD = (
    "Monte Carlo: raw section weights g_i ~ Gamma(kappa w_i), normalised, common to all States in a draw; one reading "
    "between 0 and 1 for each State of its ? and one of its unreviewed fields, which are read at the row's observed "
    "rate where at least 10 States of the regional group are reviewed in it. p5, p50, p95 of the draws. "
    "Not a measure of compliance."
)


def add_bands(document: dict[str, Any], bands: Bands) -> None:
    """Put the band of each figure into what ``figures_json.coverage_json`` made of the same States and groups."""
    for state in document["states"]:
        _add(state, bands.states[state["state"]], bands)
    for group, figure in document["groups"].items():
        _add(figure, bands.groups[group], bands)
    _add(document["all"], bands.all, bands)


def band_json(band: Band | None, draws: int, seed: int) -> dict[str, Any]:
    """One band; its three numbers are None where there is no figure."""
    return {
        "p5": band.p5 if band else None,
        "p50": band.p50 if band else None,
        "p95": band.p95 if band else None,
        "draws": draws,
        "seed": seed,
    }


def sensitivity_json(found: Sensitivity | None) -> list[dict[str, Any]]:
    """Factor by factor; an empty list where there is no figure."""
    if found is None:
        return []
    return [
        {"factor": factor, "first_order": index.first_order, "total": index.total}
        for factor, index in found.indices.items()
    ]


def rank_json(ranks: Mapping[str, RankRange]) -> dict[str, dict[str, int]]:
    """State code -> its range of places."""
    return {state: {"first": rank.first, "last": rank.last, "of": rank.of} for state, rank in sorted(ranks.items())}


def _add(figure: dict[str, Any], found: SectionBands, bands: Bands) -> None:
    figure |= band_json(found.total, bands.draws, bands.seed)
    for section, band in found.sections.items():
        figure["sections"][section] |= band_json(band, bands.draws, bands.seed)
