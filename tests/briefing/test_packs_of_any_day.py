"""Packs of a day that lies in the past: what was so then, the same in every part, and no later day moves it."""

import datetime
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from installed import close, make_app
from pack_cases import texts_of

from cpi1540.assistance.requests.service import lists
from cpi1540.briefing.packs.pack import CountChart, Form, Kind, Pack
from cpi1540.briefing.packs.question import PackQuestion
from cpi1540.briefing.packs.service import making
from cpi1540.briefing.packs.service.asked import Asked
from cpi1540.briefing.service import request_charts
from cpi1540.coverage.service import lens_figures, lenses
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.languages import speaking
from cpi1540.matrix.service import ageing, versions
from cpi1540.states import commitment_records
from cpi1540.states import service as states
from cpi1540.states.commitment import standing

TODAY = datetime.date(2026, 11, 24)
DAYS = (datetime.date(2015, 1, 1), datetime.date(2025, 6, 1), datetime.date(2026, 3, 1), TODAY)


@pytest.fixture(scope="module")
def practice(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("any-day")
    shutil.copy(practice_made, folder / "record.sqlite")
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    with app.app_context():
        yield app
    close(app)


def question(kind: Kind, on: datetime.date, **more: str) -> PackQuestion:
    return PackQuestion(kind, True, on, on - datetime.timedelta(days=365), **more)


def made(kind: Kind, on: datetime.date, **more: str) -> Pack:
    with speaking("en"):
        return making.make(question(kind, on, **more), SYSTEM)[0]


@pytest.mark.parametrize("group", [None, "african"])
@pytest.mark.parametrize("on", DAYS)
def test_a_round_up_and_its_chart_count_the_same_requests(
    on: datetime.date, group: str | None, practice: Flask
) -> None:
    more = {"group": group} if group else {}
    pack = made(Kind.ASSISTANCE, on, **more)
    asked = Asked(question(Kind.ASSISTANCE, on, **more), SYSTEM)
    with speaking("en"):
        chart = request_charts.requests_chart(asked.about(), SYSTEM)
    by_step = {f"step.{place}": row.requests for place, row in enumerate(chart.rows, 1)}
    assert {name: n for name, n in pack.figures.items() if name.startswith("step.")} == by_step
    n = sum(by_step.values())
    assert f"n = {n} open request" in " ".join(pack.pages[0].facts)
    assert pack.figures["overdue"] == sum(row.overdue for row in chart.rows)
    (bars,) = (block for block in pack.pages[0].blocks if isinstance(block, CountChart))
    assert sum(sum(column) for column in bars.values) == n


def test_a_round_up_of_today_has_the_requests_of_the_lists(practice: Flask) -> None:
    every = lists.listing(lists.OPEN, SYSTEM, practice=True, on=TODAY, size=None)
    asked = Asked(question(Kind.ASSISTANCE, TODAY), SYSTEM)
    assert {line.request.id: line.standing for line in asked.open_requests} == {
        line.request.id: line.standing for line in every.lines
    }
    _last, found = lists.to_brief(SYSTEM, practice=True, on=TODAY)
    assert made(Kind.ASSISTANCE, TODAY).figures["to-brief"] == len(found)
    areas = lists.areas(SYSTEM, practice=True)
    figures = made(Kind.ASSISTANCE, TODAY).figures
    assert {name: n for name, n in figures.items() if name.startswith("area.")} == {
        f"area.{section}.{domain or ''}": n for (section, domain), n in areas.items()
    }


def test_before_the_first_request_nothing_is_open_late_or_to_be_told(practice: Flask) -> None:
    pack = made(Kind.ASSISTANCE, DAYS[0])
    assert {pack.figures[name] for name in ("step.1", "step.6", "overdue", "to-brief", "kind.equipment")} == {0}
    assert "XR-" not in "\n".join(texts_of(pack))
    assert made(Kind.STATE, DAYS[0], state="XAH").figures["requests"] == 0


def test_a_sheet_counts_stale_sources_and_commitments_as_of_its_day(practice: Flask) -> None:
    state = states.find("XAH", practice=True)
    for on in DAYS[2:]:
        pack = made(Kind.STATE, on, state="XAH")
        now = versions.effective([state], on)["XAH"]
        stale = ageing.stale_fields([now], on).get("XAH", {})
        assert pack.figures["stale"] == sum(stale.values())
    now = versions.effective([state], TODAY)["XAH"]
    late = ageing.stale_fields([now], datetime.date(2060, 1, 1)).get("XAH", {})
    assert sum(late.values()) > pack.figures["stale"]
    records = commitment_records.commitments_of(states.states(practice=True), SYSTEM)
    early = commitment_records.commitments_of(states.states(practice=True), SYSTEM, on=DAYS[0])
    assert sum(map(len, early.values())) < sum(map(len, records.values()))
    for code, listed in early.items():
        assert all(record.date is None or record.date.first_day <= DAYS[0] for record in listed), code
        assert all(record.ended is None or record.ended.first_day <= DAYS[0] for record in standing(listed)), code
    for lens in lenses.lenses():
        then = lens_figures.commitments(lens, state, SYSTEM, DAYS[0])
        assert made(Kind.STATE, DAYS[0], state="XAH").figures.get(f"commitments.{lens.code}") == (
            None if then is None else then.n_recorded
        )


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Kind.STATE, {"state": "XAG"}),
        (Kind.ASSISTANCE, {}),
        (Kind.LENS, {"lens": "proliferation-finance"}),
        (Kind.GLOBAL, {}),
    ],
)
def test_a_pack_made_again_a_month_later_from_the_same_record_has_the_same_bytes(
    kind: Kind, more: dict[str, str], practice: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(kind, TODAY, **more)
    with speaking("en"):
        files = {form: making.written(first, form) for form in Form}
    later(monkeypatch, TODAY + datetime.timedelta(days=400))
    again = made(kind, TODAY, **more)
    assert again.foot.identifier == first.foot.identifier
    with speaking("en"):
        for form in Form:
            assert making.written(again, form) == files[form], form


def later(monkeypatch: pytest.MonkeyPatch, day: datetime.date) -> None:
    """Let it be ``day`` for the whole software, whoever has taken the clock in under its own name."""
    moment = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    for module in [each for name, each in sys.modules.items() if name.startswith("cpi1540.")]:
        for name, answer in (("today", day), ("now", moment)):
            if getattr(getattr(module, name, None), "__module__", "").startswith("cpi1540."):
                monkeypatch.setattr(module, name, lambda answer=answer: answer)
