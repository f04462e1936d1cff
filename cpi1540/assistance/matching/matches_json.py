"""Matches and plans as JSON, as the command line prints them."""

from collections.abc import Callable, Iterable

from cpi1540.assistance.matching.ranking import Candidate, Explained, NearMiss
from cpi1540.assistance.planning.plan import Plan
from cpi1540.foundation.messages import Sentence

Say = Callable[[Sentence], str]
Mandated = tuple[str, Sentence]  # a provider whose mandate fits though it has no offer on record, and why


def match_json(request: str, needs: Iterable[tuple[Explained, Iterable[Mandated]]], say: Say) -> dict[str, object]:
    """The document of ``assistance match``: needs in order, best first within each; ``say`` gives the words."""
    return {
        "request": request,
        "needs": [
            {
                "need": told.need,
                "candidates": [_candidate(each, say) for each in told.candidates],
                "near_misses": [_near_miss(each, say) for each in told.near_misses],
                "mandates": [{"provider": provider, "because": say(because)} for provider, because in mandates],
            }
            for told, mandates in needs
        ],
    }


def plan_json(plan: Plan, say: Say) -> dict[str, object]:
    """The document of ``assistance plan``, by need."""
    return {
        "fairness": plan.fairness,
        "assignments": [
            {
                "request": each.request,
                "need": each.need,
                "offer": each.offer,
                "score": each.score,
                "value": each.value,
            }
            for each in plan.assignments
        ],
        "total": plan.total,
        "upper_bound": plan.upper_bound,
        "greedy_total": plan.greedy_total,
        "relative_gap": plan.relative_gap,
        "unmet": [{"need": each.need, "because": say(each.because)} for each in plan.unmet],
    }


def _candidate(candidate: Candidate, say: Say) -> dict[str, object]:
    return {
        "offer": candidate.offer,
        "provider": candidate.provider,
        "score": candidate.score,
        "factors": [factor.told(say) for factor in candidate.factors],
    }


def _near_miss(miss: NearMiss, say: Say) -> dict[str, object]:
    return {
        "offer": miss.offer,
        "provider": miss.provider,
        "blocked_by": [{"filter": each.filter, "because": say(each.because)} for each in miss.obstacles],
    }
