"""A calendar file as other programs read it: whole days, Chinese titles, names that last."""

import datetime as dt

from icalendar import Calendar

from ronglu.exchange.ics import Day, written

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
