"""What every template may use, and how pages are rendered."""

import datetime
from pathlib import Path

from flask import Flask, g, url_for

from cpi1540 import paths
from cpi1540.foundation import languages
from cpi1540.foundation.access import NOBODY, ROLE_NAMES, can, current_actor, registered
from cpi1540.foundation.addresses import MEMBERS, url, url_in_language
from cpi1540.foundation.messages import sentence
from cpi1540.locales import LANGUAGES


def init_templating(app: Flask) -> None:
    """Register the words of the templates; whitespace inside translated blocks never counts."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        url=url,
        url_in_language=url_in_language,
        static_url=static_url,
        say=languages.say,
        day=languages.day,
        partial_day=languages.partial_day,
        instant=languages.instant,
        number=languages.number,
        share=languages.share,
        percent=languages.percent,
        name=languages.name,
        age=languages.age,
        listed=languages.listed,
        languages=LANGUAGES,
        may=may,
    )

    @app.context_processor
    def of_this_request() -> dict[str, object]:
        actor = current_actor()
        return {
            "language": languages.current_language(),
            "record": g.get("record", MEMBERS),
            "actor": None if actor is NOBODY else actor,
            "today": today(),
            "role_names": ROLE_NAMES,
            "working_document": _working_document(app),
        }


def _working_document(app: Flask) -> str:
    """Whose document this is: the office's, by name where it is set, and never the Committee's."""
    office = app.config["CPI1540"].office
    if office:
        return languages.say(
            sentence("Working document of %(office)s; not a document of the Committee.", office=office)
        )
    return languages.say(sentence("Working document of the office; not a document of the Committee."))


def may(action: str, subject: object = None) -> bool:
    """Whether the reader may do the action of that name ("matrix.edit") to ``subject``; to show or hide a link."""
    return can(current_actor(), registered()[action], subject)


def today() -> datetime.date:
    """Today's date, in UTC."""
    return datetime.datetime.now(datetime.UTC).date()


_stamps: dict[str, str] = {}


def static_url(name: str) -> str:
    """The address of a static file, with its age, so that browsers may keep it."""
    if name not in _stamps:
        path: Path = paths.STATIC / name
        _stamps[name] = format(path.stat().st_mtime_ns // 1_000_000, "x") if path.is_file() else "0"
    return url_for("static", filename=name, v=_stamps[name])
