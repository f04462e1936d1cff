"""The commitments of the practice record: memberships as reference data, and the register."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cpi1540.foundation import audit
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states import commitment_records
from cpi1540.states import loading as states_loading
from cpi1540.states import service as states
from cpi1540.states.commitment import Commitment, Confidence, Handling, commitment_id
from cpi1540.states.instruments import Action, ActionKind


def load(folder: Path) -> None:
    """Write what ``commitments.json`` says of the invented States; belongs to the caller's transaction."""
    seed = json.loads((folder / "commitments.json").read_text("utf-8"))
    members = {state.code: state for state in states.states(practice=True)}
    as_of = datetime.date.fromisoformat(seed["members_as_of"])
    states_loading.add_practice_actions(
        [_action(code, each, as_of) for code, told in seed["memberships"].items() for each in told]
    )
    records = [
        _record(code, number, each) for code, told in seed["commitments"].items() for number, each in enumerate(told, 1)
    ]
    commitment_records.write_all(members, records, SYSTEM.id)
    audit.record(SYSTEM.id, "commitment.import", [f"state:{code}" for code in seed["commitments"]])


def _action(code: str, told: Mapping[str, Any], as_of: datetime.date) -> Action:
    return Action(
        code,
        told["instrument"],
        ActionKind(told["kind"]),
        PartialDate.parse(told["date"]) if "date" in told else None,
        states_loading.PRACTICE_SOURCE,
        as_of,
    )


def _record(code: str, number: int, told: Mapping[str, Any]) -> Commitment:
    return Commitment(
        code,
        told["kind"],
        told["source"],
        datetime.date.fromisoformat(told["as_of"]),
        told.get("value", ""),
        PartialDate.parse(told["date"]) if "date" in told else None,
        told.get("authority", ""),
        handling=Handling(told.get("handling", "public")),
        confidence=Confidence(told.get("confidence", "seen")),
        ended=PartialDate.parse(told["ended"]) if "ended" in told else None,
        revises=commitment_id(code, told["revises"]) if "revises" in told else None,
        id=commitment_id(code, number),
    )
