"""The charts of the Committee's table, of gaps by action and of uncertainty, against counts made another way."""

import csv
import datetime
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from strict_client import StrictClient

from cpi1540.briefing.charts.gap_actions import GapActionsChart
from cpi1540.briefing.charts.sensitivity import SensitivityChart
from cpi1540.briefing.charts.status_table import Counted, StatusTableChart
from cpi1540.briefing.charts.uncertainty import UncertaintyChart
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.numbers import numbers_csv
from cpi1540.briefing.service.pictures import words
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.service import gap_lists
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.errors import DomainError
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.record import Code, Entry
from cpi1540.matrix.service import layouts, reading, versions
from cpi1540.states import service as states

THEN, NOW = datetime.date(2024, 1, 1), datetime.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def context(practice_reader: StrictClient) -> Iterator[None]:
    with practice_reader.app.app_context():
        yield


def asked(*codes: str, narrowing: Narrowing = EVERYTHING, on: datetime.date = NOW, **more: object) -> ChartQuestion:
    chosen = tuple(states.find(code) for code in codes) if codes else tuple(states.states(practice=True))
    return ChartQuestion(chosen, Question(on, narrowing=narrowing), named=bool(codes), practice=True, **more)  # type: ignore[arg-type]


@cache
def matrices(day: datetime.date) -> list[Mapping[str, Entry]]:
    """The entries of each State that has a version on a day, read matrix by matrix."""
    effective = versions.effective(states.states(practice=True), day).values()
    return [reading.matrix(version).entries for version in effective]


def counted(field: str, day: datetime.date) -> Counted:
    """States with X and States reviewed in a field."""
    found = [entries[field].code for entries in matrices(day) if field in entries]
    codes = [code for code in found if code is not None]
    return Counted(codes.count(Code.FOUND), len(codes))


def test_the_status_table_counts_states_field_by_field() -> None:
    found = make("status-table", asked(narrowing=Narrowing("op2"), since=THEN), SYSTEM).chart
    assert isinstance(found, StatusTableChart)
    rows = layouts.layout().section("op2").rows
    assert len(found.lines) == 3 * len(rows)
    manufacture = found.lines[:3]
    assert [line.label for line in manufacture] == ["NW", "CW", "BW"]
    for line, domain in zip(manufacture, ("nw", "cw", "bw"), strict=True):
        for pair, aspect in zip(line.pairs, ("framework", "enforcement"), strict=True):
            field = f"op2.{rows[0].key}.{domain}.{aspect}"
            assert pair == (counted(field, THEN), counted(field, NOW))
    assert found.fields == 66
    risen = sum(
        counted(field.key, NOW).x > counted(field.key, THEN).x
        for field in layouts.layout().fields
        if field.section == "op2" and field.row == rows[0].key
    )
    assert risen == sum(pair[1].x > pair[0].x for line in manufacture for pair in line.pairs if pair)
    assert f"in {found.risen} of 66 fields" in str(words().translate(found.finding(words())))


def test_a_long_status_table_is_summed_up() -> None:
    found = make("status-table", asked(since=THEN), SYSTEM).chart
    assert isinstance(found, StatusTableChart)
    assert found.summed
    assert len(found.lines) == 11
    op1 = found.lines[0]
    fields = [field.key for field in layouts.layout().fields if field.section == "op1"]
    each = [counted(field, NOW) for field in fields]
    assert op1.pairs == (
        (
            Counted(
                sum(counted(f, THEN).x for f in fields), sum(counted(f, THEN).reviewed for f in fields), len(fields)
            ),
            Counted(sum(one.x for one in each), sum(one.reviewed for one in each), len(fields)),
        ),
        None,
    )


def test_one_aspect_has_one_panel() -> None:
    narrowing = Narrowing("op3cd", Domain.BW, Aspect.ENFORCEMENT)
    found = make("status-table", asked(narrowing=narrowing, since=THEN), SYSTEM).chart
    assert isinstance(found, StatusTableChart)
    assert found.aspects == ("Enforcement",)
    assert {len(line.pairs) for line in found.lines} == {1}
    assert {line.of for line in found.lines} == {""}
    field = f"op3cd.{layouts.layout().section('op3cd').rows[0].key}.bw.enforcement"
    assert found.lines[0].pairs[0] == (counted(field, THEN), counted(field, NOW))
    assert len(found.table(words()).columns) == 7


