"""Due dates as a calendar (iCalendar, RFC 5545): one event a date, lasting the day and marking nobody busy."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``uid`` stays the same when its day moves, so that a calendar moves it too; ``stamp`` is in UTC."""

    uid: str
    day: datetime.date
    title: str
    description: str
    address: str
    stamp: datetime.datetime


def write_calendar(entries: Iterable[Entry], title: str, language: str) -> bytes:
    """The calendar in UTF-8, events by day; the same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//cpi1540//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title, parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", title)
    for entry in sorted(entries, key=lambda each: (each.day, each.uid)):
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.stamp.astimezone(datetime.UTC))
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + datetime.timedelta(days=1))
        event.add("summary", entry.title, parameters={"LANGUAGE": language})
        event.add("description", entry.description, parameters={"LANGUAGE": language})
        event.add("transp", "TRANSPARENT")
        if entry.address:
            event.add("url", entry.address)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
