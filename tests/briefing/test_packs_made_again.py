"""Packs made again by their recipes: the same bytes, or what changed since, named with its values."""

import datetime
import io
from typing import Any

import pytest
from pptx import Presentation

from cpi1540.briefing.packs.master_pptx import plain_master
from cpi1540.briefing.packs.pack import Form, Kind
from cpi1540.briefing.packs.question import PackQuestion, as_values
from cpi1540.briefing.packs.service import listing, pack_jobs, templates
from cpi1540.briefing.service import rebuilding, recipes
from cpi1540.foundation.access import SYSTEM, Actor
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.jobs import queue
from cpi1540.foundation.jobs.job import Status
from cpi1540.foundation.jobs.working import work_once
from cpi1540.matrix.record import Code, Entry, Handling, Origin
from cpi1540.matrix.record import Status as VersionStatus
from cpi1540.matrix.service import layouts, reading, recording, versions
from cpi1540.states import service as states

ON, BEFORE = datetime.date(2026, 11, 24), datetime.date(2024, 11, 24)


def question(kind: Kind) -> PackQuestion:
    return PackQuestion(kind, True, ON, BEFORE, "XAH")


def asked_for(values: dict[str, Any], actor: Actor, kind: Any = pack_jobs.PACK) -> Any:
    with transaction():
        number = queue.ask(kind, values, actor, practice=True, about=pack_jobs.about(question(Kind.STATE)))
    assert work_once()
    db.session.rollback()
    return queue.job(number, actor)


def test_a_pack_is_background_work_and_comes_out_the_same_again(briefer: Actor) -> None:
    values = {**as_values(question(Kind.STATE)), "languages": ["en", "ar"], "forms": ["pptx", "docx"]}
    job = asked_for(values, briefer)
    assert job.status is Status.DONE
    assert [file.name for file in job.files] == [
        f"state-XAH-2026-11-24-{code}.{form}" for code in ("en", "ar") for form in ("pptx", "docx")
    ]
    listed = listing.packs(briefer, practice=True)
    assert {(each.language, each.forms) for each in listed} == {("en", ("docx", "pptx")), ("ar", ("docx", "pptx"))}
    assert listing.packs(briefer, practice=False) == []
    again = asked_for({"recipe": listed[0].recipe}, briefer, pack_jobs.PACK_AGAIN)
    assert again.status is Status.DONE
    assert str(again.told) == "The pack came out the same, byte for byte."
    made_first = [queue.file(job.number, file.number, briefer)[1] for file in job.files]
    made_again = [queue.file(again.number, file.number, briefer)[1] for file in again.files]
    assert set(made_again) <= set(made_first)


def test_another_slide_master_is_named_when_a_pack_is_made_again(briefer: Actor) -> None:
    values = {**as_values(question(Kind.STATE)), "languages": ["en"], "forms": ["pptx"]}
    asked_for(values, briefer)
    (pack,) = listing.packs(briefer, practice=True)
    own = plain_master().deck
    own.slide_layouts[0].name = "Office"
    file = io.BytesIO()
    own.save(file)
    with transaction():
        templates.take_in(Form.PPTX, "office.potx", file.getvalue(), SYSTEM)
    again = asked_for({"recipe": pack.recipe}, briefer, pack_jobs.PACK_AGAIN)
    assert "another slide master" in str(again.told)
    _name, content = queue.file(again.number, 1, briefer)
    assert Presentation(io.BytesIO(content)).slides[0].slide_layout.name == "Office"
    with transaction():
        templates.take_away(Form.PPTX, SYSTEM)
    assert templates.kept() == {}


def test_a_version_that_came_since_is_named_with_the_figures_it_moved(briefer: Actor) -> None:
    values = {**as_values(question(Kind.STATE)), "languages": ["en"], "forms": ["docx"]}
    asked_for(values, briefer)
    (pack,) = listing.packs(briefer, practice=True)
    before = recipes.find(pack.recipe, briefer).figures
    state = states.find("XAH", practice=True)
    then = versions.effective([state], ON)["XAH"]
    entries = dict(reading.matrix(then).entries)
    found = [key for key, entry in entries.items() if key.startswith("op2.") and entry.code is Code.FOUND]
    entries |= dict.fromkeys(found[:20], Entry(Code.BLANK))
    new = recording.NewVersion(
        Origin.COMMITTEE, VersionStatus.APPROVED, Handling.PUBLIC, approved_on=ON, symbol="S/AC.44/1"
    )
    with transaction():
        number = recording.write(state, layouts.layout(), new, entries, SYSTEM.id)
    again = asked_for({"recipe": pack.recipe}, briefer, pack_jobs.PACK_AGAIN)
    assert "versions or requests have come since" in str(again.told)
    found_out = rebuilding.last(pack.recipe, SYSTEM)
    assert found_out is not None
    rebuilt = found_out.rebuilt
    assert rebuilt.same == {"pack.docx": False}
    assert set(rebuilt.changed) == {"figures", "rests_on"}
    # The version of the earlier day is there as it was.
    assert (rebuilt.new, rebuilt.left, rebuilt.replaced) == ([f"XAH/{number}"], [], [])
    moved = "OP 2 Prohibitions · Low"
    assert rebuilt.figures[moved][0] == before[moved]
    assert float(rebuilt.figures[moved][0]) - float(rebuilt.figures[moved][1]) == pytest.approx(20 / 66, abs=0.011)


def test_what_changed_is_told_by_what_a_recipe_says() -> None:
    told = [str(pack_jobs.told(dict.fromkeys(names), same=False)) for names in (
        ["figures", "rests_on"], ["figures"], ["rests_on"], ["software"], [],
    )]  # fmt: skip
    assert len(set(told)) == 5
    assert "versions or requests" in told[0]
    assert "release" in told[3]
