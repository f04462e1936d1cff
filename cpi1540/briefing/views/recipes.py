"""The recipe behind an identifier that is printed on a chart or a pack."""

from typing import TYPE_CHECKING

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from cpi1540.briefing.chart_kinds import CHARTS
from cpi1540.briefing.packs.messages import KIND_NAMES, TEMPLATE_NAMES
from cpi1540.foundation.access import SIGNED_IN, current_actor, public, requires
from cpi1540.foundation.addresses import SiteBlueprint
from cpi1540.foundation.database import transaction
from cpi1540.locales import BY_CODE, DEFAULT

if TYPE_CHECKING:
    from cpi1540.briefing.service.rebuilding import KeptRebuilding
    from cpi1540.briefing.service.recipes import KeptRecipe

bp: Blueprint = SiteBlueprint("recipes", __name__)


@bp.get("/briefing/recipes/<identifier>")
@public
def one(identifier: str) -> ResponseReturnValue:
    """What it was made of, and what came of making it again."""
    from cpi1540.briefing.service import rebuilding

    kept = _find(identifier)
    return _page(kept, rebuilding.last(kept.recipe.id, current_actor()))


@bp.post("/briefing/recipes/<identifier>")
@requires(SIGNED_IN)
def rebuild(identifier: str) -> ResponseReturnValue:
    """A chart made again, and what came out differently: seconds of drawing, so not for every passer-by."""
    from cpi1540.briefing.service import rebuilding

    kept = _find(identifier)
    if kept.recipe.kind == "chart":
        rebuilt = rebuilding.rebuild_chart(kept, current_actor())
        with transaction():
            rebuilding.keep(kept.recipe.id, rebuilt, current_actor())
    return _page(kept, rebuilding.last(kept.recipe.id, current_actor()))


def _find(identifier: str) -> "KeptRecipe":
    from cpi1540.briefing.service import recipes

    kept = recipes.find(identifier, current_actor())
    g.record = kept.recipe.content.get("record", g.record)
    return kept


def _page(kept: "KeptRecipe", last: "KeptRebuilding | None") -> str:
    return render_template(
        "briefing/recipe.html",
        kept=kept,
        last=last,
        titles={kind.name: kind.title for kind in CHARTS},
        packs=KIND_NAMES,
        templates=TEMPLATE_NAMES,
        spoken=BY_CODE.get(kept.recipe.content.get("lang", ""), BY_CODE[DEFAULT]),
    )
