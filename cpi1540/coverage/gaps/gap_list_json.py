"""A State's gaps and the actions that close them, as the command line prints them."""

from collections.abc import Callable
from typing import Any

from cpi1540.coverage.figures_json import METHOD as METHOD_OF_FIGURES
from cpi1540.coverage.figures_json import figure_json, gap_json
from cpi1540.coverage.gaps.gap_action import Gain
from cpi1540.coverage.gaps.gap_list import GapList
from cpi1540.coverage.profile import Profile
from cpi1540.foundation.messages import Sentence

METHOD = (
    "A gap is an applicable counted field outside OP 1 that was reviewed and is not X. priority = sum of weight x "
    f"value of its factors. {METHOD_OF_FIGURES}"
)


def gaps_json(
    state: str,
    version: int | None,
    as_of: str,
    profile: Profile,
    found: GapList,
    gains: tuple[Gain, ...],
    say: Callable[[Sentence], str],
) -> dict[str, Any]:
    """The whole answer; ``say`` puts the reasons into the reader's language."""
    return {
        "state": state,
        "version": version,
        "as_of": as_of,
        "profile": profile.label,
        "gaps": [gap_json(gap, say) for gap in found.gaps],
        "not_reviewed": list(found.not_reviewed),
        "actions": [_gain_json(gain) for gain in gains],
        "method": METHOD,
    }


def _gain_json(gain: Gain) -> dict[str, Any]:
    action = gain.action
    return {
        "action": action.code if action else None,
        "names": dict(action.names) if action else None,
        "instrument": action.instrument.value if action else None,
        "request_kind": action.request_kind if action else None,
        "mandates": [
            {"organization": mandate.code, "source": mandate.url, "provisional": mandate.provisional}
            for mandate in (action.mandates if action else ())
        ],
        "fields": list(gain.fields),
        "figure_of": gain.section or "asked",
        "before": figure_json(gain.before, several=False),
        "after": figure_json(gain.after, several=False),
    }
