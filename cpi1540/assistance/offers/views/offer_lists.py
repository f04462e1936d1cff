"""The lists of offers and of providers, with their filters, and as files."""

import json
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cpi1540.assistance import messages as assistance_words
from cpi1540.assistance.offers import messages
from cpi1540.assistance.offers.actions import KEEP_OFFERS
from cpi1540.assistance.offers.offer import ProviderKind, Validity
from cpi1540.assistance.offers.offers_json import offers_json, providers_json
from cpi1540.assistance.offers.service import lists, workbooks
from cpi1540.assistance.offers.service.lists import Filters, ProviderFilters
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.request import Kind
from cpi1540.assistance.requests.views.form_values import in_practice
from cpi1540.coverage.views.files import unknown_form, workbook_file
from cpi1540.foundation.access import Role, can, current_actor, public
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.foundation.languages import current_language, name
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.locales import BY_CODE, CODES
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.service import layouts
from cpi1540.states.group_names import group_names
from cpi1540.states.groups import GROUPS
from cpi1540.states.views.asked import among_asked, choice_asked

bp: Blueprint = RecordBlueprint("offer_lists", __name__)
WORDS = {"words": messages, "assistance_words": assistance_words, "matrix_words": matrix_words, "by_code": BY_CODE}
# What the addresses of the lists may ask for.
ASKED = ("kind", "section", "row", "domain", "language", "group", "validity", "stale", "mine", "withdrawn", "q")
PROVIDERS_ASKED = ("kind", "group", "stale", "mine", "withdrawn", "q")


@bp.get("/assistance/offers")
@public
def offers() -> ResponseReturnValue:
    """The offers that the filters leave, fifty a page."""
    actor, filters = current_actor(), filters_asked()
    found = lists.offers(filters, actor, practice=in_practice(), page=whole_number(request.args.get("page", "")) or 1)
    layout = layouts.layout()
    return render_template(
        "assistance/offers/offers.html",
        found=found,
        filters=filters,
        chips=chips(filters),
        asked=_asked(ASKED),
        layout=layout,
        groups=GROUPS,
        domains=list(Domain),
        today=calendar.today(),
        keeps_some=can(actor, KEEP_OFFERS) or actor.holds(Role.PROVIDER_CONTACT),
        **WORDS,
    )


@bp.get("/assistance/offers.<form>")
@public
def offers_file(form: str) -> ResponseReturnValue:
    """The filtered list as a file: json, or the workbook that can be filled and loaded again."""
    found = lists.offers(filters_asked(), current_actor(), practice=in_practice(), size=None)
    if form == "json":
        return _json(offers_json((line.offer, line.stale) for line in found.lines))
    if form != "xlsx":
        raise unknown_form(form)
    givers = {line.provider.id: line.provider for line in found.lines}
    content = workbooks.written(
        [line.offer for line in found.lines], list(givers.values()), current_language().code, practice=in_practice()
    )
    return workbook_file("offers", content)


@bp.get("/assistance/providers")
@public
def providers() -> ResponseReturnValue:
    """The providers that the filters leave."""
    actor, filters = current_actor(), provider_filters_asked()
    found = lists.providers(filters, actor, practice=in_practice())
    return render_template(
        "assistance/offers/providers.html",
        lines=found,
        filters=filters,
        chips=provider_chips(filters),
        asked=_asked(PROVIDERS_ASKED),
        groups=GROUPS,
        of_contact=actor.holds(Role.PROVIDER_CONTACT),
        **WORDS,
    )


@bp.get("/assistance/providers.<form>")
@public
def providers_file(form: str) -> ResponseReturnValue:
    """The filtered list as a file: json, or the workbook that can be filled and loaded again."""
    found = lists.providers(provider_filters_asked(), current_actor(), practice=in_practice())
    if form == "json":
        return _json(providers_json((line.provider, line.offers) for line in found))
    if form != "xlsx":
        raise unknown_form(form)
    content = workbooks.written([], [line.provider for line in found], current_language().code, practice=in_practice())
    return workbook_file("providers", content)


def filters_asked() -> Filters:
    """What ``?kind=&section=&...`` narrow the list of offers to; NotFound for a choice that there is not."""
    asked, layout = request.args, layouts.layout()
    rows = {f"{section}.{row}" for section, row in layout.rows}
    return Filters(
        choice_asked(Kind, "kind"),
        among_asked("section", [lists.GENERAL, *(section.code for section in layout.sections)]),
        among_asked("row", rows),
        choice_asked(Domain, "domain"),
        among_asked("language", CODES),
        among_asked("group", GROUPS),
        choice_asked(Validity, "validity"),
        bool(asked.get("stale")),
        bool(asked.get("mine")),
        bool(asked.get("withdrawn")),
        printable(asked.get("q", "")).strip()[:100],
    )


def provider_filters_asked() -> ProviderFilters:
    """What ``?kind=&group=&...`` narrow the list of providers to; NotFound for a choice that there is not."""
    asked = request.args
    return ProviderFilters(
        choice_asked(ProviderKind, "kind"),
        among_asked("group", GROUPS),
        bool(asked.get("stale")),
        bool(asked.get("mine")),
        bool(asked.get("withdrawn")),
        printable(asked.get("q", "")).strip()[:100],
    )


def chips(filters: Filters) -> list[dict[str, str]]:
    """Each filter of a list of offers in words, with the part of the address that asks for it."""
    layout = layouts.layout()
    section = filters.section
    row = layout.rows.get(tuple(filters.row.split(".", 1))) if filters.row else None  # type: ignore[arg-type]
    return _chips(
        {
            "kind": _(assistance_words.KIND_NAMES[filters.kind]) if filters.kind else "",
            "section": _("For no field in particular")
            if section == lists.GENERAL
            else name(layout.section(section).short_titles)
            if section
            else "",
            "row": name(row.labels) if row else "",
            "domain": _(matrix_words.DOMAIN_NAMES[filters.domain]) if filters.domain else "",
            "language": BY_CODE[filters.language].own_name if filters.language else "",
            "group": _("Open to: %(group)s", group=name(group_names()[filters.group])) if filters.group else "",
            "validity": _(messages.VALIDITY_NAMES[filters.validity]) if filters.validity else "",
            "stale": _("Stale") if filters.stale else "",
            "mine": _("My programmes") if filters.mine else "",
            "withdrawn": _("Withdrawn") if filters.withdrawn else "",
            "q": filters.text,
        }
    )


def provider_chips(filters: ProviderFilters) -> list[dict[str, str]]:
    """The same for a list of providers."""
    return _chips(
        {
            "kind": _(messages.PROVIDER_KIND_NAMES[filters.kind]) if filters.kind else "",
            "group": name(group_names()[filters.group]) if filters.group else "",
            "stale": _("With a stale offer") if filters.stale else "",
            "mine": _("My own") if filters.mine else "",
            "withdrawn": _("Withdrawn") if filters.withdrawn else "",
            "q": filters.text,
        }
    )


def _chips(said: dict[str, str]) -> list[dict[str, str]]:
    return [{"part": part, "text": text} for part, text in said.items() if text]


def _asked(parts: tuple[str, ...]) -> dict[str, str]:
    return {key: request.args[key] for key in parts if request.args.get(key)}


def _json(document: dict[str, Any]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False, indent=1), mimetype="application/json")
