"""Packs from the record: their figures are those of the data files, their pages say what they rest on."""

import datetime
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from installed import close, make_app
from pack_cases import texts_of
from pptx import Presentation
from sqlalchemy import select
from strict_client import StrictClient

from cpi1540.briefing.packs.pack import Form, IntervalChart, Kind, Pack, Table
from cpi1540.briefing.packs.pack_docx import sheet_size
from cpi1540.briefing.packs.question import PackQuestion, as_values, from_values
from cpi1540.briefing.packs.service import listing, making, templates
from cpi1540.briefing.service import recipes
from cpi1540.cli import main
from cpi1540.coverage.profile import Profile
from cpi1540.coverage.service import profiles
from cpi1540.foundation.access import NOBODY, SYSTEM, Actor
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import DomainError, NotAllowed
from cpi1540.foundation.jobs.tables import JobFileRow
from cpi1540.foundation.jobs.working import work_once
from cpi1540.foundation.languages import share, speaking
from cpi1540.states import service as states

ON, BEFORE = datetime.date(2026, 11, 24), datetime.date(2024, 11, 24)
WHOLE = {
    Kind.GLOBAL: {},
    Kind.GROUP: {"group": "african"},
    Kind.STATE: {"state": "XAH"},
    Kind.LENS: {"lens": "proliferation-finance"},
    Kind.ASSISTANCE: {},
    Kind.REVIEW: {},
}


def question(kind: Kind, **more: Any) -> PackQuestion:
    return PackQuestion(kind, True, ON, BEFORE, **{**WHOLE[kind], **more})


def made(kind: Kind, code: str = "en", actor: Actor = SYSTEM, **more: Any) -> Pack:
    with speaking(code):
        return making.make(question(kind, **more), actor)[0]


