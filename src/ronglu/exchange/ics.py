"""Dates as a calendar file (RFC 5545) that every phone and mail program reads: whole days, and hours; each with a lasting name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

ONE = dt.timedelta(days=1)
AHEAD = dt.timedelta(hours=8)
"""Plant time (09-2: one zone, no summer time) before universal time, in which the file has its hours."""


@dataclass(frozen=True, slots=True)
class Day:
    """`uid` stays the same when the day moves, so that a calendar that was fetched before moves it too."""

    uid: str
    on: dt.date
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Half-open, plant time. What is called off stays in the file and says so: a calendar that had it takes it out."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str = ""
    text: str = ""
    called_off: bool = False


def written(days: Iterable[Day | Hours], *, name: str, at: dt.datetime) -> bytes:
    """`at` is when the file was made; the end of a whole day is the day after it, as the standard has it."""
    book = Calendar()
    book.add("prodid", "-//ronglu//assessment//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for one in days:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", _universal(at))
        event.add("summary", one.title)
        if one.text:
            event.add("description", one.text)
        if isinstance(one, Day):
            event.add("dtstart", one.on)
            event.add("dtend", one.on + ONE)
            event.add("transp", "TRANSPARENT")
        else:
            _hours(event, one)
        book.add_component(event)
    return bytes(book.to_ical())


def _hours(event: Event, one: Hours) -> None:
    event.add("dtstart", _universal(one.starts_at))
    event.add("dtend", _universal(one.ends_at))
    event.add("status", "CANCELLED" if one.called_off else "CONFIRMED")
    if one.place:
        event.add("location", one.place)


def _universal(at: dt.datetime) -> dt.datetime:
    return (at - AHEAD).replace(tzinfo=dt.UTC)
