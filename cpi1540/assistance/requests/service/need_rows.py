"""The rows of needs: written, and written anew."""

import datetime
from collections.abc import Sequence

from sqlalchemy import delete, insert

from cpi1540.assistance.requests.request import NeedStatus, NeedValues, domains_of, in_printed_order
from cpi1540.assistance.requests.tables import NeedFieldRow, NeedRow
from cpi1540.foundation.database import db
from cpi1540.matrix.layout import Domain
from cpi1540.matrix.service import layouts


def insert_needs(
    request: int, needs: Sequence[NeedValues], first: int, *, added_on: datetime.date | None = None
) -> None:
    """Write the needs of a request, numbered from ``first``; ``added_on``: when they were added to those it had."""
    if not needs:
        return
    rows = [
        {
            "request_id": request,
            "number": number,
            "status": NeedStatus.OPEN,
            "added_on": added_on,
            **need_columns(need),
        }
        for number, need in enumerate(needs, first)
    ]
    made = db.session.execute(insert(NeedRow).returning(NeedRow.id, sort_by_parameter_order=True), rows)
    write_fields(list(zip(made.scalars(), needs, strict=True)))


def write_fields(needs: Sequence[tuple[int, NeedValues]]) -> None:
    """Write which fields the needs, by their keys, would close, in place of those written before."""
    db.session.execute(delete(NeedFieldRow).where(NeedFieldRow.need_id.in_([key for key, _need in needs])))
    layout = layouts.layout()
    rows = [
        {"need_id": key, "field": field, "section": layout.field(field).section}
        for key, need in needs
        for field in in_printed_order(need.fields, layout)
    ]
    if rows:
        db.session.execute(insert(NeedFieldRow), rows)


def need_columns(need: NeedValues) -> dict[str, object]:
    """The columns of a need; its weapon domains are those named and those of its fields."""
    spoken = {*need.domains, *domains_of(need.fields, layouts.layout())}
    return {
        "kind": need.kind,
        "domains": " ".join(domain for domain in Domain if domain in spoken),
        "objective": need.objective.strip(),
        "beneficiaries": need.beneficiaries.strip(),
        "in_place": need.in_place.strip(),
        "own_contribution": need.own_contribution.strip(),
        "languages": " ".join(sorted(set(need.languages))),
        "priority": need.priority,
        "time_frame": need.time_frame.strip(),
    }
