"""The office's own slide master and Word template: taken in, checked, taken away."""

import datetime
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import docx
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError
from pptx.exc import PythonPptxError
from sqlalchemy import delete, insert, select

from cpi1540.briefing.packs import master_pptx, pack_docx, trial
from cpi1540.briefing.packs.actions import CHANGE_PACK_TEMPLATES
from cpi1540.briefing.packs.pack import Form
from cpi1540.briefing.packs.tables import PackTemplateRow
from cpi1540.foundation import attachments, audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.office_guard import OfficeKind, open_office, refuse_outside_links
from cpi1540.foundation.files.zip_guard import CONTAINER_PROBLEMS, UnsafeFile, write_anew
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.search_text import printable

KINDS = {Form.PPTX: OfficeKind.PRESENTATION, Form.DOCX: OfficeKind.DOCUMENT}
_LONGEST_NAME = 120
# What a library raises when a part is not what it should be.
_UNREADABLE = (
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    zipfile.BadZipFile,
    LxmlError,
    OpcError,
    PythonPptxError,
)


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """A file that packs are written on: its name, the SHA-256 it is found by, who took it in and when."""

    form: Form
    name: str
    digest: str
    by: str
    at: datetime.datetime


def kept() -> dict[Form, KeptTemplate]:
    """Form -> the office's own file, for those forms that have one."""
    rows = db.session.scalars(select(PackTemplateRow).order_by(PackTemplateRow.form))
    return {Form(row.form): KeptTemplate(Form(row.form), row.name, row.attachment, row.by, row.at) for row in rows}


def contents() -> dict[Form, bytes]:
    """Form -> the bytes of the office's own file."""
    return {form: attachments.content(found.digest) for form, found in kept().items()}


def digests() -> Mapping[str, str]:
    """Form -> SHA-256, for recipes: the office's own files decide about bytes."""
    return {form.value: found.digest for form, found in kept().items()}


def take_in(form: Form, name: str, content: bytes, actor: Actor) -> None:
    """Write packs of that form on this file from now on. DomainError says what is wrong with the file: nothing is
    changed then.
    """
    ensure(actor, CHANGE_PACK_TEMPLATES)
    if form not in KINDS:
        raise DomainError(sentence("A PDF has no template."))
    safe = _checked(form, content)
    digest = attachments.keep(safe)
    db.session.execute(delete(PackTemplateRow).where(PackTemplateRow.form == form))
    db.session.execute(
        insert(PackTemplateRow).values(
            form=form, name=printable(name)[:_LONGEST_NAME] or form.value, attachment=digest, by=actor.id, at=now()
        )
    )
    audit.record(actor.id, "pack-template.take-in", [f"pack-template:{form}"], [{"form": form, "digest": digest}])


def take_away(form: Form, actor: Actor) -> None:
    """Write packs of that form on the plain master again."""
    ensure(actor, CHANGE_PACK_TEMPLATES)
    if form not in kept():
        return
    db.session.execute(delete(PackTemplateRow).where(PackTemplateRow.form == form))
    audit.record(actor.id, "pack-template.take-away", [f"pack-template:{form}"], [{"form": form}])


def _checked(form: Form, content: bytes) -> bytes:
    """The file written anew from its checked parts, once it is known that a pack can be written on it."""
    try:
        parts, _main = open_office(content, form.value, KINDS[form])
        # What a template loads from outside would be loaded by everybody who opens a pack.
        refuse_outside_links(parts, form.value)
    except UnsafeFile as unsafe:
        raise DomainError(Sentence(CONTAINER_PROBLEMS[unsafe.problem.code], unsafe.problem.params)) from unsafe
    safe = write_anew(parts)
    try:
        if form is Form.PPTX:
            master_pptx.own_master(safe)
        else:
            docx.Document(io.BytesIO(pack_docx.as_document(safe))).sections[-1]
    except master_pptx.NoRoom as error:
        raise DomainError(
            sentence("This file cannot be used: its slides have too little room between the title and the foot.")
        ) from error
    except master_pptx.NoTitle as error:
        raise DomainError(sentence("This file cannot be used: it has no slide layout with a title.")) from error
    except _UNREADABLE as error:
        raise DomainError(
            sentence("This file cannot be used: it cannot be read as a presentation.")
            if form is Form.PPTX
            else sentence("This file cannot be used: it cannot be read as a Word document.")
        ) from error
    try:
        trial.write_trial(form, safe)
    except (*_UNREADABLE, ArithmeticError) as error:
        raise DomainError(sentence("This file cannot be used: a trial pack could not be written on it.")) from error
    return safe
