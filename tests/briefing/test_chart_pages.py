"""The gallery, the page of a chart, its files: kept, conditional, refused in a sentence."""

import datetime
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from strict_client import StrictClient

from cpi1540.briefing.chart_kinds import CHARTS
from cpi1540.briefing.charts.drawing import Drawing
from cpi1540.briefing.service import kept_pictures, pictures
from cpi1540.coverage.service.figures import Question
from cpi1540.coverage.service.figures import coverage as figures_of
from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import transaction
from cpi1540.states import service as states

PAGE = "/en/practice/briefing/charts/coverage"


@pytest.fixture
def titles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the charts that are drawn from now on."""
    found: list[str] = []
    draw = pictures.draw

    def record(*args: Any, **values: Any) -> Drawing:
        made = draw(*args, **values)
        found.append(made.title)
        return made

    monkeypatch.setattr(pictures, "draw", record)
    return found


def test_the_gallery_shows_each_chart_with_its_room(practice_reader: StrictClient) -> None:
    page = practice_reader.get("/en/practice/briefing").get_data(as_text=True)
    pictures = re.findall(
        r'<img class="chart" src="([^"]+)" width="1080" height="\d+" loading="lazy" alt="[^"]+">', page
    )
    assert pictures[0] == f"{PAGE}.svg"
    assert len(pictures) == sum("practice" in kind.records and kind.needs is None for kind in CHARTS)
    one = practice_reader.get(PAGE).get_data(as_text=True)
    assert re.search(r'<source media="[^"]+" srcset="[^"]+shape=narrow" width="380" height="\d+">', one)
    assert re.search(rf'<img class="chart" src="{PAGE}.svg" width="1080" height="\d+" alt="Practice record: ', one)


def test_the_page_has_the_figures_of_the_record(practice_reader: StrictClient) -> None:
    page = practice_reader.get(f"{PAGE}?of=XAH").get_data(as_text=True)
    with practice_reader.app.app_context():
        figures = figures_of([states.find("XAH")], Question(), SYSTEM).figures.all
    low, reviewed = figures.total.low, figures.total.reviewed
    assert low is not None
    row = page[page.index('<th scope="row">OP 2 and OP 3 together</th>') :]
    assert re.findall(r'class="num">([^<]+)<', row)[:4] == [
        f"{low:.2f}",
        f"{figures.total.point:.2f}",
        f"{figures.total.high:.2f}",
        str(reviewed),
    ]


def test_too_little_reviewed_is_a_dash_on_the_page_and_a_number_in_the_file(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        chosen = states.states(practice=True)
        found = figures_of(chosen, Question(), SYSTEM).figures.states
    thin = next(code for code, each in found.items() if each.total.point is not None and not each.total.sufficient)
    page = practice_reader.get(f"{PAGE}?of={thin}").get_data(as_text=True)
    row = page[page.index('<th scope="row">OP 2 and OP 3 together</th>') :]
    assert re.findall(r'class="num">([^<]+)<', row)[1] == "–"
    lines = practice_reader.get(f"{PAGE}.csv?of={thin}").get_data().decode("utf-8-sig").splitlines()
    total = next(line for line in lines if line.startswith("OP 2 and OP 3 together"))
    assert total.split(",")[2] == str(round(found[thin].total.point or 0, 4))


def test_a_picture_is_drawn_once_until_the_record_changes(practice_app: Flask, titles: list[str]) -> None:
    client = StrictClient(practice_app)
    first = client.get(f"{PAGE}.svg?of=XAH")
    again = client.get(f"{PAGE}.svg?of=XAH")
    assert first.get_data() == again.get_data()
    assert len(titles) == 1
    tag = first.headers["ETag"]
    unchanged = practice_app.test_client().get(f"{PAGE}.svg?of=XAH", headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert client.get(f"{PAGE}.svg?of=XAH&shape=narrow").headers["ETag"] != tag
    with practice_app.app_context(), transaction():
        audit.record("system", "layout.load", [])
    assert client.get(f"{PAGE}.svg?of=XAH").headers["ETag"] == tag
    assert len(titles) == 2  # the narrow one; the wide one shows the same as before


def test_a_question_that_cannot_be_answered_is_refused(practice_reader: StrictClient) -> None:
    for query in ("of=XZZ", "of=FRA", "section=op9", "by=colour", "as-of=yesterday", "lens=nothing"):
        practice_reader.get(f"{PAGE}?{query}", status=404)
    practice_reader.get("/en/briefing/charts/rank", status=404)
    practice_reader.get(f"{PAGE}.exe", status=404)
    page = practice_reader.get("/en/briefing/charts/coverage?by=state").get_data(as_text=True)
    assert "A chart by State holds at most 60 States." in page
    assert "<img" not in page[page.index("<main") :]


def test_the_page_of_a_day_says_that_day(practice_reader: StrictClient) -> None:
    day = datetime.date(2020, 3, 1)
    page = practice_reader.get(f"{PAGE}?as-of={day}").get_data(as_text=True)
    assert "As of 1 March 2020" in page
    assert f'value="{day}"' in page
    assert f"as-of={day}" in re.findall(r'href="([^"]+coverage\.png[^"]*)"', page)[0]


def test_a_day_in_the_future_is_refused(practice_reader: StrictClient) -> None:
    for day in ("2099-01-01", "9999-12-31"):
        page = practice_reader.get(f"{PAGE}?as-of={day}").get_data(as_text=True)
        assert "The date lies in the future." in page
        assert "<img" not in page[page.index("<main") :]
        practice_reader.get(f"{PAGE}.png?as-of={day}", status=400)


def test_the_oldest_pictures_go_when_there_are_too_many(practice_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pictures, "MOST_FILES", 6)
    monkeypatch.setattr(kept_pictures, "LOOKS_AT_EVERY", 1)
    now = time.time()
    with practice_app.app_context():
        for number in range(4):
            kept_pictures.keep(f"asked-{number}", f"key-{number}", "chart.svg", b"<svg/>")
            folder = Path(practice_app.config["CPI1540"].instance) / "pictures"
            for file in folder.rglob(f"*-{number}*"):
                os.utime(file, (now - 60 + number, now - 60 + number))
        kept = [number for number in range(4) if kept_pictures.picture(f"key-{number}", "chart.svg")]
        assert kept[-1] == 3
        assert 0 not in kept
        assert kept_pictures.key_of("asked-0") is None
        assert kept_pictures.key_of("asked-3") == "key-3"


def test_questions_of_earlier_days_go_and_their_pictures_stay(practice_app: Flask) -> None:
    with practice_app.app_context():
        for name in ("older", "newer"):
            kept_pictures.keep(name, f"key-{name}", "chart.svg", b"<svg/>")
        folder = Path(practice_app.config["CPI1540"].instance) / "pictures"
        before = time.time() - 2 * 86_400
        for file in (folder / "asked" / "older", folder / "key-older-chart.svg"):
            os.utime(file, (before, before))
        kept_pictures.clear()
        assert kept_pictures.key_of("older") is None
        assert kept_pictures.key_of("newer") == "key-newer"
        assert kept_pictures.picture("key-older", "chart.svg") == b"<svg/>"


def test_the_folder_is_not_looked_through_at_every_picture(
    practice_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(kept_pictures, "clear", lambda: looks.append(1))
    with practice_app.app_context():
        for number in range(2 * kept_pictures.LOOKS_AT_EVERY):
            kept_pictures.keep(f"asked-{number}", "key", "chart.svg", b"<svg/>")
    assert len(looks) == 2
