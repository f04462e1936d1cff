"""Recipes: what a chart was made of, kept when it is saved, and made again: the same bytes, or what has changed."""

import datetime
import hashlib
import re
from importlib.metadata import version

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from strict_client import StrictClient

from cpi1540.briefing.recipe import Recipe, canonical, changes, shown_figures
from cpi1540.briefing.service import files, numbers, rebuilding, recipes
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.questions import ChartQuestion, as_recipe, from_recipe
from cpi1540.briefing.service.rebuilding import rebuild_chart
from cpi1540.briefing.tables import RecipeFileRow, RecipeRow
from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import NOBODY, SYSTEM
from cpi1540.foundation.database import db, transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.languages import speaking
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.states import service as states

VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5)
CONTENTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=6)


@given(content=CONTENTS)
def test_the_identifier_follows_from_the_content_alone(content: dict[str, object]) -> None:
    backwards = dict(reversed(content.items()))
    assert Recipe("chart", content).id == Recipe("chart", backwards).id
    assert re.fullmatch(r"C-[A-Z2-7]{10}", Recipe("chart", content).id)
    assert Recipe("pack", content).id == "B" + Recipe("chart", content).id[1:]
    assert Recipe("chart", {**content, "more": 1}).id != Recipe("chart", content).id or content.get("more") == 1


@given(before=CONTENTS, after=CONTENTS)
def test_changes_are_what_differs(before: dict[str, object], after: dict[str, object]) -> None:
    found = changes(before, after)
    assert (canonical(before) == canonical(after)) <= (found == {})
    assert all(before.get(name) == old and after.get(name) == new for name, (old, new) in found.items())
    assert changes(before, before) == {}


def test_a_question_survives_its_recipe(practice_reader: StrictClient) -> None:
    with practice_reader.app.app_context():
        group = tuple(states.states(practice=True, group="weog"))
        narrowing = Narrowing("op2", Domain.CW, Aspect.FRAMEWORK)
        day, since = datetime.date(2026, 5, 4), datetime.date(2020, 1, 2)
        for question in (
            ChartQuestion(group, Question(day, profile="equal/1"), "weog", practice=True, by="state"),
            ChartQuestion(group[:2], Question(day, True, "equal", narrowing), named=True, practice=True, by="section"),
            ChartQuestion(tuple(states.states(practice=True)), Question(day), practice=True, since=since),
        ):
            assert from_recipe(as_recipe(question)) == question


def test_a_chart_saved_by_somebody_is_kept_and_comes_out_the_same(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    address = "/ar/practice/briefing/charts/coverage?of=XAH"
    client.post(address, status=401)
    client.continue_as("briefer")
    # Downloads write nothing, whoever asks: a crawler or a browser that fetches ahead keeps no recipe.
    picture = client.get("/ar/practice/briefing/charts/coverage.svg?of=XAH&save=1").get_data()
    with practice_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RecipeRow)) == 0
    kept = f'action="{address}"'
    assert kept in client.get(address).get_data(as_text=True)
    for _ in range(2):
        client.post(address, status=302)
    assert kept not in client.get(address).get_data(as_text=True)
    with practice_app.app_context():
        row = db.session.scalars(select(RecipeRow)).one()
        files_kept = db.session.scalars(select(RecipeFileRow)).all()
        assert {each.name for each in files_kept} == {f"chart.{form}" for form in ("svg", "png", "pdf", "csv", "xlsx")}
        digests = {each.name: each.digest for each in files_kept}
        assert digests["chart.svg"] == hashlib.sha256(picture).hexdigest()
        identifier = row.id
    page = client.get(f"/en/briefing/recipes/{identifier.lower()}").get_data(as_text=True)
    assert "XAH/" in page
    assert "Rebuilt" not in client.get(f"/en/briefing/recipes/{identifier}?rebuild=1").get_data(as_text=True)
    page = client.post(f"/en/briefing/recipes/{identifier}", status=200).get_data(as_text=True)
    assert "Rebuilt: the same bytes" in page
    assert page.count("the same bytes") == 6


