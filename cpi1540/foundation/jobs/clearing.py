"""Files that jobs made are kept for some days only: they can be made again, and are large."""

import datetime
from typing import Any

from sqlalchemy import Column, delete, exists, select, update

from cpi1540.foundation.database import Base, db, now
from cpi1540.foundation.jobs.tables import JobFileRow, JobRow
from cpi1540.foundation.tables import AttachmentRow

AT_ONCE = 100  # files in one transaction


def clear_files(days: int) -> int:
    """Clear the files of jobs that ended more than ``days`` ago, a hundred at most; how many there were.

    A file stays listed by its name. Its bytes go unless any table refers to them by a foreign key: the same file may
    be kept for another reason. Belongs to the caller's transaction; 0 days keep everything.
    """
    if days == 0:
        return 0
    old = (
        select(JobFileRow.job_id, JobFileRow.number, JobFileRow.attachment)
        .join(JobRow, JobRow.id == JobFileRow.job_id)
        .where(JobRow.ended_at < now() - datetime.timedelta(days=days), JobFileRow.attachment.is_not(None))
        .order_by(JobFileRow.job_id, JobFileRow.number)
        .limit(AT_ONCE)
    )
    found = db.session.execute(old.with_for_update(of=JobFileRow)).all()
    for file in found:
        one = (JobFileRow.job_id == file.job_id, JobFileRow.number == file.number)
        db.session.execute(update(JobFileRow).where(*one).values(attachment=None))
    digests = {file.attachment for file in found}
    if digests:
        unused = [~exists().where(column == AttachmentRow.sha256) for column in _references()]
        gone = delete(AttachmentRow).where(AttachmentRow.sha256.in_(digests), *unused)
        db.session.execute(gone.execution_options(synchronize_session=False))
    return len(found)


def _references() -> list[Column[Any]]:
    """The columns of every wing that refer to an attachment."""
    target = AttachmentRow.__table__.c.sha256
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column is target for key in column.foreign_keys)
    ]
