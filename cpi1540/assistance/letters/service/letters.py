"""Letters about a request: drafted from a template, written as Word, kept as they were sent.

Nothing here commits. Letters are the office's: nobody outside reads them here.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import func, insert, select

from cpi1540.assistance import messages
from cpi1540.assistance.actions import READ_LETTERS, WRITE_LETTERS
from cpi1540.assistance.letters.letter import OF_KIND, Filled, LetterKind, Piece, Pieces, Values, fill
from cpi1540.assistance.letters.letters_docx import LetterHead, write_letter_docx
from cpi1540.assistance.letters.service import letter_templates
from cpi1540.assistance.letters.tables import LetterRow, LetterTemplateRow
from cpi1540.assistance.procedure.course import before_the_year, why_not
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.procedure.steps import OBJECTION_DAYS, Act
from cpi1540.assistance.procedure.workdays import Window, follow_up, window
from cpi1540.assistance.requests.request import Need, NeedStatus, Request, history_of
from cpi1540.assistance.requests.service import acts, reading
from cpi1540.assistance.requests.service.course_keeping import hold
from cpi1540.assistance.requests.tables import RequestRow
from cpi1540.exchange.service.workbooks import office_notice, wording
from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import day, listed, name, partial_day, say, speaking
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.locales import BY_CODE
from cpi1540.states import service as states

# What has happened when a letter of that kind is sent.
ACT_OF: dict[LetterKind, Act] = {
    LetterKind.ACKNOWLEDGEMENT: Act.ACKNOWLEDGE,
    LetterKind.NOTE_VERBALE: Act.SEND,
    LetterKind.OFFERS: Act.INFORM_REQUESTER,
    LetterKind.FOLLOW_UP: Act.FOLLOW_UP,
}
_ISOLATED = re.compile("\u2068([^\u2068\u2069]*)\u2069")
_LRM = "\u200e"
_PLACE = "\ue002"  # where a text comes that has pieces of its own; nobody's text has it
_PLACED = re.compile(f"{_LRM}*{_PLACE}{_LRM}*")


@dataclass(frozen=True, slots=True)
class LetterValues:
    """What a letter is made from, beside the request. ``version`` is that of the template; ``offers`` one a line."""

    kind: LetterKind
    language: str
    version: int
    addressee: str
    dated: datetime.date
    signatory: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as it was sent. ``version`` is the template's; ``changed``: the file was changed outside."""

    number: int
    kind: LetterKind
    language: str
    version: int
    subject: str
    addressee: str
    dated: datetime.date
    digest: str
    name: str
    changed: bool
    actor: str
    at: datetime.datetime


def begin(identifier: str, kind: LetterKind, language: str, actor: Actor) -> LetterValues:
    """Values to begin a letter with: the newest template, today in New York, the requester as addressee."""
    request = _writable(identifier, actor)
    version = letter_templates.newest(kind, language).template.version
    with speaking(language):
        addressee = "" if kind is LetterKind.NOTE_VERBALE else _requester(request)
    return LetterValues(kind, language, version, addressee, calendar.today())


def compose(identifier: str, values: LetterValues, actor: Actor) -> Filled:
    """The letter's text. DomainError when a letter about offers names none."""
    return _compose(_writable(identifier, actor), values)


def write(identifier: str, values: LetterValues, actor: Actor, *, office: str = "") -> tuple[str, bytes]:
    """The letter as a Word file: its name and content. The same request and values give the same bytes."""
    request = _writable(identifier, actor)
    return _name(request, values), _content(request, values, office)


def next_kind(request: Request) -> LetterKind | None:
    """The letter that belongs to the next act of the procedure, if one does."""
    return next((kind for kind, act in ACT_OF.items() if act is request.course.next_act), None)


def years_without_holidays(values: LetterValues) -> tuple[int, ...]:
    """The years for which the last day to object, where the letter names it, was counted without holidays."""
    if "objection_until" not in OF_KIND[values.kind]:
        return ()
    return _objection(values).without_table


