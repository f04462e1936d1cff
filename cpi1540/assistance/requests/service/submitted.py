"""What a focal point submitted, changed by the State itself until its note verbale is registered."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from cpi1540.assistance.actions import SUBMIT_REQUEST
from cpi1540.assistance.outcomes.match import Side
from cpi1540.assistance.outcomes.service.ending import end_matches
from cpi1540.assistance.outcomes.standing import Ending
from cpi1540.assistance.procedure.service import calendar
from cpi1540.assistance.requests.checking import Faulty, faults, need_faults
from cpi1540.assistance.requests.request import NeedStatus, NeedValues, Request, RequestValues, Status
from cpi1540.assistance.requests.service import reading
from cpi1540.assistance.requests.service.course_keeping import hold, renew
from cpi1540.assistance.requests.service.need_rows import insert_needs, need_columns, write_fields
from cpi1540.assistance.requests.tables import NeedRow, RequestRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.service import layouts


class TooLate(DomainError):
    """The State cannot change the request any more."""

    def __init__(self) -> None:
        super().__init__(
            sentence("Only the office changes this request now: its note verbale is registered, or it came to an end.")
        )


# What the State says itself; the rest was made by submitting.
WORDS = ("language", "title", "text", "contact")


def may_change(request: Request) -> bool:
    """Whether it is a request that its State may still change."""
    return request.submitted and request.status is Status.OPEN and len(request.values.requester.states) == 1


def own(identifier: str, actor: Actor, *, practice: bool | None = None) -> Request:
    """The request as its State entered it, the contact included, without needs that were withdrawn.

    NotFound as in ``reading.find``; TooLate once its note verbale is registered or it came to an end.
    """
    readable = reading.find(identifier, actor, practice=practice)
    condition = reading.condition_of(identifier, practice)
    if condition is None or not may_change(readable):
        raise TooLate
    ensure(actor, SUBMIT_REQUEST, readable.values.requester.states[0])
    (found,) = reading.requests_where(condition)
    return found


def needs_of(request: Request) -> list[tuple[int, NeedValues]]:
    """(number, values) of the needs that were not withdrawn."""
    return [(need.number, need.values) for need in request.needs if need.status is not NeedStatus.WITHDRAWN]


def change(
    identifier: str,
    values: RequestValues,
    needs: Sequence[tuple[int, NeedValues]],
    actor: Actor,
    *,
    revision: int,
) -> None:
    """Record the State's words and its needs anew; ``revision`` is the one they were read at.

    ``needs`` are (number, values): a number that the request does not have adds a need, a need that is not among
    them is withdrawn with its matches, so that numbers keep their meaning. Stale when somebody saved first; Faulty
    says what is wrong.
    """
    before = own(identifier, actor)
    held = hold(identifier)
    before = own(identifier, actor)  # again: the note verbale may have been registered meanwhile
    if held.revision != revision:
        raise Stale(sentence("Somebody else changed this request meanwhile. Read it again before you save."))
    told = {part: getattr(values, part).strip() for part in WORDS}
    found = faults(values, calendar.today()) + need_faults([need for _number, need in needs], layouts.layout())
    if found:
        raise Faulty(found)
    db.session.execute(update(RequestRow).where(RequestRow.id == held.key).values(**told, revision=revision + 1))
    left_out = _write_needs(held.key, dict(needs_of(before)), needs)
    if left_out:
        end_matches(identifier, Ending.NEED, on=calendar.today(), side=Side.REQUESTER, actor=actor, needs=left_out)
    renew(held)
    changes = [{"part": part} for part in WORDS if getattr(before.values, part) != told[part]]
    subjects = [f"request:{identifier}", *(f"state:{code}" for code in before.values.requester.states)]
    audit.record(actor.id, "request.change", subjects, [*changes, {"needs": len(needs)}])


def _write_needs(key: int, known: dict[int, NeedValues], needs: Sequence[tuple[int, NeedValues]]) -> list[int]:
    """Write the needs with a known number anew, withdraw those left out, add the rest under the next numbers.

    Returns the numbers of those left out.
    """
    kept: dict[int, NeedValues] = {}
    added: list[NeedValues] = []
    for number, need in needs:
        if number in known and number not in kept:
            kept[number] = need
        else:
            added.append(need)
    own_needs = NeedRow.request_id == key
    keys = dict(db.session.execute(select(NeedRow.number, NeedRow.id).where(own_needs)).all())
    for number, need in kept.items():
        db.session.execute(update(NeedRow).where(NeedRow.id == keys[number]).values(**need_columns(need)))
    write_fields([(keys[number], need) for number, need in kept.items()])
    left_out = sorted(known.keys() - kept.keys())
    db.session.execute(
        update(NeedRow)
        .where(own_needs, NeedRow.number.in_(left_out))
        .values(status=NeedStatus.WITHDRAWN, withdrawn_on=calendar.today())
    )
    highest = db.session.scalar(select(func.max(NeedRow.number)).where(own_needs)) or 0
    insert_needs(key, added, highest + 1, added_on=calendar.today())
    return left_out
