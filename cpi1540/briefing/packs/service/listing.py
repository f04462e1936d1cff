"""The packs that were made: their recipes, newest first."""

import datetime
from dataclasses import dataclass

from sqlalchemy import select

from cpi1540.briefing.packs.actions import MAKE_PACKS
from cpi1540.briefing.packs.question import PackQuestion, from_values
from cpi1540.briefing.service import recipes
from cpi1540.briefing.tables import RecipeFileRow, RecipeRow
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable

MOST = 50


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack by its recipe: what was asked, in which language, when, and its kinds of files."""

    recipe: str
    question: PackQuestion
    language: str
    at: datetime.datetime
    by: str
    forms: tuple[str, ...]


def packs(actor: Actor, *, practice: bool) -> list[MadePack]:
    """The packs of one record, newest first, fifty at most; two queries, however many there are."""
    ensure(actor, MAKE_PACKS)
    record = "practice" if practice else "members"
    query = (
        select(RecipeRow)
        .where(RecipeRow.kind == "pack", RecipeRow.content["record"].as_string() == record)
        .order_by(RecipeRow.at.desc(), RecipeRow.id)
        .limit(MOST)
    )
    rows = db.session.scalars(query).all()
    files: dict[str, list[str]] = {}
    of_these = select(RecipeFileRow.recipe, RecipeFileRow.name).where(
        RecipeFileRow.recipe.in_([row.id for row in rows])
    )
    for recipe, name in db.session.execute(of_these.order_by(RecipeFileRow.name)):
        files.setdefault(recipe, []).append(name.rpartition(".")[2])
    return [
        MadePack(row.id, from_values(row.content), row.content["lang"], row.at, row.by, tuple(files.get(row.id, ())))
        for row in rows
    ]


def pack(identifier: str, actor: Actor) -> MadePack:
    """One pack; NotFound when no recipe of a pack is kept under that identifier."""
    ensure(actor, MAKE_PACKS)
    kept = recipes.find(identifier, actor)
    if kept.recipe.kind != "pack":
        raise NotFound(sentence("No recipe %(recipe)s is kept.", recipe=printable(identifier)))
    content = kept.recipe.content
    forms = tuple(name.rpartition(".")[2] for name in sorted(kept.files))
    return MadePack(kept.recipe.id, from_values(content), content["lang"], kept.at, "", forms)