def why_no_act(identifier: str, values: LetterValues, actor: Actor) -> Sentence | None:
    """Why sending this letter records no step of the procedure; None when it does."""
    request = _writable(identifier, actor)
    return why_not(history_of(request), ACT_OF[values.kind], values.dated, calendar.holidays(), calendar.today())


def follow_up_still_due(identifier: str, values: LetterValues, actor: Actor) -> datetime.date | None:
    """When the follow-up of the year stays due although this letter is one: it bears an earlier day. Else None."""
    request = _writable(identifier, actor)
    asked = reading.day_of(request)
    if values.kind is not LetterKind.FOLLOW_UP or asked is None or not before_the_year(values.dated, asked):
        return None
    return follow_up(asked, calendar.holidays())


def keep(
    identifier: str,
    values: LetterValues,
    actor: Actor,
    *,
    office: str = "",
    file: tuple[str, bytes] | None = None,
    record_act: bool = False,
) -> int:
    """Keep the letter as sent and return its number: the file made here, or ``file`` (name, content) as it went out.

    ``record_act`` records the step of the procedure with the letter's date; DomainError when the step is refused,
    and nothing is kept then.
    """
    request = _writable(identifier, actor)
    if values.dated > calendar.today():
        raise DomainError(sentence("The date lies in the future."))
    template = letter_templates.version(values.kind, values.language, values.version)
    title, content = file or (_name(request, values), _content(request, values, office))
    held = hold(identifier)
    digest = attachments.keep(content)
    last = db.session.scalar(select(func.max(LetterRow.number)).where(LetterRow.request_id == held.key)) or 0
    db.session.execute(
        insert(LetterRow).values(
            request_id=held.key,
            number=last + 1,
            kind=values.kind,
            language=values.language,
            template_id=template.key,
            subject=_compose(request, values).subject,
            addressee=values.addressee.strip(),
            dated=values.dated,
            attachment=digest,
            name=title,
            changed=file is not None,
            actor=actor.id,
            at=now(),
        )
    )
    if record_act:
        acts.record_act(identifier, ACT_OF[values.kind], actor, on=values.dated, paper=(title, content))
    audit.record(
        actor.id,
        "letter.keep",
        [f"request:{identifier}", *(f"state:{code}" for code in request.values.requester.states)],
        [
            {
                "letter": last + 1,
                "kind": values.kind,
                "language": values.language,
                "version": values.version,
                "dated": str(values.dated),
                "file": digest,
            }
        ],
    )
    return last + 1


def letters_of(identifier: str, actor: Actor) -> list[SentLetter]:
    """The letters kept with a request, oldest first."""
    request = reading.find(identifier, actor)
    ensure(actor, READ_LETTERS)
    condition = reading.condition_of(request.id)
    query = (
        select(LetterRow, LetterTemplateRow.version)
        .join(LetterTemplateRow, LetterTemplateRow.id == LetterRow.template_id)
        .join(RequestRow, RequestRow.id == LetterRow.request_id)
        .where(*(() if condition is None else (condition,)))
        .order_by(LetterRow.number)
    )
    return [
        SentLetter(
            row.number,
            LetterKind(row.kind),
            row.language,
            version,
            row.subject,
            row.addressee,
            row.dated,
            row.attachment,
            row.name,
            row.changed,
            row.actor,
            row.at,
        )
        for row, version in db.session.execute(query)
    ]


def sent_file(identifier: str, number: int, actor: Actor) -> tuple[str, bytes]:
    """The name and the exact bytes of a letter as sent; NotFound when there is none of that number."""
    for letter in letters_of(identifier, actor):
        if letter.number == number:
            return letter.name, attachments.content(letter.digest)
    raise NotFound(sentence("This request has no letter %(number)s.", number=str(number)))


def _writable(identifier: str, actor: Actor) -> Request:
    request = reading.find(identifier, actor)
    ensure(actor, WRITE_LETTERS, request.values.requester)
    return request


def _compose(request: Request, values: LetterValues) -> Filled:
    template = letter_templates.version(values.kind, values.language, values.version).template
    with speaking(values.language):
        known = _values(request, values)
    return fill(template, {name_: known[name_] for name_ in OF_KIND[values.kind]})


