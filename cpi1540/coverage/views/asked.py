"""What an address asks of the figures: section, weapon domain, aspect, row, lens, profile, day."""

from flask import request

from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.service import lenses
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.matrix.layout import SECTION_CODES, Aspect, Domain
from cpi1540.matrix.service import layouts
from cpi1540.matrix.views.asked import as_of_asked

PARAMETERS = ("section", "domain", "aspect", "row", "lens", "profile", "as-of")


def question_asked() -> Question:
    """The question of this page's address; NotFound says what of it is unknown."""
    asked = {name: request.args.get(name) or None for name in PARAMETERS}
    section = asked["section"]
    if section not in (None, *SECTION_CODES):
        raise NotFound(sentence("A matrix has no section %(section)s.", section=printable(section or "")))
    narrowing = Narrowing(section, _domain(asked["domain"]), _aspect(asked["aspect"]), _rows(asked["row"]))
    if asked["lens"]:
        lenses.find(asked["lens"])
    return Question(as_of_asked(), profile=asked["profile"] or "equal", narrowing=narrowing, lens=asked["lens"])


def parameters_asked() -> dict[str, str]:
    """The parts of the question that the address names, to hand them on in links."""
    return {name: value for name in PARAMETERS if (value := request.args.get(name))}


def _domain(text: str | None) -> Domain | None:
    try:
        return Domain(text) if text else None
    except ValueError as error:
        raise NotFound(sentence("There is no weapon domain %(domain)s.", domain=printable(text or ""))) from error


def _aspect(text: str | None) -> Aspect | None:
    try:
        return Aspect(text) if text else None
    except ValueError as error:
        raise NotFound(sentence("There is no aspect %(aspect)s.", aspect=printable(text or ""))) from error


def _rows(text: str | None) -> frozenset[str] | None:
    if not text:
        return None
    known = {".".join(key) for layout in layouts.layouts().values() for key in layout.rows}
    if text not in known:
        raise NotFound(sentence("A matrix has no row %(row)s.", row=printable(text)))
    return frozenset([text])
