"""Matrices out as workbooks, and workbooks in: read, compared, and written into the open draft."""

import datetime
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from cpi1540.exchange.matrix_in_xlsx import read_matrix_file
from cpi1540.exchange.matrix_out_xlsx import write_matrix
from cpi1540.exchange.proposal import AskRecord, Proposal
from cpi1540.exchange.tables import UploadRow
from cpi1540.exchange.wording import Wording
from cpi1540.exchange.workbook_head import WorkbookHead, workbook_name
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now, transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import day, name, partial_day, say, speaking
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix.actions import EDIT_MATRIX
from cpi1540.matrix.record import Matrix, Source, Version
from cpi1540.matrix.service import drafts, layouts, measures, reading, versions
from cpi1540.matrix.sources import source_speaker
from cpi1540.states import service as states
from cpi1540.states.state import State

KEPT_FOR = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of one file: what it proposed, and the draft it was written into, if it was."""

    proposal: Proposal
    version: Version | None


def workbooks(
    chosen: Sequence[State], language: str, number: int | None, actor: Actor, office: str
) -> Iterator[tuple[str, bytes]]:
    """(file name, workbook) of each State's newest version, or of version ``number``; States without one are
    left out when several are asked for.
    """
    newest = versions.newest(chosen, actor) if number is None else {}
    for state in chosen:
        version = versions.find(state, number, actor) if number is not None else newest.get(state.code)
        if version is None:
            if len(chosen) == 1:
                raise NotFound(sentence("%(state)s has no version yet.", state=state.code))
            continue
        with speaking(language):
            yield workbook_name(version, language), workbook(state, version, language, office)


def workbook(state: State, version: Version, language: str, office: str) -> bytes:
    """One version as a workbook in one language. The same version gives the same bytes."""
    matrix = reading.matrix(version)
    layout = layouts.layout(version.layout)
    with speaking(language):
        facts = [
            (
                say(sentence("First report") if report.kind == "first" else sentence("Additional information")),
                f"{partial_day(report.date)} ({report.source})",
            )
            for report in states.reports_of(state)
        ]
        made_at = version.recorded_at or now()
        head = WorkbookHead(name(state.names), made_at, say(_notice(office)), tuple(facts))
        speak = source_speaker(states.instruments(), measures.titles_of(state))
        return write_matrix(matrix, layout, head, wording(speak, language))


def wording(speak: Callable[[Source], str], language: str) -> Wording:
    """How a file speaks in one language, whatever language is spoken around it; ``speak`` says its sources."""

    def in_language(function: Callable[[Any], str]) -> Callable[[Any], str]:
        def said(value: Any) -> str:
            with speaking(language):
                return function(value)

        return said

    return Wording(language, in_language(say), in_language(speak), in_language(day))


def read(content: bytes, file: str, actor: Actor, *, state: State | None = None, practice: bool = False) -> Proposal:
    """What a file would change in the open draft, or in the effective version where there is no draft."""
    members = {each.code: each for each in states.states(practice=practice)}
    titles = measures.titles_of(state) if state else measures.all_titles([each.id for each in members.values()])
    speak = source_speaker(states.instruments(), titles)

    def current(code: str, _layout: str) -> Matrix | None:
        version = drafts.open_version(members[code], actor) or versions.effective([members[code]], today()).get(code)
        return reading.matrix(version) if version else None

    ask = AskRecord(
        layouts=layouts.layouts(),
        states=members.keys(),
        current=current,
        wording=lambda language: wording(speak, language),
        measure_known=lambda identifier: identifier in titles,
        state=state.code if state else None,
        practice=practice,
        default_layout=layouts.DEFAULT_LAYOUT,
    )
    return read_matrix_file(content, file, ask)


def apply(content: bytes, file: str, actor: Actor, *, state: State | None = None, practice: bool = False) -> Applied:
    """Write what a file proposes into the open draft: everything it changes, in one transaction, or nothing.

    A file with a problem changes nothing; a file without a change makes no draft.
    """
    with transaction():
        proposal = read(content, file, actor, state=state, practice=practice)
        if proposal.problems or not proposal.changes or proposal.state is None:
            return Applied(proposal, None)
        owner = states.find(proposal.state, practice=practice)
        draft = drafts.draft_of(owner, actor)
        drafts.write(owner, draft, proposal.entries, actor)
        return Applied(proposal, versions.find(owner, draft.number, actor))


def keep_upload(content: bytes, file: str, state: State, actor: Actor) -> str:
    """Keep an uploaded file until it is decided upon; returns the token it is found by."""
    ensure(actor, EDIT_MATRIX, state.code)
    token = secrets.token_urlsafe(24)
    db.session.execute(delete(UploadRow).where(UploadRow.uploaded_at < now() - KEPT_FOR))
    db.session.execute(
        insert(UploadRow).values(
            token=token, actor=actor.id, state=state.code, name=file, content=content, uploaded_at=now()
        )
    )
    return token


def upload(token: str, state: State, actor: Actor) -> tuple[str, bytes]:
    """(name, content) of an uploaded file; NotFound for one that is gone or somebody else's."""
    found = db.session.execute(
        select(UploadRow.name, UploadRow.content).where(
            UploadRow.token == token, UploadRow.state == state.code, UploadRow.actor == actor.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound(sentence("This file is no longer here. Upload it again."))
    return found.name, found.content


def apply_upload(token: str, state: State, actor: Actor) -> Applied:
    """Apply an uploaded file and forget it; DomainError when it has problems."""
    file, content = upload(token, state, actor)
    applied = apply(content, file, actor, state=state, practice=state.practice)
    if applied.proposal.problems:
        raise DomainError(sentence("The file has problems: nothing was written."))
    with transaction():
        db.session.execute(delete(UploadRow).where(UploadRow.token == token))
    return applied


def _notice(office: str) -> Sentence:
    if office:
        return sentence("Working document of %(office)s; not a document of the Committee.", office=office)
    return sentence("Working document of the office; not a document of the Committee.")
