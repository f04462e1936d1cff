"""A table of holidays as a CSV file: a date and a name on each line."""

import csv
import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from cpi1540.foundation.files.csv_guard import unguarded
from cpi1540.foundation.problems import Problem
from cpi1540.foundation.search_text import printable

LARGEST = 256 * 1024
_HEAD = ("date", "name")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """The days of a file with their names; no use of them when there are problems."""

    days: Mapping[datetime.date, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_holidays(data: bytes) -> HolidayTable:
    """Read lines of ``2027-01-01,New Year’s Day``; a first line ``date,name`` and empty ones are passed over.

    Cells may be parted by semicolons or tabs as well. Every fault is named with its line.
    """
    if len(data) > LARGEST:
        return HolidayTable(problems=(Problem("too-large", "1"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return HolidayTable(problems=(Problem("not-utf-8", "1"),))
    days: dict[datetime.date, str] = {}
    lines: dict[datetime.date, int] = {}
    problems = []
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((each for each in _DELIMITERS if each in first), ",")
    for number, row in enumerate(csv.reader(io.StringIO(text.replace("\0", " ")), delimiter=delimiter), 1):
        cells = [printable(unguarded(cell)).strip() for cell in row]
        if not any(cells) or tuple(cell.casefold() for cell in cells[:2]) == _HEAD:
            continue
        day = _day(cells[0])
        if day is None:
            problems.append(Problem("no-date", str(number), {"found": cells[0][:40]}))
        elif day in lines:
            problems.append(Problem("repeated-date", str(number), {"found": str(day), "first": str(lines[day])}))
        elif len(cells) < 2 or not cells[1]:
            problems.append(Problem("no-name", str(number)))
        else:
            days[day], lines[day] = cells[1], number
    if not days and not problems:
        problems.append(Problem("no-lines", "1"))
    return HolidayTable(days, tuple(problems))


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == len("2027-01-01") else None
    except ValueError:
        return None