def test_what_has_changed_is_named(practice_app: Flask) -> None:
    with practice_app.app_context():
        question = ChartQuestion((states.find("XAH"),), named=True, practice=True)
        made = make("coverage", question, SYSTEM)
        older = {**made.recipe.content, "rests_on": ["XAH/1"], "figures": "0" * 64, "software": "cpi1540 0.0.1"}
        with transaction():
            recipes.keep(Recipe("chart", older), {"chart.csv": b"other"}, SYSTEM)
        rebuilt = rebuild_chart(recipes.find(Recipe("chart", older).id, SYSTEM), SYSTEM)
        assert set(rebuilt.changed) == {"rests_on", "figures", "software"}
        assert rebuilt.same == {"chart.csv": False}
        assert rebuilt.gone == ("XAH/1",)
        assert rebuilt.added == made.chart.ground.rests_on
        assert not rebuilt.is_the_same
        with speaking("fr"):
            assert make("coverage", question, SYSTEM).recipe.id != made.recipe.id


def test_what_changed_is_listed_with_its_values(practice_app: Flask) -> None:
    with practice_app.app_context():
        question = ChartQuestion((states.find("XAH"),), named=True, practice=True, by="section")
        made = make("coverage", question, SYSTEM)
        shown = numbers.shown_numbers(made.chart)
        assert shown["OP 2 Prohibitions · Low"] == "0.55"
        software = (
            made.recipe.content["software"].replace("cpi1540 ", "cpi1540 0.0.1+").replace("matplotlib", "oldplot")
        )
        older = {**made.recipe.content, "rests_on": ["XAH/1", "XAG/2"], "figures": "0" * 64, "software": software}
        figures = {**shown, "OP 2 Prohibitions · Low": "0.11", "OP 9 · Low": "0.50"}
        kept = Recipe("chart", older)
        with transaction():
            recipes.keep(kept, {"chart.csv": b"other"}, SYSTEM, figures)
        rebuilt = rebuild_chart(recipes.find(kept.id, SYSTEM), SYSTEM)
        assert dict(rebuilt.figures) == {"OP 2 Prohibitions · Low": ("0.11", "0.55"), "OP 9 · Low": ("0.50", None)}
        (effective,) = made.chart.ground.rests_on
        assert rebuilt.replaced == [("XAH/1", effective)]
        assert (rebuilt.new, rebuilt.left) == ([], ["XAG/2"])
        now = made.recipe.content["software"].partition(",")[0].partition(" ")[2]
        assert ("cpi1540", f"0.0.1+{now}", now) in rebuilt.libraries
        assert {name for name, _before, _now in rebuilt.libraries} == {"cpi1540", "oldplot", "matplotlib"}
    client = StrictClient(practice_app)
    client.continue_as("briefer")
    page = client.post(f"/en/briefing/recipes/{kept.id}", status=200).get_data(as_text=True)
    for each in ("0.11, now 0.55", "0.50, no longer shown", "No longer: XAG/2", f"{effective} in the place of XAH/1"):
        assert each in page, each
    assert f"matplotlib: not used then, now {version('matplotlib')}" in page
    # Who looks at the recipe later finds what came of it.
    assert "0.11, now 0.55" in client.get(f"/en/briefing/recipes/{kept.id}").get_data(as_text=True)
    with practice_app.app_context():
        found = rebuilding.last(kept.id, SYSTEM)
        assert found is not None
        assert found.rebuilt == rebuilt
        with pytest.raises(DatabaseError, match="never changes"), db.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM briefing_rebuilding")


