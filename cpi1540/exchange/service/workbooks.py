"""Matrices out as workbooks, and workbooks in: read, compared, and written into the open draft."""

import datetime
import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from cpi1540.exchange.matrix_in_xlsx import read_matrix_file
from cpi1540.exchange.matrix_out_xlsx import write_matrix
from cpi1540.exchange.proposal import AskRecord, Proposal
from cpi1540.exchange.tables import UploadRow
from cpi1540.exchange.wording import Wording
from cpi1540.exchange.workbook_head import WorkbookHead, workbook_name
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.languages import day, name, partial_day, say, speaking
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.record import OPEN, Matrix, Source, Version
from cpi1540.matrix.service import drafts, layouts, measures, reading, versions
from cpi1540.matrix.sources import source_speaker
from cpi1540.states import service as states
from cpi1540.states.state import Report, State

CHANGED_SINCE = sentence(
    "The record was changed since you looked at what the file changes. Nothing was written: look again."
)
KEPT_FOR = datetime.timedelta(days=1)


def workbooks(
    chosen: Sequence[State], language: str, number: int | None, actor: Actor, office: str
) -> Iterator[tuple[str, bytes]]:
    """(file name, workbook) of each State's newest version, or of version ``number``; States without one are
    left out when several are asked for.
    """
    newest = versions.newest(chosen, actor) if number is None else {}
    speak = source_speaker(states.instruments(), measures.all_titles([state.id for state in chosen]))
    words = wording(speak, language)
    reports = states.reports(chosen)
    for state in chosen:
        version = versions.find(state, number, actor) if number is not None else newest.get(state.code)
        if version is None:
            if len(chosen) == 1:
                raise NotFound(sentence("%(state)s has no version yet.", state=state.code))
            continue
        with speaking(language):
            yield workbook_name(version, language), _workbook(state, version, words, office, reports[state.code])


def workbook(state: State, version: Version, language: str, office: str) -> bytes:
    """One version as a workbook in one language. The same version gives the same bytes."""
    speak = source_speaker(states.instruments(), measures.titles_of(state))
    return _workbook(state, version, wording(speak, language), office, states.reports_of(state))


def _workbook(state: State, version: Version, words: Wording, office: str, reports: Sequence[Report]) -> bytes:
    matrix = reading.matrix(version)
    layout = layouts.layout(version.layout)
    with speaking(words.language):
        facts = [
            (
                say(sentence("First report") if report.kind == "first" else sentence("Additional information")),
                f"{partial_day(report.date)} ({report.source})",
            )
            for report in reports
        ]
        made_at = version.recorded_at or now()
        head = WorkbookHead(name(state.names), made_at, say(office_notice(office)), tuple(facts))
        return write_matrix(matrix, layout, head, words)


def wording(speak: Callable[[Source], str], language: str) -> Wording:
    """How a file speaks in one language, whatever language is spoken around it; ``speak`` says its sources."""

    def in_language(function: Callable[[Any], str]) -> Callable[[Any], str]:
        def said(value: Any) -> str:
            with speaking(language):
                return function(value)

        return said

    known: dict[str, str] = {}
    translate = in_language(say)

    def said(told: Sentence | str) -> str:
        if not isinstance(told, str):
            return translate(told)
        if told not in known:
            known[told] = translate(told)
        return known[told]

    return Wording(language, said, in_language(speak), in_language(day))


def read(content: bytes, file: str, actor: Actor, *, state: State | None = None, practice: bool = False) -> Proposal:
    """What a file would change in the open draft, or in the effective version where there is no draft."""
    return read_matrix_file(content, file, asking(actor, state=state, practice=practice))


def asking(actor: Actor, *, state: State | None = None, practice: bool = False) -> AskRecord:
    """What readers of files ask of the record; made once, it serves many files of one record."""
    members = {each.code: each for each in states.states(practice=practice)}
    titles = measures.titles_of(state) if state else measures.all_titles([each.id for each in members.values()])
    speak = source_speaker(states.instruments(), titles)
    spoken: dict[str, Wording] = {}

    among = [state] if state else list(members.values())
    counting = _counting(among, actor)

    def current(code: str, _layout: str) -> Matrix | None:
        return reading.matrix(counting[code]) if code in counting else None

    def words(language: str) -> Wording:
        if language not in spoken:
            spoken[language] = wording(speak, language)
        return spoken[language]

    return AskRecord(
        layouts=layouts.layouts(),
        states=members.keys(),
        current=current,
        wording=words,
        measure_known=lambda identifier: identifier in titles,
        state=state.code if state else None,
        practice=practice,
        default_layout=layouts.DEFAULT_LAYOUT,
    )


