"""What the forms of every wing share: texts as typed, dates as documents give them, numbers."""

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


class NumberField(StringField):  # type: ignore[misc]
    """A number from 0 on; ``data`` is an int (or a float where parts of one are allowed), or None when left empty."""

    data: Any

    def __init__(self, label: Any, *, parts: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.parts = parts

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a sentence at the field when it is no number."""
        self.data = None
        typed = line(valuelist[0]).replace(" ", "").replace("\u00a0", "").replace("\u202f", "") if valuelist else ""
        if not typed:
            return
        whole = typed.isascii() and typed.isdecimal() and len(typed) <= 12
        pieces = typed.replace(",", ".").split(".")
        in_parts = len(pieces) == 2 and all(each.isascii() and each.isdecimal() for each in pieces) and len(typed) <= 15
        if not whole and not (self.parts and in_parts):
            told = (
                _l("Write a number in digits, such as 12 or 12.5.")
                if self.parts
                else _l("Write a whole number in digits, such as 12.")
            )
            raise ValueError(self.gettext(told))
        self.data = float(".".join(pieces)) if self.parts else int(typed)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else shown_number(self.data)


def shown_number(value: float | None) -> str:
    """A number as the forms show it: "12", "12.5", or nothing."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else str(value)
