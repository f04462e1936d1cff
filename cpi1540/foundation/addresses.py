"""Addresses: ``/<lang>/...`` for the members' record, ``/<lang>/practice/...`` for the practice record.

A wing's pages are registered on a ``RecordBlueprint``; each rule then exists for both records under one
endpoint, and ``url`` picks the right one from the page that is being shown.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.routing import BuildError, IntegerConverter

from cpi1540.locales import BY_CODE, DEFAULT, LANGUAGES

MEMBERS, PRACTICE = "members", "practice"


class RecordBlueprint(Blueprint):
    """A blueprint whose pages exist in both records, in every language."""

    def add_url_rule(  # type: ignore[override]
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """Add the rule for the members' record and for the practice record."""
        for record, prefix in ((MEMBERS, "/<lang>"), (PRACTICE, "/<lang>/practice")):
            defaults = {**(options.get("defaults") or {}), "record": record}
            super().add_url_rule(prefix + rule, endpoint, view_func, **{**options, "defaults": defaults})


class SiteBlueprint(Blueprint):
    """A blueprint whose pages belong to no record: ``/<lang>/...``."""

    def add_url_rule(  # type: ignore[override]
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """Add the rule under its language."""
        super().add_url_rule("/<lang>" + rule, endpoint, view_func, **options)


class WholeNumberConverter(IntegerConverter):
    """``<int:...>`` of an address: at most nine Western digits, which every database holds. A longer one is no page."""

    regex = "[0-9]{1,9}"


def init_addresses(app: Flask) -> None:
    """Read language and record from the address, and put them into each address made."""
    app.url_map.converters["int"] = WholeNumberConverter

    @app.url_value_preprocessor
    def read(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is None:  # no rule fits: the address itself tells how to say so
            parts = request.path.strip("/").split("/")
            values = {"lang": parts[0]} if parts[0] in BY_CODE else {}
            values["record"] = PRACTICE if parts[1:2] == [PRACTICE] else MEMBERS
        g.record = values.pop("record", MEMBERS)
        language = values.pop("lang", None)
        g.language = language if language in BY_CODE else _preferred()
        if language is not None and language not in BY_CODE:
            g.unknown_language = True

    @app.before_request
    def refuse_unknown_language() -> None:
        if g.get("unknown_language"):
            abort(404)

    @app.route("/")
    def root() -> ResponseReturnValue:
        response = redirect(url_for("desk.home", lang=_preferred(), record=MEMBERS))
        response.vary.add("Accept-Language")
        return response

    @app.route("/practice")
    def practice() -> ResponseReturnValue:
        response = redirect(url_for("desk.home", lang=_preferred(), record=PRACTICE))
        response.vary.add("Accept-Language")
        return response

    for view in (root, practice):
        view.access = "public"  # type: ignore[attr-defined]


def url(endpoint: str, **values: Any) -> str:
    """The address of a page in the reader's language and record; either may be given to change it."""
    values.setdefault("lang", g.get("language", DEFAULT))
    record = values.pop("record", None) or g.get("record", MEMBERS)
    try:
        return url_for(endpoint, record=record, **values) if _has_record(endpoint) else url_for(endpoint, **values)
    except BuildError:
        current_app.logger.error("no address for %s", endpoint)
        raise


def url_in_language(code: str) -> str:
    """This very page in another language, its query kept; the home page where there is no page."""
    rule = request.url_rule
    readable = rule is not None and "GET" in (rule.methods or ()) and request.routing_exception is None
    if not readable or request.endpoint is None or request.endpoint in ("static", "root", "practice"):
        return url("desk.home", lang=code)
    arguments: Mapping[str, Any] = request.view_args or {}
    return url(request.endpoint, lang=code, **arguments) + query_string()


def query_string() -> str:
    """The query of this request, "?q=..." or nothing: never read as the names of our own arguments."""
    asked = urlencode(list(request.args.items(multi=True)))
    return f"?{asked}" if asked else ""


def _has_record(endpoint: str) -> bool:
    return any("record" in (rule.defaults or {}) for rule in current_app.url_map.iter_rules(endpoint))


def _preferred() -> str:
    """The language of ours that the browser likes best."""
    tags = {language.tag.lower(): language.code for language in LANGUAGES} | {
        "zh": "zh",
        "zh-cn": "zh",
        "zh-sg": "zh",
    }
    for wanted, _quality in request.accept_languages:
        tag = wanted.lower().replace("_", "-")
        found = tags.get(tag) or tags.get(tag.split("-")[0])
        if found:
            return found
    return DEFAULT
