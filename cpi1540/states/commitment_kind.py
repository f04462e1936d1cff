"""What a State can commit itself to beside the treaties, kind by kind, and what a record of each kind holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cpi1540.foundation.messages import N_
from cpi1540.foundation.whole_number import whole_number
from cpi1540.states.staleness import STALE_MONTHS

RATING_MONTHS = 60  # a round of mutual evaluations takes years: a rating stands longer than a list


class ValueForm(StrEnum):
    """What stands in the value of a record."""

    NONE = "none"
    LISTED = "listed"  # one of the kind's own values
    RESOLUTION = "resolution"  # "1718 (2006)"
    NUMBER = "number"
    TEXT = "text"
    INSTRUMENT = "instrument"  # the code of a regime or a body


@dataclass(frozen=True, slots=True)
class CommitmentKind:
    """One kind of commitment. ``fact`` says what a record without a value records.

    ``values`` are the codes that may stand in a listed value (the resolutions best known where it is one), each
    with its name. ``authority`` is the label of the counterpart or authority, None where a record has none.
    Where not ``several``, one record of a State stands at a time. ``read_only``: it comes from the reference data
    alone. ``details_internal``: authority and note are for the office, whatever the record's handling.
    """

    code: str
    label: str
    value: ValueForm = ValueForm.NONE
    value_label: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    fact: str = ""
    authority: str | None = None
    needs_authority: bool = False
    several: bool = True
    stale_months: int = STALE_MONTHS
    read_only: bool = False
    details_internal: bool = False
    revisable: bool = False


_RESOLUTION = re.compile(r"(?:S/RES/)?\s*(\d{3,4})\s*\((\d{4})\)")
# Letters of other alphabets that look like those of a rating.
_LOOK_ALIKE = str.maketrans("СЕМНРАсемнраＣＥＭＮＰＡＬＨＳ", "CEMHPACEMHPACEMNPALHS")
_RATINGS_OF_RULES = {code: code for code in ("C", "LC", "PC", "NC", "NA")}

_KINDS = (
    CommitmentKind(
        "psi-endorsement",
        N_("Endorsement of the Proliferation Security Initiative"),
        fact=N_("endorsed"),
        several=False,
    ),
    CommitmentKind(
        "ship-boarding-agreement",
        N_("Ship-boarding agreement"),
        fact=N_("agreed"),
        authority=N_("Other party"),
        needs_authority=True,
    ),
    CommitmentKind(
        "body-membership",
        N_("Membership of the Financial Action Task Force or a regional body"),
        ValueForm.INSTRUMENT,
        N_("Body"),
        read_only=True,
    ),
    CommitmentKind(
        "regime-membership",
        N_("Participation in an export control regime"),
        ValueForm.INSTRUMENT,
        N_("Regime"),
        read_only=True,
    ),
    CommitmentKind(
        "mutual-evaluation-r7",
        N_("Mutual evaluation: Recommendation 7"),
        ValueForm.LISTED,
        N_("Rating"),
        _RATINGS_OF_RULES,
        authority=N_("Evaluating body"),
        several=False,
        stale_months=RATING_MONTHS,
        revisable=True,
    ),
    CommitmentKind(
        "mutual-evaluation-io11",
        N_("Mutual evaluation: Immediate Outcome 11"),
        ValueForm.LISTED,
        N_("Rating"),
        {
            "HE": N_("high level of effectiveness"),
            "SE": N_("substantial level of effectiveness"),
            "ME": N_("moderate level of effectiveness"),
            "LE": N_("low level of effectiveness"),
        },
        authority=N_("Evaluating body"),
        several=False,
        stale_months=RATING_MONTHS,
        revisable=True,
    ),
    CommitmentKind(
        "report-1718",
        N_("National report under resolution 1718 (2006) and its successors"),
        ValueForm.RESOLUTION,
        N_("Resolution"),
        {
            symbol: symbol
            for symbol in (
                "1718 (2006)",
                "1874 (2009)",
                "2094 (2013)",
                "2270 (2016)",
                "2321 (2016)",
                "2371 (2017)",
                "2375 (2017)",
                "2397 (2017)",
            )
        },
    ),
    CommitmentKind(
        "report-1737",
        N_("National report under resolution 1737 (2006) and its successors"),
        ValueForm.RESOLUTION,
        N_("Resolution"),
        {symbol: symbol for symbol in ("1737 (2006)", "1747 (2007)", "1803 (2008)", "1929 (2010)")},
    ),
    CommitmentKind(
        "report-1540",
        N_("Report to the 1540 Committee"),
        ValueForm.LISTED,
        N_("Kind of report"),
        {"first": N_("first report"), "additional": N_("additional information")},
    ),
    CommitmentKind(
        "action-plan",
        N_("Voluntary national action plan"),
        ValueForm.TEXT,
        N_("Title or years"),
        revisable=True,
    ),
    CommitmentKind(
        "contact-point",
        N_("Point of contact for resolution 1540 (2004)"),
        fact=N_("designated"),
        authority=N_("Authority"),
        several=False,
        details_internal=True,
    ),
    CommitmentKind(
        "designations",
        N_("Designations in force"),
        ValueForm.NUMBER,
        N_("Number of designations"),
        authority=N_("Authority or list"),
        needs_authority=True,
        revisable=True,
    ),
)
KINDS: Mapping[str, CommitmentKind] = {kind.code: kind for kind in _KINDS}
RECORDED_KINDS = tuple(kind for kind in _KINDS if not kind.read_only)


def spelled(kind: CommitmentKind, typed: str) -> str | None:
    """``typed`` as the record spells a value of that kind; None where its meaning is not certain.

    "s/res/1718(2006)" is "1718 (2006)"; "n.a." and "N/A" are NA; Cyrillic or full-width letters of a rating are
    what they look like.
    """
    text = " ".join(typed.split())
    if kind.value is ValueForm.NONE or not text:
        return None if text or kind.value not in (ValueForm.NONE, ValueForm.TEXT) else ""
    if kind.value is ValueForm.LISTED:
        bare = text.translate(_LOOK_ALIKE).replace("/", "").replace(".", "").casefold()
        return next((code for code in kind.values if bare == code.casefold()), None)
    if kind.value is ValueForm.RESOLUTION:
        found = _RESOLUTION.fullmatch(text.upper())
        return f"{found[1]} ({found[2]})" if found else None
    if kind.value is ValueForm.NUMBER:
        number = whole_number(text)
        return None if number is None else str(number)
    return text
