"""The practice record: always the same, consistent in itself, and shaped like a real one."""

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cpi1540 import locales, paths
from cpi1540.coverage.figures import Coverage, coverage, tally
from cpi1540.coverage.gaps.gap_list import gaps
from cpi1540.coverage.profile import EQUAL
from cpi1540.desk.practice.generator import generate
from cpi1540.desk.practice.record import PracticeRecord, PracticeState, PracticeVersion
from cpi1540.desk.practice.review import NUCLEAR_FACILITY_ROWS
from cpi1540.desk.practice.seed_files import read
from cpi1540.matrix.layout import Aspect, Layout
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.measure import measure_id
from cpi1540.matrix.record import NOT_REVIEWED, NUMBER_OF, Basis, Code, Entry, Origin, Status, differences

FOLDER = paths.SEED / "practice"
GROUP_SIZES = {"african": 11, "asia-pacific": 11, "eastern-european": 5, "grulac": 7, "weog": 6}
NOTHING_IN_OP2_AND_OP3 = {"XAD", "XAU", "XBM"}
THIN = {"XAB", "XAM", "XAR", "XAZ", "XBE", "XBL"}


@pytest.fixture(scope="module")
def layout() -> Layout:
    return parse_layout((paths.SEED / "layouts" / "2017.json").read_text("utf-8"), "2017.json")


@pytest.fixture(scope="module")
def record(layout: Layout) -> PracticeRecord:
    return generate(layout, FOLDER)


@pytest.fixture(scope="module")
def by_code(record: PracticeRecord) -> dict[str, PracticeState]:
    return {state.code: state for state in record.states}


def digest(record: PracticeRecord | PracticeState) -> str:
    dumped = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(dumped.encode()).hexdigest()


def committee(state: PracticeState) -> list[PracticeVersion]:
    return [version for version in state.versions if version.origin is Origin.COMMITTEE]


def every_version(record: PracticeRecord) -> list[tuple[PracticeState, PracticeVersion]]:
    return [(state, version) for state in record.states for version in state.versions]


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two names are the same but for one letter more, less or other."""
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = next((at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    skip = len(longer) - len(shorter)
    return shorter[same + 1 - skip :] == longer[same + 1 :] or shorter == longer


def figures(record: PracticeRecord, layout: Layout, place: int) -> Coverage:
    """Coverage of every State's committee version in that place; of all fields unreviewed where there is none."""
    codes = np.zeros((len(record.states), len(layout.fields)), np.int8)
    groups: dict[str, list[str]] = {}
    for row, state in enumerate(record.states):
        groups.setdefault(state.group, []).append(state.code)
        if versions := committee(state):
            entries = versions[place if len(versions) == 3 else 0].entries
            codes[row] = [NUMBER_OF[entries[field.key].code] for field in layout.fields]
    return coverage([tally([state.code for state in record.states], codes, layout, EQUAL)], groups, 0.5)


def test_the_same_seed_gives_the_same_record(layout: Layout, record: PracticeRecord) -> None:
    assert digest(generate(layout, FOLDER)) == digest(record)


def test_another_seed_gives_another_record_of_the_same_states(layout: Layout, record: PracticeRecord) -> None:
    other = generate(layout, FOLDER, seed=7)
    assert digest(other) != digest(record)
    assert [state.names for state in other.states] == [state.names for state in record.states]


def test_a_state_less_changes_no_other(layout: Layout, record: PracticeRecord, tmp_path: Path) -> None:
    for name in ("measures.json", "documents.json"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    fewer = json.loads((FOLDER / "states.json").read_text("utf-8"))
    fewer["states"] = [state for state in fewer["states"] if state["code"] != "XAC"]
    (tmp_path / "states.json").write_text(json.dumps(fewer), "utf-8")
    left = {state.code: digest(state) for state in generate(layout, tmp_path).states}
    assert left == {state.code: digest(state) for state in record.states if state.code != "XAC"}


def test_forty_states_in_five_groups(record: PracticeRecord) -> None:
    assert Counter(state.group for state in record.states) == GROUP_SIZES
    codes = [state.code for state in record.states]
    assert (codes[0], codes[-1], len(set(codes))) == ("XAA", "XBN", 40)
    assert codes == sorted(codes)


def test_names_are_in_six_languages_and_are_no_real_states(record: PracticeRecord) -> None:
    with (paths.SEED / "states.csv").open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    for language in locales.CODES:
        names = [state.names[language] for state in record.states]
        assert len(set(names)) == 40, language
        taken = {row[f"name_{language}"] for row in real} | {row[f"m49_name_{language}"] for row in real}
        near = [(name, other) for name in names for other in taken if one_letter_apart(name, other)]
        assert near == [], language
    script = {"ar": r"[\u0600-\u06ff ]+", "ru": r"[\u0400-\u04ff -]+", "zh": r"[\u4e00-\u9fff]+"}
    for language, pattern in script.items():
        assert [s.code for s in record.states if not re.fullmatch(pattern, s.names[language])] == []
    assert all(re.fullmatch(r"[a-z ]+", state.sort_names["zh"]) for state in record.states)
    assert {state.language for state in record.states} == set(locales.CODES)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("Karva", "Karva", True), ("Karva", "Karla", True), ("Karva", "Karvia", True), ("Karva", "Karlia", False)],
)
def test_one_letter_apart(one: str, other: str, near: bool) -> None:
    assert one_letter_apart(one, other) is near
    assert one_letter_apart(other, one) is near