@pytest.fixture(scope="module")
def practice(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The practice record, read only, inside the application."""
    folder = tmp_path_factory.mktemp("packs")
    shutil.copy(practice_made, folder / "record.sqlite")
    app = make_app(folder, f"sqlite:///{folder / 'record.sqlite'}")
    with app.app_context():
        yield app
    close(app)


def _script(app: Flask) -> ScriptInfo:
    return ScriptInfo(create_app=lambda: app)


def figures_json(state: str | None) -> dict[str, Any]:
    """What ``coverage --json`` prints, by the function that prints it."""
    from cpi1540.coverage.figures_json import coverage_json
    from cpi1540.coverage.service import figures

    chosen = [states.find(state)] if state else states.states(practice=True)
    groups = {group: [each.code for each in found] for group, found in states.by_group(chosen).items() if found}
    answer = figures.coverage(chosen, figures.Question(ON), SYSTEM, groups)
    return coverage_json(answer.figures, answer.profile, ON.isoformat())


def rows_of(pack: Pack, place: int = 0) -> list[tuple[str, ...]]:
    (table,) = (block for block in pack.pages[place].blocks if isinstance(block, Table))
    return list(table.rows)


def test_figures_on_slides_are_those_of_the_data_file(practice: Flask) -> None:
    pack, data = made(Kind.GLOBAL), figures_json(None)
    wanted = [data["all"]["sections"][code] for code in ("op2", "op3ab", "op3cd")] + [data["all"]]
    wanted += [data["all"]["sections"][code] for code in ("op1", "op678")]
    deck = Presentation(io.BytesIO(making.written(pack, Form.PPTX)))
    slide = deck.slides[1]
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    low, to_point, from_point, no_point = (list(series.values) for series in frame.chart.plots[0].series)
    for place, figure in enumerate(wanted):
        assert low[place] == figure["low"]
        if figure["sufficient"]:
            assert low[place] + to_point[place] == pytest.approx(figure["point"], abs=1e-12)
            assert low[place] + to_point[place] + from_point[place] == pytest.approx(figure["high"], abs=1e-12)
        else:
            assert low[place] + no_point[place] == pytest.approx(figure["high"], abs=1e-12)
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    cells = [[cell.text for cell in row.cells] for row in list(table.rows)[1:]]
    assert [row[1] for row in cells] == [share(figure["low"]) for figure in wanted]
    assert [row[3] for row in cells] == [share(figure["high"]) for figure in wanted]
    reviewed = [sum(figure["counts"][code] for code in ("X", "?", "blank")) for figure in wanted]
    assert [int(row[4].replace(",", "")) for row in cells] == reviewed


def test_every_state_of_a_group_stands_in_its_pack(practice: Flask) -> None:
    pack = made(Kind.GROUP)
    charts = [block for block in pack.pages[1].blocks if isinstance(block, IntervalChart)]
    lines = {line.label: line for chart in charts for line in chart.lines}
    for state in states.states(practice=True, group="african"):
        figure = figures_json(state.code)["all"]
        line = lines[state.names["en"]]
        assert (line.low, line.high) == (figure["low"], figure["high"])
        assert line.point == (figure["point"] if figure["sufficient"] else None)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_page_says_what_it_rests_on(kind: Kind, practice: Flask) -> None:
    pack = made(kind)
    assert len(pack.pages) >= 3
    for page in pack.pages:
        assert page.title
        assert "24 November 2026" in " ".join(page.facts), page.title
    assert pack.foot.identifier.startswith("B-")
    assert "Not a measure of compliance." in pack.foot.notices
    assert any("not a document of the Committee" in notice for notice in pack.foot.notices)
    assert pack.foot.practice.startswith("Practice data.")
    word = "Not a measure of compliance".rpartition(" ")[2]
    assert all(word not in text.replace("Not a measure of compliance", "") for text in texts_of(pack))


@pytest.mark.parametrize(
    ("kind", "code", "form"),
    [
        (Kind.GLOBAL, "en", Form.PPTX),
        (Kind.GROUP, "ar", Form.DOCX),
        (Kind.STATE, "zh", Form.PDF),
        (Kind.LENS, "ru", Form.PPTX),
        (Kind.ASSISTANCE, "ar", Form.PDF),
        (Kind.REVIEW, "zh", Form.PPTX),
    ],
)
def test_a_pack_made_twice_is_the_same(kind: Kind, code: str, form: Form, practice: Flask) -> None:
    first, second = made(kind, code), made(kind, code)
    assert first.foot.identifier == second.foot.identifier
    with speaking(code):
        assert making.written(first, form) == making.written(second, form)


@pytest.mark.parametrize("code", ["en", "ar", "ru"])
def test_a_meeting_sheet_keeps_to_one_page(code: str, practice: Flask) -> None:
    # XAG has the longest one, XAD the shortest.
    for state in ("XAG", "XAD"):
        pack = made(Kind.STATE, code, state=state)
        with speaking(code):
            pdf = making.written(pack, Form.PDF)
        assert pdf.count(b"/Type /Page\n") == 1
        assert 6.5 <= sheet_size(pack) <= 8.0


def test_a_sheet_asks_three_questions_each_with_its_fact(practice: Flask) -> None:
    for state in states.states(practice=True):
        asked = made(Kind.STATE, state=state.code).pages[-1].blocks
        assert len(asked) == 6, state.code
        texts = [block.text for block in asked]  # type: ignore[union-attr]
        assert len(set(texts)) == 6, state.code
        assert all(text.endswith("?") for text in texts[::2])
        assert all(text.endswith(".") for text in texts[1::2])


def test_the_annex_has_the_counts_of_the_status_table(practice: Flask) -> None:
    from cpi1540.coverage.service.status_tables import status_table

    pack = made(Kind.REVIEW)
    found = status_table(states.states(practice=True), BEFORE, ON)
    for row in found.rows:
        for aspect, pair in (("framework", row.framework), ("enforcement", row.enforcement)):
            if pair is None:
                continue
            key = f"{row.section}.{row.row}" + (f".{row.domain}.{aspect}" if row.domain else "")
            assert pack.figures[f"status.{key}.to"] == f"{pair.after.x}/{pair.after.reviewed}"
    tables = [block for page in pack.pages[2:] for block in page.blocks if isinstance(block, Table)]
    assert sum(len(table.rows) for table in tables) == len(found.rows)


def test_a_pack_for_the_public_holds_only_what_nobody_signed_in_reads(practice: Flask) -> None:
    from cpi1540.assistance.requests.service import lists

    office = made(Kind.ASSISTANCE)
    public = made(Kind.ASSISTANCE, public=True)
    seen = {line.request.id for line in lists.listing(lists.OPEN, NOBODY, practice=True, size=None).lines}
    every = {line.request.id for line in lists.listing(lists.OPEN, SYSTEM, practice=True, size=None).lines}
    assert seen < every
    said = "\n".join(texts_of(public))
    assert not [each for each in every - seen if each in said]
    assert [each for each in every - seen if each in "\n".join(texts_of(office))]
    assert public.foot.identifier != office.foot.identifier
    assert "For the public" in " ".join(public.foot.notices)


def test_nobody_outside_the_office_makes_packs(practice: Flask) -> None:
    for actor in (NOBODY, Actor("x", "x", frozenset())):
        with pytest.raises(NotAllowed):
            making.make(question(Kind.GLOBAL), actor)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Kind.STATE, {"state": None}),
        (Kind.GROUP, {"group": None}),
        (Kind.LENS, {"lens": None}),
        (Kind.GLOBAL, {"state": "XAH"}),
        (Kind.GLOBAL, {"group": "african"}),
        (Kind.REVIEW, {"lens": "procurement"}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(kind: Kind, more: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        question(kind, **more).check(ON)


def test_a_day_to_come_is_refused_since_its_figures_are_not_known() -> None:
    question(Kind.GLOBAL).check(ON)
    with pytest.raises(DomainError, match="The date lies in the future"):
        question(Kind.GLOBAL).check(ON - datetime.timedelta(days=1))


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_is_kept_without_loss(kind: Kind) -> None:
    asked = question(kind, public=True)
    asked.check(ON)
    assert from_values(json.loads(json.dumps(as_values(asked)))) == asked


def test_a_bad_template_is_refused_with_a_sentence_and_nothing_changes(briefer: Actor) -> None:
    document = io.BytesIO()
    docx.Document().save(document)
    bad = {
        "not what its name says": (Form.PPTX, b"%PDF-1.7 ..."),
        "looks like: DOCX": (Form.PPTX, document.getvalue()),
        "damaged": (Form.DOCX, document.getvalue()[:2000]),
        "A PDF has no template": (Form.PDF, b"%PDF-1.7"),
    }
    for words, (form, content) in bad.items():
        with pytest.raises(DomainError, match=words), transaction():
            templates.take_in(form, "x", content, SYSTEM)
    with pytest.raises(NotAllowed), transaction():
        templates.take_in(Form.DOCX, "x", document.getvalue(), briefer)
    assert templates.kept() == {}


def test_packs_are_asked_for_on_a_page(practice_app: Flask, briefer: Actor) -> None:
    client = StrictClient(practice_app)
    client.continue_as("briefer")
    page = client.get("/en/practice/briefing/packs")
    assert "Make the pack" in page.text
    values = {
        "kind": "state",
        "of": "",
        "since": "2024-11-24",
        "until": "2026-11-24",
        "languages": "en",
        "forms": "pdf",
    }
    refused = client.post("/en/practice/briefing/packs", values, 422)
    assert "A meeting sheet is of one State: choose one.</p>" in refused.text.partition("of-err")[2]
    late = client.post("/en/practice/briefing/packs", {**values, "of": "XAH", "since": "2026-11-24"}, 422).text
    assert "The earlier date must lie before the date of the pack.</p>" in late.partition("since-err")[2]
    assert 'value="XAH" selected' in late
    lens = client.post("/en/practice/briefing/packs", {**values, "kind": "lens"}, 422).text
    assert "A pack of one lens needs the lens: choose one.</p>" in lens.partition("lens-err")[2]
    refused = client.post("/en/practice/briefing/packs", {**values, "of": "XAH", "until": "9999-12-31"}, 422)
    assert "The date lies in the future.</p>" in refused.text.partition("until-err")[2]
    with transaction():
        weights = Profile("enforcement-first", 1, aspects={"enforcement": 2.0})
        profiles.keep(weights, after=0, reason="why", language="en", by=SYSTEM)
    assert 'value="enforcement-first/1"' in client.get("/en/practice/briefing/packs").text
    twice = {
        **values,
        "of": "XAH",
        "languages": ["en", "en"],
        "forms": ["pdf", "pdf"],
        "profile": "enforcement-first/1",
    }
    answer = client.post("/en/practice/briefing/packs", twice)
    assert "/jobs/" in answer.headers["Location"]
    assert work_once()
    db.session.rollback()
    (pack,) = listing.packs(briefer, practice=True)
    assert pack.question.profile == "enforcement-first/1"
    assert pack.forms == ("pdf",)
    assert db.session.scalars(select(JobFileRow.name)).all() == ["state-XAH-2026-11-24-en.pdf"]
    listed = client.get("/en/practice/briefing/packs").text
    assert pack.recipe in listed
    assert recipes.find(pack.recipe, briefer).recipe.kind == "pack"
    recipe = client.get(f"/en/briefing/recipes/{pack.recipe}").text
    assert "Meeting sheet of one State" in recipe
    assert f"/briefing/packs/{pack.recipe}/again" in recipe
    client.post(f"/en/practice/briefing/packs/{pack.recipe}/again")
    client.post("/en/practice/briefing/packs/B-AAAAAAAAAA/again", status=404)


def test_the_command_prints_the_files_it_wrote(practice_app: Flask, tmp_path: Path) -> None:
    arguments = ["briefing", "XAH", "XAG", "--format", "docx", "--from", "2024-11-24", "--to", "2026-11-24"]
    with practice_app.app_context():
        result = CliRunner().invoke(main, [*arguments, "-o", str(tmp_path / "out")], obj=_script(practice_app))
    assert result.exit_code == 0, result.output
    files = [Path(line) for line in result.stdout.splitlines()]
    assert [file.name for file in files] == [f"state-{code}-2026-11-24-en.docx" for code in ("XAG", "XAH")]
    assert all(docx.Document(str(file)).paragraphs[0].text.startswith("Meeting sheet:") for file in files)
    with practice_app.app_context():
        asked = ["briefing", "--all", "--kind", "lens", "-o", str(tmp_path)]
        wrong = CliRunner().invoke(main, asked, obj=_script(practice_app))
    assert wrong.exit_code == 2, wrong.output
