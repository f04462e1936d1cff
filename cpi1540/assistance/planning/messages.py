"""The sentences of plans: the offer that is missing, and what is decided of a pair."""

from collections.abc import Mapping

from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.planning.decision import DecisionKind
from cpi1540.assistance.planning.plan import Missing
from cpi1540.foundation.messages import N_, Sentence, plural_sentence

DECISION_NAMES: Mapping[DecisionKind, str] = {
    DecisionKind.LOCK: N_("Locked"),
    DecisionKind.NEVER: N_("Ruled out"),
}
PAST_NAMES: Mapping[str, str] = {
    "lock": N_("locked"),
    "never": N_("ruled out"),
    "free": N_("left to the plan again"),
    "estimate": N_("estimated"),
}
METHOD = N_(
    "Each need takes at most one offer, within the places, days and budgets that offers and providers state. The plan "
    "is chosen over all pairs at once by a linear program; where days, budgets or smallest groups bind, it is rounded "
    "and repaired. Best pair first takes the highest score again and again, for comparison. No plan can be worth more "
    "than the upper bound."
)


def missing_sentence(missing: Missing, languages: str, row: str) -> Sentence:
    """The offer that nobody makes; ``languages`` and ``row`` are its words, "" where needs name none."""
    n, kind = len(missing.needs), Sentence(KIND_NAMES[missing.kind])
    if languages and row:
        return plural_sentence(
            "%(kind)s in %(languages)s on “%(row)s”: %(n)s need, no offer",
            "%(kind)s in %(languages)s on “%(row)s”: %(n)s needs, no offer",
            n,
            kind=kind,
            languages=languages,
            row=row,
        )
    if row:
        return plural_sentence(
            "%(kind)s on “%(row)s”: %(n)s need, no offer",
            "%(kind)s on “%(row)s”: %(n)s needs, no offer",
            n,
            kind=kind,
            row=row,
        )
    if languages:
        return plural_sentence(
            "%(kind)s in %(languages)s: %(n)s need, no offer",
            "%(kind)s in %(languages)s: %(n)s needs, no offer",
            n,
            kind=kind,
            languages=languages,
        )
    return plural_sentence("%(kind)s: %(n)s need, no offer", "%(kind)s: %(n)s needs, no offer", n, kind=kind)
