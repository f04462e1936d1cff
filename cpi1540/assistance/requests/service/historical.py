"""Requests known from the past, loaded from ``seed/assistance-requests.json``. The same data twice changes nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from cpi1540.assistance.requests.request import (
    Channel,
    Consent,
    Kind,
    NeedValues,
    Request,
    Requester,
    RequestValues,
    Status,
    parse_id,
    request_id,
)
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import hold, renew
from cpi1540.assistance.requests.service.need_rows import insert_needs
from cpi1540.assistance.requests.service.requests import insert_request, insert_requesters, request_columns
from cpi1540.assistance.requests.tables import NeedFieldRow, NeedRow, RequesterRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.record import Handling
from cpi1540.states import service as states


def load(folder: Path, by: str) -> None:
    """Load the historical requests of the members' record; those recorded otherwise before are recorded anew.

    A request that the office registered is never touched. DomainError, and nothing written, when the file is
    broken. Belongs to the caller's transaction.
    """
    try:
        found = json.loads((folder / "assistance-requests.json").read_text("utf-8"))["requests"]
        wanted = {each["request"]: _read(each) for each in found}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DomainError(sentence("assistance-requests.json cannot be read: %(reason)s", reason=str(error))) from error
    known = {request.id: request for request in reading.requests_where(RequestRow.practice.is_(False))}
    changed = [
        _write(identifier, values, needs, known.get(identifier), by)
        for identifier, (values, needs) in sorted(wanted.items())
        if not _same(known.get(identifier), values, needs)
    ]
    if changed:
        subjects = {f"state:{code}" for identifier in changed for code in wanted[identifier][0].requester.states}
        audit.record(by, "request.load", [*(f"request:{each}" for each in changed), *sorted(subjects)])


def _read(found: Mapping[str, Any]) -> tuple[RequestValues, tuple[NeedValues, ...]]:
    if request_id(*(parse_id(found["request"]) or (False, 0, 0))) != found["request"]:
        raise ValueError(found["request"])
    values = RequestValues(
        Requester((found["state"],)),
        Channel.NOT_RECORDED,
        None,
        PartialDate.parse(found["date"]) if found["date"] else None,
        "en",
        found["title"],
        consent=Consent.NOT_ASKED,
        handling=Handling.PUBLIC,
        source=found["source"],
    )
    needs = tuple(
        NeedValues(
            Kind(each["kind"]),
            tuple(each["fields"]),
            tuple(domain for domain in Domain if domain in each["domains"]),
            each["objective"],
        )
        for each in found["needs"]
    )
    return values, needs


def _same(known: Request | None, values: RequestValues, needs: tuple[NeedValues, ...]) -> bool:
    """Whether there is nothing to do: recorded so already, or the identifier is one of the office's."""
    if known is None:
        return False
    return known.status is not Status.HISTORICAL or (
        known.values == values and tuple(need.values for need in known.needs) == needs
    )


def _write(
    identifier: str, values: RequestValues, needs: tuple[NeedValues, ...], known: Request | None, by: str
) -> str:
    """Write a request under its identifier, or its facts anew; files and translations kept with it stay."""
    owners = [states.find(code, practice=False).id for code in values.requester.states]
    if known is None:
        _practice, year, number = parse_id(identifier) or (False, 0, 0)
        return insert_request(values, needs, owners, (year, number), Status.HISTORICAL, by, now())
    held = hold(identifier)
    db.session.execute(update(RequestRow).where(RequestRow.id == held.key).values(**request_columns(values)))
    own = select(NeedRow.id).where(NeedRow.request_id == held.key)
    db.session.execute(delete(NeedFieldRow).where(NeedFieldRow.need_id.in_(own)))
    db.session.execute(delete(NeedRow).where(NeedRow.request_id == held.key))
    db.session.execute(delete(RequesterRow).where(RequesterRow.request_id == held.key))
    insert_requesters(held.key, owners)
    insert_needs(held.key, needs, 1)
    renew(held)
    return identifier
