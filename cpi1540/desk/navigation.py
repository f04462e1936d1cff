"""What stands at the top of every page: the main navigation, the record one is in."""

from dataclasses import dataclass

from flask import Flask, request

from cpi1540.foundation.addresses import MEMBERS, PRACTICE, url
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import N_
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool


# (label, endpoint, the endpoints of which it is the current one)
ITEMS = (
    (N_("States"), "desk.states_list", ("desk.state", "matrix.", "coverage.", "exchange.")),
    (N_("Codes and terms"), "site.glossary", ("site.glossary",)),
    (N_("Method"), "site.method", ("site.method",)),
    (N_("About the data"), "site.about_data", ("site.about_data",)),
)


def init_navigation(app: Flask) -> None:
    """Give every template the navigation and the sizes of the two records."""

    @app.context_processor
    def navigation() -> dict[str, object]:
        endpoint = request.endpoint or ""
        items = [
            Item(say(label), url(target), any(endpoint.startswith(start) for start in starts))
            for label, target, starts in ITEMS
        ]
        return {"nav": items, "record_sizes": _sizes, "group_names": group_names()}


def _sizes() -> dict[str, int]:
    """How many States each record has; asked only by pages that show the switch."""
    counts = states.counts()
    return {MEMBERS: counts["members"], PRACTICE: counts["practice"]}
