"""Providers of assistance, their programmes on offer, and whose account keeps them."""

import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class ProviderRow(Base):
    """A provider. ``names`` and ``mandate_texts`` have a text for some languages; words of lists are set apart by
    blanks. Where ``code`` stands it came from the reference data, and is refreshed from there at revision 0.
    """

    __tablename__ = "provider"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice: Mapped[bool] = mapped_column(Boolean)
    number: Mapped[int]
    code: Mapped[str | None] = mapped_column(String(40))
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String(16))
    state_id: Mapped[int | None] = mapped_column(ForeignKey("state.id"))
    mandate_texts: Mapped[dict[str, str]] = mapped_column(JSON)
    mandate_title: Mapped[str] = mapped_column(Text)
    mandate_url: Mapped[str] = mapped_column(Text)
    mandate_dated: Mapped[datetime.date | None] = mapped_column(Date)
    mandate_fields: Mapped[str] = mapped_column(Text)  # "op3cd.transit op1.bwc"
    contact: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))  # in which the contact is written to
    places: Mapped[int | None]
    source: Mapped[str] = mapped_column(Text)
    handling: Mapped[str] = mapped_column(String(10))
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)
    revision: Mapped[int] = mapped_column(default=0)
    registered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    registered_by: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    search: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("practice", "number"),
        UniqueConstraint("practice", "code"),
        CheckConstraint("kind IN ('state', 'international', 'regional', 'subregional', 'other')", name="kind"),
        CheckConstraint("handling IN ('public', 'states', 'restricted', 'internal')", name="handling"),
        CheckConstraint("places IS NULL OR places > 0", name="places"),
    )


class ProviderPersonRow(Base):
    """A person whose account keeps the programmes of a provider."""

    __tablename__ = "provider_person"

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    actor: Mapped[str] = mapped_column(String(40), primary_key=True)
    given_at: Mapped[datetime.datetime] = mapped_column(Instant)
    given_by: Mapped[str] = mapped_column(String(40))

    __table_args__ = (Index("ix_provider_person_actor", "actor"),)


class OfferRow(Base):
    """A programme on offer. Words of lists are set apart by blanks; a number or date that is NULL is not stated."""

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    practice: Mapped[bool] = mapped_column(Boolean)
    number: Mapped[int]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))  # of title, description and conditions
    description: Mapped[str] = mapped_column(Text)
    kinds: Mapped[str] = mapped_column(Text)
    domains: Mapped[str] = mapped_column(String(12))
    eligible: Mapped[str] = mapped_column(Text)  # codes of States and groups; "" is everybody
    excluded: Mapped[str] = mapped_column(Text)
    languages: Mapped[str] = mapped_column(String(40))
    places: Mapped[int | None]
    person_days: Mapped[float | None] = mapped_column(Float)
    budget: Mapped[float | None] = mapped_column(Float)  # US dollars a year
    valid_from: Mapped[datetime.date | None] = mapped_column(Date)
    valid_to: Mapped[datetime.date | None] = mapped_column(Date)
    lead_days: Mapped[int | None]
    min_group: Mapped[int]
    conditions: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    last_confirmed: Mapped[datetime.date | None] = mapped_column(Date)
    asked_on: Mapped[datetime.date | None] = mapped_column(Date)  # when its contact was last asked to confirm it
    handling: Mapped[str] = mapped_column(String(10))
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False)
    revision: Mapped[int] = mapped_column(default=0)
    registered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    registered_by: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    search: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("practice", "number"),
        CheckConstraint("handling IN ('public', 'states', 'restricted', 'internal')", name="handling"),
        CheckConstraint("places IS NULL OR places >= 0", name="places"),
        CheckConstraint("person_days IS NULL OR person_days >= 0", name="person_days"),
        CheckConstraint("budget IS NULL OR budget >= 0", name="budget"),
        CheckConstraint("lead_days IS NULL OR lead_days >= 0", name="lead_days"),
        CheckConstraint("min_group > 0", name="min_group"),
        CheckConstraint("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="validity"),
    )


class OfferTermRow(Base):
    """How an offer stood from a day on until the next of its rows: what it promised, and whether it was withdrawn, by
    itself or with its provider. ``service/terms.py`` writes it.
    """

    __tablename__ = "offer_term"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    since: Mapped[datetime.date] = mapped_column(Date, primary_key=True)
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    valid_from: Mapped[datetime.date | None] = mapped_column(Date)
    valid_to: Mapped[datetime.date | None] = mapped_column(Date)


class OfferFieldRow(Base):
    """A field of the matrix that an offer covers."""

    __tablename__ = "offer_field"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    section: Mapped[str] = mapped_column(String(8))

    __table_args__ = (
        Index("ix_offer_field_field", "field"),
        Index("ix_offer_field_section", "section"),
    )
