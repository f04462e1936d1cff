"""The Committee's procedure of October 2010 as a table: from which step which act leads where, and what is due.

Informal requests are handled apart: no windows, only match-making, offers and the follow-up. What a focal
point submitted here waits at the first step for its note verbale. Historical requests have no step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cpi1540.foundation.messages import N_

OBJECTION_DAYS = 5


class Step(IntEnum):
    """The steps of the procedure, by their numbers there."""

    AUTHENTICATE = 1
    CIRCULATE = 2
    ACKNOWLEDGE = 3
    SEND = 4
    POST = 5
    MATCH = 6
    OFFERS = 7
    FOLLOW_UP = 8
    WORKING_GROUP = 9


class Act(StrEnum):
    """What is recorded of a request, with its date."""

    REGISTER_NOTE = "register-note"
    AUTHENTICATE = "authenticate"
    CIRCULATE = "circulate"
    ACKNOWLEDGE = "acknowledge"
    SEND = "send-to-providers"
    POST = "post-summary"
    RECEIVE_OFFER = "receive-offer"
    CIRCULATE_OFFER = "circulate-offer"
    ACKNOWLEDGE_OFFER = "acknowledge-offer"
    INFORM_REQUESTER = "inform-requester"
    FOLLOW_UP = "follow-up"
    REFER = "refer"
    RETURN = "return"
    OBJECT_TO_SENDING = "object-to-sending"
    AGREE_TO_SENDING = "agree-to-sending"
    OBJECT_TO_POSTING = "object-to-posting"
    CONSENT = "consent"
    REFUSE_CONSENT = "refuse-consent"
    WITHDRAW = "withdraw"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: ``act`` leads from any step of ``starts`` to ``end``; None: where it stood."""

    act: Act
    starts: frozenset[Step]
    end: Step | None


def _line(act: Act, end: Step | None, *starts: Step) -> Move:
    return Move(act, frozenset(starts), end)


_UNDER_WAY = tuple(step for step in Step if step is not Step.WORKING_GROUP)
WITH_PROVIDERS = (Step.MATCH, Step.OFFERS, Step.FOLLOW_UP)
MOVES = (
    _line(Act.AUTHENTICATE, Step.CIRCULATE, Step.AUTHENTICATE),
    _line(Act.CIRCULATE, Step.ACKNOWLEDGE, Step.CIRCULATE),
    _line(Act.ACKNOWLEDGE, Step.SEND, Step.ACKNOWLEDGE),
    _line(Act.SEND, Step.POST, Step.SEND),
    _line(Act.POST, Step.MATCH, Step.POST),
    _line(Act.RECEIVE_OFFER, Step.OFFERS, *WITH_PROVIDERS),
    _line(Act.CIRCULATE_OFFER, Step.OFFERS, Step.OFFERS),
    _line(Act.ACKNOWLEDGE_OFFER, Step.OFFERS, Step.OFFERS),
    _line(Act.INFORM_REQUESTER, Step.FOLLOW_UP, Step.OFFERS),
    _line(Act.FOLLOW_UP, Step.FOLLOW_UP, *WITH_PROVIDERS),
    _line(Act.FOLLOW_UP, None, *(step for step in Step if step not in WITH_PROVIDERS)),
    _line(Act.REFER, Step.WORKING_GROUP, *_UNDER_WAY),
    _line(Act.RETURN, None, Step.WORKING_GROUP),
    _line(Act.OBJECT_TO_SENDING, None, *_UNDER_WAY[:4], Step.WORKING_GROUP),
    _line(Act.AGREE_TO_SENDING, None, *Step),
    _line(Act.OBJECT_TO_POSTING, None, *_UNDER_WAY[:5], Step.WORKING_GROUP),
    _line(Act.CONSENT, None, *Step),
    _line(Act.REFUSE_CONSENT, None, *Step),
)
# What passes a step over (a word of the requester, or that it was done before), and the step that follows then.
PASSED_OVER: Mapping[Step, tuple[frozenset[Act], Step]] = {
    Step.SEND: (frozenset({Act.OBJECT_TO_SENDING, Act.SEND}), Step.POST),
    Step.POST: (frozenset({Act.OBJECT_TO_POSTING, Act.REFUSE_CONSENT, Act.POST}), Step.MATCH),
}
# A later word takes an earlier one back.
TAKES_BACK: Mapping[Act, frozenset[Act]] = {
    Act.AGREE_TO_SENDING: frozenset({Act.OBJECT_TO_SENDING}),
    Act.CONSENT: frozenset({Act.REFUSE_CONSENT, Act.OBJECT_TO_POSTING}),
    Act.REFUSE_CONSENT: frozenset({Act.CONSENT}),
    Act.OBJECT_TO_POSTING: frozenset({Act.CONSENT}),
}
# Acts that the requester's words are; all others are the Committee's or the office's.
WORDS = frozenset({Act.OBJECT_TO_SENDING, Act.AGREE_TO_SENDING, Act.OBJECT_TO_POSTING, Act.CONSENT, Act.REFUSE_CONSENT})
NEXT_OF: Mapping[Step, Act] = {
    Step.AUTHENTICATE: Act.AUTHENTICATE,
    Step.CIRCULATE: Act.CIRCULATE,
    Step.ACKNOWLEDGE: Act.ACKNOWLEDGE,
    Step.SEND: Act.SEND,
    Step.POST: Act.POST,
    Step.MATCH: Act.RECEIVE_OFFER,
    Step.OFFERS: Act.CIRCULATE_OFFER,
    Step.FOLLOW_UP: Act.FOLLOW_UP,
    Step.WORKING_GROUP: Act.RETURN,
}
ON_AN_OFFER = (Act.CIRCULATE_OFFER, Act.ACKNOWLEDGE_OFFER, Act.INFORM_REQUESTER)

