"""Recipes kept and read."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from sqlalchemy import select

from cpi1540.briefing.chart_kinds import CHARTS, ChartKind
from cpi1540.briefing.recipe import Recipe
from cpi1540.briefing.tables import RecipeFileRow, RecipeRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, Actor, can, registered
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable


@dataclass(frozen=True, slots=True)
class KeptRecipe:
    """A recipe as it was kept: ``files`` has the SHA-256 of each file made by it, ``figures`` what was shown.

    ``of_another``: what it shows depends on who asks, and it was somebody else who asked.
    """

    recipe: Recipe
    at: datetime.datetime
    of_another: bool
    files: Mapping[str, str]
    figures: Mapping[str, str]


@cache
def software() -> str:
    """What draws: this software and the library whose version decides about bytes."""
    return f"cpi1540 {version('cpi1540')}, matplotlib {version('matplotlib')}"


def keep(recipe: Recipe, files: Mapping[str, bytes], actor: Actor, figures: Mapping[str, str] | None = None) -> None:
    """Keep a recipe, the digests of the ``files`` made by it and the ``figures`` shown in them; what is kept already
    stays as it is.
    """
    known = db.session.get(RecipeRow, recipe.id)
    if known is None:
        kept = dict(figures) if figures else None
        db.session.add(
            RecipeRow(id=recipe.id, kind=recipe.kind, content=dict(recipe.content), figures=kept, by=actor.id, at=now())
        )
        db.session.flush()
    names = set(db.session.scalars(select(RecipeFileRow.name).where(RecipeFileRow.recipe == recipe.id)))
    added = {name: hashlib.sha256(file).hexdigest() for name, file in files.items() if name not in names}
    db.session.add_all(RecipeFileRow(recipe=recipe.id, name=name, digest=digest) for name, digest in added.items())
    if known is None or added:
        changed = [{"file": name, "digest": digest} for name, digest in sorted(added.items())]
        audit.record(actor.id, "recipe.keep", [f"recipe:{recipe.id}"], changed)


def is_kept(identifier: str) -> bool:
    """Whether the recipe of that identifier is kept."""
    return db.session.get(RecipeRow, identifier) is not None


def find(identifier: str, actor: Actor) -> KeptRecipe:
    """The recipe of that identifier; NotFound when none is kept, or when ``actor`` may not see what it made."""
    row = db.session.get(RecipeRow, identifier.upper()) if identifier.isascii() else None
    if row is None or not _may_see(row, actor):
        raise NotFound(sentence("No recipe %(recipe)s is kept.", recipe=printable(identifier)))
    query = select(RecipeFileRow).where(RecipeFileRow.recipe == row.id).order_by(RecipeFileRow.name)
    files = {file.name: file.digest for file in db.session.scalars(query)}
    kind = _kind(row)
    of_another = kind is not None and kind.personal and row.by != actor.id
    return KeptRecipe(Recipe(row.kind, row.content), row.at, of_another, files, row.figures or {})


def _may_see(row: RecipeRow, actor: Actor) -> bool:
    """Drafts, what depends on who asks, and packs are the office's; a public chart is everybody's. A chart that one
    has kept oneself stays to be seen, as long as one may see charts of its kind.
    """
    kind = _kind(row)
    if kind is None or kind.personal or row.content.get("draft"):
        own = actor is not NOBODY and row.by == actor.id and not row.content.get("draft")
        return actor.of_the_office or (own and kind is not None and _may(actor, kind))
    return _may(actor, kind)


def _kind(row: RecipeRow) -> ChartKind | None:
    """The kind of the chart; None for a pack, and for a chart that is no more."""
    return next((kind for kind in CHARTS if kind.name == row.content.get("chart")), None)


def _may(actor: Actor, kind: ChartKind) -> bool:
    return kind.needs is None or can(actor, registered()[kind.needs])
