"""The parts of a question, each with the address that takes it away."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from cpi1540.coverage.profile import Profile
from cpi1540.coverage.service import lenses
from cpi1540.coverage.views.asked import parameters_asked
from cpi1540.foundation.addresses import url
from cpi1540.foundation.languages import day, name
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.messages import ASPECT_NAMES, DOMAIN_NAMES
from cpi1540.matrix.service import layouts


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the question, and the address without it."""

    text: str
    url: str


def chips_asked(used: Iterable[Layout], as_of: datetime.date, profile: Profile, **values: str) -> list[Chip]:
    """A chip for each part of the question that this page's address names; ``values`` stay in the address.

    ``used`` are the layouts that rows have their labels from.
    """
    endpoint, asked = request.endpoint or "", parameters_asked()
    labels = {".".join(key): row.labels for layout in used for key, row in layout.rows.items()}
    said = {
        "section": lambda code: name(layouts.layout().section(code).short_titles),
        "domain": lambda code: gettext(DOMAIN_NAMES[code]),
        "aspect": lambda code: gettext(ASPECT_NAMES[code]),
        "row": lambda code: name(labels.get(code, {"en": code})),
        "lens": lambda code: name(lenses.find(code).names),
        "profile": lambda _name: profile.label,
        "as-of": lambda _day: day(as_of),
    }
    return [
        Chip(said[part](value), url(endpoint, **values, **{key: kept for key, kept in asked.items() if key != part}))
        for part, value in asked.items()
    ]
