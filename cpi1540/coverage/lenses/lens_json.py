"""A lens as a file or as it is kept; read strictly, so that a row that no matrix has is not asked for in vain."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cpi1540.coverage.lenses.lens import Lens
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE = 40


class LensFault(DomainError):
    """A file holds no lens."""

    def __init__(self, file: str, fault: str) -> None:
        super().__init__(sentence("%(file)s is not a lens: %(fault)s.", file=file, fault=fault))


def read_lenses(folder: Path) -> tuple[Lens, ...]:
    """The lenses of a folder in the order of their files' names; LensFault names the first that is none."""
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def lens_content(lens: Lens) -> dict[str, Any]:
    """Everything of a lens but its code."""
    return {
        "names": dict(lens.names),
        "purposes": dict(lens.purposes),
        "rows": sorted(lens.rows) if lens.rows is not None else None,
        "instruments": list(lens.instruments),
        "commitments": list(lens.commitments),
        "note": dict(lens.note) if lens.note else None,
    }


def lens_of(code: str, content: Mapping[str, Any], *, own: bool) -> Lens:
    """The lens that ``lens_content`` wrote."""
    rows = content["rows"]
    return Lens(
        code,
        dict(content["names"]),
        dict(content["purposes"]),
        frozenset(rows) if rows is not None else None,
        tuple(content["instruments"]),
        tuple(content["commitments"]),
        dict(content["note"]) if content.get("note") else None,
        own,
    )


def _read(path: Path) -> Lens:
    try:
        content = json.loads(path.read_text("utf-8"))
        lens = lens_of(content["code"], content, own=False)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LensFault(path.name, str(error)) from error
    if not CODE.fullmatch(lens.code) or len(lens.code) > LONGEST_CODE:
        raise LensFault(path.name, f"its code {lens.code!r} is not of small letters, digits and single hyphens")
    for texts in (lens.names, lens.purposes, *([lens.note] if lens.note else [])):
        if set(texts) != set(CODES) or not all(texts.values()):
            raise LensFault(path.name, "a text is not there in all six languages")
    return lens
