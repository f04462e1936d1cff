"""Comments on fields: threads, mentions, settled or open; internal, or shared with the State."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, select, true, update

from cpi1540.foundation import audit, notices
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.actions import TAKE_PART, WORK_ON_MATRIX
from cpi1540.matrix.record import Handling
from cpi1540.matrix.tables import CommentRow
from cpi1540.states.state import State
from cpi1540.states.tables import StateRow

_MENTION = re.compile(r"@([\w.\-]+)")
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. ``shared``: the State's focal point sees it too. ``actor`` is who wrote it."""

    number: int
    state: str
    field: str
    text: str
    language: str
    shared: bool
    actor: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies, oldest first; settled when ``resolved_at`` is set."""

    head: Comment
    replies: tuple[Comment, ...]
    resolved_by: str | None
    resolved_at: datetime.datetime | None


def write(
    state: State,
    field: str,
    text: str,
    actor: Actor,
    *,
    language: str,
    shared: bool,
    reply_to: int | None = None,
    mentioned: Iterable[str] = (),
    told: Iterable[str] = (),
    at: datetime.datetime | None = None,
) -> int:
    """Comment on a field, or answer the thread that begins with comment ``reply_to``; returns the number.

    What a focal point writes is shared; a reply is as internal as its thread. ``mentioned`` and ``told`` are
    actor ids who get a notice: those named in the text, and those who work on the State.
    """
    ensure(actor, TAKE_PART, state.code)
    text = text.strip()
    if not text:
        raise DomainError(sentence("Write a comment first."))
    if len(text) > LONGEST:
        raise DomainError(sentence("A comment has %(most)s characters at most.", most=str(LONGEST)))
    outside = not actor.of_the_office
    head = _head(state, reply_to, actor) if reply_to is not None else None
    handling = (
        Handling.STATES if outside or (head.handling == Handling.STATES if head else shared) else Handling.INTERNAL
    )
    highest = db.session.scalar(select(func.max(CommentRow.number)).where(CommentRow.state_id == state.id)) or 0
    db.session.execute(
        insert(CommentRow).values(
            state_id=state.id,
            number=highest + 1,
            field=head.field if head else field,
            reply_to=head.id if head else None,
            handling=handling,
            text=text,
            language=language,
            actor=actor.id,
            at=at or now(),
        )
    )
    if head is not None and head.resolved_at is not None:
        db.session.execute(
            update(CommentRow).where(CommentRow.id == head.id).values(resolved_by=None, resolved_at=None)
        )
    place = head.field if head else field
    named, others = set(mentioned), set(told) | ({head.actor} if head else set())
    notices.send(named, "mention", state.code, practice=state.practice, by=actor.id, field=place)
    notices.send(others - named, "comment", state.code, practice=state.practice, by=actor.id, field=place)
    audit.record(
        actor.id,
        "comment.write",
        [f"state:{state.code}", f"comment:{state.code}/{highest + 1}"],
        [{"field": place, "handling": handling, "text": audit.digest(text)}],
    )
    return highest + 1


def resolve(state: State, number: int, actor: Actor, *, settled: bool = True) -> str:
    """Settle a thread by its first comment, or open it again; returns the field it is about."""
    ensure(actor, WORK_ON_MATRIX, state.code)
    head = _head(state, number, actor)
    values = {"resolved_by": actor.id, "resolved_at": now()} if settled else {"resolved_by": None, "resolved_at": None}
    db.session.execute(update(CommentRow).where(CommentRow.id == head.id).values(**values))
    audit.record(
        actor.id,
        "comment.settle" if settled else "comment.open-again",
        [f"state:{state.code}", f"comment:{state.code}/{number}"],
        [{"field": head.field}],
    )
    return head.field


def threads(state: State, actor: Actor, *, field: str | None = None, open_only: bool = False) -> list[Thread]:
    """The threads on a State's matrix, or on one field of it, that ``actor`` may see; newest first."""
    ensure(actor, TAKE_PART, state.code)
    wanted = CommentRow.state_id == state.id
    if field is not None:
        wanted &= CommentRow.field == field
    rows = list(db.session.scalars(select(CommentRow).where(wanted & _seen_by(actor)).order_by(CommentRow.number)))
    replies: dict[int, list[CommentRow]] = {}
    for row in rows:
        if row.reply_to is not None:
            replies.setdefault(row.reply_to, []).append(row)
    heads = [row for row in rows if row.reply_to is None and not (open_only and row.resolved_at)]
    return [
        Thread(
            _comment(head, state),
            tuple(_comment(reply, state) for reply in replies.get(head.id, ())),
            head.resolved_by,
            head.resolved_at,
        )
        for head in reversed(heads)
    ]


def open_counts(state: State, actor: Actor) -> dict[str, int]:
    """Field key -> number of open threads that ``actor`` may see."""
    query = (
        select(CommentRow.field, func.count(CommentRow.id))
        .where(
            CommentRow.state_id == state.id,
            CommentRow.reply_to.is_(None),
            CommentRow.resolved_at.is_(None),
            _seen_by(actor),
        )
        .group_by(CommentRow.field)
    )
    return dict(db.session.execute(query).all())


def waiting(states: Sequence[int], actor: Actor) -> list[tuple[str, str, int, datetime.datetime]]:
    """(State, field, open threads, since) of each field of these States with an open thread that somebody else
    began; by State and field.
    """
    query = (
        select(StateRow.code, CommentRow.field, func.count(CommentRow.id), func.min(CommentRow.at))
        .join(StateRow, StateRow.id == CommentRow.state_id)
        .where(
            CommentRow.state_id.in_(states),
            CommentRow.reply_to.is_(None),
            CommentRow.resolved_at.is_(None),
            CommentRow.actor != actor.id,
            _seen_by(actor),
        )
        .group_by(StateRow.code, CommentRow.field)
        .order_by(StateRow.code, CommentRow.field)
    )
    return list(db.session.execute(query).all())


def names_mentioned(text: str) -> set[str]:
    """The sign-in names that a text mentions as ``@name``, in lower case."""
    return {found.rstrip(".-").casefold() for found in _MENTION.findall(text)}


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.of_the_office else CommentRow.handling == Handling.STATES


def _head(state: State, number: int, actor: Actor) -> CommentRow:
    wanted = (CommentRow.state_id == state.id) & (CommentRow.number == number) & CommentRow.reply_to.is_(None)
    row = db.session.scalars(select(CommentRow).where(wanted & _seen_by(actor))).one_or_none()
    if row is None:
        raise NotFound(sentence("There is no comment %(number)s.", number=str(number)))
    return row


def _comment(row: CommentRow, state: State) -> Comment:
    return Comment(
        row.number,
        state.code,
        row.field,
        row.text,
        row.language,
        row.handling == Handling.STATES,
        row.actor,
        row.at,
    )
