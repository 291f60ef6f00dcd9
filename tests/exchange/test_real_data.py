"""Two real series, read in place: counts, first and last stamp, and the midnight that closes its day."""

from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from ronglu.exchange.profile import Clock, Column, Measure, Profile, Role
from ronglu.exchange.read import Parsed, parse
from ronglu.kernel.time.stamp import StampMode
from tests.exchange.books import calendar

NIGHT_FIRST = (Clock("2010-01-01", "00:00", (("夜", "00:00", "8"), ("白", "08:00", "8"), ("中", "16:00", "8"))),)


def series(word: str, code: str, decimals: int) -> Column:
    return Column(Role.VALUE, (word,), measure=Measure(series=code, decimals=decimals, percent="as_is"))


def flotation(folder: Path) -> Parsed:
    columns = (
        Column(Role.STAMP, ("date",)),
        series("% Silica Concentrate", "silica", 2),
        series("Starch Flow", "starch", 4),
    )
    profile = Profile(name="浮选", columns=columns, line="F1", grain="hour", interval_minutes=60, clocks=NIGHT_FIRST)
    return parse(folder / "series" / "flotation_iron_hourly_2017.csv.gz", profile, calendar=calendar())


def steel(folder: Path, mode: StampMode = StampMode.CLOSES_24) -> Parsed:
    columns = (Column(Role.STAMP, ("date",)), series("Usage_kWh", "kwh", 2))
    profile = Profile(
        name="电量", columns=columns, line="S1", grain="instant", interval_minutes=15, stamp=mode, clocks=NIGHT_FIRST
    )
    return parse(folder / "series" / "steel_energy_15min_2018h1.csv.gz", profile, calendar=calendar())


def test_flotation_hours_open_and_fill_494_shifts(test_data: Path) -> None:
    parsed = flotation(test_data)
    assert parsed.ready
    assert parsed.rows_read == 3948
    silica = [v for v in parsed.values if v.series == "silica"]
    assert (silica[0].stamp.starts_at, silica[-1].stamp.ends_at) == (
        datetime(2017, 3, 29, 12),
        datetime(2017, 9, 10, 0),
    )
    hours = Counter((v.stamp.day, v.stamp.shift_no) for v in silica)
    assert Counter(hours.values()) == {8: 493, 4: 1}
    best = [v.scaled for v in silica if (v.stamp.day, v.stamp.shift_no) == (date(2017, 8, 7), 2)]
    assert Decimal(sum(s or 0 for s in best)) / 8 / 100 == Decimal("0.995")
    assert min((v.scaled, v.stamp.starts_at) for v in silica) == (60, datetime(2017, 8, 12, 18))


def test_flotation_values_keep_the_text_as_given(test_data: Path) -> None:
    starch = next(v for v in flotation(test_data).values if v.series == "starch")
    assert (starch.text, starch.scaled) == ("1060.8592972222239", 10608593)


def test_steel_midnight_closes_its_day(test_data: Path) -> None:
    parsed = steel(test_data)
    assert parsed.ready
    assert len(parsed.values) == 17376
    last = parsed.values[len(parsed.values) - 1]
    assert (last.text, last.stamp.starts_at, last.stamp.ends_at) == (
        "2.92",
        datetime(2018, 6, 30, 23, 45),
        datetime(2018, 7, 1),
    )
    shifts: dict[tuple[date, int], int] = defaultdict(int)
    months: dict[str, int] = defaultdict(int)
    for v in parsed.values:
        shifts[v.stamp.day, v.stamp.shift_no] += v.scaled or 0
        months[str(v.stamp.month)] += v.scaled or 0
    assert len(shifts) == 543
    assert [shifts[date(2018, 1, 1), no] for no in (1, 2, 3)] == [11175, 12143, 11868]
    assert [shifts[date(2018, 6, 30), no] for no in (2, 3)] == [110994, 25355]
    assert months == {
        "2018-01": 12623829,
        "2018-02": 9149734,
        "2018-03": 8023041,
        "2018-04": 7876980,
        "2018-05": 7905928,
        "2018-06": 6540464,
    }


def test_steel_read_with_the_wrong_mode_gives_other_shifts(test_data: Path) -> None:
    day = [
        v.scaled or 0
        for v in steel(test_data, StampMode.OPENS).values
        if (v.stamp.day, v.stamp.shift_no) == (date(2018, 1, 1), 1)
    ]
    assert sum(day) != 11175


def test_the_zinc_cell_settles_its_date_order_by_its_days(test_data: Path) -> None:
    columns = (Column(Role.STAMP, ("Date and time",)), series("Upstream pH", "ph", 4))
    profile = Profile(name="槽", columns=columns, line="Z1", grain="instant", stamp=StampMode.INSTANT)
    parsed = parse(test_data / "series" / "openmv_znpb_flotation_cell_30s_2004.csv.gz", profile, calendar=calendar())
    assert len(parsed.values) == 2922
    assert (parsed.values[0].stamp.starts_at, parsed.values[2921].stamp.starts_at) == (
        datetime(2004, 12, 15, 19, 57, 1),
        datetime(2004, 12, 16, 21, 12, 15),
    )