def _content(request: Request, values: LetterValues, office: str) -> bytes:
    notice = office_notice(office)
    if request.values.requester.practice:
        notice = sentence("Practice data. %(notice)s", notice=notice)
    head = LetterHead(office, values.addressee, values.dated, request.id, notice)
    words = replace(wording(lambda source: source.text, values.language), say=_in(values.language))
    return write_letter_docx(_compose(request, values), head, words)


def _in(language: str) -> Callable[[Sentence | str], str]:
    def said(told: Sentence | str) -> str:
        with speaking(language):
            return _marked(say(told))

    return said


def _values(request: Request, values: LetterValues) -> Values:
    """Every placeholder's value, in the language that is spoken."""
    offers = tuple(line.strip() for line in values.offers.splitlines() if line.strip())
    if values.kind is LetterKind.OFFERS and not offers:
        raise DomainError(sentence("Name the offers, one a line."))
    dated = request.values.date
    return {
        "request": request.id,
        "requester": _requester(request),
        "request_date": partial_day(dated) if dated else say(sentence("not dated")),
        "title": _text(request, 0, "title", request.values.title, values.language),
        "date": day(values.dated),
        "signatory": values.signatory.strip(),
        "needs": tuple(
            _need(request, need, values.language) for need in request.needs if need.status is not NeedStatus.WITHDRAWN
        ),
        "objection_until": day(_objection(values).last),
        "offers": offers,
    }


def _objection(values: LetterValues) -> Window:
    return window(values.dated, OBJECTION_DAYS, calendar.holidays())


def _requester(request: Request) -> str:
    requester = request.values.requester
    names = [name(states.find(code).names) for code in requester.states]
    return listed([*names, *([requester.organization] if requester.organization else [])])


def _need(request: Request, need: Need, language: str) -> Pieces:
    kind = Sentence(messages.KIND_NAMES[need.values.kind])
    domains = listed([say(messages.DOMAINS_NAMED[domain]) for domain in need.values.domains])
    if domains:
        told = sentence(
            "%(need)s: %(kind)s, %(domains)s. %(objective)s",
            need=need.id, kind=kind, domains=domains, objective=_PLACE,
        )  # fmt: skip
    else:
        told = sentence("%(need)s: %(kind)s. %(objective)s", need=need.id, kind=kind, objective=_PLACE)
    before, _place, after = _PLACED.sub(_PLACE, _marked(say(told))).partition(_PLACE)
    objective = _text(request, need.number, "objective", need.values.objective, language)
    if not any(piece.language for piece in objective):
        return (Piece(f"{before}{''.join(piece.text for piece in objective)}{after}".strip()),)
    if BY_CODE[request.values.language].direction != BY_CODE[language].direction:
        before = before.rstrip() + "\n"  # a text that runs the other way is read more easily on lines of its own
    return (Piece(before), *objective, *([Piece(after)] if after else []))


def _text(request: Request, need: int, part: str, original: str, language: str) -> Pieces:
    """A text of the request in the letter's language where a translation of it still holds, else the original; that
    of another language is marked as such.
    """
    for made in request.translations:
        if (made.need, made.part, made.language) == (need, part, language) and not made.stale:
            return (Piece(made.text, own=True),)
    if request.values.language == language or not original:
        return (Piece(original, own=True),) if original else ()
    mark = say(messages.LANGUAGE_MARKS[request.values.language])
    return Piece(original, own=True, language=request.values.language), Piece(f" {mark}")


def _marked(text: str) -> str:
    """The text with marks of direction in place of isolates, which word processors do not all know."""

    def mark(found: re.Match[str]) -> str:
        inner = found[1]
        return inner if any("\u0590" <= letter <= "\u08ff" for letter in inner) else f"{_LRM}{inner}{_LRM}"

    while _ISOLATED.search(text):
        text = _ISOLATED.sub(mark, text)
    return text


def _name(request: Request, values: LetterValues) -> str:
    return f"{request.id}-{values.kind}-{values.dated}-{values.language}.docx"
