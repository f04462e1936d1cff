"""Matches as they stood on a day that may lie in the past: as far as the acts dated by then had led."""

import datetime
from collections.abc import Iterable

from cpi1540.assistance.outcomes.match import AGREED_OR_LATER, Match, MatchStatus, reached


def status_on(match: Match, on: datetime.date) -> MatchStatus | None:
    """How far a match had come on a day; None where nothing of it had been recorded with a date by then."""
    acts = [done for done in match.acts if done.on <= on]
    return reached(acts).status if acts else None


def agreed_on(matches: Iterable[Match], on: datetime.date) -> dict[str, list[Match]]:
    """Need -> the matches on which both sides had agreed by a day, and that had not been withdrawn by then."""
    found: dict[str, list[Match]] = {}
    for match in matches:
        if status_on(match, on) in AGREED_OR_LATER:
            found.setdefault(match.need, []).append(match)
    return found
