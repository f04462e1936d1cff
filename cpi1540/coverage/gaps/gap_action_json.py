"""Actions and mandates as files (``seed/actions/``, ``seed/mandates.json``); read strictly."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cpi1540.coverage.gaps.gap_action import REQUEST_KINDS, GapAction, Instrument, Mandate, Reach
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES
from cpi1540.matrix.layout import SECTION_CODES, Aspect, Domain


class ActionFault(DomainError):
    """A file holds no action, or no mandates."""

    def __init__(self, file: str, fault: str) -> None:
        super().__init__(sentence("%(file)s cannot be read: %(fault)s.", file=file, fault=fault))


def read_mandates(path: Path) -> dict[str, Mandate]:
    """The mandates of a file, by code. One without a source's title and address says that it is provisional."""
    found = {}
    try:
        for content in json.loads(path.read_text("utf-8")):
            source = content.get("source")
            if (source is None) != content.get("provisional", False):
                raise ValueError(f"{content['code']} has neither a source nor the mark provisional, or both")
            title, url = (source["title"], source["url"]) if source else (None, None)
            names, purposes = _texts(content["names"]), _texts(content["purposes"])
            found[content["code"]] = Mandate(content["code"], names, purposes, title, url)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ActionFault(path.name, str(error)) from error
    return found


def read_actions(folder: Path, mandates: Mapping[str, Mandate]) -> tuple[GapAction, ...]:
    """The actions of a folder in the order of their files' names; ActionFault names the first that is none."""
    return tuple(_read(path, mandates) for path in sorted(folder.glob("*.json")))


def _read(path: Path, mandates: Mapping[str, Mandate]) -> GapAction:
    try:
        content = json.loads(path.read_text("utf-8"))
        kind = content["request_kind"]
        if kind not in REQUEST_KINDS:
            raise ValueError(f"no request asks for {kind}")
        return GapAction(
            content["code"],
            _texts(content["names"]),
            Instrument(content["instrument"]),
            kind,
            tuple(_reach(reach) for reach in content["closes"]),
            tuple(mandates[code] for code in content["mandates"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ActionFault(path.name, str(error)) from error


def _reach(content: Mapping[str, Any]) -> Reach:
    unknown = set(content) - {"section", "rows", "domains", "aspects", "but"}
    if unknown or content["section"] not in SECTION_CODES:
        raise ValueError(f"fields are not named like this: {dict(content)}")
    rows, domains, aspects = content.get("rows"), content.get("domains"), content.get("aspects")
    return Reach(
        content["section"],
        frozenset(rows) if rows is not None else None,
        frozenset(Domain(each) for each in domains) if domains is not None else None,
        frozenset(Aspect(each) for each in aspects) if aspects is not None else None,
        frozenset(content.get("but", ())),
    )


def _texts(texts: Mapping[str, str]) -> Mapping[str, str]:
    if set(texts) != set(CODES) or not all(texts.values()):
        raise ValueError("a text is not there in all six languages")
    return dict(texts)