STEP_NAMES: Mapping[Step, str] = {
    Step.AUTHENTICATE: N_("Authenticate"),
    Step.CIRCULATE: N_("Circulate to the Committee"),
    Step.ACKNOWLEDGE: N_("Acknowledge"),
    Step.SEND: N_("Send to potential providers"),
    Step.POST: N_("Post a summary"),
    Step.MATCH: N_("Informal match-making"),
    Step.OFFERS: N_("Offers"),
    Step.FOLLOW_UP: N_("Follow-up"),
    Step.WORKING_GROUP: N_("Working group"),
}
NEXT_ACTS: Mapping[Act, str] = {
    Act.REGISTER_NOTE: N_("Register the note verbale when it comes"),
    Act.AUTHENTICATE: N_("Authenticate the request"),
    Act.CIRCULATE: N_("Circulate the request to the members and experts of the Committee"),
    Act.ACKNOWLEDGE: N_("Acknowledge the request in a letter of the Chair"),
    Act.SEND: N_("Send the request to potential providers"),
    Act.POST: N_("Post a summary of the request"),
    Act.RECEIVE_OFFER: N_("Look for a match, and record the offer that comes"),
    Act.CIRCULATE_OFFER: N_("Circulate the offer to the Committee"),
    Act.ACKNOWLEDGE_OFFER: N_("Acknowledge the offer"),
    Act.INFORM_REQUESTER: N_("Inform the requester of the offer"),
    Act.FOLLOW_UP: N_("Follow up on the request"),
    Act.RETURN: N_("Await the working group, and record its return"),
    Act.CLOSE: N_("Close the request, or go on with match-making"),
}
ACTS_DONE: Mapping[Act, str] = {
    Act.REGISTER_NOTE: N_("note verbale registered"),
    Act.AUTHENTICATE: N_("request authenticated"),
    Act.CIRCULATE: N_("circulated to the Committee"),
    Act.ACKNOWLEDGE: N_("acknowledged by the Chair"),
    Act.SEND: N_("sent to potential providers"),
    Act.POST: N_("summary posted"),
    Act.RECEIVE_OFFER: N_("offer received"),
    Act.CIRCULATE_OFFER: N_("offer circulated"),
    Act.ACKNOWLEDGE_OFFER: N_("offer acknowledged"),
    Act.INFORM_REQUESTER: N_("requester informed of the offer"),
    Act.FOLLOW_UP: N_("followed up"),
    Act.REFER: N_("referred to the working group"),
    Act.RETURN: N_("returned by the working group"),
    Act.OBJECT_TO_SENDING: N_("requester objected to sending"),
    Act.AGREE_TO_SENDING: N_("requester took the objection to sending back"),
    Act.OBJECT_TO_POSTING: N_("requester objected to posting"),
    Act.CONSENT: N_("requester consented to publication"),
    Act.REFUSE_CONSENT: N_("requester refused publication"),
    Act.WITHDRAW: N_("withdrawn"),
    Act.CLOSE: N_("closed"),
}


def move(step: Step, act: Act) -> Step | None:
    """Where ``act`` leads from ``step``; None when that step does not know the act.

    An act that leads nowhere else gives the step itself: words of the requester, and a return, which leads
    back to where the referral began (see ``course``).
    """
    for line in MOVES:
        if line.act is act and step in line.starts:
            return step if line.end is None else line.end
    return None


def acts_from(step: Step) -> tuple[Act, ...]:
    """The acts that a step knows, in the table's order."""
    return tuple(line.act for line in MOVES if step in line.starts)
