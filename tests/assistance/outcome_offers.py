"""Providers and offers quickly written, and a match on the way, for tests of what comes of them."""

import datetime

from assistance_people import COORDINATOR, TRANSIT, register
from desk_people import person
from sqlalchemy import func, insert, select

from cpi1540.assistance.offers.offer import offer_id, provider_id
from cpi1540.assistance.offers.tables import OfferFieldRow, OfferRow, ProviderPersonRow, ProviderRow
from cpi1540.assistance.outcomes.match import MatchAct
from cpi1540.assistance.outcomes.service import deciding, proposing
from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Kind
from cpi1540.assistance.requests.service import acts
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import db, now, transaction

GIVER = person("giver", Role.PROVIDER_CONTACT)
OTHER_GIVER = person("other-giver", Role.PROVIDER_CONTACT)
D = datetime.date
TENTH = D(2026, 11, 10)
TO_PROVIDERS = (
    (Act.AUTHENTICATE, D(2026, 11, 3)),
    (Act.CIRCULATE, D(2026, 11, 3)),
    (Act.ACKNOWLEDGE, D(2026, 11, 3)),
    (Act.SEND, D(2026, 11, 11)),
)


def provider(name: str, *keepers: str, practice: bool = False) -> str:
    """A provider whose programmes some people keep; its identifier."""
    with transaction():
        number = (
            db.session.scalar(select(func.max(ProviderRow.number)).where(ProviderRow.practice == practice)) or 0
        ) + 1
        key = db.session.execute(
            insert(ProviderRow)
            .values(
                practice=practice,
                number=number,
                names={"en": name},
                kind="international",
                mandate_texts={},
                mandate_title="",
                mandate_url="",
                mandate_fields="",
                contact="secret@giver.example",
                language="en",
                source="",
                handling="public",
                registered_at=now(),
                registered_by="test",
                changed_at=now(),
                search="",
            )
            .returning(ProviderRow.id)
        ).scalar_one()
        rows = [{"provider_id": key, "actor": each, "given_at": now(), "given_by": "test"} for each in keepers]
        if rows:
            db.session.execute(insert(ProviderPersonRow), rows)
    return provider_id(practice, number)


def offer(of: str, *fields: str, kinds: tuple[Kind, ...] = (Kind.TRAINING,), title: str = "Course on transit") -> str:
    """An offer of a provider for some fields; its identifier."""
    practice = of.startswith("X")
    with transaction():
        key = db.session.execute(
            select(ProviderRow.id).where(
                ProviderRow.practice == practice, ProviderRow.number == int(of.rpartition("-")[2])
            )
        ).scalar_one()
        number = (db.session.scalar(select(func.max(OfferRow.number)).where(OfferRow.practice == practice)) or 0) + 1
        made = db.session.execute(
            insert(OfferRow)
            .values(
                practice=practice,
                number=number,
                provider_id=key,
                title=title,
                language="en",
                description="",
                kinds=" ".join(kinds),
                domains="nw",
                eligible="",
                excluded="",
                languages="en fr",
                places=3,
                min_group=1,
                conditions="",
                contact="",
                source="",
                last_confirmed=D(2026, 10, 1),
                handling="restricted",
                registered_at=now(),
                registered_by="test",
                changed_at=now(),
                search="",
            )
            .returning(OfferRow.id)
        ).scalar_one()
        rows = [{"offer_id": made, "field": key, "section": key.partition(".")[0]} for key in fields or TRANSIT]
        db.session.execute(insert(OfferFieldRow), rows)
    return offer_id(practice, number)


def circulated(**values: object) -> str:
    """A request of Kenya that was sent to potential providers; its identifier."""
    identifier = register(**values)
    with transaction():
        for act, on in TO_PROVIDERS:
            acts.record_act(identifier, act, COORDINATOR, on=on)
    return identifier


def proposed(request: str, offered: str, *further: MatchAct, on: datetime.date = TENTH) -> str:
    """A match of the first need with an offer, proposed and led further by the coordinator; its identifier."""
    with transaction():
        match = proposing.propose(request, 1, offered, COORDINATOR, on=on)
        for act in further:
            answer = {MatchAct.DECLINE: "capacity", MatchAct.FEEDBACK_REQUESTER: "fully"}.get(act, "")
            deciding.record_act(match, act, COORDINATOR, on=on, answer=answer, note="because")
    return match
