"""A label means an interval only together with its source's mode; the interval's start says where a value belongs."""

from datetime import date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.errors import StampError
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import Stamper, StampMode, place
from tests.kernel.time import clocks
from tests.kernel.time.clocks import DEFAULT, FROM_26, MIDNIGHT

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


def test_the_four_readings_of_a_midnight_label() -> None:
    label = datetime(2018, 6, 30, 0, 0)
    spans = {
        mode: (stamp.starts_at, stamp.ends_at, stamp.shift)
        for mode in StampMode
        for stamp in [place(MIDNIGHT, label=label, mode=mode, interval=QUARTER)]
    }
    half_to = datetime(2018, 6, 30, 23, 45)
    assert spans == {
        StampMode.OPENS: (label, label + QUARTER, Period.parse("2018-06-30/1")),
        StampMode.CLOSES: (label - QUARTER, label, Period.parse("2018-06-29/3")),
        StampMode.CLOSES_24: (half_to, datetime(2018, 7, 1), Period.parse("2018-06-30/3")),
        StampMode.INSTANT: (label, label, Period.parse("2018-06-30/1")),
    }


def test_only_midnight_itself_is_read_as_twenty_four_hours() -> None:
    label = datetime(2018, 6, 30, 0, 15)
    assert place(MIDNIGHT, label=label, mode=StampMode.CLOSES_24, interval=QUARTER) == place(
        MIDNIGHT, label=label, mode=StampMode.CLOSES, interval=QUARTER
    )


def test_the_month_of_a_stamp_is_the_statistical_month() -> None:
    stamp = place(FROM_26, label=datetime(2026, 3, 26, 7), mode=StampMode.OPENS, interval=HOUR)
    assert (stamp.day, stamp.shift_no, stamp.month) == (date(2026, 3, 25), 3, Period.month(2026, 3))


def test_an_interval_that_runs_past_its_shift_says_so() -> None:
    inside = place(DEFAULT, label=datetime(2026, 3, 1, 7), mode=StampMode.OPENS, interval=HOUR)
    across = place(DEFAULT, label=datetime(2026, 3, 1, 7, 30), mode=StampMode.OPENS, interval=HOUR)
    assert (inside.crosses, across.crosses, across.shift) == (False, True, Period.parse("2026-02-28/3"))


@pytest.mark.parametrize("interval", [None, timedelta(0), -HOUR])
def test_an_interval_label_without_a_length_is_refused(interval: timedelta | None) -> None:
    with pytest.raises(StampError, match="需要时段长度"):
        place(DEFAULT, label=datetime(2026, 3, 1), mode=StampMode.CLOSES, interval=interval)


@given(clocks.calendars(), clocks.busy_instants, st.sampled_from(StampMode), st.integers(1, 26 * 60))
def test_a_stamp_lies_where_the_calendar_puts_its_start(
    calendar: Calendar, label: datetime, mode: StampMode, minutes: int
) -> None:
    stamp = place(calendar, label=label, mode=mode, interval=timedelta(minutes=minutes))
    assert (stamp.day, stamp.shift_no) == calendar.shift_of(stamp.starts_at)
    assert stamp.month == calendar.month_of(stamp.day)
    assert stamp.crosses == (stamp.ends_at > calendar.bounds(stamp.day, stamp.shift_no)[1])


@given(st.lists(clocks.busy_instants, max_size=20))
def test_in_bulk_each_label_gets_the_stamp_it_gets_alone(labels: list[datetime]) -> None:
    stamper = Stamper(DEFAULT)
    bulk = stamper.place_all(labels, mode=StampMode.CLOSES_24, interval=HOUR)
    assert bulk == [place(DEFAULT, label=label, mode=StampMode.CLOSES_24, interval=HOUR) for label in labels]
    assert bulk == [stamper.place(label=label, mode=StampMode.CLOSES_24, interval=HOUR) for label in labels]


def test_a_million_labels_take_seconds() -> None:
    """A thousand sources with the same thousand labels: the time is processor time, so a busy machine does not matter."""
    labels = [datetime(2026, 1, 1) + n * HOUR for n in range(1000)] * 1000
    began = process_time()
    stamps = Stamper(DEFAULT).place_all(labels, mode=StampMode.OPENS, interval=HOUR)
    assert len(stamps) == 1_000_000 and process_time() - began < 5
