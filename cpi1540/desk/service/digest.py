"""The reminder a person gets by mail: what is due about requests, and what waits on the worklist.

Nothing here commits or sends. Conditions of the record that nobody waits for stay on the worklist.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping

from cpi1540.assistance.requests.request import Requester
from cpi1540.assistance.requests.service import waiting
from cpi1540.assistance.requests.service.waiting import Waiting
from cpi1540.desk.service import worklist
from cpi1540.desk.worklist import Item, ordered
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import day, listed, name, say, speaking
from cpi1540.foundation.mail import Line, Mail, Part
from cpi1540.foundation.messages import plural_sentence, sentence
from cpi1540.people.service import mail_choices
from cpi1540.people.service.mail_choices import Reminded
from cpi1540.states import service as states

MOST_LINES = 20
REQUEST_PAGE = "requests.one"

# Gives the address of a page from its endpoint and values, in the language spoken; "" when it is not known.
Link = Callable[[str, Mapping[str, object]], str]


def digests(on: datetime.date, link: Link, *, practice: bool) -> Iterator[tuple[Reminded, Mail]]:
    """The reminders of that day for those who want one, have had none, and have something waiting."""
    for reminded in mail_choices.to_remind(on):
        mail = digest_for(reminded.actor, reminded.choice.language, on, link, practice=practice)
        if mail is not None:
            yield reminded, mail


def digest_for(actor: Actor, language: str, on: datetime.date, link: Link, *, practice: bool) -> Mail | None:
    """What one person is reminded of, in that language; None when nothing waits."""
    requests = waiting.waiting_for(actor, practice=practice, on=on)
    named = {each.request for each in requests}
    # What the worklist says of these requests is said here already.
    items = [
        item
        for item in ordered(worklist.items(actor, practice=practice, standing=False))
        if item.endpoint != REQUEST_PAGE or item.values["request_id"] not in named
    ]
    if not requests and not items:
        return None
    with speaking(language):
        names = {state.code: name(state.names) for state in states.states(practice=practice)}
        parts = [
            _part(say(sentence("Requests for assistance")), [_of_request(each, names, link) for each in requests]),
            _part(say(sentence("Worklist")), [_of_item(item, names, link) for item in items]),
        ]
        n = len(requests) + len(items)
        subject = say(
            plural_sentence(
                "1540 record: %(n)s thing is due or waits for you",
                "1540 record: %(n)s things are due or wait for you",
                n,
            )
        )
        opening = [say(sentence("Good day. This is due or waits for you on %(day)s, the most urgent first.", day=on))]
        if practice:
            opening.insert(0, say(sentence("Practice data: the States and requests named here are invented.")))
        account = link("people.account", {})
        closing = [
            say(sentence("You get this reminder at most once a day. You can end it on the page of your account."))
        ]
        return Mail(
            language,
            subject,
            tuple(opening),
            tuple(part for part in parts if part.lines),
            tuple([*closing, account] if account else closing),
        )


def _part(title: str, lines: list[Line]) -> Part:
    more = len(lines) - MOST_LINES
    if more <= 0:
        return Part(title, tuple(lines))
    told = say(plural_sentence("and %(n)s more", "and %(n)s more", more))
    return Part(title, (*lines[:MOST_LINES], Line(told)))


def _of_request(each: Waiting, names: Mapping[str, str], link: Link) -> Line:
    known = {"request": each.request, "requester": _requester(each.requester, names), "what": each.what}
    if each.due is None:
        told = sentence("%(request)s, %(requester)s: %(what)s", **known)
    elif each.overdue:
        told = plural_sentence(
            "%(request)s, %(requester)s: %(what)s (was due on %(day)s, %(n)s working day late)",
            "%(request)s, %(requester)s: %(what)s (was due on %(day)s, %(n)s working days late)",
            each.overdue,
            day=each.due,
            **known,
        )
    else:
        told = sentence("%(request)s, %(requester)s: %(what)s (due on %(day)s)", day=each.due, **known)
    return Line(say(told), link(REQUEST_PAGE, {"request_id": each.request}))


def _of_item(item: Item, names: Mapping[str, str], link: Link) -> Line:
    text = say(item.what)
    if item.state and item.due:
        told = sentence(
            "%(state)s: %(what)s (due on %(day)s)", state=names.get(item.state, item.state), what=text, day=item.due
        )
    elif item.state:
        told = sentence("%(state)s: %(what)s", state=names.get(item.state, item.state), what=text)
    else:
        return Line(f"{text} ({day(item.due)})" if item.due else text, link(item.endpoint, item.values))
    return Line(say(told), link(item.endpoint, item.values))


def _requester(requester: Requester, names: Mapping[str, str]) -> str:
    asking = [names.get(code, code) for code in requester.states]
    return listed([*asking, *([requester.organization] if requester.organization else [])])
