"""Since when a need was asked and withdrawn, how an offer stood when, how many needs of a request are met at once.

What happened before is told as far as it was recorded: a need by the audit, an offer by when it was last changed. The
audit does not name the needs that a State left out of its own request, or added to it: the first are told to have stood
until the State last changed the request, the second to have come with it.
"""

import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from cpi1540.foundation.database import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_NEW_YORK = ZoneInfo("America/New_York")


def upgrade() -> None:
    op.add_column("assistance_request", sa.Column("most_needs", sa.Integer(), nullable=True))
    op.add_column("assistance_need", sa.Column("added_on", sa.Date(), nullable=True))
    op.add_column("assistance_need", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    term = op.create_table(
        "offer_term",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_offer_term_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", "since", name=op.f("pk_offer_term")),
    )
    connection = op.get_bind()
    terms = [row for each in connection.execute(_offers()) for row in _terms(each)]
    if terms:
        connection.execute(sa.insert(term), terms)
    for need, days in _days_of_needs(connection).items():
        connection.execute(sa.update(_NEED).where(_NEED.c.id == need).values(**days))


def downgrade() -> None:
    op.drop_table("offer_term")
    op.drop_column("assistance_need", "withdrawn_on")
    op.drop_column("assistance_need", "added_on")
    op.drop_column("assistance_request", "most_needs")


_PROVIDER = sa.table(
    "provider", sa.column("id"), sa.column("withdrawn", sa.Boolean()), sa.column("changed_at", Instant())
)
_OFFER = sa.table(
    "offer",
    *(sa.column(name) for name in ("id", "provider_id")),
    sa.column("withdrawn", sa.Boolean()),
    *(sa.column(name, sa.Date()) for name in ("valid_from", "valid_to")),
    *(sa.column(name, Instant()) for name in ("registered_at", "changed_at")),
)
_REQUEST = sa.table("assistance_request", *(sa.column(name) for name in ("id", "practice", "year", "number")))
_NEED = sa.table(
    "assistance_need",
    *(sa.column(name) for name in ("id", "request_id", "number", "status")),
    *(sa.column(name, sa.Date()) for name in ("added_on", "withdrawn_on")),
)
_EVENT = sa.table(
    "audit_event", sa.column("id"), sa.column("at", Instant()), sa.column("action"), sa.column("changes", sa.JSON())
)
_SUBJECT = sa.table("audit_subject", sa.column("event_id"), sa.column("subject"))


def _offers() -> sa.Select:
    gives = _PROVIDER.c.changed_at.label("provider_changed"), _PROVIDER.c.withdrawn.label("provider_withdrawn")
    return sa.select(_OFFER, *gives).join_from(_OFFER, _PROVIDER, _PROVIDER.c.id == _OFFER.c.provider_id)


def _terms(row: sa.Row) -> list[dict]:
    registered = _day(row.registered_at)
    first = min(row.valid_from or registered, registered)
    valid = {"offer_id": row.id, "valid_from": row.valid_from, "valid_to": row.valid_to}
    ends = [_day(row.changed_at)] if row.withdrawn else []
    ends += [_day(row.provider_changed)] if row.provider_withdrawn else []
    if ends and min(ends) <= first:
        return [{**valid, "since": first, "withdrawn": True}]
    found = [{**valid, "since": first, "withdrawn": False}]
    return [*found, {**valid, "since": min(ends), "withdrawn": True}] if ends else found


def _days_of_needs(connection: sa.Connection) -> dict[int, dict[str, datetime.date]]:
    """Key of a need -> the days on which it was added, and last withdrawn, as far as the audit says so."""
    query = sa.select(_NEED, _REQUEST.c.practice, _REQUEST.c.year, _REQUEST.c.number.label("of"))
    query = query.join_from(_NEED, _REQUEST, _REQUEST.c.id == _NEED.c.request_id)
    known = {f"{_request_id(row)}/{row.number}": row for row in connection.execute(query)}
    if not known:
        return {}
    changed = _last_changed_by_states(connection)
    found: dict[int, dict[str, datetime.date]] = {
        need.id: {"withdrawn_on": changed[_request_id(need)]}
        for need in known.values()
        if need.status == "withdrawn" and _request_id(need) in changed
    }
    actions = ("request.need", "request.need-withdraw", "request.need-status")
    for event in connection.execute(sa.select(_EVENT).where(_EVENT.c.action.in_(actions)).order_by(_EVENT.c.id)):
        for change in event.changes:
            need = known.get(change.get("need"))
            if need is None:
                continue
            if event.action == "request.need":
                found.setdefault(need.id, {})["added_on"] = _day(event.at)
            elif need.status == "withdrawn" and change.get("status", "withdrawn") == "withdrawn":
                found.setdefault(need.id, {})["withdrawn_on"] = _day(event.at)
    return found


def _last_changed_by_states(connection: sa.Connection) -> dict[str, datetime.date]:
    """Identifier of a request -> the day on which its State last changed it: those lines alone count the needs."""
    query = sa.select(_EVENT.c.at, _EVENT.c.changes, _SUBJECT.c.subject)
    query = query.join_from(_EVENT, _SUBJECT, _SUBJECT.c.event_id == _EVENT.c.id).order_by(_EVENT.c.id)
    query = query.where(_EVENT.c.action == "request.change", _SUBJECT.c.subject.startswith("request:"))
    return {
        event.subject.removeprefix("request:"): _day(event.at)
        for event in connection.execute(query)
        if any("needs" in change for change in event.changes)
    }


def _request_id(need: sa.Row) -> str:
    return f"{'X' if need.practice else ''}R-{need.year:04}-{need.of:03}"


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(_NEW_YORK).date()
