"""Quality checks: each fires on what it is about, and is silent on its neighbour."""

import dataclasses
import datetime

import pytest
from desk_people import entries, texts
from hypothesis import given
from hypothesis import strategies as st
from small_layouts import SMALL

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.checks import Finding, run, said
from cpi1540.matrix.measure import Measure, MeasureKind
from cpi1540.matrix.record import Basis, Code, Entry, Origin, Source

TODAY = datetime.date(2026, 6, 1)
ACT = Measure(MeasureKind.ACT, {"en": "Export Act", "fr": "Loi sur les exportations"}, "fr", number=1)
MEASURES = {
    "FRA-M1": ACT,
    "FRA-M2": dataclasses.replace(ACT, number=2, repealed=PartialDate(2026, 6, 1)),
    "FRA-M3": dataclasses.replace(ACT, number=3, titles={"fr": "Code pénal"}),
    "FRA-M4": dataclasses.replace(ACT, number=4, titles={"de": "Gesetz"}, original_language="de"),
    "FRA-M5": dataclasses.replace(ACT, number=5, repealed=PartialDate(2026, 7)),
}
FRAMEWORK, ENFORCEMENT = "op2.finance.nw.framework", "op2.finance.nw.enforcement"
TEXT = Source("Penal Code, art. 5", "en")
BLANK, NOT_APPLICABLE = Entry(Code.BLANK), Entry(Code.NOT_APPLICABLE)


def found(*sources: Source, basis: Basis | None = Basis.REFERENCE, remarks: str = "") -> Entry:
    return Entry(Code.FOUND, basis, sources, remarks)


def cites(measure: str) -> Entry:
    return found(Source(measure=measure, pinpoint="art. 5"))


def checked(recorded: dict[str, Entry], origin: Origin = Origin.OFFICE) -> tuple[Finding, ...]:
    return run(recorded, SMALL, MEASURES, origin=origin, on=TODAY, needed=["en", "fr"])


# Check -> what makes it fire: the entries, and the fields and sentence it gives.
FIRES = {
    "unknown-measure": ({FRAMEWORK: cites("FRA-M9")}, FRAMEWORK, "The State has no measure FRA-M9."),
    "no-evidence": ({"op1.npt": found()}, "op1.npt", "X without a source and without a remark."),
    "enforcement-without-framework": (
        {FRAMEWORK: BLANK, ENFORCEMENT: found(TEXT)},
        ENFORCEMENT,
        "X in enforcement, but nothing in the national legal framework.",
    ),
    "not-applicable-against-another": (
        {FRAMEWORK: Entry(Code.INCOMPLETE), ENFORCEMENT: NOT_APPLICABLE},
        ENFORCEMENT,
        "NA here, but ? in the other aspect of the same row.",
    ),
    "repealed-cited": ({FRAMEWORK: cites("FRA-M2")}, FRAMEWORK, "Cites FRA-M2, which is repealed since 2026-06-01."),
    "missing-translation": (
        {FRAMEWORK: cites("FRA-M3")},
        FRAMEWORK,
        "FRA-M3 has no title in this language: English.",
    ),
    "basis-missing": (
        {FRAMEWORK: found(TEXT, basis=None)},
        FRAMEWORK,
        "X that does not say what it rests on: the State’s word, or a reference.",
    ),
}


@pytest.mark.parametrize("check", FIRES)
def test_each_check_fires(check: str) -> None:
    recorded, field, told = FIRES[check]
    findings = checked(recorded)
    level = "error" if check in ("unknown-measure", "no-evidence") else "warning"
    assert [(each.check, each.level, each.field) for each in findings] == [(check, level, field)]
    assert str(said(findings[0])) == told


