"""An invented smelter in an empty database: as many branches, each on a line of its own, and months of shift readings."""

import datetime as dt
from collections.abc import Sequence
from itertools import product

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.bulk import insert
from ronglu.store.models import (
    Account,
    Body,
    BodyState,
    CalendarRow,
    Channel,
    Mapping,
    Plan,
    Plant,
    Reading,
    RosterRow,
    SheetVersion,
    ShiftRow,
    Unit,
    UnitState,
)
from ronglu.work import partitions, shifts

SINCE, AT = dt.date(2025, 1, 1), dt.datetime(2026, 4, 3, 9)
MONTH = Period.month(2026, 3)
# series: decimals of its scale as text and integer; 93 shifts x 150 lines x 2 = 27,900 readings, the third on 23 lines
SERIES = {"sm_feed_dry": ("10.000", 10_000), "sm_coal": ("430.0", 4_300), "sm_furnace_power": ("3500.0", 35_000)}
EVERY, SOME = ("sm_feed_dry", "sm_coal"), 23
CLOCK = [
    {"no": 1, "name": "白", "starts": "08:00", "hours": "8"},
    {"no": 2, "name": "中", "starts": "16:00", "hours": "8"},
    {"no": 3, "name": "夜", "starts": "00:00", "hours": "8"},
]
READING = (
    "channel", "starts_at", "ends_at", "day", "shift_no", "month", "letter", "version", "text", "value", "state",
    "known_at", "entered_by", "place", "reason",
)  # fmt: skip


def smelter(branches: int, months: Sequence[Period] = (MONTH,)) -> tuple[Plant, Account]:
    """`months` follow one another."""
    plant = Plant.objects.create(code="qinglan", name="青岚冶炼厂")
    by = Account.objects.create(staff_no="statistician")
    CalendarRow.objects.create(plant=plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=CLOCK)
    lines = _lines(plant, branches)
    shifts.materialise(plant=plant, first=months[0].first, last=months[-1].last)
    channels = Channel.objects.bulk_create(
        Channel(unit=line, series=series, grain="shift", from_on=SINCE)
        for no, line in enumerate(lines)
        for series in SERIES
        if series in EVERY or no < SOME
    )
    Plan.objects.bulk_create(
        Plan(unit=line, indicator=code, period=str(month), value=value)
        for line, month, (code, value) in product(lines, months, (("SM-01", "930"), ("SM-02", "42")))
    )
    insert(Reading, READING, _readings(channels, by))
    declaration = dict(pack_of(plant.code).sheet.declaration)
    SheetVersion.objects.create(
        plant=plant, code="shuangbai", version=1, from_month=202501, declaration=declaration, published_at=AT
    )
    partitions.touch(plant=plant, fact="readings", months=[month.yyyymm for month in months])
    return plant, by


def _lines(plant: Plant, count: int) -> list[Unit]:
    """Branch n stands on line n."""
    lines = Unit.objects.bulk_create(
        Unit(plant=plant, code=f"L{n:03}", kind="line", module="smelting", position=n) for n in range(count)
    )
    bodies = Body.objects.bulk_create(Body(plant=plant, code=f"B{n:03}", position=n) for n in range(count))
    UnitState.objects.bulk_create(UnitState(unit=u, name=f"{u.position} 号线", from_on=SINCE) for u in lines)
    BodyState.objects.bulk_create(
        BodyState(body=b, name=f"{b.position} 号线党支部", kind="branch", from_on=SINCE) for b in bodies
    )
    Mapping.objects.bulk_create(Mapping(body=b, unit=u, from_on=SINCE) for b, u in zip(bodies, lines, strict=True))
    RosterRow.objects.bulk_create(
        RosterRow(
            unit=u, code="四班三运转", crews=["甲", "乙", "丙", "丁"], cycle=[1, 1, 2, 2, 3, 3, None, None], step=2,
            anchor=dt.date(2026, 1, 1), from_on=SINCE,
        )
        for u in lines
    )  # fmt: skip
    return lines


def _readings(channels: list[Channel], by: Account) -> list[tuple[object, ...]]:
    stood: dict[int, list[ShiftRow]] = {}
    for shift in ShiftRow.objects.all():
        stood.setdefault(shift.unit_id, []).append(shift)
    return [
        (
            c.pk, str(s.starts_at), str(s.ends_at), str(s.day), s.shift_no, s.month, s.letter, 1, *SERIES[c.series],
            "audited", str(AT), by.pk, "", "",
        )
        for c in channels
        for s in stood[c.unit_id]
    ]  # fmt: skip
