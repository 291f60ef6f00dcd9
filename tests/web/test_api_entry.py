"""Readings from machines as they reach the table: all or nothing, as forecasts, the same batch twice as one."""

import datetime as dt

import pytest

from ronglu.store.models import CalendarRow, Channel, Reading
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.plant_month import SHIFTS
from tests.web.test_api import ROW, fixed_day, machine  # noqa: F401


@pytest.fixture
def clock(cast: Cast) -> None:
    CalendarRow.objects.create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )
    Channel.objects.create(unit=cast.unit["QL-R1"], series="sm_coal", grain="shift", from_on=dt.date(2025, 1, 1))


def test_a_batch_is_written_as_forecasts_and_the_same_batch_again_changes_nothing(cast: Cast, clock: None) -> None:
    asks, rows = machine(cast, "陈技术员"), [ROW | {"series": "sm_coal"}]
    assert asks.post("/readings", {"rows": rows}) == (200, {"added": 1, "changed": 0, "unchanged": 0})
    assert asks.post("/readings", {"rows": rows}) == (200, {"added": 0, "changed": 0, "unchanged": 1})
    made = Reading.objects.get()
    assert (made.text, made.value, made.state, made.day, made.shift_no) == (
        "12.30", 123, "forecast", dt.date(2026, 3, 10), 1,
    )  # fmt: skip


def test_a_row_that_begins_no_slot_is_named_and_nothing_is_written(cast: Cast, clock: None) -> None:
    rows = [ROW | {"series": "sm_coal"}, ROW | {"series": "sm_coal", "starts_at": "2026-03-10T09:00"}]
    status, answer = machine(cast, "陈技术员").post("/readings", {"rows": rows})
    assert (status, answer["code"], answer["where"]) == (422, "refused_rows", "body.rows[1]")
    assert "不是一格的开始" in answer["message"] and not Reading.objects.exists()
