"""Lenses: those that come with the software, and those the office makes."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import insert, select, update

from cpi1540 import paths
from cpi1540.coverage.actions import EDIT_LENSES
from cpi1540.coverage.lenses.lens import Lens
from cpi1540.coverage.lenses.lens_json import lens_content, lens_of, read_lenses
from cpi1540.coverage.tables import LensRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable


@lru_cache(maxsize=1)
def _with_the_software() -> Mapping[str, Lens]:
    return {lens.code: lens for lens in read_lenses(paths.SEED / "lenses")}


def lenses() -> list[Lens]:
    """Every lens in use: those of the software in their order, then the office's own by code."""
    query = select(LensRow.code, LensRow.content).where(LensRow.withdrawn.is_(False)).order_by(LensRow.code)
    own = [lens_of(code, content, own=True) for code, content in db.session.execute(query)]
    return [*_with_the_software().values(), *own]


def find(code: str) -> Lens:
    """The lens of that code; NotFound names those there are."""
    if code in _with_the_software():
        return _with_the_software()[code]
    known = {lens.code: lens for lens in lenses()}
    if code not in known:
        raise NotFound(
            sentence("There is no lens %(lens)s. There is: %(lenses)s.", lens=printable(code), lenses=", ".join(known))
        )
    return known[code]


def revision_of(code: str) -> int:
    """How often the office's own lens was changed; NotFound when it is none of the office's."""
    query = select(LensRow.revision).where(LensRow.code == code, LensRow.withdrawn.is_(False))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(sentence("The office has no lens %(lens)s of its own.", lens=printable(code)))
    return found


def add(lens: Lens, by: Actor) -> None:
    """Add a lens of the office's own; DomainError when its code is taken, also by one that was withdrawn."""
    ensure(by, EDIT_LENSES)
    taken = db.session.scalar(select(LensRow.id).where(LensRow.code == lens.code))
    if taken is not None or lens.code in _with_the_software():
        raise DomainError(sentence("There is a lens %(lens)s already. Choose another code.", lens=lens.code))
    db.session.execute(insert(LensRow).values(code=lens.code, content=lens_content(lens), revision=0, withdrawn=False))
    _recorded("lens.add", lens, by)


def change(lens: Lens, *, revision: int, by: Actor) -> None:
    """Change a lens of the office's own; Stale when it was changed since ``revision``."""
    ensure(by, EDIT_LENSES)
    _move(lens.code, revision, content=lens_content(lens))
    _recorded("lens.change", lens, by)


def withdraw(lens: Lens, *, revision: int, by: Actor) -> None:
    """Take a lens of the office's own out of the lists; figures named after it stay explained by the audit."""
    ensure(by, EDIT_LENSES)
    _move(lens.code, revision, withdrawn=True)
    _recorded("lens.withdraw", lens, by)


def _move(code: str, revision: int, **values: object) -> None:
    revision_of(code)
    moved = db.session.execute(
        update(LensRow)
        .where(LensRow.code == code, LensRow.revision == revision, LensRow.withdrawn.is_(False))
        .values(revision=revision + 1, **values)
        .returning(LensRow.id)
    ).all()
    if not moved:
        raise Stale(sentence("The lens %(lens)s was changed since you opened it. Look at it again first.", lens=code))


def _recorded(action: str, lens: Lens, by: Actor) -> None:
    content = lens_content(lens)
    texts = {part: audit.digest(str(content.pop(part))) for part in ("names", "purposes", "note")}
    audit.record(by.id, action, [f"lens:{lens.code}"], [{"lens": lens.code, **content, **texts}])
