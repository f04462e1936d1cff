"""The pages of a matrix: a section in its printed form, and the versions."""

from collections import Counter

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.templating import today
from cpi1540.matrix import messages, pages
from cpi1540.matrix.record import UNREVIEWED, Version
from cpi1540.matrix.service import layouts, reading, speaking, versions
from cpi1540.matrix.views.asked import as_of_asked, section_asked, state_asked, version_asked

bp: Blueprint = RecordBlueprint("matrix", __name__)


@bp.get("/states/<state>/matrix/<section>")
@public
def section(state: str, section: str) -> ResponseReturnValue:
    """One section of a State's matrix, in the printed form."""
    found = state_asked(state)
    version, chosen = version_asked(found)
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    printed = section_asked(layout, section)
    entries = reading.section(version, layout, section).entries if version else {}
    voice = speaking.voice(found, version, entries.values())
    tables = pages.section_tables(printed, entries, voice.say, voice.is_stale)
    tabs = pages.tabs(layout, reviewed_in(version) if version else {})
    here = next(tab for tab in tabs if tab.code == section)
    page = pages.SectionPage(printed, tables, tabs, version, chosen, here.reviewed, here.fields)
    return render_template("matrix/section.html", state=found, page=page, as_of=as_of_asked(), words=messages)


@bp.get("/states/<state>/versions")
@public
def versions_page(state: str) -> ResponseReturnValue:
    """The versions of a State's matrix that the reader may see."""
    found = state_asked(state)
    listed = versions.versions_of(found, current_actor())
    effective = versions.effective([found], today()).get(found.code)
    return render_template("matrix/versions.html", state=found, versions=listed, effective=effective, words=messages)


def reviewed_in(version: Version) -> Counter[str]:
    """Section -> number of reviewed fields."""
    (block,) = reading.codes([version])
    reviewed = block.numbers[0] != UNREVIEWED
    return Counter(field.section for field, known in zip(block.layout.fields, reviewed, strict=True) if known)
