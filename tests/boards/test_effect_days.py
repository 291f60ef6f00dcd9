"""Which stored days a judgement may use."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ronglu.boards.effect.days import days, running
from ronglu.config.plant import pack_of
from ronglu.store.models import IndicatorRow
from tests.cast import Cast, make_cast

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 4)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    return make_cast()


def row(cast: Cast, code: str, day: int, value: str, covered: int) -> None:
    IndicatorRow.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1"], indicator=code, grain="day", period=f"2026-03-{day:02d}", month=202603,
        value=value, covered=covered, expected=3,
    )  # fmt: skip


def test_a_quantity_short_of_a_shift_is_missing_and_a_ratio_of_two_shifts_is_not(cast: Cast) -> None:
    """930 t of three shifts, 620 t of two: the second is no day's output. 43 kg/t of two shifts is 43 kg/t."""
    for code, value in (("SM-01", "620"), ("SM-02", "43")):
        row(cast, code, 1, "930" if code == "SM-01" else "42", 3)
        row(cast, code, 2, value, 2)
        row(cast, code, 3, "", 0)
        row(cast, code, 5, "1", 3)  # outside the span
    known, unit = pack_of(cast.plant.code).indicators, cast.unit["QL-R1"].pk
    found = days(
        plant=cast.plant, units=[unit], indicators=[known["SM-01"], known["SM-02"]], first=FIRST, last=LAST
    )  # fmt: skip
    assert found[unit, "SM-01"] == {FIRST: Decimal(930)}
    assert found[unit, "SM-02"] == {FIRST: Decimal(42), dt.date(2026, 3, 2): Decimal(43)}


def test_days_of_a_planned_stop_are_left_out_and_the_day_work_begins_again_is_not() -> None:
    values = {FIRST + dt.timedelta(days=n): Decimal(n) for n in range(4)}
    assert running(values, [(dt.date(2026, 3, 2), dt.date(2026, 3, 4))]) == {FIRST: Decimal(0), LAST: Decimal(3)}
