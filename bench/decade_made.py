"""An invented smelter with ten years behind it: four lines whose readings come by shift, by the hour or every six minutes."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection

from bench.plant_made import AT, CLOCK
from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    Account,
    CalendarRow,
    Channel,
    Plan,
    Plant,
    Reading,
    RosterRow,
    ShiftRow,
    Unit,
    UnitState,
)
from ronglu.work import partitions, shifts

SINCE, LAST = dt.date(2016, 1, 1), dt.date(2025, 12, 31)
MONTHS = [Period.month(year, month) for year in range(SINCE.year, LAST.year + 1) for month in range(1, 13)]
# series: what a whole shift comes to, at the decimals of the series, and those decimals
SERIES = {"sm_feed_dry": (10_000_000, 3), "sm_coal": (4_300_000, 1), "sm_furnace_power": (35_000_000, 1)}
LINES, CREWS, SHIFTS_A_DAY = 4, "甲乙丙丁", 3
SLOTS_A_SHIFT = {"shift": 1, "hour": 8, "instant": 80}
"""12 channels × 3,653 days × 3 shifts: 131,508, 1,052,064 and 10,520,640 readings."""


def decade(grain: str) -> Plant:
    """`grain` of its channels: shift, hour or instant."""
    plant = Plant.objects.create(code="qinglan", name="青岚冶炼厂")
    by = Account.objects.create(staff_no="statistician")
    CalendarRow.objects.create(plant=plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=CLOCK)
    lines = _units(plant)
    shifts.materialise(plant=plant, first=SINCE, last=LAST)
    per_day = SLOTS_A_SHIFT[grain] * SHIFTS_A_DAY if grain == "instant" else 0
    channels = Channel.objects.bulk_create(
        Channel(unit=line, series=series, grain=grain, per_day=per_day, from_on=SINCE)
        for line in lines
        for series in SERIES
    )
    Plan.objects.bulk_create(
        Plan(unit=line, indicator="SM-01", period=str(month), value="900000") for line in lines for month in MONTHS
    )
    _readings(channels, lines[0], by, SLOTS_A_SHIFT[grain])
    partitions.touch(plant=plant, fact="readings", months=[month.yyyymm for month in MONTHS])
    return plant


def _units(plant: Plant) -> list[Unit]:
    """The plant, a workshop, its lines, four crews on each; the lines."""
    top, shop = (
        Unit.objects.create(plant=plant, code=code, kind=kind) for code, kind in (("P", "plant"), ("W", "workshop"))
    )
    lines = Unit.objects.bulk_create(
        Unit(plant=plant, code=f"L{n}", kind="line", module="smelting", position=n) for n in range(LINES)
    )
    crews = Unit.objects.bulk_create(
        Unit(plant=plant, code=f"{line.code}{letter}", kind="crew", letter=letter) for line in lines for letter in CREWS
    )
    above = {top: None, shop: top, **dict.fromkeys(lines, shop)}
    above |= {crew: lines[n // len(CREWS)] for n, crew in enumerate(crews)}
    UnitState.objects.bulk_create(
        UnitState(unit=unit, name=unit.code, parent=parent, from_on=SINCE) for unit, parent in above.items()
    )
    RosterRow.objects.bulk_create(
        RosterRow(
            unit=line, code="四班三运转", crews=list(CREWS), cycle=[1, 1, 2, 2, 3, 3, None, None], step=2, anchor=SINCE,
            from_on=SINCE,
        )
        for line in lines
    )  # fmt: skip
    return lines


def _readings(channels: list[Channel], line: Unit, by: Account, pieces: int) -> None:
    """Slots once, as a table for this connection; the database multiplies them by the channels."""
    quote = connection.ops.quote_name
    table = quote(Reading._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE slot (starts_at text, ends_at text, day text, shift_no integer, month integer, letter text,"
            " wobble integer)"
        )
        cursor.executemany("INSERT INTO slot VALUES (%s, %s, %s, %s, %s, %s, %s)", _slots(line, pieces))
        for channel in channels:
            base, decimals = SERIES[channel.series]
            value = f"{base // pieces} + wobble * {base // pieces // 1000}"
            cursor.execute(
                f"INSERT INTO {table} (channel_id, starts_at, ends_at, day, shift_no, month, letter, version, text, value,"
                f" state, known_at, entered_by_id, place, reason) SELECT %s, starts_at, ends_at, day, shift_no, month, letter,"
                f" 1, ({value}) || 'e-{decimals}', {value}, 'audited', %s, %s, '', '' FROM slot",
                [channel.pk, str(AT), by.pk],
            )
        cursor.execute("DROP TABLE slot")


def _slots(line: Unit, pieces: int) -> Iterator[tuple[object, ...]]:
    for n, shift in enumerate(ShiftRow.objects.filter(unit=line).order_by("starts_at").iterator()):
        step = (shift.ends_at - shift.starts_at) / pieces
        for k in range(pieces):
            starts = shift.starts_at + k * step
            wobble = (n * 7919 + k * 104729) % 401 - 200
            yield str(starts), str(starts + step), str(shift.day), shift.shift_no, shift.month, shift.letter, wobble
