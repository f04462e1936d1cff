"""Lenses that come with the software, and the gaps States have in common, counted on fingers."""

import numpy as np
from small_layouts import SMALL, layout, row, section

from cpi1540 import paths
from cpi1540.coverage.breakdown import Block
from cpi1540.coverage.gaps.common_gaps import common_gaps
from cpi1540.coverage.lenses.lens_json import lens_content, lens_of, read_lenses
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.matrix.layout import Aspect, Domain, Shape
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE, NOT_APPLICABLE, UNREVIEWED
from cpi1540.states.commitment_kind import KINDS

OTHER = layout(section("op2", Shape.DOMAINS, row("op2", "stockpile"), row("op2", "finance")))
KEY = "op2.finance.nw.framework"


def block(printed: object, *states: dict[str, int]) -> Block:
    """One State for each dictionary: field key -> code; the rest not reviewed."""
    codes = [[codes.get(field.key, UNREVIEWED) for field in printed.fields] for codes in states]  # type: ignore[attr-defined]
    names = tuple(f"{id(printed)}-{place}" for place in range(len(states)))
    return Block(names, np.array(codes, np.int8), printed)  # type: ignore[arg-type]


def test_gaps_are_counted_over_layouts_by_their_key() -> None:
    blocks = [
        block(SMALL, {KEY: BLANK}, {KEY: FOUND}, {KEY: NOT_APPLICABLE}, {}),
        block(OTHER, {KEY: INCOMPLETE}, {"op2.stockpile.cw.framework": BLANK}),
    ]
    found = common_gaps(blocks, EVERYTHING, 10)
    assert [(each.field.key, each.n, each.reviewed) for each in found] == [
        (KEY, 2, 3),
        ("op2.stockpile.cw.framework", 1, 1),
    ]
    assert len(common_gaps(blocks, EVERYTHING, 1)) == 1


def test_what_is_never_a_gap_is_none_in_common() -> None:
    codes = {
        "op1.npt": BLANK,
        "op678.action-plan": BLANK,
        "op3ab.other.nw.framework": BLANK,
        "op678.contact-point": BLANK,
    }
    assert [each.field.key for each in common_gaps([block(SMALL, codes)], EVERYTHING, 10)] == ["op678.contact-point"]


def test_of_equal_gaps_the_printed_order_decides() -> None:
    every = {field.key: BLANK for field in SMALL.fields}
    found = common_gaps([block(SMALL, every)], EVERYTHING, 3)
    assert [each.field.key for each in found] == [field.key for field in SMALL.fields if field.section == "op2"][:3]
    narrow = Narrowing(domain=Domain.BW, aspect=Aspect.ENFORCEMENT, rows=frozenset({"op2.finance"}))
    assert [each.field.key for each in common_gaps([block(SMALL, every)], narrow, 3)] == ["op2.finance.bw.enforcement"]


def test_every_lens_of_the_software_names_what_there_is() -> None:
    files = sorted((paths.SEED / "layouts").glob("*.json"))
    printed = [parse_layout(path.read_text("utf-8"), path.name) for path in files]
    rows = {".".join(key) for each in printed for key in each.rows}
    for lens in read_lenses(paths.SEED / "lenses"):
        assert lens.rows is None or lens.rows <= rows, lens.code
        assert set(lens.commitments) <= set(KINDS), lens.code
        assert lens_of(lens.code, lens_content(lens), own=False) == lens
