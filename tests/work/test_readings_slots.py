"""Which instants begin a slot of a grain, and how far the slot reaches, on a day that begins at eight."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.store.models import Channel
from ronglu.work.readings_rules import slot_of

EIGHT = Decimal(8)
SHIFTS = (
    ShiftTime(1, "白", dt.time(8), EIGHT),
    ShiftTime(2, "中", dt.time(16), EIGHT),
    ShiftTime(3, "夜", dt.time(0), EIGHT),
)
CLOCK = Calendar((CalendarRule(dt.date(2020, 1, 1), dt.time(8), SHIFTS),))


def march(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute)


@pytest.mark.parametrize(
    ("grain", "per_day", "starts", "ends", "day", "shift"),
    [
        ("shift", 0, march(5, 16), march(6), 5, 2),
        ("shift", 0, march(6), march(6, 8), 5, 3),  # 夜 belongs to the day that began at eight
        ("hour", 0, march(6, 7), march(6, 8), 5, 3),
        ("instant", 96, march(5, 8, 15), march(5, 8, 30), 5, 1),
        ("instant", 0, march(5, 8, 7), march(5, 8, 7), 5, 1),
        ("day", 0, march(5, 8), march(6, 8), 5, 0),
        ("month", 0, march(1, 8), dt.datetime(2026, 4, 1, 8), 31, 0),
        ("settlement", 0, march(1, 8), dt.datetime(2026, 4, 1, 8), 31, 0),
    ],
)
def test_a_slot_begins_here_and_reaches_so_far(
    grain: str, per_day: int, starts: dt.datetime, ends: dt.datetime, day: int, shift: int
) -> None:
    slot = slot_of(CLOCK, Channel(grain=grain, per_day=per_day), starts)
    assert slot is not None
    assert (slot.ends_at, slot.day.day, slot.shift_no, slot.month.yyyymm) == (ends, day, shift, 202603)


@pytest.mark.parametrize(
    ("grain", "per_day", "starts"),
    [
        ("shift", 0, march(5, 9)),
        ("hour", 0, march(5, 8, 30)),
        ("instant", 96, march(5, 8, 10)),
        ("day", 0, march(5)),
        ("month", 0, march(2, 8)),
    ],
)
def test_no_slot_begins_here(grain: str, per_day: int, starts: dt.datetime) -> None:
    assert slot_of(CLOCK, Channel(grain=grain, per_day=per_day), starts) is None
