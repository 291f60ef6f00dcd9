"""A calendar file as other programs read it: whole days, Chinese titles, names that last."""

import datetime as dt

from icalendar import Calendar

from ronglu.exchange.ics import Day, Hours, written

AT = dt.datetime(2026, 4, 10, 9, 0)


def test_a_day_is_whole_and_keeps_its_name() -> None:
    day = Day(
        uid="qinglan-2026-03-audit@ronglu",
        on=dt.date(2026, 4, 13),
        title="2026-03 审核截止；第 8 个工作日",
        text="青岚，冶炼厂",
    )
    book = Calendar.from_ical(written([day], name="考核日程", at=AT))
    [event] = book.walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2026, 4, 13), dt.date(2026, 4, 14))
    assert str(event["summary"]) == "2026-03 审核截止；第 8 个工作日"
    assert str(event["uid"]) == "qinglan-2026-03-audit@ronglu"
    assert str(book["x-wr-calname"]) == "考核日程"


def test_no_line_is_longer_than_the_standard_allows() -> None:
    """RFC 5545 §3.1: 75 octets a line, also where a character takes three."""
    raw = written([Day(uid="a", on=dt.date(2026, 4, 13), title="审" * 80)], name="考核", at=AT)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_hours_are_written_in_universal_time_and_what_is_called_off_says_so() -> None:
    """08:15 in the plant is a quarter past midnight in universal time."""
    starts_at = dt.datetime(2026, 4, 7, 8, 15)
    one = Hours("gathering-1@ronglu", starts_at, starts_at + dt.timedelta(minutes=45), "党小组会", "活动室")
    off = Hours("gathering-2@ronglu", starts_at, starts_at + dt.timedelta(hours=1), "党课", called_off=True)
    first, second = Calendar.from_ical(written([one, off], name="会议", at=AT)).walk("VEVENT")
    assert first["dtstart"].dt == dt.datetime(2026, 4, 7, 0, 15, tzinfo=dt.UTC)
    assert first["dtend"].dt == dt.datetime(2026, 4, 7, 1, 0, tzinfo=dt.UTC)
    assert (str(first["location"]), str(first["status"]), str(second["status"])) == ("活动室", "CONFIRMED", "CANCELLED")
