"""An installation as a whole: loading what it stands on, and checking that it holds."""

from dataclasses import dataclass
from pathlib import Path

from cpi1540.assistance.letters.service import letter_templates
from cpi1540.assistance.offers.service import organizations
from cpi1540.assistance.requests.service import course_keeping, historical
from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import transaction
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.matrix.service import layouts, reference, versions
from cpi1540.states import loading
from cpi1540.states import service as states


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, and what was found."""

    name: str
    ok: bool
    detail: Sentence


def load_reference_data(folder: Path) -> None:
    """Load layouts, States, instruments and their sources, make the reference versions, load historical requests
    and the organizations that help, and count anew where the open requests stand.

    All of it or nothing; the same data twice changes nothing.
    """
    with transaction():
        for file in sorted((folder / "layouts").glob("*.json")):
            layouts.load(file.read_text("utf-8"), f"layouts/{file.name}", SYSTEM.id)
        loading.load(folder, SYSTEM.id)
        reference.make(SYSTEM.id)
        historical.load(folder, SYSTEM.id)
        letter_templates.load(folder / "letters", SYSTEM.id)
        organizations.load(folder, SYSTEM.id)
        course_keeping.renew_all()


def checks() -> list[Check]:
    """The audit's chain, that each version is complete over its layout, that each State has one electoral group."""
    broken = audit.first_break()
    chain = (
        sentence("The chain of events holds.")
        if broken is None
        else sentence("Event %(event)s is the first that does not hold.", event=str(broken.event))
    )
    incomplete = versions.incomplete()
    complete = (
        sentence("Every version has every field of its layout.")
        if not incomplete
        else sentence("Not complete: %(versions)s.", versions=", ".join(incomplete))
    )
    ungrouped = states.without_electoral_group()
    grouped = (
        sentence("Every State is in one regional group on the electoral basis.")
        if not ungrouped
        else sentence("Not in exactly one regional group: %(states)s.", states=", ".join(ungrouped))
    )
    return [
        Check("audit", broken is None, chain),
        Check("versions", not incomplete, complete),
        Check("groups", not ungrouped, grouped),
    ]
