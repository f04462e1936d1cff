"""The pages of a matrix: a section in its printed form, and the versions."""

from collections import Counter
from collections.abc import Callable

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.templating import today
from cpi1540.matrix import messages, pages
from cpi1540.matrix.record import UNREVIEWED, Source, Version
from cpi1540.matrix.reference import age_counted_to, is_stale
from cpi1540.matrix.service import layouts, reading, speaking, versions
from cpi1540.states import service as states
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("matrix", __name__)


@bp.get("/states/<state>/matrix/<section>")
@public
def section(state: str, section: str) -> ResponseReturnValue:
    """One section of a State's matrix, in the printed form."""
    found = states.find(state, practice=g.record == PRACTICE)
    version, chosen = version_asked(found)
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    try:
        printed = layout.section(section)
    except KeyError as error:
        raise NotFound(sentence("A matrix has no section %(section)s.", section=printable(section))) from error
    entries = reading.section(version, layout, section).entries if version else {}
    tables = pages.section_tables(printed, entries, speaking.speaker(found, entries.values()), staleness(version))
    tabs = pages.tabs(layout, _reviewed(version) if version else {})
    here = next(tab for tab in tabs if tab.code == section)
    page = pages.SectionPage(printed, tables, tabs, version, chosen, here.reviewed, here.fields)
    return render_template("matrix/section.html", state=found, page=page, words=messages)


@bp.get("/states/<state>/versions")
@public
def versions_page(state: str) -> ResponseReturnValue:
    """The versions of a State's matrix that the reader may see."""
    found = states.find(state, practice=g.record == PRACTICE)
    listed = versions.versions_of(found, current_actor())
    effective = versions.effective([found], today()).get(found.code)
    return render_template("matrix/versions.html", state=found, versions=listed, effective=effective, words=messages)


def version_asked(state: State) -> tuple[Version | None, bool]:
    """The version that ``?version=`` names, else the effective one; and whether it was named."""
    asked = request.args.get("version", "")
    if not asked:
        return versions.effective([state], today()).get(state.code), False
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise NotFound(sentence("%(state)s has no version %(version)s.", state=state.code, version=printable(asked)))
    return versions.find(state, int(asked), current_actor()), True


def staleness(version: Version | None) -> Callable[[Source], bool]:
    """Whether what a source of ``version`` rests on is too old."""
    on = age_counted_to(version, today())
    return lambda source: source.as_of is not None and is_stale(source.as_of, on)


def _reviewed(version: Version) -> Counter[str]:
    """Section -> number of reviewed fields."""
    (block,) = reading.codes([version])
    reviewed = block.numbers[0] != UNREVIEWED
    return Counter(field.section for field, known in zip(block.layout.fields, reviewed, strict=True) if known)
