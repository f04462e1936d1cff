"""What a file made from a matrix says at its head, and its name."""

import datetime
from dataclasses import dataclass

from cpi1540.exchange import messages
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.messages import ORIGIN_NAMES, STATUS_NAMES
from cpi1540.matrix.record import Version


@dataclass(frozen=True, slots=True)
class WorkbookHead:
    """What the cover says beside the version: all texts in the file's language.

    ``made_at`` (with its time zone) is also the file's own date, so that the same values give the same bytes.
    ``notice`` says whose document it is; ``facts`` are further lines, such as the dates of reports.
    """

    state_name: str
    made_at: datetime.datetime
    notice: str
    facts: tuple[tuple[str, str], ...] = ()


def workbook_name(version: Version, language: str) -> str:
    """A file name that says what is in it: ``matrix-1540-FRA-v3-en.xlsx``."""
    practice = "practice-" if version.practice else ""
    return f"{practice}matrix-1540-{version.state}-v{version.number}-{language}.xlsx"


def version_text(version: Version, wording: Wording) -> str:
    """The version in words: its number, standing and origin."""
    params = {
        "number": str(version.number),
        "status": Sentence(STATUS_NAMES[version.status]),
        "origin": Sentence(ORIGIN_NAMES[version.origin]),
    }
    return wording.say(Sentence(messages.VERSION_TEXT, params))
