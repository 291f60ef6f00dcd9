"""Dates as a calendar file (RFC 5545) that every phone and mail program reads: whole days, each with a lasting name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """`uid` stays the same when the day moves, so that a calendar that was fetched before moves it too."""

    uid: str
    on: dt.date
    title: str
    text: str = ""


def written(days: Iterable[Day], *, name: str, at: dt.datetime) -> bytes:
    """`at` is when the file was made; the end of a whole day is the day after it, as the standard has it."""
    book = Calendar()
    book.add("prodid", "-//ronglu//assessment//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for day in days:
        event = Event()
        event.add("uid", day.uid)
        event.add("dtstamp", at)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + ONE)
        event.add("summary", day.title)
        if day.text:
            event.add("description", day.text)
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return bytes(book.to_ical())
