"""The office's own slide master and Word template."""

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cpi1540.foundation.database import Base, Instant


class PackTemplateRow(Base):
    """The file that packs of one form are written on; without a row they are written on the plain one."""

    __tablename__ = "briefing_pack_template"

    form: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    attachment: Mapped[str] = mapped_column(ForeignKey("attachment.sha256"))
    by: Mapped[str] = mapped_column("actor", String(40))
    at: Mapped[datetime.datetime] = mapped_column(Instant)

    __table_args__ = (CheckConstraint("form IN ('pptx', 'docx')", name="form"),)
