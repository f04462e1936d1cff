"""A thousand draws for every Member State against the same arithmetic in bare numpy, their memory, Sobol indices."""

import random
import time
import tracemalloc
from collections.abc import Sequence

import numpy as np
from flask import Flask

from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.uncertainty.bands import DRAWS, bands, readable
from cpi1540.coverage.uncertainty.sensitivity import sensitivity
from cpi1540.matrix.layout import HEADLINE_SECTIONS, SECTION_CODES, Layout, Role
from cpi1540.matrix.record import FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio

PARTS = (0.05, 0.5, 0.95)


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        layout, members = layouts.layout(), states.states(practice=False)
        groups = {group: [state.code for state in each] for group, each in states.by_group(members).items()}
    draws = random.Random(1540)
    codes = np.array([[draws.randrange(5) for _field in layout.fields] for _state in members], np.int8)
    block = Block(tuple(state.code for state in members), codes, layout)
    group_of = {state.code: state.group for state in members}

    def ours() -> object:
        return bands(readable([block], group_of, EQUAL), groups, EQUAL.concentration)

    found, mine, floor = ratio(ours, lambda: bare(block, list(groups.values()), layout))
    tracemalloc.start()
    ours()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    start = time.perf_counter()
    one = readable([block], group_of, EQUAL).of([members[0].code])
    sensitivity(one, EQUAL.concentration)
    took = time.perf_counter() - start
    what = f"bands of {len(members)} States x {len(layout.fields)} fields, {DRAWS:,} draws"
    return [
        Measured(what, found, f"the same in numpy, {floor:.0f} ms", 2.0, f"(ours {mine:.0f} ms)"),
        Measured("memory of these bands, MB", peak, "peak of what Python allots", 500.0),
        Measured("Sobol indices of 5 factors, 1,024 base samples, s", took, "one State, sums included", 10.0),
    ]


def bare(block: Block, groups: Sequence[Sequence[str]], layout: Layout) -> object:
    """The bands of States, groups and all, with their sections, in as few lines of numpy as it takes."""
    draws, codes, n = np.random.default_rng(1540), block.codes, len(block.states)
    fields = [(field.section if field.role is Role.COUNTED else None) for field in layout.fields]
    mask = np.array([[section == code for code in SECTION_CODES] for section in fields], np.float64)
    share = mask.sum(axis=0)[1 : 1 + len(HEADLINE_SECTIONS), None] / mask[:, 1:4].sum()
    weight = draws.gamma(EQUAL.concentration * share, size=(len(share), DRAWS)) / share / EQUAL.concentration
    q, u = draws.random((2, n, 1, DRAWS))
    found, incomplete, unread = ((codes == code) @ mask for code in (FOUND, INCOMPLETE, UNREVIEWED))
    applicable = (codes != NOT_APPLICABLE) @ mask
    read = found[:, :, None] + incomplete[:, :, None] * q + unread[:, :, None] * u
    total, whole = np.einsum("skr,kr->sr", read[:, 1:4], weight), applicable[:, 1:4] @ weight
    member = np.array([[state in each for state in block.states] for each in (*groups, block.states)], np.float64)
    joint = (member @ read.reshape(n, -1)).reshape(len(member), -1, DRAWS)
    figures = (
        total / whole,
        read / applicable[:, :, None],
        (member @ total) / (member @ whole),
        joint / (member @ applicable)[:, :, None],
    )
    return [np.quantile(each, PARTS, axis=-1) for each in figures]
