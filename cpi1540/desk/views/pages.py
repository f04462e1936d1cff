"""Home, States, a State, search, and the pages that explain."""

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.coverage import figures_json
from cpi1540.coverage.gaps import messages as gap_messages
from cpi1540.coverage.gaps.priorities import SHARES
from cpi1540.desk.service import portal as service
from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, SiteBlueprint, query_string, url
from cpi1540.foundation.search_text import printable
from cpi1540.locales import BY_CODE
from cpi1540.matrix import messages
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import as_of_asked, version_asked
from cpi1540.states import service as states
from cpi1540.states.views.asked import group_asked

bp: Blueprint = RecordBlueprint("desk", __name__)
site: Blueprint = SiteBlueprint("site", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """The first page of a record."""
    page = service.home(g.record == PRACTICE, current_actor())
    return render_template("desk/home.html", page=page, words=messages)


@bp.get("/states")
@public
def states_list() -> ResponseReturnValue:
    """The States, by group and name."""
    group, query = group_asked(), printable(request.args.get("q", "")).strip()[:100]

    def address(code: str | None) -> str:
        return url("desk.states_list", group=code, q=query or None)

    page = service.states_page(g.record == PRACTICE, group, query, current_actor(), address)
    return render_template("desk/states.html", page=page, group=group, words=messages)


@bp.get("/states/<state>")
@public
def state(state: str) -> ResponseReturnValue:
    """A State's own page."""
    found = states.find(state, practice=g.record == PRACTICE)
    if state != found.code:
        return redirect(url("desk.state", state=found.code) + query_string(), 301)
    version, chosen = version_asked(found)
    as_of = as_of_asked()
    page = service.state_page(found, version, current_actor(), as_of)
    return render_template("desk/state.html", page=page, state=found, chosen=chosen, as_of=as_of, words=messages)


@bp.get("/search")
@public
def search() -> ResponseReturnValue:
    """States, rows of the matrix, measures, requests, offers and providers that contain what was asked for."""
    page = service.search(printable(request.args.get("q", "")).strip()[:100], g.record == PRACTICE, current_actor())
    return render_template("desk/search.html", page=page, by_code=BY_CODE)


@site.get("/glossary")
@public
def glossary() -> ResponseReturnValue:
    """Codes and terms, in six languages."""
    return render_template("desk/glossary.html", terms=service.terms(), words=messages, layout=layouts.layout())


@site.get("/method")
@public
def method() -> ResponseReturnValue:
    """How figures are made."""
    return render_template("desk/method.html", formula=figures_json.METHOD, shares=SHARES, gap_words=gap_messages)


@site.get("/about-the-data")
@public
def about_data() -> ResponseReturnValue:
    """Every source, with its age."""
    return render_template("desk/about-data.html", page=service.about_data())


@site.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What the portal does for every reader, and where it falls short."""
    return render_template("desk/accessibility.html")
