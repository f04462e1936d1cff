"""What the forms of every wing share: texts as typed, dates as documents give them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import printable


def line(text: str | None) -> str:
    """One line as typed: without control characters, trimmed."""
    return printable(text or "").strip()


def paragraphs(text: str | None) -> str:
    """Some lines as typed: without other control characters, trimmed."""
    lines = (printable(each).rstrip() for each in (text or "").replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()


class PartialDateField(StringField):  # type: ignore[misc]
    """A date as documents give it; ``data`` is a PartialDate or None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a sentence at the field when it is no date."""
        self.data = None
        typed = line(valuelist[0]) if valuelist else ""
        if typed:
            try:
                self.data = PartialDate.parse(typed)
            except ValueError as error:
                raise ValueError(
                    self.gettext(_l("Write a year, a month or a day: 2004, 2004-10 or 2004-10-28."))
                ) from error

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else str(self.data or "")