def _counting(among: Sequence[State], actor: Actor) -> dict[str, Version]:
    """The version of each State that a file is compared with: the open draft, else the effective one."""
    newest = versions.newest(among, actor)
    return {**versions.effective(among, today()), **{code: v for code, v in newest.items() if v.status in OPEN}}


def read_many(files: Iterable[tuple[str, bytes]], ask: AskRecord) -> Iterator[Proposal]:
    """What each of (name, content) would change; nothing is written in between."""
    for file, content in files:
        yield read_matrix_file(content, file, ask)


def apply(proposal: Proposal, actor: Actor, *, practice: bool = False) -> Version | None:
    """Write what was read from a file into the open draft, all of it; returns the draft, None when nothing changes.

    The file is read before, outside of the transaction. DomainError when it has problems; Stale when the record
    was changed since it was compared with the file.
    """
    if proposal.problems or proposal.state is None:
        raise DomainError(sentence("The file has problems: nothing was written."))
    if not proposal.changes:
        return None
    owner = states.find(proposal.state, practice=practice)
    counting = _counting([owner], actor).get(owner.code)
    if (None if counting is None else (counting.number, counting.revision)) != proposal.against:
        raise Stale(CHANGED_SINCE)
    draft = drafts.draft_of(owner, actor)
    drafts.write(owner, draft, proposal.entries, actor)
    return versions.find(owner, draft.number, actor)


def keep_upload(content: bytes, file: str, state: State, actor: Actor) -> str:
    """Keep an uploaded file until it is decided upon; returns the token it is found by."""
    ensure(actor, EDIT_MATRIX, state.code)
    token = secrets.token_urlsafe(24)
    db.session.execute(delete(UploadRow).where(UploadRow.uploaded_at < now() - KEPT_FOR))
    db.session.execute(
        insert(UploadRow).values(
            token=token,
            actor=actor.id,
            state=state.code,
            name=file.replace("\0", ""),
            content=content,
            uploaded_at=now(),
        )
    )
    audit.record(actor.id, "upload.keep", [f"state:{state.code}"], [{"file": hashlib.sha256(content).hexdigest()}])
    return token


def upload(token: str, state: State, actor: Actor) -> tuple[str, bytes]:
    """(name, content) of an uploaded file; NotFound for one that is gone or somebody else's."""
    found = db.session.execute(
        select(UploadRow.name, UploadRow.content).where(
            UploadRow.token == token.replace("\0", ""), UploadRow.state == state.code, UploadRow.actor == actor.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound(sentence("This file is no longer here. Upload it again."))
    return found.name, found.content


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that somebody uploaded and has not decided upon."""

    token: str
    state: str
    name: str
    at: datetime.datetime


def waiting(actor: Actor) -> list[Waiting]:
    """The files the actor uploaded and has not decided upon, oldest first."""
    query = select(UploadRow.token, UploadRow.state, UploadRow.name, UploadRow.uploaded_at).where(
        UploadRow.actor == actor.id, UploadRow.uploaded_at >= now() - KEPT_FOR
    )
    rows = db.session.execute(query.order_by(UploadRow.uploaded_at, UploadRow.token))
    return [Waiting(token, state, name, at) for token, state, name, at in rows]


def apply_upload(
    token: str, proposal: Proposal, seen: tuple[int, int] | None, state: State, actor: Actor
) -> Version | None:
    """Apply what was read from an uploaded file, and forget the file; returns the draft, None when nothing changes.

    ``seen`` is the number and revision of the version that the actor was shown the changes against: Stale when
    the record moved on since.
    """
    ensure(actor, EDIT_MATRIX, state.code)
    if seen != proposal.against and not proposal.problems:
        raise Stale(CHANGED_SINCE)
    version = apply(proposal, actor, practice=state.practice)
    db.session.execute(delete(UploadRow).where(UploadRow.token == token, UploadRow.actor == actor.id))
    return version


def office_notice(office: str) -> Sentence:
    """Whose document a file is: the office's, by name where it is set, and never the Committee's."""
    if office:
        return sentence("Working document of %(office)s; not a document of the Committee.", office=office)
    return sentence("Working document of the office; not a document of the Committee.")
