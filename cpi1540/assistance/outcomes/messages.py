"""The words for matches: how far they have come, what is done, why they end, what became of the fields."""

from collections.abc import Mapping

from cpi1540.assistance.outcomes.match import DeclineReason, Fulfilment, MatchAct, MatchStatus, Side
from cpi1540.assistance.outcomes.standing import Ending
from cpi1540.assistance.outcomes.thread import Outcome
from cpi1540.foundation.messages import N_

STATUS_NAMES: Mapping[MatchStatus, str] = {
    MatchStatus.PROPOSED: N_("Proposed"),
    MatchStatus.APPROACHED: N_("Provider approached"),
    MatchStatus.ACCEPTED: N_("Accepted by the provider"),
    MatchStatus.DECLINED: N_("Declined"),
    MatchStatus.AGREED: N_("Agreed by both sides"),
    MatchStatus.IN_DELIVERY: N_("In delivery"),
    MatchStatus.DELIVERED: N_("Delivered"),
    MatchStatus.CLOSED: N_("Match closed"),
    MatchStatus.WITHDRAWN: N_("Match withdrawn"),
}
SIDE_NAMES: Mapping[Side, str] = {
    Side.OFFICE: N_("recorded by the office"),
    Side.PROVIDER: N_("by the provider itself"),
    Side.REQUESTER: N_("by the requester itself"),
}
ACTS_DONE: Mapping[MatchAct, str] = {
    MatchAct.PROPOSE: N_("match proposed"),
    MatchAct.APPROACH: N_("provider approached"),
    MatchAct.ACCEPT: N_("provider accepted"),
    MatchAct.DECLINE: N_("match declined"),
    MatchAct.AGREE: N_("requester agreed"),
    MatchAct.BEGIN: N_("delivery began"),
    MatchAct.DELIVER: N_("assistance delivered"),
    MatchAct.FEEDBACK_REQUESTER: N_("feedback of the requester"),
    MatchAct.FEEDBACK_PROVIDER: N_("feedback of the provider"),
    MatchAct.CLOSE: N_("match closed"),
    MatchAct.WITHDRAW: N_("match withdrawn"),
}
# What somebody is asked to do: as the office says it, and as it is said to the side that acts for itself.
TO_DO: Mapping[MatchAct, str] = {
    MatchAct.APPROACH: N_("Approach the provider"),
    MatchAct.ACCEPT: N_("Await the provider’s answer, and record it"),
    MatchAct.DECLINE: N_("Record that the match is declined"),
    MatchAct.AGREE: N_("Await the requester’s agreement, and record it"),
    MatchAct.BEGIN: N_("Record the beginning of the delivery"),
    MatchAct.DELIVER: N_("Record the delivery"),
    MatchAct.FEEDBACK_REQUESTER: N_("Record the feedback of the requester"),
    MatchAct.FEEDBACK_PROVIDER: N_("Record the feedback of the provider"),
    MatchAct.CLOSE: N_("Close the match"),
    MatchAct.WITHDRAW: N_("Withdraw the match"),
}
OWN_TO_DO: Mapping[MatchAct, str] = {
    MatchAct.ACCEPT: N_("Say whether you accept"),
    MatchAct.DECLINE: N_("Decline with a reason"),
    MatchAct.AGREE: N_("Say whether you agree to this offer"),
    MatchAct.BEGIN: N_("Record the beginning of the delivery"),
    MatchAct.DELIVER: N_("Record the delivery"),
    MatchAct.FEEDBACK_REQUESTER: N_("Say how far your need was met"),
    MatchAct.FEEDBACK_PROVIDER: N_("Say how far the need was met"),
    MatchAct.WITHDRAW: N_("Withdraw the match"),
}
BUTTONS: Mapping[MatchAct, str] = {
    MatchAct.APPROACH: N_("Record: provider approached"),
    MatchAct.ACCEPT: N_("Record: provider accepted"),
    MatchAct.DECLINE: N_("Record: declined"),
    MatchAct.AGREE: N_("Record: requester agreed"),
    MatchAct.BEGIN: N_("Record: delivery began"),
    MatchAct.DELIVER: N_("Record: delivered"),
    MatchAct.FEEDBACK_REQUESTER: N_("Record the feedback"),
    MatchAct.FEEDBACK_PROVIDER: N_("Record the feedback"),
    MatchAct.CLOSE: N_("Close the match"),
    MatchAct.WITHDRAW: N_("Withdraw the match"),
}
OWN_BUTTONS: Mapping[MatchAct, str] = {
    **BUTTONS,
    MatchAct.ACCEPT: N_("Accept"),
    MatchAct.DECLINE: N_("Decline"),
    MatchAct.AGREE: N_("Agree"),
    MatchAct.FEEDBACK_REQUESTER: N_("Send the feedback"),
    MatchAct.FEEDBACK_PROVIDER: N_("Send the feedback"),
}
DECLINE_REASONS: Mapping[DeclineReason, str] = {
    DeclineReason.CAPACITY: N_("No capacity left"),
    DeclineReason.TIMING: N_("Not at that time"),
    DeclineReason.SUBJECT: N_("Not the subject of the programme"),
    DeclineReason.LANGUAGE: N_("Not in that language"),
    DeclineReason.ELIGIBILITY: N_("Not open to this requester"),
    DeclineReason.NOT_NEEDED: N_("No longer needed"),
    DeclineReason.OTHER: N_("Another reason"),
}
FULFILMENT_NAMES: Mapping[Fulfilment, str] = {
    Fulfilment.FULLY: N_("The need was met"),
    Fulfilment.PARTLY: N_("The need was met in part"),
    Fulfilment.NOT: N_("The need was not met"),
}
OUTCOME_NAMES: Mapping[Outcome | None, str] = {
    Outcome.FOUND: N_("changed to X"),
    Outcome.CHANGED: N_("changed, not to X"),
    Outcome.UNCHANGED: N_("unchanged"),
    Outcome.NOT_YET: N_("no later version yet"),
    None: N_("not delivered"),
}
ENDING_NAMES: Mapping[Ending, str] = {
    Ending.NEED: N_("The need was withdrawn."),
    Ending.REQUEST: N_("The request was withdrawn."),
}
ANSWER_NAMES: Mapping[str, str] = {
    **{each.value: told for each, told in ENDING_NAMES.items()},
    **{each.value: told for each, told in DECLINE_REASONS.items()},
    **{each.value: told for each, told in FULFILMENT_NAMES.items()},
}
NO_CAUSE = N_("That a code changed after a delivery does not say that the delivery changed it.")