def test_every_version_is_complete_over_its_layout(layout: Layout, record: PracticeRecord) -> None:
    keys = [field.key for field in layout.fields]
    assert {version.layout for _, version in every_version(record)} == {layout.code}
    assert [state.code for state, version in every_version(record) if list(version.entries) != keys] == []


def test_versions_are_numbered_dated_and_signed_as_their_origin_allows(record: PracticeRecord) -> None:
    for state, version in every_version(record):
        approved = version.origin is Origin.COMMITTEE
        assert (version.status is Status.APPROVED) == approved, state.code
        assert (version.approved_on is not None) == (version.symbol is not None) == approved
    for state in record.states:
        assert [version.number for version in state.versions] == list(range(1, len(state.versions) + 1))
        dates = [version.approved_on for version in committee(state)]
        assert dates == sorted(set(dates))
    assert Counter(len(committee(state)) for state in record.states) == {3: 37, 1: 1, 0: 2}


def test_open_drafts_change_ten_to_thirty_fields(record: PracticeRecord) -> None:
    drafts = [(s, s.versions[-1]) for s in record.states if s.versions and s.versions[-1].origin is Origin.OFFICE]
    assert Counter(version.status for _, version in drafts) == {
        Status.DRAFT: 7,
        Status.IN_REVIEW: 2,
        Status.WITH_STATE: 2,
        Status.AGREED: 1,
    }
    for state, draft in drafts:
        nothing: Mapping[str, Entry] = dict.fromkeys(draft.entries, NOT_REVIEWED)
        before = state.versions[-2].entries if draft.based_on else nothing
        assert 10 <= len(differences(before, draft.entries)) <= 30, state.code


def test_every_cited_measure_is_one_of_the_same_state(record: PracticeRecord) -> None:
    for state, version in every_version(record):
        known = {measure_id(state.code, measure.number or 0) for measure in state.measures}
        cited = {s.measure for e in version.entries.values() for s in e.sources if s.measure is not None}
        assert cited <= known, state.code
        assert all(s.measure or s.text for e in version.entries.values() for s in e.sources)


def test_no_law_is_cited_before_it_was_adopted(record: PracticeRecord) -> None:
    for state, version in every_version(record):
        year = version.approved_on.year if version.approved_on else 2026
        adopted = {measure_id(state.code, m.number or 0): m.adopted for m in state.measures}
        for entry in version.entries.values():
            dates = [adopted[source.measure] for source in entry.sources if source.measure]
            assert all(date is not None and date.year < year for date in dates)


def test_a_regulation_comes_after_the_act_it_is_made_under(record: PracticeRecord) -> None:
    titles = {theme.key: {each["en"] for each in theme.titles} for theme in read(FOLDER).themes}
    under = [(titles[theme.key], titles[theme.requires]) for theme in read(FOLDER).themes if theme.requires]
    assert len(under) == 3
    for state in record.states:
        dated = [(measure.titles["en"], measure.adopted) for measure in state.measures]
        for regulations, acts in under:
            made = [date.year for title, date in dated if date and title in regulations]
            act = [date.year for title, date in dated if date and title in acts]
            assert not made or min(act) < min(made), state.code


def test_a_repealed_law_is_still_cited_somewhere(record: PracticeRecord) -> None:
    stale = 0
    for state in record.states:
        repealed = {measure_id(state.code, m.number or 0) for m in state.measures if m.repealed}
        for version in committee(state)[-1:]:
            stale += any(s.measure in repealed for e in version.entries.values() for s in e.sources)
    assert stale >= 5


def test_measures_have_titles_documents_and_numbers(record: PracticeRecord) -> None:
    for state in record.states:
        assert [measure.number for measure in state.measures] == list(range(1, len(state.measures) + 1))
        symbols = {document.symbol for document in state.documents}
        assert len(symbols) == len(state.documents)
        for measure in state.measures:
            assert set(measure.titles) == {state.language, "en"}
            assert measure.original_language == state.language
            assert measure.document in symbols
            assert measure.repealed is None or (measure.in_force is not None and measure.in_force < measure.repealed)


def test_no_symbol_can_be_taken_for_one_of_the_united_nations(record: PracticeRecord) -> None:
    symbols = [document.symbol for state in record.states for document in state.documents]
    symbols += [version.symbol for _, version in every_version(record) if version.symbol]
    symbols += [report.source for state in record.states for report in state.reports]
    assert [symbol for symbol in symbols if not symbol.startswith("PX/")] == []


def test_penalties_follow_prohibitions(record: PracticeRecord) -> None:
    """Where penalties are found, the framework is found in at least 95 of 100 fields."""
    with_framework = alone = 0
    for _, version in every_version(record):
        for key, entry in version.entries.items():
            if key.endswith(f".{Aspect.ENFORCEMENT}") and entry.code is Code.FOUND:
                framework = version.entries[f"{key.rpartition('.')[0]}.{Aspect.FRAMEWORK}"]
                with_framework += framework.code is Code.FOUND
                alone += framework.code is not Code.FOUND
    assert with_framework > 4000
    assert alone / (alone + with_framework) < 0.05


