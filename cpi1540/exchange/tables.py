"""Files that were uploaded and wait for a decision."""

import datetime

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class UploadRow(Base):
    """A file as uploaded, kept until it is applied or a day old; only the one who uploaded it can see it."""

    __tablename__ = "upload"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    actor: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(3))
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime.datetime] = mapped_column(Instant)