@pytest.mark.parametrize(
    "recorded",
    [
        pytest.param({}, id="nothing recorded"),
        pytest.param({FRAMEWORK: cites("FRA-M1"), ENFORCEMENT: found(TEXT)}, id="both aspects found"),
        pytest.param({"op1.npt": found(remarks="p. 5 of the report")}, id="a remark is evidence"),
        pytest.param({FRAMEWORK: Entry(Code.INCOMPLETE)}, id="only an X needs evidence"),
        pytest.param({FRAMEWORK: Entry(Code.INCOMPLETE), ENFORCEMENT: found(TEXT)}, id="an incomplete framework"),
        pytest.param({FRAMEWORK: NOT_APPLICABLE, ENFORCEMENT: NOT_APPLICABLE}, id="both not applicable"),
        pytest.param({FRAMEWORK: BLANK, ENFORCEMENT: NOT_APPLICABLE}, id="not applicable beside blank"),
        pytest.param({FRAMEWORK: found(TEXT), "op2.finance.cw.enforcement": NOT_APPLICABLE}, id="another domain"),
        pytest.param({"op2.manufacture.nw.framework": found(TEXT), FRAMEWORK: BLANK}, id="another row"),
        pytest.param({FRAMEWORK: cites("FRA-M5")}, id="repealed later"),
        pytest.param({FRAMEWORK: Entry(Code.FOUND, Basis.ASSERTED, (TEXT,))}, id="asserted is a basis"),
        pytest.param({"op9.none": found()}, id="not in the layout"),
    ],
)
def test_silent_on_what_is_right(recorded: dict[str, Entry]) -> None:
    assert checked(recorded) == ()


def test_enforcement_beside_a_framework_not_reviewed() -> None:
    assert [each.check for each in checked({ENFORCEMENT: found(TEXT)})] == ["enforcement-without-framework"]


def test_a_source_that_says_nothing_is_no_evidence() -> None:
    assert [each.check for each in checked({FRAMEWORK: found(Source("  "))})] == ["no-evidence"]


@pytest.mark.parametrize("origin", [Origin.STATE, Origin.REFERENCE])
def test_evidence_is_asked_of_the_office_alone(origin: Origin) -> None:
    assert checked({FRAMEWORK: found()}, origin) == ()


def test_a_document_of_the_committee_gives_no_errors() -> None:
    recorded = {FRAMEWORK: found(Source(measure="FRA-M9"), basis=None), "op1.npt": found()}
    assert [each.check for each in checked(recorded, Origin.COMMITTEE)] == ["basis-missing"]


def test_one_finding_for_each_measure_without_a_title() -> None:
    again = {FRAMEWORK: cites("FRA-M4"), "op1.npt": cites("FRA-M4"), "op3cd.transit.nw.framework": cites("FRA-M3")}
    findings = checked(again)
    assert [(each.check, each.field) for each in findings] == [
        ("missing-translation", "op1.npt"),
        ("missing-translation", "op3cd.transit.nw.framework"),
    ]
    assert str(said(findings[0])) == "FRA-M4 has no title in these two languages: English, Français."


def test_findings_follow_the_printed_order() -> None:
    recorded = {"op678.action-plan": found(), ENFORCEMENT: found(TEXT, basis=None), "op1.npt": cites("FRA-M2")}
    assert [(each.field, each.check) for each in checked(recorded)] == [
        ("op1.npt", "repealed-cited"),
        (ENFORCEMENT, "enforcement-without-framework"),
        (ENFORCEMENT, "basis-missing"),
        ("op678.action-plan", "no-evidence"),
    ]


matrices = st.dictionaries(st.sampled_from([field.key for field in SMALL.fields]), entries(), max_size=8)


def errors(recorded: dict[str, Entry]) -> set[tuple[str, str | None]]:
    return {(each.check, each.field) for each in checked(recorded) if each.level == "error"}


@given(matrices, st.data())
def test_adding_a_source_never_adds_an_error(recorded: dict[str, Entry], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([field.key for field in SMALL.fields]))
    before = recorded.get(key, Entry())
    added = data.draw(st.sampled_from(sorted(MEASURES)).map(lambda one: Source(measure=one)) | st.builds(Source, texts))
    after = dataclasses.replace(before, sources=(*before.sources, added))
    assert errors({**recorded, key: after}) <= errors(recorded)


@given(matrices)
def test_findings_are_in_order_and_can_be_said(recorded: dict[str, Entry]) -> None:
    found_there = checked(recorded)
    places = [SMALL.positions[each.field or ""] for each in found_there]
    assert places == sorted(places)
    assert all(str(said(each)) for each in found_there)
