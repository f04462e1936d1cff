"""Today in New York, the holidays the operator loaded, and the days on which the Committee was briefed."""

import datetime
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, select

from cpi1540.assistance.actions import LOAD_HOLIDAYS, REGISTER_REQUEST
from cpi1540.assistance.procedure.briefing_days import BRIEFING_MONTHS, months_before
from cpi1540.assistance.procedure.tables import CommitteeBriefingRow, HolidayRow
from cpi1540.assistance.procedure.workdays import Holidays
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import sentence

NEW_YORK = ZoneInfo("America/New_York")


def today() -> datetime.date:
    """Today's date in New York, where the procedure's clock runs."""
    return now().astimezone(NEW_YORK).date()


def holidays() -> Holidays:
    """The holidays loaded."""
    return Holidays.of(db.session.scalars(select(HolidayRow.day)))


def named_holidays() -> dict[datetime.date, str]:
    """Day -> its name, sorted."""
    rows = db.session.execute(select(HolidayRow.day, HolidayRow.name).order_by(HolidayRow.day))
    return dict(rows.all())


def load_holidays(days: Mapping[datetime.date, str], actor: Actor) -> tuple[int, ...]:
    """Record the holidays of one or more years in place of those recorded for the same years; returns the years.

    The same table again changes nothing and leaves no trace.
    """
    ensure(actor, LOAD_HOLIDAYS)
    if not days:
        raise DomainError(sentence("The table names no day."))
    years = tuple(sorted({day.year for day in days}))
    before = {day: name for day, name in named_holidays().items() if day.year in years}
    if before == dict(days):
        return years
    db.session.execute(delete(HolidayRow).where(HolidayRow.day.in_(list(before))))
    db.session.execute(insert(HolidayRow), [{"day": day, "name": name} for day, name in sorted(days.items())])
    audit.record(
        actor.id, "holidays.load", [f"holidays:{year}" for year in years], [{"days": [str(d) for d in sorted(days)]}]
    )
    return years


def last_briefing(*, practice: bool, before: datetime.date) -> datetime.date:
    """The latest day before ``before`` on which the Committee was briefed; two months earlier when none is recorded."""
    query = select(func.max(CommitteeBriefingRow.day)).where(
        CommitteeBriefingRow.practice.is_(practice), CommitteeBriefingRow.day < before
    )
    return db.session.scalar(query) or months_before(before, BRIEFING_MONTHS)


def record_briefing(day: datetime.date, actor: Actor, *, practice: bool) -> None:
    """Record that the Committee was briefed on ``day``; the same day again changes nothing."""
    ensure(actor, REGISTER_REQUEST)
    if day > today():
        raise DomainError(sentence("The date lies in the future."))
    key = (CommitteeBriefingRow.practice.is_(practice), CommitteeBriefingRow.day == day)
    if db.session.scalar(select(CommitteeBriefingRow.day).where(*key)):
        return
    db.session.execute(insert(CommitteeBriefingRow).values(practice=practice, day=day, actor=actor.id, at=now()))
    audit.record(actor.id, "committee.brief", [f"briefing:{day}"], [{"practice": practice}])
