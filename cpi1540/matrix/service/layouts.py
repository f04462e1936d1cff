"""Layouts as loaded into the record."""

import hashlib
from functools import lru_cache

from flask import current_app
from sqlalchemy import insert, select

from cpi1540.foundation import audit
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.matrix.tables import LayoutRow

DEFAULT_LAYOUT = "2017"


@lru_cache(maxsize=32)
def _parsed(_digest: str, document: str, file: str) -> Layout:
    return parse_layout(document, file)


def layout(code: str = DEFAULT_LAYOUT) -> Layout:
    """The layout with that code; NotFound names those that are loaded."""
    loaded = _loaded()
    if code in loaded:
        return loaded[code]
    row = db.session.execute(select(LayoutRow.digest, LayoutRow.document).where(LayoutRow.code == code)).one_or_none()
    if row is None:
        raise NotFound(
            sentence(
                "There is no layout %(layout)s. Loaded are: %(layouts)s.",
                layout=code,
                layouts=", ".join(codes()) or "–",
            )
        )
    loaded[code] = _parsed(row.digest, row.document, code)
    return loaded[code]


def _loaded() -> dict[str, Layout]:
    """The layouts this application has read: a loaded layout never changes, so it is read once."""
    found: dict[str, Layout] = current_app.extensions.setdefault("cpi1540.layouts", {})
    return found


def codes() -> list[str]:
    """The codes of the loaded layouts, sorted."""
    return list(db.session.scalars(select(LayoutRow.code).order_by(LayoutRow.code)))


def layouts() -> dict[str, Layout]:
    """Every loaded layout, by code."""
    rows = db.session.execute(select(LayoutRow.code, LayoutRow.digest, LayoutRow.document).order_by(LayoutRow.code))
    return {row.code: _parsed(row.digest, row.document, row.code) for row in rows}


def load(document: str, file: str, by: str) -> Layout:
    """Load a layout from its file; loading the same again changes nothing.

    A layout under whose code another was loaded is refused: stored entries keep their layout.
    """
    loaded = parse_layout(document, file)
    digest = hashlib.sha256(document.encode()).hexdigest()
    known = db.session.scalar(select(LayoutRow.digest).where(LayoutRow.code == loaded.code))
    if known == digest:
        return loaded
    if known is not None:
        raise DomainError(
            sentence(
                "Layout %(layout)s is loaded already with another content. Give %(file)s a code of its own.",
                layout=loaded.code,
                file=file,
            )
        )
    db.session.execute(insert(LayoutRow).values(code=loaded.code, document=document, digest=digest))
    audit.record(by, "layout.load", [f"layout:{loaded.code}"], [{"digest": digest}])
    return loaded
