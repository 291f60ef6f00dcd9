"""A period is a value: it reads and writes its text, knows its natural days and counts like a number."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.time.errors import PeriodError
from ronglu.kernel.time.period import Grain, Period

NATURAL = [grain for grain in Grain if grain is not Grain.SHIFT]
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
periods = st.one_of(
    st.builds(Period.of, days, st.sampled_from(NATURAL)),
    st.builds(Period.shift, days, st.integers(1, 9)),
)
counted = st.builds(Period.of, days, st.sampled_from(NATURAL))
steps = st.integers(-500, 500)


@pytest.mark.parametrize(
    ("text", "period", "label"),
    [
        ("2026-03-14/1", Period.shift(date(2026, 3, 14), 1), "2026年3月14日第1班"),
        ("2026-03-14", Period.day(date(2026, 3, 14)), "2026年3月14日"),
        ("2026-W11", Period.week(date(2026, 3, 14)), "2026年第11周"),
        ("2026-03", Period.month(2026, 3), "2026年3月"),
        ("2026-Q1", Period.quarter(2026, 1), "2026年一季度"),
        ("2026-H1", Period.half(2026, 1), "2026年上半年"),
        ("2026", Period.year(2026), "2026年"),
    ],
)
def test_each_grain_has_one_text(text: str, period: Period, label: str) -> None:
    assert (Period.parse(text), str(period), period.label) == (period, text, label)


@pytest.mark.parametrize(
    "text",
    ["", "26-03", "2026-13", "2026-00", "2026-02-30", "2026-W54", "2025-W53", "2026-W00", "2026-Q5", "2026-H3",
     "2026-03-14/0", "2026-03-14/", "2026-3-14", " 2026", "2026\n", "２０２６", "0000", "2026-Q1-01", "2026/03"],
)  # fmt: skip
def test_a_text_that_is_no_period_is_refused_and_the_right_forms_are_told(text: str) -> None:
    with pytest.raises(PeriodError, match="不是期间，应写 2026-03-14/1"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 29),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), 31),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), 90),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), 92),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), 184),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), 366),
        ("2026-W11", date(2026, 3, 9), date(2026, 3, 15), 7),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), 7),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), 7),
        ("2026-03-14/2", date(2026, 3, 14), date(2026, 3, 14), 1),
    ],
)
def test_natural_days(text: str, first: date, last: date, count: int) -> None:
    period = Period.parse(text)
    assert (period.first, period.last, period.days) == (first, last, count)


def test_months_step_over_the_year_and_differ_by_a_number() -> None:
    assert Period.month(2025, 11) + 3 == Period.month(2026, 2)
    assert Period.month(2026, 2) - 14 == Period.month(2024, 12)
    assert Period.month(2026, 3) - Period.month(2025, 3) == 12
    assert Period.parse("2026-W01") - 1 == Period.parse("2025-W52")
    assert Period.quarter(2026, 4) + 1 == Period.quarter(2027, 1)


def test_a_shift_is_not_counted_without_a_calendar() -> None:
    shift = Period.parse("2026-03-14/1")
    for wrong in (lambda: shift + 1, lambda: shift - shift, lambda: Period.year(2026) - Period.month(2026, 1)):
        with pytest.raises(PeriodError):
            wrong()


def test_up_goes_to_the_period_that_holds_it() -> None:
    shift = Period.parse("2026-08-31/3")
    assert [str(shift.up(grain)) for grain in Grain] == [
        "2026-08-31/3", "2026-08-31", "2026-W36", "2026-08", "2026-Q3", "2026-H2", "2026",
    ]  # fmt: skip


def test_a_week_lies_in_no_month_and_no_month_consists_of_weeks() -> None:
    for wrong in (
        lambda: Period.parse("2026-W14").up(Grain.MONTH),
        lambda: Period.month(2026, 3).up(Grain.WEEK),
        lambda: Period.month(2026, 3).down(Grain.WEEK),
        lambda: Period.month(2026, 3).up(Grain.DAY),
        lambda: Period.month(2026, 3).down(Grain.YEAR),
        lambda: Period.day(date(2026, 3, 1)).down(Grain.SHIFT),
    ):
        with pytest.raises(PeriodError):
            wrong()


def test_numbers_outside_their_grain_are_refused() -> None:
    for wrong in (
        lambda: Period.month(2026, 13),
        lambda: Period.quarter(2026, 0),
        lambda: Period.year(0),
        lambda: Period.year(9999) + 1,
        lambda: Period.day(date.max) + 1,
        lambda: Period.shift(date(2026, 3, 1), 0),
    ):
        with pytest.raises(PeriodError):
            wrong()


def test_a_month_is_also_a_number_of_six_digits() -> None:
    assert Period.month(2026, 12).yyyymm == 202612
    assert Period.from_yyyymm(202603) == Period.month(2026, 3)


def test_order_is_by_beginning_and_the_wider_comes_first() -> None:
    texts = [
        "2026",
        "2026-H1",
        "2026-Q1",
        "2026-01",
        "2026-01-01",
        "2026-01-01/1",
        "2026-01-01/2",
        "2026-01-02",
        "2026-02",
    ]
    assert [str(p) for p in sorted(map(Period.parse, reversed(texts)))] == texts


@given(periods)
def test_a_text_reads_back_as_the_same_period(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(counted, steps, steps)
def test_steps_add_up_and_undo_each_other(period: Period, a: int, b: int) -> None:
    assert (period + a) + b == period + (a + b)
    assert (period + a) - a == period
    assert (period + a) - period == a
    assert (period + a < period) == (a < 0) and (period + a <= period) == (a <= 0)


@given(counted)
def test_periods_of_a_grain_follow_each_other_without_gap(period: Period) -> None:
    assert (period + 1).first.toordinal() == period.last.toordinal() + 1
    assert period.first in period and period.last in period
    assert (period + 1).first not in period and (period - 1).last not in period


@given(counted, st.sampled_from(NATURAL))
def test_the_parts_of_a_period_tile_it(period: Period, grain: Grain) -> None:
    try:
        parts = period.down(grain)
    except PeriodError:
        return
    assert parts[0].first == period.first and parts[-1].last == period.last
    assert all(two - one == 1 for one, two in itertools.pairwise(parts))
    assert {part.up(period.grain) for part in parts} == {period}


@given(periods, periods)
def test_two_periods_are_the_same_or_one_comes_first(one: Period, two: Period) -> None:
    assert [one < two, one == two, one > two].count(True) == 1
    assert (one >= two) == (not one < two)
    assert (hash(one) == hash(two)) or one != two
