"""Two real series, read hour by hour and quarter by quarter: right sums need the right clock, roster and stamp mode."""

import csv
import gzip
import io
import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ronglu.kernel.time.period import Period
from ronglu.kernel.time.roster import RosterBook, four_three
from ronglu.kernel.time.stamp import Stamp, Stamper, StampMode
from tests.kernel.time.clocks import DEFAULT, MIDNIGHT

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("RONGLU_TEST_DATA") or ROOT.parent / "shared" / "data")
FLOTATION = DATA / "series" / "flotation_iron_hourly_2017.csv.gz"
STEEL = DATA / "series" / "steel_energy_15min_2018h1.csv.gz"
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
ROSTER = four_three(
    shifts=MIDNIGHT.rules[0].shifts, anchor=date(2016, 1, 1), from_on=date(2016, 1, 1), night_first=True
)
BOOK = RosterBook({"浮选": [ROSTER]}, calendar=MIDNIGHT)

Value = tuple[Stamp, Decimal]


def values(file: Path, column: str, form: str, mode: StampMode, interval: timedelta) -> list[Value]:
    if not file.exists():
        pytest.skip(
            f"没有真实数据 {file.name}：用 RONGLU_TEST_DATA 指明测试数据目录 · no real data, set RONGLU_TEST_DATA"
        )
    with io.TextIOWrapper(gzip.open(file), "utf-8-sig", newline="") as text:
        rows = [(datetime.strptime(row["date"], form), Decimal(row[column])) for row in csv.DictReader(text)]
    stamps = Stamper(MIDNIGHT).place_all([label for label, _ in rows], mode=mode, interval=interval)
    return list(zip(stamps, (value for _, value in rows), strict=True))


@pytest.fixture(scope="module")
def silica() -> list[Value]:
    return values(FLOTATION, "% Silica Concentrate", "%Y-%m-%d %H:%M:%S", StampMode.OPENS, HOUR)


@pytest.fixture(scope="module")
def energy() -> list[Value]:
    return values(STEEL, "Usage_kWh", "%d-%m-%Y %H:%M", StampMode.CLOSES_24, QUARTER)


def by_shift(found: Iterable[Value]) -> dict[Period, list[Decimal]]:
    shifts: dict[Period, list[Decimal]] = defaultdict(list)
    for stamp, value in found:
        shifts[stamp.shift].append(value)
    return shifts


def crew_of(shift: Period) -> str:
    return BOOK.crew_of("浮选", shift.first, shift.no) or ""


def mean(numbers: list[Decimal], places: str = "0.0001") -> Decimal:
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal(places))


def test_flotation_has_494_shifts_shared_among_four_crews(silica: list[Value]) -> None:
    shifts = by_shift(silica)
    assert Counter(map(len, shifts.values())) == {8: 493, 4: 1}
    assert Counter(map(crew_of, shifts)) == {"甲": 123, "乙": 124, "丙": 124, "丁": 123}


def test_mean_silica_of_each_crew_over_its_hours(silica: list[Value]) -> None:
    hours: dict[str, list[Decimal]] = defaultdict(list)
    for stamp, value in silica:
        hours[crew_of(stamp.shift)].append(value)
    assert {crew: str(mean(found)) for crew, found in hours.items()} == {
        "甲": "2.3921", "乙": "2.2514", "丙": "2.3091", "丁": "2.3373",
    }  # fmt: skip
    assert mean([value for stamp, value in silica if stamp.month == Period.month(2017, 6)]) == Decimal("2.0481")


def test_best_full_shift_and_best_hour(silica: list[Value]) -> None:
    best = min((mean(found, "0.001"), shift) for shift, found in by_shift(silica).items() if len(found) == 8)
    assert best == (Decimal("0.995"), Period.parse("2017-08-07/2"))
    assert (MIDNIGHT.slot(date(2017, 8, 7), 2).name, crew_of(best[1])) == ("白", "乙")
    value, hour = min((value, stamp.starts_at) for stamp, value in silica)
    assert (value, hour) == (Decimal("0.60"), datetime(2017, 8, 12, 18))


def test_another_start_of_the_day_gives_other_crews(silica: list[Value]) -> None:
    """A day from 08:00 with its own right order and the same anchor: the crews trade hours, the figures are others."""
    roster = four_three(shifts=DEFAULT.rules[0].shifts, anchor=ROSTER.anchor, from_on=ROSTER.from_on)
    book = RosterBook({"浮选": [roster]}, calendar=DEFAULT)
    of_jia = [value for stamp, value in silica if book.crew_on("浮选", stamp.starts_at) == "甲"]
    assert mean(of_jia) != Decimal("2.3921")


def test_steel_has_543_shifts_and_its_month_sums(energy: list[Value]) -> None:
    assert len(by_shift(energy)) == 543
    months: dict[str, Decimal] = defaultdict(Decimal)
    for stamp, value in energy:
        months[str(stamp.month)] += value
    assert {month: str(total) for month, total in months.items()} == {
        "2018-01": "126238.29", "2018-02": "91497.34", "2018-03": "80230.41",
        "2018-04": "78769.80", "2018-05": "79059.28", "2018-06": "65404.64",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shift", "name", "total"),
    [
        ("2018-01-01/1", "夜", "111.75"),
        ("2018-01-01/2", "白", "121.43"),
        ("2018-01-01/3", "中", "118.68"),
        ("2018-06-30/2", "白", "1109.94"),
        ("2018-06-30/3", "中", "253.55"),
    ],
)
def test_steel_shift_sums_that_only_the_right_stamp_mode_gives(
    energy: list[Value], shift: str, name: str, total: str
) -> None:
    period = Period.parse(shift)
    assert MIDNIGHT.slot(period.first, period.no).name == name
    assert sum(by_shift(energy)[period], Decimal(0)) == Decimal(total)


def test_read_as_plain_closes_the_first_midnight_falls_into_a_shift_of_the_year_before() -> None:
    found = values(STEEL, "Usage_kWh", "%d-%m-%Y %H:%M", StampMode.CLOSES, QUARTER)
    assert min(by_shift(found)) == Period.parse("2017-12-31/3") and len(by_shift(found)) == 544
