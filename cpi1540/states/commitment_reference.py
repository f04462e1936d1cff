"""What the reference data says of commitments: memberships that follow from dated actions, and reports."""

from collections.abc import Iterable, Mapping, Sequence

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states.commitment import Commitment, Confidence
from cpi1540.states.instruments import Action, ActionKind, Instrument, InstrumentKind, Standing, standing
from cpi1540.states.state import Report

MEMBERSHIPS = {InstrumentKind.BODY: "body-membership", InstrumentKind.REGIME: "regime-membership"}
_RESUMED = (ActionKind.JOINING, ActionKind.ACCESSION, ActionKind.ACCEPTANCE)


def memberships(state: str, actions: Iterable[Action], instruments: Mapping[str, Instrument]) -> list[Commitment]:
    """One record for each regime or body that a State is a member of, or was until it left, in their order.

    It rests on the act that its standing follows from, and carries every act; a suspension since the State joined
    stands beside. A State whose acts tell no membership has no record: it is not recorded.
    """
    by_instrument: dict[str, list[Action]] = {}
    for action in actions:
        if instruments[action.instrument].kind in MEMBERSHIPS:
            by_instrument.setdefault(action.instrument, []).append(action)
    found = (_membership(state, instruments[code], acts) for code, acts in by_instrument.items())
    order = list(instruments)
    return sorted((each for each in found if each), key=lambda each: (each.kind, order.index(each.value)))


def _membership(state: str, instrument: Instrument, acts: Sequence[Action]) -> Commitment | None:
    where, deciding = standing(acts)
    left = deciding if deciding is not None and deciding.kind is ActionKind.WITHDRAWAL else None
    if deciding is None or (left is None and where not in (Standing.MEMBER, Standing.PARTY)):
        return None
    joined = deciding.date if left is None else _date_of(acts, _RESUMED)
    suspension = next((act for act in reversed(acts) if act.kind is ActionKind.SUSPENSION), None)
    holds = suspension is not None and not (joined and suspension.date and suspension.date < joined)
    return Commitment(
        state,
        MEMBERSHIPS[instrument.kind],
        deciding.source,
        deciding.as_of,
        value=instrument.code,
        date=joined,
        note=deciding.note or (suspension.note if suspension and holds else ""),
        confidence=Confidence(deciding.confidence),
        ended=left.date if left else None,
        actions=tuple(acts),
        suspended=suspension.date if suspension and holds and left is None else None,
    )


def _date_of(acts: Iterable[Action], kinds: Sequence[ActionKind]) -> PartialDate | None:
    dates = [act.date for act in acts if act.kind in kinds and act.date]
    return max(dates, default=None)


def reported(state: str, reports: Iterable[Report]) -> list[Commitment]:
    """The reports to the Committee as the sources give them; sources that disagree stand side by side."""
    return [
        Commitment(state, "report-1540", report.source, None, value=report.kind, date=report.date) for report in reports
    ]
