"""A chart made again by its recipe: the same bytes, or what has changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cpi1540.briefing.recipe import changes
from cpi1540.briefing.service import files
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.questions import from_recipe
from cpi1540.briefing.service.recipes import KeptRecipe
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import speaking


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came out. ``same`` says of each file kept whether its bytes are the same. ``changed`` names the parts of
    the recipe that differ, each before and now; ``gone`` and ``added`` are what it rested on and does now.
    """

    same: Mapping[str, bool]
    changed: Mapping[str, tuple[Any, Any]]
    gone: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_the_same(self) -> bool:
        """Whether every file came out with the same bytes."""
        return all(self.same.values()) and not self.changed


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
    differing = changes(content, made.recipe.content)
    before, now = (set(each.get("rests_on", ())) for each in (content, made.recipe.content))
    return Rebuilt(same, differing, tuple(sorted(before - now)), tuple(sorted(now - before)))
