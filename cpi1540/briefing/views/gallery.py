"""The gallery of charts, and the page of each one with its question."""

import re
from typing import TYPE_CHECKING

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.briefing.chart_kinds import CHARTS, RECORD, STATE, ChartKind, kind_named
from cpi1540.briefing.pages import ChartPage, Entry, Numbers, Picture
from cpi1540.coverage.service import lenses, profiles
from cpi1540.foundation.access import SIGNED_IN, can, current_actor, public, registered, requires
from cpi1540.foundation.addresses import MEMBERS, PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.languages import number, say, share, sorted_by_name
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS

if TYPE_CHECKING:
    from cpi1540.briefing.charts.chart import Cell, Table

bp: Blueprint = RecordBlueprint("charts", __name__)
FILES = ("png", "svg", "pdf", "xlsx", "csv")
_VIEW_BOX = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PIXELS_A_POINT = 100 / 72


@bp.get("/briefing")
@public
def gallery() -> ResponseReturnValue:
    """Every chart that the reader may see, of the whole record where it is of one."""
    entries = [
        Entry(kind, url("charts.one", name=kind.name, **(_sample_of(kind) or {})), _sample(kind)) for kind in _kinds()
    ]
    return render_template("briefing/gallery.html", entries=entries)


@bp.get("/briefing/charts/<name>")
@public
def one(name: str) -> ResponseReturnValue:
    """A chart with its question, the numbers behind it, and its files."""
    kind = _kind(name)
    return render_template("briefing/chart.html", page=_page(kind), **_choices(kind))


@bp.post("/briefing/charts/<name>")
@requires(SIGNED_IN)
def keep(name: str) -> ResponseReturnValue:
    """Keep what the chart was made of, so that the identifier printed on it leads somewhere."""
    from cpi1540.briefing.service import files
    from cpi1540.briefing.service.making import make
    from cpi1540.briefing.views.asked import chart_asked

    kind = _kind(name)
    actor = current_actor()
    made = make(kind.name, chart_asked(kind), actor)
    # Drawn before the transaction: while one is open, nobody else can save.
    written = files.every_file(made.chart)
    with transaction():
        files.keep(made, written, actor)
    return redirect(url("recipes.one", identifier=made.recipe.id))


@bp.get("/briefing/charts/<name>.<form>")
@public
def file(name: str, form: str) -> ResponseReturnValue:
    """The chart as png, svg or pdf, or the numbers behind it as csv or xlsx."""
    from cpi1540.briefing.views.answers import chart_answer
    from cpi1540.briefing.views.asked import chart_asked

    kind = _kind(name)
    return chart_answer(kind, lambda: chart_asked(kind), form)


def _kind(name: str) -> ChartKind:
    kind = kind_named(name)
    if not _may(kind):
        raise NotAllowed(registered()[kind.needs or ""].refusal)
    return kind


def _may(kind: ChartKind) -> bool:
    return kind.needs is None or can(current_actor(), registered()[kind.needs])


def _kinds() -> list[ChartKind]:
    return [kind for kind in CHARTS if g.record in kind.records and _may(kind)]


def _sample(kind: ChartKind) -> Picture | None:
    """The picture of the whole record; that of the first State where the chart is of one."""
    asked = _sample_of(kind)
    return None if asked is None else _picture(kind, asked, say(kind.title), _drawn_before(kind, asked))


def _sample_of(kind: ChartKind) -> dict[str, str] | None:
    """What the gallery asks of a chart: a part that the members' record is known to hold, where the kind names one."""
    if RECORD in kind.scopes:
        return dict(kind.sample) if g.record == MEMBERS else {}
    every = sorted_by_name(states.states(practice=g.record == PRACTICE), key=lambda state: state.sort_names)
    return {"of": every[0].code} if STATE in kind.scopes and every else None


def _page(kind: ChartKind) -> ChartPage:
    # matplotlib takes a second to load, which no other page should wait for.
    from cpi1540.briefing.service import kept_pictures, recipes
    from cpi1540.briefing.service.making import make
    from cpi1540.briefing.service.pictures import words
    from cpi1540.briefing.views.asked import chart_asked, parameters_asked

    asked = parameters_asked()
    title = say(kind.title)
    try:
        made = make(kind.name, chart_asked(kind), current_actor())
    except (NotFound, NotAllowed):
        raise
    except DomainError as error:
        return ChartPage(kind, title, "", (), None, None, {}, "", "", kept=False, refusal=say(error.sentence))
    spoken, chart = words(), made.chart
    finding = spoken.translate(chart.finding(spoken))
    facts = tuple(spoken.translate(each) for line in chart.facts(spoken) for each in line)
    return ChartPage(
        kind,
        title,
        finding,
        (chart.ground.scope, *facts),
        _picture(kind, asked, finding, kept_pictures.picture_key(made)),
        _numbers(chart.table(spoken)),
        {form: url("charts.file", name=kind.name, form=form, save=1, **asked) for form in FILES},
        made.recipe.id,
        url("charts.keep", name=kind.name, **asked),
        kept=recipes.is_kept(made.recipe.id),
        refusal="",
    )


def _drawn_before(kind: ChartKind, asked: dict[str, str]) -> str | None:
    """The key of the picture of the gallery, if it was drawn since the last change: its size is known then."""
    from cpi1540.briefing.service import kept_pictures
    from cpi1540.briefing.views.answers import asks_of

    return kept_pictures.key_of(asks_of(kind, asked, narrow=False))


def _picture(kind: ChartKind, asked: dict[str, str], alt: str, key: str | None) -> Picture:
    def address(**shape: str) -> str:
        return url("charts.file", name=kind.name, form="svg", **asked, **shape)

    wide, narrow = (_height(key, name) or guess for name, guess in zip(_NAMES, kind.heights, strict=True))
    return Picture(address(), address(shape="narrow"), wide, narrow, alt)


_NAMES = ("chart.svg", "chart-narrow.svg")


def _height(key: str | None, name: str) -> int | None:
    """How high a picture is that was drawn before."""
    from cpi1540.briefing.service import kept_pictures

    content = kept_pictures.picture(key, name) if key else None
    found = _VIEW_BOX.search(content[:2000]) if content else None
    return round(float(found[2]) * _PIXELS_A_POINT) if found else None


def _numbers(table: "Table") -> Numbers:
    from cpi1540.briefing.charts.chart import Thin

    shown = [place for place, column in enumerate(table.columns) if not column.detail]

    def cell(value: "Cell") -> str:
        if value is None or isinstance(value, Thin):
            return "–"
        if isinstance(value, str):
            return value
        return number(value) if isinstance(value, int) else share(value)

    numeric = [any(isinstance(row[place], int | float) for row in table.rows) for place in shown]
    rows = tuple(tuple(cell(row[place]) for place in shown) for row in table.rows)
    return Numbers(tuple(table.columns[place].head for place in shown), rows, tuple(numeric))


def _choices(kind: ChartKind) -> dict[str, object]:
    """What the form of the question offers."""
    every = states.states(practice=g.record == PRACTICE) if STATE in kind.scopes else []
    return {
        "asked": {key: request.args.get(key, "") for key in request.args},
        "states": sorted_by_name(every, key=lambda state: state.sort_names),
        "all_groups": GROUPS,
        "lenses": lenses.lenses(),
        "profiles": profiles.newest(),
        "printed": layouts.layout(),
        "words": matrix_words,
    }
