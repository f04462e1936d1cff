"""The office's texts for letters: loaded once as provisional wording, changed by adding a version.

Nothing here commits. An old version stays as it was, because letters that were sent name theirs.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, func, insert, select

from cpi1540.assistance.actions import EDIT_LETTER_TEMPLATES
from cpi1540.assistance.letters.letter import LetterKind, Template, faults
from cpi1540.assistance.letters.tables import LetterTemplateRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a template as it is kept, with the number of its row."""

    key: int
    template: Template
    actor: str


def load(folder: Path, actor: str) -> None:
    """Load the texts of ``folder``, one file for each kind of letter; the same texts again change nothing.

    A text that the office has written itself is left alone. DomainError names the file whose text cannot be used.
    """
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        kind = LetterKind(document["kind"])
        loaded = [
            language
            for language in CODES
            if _load(
                kind,
                language,
                document["texts"][language]["subject"],
                "\n".join(document["texts"][language]["body"]),
                file.name,
                actor,
            )
        ]
        if loaded:
            subjects = [_subject(kind, language) for language in loaded]
            audit.record(actor, "letter-template.load", subjects, [{"kind": kind, "languages": loaded}])


def current(actor: Actor) -> dict[tuple[LetterKind, str], Kept]:
    """(kind, language) -> the newest version, for every kind and language loaded."""
    ensure(actor, EDIT_LETTER_TEMPLATES)
    newest = select(func.max(LetterTemplateRow.id)).group_by(LetterTemplateRow.kind, LetterTemplateRow.language)
    rows = db.session.scalars(select(LetterTemplateRow).where(LetterTemplateRow.id.in_(newest)))
    return {(LetterKind(row.kind), row.language): _read(row) for row in rows}


def versions(kind: LetterKind, language: str, actor: Actor) -> list[Kept]:
    """Every version of one text, newest first; NotFound when there is none."""
    ensure(actor, EDIT_LETTER_TEMPLATES)
    found = [_read(row) for row in db.session.scalars(_of(kind, language))]
    if not found:
        raise NotFound(sentence("There is no such template."))
    return found


def newest(kind: LetterKind, language: str) -> Kept:
    """The version that a letter made now uses; NotFound when there is none."""
    row = db.session.scalars(_of(kind, language).limit(1)).one_or_none()
    if row is None:
        raise NotFound(sentence("There is no such template."))
    return _read(row)


def version(kind: LetterKind, language: str, number: int) -> Kept:
    """One version of a text; NotFound when there is none."""
    row = db.session.scalars(_of(kind, language).where(LetterTemplateRow.version == number)).one_or_none()
    if row is None:
        raise NotFound(sentence("There is no such template."))
    return _read(row)


def change(kind: LetterKind, language: str, subject: str, body: str, actor: Actor, *, seen: int) -> int:
    """Add a version of a text and return its number; the same text again adds nothing.

    ``seen`` is the version that was edited: Stale when there is a newer one. DomainError for a text that is no
    template (``letter.faults`` lists all of its faults).
    """
    ensure(actor, EDIT_LETTER_TEMPLATES)
    subject, body = subject.strip(), _lines(body)
    if found := faults(kind, subject, body):
        raise DomainError(found[0].sentence)
    before = newest(kind, language).template
    if before.version != seen:
        raise Stale(
            sentence(
                "Somebody saved version %(version)s of this text meanwhile. Compare it with yours, then save again.",
                version=str(before.version),
            )
        )
    if (before.subject, before.body, before.provisional) == (subject, body, False):
        return before.version
    _write(kind, language, before.version + 1, subject, body, actor.id, provisional=False)
    change_ = {"version": before.version + 1, "text": audit.digest(f"{subject}\n{body}")}
    audit.record(actor.id, "letter-template.change", [_subject(kind, language)], [change_])
    return before.version + 1


def _load(kind: LetterKind, language: str, subject: str, body: str, file: str, actor: str) -> bool:
    if found := faults(kind, subject, body):
        raise DomainError(
            sentence(
                "%(file)s, %(language)s: %(fault)s", file=f"letters/{file}", language=language, fault=found[0].sentence
            )
        )
    before = db.session.scalars(_of(kind, language).limit(1)).one_or_none()
    if before is not None and (not before.provisional or (before.subject, before.body) == (subject, body)):
        return False
    _write(kind, language, before.version + 1 if before else 1, subject, body, actor, provisional=True)
    return True


def _write(
    kind: LetterKind, language: str, number: int, subject: str, body: str, actor: str, *, provisional: bool
) -> None:
    db.session.execute(
        insert(LetterTemplateRow).values(
            kind=kind,
            language=language,
            version=number,
            subject=subject,
            body=body,
            provisional=provisional,
            actor=actor,
            at=now(),
        )
    )


def _of(kind: LetterKind, language: str) -> Select[LetterTemplateRow]:
    return (
        select(LetterTemplateRow)
        .where(LetterTemplateRow.kind == kind, LetterTemplateRow.language == language)
        .order_by(LetterTemplateRow.version.desc())
    )


def _read(row: LetterTemplateRow) -> Kept:
    kind = LetterKind(row.kind)
    return Kept(row.id, Template(kind, row.language, row.version, row.subject, row.body, row.provisional), row.actor)


def _subject(kind: LetterKind, language: str) -> str:
    return f"letter-template:{kind}/{language}"


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
