"""Something made again by its recipe: the same bytes, or what has changed, named one by one."""

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import func, select

from cpi1540.briefing.recipe import Recipe, changes
from cpi1540.briefing.service import files
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.numbers import shown_numbers
from cpi1540.briefing.service.questions import from_recipe
from cpi1540.briefing.service.recipes import KeptRecipe
from cpi1540.briefing.tables import RebuildingRow, RecipeRow
from cpi1540.coverage.service import profiles
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.languages import speaking

MOST_LISTED = 20
_VERSION = re.compile(r"([A-Z]{3})/(\d+)")
_LIBRARY = re.compile(r"(.+) (\S+)")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came out. ``same`` says of each file kept whether its bytes are the same. ``changed`` names the parts of
    the recipe that differ, each before and now; ``gone`` and ``added`` are what it rested on and does now.

    ``figures`` are those that are shown differently, by their names, each before and now, None where it was not or is
    no longer shown; ``newer_weights`` is the profile that came after the one it keeps to, "" where there is none.
    """

    same: Mapping[str, bool]
    changed: Mapping[str, tuple[Any, Any]]
    gone: tuple[str, ...]
    added: tuple[str, ...]
    figures: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    newer_weights: str = ""

    @property
    def is_the_same(self) -> bool:
        """Whether every file came out with the same bytes."""
        return all(self.same.values()) and not self.changed

    @property
    def replaced(self) -> list[tuple[str, str]]:
        """Versions that another of the same State has taken the place of: ("XAH/2", "XAH/3")."""
        then, since = (_newest(names) for names in (self.gone, self.added))
        return [(f"{code}/{then[code]}", f"{code}/{since[code]}") for code in sorted(then) if code in since]

    @property
    def new(self) -> list[str]:
        """What it rests on now beside what it did, replaced versions left out."""
        return [name for name in self.added if name not in {now_ for _then, now_ in self.replaced}]

    @property
    def left(self) -> list[str]:
        """What it no longer rests on, replaced versions left out."""
        return [name for name in self.gone if name not in {then for then, _now in self.replaced}]

    @property
    def libraries(self) -> list[tuple[str, str, str]]:
        """The software that differs: (name, version before, version now), "" where it was not or is no longer used."""
        before, after = (_libraries(each or "") for each in self.changed.get("software", ("", "")))
        names = [*before, *(name for name in after if name not in before)]
        return [
            (name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name) != after.get(name)
        ]

    @property
    def listed_figures(self) -> list[tuple[str, str | None, str | None]]:
        """The first of the figures that are shown differently."""
        return [(name, *both) for name, both in list(self.figures.items())[:MOST_LISTED]]

    @property
    def further_figures(self) -> int:
        """How many more there are."""
        return max(0, len(self.figures) - MOST_LISTED)


@dataclass(frozen=True, slots=True)
class KeptRebuilding:
    """What came out, when and by whom."""

    rebuilt: Rebuilt
    by: str
    at: datetime.datetime


def rebuild_chart(kept: KeptRecipe, actor: Actor) -> Rebuilt:
    """The chart made again from the record as it is now, by the question of the recipe and in its language."""
    content = dict(kept.recipe.content)
    with speaking(content["lang"]):
        made = make(content["chart"], from_recipe(content), actor)
        same = {}
        for name, digest in kept.files.items():
            shape, _dot, form = name.rpartition(".")
            again = files.file(made.chart, form, narrow=shape.endswith("-narrow"))
            same[name] = hashlib.sha256(again).hexdigest() == digest
        return compared(kept, made.recipe, shown_numbers(made.chart), same)


def compared(kept: KeptRecipe, again: Recipe, figures: Mapping[str, str], same: Mapping[str, bool]) -> Rebuilt:
    """What differs between a recipe that was kept and the one that its question gives now. ``figures`` are those
    shown now, ``same`` says of each file whether its bytes are.
    """
    differing = changes(kept.recipe.content, again.content)
    before, after = (set(each.content.get("rests_on", ())) for each in (kept.recipe, again))
    # A recipe of old kept no figures one by one, nor are they told where they are too many.
    shown = changes(kept.figures, figures) if kept.figures and figures and "figures" in differing else {}
    return Rebuilt(
        dict(same),
        differing,
        tuple(sorted(before - after)),
        tuple(sorted(after - before)),
        shown,
        _newer_weights(str(kept.recipe.content.get("profile", ""))),
    )


def keep(recipe: str, rebuilt: Rebuilt, actor: Actor) -> None:
    """Keep what came of a rebuilding; the caller's transaction takes it in."""
    # Two at once wait here for each other, so that each gets a number of its own.
    db.session.get(RecipeRow, recipe, with_for_update=True)
    last = db.session.scalar(select(func.max(RebuildingRow.number)).where(RebuildingRow.recipe == recipe)) or 0
    db.session.add(RebuildingRow(recipe=recipe, number=last + 1, found=asdict(rebuilt), by=actor.id, at=now()))
    change = {"same": rebuilt.is_the_same, "changed": sorted(rebuilt.changed)}
    audit.record(actor.id, "recipe.rebuild", [f"recipe:{recipe}"], [change])


def last(recipe: str, actor: Actor) -> KeptRebuilding | None:
    """What came of the last rebuilding by this recipe; for people outside the office, of the last of their own: what
    is made again may show what only those see who made it.
    """
    query = select(RebuildingRow).where(RebuildingRow.recipe == recipe).order_by(RebuildingRow.number.desc()).limit(1)
    row = db.session.scalars(query if actor.of_the_office else query.where(RebuildingRow.by == actor.id)).first()
    if row is None:
        return None
    found = row.found
    pairs = {part: {name: tuple(both) for name, both in found[part].items()} for part in ("changed", "figures")}
    rebuilt = Rebuilt(
        found["same"],
        pairs["changed"],
        tuple(found["gone"]),
        tuple(found["added"]),
        pairs["figures"],
        found["newer_weights"],
    )
    return KeptRebuilding(rebuilt, row.by, row.at)


def _newest(names: tuple[str, ...]) -> dict[str, int]:
    """State -> the number of its newest version among names of what something rests on."""
    found: dict[str, int] = {}
    for match in filter(None, map(_VERSION.fullmatch, names)):
        found[match[1]] = max(found.get(match[1], 0), int(match[2]))
    return found


def _libraries(software: str) -> dict[str, str]:
    """Name -> version, of software as recipes write it: "cpi1540 0.1, matplotlib 3.11"."""
    return {match[1]: match[2] for match in filter(None, map(_LIBRARY.fullmatch, software.split(", ")))}


def _newer_weights(label: str) -> str:
    """The newest version of a profile where ``label`` names an older one, else ""."""
    name, _slash, version = label.partition("/")
    if not version:
        return ""
    try:
        newest = profiles.named(name).label
    except NotFound:
        return ""
    return newest if newest != label else ""
