"""Two records beside each other: over common fields, nothing ranked, what falls out counted."""

from small_layouts import EVERY_DOMAIN, SMALL, layout, row, section

from cpi1540.coverage.beside import Side, common_fields, differing, figures_beside, left_out, tables_beside
from cpi1540.coverage.profile import EQUAL
from cpi1540.matrix.layout import Domain, Shape
from cpi1540.matrix.pages import section_tables
from cpi1540.matrix.record import Basis, Code, Entry, Source

# Without op2.finance and op3ab.itdb, with a row op2.stockpile of its own.
OTHER = layout(
    section("op2", Shape.DOMAINS, row("op2", "stockpile"), row("op2", "manufacture")),
    section("op3ab", Shape.TABLES, row("op3ab", "licensing", EVERY_DOMAIN)),
)
X, ASSERTED = Entry(Code.FOUND, Basis.REFERENCE), Entry(Code.FOUND, Basis.ASSERTED)


def all_of(printed: object, entry: Entry, start: str = "") -> dict[str, Entry]:
    return {field.key: entry for field in printed.fields if field.key.startswith(start)}  # type: ignore[attr-defined]


def test_common_fields_and_what_falls_out() -> None:
    one, other = Side("A", SMALL, {}), Side("B", OTHER, {})
    keys = [field.key for field in common_fields(one, other)]
    assert len(keys) == 6 + 6
    assert keys[0] == "op2.manufacture.nw.framework"
    # SMALL has 39 fields, OTHER 18: 12 in common.
    assert left_out(one, other) == (39 - 12) + (18 - 12)
    assert left_out(one, one) == 0


def test_figures_are_over_the_common_fields_alone() -> None:
    one = Side("A", SMALL, all_of(SMALL, X, "op2.manufacture") | all_of(SMALL, Entry(Code.BLANK), "op2.finance"))
    other = Side("B", OTHER, all_of(OTHER, Entry(Code.BLANK), "op2.manufacture") | all_of(OTHER, X, "op2.stockpile"))
    first, second = figures_beside(one, other, EQUAL)
    assert (first.sections["op2"].fields, second.sections["op2"].fields) == (6, 6)
    assert (first.sections["op2"].low, second.sections["op2"].low) == (1.0, 0.0)
    assert first.total.fields == second.total.fields == 12
    assert first.sections["op3cd"].fields == 0
    assert figures_beside(one, one, EQUAL)[0] == figures_beside(one, one, EQUAL)[1]


def test_codes_and_basis_differ_texts_do_not() -> None:
    key = "op2.manufacture.cw.enforcement"
    one = Side("A", SMALL, {key: X})
    assert [f.key for f in differing(one, Side("B", OTHER, {}))] == [key]
    assert [f.key for f in differing(one, Side("B", OTHER, {key: ASSERTED}))] == [key]
    assert differing(one, Side("B", OTHER, {key: Entry(Code.FOUND, Basis.REFERENCE, (Source("A law"),))})) == ()


def test_rows_side_by_side() -> None:
    key = "op3ab.licensing.cw.framework"
    one = Side("A", SMALL, {key: Entry(Code.FOUND, Basis.REFERENCE, (Source("Act 1"),))})
    other = Side("B", OTHER, {})

    def tables(side: Side) -> object:
        return section_tables(side.layout.section("op3ab"), side.entries, lambda s: s.text, lambda _s: False)

    everything = tables_beside(tables(one), tables(other), differing(one, other), only_differing=False)  # type: ignore[arg-type]
    assert [(table.domain, [each.one.key for each in table.rows]) for table in everything] == [
        (domain, ["licensing"]) for domain in Domain
    ]
    only = tables_beside(tables(one), tables(other), differing(one, other), only_differing=True)  # type: ignore[arg-type]
    assert [table.domain for table in only] == [Domain.CW]
    (shown,) = only[0].rows
    assert shown.one.framework_sources[0].text == "Act 1"
    assert (shown.one.framework[0].look, shown.other.framework[0].look) == ("x", "u")