def test_gaps_by_action_are_those_of_every_state() -> None:
    found = make("gap-actions", asked(), SYSTEM).chart
    assert isinstance(found, GapActionsChart)
    gaps: Counter[str] = Counter()
    blank: Counter[str] = Counter()
    with_one: Counter[str] = Counter()
    for state in states.states(practice=True):
        own = gap_lists.gaps(state, Question(NOW), SYSTEM).gaps.gaps
        gaps.update(gap.action or "" for gap in own)
        blank.update(gap.action or "" for gap in own if gap.code is Code.BLANK)
        with_one.update({gap.action or "" for gap in own})
    codes = [action.code for action in gap_lists.actions()]
    assert [(row.gaps, row.blank, row.states) for row in found.rows] == [
        (gaps[code], blank[code], with_one[code]) for code in codes
    ]
    assert found.gaps == gaps.total() > 1000
    assert (found.rest.gaps if found.rest else 0) == gaps[""]
    most = max(found.rows, key=lambda row: row.gaps)
    said = words().translate(found.finding(words()))
    assert said.endswith(f"{words().number(most.gaps)} of {words().number(found.gaps)} gaps: {most.name}")


def test_bands_are_those_of_the_page(practice_reader: StrictClient) -> None:
    page = json.loads(practice_reader.get(f"/en/practice/coverage/uncertainty.json?as-of={NOW}").get_data())
    found = make("uncertainty", asked(by="group"), SYSTEM).chart
    assert isinstance(found, UncertaintyChart)
    assert found.total.band is not None
    assert (found.total.band.p5, found.total.band.p95) == (page["all"]["p5"], page["all"]["p95"])
    bands = [(each.band.p5, each.band.p50, each.band.p95) for each in found.rows if each.band]
    assert bands == [(each["p5"], each["p50"], each["p95"]) for each in page["groups"].values()]


def test_indices_are_those_of_the_page_and_the_files_keep_them(practice_reader: StrictClient) -> None:
    page = json.loads(practice_reader.get(f"/en/practice/states/XAH/coverage/uncertainty.json?as-of={NOW}").get_data())
    found = make("sensitivity", asked("XAH"), SYSTEM).chart
    assert isinstance(found, SensitivityChart)
    assert {row.code: row.total for row in found.rows} == {
        each["factor"]: each["total"] for each in page["sensitivity"]
    }
    most = max(found.rows, key=lambda row: row.total or 0)
    assert most.code == "unreviewed"
    assert "the reading of what is not reviewed" in words().translate(found.finding(words()))
    read = list(csv.reader(io.StringIO(numbers_csv(found).decode("utf-8-sig"))))
    assert [line[0] for line in read[1:6]] == [row.name for row in found.rows]
    assert float(read[5][2]) == round(found.rows[4].total or 0, 4)


def test_without_a_figure_there_is_nothing_to_be_sensitive() -> None:
    (bare,) = [state for state in states.states(practice=True) if state.code not in reviewed()][:1]
    found = make("sensitivity", asked(bare.code), SYSTEM).chart
    assert isinstance(found, SensitivityChart)
    assert found.runs == 0
    assert words().translate(found.finding(words())).endswith("no figure yet, because no field is reviewed")


def test_what_a_chart_does_not_take_is_said() -> None:
    with pytest.raises(DomainError, match="several States"):
        make("status-table", asked("XAH"), SYSTEM)
    with pytest.raises(DomainError, match="of one State"):
        make("sensitivity", asked(), SYSTEM)
    with pytest.raises(DomainError, match="earlier date is after"):
        make("status-table", asked(since=NOW + datetime.timedelta(1)), SYSTEM)


def reviewed() -> set[str]:
    return set(versions.effective(states.states(practice=True), NOW))
