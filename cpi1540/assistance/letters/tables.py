"""The texts of letters in their versions, and the letters as they were sent."""

import datetime

from sqlalchemy import Boolean, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class LetterTemplateRow(Base):
    """A version of the text of one kind of letter in one language. It never changes: an edit makes the next one."""

    __tablename__ = "letter_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    provisional: Mapped[bool] = mapped_column(Boolean)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("kind", "language", "version"),)


class LetterRow(Base):
    """A letter as it was sent: the very file, and what it was made from."""

    __tablename__ = "assistance_letter"

    request_id: Mapped[int] = mapped_column(ForeignKey("assistance_request.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    template_id: Mapped[int] = mapped_column(ForeignKey("letter_template.id"))
    subject: Mapped[str] = mapped_column(Text)
    addressee: Mapped[str] = mapped_column(Text)
    dated: Mapped[datetime.date] = mapped_column(Date)
    attachment: Mapped[str] = mapped_column(ForeignKey("attachment.sha256"))
    name: Mapped[str] = mapped_column(Text)
    changed: Mapped[bool] = mapped_column(Boolean)  # the file came from outside, changed after it was made here
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
