"""Stored pyramids: the same from any stretch of months, moved by a corrected reading in its own buckets alone, rebuilt from nothing."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ronglu.boards.indicator.rows import Around
from ronglu.boards.pyramid.build import build
from ronglu.boards.pyramid.read import course
from ronglu.facts.spine import days
from ronglu.kernel.time.period import Period
from ronglu.store.models import IndicatorRow, PyramidRow, Reading
from tests.boards.milled import METAL, built, metal
from tests.facts.mill import Mill, mill

__all__ = ["mill"]
COLUMNS = [f.name for f in PyramidRow._meta.fields if f.name != "id"]
MARCH_10, MARCH_13 = dt.date(2026, 3, 10), dt.date(2026, 3, 13)


def pyramids(mill: Mill, *months: str) -> int:
    wanted = [Period.parse(month) for month in months]
    return build(plant=mill.plant, months=wanted, indicators=mill.pack.indicators, calendar=mill.calendar)


def stored() -> set[tuple[Any, ...]]:
    return set(PyramidRow.objects.values_list(*COLUMNS))


def bucket(mill: Mill, unit: str, code: str, day: dt.date, level: int = 1) -> PyramidRow:
    place = day.toordinal() // 4**level
    return PyramidRow.objects.get(unit=mill.unit[unit], indicator=code, level=level, place=place)


@pytest.fixture
def spring(mill: Mill) -> Mill:
    """Ore of one line in March and April, as many tonnes as the day of the month; none on the 20th."""
    mill.reports("一系列", "cn_ore")
    for day in days(dt.date(2026, 3, 1), dt.date(2026, 4, 30)):
        if day.day != 20:
            mill.read("一系列", "cn_ore", day, 1, str(day.day))
    built(mill, "2026-03", "2026-04")
    pyramids(mill, "2026-03", "2026-04")
    return mill


def test_four_days_keep_their_lowest_their_highest_and_their_mean(spring: Mill) -> None:
    """739,688 = 4 × 184,922 is 13 March 2026: 13, 14, 15 and 16 t are 58 t in four days, 14.5 a day."""
    for unit in ("一系列", "选矿厂"):
        row = bucket(spring, unit, "CN-01", MARCH_13)
        assert (row.place, row.low, row.high, row.last) == (184_922, "13.00", "16.00", "16.00")
        assert (row.numerator, row.value, row.days) == ("58", "14.5000", 4)


def test_a_day_without_a_reading_is_counted_out_and_is_no_zero(spring: Mill) -> None:
    """The 17th to the 20th, of which the last is missing: 17, 18 and 19 t."""
    row = bucket(spring, "一系列", "CN-01", dt.date(2026, 3, 20))
    assert (row.days, row.low, row.high, row.last, row.value) == (3, "17.00", "19.00", "19.00", "18.0000")


def test_months_one_by_one_in_any_order_give_what_both_at_once_give(spring: Mill) -> None:
    """A bucket that lies in two months is made of both, whichever was built last."""
    whole = stored()
    PyramidRow.objects.all().delete()
    for month in ("2026-04", "2026-03"):
        pyramids(spring, month)
    assert stored() == whole
    pyramids(spring, "2026-04")
    assert stored() == whole


def test_a_corrected_reading_moves_the_buckets_its_day_lies_in_and_no_others(spring: Mill) -> None:
    before = {row[:5]: row for row in PyramidRow.objects.values_list(*COLUMNS)}
    Reading.objects.filter(day=MARCH_10, shift_no=1).update(state="superseded")
    spring.read("一系列", "cn_ore", MARCH_10, 1, "99", version=2)
    built(spring, "2026-03")
    pyramids(spring, "2026-03")
    after = {row[:5]: row for row in PyramidRow.objects.values_list(*COLUMNS)}
    assert after.keys() == before.keys()
    moved = {(level, place) for (plant, unit, code, level, place), row in after.items() if row != before[plant, unit, code, level, place]}  # fmt: skip
    assert moved == {(level, MARCH_10.toordinal() // 4**level) for level in (1, 2, 3, 4)}
    assert bucket(spring, "一系列", "CN-01", MARCH_10, 4).high == "99.00"


def test_a_reading_taken_back_leaves_no_bucket_behind(mill: Mill) -> None:
    mill.reports("一系列", "cn_ore")
    mill.read("一系列", "cn_ore", MARCH_10, 1, "10")
    built(mill, "2026-03")
    pyramids(mill, "2026-03")
    read_days = PyramidRow.objects.filter(indicator="CN-01", level=1, days=1)
    assert read_days.count() == 3  # the line, its workshop, its plant
    Reading.objects.all().delete()
    built(mill, "2026-03")
    pyramids(mill, "2026-03")
    assert not PyramidRow.objects.filter(days__gt=0).exists()


def test_a_recovery_is_metal_over_metal_in_every_bucket(mill: Mill) -> None:
    """AV-11 on two days of one bucket: 92.88 of 108 t is 86.00 %, 18.72 of 24 t is 78.00 %; together 111.6 of 132 t, 84.55 %."""
    mill.reports("一系列", *METAL)
    metal(mill, "一系列", MARCH_13, "9000", "1.2", "464.4", "20")
    metal(mill, "一系列", dt.date(2026, 3, 14), "3000", "0.8", "93.6", "20")
    built(mill, "2026-03")
    pyramids(mill, "2026-03")
    for level in (1, 2, 3, 4):
        row = bucket(mill, "一系列", "CN-03a", MARCH_13, level)
        assert (row.low, row.high, row.last, row.value) == ("78.00", "86.00", "78.00", "84.55")
        assert (Decimal(row.numerator), Decimal(row.denominator), row.days) == (Decimal("111.6"), 132, 2)


def test_a_month_costs_the_same_queries_beside_one_month_and_beside_many(
    spring: Mill, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """Days, buckets beside, and one transaction of savepoint-free delete and insert."""
    for _ in range(2):
        with django_assert_num_queries(6):
            pyramids(spring, "2026-03")
        PyramidRow.objects.filter(level=1).delete()


def test_the_course_is_as_fine_as_the_drawing(spring: Mill) -> None:
    at = Around(spring.plant, spring.calendar, dt.date(2026, 4, 30), spring.pack.indicators)
    unit, first, last = spring.unit["一系列"].pk, dt.date(2026, 3, 1), dt.date(2026, 4, 30)

    def drawn(pixels: int) -> tuple[int, int, Decimal, Decimal]:
        found = course(at=at, unit=unit, code="CN-01", first=first, last=last, pixels=pixels)
        return found.width, len(found.stretches), *_ends(found.stretches)

    # 61 days, two of them unread
    assert drawn(61) == (1, 59, Decimal(1), Decimal(31))
    assert [drawn(pixels)[0] for pixels in (60, 16, 15, 4)] == [4, 4, 16, 16]
    assert drawn(16)[2:] == drawn(4)[2:] == (Decimal(1), Decimal(31))
    whole = course(at=at, unit=unit, code="CN-01", first=None, last=last, pixels=61)
    assert (whole.first, whole.width) == (first, 1)


def _ends(stretches: Any) -> tuple[Decimal, Decimal]:
    return min(s.low for s in stretches), max(s.high for s in stretches)


def test_what_is_settled_by_the_month_is_drawn_by_the_month(spring: Mill) -> None:
    line = spring.unit["一系列"]
    at = Around(spring.plant, spring.calendar, dt.date(2026, 4, 30), spring.pack.indicators)
    IndicatorRow.objects.create(
        plant=spring.plant, unit=line, indicator="CN-17", grain="month", period="2026-03", month=202603, value="12.5",
        covered=1, expected=1,
    )  # fmt: skip
    found = course(at=at, unit=line.pk, code="CN-17", first=dt.date(2025, 5, 1), last=at.until, pixels=900)
    assert found.width == 0
    [only] = found.stretches
    assert (only.first, only.last, only.value) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31), Decimal("12.5"))
