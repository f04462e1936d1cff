"""What if: closing fields never lowers a figure, and closing nothing changes nothing."""

import pytest
from figure_cases import any_weights, code_rows, profiles
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL

from cpi1540.coverage.gaps.gap_action import GapAction, Instrument, Reach
from cpi1540.coverage.profile import EQUAL
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.what_if import chosen, closable, pick_rows, shortest, what_if
from cpi1540.matrix.record import NUMBER_OF, Code, Entry

OF_NUMBER = {number: code for code, number in NUMBER_OF.items()}
ACT = GapAction("act", {"en": "An act"}, Instrument.ACT, "training", (Reach("op2"),))
RULES = GapAction("rules", {"en": "Rules"}, Instrument.REGULATION, "training", (Reach("op2"), Reach("op3cd")))


def entries(**codes: Code | None) -> dict[str, Entry]:
    """Entries by the beginning of a field's key, dots and hyphens as underscores; the rest not reviewed."""
    found = {}
    for field in SMALL.fields:
        for start, code in codes.items():
            if field.key.replace(".", "_").replace("-", "_").startswith(start):
                found[field.key] = Entry(code)
    return found


@st.composite
def records(draw: st.DrawFn) -> dict[str, Entry]:
    return {f.key: Entry(OF_NUMBER[n]) for f, n in zip(SMALL.fields, draw(code_rows), strict=True)}


def test_twelve_fields_by_hand() -> None:
    told = entries(op2_manufacture=Code.FOUND, op2_finance=Code.BLANK)
    asked = what_if(SMALL, told, ["op2.finance.nw.framework", "op2.finance.cw.framework"], EQUAL)
    before, after = asked.before.sections["op2"], asked.after.sections["op2"]
    assert (before.low, before.point, before.high) == (6 / 12, 6 / 12, 6 / 12)
    assert (after.low, after.point, after.high) == (8 / 12, 8 / 12, 8 / 12)
    assert (asked.before.total.counts["X"], asked.after.total.counts["X"]) == (6, 8)
    assert asked.before.sections["op3cd"] == asked.after.sections["op3cd"]
    # The headline has 26 fields, 14 of which nobody has reviewed.
    assert (asked.before.total.low, asked.before.total.high) == (6 / 26, 20 / 26)
    assert (asked.after.total.low, asked.after.total.high) == (8 / 26, 22 / 26)


def test_a_field_not_reviewed_and_closed_counts_as_reviewed() -> None:
    asked = what_if(SMALL, {}, ["op3cd.transit.bw.enforcement"], EQUAL)
    assert asked.before.total.low is None
    assert asked.after.sections["op3cd"].low == 1 / 6
    assert asked.after.sections["op3cd"].high == 1.0


@given(records(), profiles(any_weights), st.data())
def test_no_figure_ever_falls(told: dict[str, Entry], profile: object, data: st.DataObject) -> None:
    keys = data.draw(st.sets(st.sampled_from([field.key for field in SMALL.fields])))
    asked = what_if(SMALL, told, keys, profile)  # type: ignore[arg-type]
    pairs = [(asked.before.total, asked.after.total)]
    pairs += [(asked.before.sections[code], after) for code, after in asked.after.sections.items()]
    for before, after in pairs:
        for name in ("low", "point", "high"):
            old, new = getattr(before, name), getattr(after, name)
            # Sums of floating weights: a fall by a last digit is none.
            assert old is None or (new is not None and new >= old - 1e-9), name
        assert after.counts["X"] >= before.counts["X"]


@given(records(), profiles(any_weights))
def test_closing_nothing_changes_nothing(told: dict[str, Entry], profile: object) -> None:
    asked = what_if(SMALL, told, [], profile)  # type: ignore[arg-type]
    assert asked.before == asked.after
    assert asked.closed == ()


@given(records(), st.data())
def test_the_shortest_names_mean_the_same(told: dict[str, Entry], data: st.DataObject) -> None:
    fields = closable(SMALL, told)
    keys = data.draw(st.sets(st.sampled_from([f.key for f in fields])) if fields else st.just(set()))
    names = shortest(keys, fields)
    assert set(chosen(names, SMALL, fields, ())) == keys
    assert len(names) <= len(keys)


def test_what_can_be_closed() -> None:
    told = entries(op1=Code.BLANK, op2_manufacture=Code.FOUND, op2_finance=Code.NOT_APPLICABLE, op3cd=Code.INCOMPLETE)
    keys = [field.key for field in closable(SMALL, told)]
    assert "op678.contact-point" in keys and "op678.action-plan" in keys
    assert not [key for key in keys if key.startswith(("op1", "op2", "op3cd.other", "op3ab.other"))]
    assert len([key for key in keys if key.startswith("op3cd.transit")]) == 6
    assert len([key for key in keys if key.startswith("op3ab")]) == 8
    narrowed = closable(SMALL, told, Narrowing(section="op3cd"))
    assert {field.section for field in narrowed} == {"op3cd"}


def test_names_of_fields_rows_and_actions() -> None:
    fields = closable(SMALL, {})
    assert chosen(["op2.finance.cw.framework"], SMALL, fields, ()) == ("op2.finance.cw.framework",)
    assert len(chosen(["op2.finance"], SMALL, fields, ())) == 6
    assert len(chosen(["act"], SMALL, fields, (ACT, RULES))) == 12
    # A field belongs to the first action that reaches it.
    assert {key.split(".")[0] for key in chosen(["rules"], SMALL, fields, (ACT, RULES))} == {"op3cd"}
    with pytest.raises(KeyError):
        chosen(["op2.smuggling"], SMALL, fields, (ACT,))


def test_rows_to_pick_from() -> None:
    told = entries(op2_manufacture=Code.FOUND, op2_finance=Code.BLANK)
    fields = closable(SMALL, told)
    rows = pick_rows(SMALL, told, fields, {"op2.finance.nw.framework"})
    assert [row.key for row in rows["op2"]] == ["op2.finance"]
    assert [cell.look for cell in rows["op2"][0].cells] == ["b"] * 6
    assert [cell.chosen for cell in rows["op2"][0].cells] == [True] + [False] * 5
    assert [row.key for row in rows["op3ab"]] == ["op3ab.licensing", "op3ab.itdb"]
    assert "op1" not in rows
