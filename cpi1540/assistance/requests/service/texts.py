"""Texts of a request in other languages."""

from sqlalchemy import delete, insert

from cpi1540.assistance.actions import REGISTER_REQUEST
from cpi1540.assistance.requests.request import digest_of, digest_of_translations
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import hold, refuse_historical
from cpi1540.assistance.requests.tables import TranslationRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES


def translate(
    identifier: str,
    part: str,
    language: str,
    text: str,
    actor: Actor,
    *,
    need: int = 0,
    machine: bool = False,
    read_at: str | None = None,
) -> None:
    """Record the translation of a "title", a "text", or the "objective" of a need; an empty text removes it.

    It turns stale when its original changes, and is fresh again once it is saved anew. ``read_at`` is the digest of
    the translations when the form was opened: Stale when this one was written by somebody else since.
    """
    request = reading.find(identifier, actor)
    ensure(actor, REGISTER_REQUEST, request.values.requester)
    refuse_historical(request)
    originals = {(0, "title"): request.values.title, (0, "text"): request.values.text}
    originals |= {(each.number, "objective"): each.values.objective for each in request.needs}
    original = originals.get((need, part))
    if not original:
        raise DomainError(sentence("There is no text to translate."))
    if language not in CODES or language == request.values.language:
        raise DomainError(sentence("Choose another language than the original’s."))
    held = hold(identifier)
    now_there = reading.find(identifier, actor).translations
    own = [each.text for each in now_there if (each.need, each.part, each.language) == (need, part, language)]
    if read_at is not None and own and own != [text.strip()] and read_at != digest_of_translations(now_there):
        theirs = " ".join(own[0].split())
        raise Stale(sentence("Somebody else saved a translation meanwhile. It now reads: %(theirs)s", theirs=theirs))
    values = {"request_id": held.key, "need": need, "part": part, "language": language}
    db.session.execute(delete(TranslationRow).filter_by(**values))
    if text.strip():
        made_by = "machine" if machine else "person"
        kept = {"text": text.strip(), "made_by": made_by, "of_original": digest_of(original)}
        db.session.execute(insert(TranslationRow).values(**values, **kept))
    audit.record(
        actor.id,
        "request.translate",
        [f"request:{identifier}", *(f"state:{code}" for code in request.values.requester.states)],
        [{"part": part, "language": language, "text": audit.digest(text)}],
    )
