"""Treaties, zones, regimes and bodies; what a State did towards them, and its standing, which follows from that.

A treaty record is a list of dated actions, each with its source; "party" is never stored. A source that only
lists States gives a listing without a date.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.foundation.partial_date import PartialDate


class InstrumentKind(StrEnum):
    """What a State joins."""

    TREATY = "treaty"
    ZONE = "zone"
    REGIME = "regime"
    BODY = "body"


class ActionKind(StrEnum):
    """What a State did, or how a source lists it."""

    SIGNATURE = "signature"
    RATIFICATION = "ratification"
    ACCESSION = "accession"
    ACCEPTANCE = "acceptance"
    SUCCESSION = "succession"
    JOINING = "joining"  # the kind of act is not known
    WITHDRAWAL = "withdrawal"
    NOTICE_OF_WITHDRAWAL = "notice-of-withdrawal"
    RATIFICATION_REVOKED = "ratification-revoked"
    SUSPENSION = "suspension"
    LISTED_SIGNATORY = "listed-signatory"
    LISTED_NEITHER = "listed-neither"  # not a party; the source does not tell whether it signed
    LISTED_MEMBER = "listed-member"


JOINING = frozenset(
    {
        ActionKind.RATIFICATION,
        ActionKind.ACCESSION,
        ActionKind.ACCEPTANCE,
        ActionKind.SUCCESSION,
        ActionKind.JOINING,
    }
)
LEAVING = frozenset({ActionKind.WITHDRAWAL, ActionKind.RATIFICATION_REVOKED})


@dataclass(frozen=True, slots=True)
class Instrument:
    """Something a State can join. ``row`` is the row of OP 1 it feeds; ``lists_every_state`` says that a table
    of it names every Member State, so that one it leaves out is not a party.
    """

    code: str
    kind: InstrumentKind
    names: Mapping[str, str]
    row: str
    confidence: str
    lists_every_state: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One act or listing, as one source gives it on ``as_of``."""

    state: str
    instrument: str
    kind: ActionKind
    date: PartialDate | None
    source: str
    as_of: datetime.date
    note: str = ""
    confidence: str = "seen"
    depositary: str | None = None


class Standing(StrEnum):
    """Where a State stands towards one instrument."""

    PARTY = "party"
    SIGNATORY = "signatory"
    NEITHER = "neither"  # not a party; signature unknown
    MEMBER = "member"
    UNKNOWN = "unknown"


def standing(actions: Iterable[Action]) -> tuple[Standing, Action | None]:
    """A State's standing towards one instrument, and the action it rests on.

    The latest of the acts of joining and leaving decides; one whose date is unknown counts as the earliest.
    A revoked ratification leaves a signatory; a notice of withdrawal and a suspension change nothing by
    themselves: they are shown beside.
    """
    acts = list(actions)
    turning = [act for act in acts if act.kind in JOINING | LEAVING]
    latest = max(turning, key=lambda act: act.date or PartialDate(1), default=None)
    if latest is not None and latest.kind in JOINING:
        return Standing.PARTY, latest
    signed = _first(acts, ActionKind.SIGNATURE) or _first(acts, ActionKind.LISTED_SIGNATORY)
    if latest is not None and latest.kind is ActionKind.RATIFICATION_REVOKED:
        return Standing.SIGNATORY, latest
    if latest is None and signed:
        return Standing.SIGNATORY, signed
    if latest is not None:
        return Standing.NEITHER, latest
    for kind, found in (
        (ActionKind.LISTED_MEMBER, Standing.MEMBER),
        (ActionKind.LISTED_NEITHER, Standing.NEITHER),
    ):
        if act := _first(acts, kind):
            return found, act
    return Standing.UNKNOWN, None


def _first(acts: Iterable[Action], kind: ActionKind) -> Action | None:
    return next((act for act in acts if act.kind is kind), None)
