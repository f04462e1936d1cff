"""Recipes: what a chart or a pack was made of, so that it can be made again."""

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class RecipeRow(Base):
    """The recipe of a chart or a pack, under the identifier that is printed on it. It never changes.

    ``figures`` are those that were shown, by their names: what a rebuilding is held against.
    """

    __tablename__ = "briefing_recipe"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    figures: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str] = mapped_column("actor", String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (CheckConstraint("kind IN ('chart', 'pack')", name="kind"),)


class RecipeFileRow(Base):
    """A file that was made by a recipe, and the SHA-256 of its bytes. It never changes."""

    __tablename__ = "briefing_recipe_file"

    recipe: Mapped[str] = mapped_column(ForeignKey("briefing_recipe.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class RebuildingRow(Base):
    """What came of making something again by its recipe: the first, the second time. It never changes."""

    __tablename__ = "briefing_rebuilding"

    recipe: Mapped[str] = mapped_column(ForeignKey("briefing_recipe.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    found: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column("actor", String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