def test_rows_move_together_over_the_domains(record: PracticeRecord) -> None:
    """A law that covers all weapons is found for all: far more often than chance would have it."""
    same = pairs = found = fields = 0
    for state in record.states:
        for version in committee(state)[-1:]:
            for key, entry in version.entries.items():
                if key.startswith("op3cd.") and ".nw." in key and entry.code is not None:
                    other = version.entries[key.replace(".nw.", ".cw.")].code
                    pairs += 1
                    same += (entry.code is Code.FOUND) == (other is Code.FOUND)
                    found += (entry.code is Code.FOUND) + (other is Code.FOUND)
                    fields += 2
    by_chance = (found / fields) ** 2 + (1 - found / fields) ** 2
    assert same / pairs > by_chance + 0.2


def test_not_applicable_stands_only_where_there_is_no_nuclear_facility(record: PracticeRecord) -> None:
    allowed = {f"op3ab.{row}.nw.{aspect}" for row in NUCLEAR_FACILITY_ROWS for aspect in Aspect}
    seen = set()
    for state, version in every_version(record):
        keys = {key for key, entry in version.entries.items() if entry.code is Code.NOT_APPLICABLE}
        assert keys <= (set() if state.has_nuclear_facility else allowed), state.code
        seen |= keys
    assert seen == allowed


def test_every_code_and_both_bases_are_there(by_code: dict[str, PracticeState]) -> None:
    for code in set(by_code) - NOTHING_IN_OP2_AND_OP3:
        entries = committee(by_code[code])[-1].entries.values()
        assert {Code.FOUND, Code.INCOMPLETE, Code.BLANK, None} <= {entry.code for entry in entries}, code
        assert {entry.basis for entry in entries} == {Basis.ASSERTED, Basis.REFERENCE, None}, code


def test_a_basis_belongs_to_an_x_and_rests_on_the_right_kind_of_source(record: PracticeRecord) -> None:
    for state, version in every_version(record):
        for key, entry in version.entries.items():
            assert (entry.basis is not None) == (entry.code is Code.FOUND)
            if entry.basis is Basis.ASSERTED:
                assert [(s.measure, s.language) for s in entry.sources] == [(None, state.language)], key
            elif entry.basis is Basis.REFERENCE and not key.startswith("op1."):
                assert all(source.measure and source.pinpoint for source in entry.sources)
            if entry.code is None:
                assert entry == NOT_REVIEWED


def test_group_figures_look_like_real_ones(layout: Layout, record: PracticeRecord) -> None:
    newest = figures(record, layout, 2)
    for group, found in newest.groups.items():
        assert found.total.point is not None and 0.64 <= found.total.point <= 0.77, group
    reviewed = {group: found.total.n_reviewed for group, found in newest.groups.items()}
    assert reviewed == {"african": 10, "asia-pacific": 10, "eastern-european": 5, "grulac": 7, "weog": 5}
    best = max(newest.groups, key=lambda group: newest.groups[group].total.point or 0)
    assert best == "grulac"


def test_full_thin_and_empty_records(layout: Layout, record: PracticeRecord) -> None:
    newest = figures(record, layout, 2).states
    for code, found in newest.items():
        if code in NOTHING_IN_OP2_AND_OP3:
            assert found.total.reviewed == 0, code
        elif code in THIN:
            assert found.total.reviewed > 0 and not found.total.sufficient, code
        else:
            assert found.total.sufficient and 90 <= found.total.counts["X"] <= 260, code


def test_records_grow_from_version_to_version(layout: Layout, record: PracticeRecord) -> None:
    means = [figures(record, layout, place).all.total.mean_fields or 0 for place in range(3)]
    assert means[0] + 20 < means[1] < means[2] - 20
    kept = lost = 0
    for state in record.states:
        versions = committee(state)
        for before, after in pairwise(versions):
            for key, entry in before.entries.items():
                if entry.code is Code.FOUND:
                    kept += after.entries[key].code is Code.FOUND
                    lost += after.entries[key].code is not Code.FOUND
    assert lost / (kept + lost) < 0.03


def test_one_law_of_xac_can_close_three_of_its_gaps(layout: Layout, by_code: dict[str, PracticeState]) -> None:
    xac = by_code["XAC"]
    assert [version.origin for version in xac.versions] == [Origin.COMMITTEE] * 3
    open_gaps = {gap.field for gap in gaps(layout, xac.versions[-1].entries, EQUAL).gaps}
    themes = {titles["en"]: theme for theme in read(FOLDER).themes for titles in theme.titles}
    closable = {}
    for measure in xac.measures:
        clauses = themes[measure.titles["en"]].clauses
        served = {key for clause in clauses for aspect in Aspect for key in clause.fields(layout, aspect)}
        closable[measure.number] = len(served & open_gaps)
    assert max(closable.values()) >= 3
