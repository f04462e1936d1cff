"""Standing follows from dated actions."""

import datetime

import pytest

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states.instruments import Action, ActionKind, Standing, standing

DAY = datetime.date(2026, 1, 1)


def act(kind: str, date: str | None = None) -> Action:
    return Action("XAA", "npt", ActionKind(kind), PartialDate.parse(date) if date else None, "a list", DAY)


@pytest.mark.parametrize(
    ("acts", "expected", "resting_on"),
    [
        ([], Standing.UNKNOWN, None),
        ([act("signature", "1968-07-01")], Standing.SIGNATORY, "signature"),
        ([act("listed-signatory")], Standing.SIGNATORY, "listed-signatory"),
        ([act("signature", "1968"), act("ratification", "1970-03-05")], Standing.PARTY, "ratification"),
        ([act("accession")], Standing.PARTY, "accession"),
        ([act("succession", "1992")], Standing.PARTY, "succession"),
        ([act("ratification", "1990"), act("withdrawal", "2001")], Standing.NEITHER, "withdrawal"),
        ([act("withdrawal", "2001"), act("accession", "2010")], Standing.PARTY, "accession"),
        (
            [act("signature", "1996-09-24"), act("ratification", "2000"), act("ratification-revoked", "2023-11-03")],
            Standing.SIGNATORY,
            "ratification-revoked",
        ),
        ([act("accession", "1985"), act("notice-of-withdrawal", "2003")], Standing.PARTY, "accession"),
        ([act("listed-neither")], Standing.NEITHER, "listed-neither"),
        ([act("listed-member"), act("suspension", "2023-02-24")], Standing.MEMBER, "listed-member"),
        ([act("suspension", "2023-02-24")], Standing.UNKNOWN, None),
    ],
)
def test_standing(acts: list[Action], expected: Standing, resting_on: str | None) -> None:
    for order in (acts, acts[::-1]):
        found, rests_on = standing(order)
        assert found is expected
        assert (rests_on.kind.value if rests_on else None) == resting_on
