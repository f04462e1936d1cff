"""Any two versions, field by field: codes, sources and remarks side by side, word by word."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import current_actor, public
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import N_, sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix import messages, pages
from cpi1540.matrix.comparison import PARTS, Difference, compare
from cpi1540.matrix.layout import SECTION_CODES, Layout
from cpi1540.matrix.record import Version, option_of
from cpi1540.matrix.service import layouts, reading, speaking, versions
from cpi1540.matrix.service.speaking import Voice
from cpi1540.matrix.views.asked import state_asked
from cpi1540.states.state import State

bp: Blueprint = RecordBlueprint("differences", __name__)

PART_NAMES = {"code": N_("Code"), "basis": N_("Basis of an X"), "sources": N_("Sources"), "remarks": N_("Remarks")}


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """The differences between two versions, narrowed to a part and a section; ``counts`` are those of all."""

    before: Version
    after: Version
    layout: Layout
    section: str | None
    part: str | None
    differences: tuple[Difference, ...]
    counts: Mapping[str, int]
    n_all: int
    voice: Voice


@bp.get("/states/<state>/differences")
@public
def page(state: str) -> ResponseReturnValue:
    """What differs between two versions; without any named, between the newest and the one before it."""
    found = state_asked(state)
    listed = versions.versions_of(found, current_actor())
    shown = differences_asked(found, listed)
    return render_template(
        "matrix/differences.html",
        state=found,
        versions=listed,
        page=shown,
        part_names=PART_NAMES,
        sections=SECTION_CODES,
        option_of=option_of,
        looks=pages.LOOKS,
        words=messages,
    )


def differences_asked(state: State, listed: list[Version]) -> DifferencesPage | None:
    """The differences that the address asks for; None for a State with one version at most."""
    first, second = request.args.get("from", ""), request.args.get("to", "")
    if not first and not second:
        if len(listed) < 2:
            return None
        after, before = listed[0], next((v for v in listed[1:] if v.number == listed[0].based_on), listed[1])
    else:
        before, after = _named(state, listed, first), _named(state, listed, second)
    part, section = request.args.get("part") or None, request.args.get("section") or None
    if part not in (None, *PARTS) or section not in (None, *SECTION_CODES):
        raise NotFound(sentence("Differences cannot be narrowed so."))
    old, new = reading.matrix(before), reading.matrix(after)
    layout = layouts.layout(after.layout)
    voice = speaking.voice(state, after, [*old.entries.values(), *new.entries.values()])
    everything = compare(old.entries, new.entries, voice.say)
    counts = {name: sum(name in each.parts for each in everything) for name in PARTS}
    shown = tuple(
        each
        for each in everything
        if (part is None or part in each.parts) and (section is None or each.field.startswith(section + "."))
    )
    return DifferencesPage(before, after, layout, section, part, shown, counts, len(everything), voice)


def _named(state: State, listed: list[Version], text: str) -> Version:
    for version in listed:
        if str(version.number) == text:
            return version
    raise NotFound(sentence("%(state)s has no version %(version)s.", state=state.code, version=printable(text) or "–"))
