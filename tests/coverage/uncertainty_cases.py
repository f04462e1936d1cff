"""Records whose bands are known beforehand, and a recomputation field by field."""

import string
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from figure_cases import Codes
from scipy import stats
from small_layouts import SMALL

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.uncertainty.bands import Bands, Readable, bands, readable
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED

HEADLINE = ("op2", "op3ab", "op3cd")
ONE_GROUP = dict.fromkeys(string.ascii_uppercase, "weog")


def block(codes: Codes, layout: Layout = SMALL, first: str = "A") -> Block:
    """States A, B, ..., one a row of ``codes``."""
    start = string.ascii_uppercase.index(first)
    return Block(tuple(string.ascii_uppercase[start : start + len(codes)]), codes, layout)


def read(codes: Codes, profile: Profile = EQUAL, narrowing: Narrowing = EVERYTHING) -> Readable:
    return readable([block(codes)], ONE_GROUP, profile, narrowing)


def ask(
    codes: Codes,
    profile: Profile = EQUAL,
    narrowing: Narrowing = EVERYTHING,
    groups: Mapping[str, Sequence[str]] | None = None,
    draws: int = 200,
    seed: int = 1540,
) -> Bands:
    return bands(read(codes, profile, narrowing), groups or {}, profile.concentration, draws, seed)


def by_hand(rows: Mapping[str, Sequence[int]], draws: int, seed: int, kappa: float) -> npt.NDArray[np.float64]:
    """The headline figure over the States of ``rows`` in each draw, under equal weights, field by field."""
    counted = [field for field in SMALL.fields if field.role == "counted" and field.section in HEADLINE]
    share = {code: sum(field.section == code for field in counted) / len(counted) for code in HEADLINE}
    uniform = np.random.default_rng(seed).random((3, draws))
    readings = {state: np.random.default_rng([seed, *state.encode()]).random((2, draws)) for state in rows}
    found = []
    for draw in range(draws):
        raw = {code: stats.gamma.ppf(uniform[place, draw], kappa * share[code]) for place, code in enumerate(HEADLINE)}
        weight = {code: raw[code] / sum(raw.values()) / (share[code] * len(counted)) for code in HEADLINE}
        part = whole = 0.0
        for state, numbers in rows.items():
            value = {FOUND: 1.0, BLANK: 0.0}
            value[INCOMPLETE], value[UNREVIEWED] = readings[state][:, draw]
            for field in counted:
                number = numbers[SMALL.positions[field.key]]
                if number != NOT_APPLICABLE:
                    part += weight[field.section] * value[number]
                    whole += weight[field.section]
        found.append(part / whole)
    return np.array(found)
