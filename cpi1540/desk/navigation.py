"""What stands at the top of every page: the main navigation, the record one is in."""

from dataclasses import dataclass

from flask import Flask, g, request

from cpi1540.desk.service import worklist
from cpi1540.foundation import notices
from cpi1540.foundation.access import NOBODY, can, current_actor
from cpi1540.foundation.addresses import MEMBERS, PRACTICE, url
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import N_
from cpi1540.people.actions import MANAGE_PEOPLE
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that stand together under one word at the end of the main navigation."""

    label: str
    items: tuple[Item, ...]

    @property
    def current(self) -> bool:
        """Whether one of its entries is the current one."""
        return any(item.current for item in self.items)


# Pages about one State that are written for those who work on it.
OF_A_STATE = (
    *("draft.", "field.", "many.", "workflow.", "round.", "comments.", "measures.", "differences.", "history."),
    *("commitments.", "state_requests.", "state_outcomes."),
)
FIGURES_OF_A_STATE = ("coverage.", "figures.of_state", "uncertainty.of_state", "lenses.of_state", "what_if.", "beside.")
FIGURES = (
    *("figures.of_record", "uncertainty.of_record", "statistics.", "lenses.listed", "lenses.one", "lens_forms."),
    *("register.", "profiles."),
)
ASSISTANCE = (
    *("request_lists.", "requests.", "request_needs.", "request_acts.", "request_templates.", "agendas."),
    *("offers.", "offer_lists.", "offer_workbooks.", "providers."),
    *("matches.", "match_page.", "answers.", "outcomes.", "reports."),
    *("letters.", "letter_templates.", "matching.", "match_weights.", "planning.", "kept_plans."),
)

# (label, endpoint, the endpoints of which it is the current one)
WORKLIST = "worklist.page"
ADMINISTRATION = "administration.people"
ITEMS = (
    (N_("States"), "desk.states_list", ("desk.state", "matrix.", "exchange.", *OF_A_STATE, *FIGURES_OF_A_STATE)),
    (N_("Assistance"), "request_lists.board", ASSISTANCE),
    (N_("Coverage"), "figures.of_record", FIGURES),
    (N_("Briefing"), "charts.gallery", ("charts.", "recipes.", "packs.", "pack_templates.")),
    (N_("Worklist"), WORKLIST, ("worklist.",)),
    (N_("Administration"), ADMINISTRATION, ("administration.", "whole_history.")),
)
# What explains the record stands under one word: with all of it side by side the navigation takes several lines.
ABOUT = (
    (N_("Codes and terms"), "site.glossary", ("site.glossary",)),
    (N_("Method"), "site.method", ("site.method",)),
    (N_("About the data"), "site.about_data", ("site.about_data",)),
)


def init_navigation(app: Flask) -> None:
    """Give every template the navigation and the sizes of the two records."""

    @app.context_processor
    def navigation() -> dict[str, object]:
        actor = current_actor()
        items = [
            _item(*entry)
            for entry in ITEMS
            if (entry[1] != WORKLIST or actor is not NOBODY)
            and (entry[1] != ADMINISTRATION or can(actor, MANAGE_PEOPLE))
        ]
        about = Group(say(N_("About")), tuple(_item(*entry) for entry in ABOUT))
        return {
            "nav": items,
            "nav_about": about,
            "record_sizes": _sizes,
            "group_names": group_names(),
            "desk_counts": desk_counts,
        }


def _item(label: str, target: str, starts: tuple[str, ...]) -> Item:
    endpoint = request.endpoint or ""
    current = any(endpoint.startswith(start) for start in starts)
    return Item(say(label), url(target), current, desk_counts()["worklist"] if target == WORKLIST else 0)


def desk_counts() -> dict[str, int]:
    """How many things wait for the one who is signed in, and how many notices are not read; asked once a page."""
    if "desk_counts" not in g:
        actor = current_actor()
        g.desk_counts = {
            "worklist": worklist.count(actor, practice=g.get("record") == PRACTICE),
            "notices": notices.unread(actor),
        }
    counts: dict[str, int] = g.desk_counts
    return counts


def _sizes() -> dict[str, int]:
    """How many States each record has; asked only by pages that show the switch."""
    counts = states.counts()
    return {MEMBERS: counts["members"], PRACTICE: counts["practice"]}
