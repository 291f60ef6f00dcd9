"""Two real series on the whole way: file, profile, reading child, tables, shifts and crews, partitions, indicators.

They are read in place from the test data. The series of the packs stand in as carriers: a percentage for silica, and a
quantity with three decimals for kilowatt-hours, whose published totals have two.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Avg, Count

from ronglu.config.plant import pack_of
from ronglu.exchange.profile import Column, Measure, Profile, Role
from ronglu.facts.assess import month_figures
from ronglu.facts.engine import run
from ronglu.facts.month import frame, readings_table, refresh
from ronglu.facts.spine import unit_owner
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import StampMode
from ronglu.store.models import CalendarRow, Channel, Import, Reading, RosterRow, ShiftRow, Unit
from ronglu.store.values import calendar_of
from ronglu.work import readings, shifts
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.tasks.books import bring, check, confirm

pytestmark = pytest.mark.django_db
SILICA, KWH = "sm_feed_moisture", "sm_feed_dry"
SHIFTS = [
    {"no": 1, "name": "夜", "starts": "00:00", "hours": "8"},
    {"no": 2, "name": "白", "starts": "08:00", "hours": "8"},
    {"no": 3, "name": "中", "starts": "16:00", "hours": "8"},
]
AT = dt.datetime(2026, 4, 2, 9)


@pytest.fixture
def line(cast: Cast, settings: Any, tmp_path: Path) -> Unit:
    """转炉线 from 2016 on: production day at 00:00, four crews on 夜夜白白中中休休 anchored at 2016-01-01."""
    settings.HOME = tmp_path / "home"
    found = cast.unit["QL-R1"]
    since = dt.date(2016, 1, 1)
    CalendarRow.objects.create(plant=found.plant, from_on=since, day_starts=dt.time(0), month_first=1, shifts=SHIFTS)
    RosterRow.objects.create(
        unit=found, code="四班三运转", crews=["甲", "乙", "丙", "丁"], cycle=[1, 1, 2, 2, 3, 3, None, None], step=2,
        anchor=since, from_on=since,
    )  # fmt: skip
    found.states.update(from_on=since)
    return found


def take(line: Unit, cast: Cast, file: Path, profile: Profile, days: tuple[dt.date, dt.date], home: Path) -> Import:
    """Imported by one person and audited by another."""
    shifts.materialise(plant=line.plant, first=days[0], last=days[1])
    keyer, second = cast.account["周统计员"], cast.account["陈技术员"]
    read = check(bring(file, plant=line.plant, by=keyer, home=home, reads=profile))
    assert read.report["ready"], read.report["problems"][:5]
    done = confirm(read)
    assert done.state == "done", done.report
    readings.audit(plant=line.plant, readings=Reading.objects.filter(batch=done), by=second, at=AT)
    return done


@pytest.fixture
def silica(line: Unit, cast: Cast, test_data: Path, settings: Any) -> Unit:
    Channel.objects.create(unit=line, series=SILICA, grain="hour", from_on=dt.date(2017, 1, 1))
    columns = (
        Column(Role.STAMP, ("date",)),
        Column(Role.VALUE, ("% Silica Concentrate",), measure=Measure(series=SILICA, unit="%", percent="as_is")),
    )
    profile = Profile(name="化验", columns=columns, line=line.code, grain="hour", interval_minutes=60)
    days = dt.date(2017, 3, 29), dt.date(2017, 9, 9)
    file = test_data / "series" / "flotation_iron_hourly_2017.csv.gz"
    assert take(line, cast, file, profile, days, settings.HOME).counts["new"] == 3948
    return line


def test_silica_of_a_flotation_plant_by_crew_month_shift_and_hour(silica: Unit) -> None:
    rows = Reading.objects.filter(channel__series=SILICA)
    hours = rows.values("day", "shift_no").annotate(n=Count("pk"))
    assert sorted({row["n"] for row in hours}) == [4, 8]
    assert sum(row["n"] == 8 for row in hours) == 493
    stood = {(s.day, s.shift_no): s.letter for s in ShiftRow.objects.filter(unit=silica)}
    crews = [stood[row["day"], row["shift_no"]] for row in hours]
    assert {c: crews.count(c) for c in "甲乙丙丁"} == {"甲": 123, "乙": 124, "丙": 124, "丁": 123}
    assert means(silica, "letter") == {"甲": "2.3921", "乙": "2.2514", "丙": "2.3091", "丁": "2.3373"}
    assert means(silica, "month")["201706"] == "2.0481"
    full = {k: v for k, v in shift_means().items() if v[1] == 8}
    best = min(full, key=lambda k: full[k][0])
    assert (best, full[best][0], stood[best]) == ((dt.date(2017, 8, 7), 2), Decimal("99.5"), "乙")
    hour = rows.order_by("value", "starts_at").first()
    assert (hour.starts_at, hour.value) == (dt.datetime(2017, 8, 12, 18), 60)


def means(line: Unit, by: str) -> dict[str, str]:
    """Means over hours from the Parquet partitions, at four decimals."""
    months = tuple(range(201703, 201710))
    frames = [_frame(line, month) for month in months]
    for month in months:
        refresh(plant=line.plant, month=month, home=frames[0].home)
    table = readings_table(frames[0], months=months)
    table = table.filter(table.scores & (table.series == SILICA)).mutate(month=table.starts_at.strftime("%Y%m"))
    grouped = table.group_by(by).agg(total=table.value.sum(), n=table.count())
    rows = run(frames[0].con, str(grouped.compile())).to_pylist()
    return {row[by]: f"{Decimal(int(row['total'])) / 100 / row['n']:.4f}" for row in rows}


def shift_means() -> dict[tuple[dt.date, int], tuple[Decimal, int]]:
    found = Reading.objects.values("day", "shift_no").annotate(mean=Avg("value"), n=Count("pk"))
    return {(r["day"], r["shift_no"]): (Decimal(str(r["mean"])), r["n"]) for r in found}


def _frame(line: Unit, month: int) -> Any:
    first, last = calendar_of(line.plant).days_of(Period.from_yyyymm(month))
    pack, home = pack_of(line.plant.code), Path(_home())
    return frame(plant=line.plant, month=month, first=first, last=last, until=last, pack=pack, home=home)


def _home() -> Path:
    from django.conf import settings

    return Path(settings.HOME)


def test_kilowatt_hours_of_a_steel_works_whose_midnight_closes_the_day(
    line: Unit, cast: Cast, test_data: Path, settings: Any
) -> None:
    Channel.objects.create(unit=line, series=KWH, grain="instant", per_day=96, from_on=dt.date(2018, 1, 1))
    columns = (Column(Role.STAMP, ("date",)), Column(Role.VALUE, ("Usage_kWh",), measure=Measure(series=KWH, unit="t")))
    profile = Profile(
        name="电量", columns=columns, line=line.code, grain="instant", interval_minutes=15, stamp=StampMode.CLOSES_24
    )
    file = test_data / "series" / "steel_energy_15min_2018h1.csv.gz"
    done = take(line, cast, file, profile, (dt.date(2018, 1, 1), dt.date(2018, 6, 30)), settings.HOME)
    assert done.counts["new"] == 17376
    totals = {}
    for month in range(201801, 201807):
        refresh(plant=line.plant, month=month, home=settings.HOME)
        figures = {(f.owner, f.indicator): f for f in month_figures(_frame(line, month))}
        one = figures[unit_owner(line.pk), "SM-01"]
        totals[month] = one.rolled.value
        assert one.coverage.covered == one.coverage.expected
    assert totals == {
        201801: Decimal("126238.29"), 201802: Decimal("91497.34"), 201803: Decimal("80230.41"),
        201804: Decimal("78769.80"), 201805: Decimal("79059.28"), 201806: Decimal("65404.64"),
    }  # fmt: skip
    kept = Reading.objects.values("day", "shift_no")
    assert len(set(kept.values_list("day", "shift_no"))) == 543
    assert shift_kwh(dt.date(2018, 1, 1)) == ["111.75", "121.43", "118.68"]
    assert shift_kwh(dt.date(2018, 6, 30))[1:] == ["1109.94", "253.55"]


def shift_kwh(day: dt.date) -> list[str]:
    rows = Reading.objects.filter(day=day).values_list("shift_no", "value")
    return [f"{Decimal(sum(v for no, v in rows if no == shift)) / 1000:.2f}" for shift in (1, 2, 3)]
