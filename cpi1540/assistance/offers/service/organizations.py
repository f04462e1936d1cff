"""Organizations that help with the resolution, loaded by name from ``seed/providers.json`` into the members' record.

What they have on offer and their capacity are not known. A mandate is that of ``seed/mandates.json``, with its
source or provisional. The same data twice changes nothing, and what the office changed is never overwritten.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from cpi1540.assistance.offers.covering import keys_of
from cpi1540.assistance.offers.offer import Provider, ProviderKind, StatedMandate, provider_id
from cpi1540.assistance.offers.service.providers import columns_of, insert_provider
from cpi1540.assistance.offers.tables import ProviderRow
from cpi1540.coverage.gaps.gap_action import GapAction, Mandate
from cpi1540.coverage.gaps.gap_action_json import read_actions, read_mandates
from cpi1540.foundation import audit
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Layout
from cpi1540.matrix.record import Handling
from cpi1540.matrix.service import layouts


def load(folder: Path, by: str) -> None:
    """Load the organizations; those the office has not touched are recorded anew where the data differ.

    DomainError, and nothing written, when the file is broken. Belongs to the caller's transaction.
    """
    mandates = read_mandates(folder / "mandates.json")
    actions = read_actions(folder / "actions", mandates)
    try:
        found = json.loads((folder / "providers.json").read_text("utf-8"))["providers"]
        wanted = {each["code"]: _read(each, mandates, actions, layouts.layout()) for each in found}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DomainError(
            sentence("%(file)s cannot be read: %(fault)s.", file="providers.json", fault=str(error))
        ) from error
    known = {
        row.code: row
        for row in db.session.scalars(
            select(ProviderRow).where(ProviderRow.practice.is_(False), ProviderRow.code.is_not(None))
        )
    }
    changed = [
        written for code, values in wanted.items() if (written := _write(code, values, known.get(code), by)) is not None
    ]
    if changed:
        audit.record(by, "provider.load", [f"provider:{each}" for each in changed])


def mandate_keys(code: str, actions: Iterable[GapAction], layout: Layout) -> tuple[str, ...]:
    """What a mandate covers, by the actions that name it: keys of rows, and of fields where it is part of a row."""
    own = [action for action in actions if any(mandate.code == code for mandate in action.mandates)]
    taken = [field.key for field in layout.fields if any(action.takes(field) for action in own)]
    return keys_of(taken, layout)


def _read(
    content: Mapping[str, Any], mandates: Mapping[str, Mandate], actions: Iterable[GapAction], layout: Layout
) -> Provider:
    mandate = mandates[content["mandate"]] if "mandate" in content else None
    names = mandate.names if mandate else content["names"]
    if set(names) != set(CODES):
        raise ValueError(f"{content['code']} is not named in all six languages")
    return Provider(
        "",
        names,
        ProviderKind(content["kind"]),
        mandate=StatedMandate(mandate.purposes, mandate.title or "", mandate.url or "") if mandate else None,
        mandate_fields=mandate_keys(mandate.code, actions, layout) if mandate else (),
        handling=Handling.PUBLIC,
    )


def _write(code: str, values: Provider, row: ProviderRow | None, by: str) -> str | None:
    """The identifier of the organization when it was written; None when there is nothing to do."""
    if row is None:
        return insert_provider(values, by, practice=False, code=code, at=now())
    identifier = provider_id(False, row.number)
    columns = columns_of(values, identifier, practice=False)
    if row.revision or all(getattr(row, part) == value for part, value in columns.items()):
        return None
    db.session.execute(update(ProviderRow).where(ProviderRow.id == row.id).values(**columns, changed_at=now()))
    return identifier