def test_figures_that_differ_by_less_than_is_shown_and_those_of_old_are_told_so(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("briefer")
    with practice_app.app_context():
        made = make("coverage", ChartQuestion((states.find("XAH"),), named=True, practice=True), SYSTEM)
        for software, figures, words in (
            ("cpi1540 1", numbers.shown_numbers(made.chart), "They differ by less than is shown."),
            ("cpi1540 2", None, "They came out differently."),
        ):
            kept = Recipe("chart", {**made.recipe.content, "figures": "0" * 64, "software": software})
            with transaction():
                recipes.keep(kept, {}, SYSTEM, figures)
            assert words in client.post(f"/en/briefing/recipes/{kept.id}", status=200).get_data(as_text=True)


def test_many_figures_are_listed_in_part_and_too_many_are_not_kept() -> None:
    names = {f"{n:02}": ("1", "2") for n in range(25)}
    rebuilt = rebuilding.Rebuilt({}, {"figures": ("a", "b")}, (), (), names)
    assert [name for name, *_both in rebuilt.listed_figures] == [f"{n:02}" for n in range(20)]
    assert rebuilt.further_figures == 5
    assert shown_figures([("Low", "1"), ("Low", "2"), ("High", "3")]) == {"Low": "1", "Low (2)": "2", "High": "3"}
    assert shown_figures((str(n), "1") for n in range(5001)) == {}


def test_a_recipe_never_changes(practice_app: Flask) -> None:
    with practice_app.app_context():
        with transaction():
            recipes.keep(Recipe("pack", {"a": 1}), {"x.pptx": b"1"}, SYSTEM)
        with transaction():
            recipes.keep(Recipe("pack", {"a": 1}), {"x.pptx": b"2", "y.pptx": b"3"}, SYSTEM)
        kept = recipes.find(Recipe("pack", {"a": 1}).id, SYSTEM)
        assert list(kept.files) == ["x.pptx", "y.pptx"]
        assert kept.files["x.pptx"].startswith("6b86b273")
        for table in ("briefing_recipe", "briefing_recipe_file"):
            with pytest.raises(DatabaseError, match="never changes"), db.engine.begin() as connection:
                connection.exec_driver_sql(f"DELETE FROM {table}")


def test_recipes_of_drafts_and_packs_are_the_offices(practice_app: Flask) -> None:
    with practice_app.app_context():
        with transaction():
            for content in ({"chart": "coverage", "draft": True}, {"kind": "global"}):
                recipes.keep(Recipe("chart" if "chart" in content else "pack", content), {}, SYSTEM)
        for content in ({"chart": "coverage", "draft": True}, {"kind": "global"}):
            identifier = Recipe("chart" if "chart" in content else "pack", content).id
            assert recipes.find(identifier, SYSTEM)
            with pytest.raises(NotFound):
                recipes.find(identifier, NOBODY)
        with pytest.raises(NotFound):
            recipes.find("C-ÄÄÄ", SYSTEM)


def test_a_passer_by_reads_a_recipe_and_rebuilds_nothing(practice_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpi1540.briefing.service.rebuilding.make", lambda *_asked: pytest.fail("it was drawn"))
    with practice_app.app_context(), transaction():
        kept = Recipe("chart", {"chart": "coverage", "record": "practice", "as_of": "2026-11-24"})
        recipes.keep(kept, {}, SYSTEM)
    address = f"/en/briefing/recipes/{kept.id}"
    client = StrictClient(practice_app)
    assert "Rebuild and compare" not in client.get(f"{address}?rebuild=1").get_data(as_text=True)
    client.post(address, status=401)
    client.continue_as("focal-point")
    assert "Rebuild and compare" in client.get(address).get_data(as_text=True)


def test_who_kept_a_chart_of_their_own_sees_its_recipe_and_nobody_else_outside_the_office(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("focal-point")
    client.post("/en/practice/briefing/charts/requests", status=302)
    with practice_app.app_context():
        address = f"/en/briefing/recipes/{db.session.scalars(select(RecipeRow.id)).one()}"
    page = client.post(address, status=200).get_data(as_text=True)
    assert "Rebuilt: the same bytes" in page
    client.continue_as("provider-contact")
    client.get(address, status=404)
    # Made again by the office it rests on every request, of which the focal point does not see all.
    client.continue_as("briefer")
    found = client.post(address, status=200).get_data(as_text=True)
    assert "Rebuilt: something has changed since" in found
    assert "Now also: XR-" in found
    assert "depends on who asks" in found
    client.continue_as("focal-point")
    own = client.get(address).get_data(as_text=True)
    assert "Rebuilt: the same bytes" in own
    assert "Now also" not in own
    assert "depends on who asks" not in own


def test_names_of_files_tell_their_shape() -> None:
    assert files.name_of("png", narrow=True) == "chart-narrow.png"
    assert files.name_of("csv", narrow=True) == "chart.csv"
