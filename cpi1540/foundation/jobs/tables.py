"""Jobs and the files they made."""

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class JobRow(Base):
    """One job. While it runs, ``holder`` is known to its worker only, and ``lease_until`` says how long it counts."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    task: Mapped[dict[str, Any]] = mapped_column(JSON)
    about: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    asked_by: Mapped[str] = mapped_column(String(40))
    practice: Mapped[bool]
    language: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime.datetime] = mapped_column(Instant)
    started_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    holder: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime.datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    out_of: Mapped[int] = mapped_column(default=0)
    stage: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    cancel_asked: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint(
            "status IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')", name="status"
        ),
        CheckConstraint("(status = 'running') = (holder IS NOT NULL)", name="holder"),
        CheckConstraint("done >= 0 AND done <= out_of", name="progress"),
        Index("ix_job_status_id", "status", "id"),
        Index("ix_job_asked_by_id", "asked_by", "id"),
    )


class JobFileRow(Base):
    """A file of a job; its bytes are an attachment until they are cleared, its name stays."""

    __tablename__ = "job_file"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    attachment: Mapped[str | None] = mapped_column(ForeignKey("attachment.sha256"), index=True)
