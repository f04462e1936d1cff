"""The way of a version, as a table: from which step which act leads where, who may do it, what it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.foundation.messages import N_
from cpi1540.matrix.record import Status


class Act(StrEnum):
    """What moves a version from one step to another."""

    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    RETURN = "return"
    SEND = "send"
    RECALL = "recall"
    AGREE = "agree"
    REOPEN = "reopen"
    APPROVE = "approve"


class Part(StrEnum):
    """Whose act it is: the desk officer's who writes, or the reviewer's who did not write."""

    OFFICER = "officer"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table. ``independent``: not by one who wrote or submitted the draft."""

    act: Act
    start: Status
    end: Status
    part: Part
    reason: bool = False  # a reason must be given
    independent: bool = False
    sound: bool = False  # no error found, each warning with a reason
    answered: bool = False  # no proposal of the State without an answer
    due: bool = False  # a date by which the State is asked to answer
    document: bool = False  # the Committee's symbol and date of approval


MOVES = (
    Move(Act.SUBMIT, Status.DRAFT, Status.IN_REVIEW, Part.OFFICER, sound=True),
    Move(Act.TAKE_BACK, Status.IN_REVIEW, Status.DRAFT, Part.OFFICER, reason=True),
    Move(Act.RETURN, Status.IN_REVIEW, Status.DRAFT, Part.REVIEWER, reason=True),
    Move(Act.SEND, Status.IN_REVIEW, Status.WITH_STATE, Part.REVIEWER, independent=True, sound=True, due=True),
    Move(Act.RECALL, Status.WITH_STATE, Status.DRAFT, Part.REVIEWER, reason=True),
    Move(Act.AGREE, Status.WITH_STATE, Status.AGREED, Part.REVIEWER, independent=True, sound=True, answered=True),
    Move(Act.REOPEN, Status.AGREED, Status.DRAFT, Part.REVIEWER, reason=True),
    Move(Act.APPROVE, Status.AGREED, Status.APPROVED, Part.REVIEWER, independent=True, document=True),
)

ACT_NAMES: Mapping[Act, str] = {
    Act.SUBMIT: N_("Submit for review"),
    Act.TAKE_BACK: N_("Take back from review"),
    Act.RETURN: N_("Return to the desk officer"),
    Act.SEND: N_("Send to the State for comment"),
    Act.RECALL: N_("Recall from the State"),
    Act.AGREE: N_("Record agreement"),
    Act.REOPEN: N_("Open again"),
    Act.APPROVE: N_("Record the Committee’s approval"),
}
ACT_DONE: Mapping[Act, str] = {
    Act.SUBMIT: N_("submitted for review"),
    Act.TAKE_BACK: N_("taken back from review"),
    Act.RETURN: N_("returned to the desk officer"),
    Act.SEND: N_("sent to the State for comment"),
    Act.RECALL: N_("recalled from the State"),
    Act.AGREE: N_("agreement recorded"),
    Act.REOPEN: N_("opened again"),
    Act.APPROVE: N_("approval by the Committee recorded"),
}

# Entries change while the office writes, and while it answers what the State proposes.
WRITABLE = (Status.DRAFT,)
ANSWERABLE = (Status.WITH_STATE,)


def move(start: Status, act: Act) -> Move | None:
    """The line of the table for ``act`` from ``start``; None when that step does not know the act."""
    return next((each for each in MOVES if each.start is start and each.act is act), None)


def moves_from(start: Status) -> tuple[Move, ...]:
    """The acts that a version at that step knows, the way forward first."""
    order = list(Status)
    return tuple(sorted((each for each in MOVES if each.start is start), key=lambda each: -order.index(each.end)))
