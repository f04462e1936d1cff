"""The recipe behind an identifier that is printed on a chart or a pack."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.briefing.chart_kinds import CHARTS
from cpi1540.briefing.packs.messages import KIND_NAMES
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import SiteBlueprint

bp: Blueprint = SiteBlueprint("recipes", __name__)


@bp.get("/briefing/recipes/<identifier>")
@public
def one(identifier: str) -> ResponseReturnValue:
    """What it was made of; with ``?rebuild=1`` made again, and what came out differently."""
    from cpi1540.briefing.service import rebuilding, recipes

    kept = recipes.find(identifier, current_actor())
    g.record = kept.recipe.content.get("record", g.record)
    rebuilt = None
    if request.args.get("rebuild") and kept.recipe.kind == "chart":
        rebuilt = rebuilding.rebuild_chart(kept, current_actor())
    titles = {kind.name: kind.title for kind in CHARTS}
    return render_template("briefing/recipe.html", kept=kept, rebuilt=rebuilt, titles=titles, packs=KIND_NAMES)
