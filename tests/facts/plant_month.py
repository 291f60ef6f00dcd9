"""A converter line's March in the tables: every shift fed 10 t with 430 kg of coal, 3 shifts a day, all audited."""

import datetime as dt
from dataclasses import dataclass

from ronglu.config.plant import pack_of
from ronglu.kernel.time.expand import expand
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.roster import RosterBook, four_three
from ronglu.store.models import (
    Account,
    CalendarRow,
    Channel,
    Plan,
    Plant,
    Reading,
    SheetVersion,
    ShiftRow,
    Unit,
)
from ronglu.store.values import calendar_of
from ronglu.work import partitions

AT = dt.datetime(2026, 4, 3, 9, 0)
MARCH = Period.month(2026, 3)
SHIFTS = [
    {"no": 1, "name": "白", "starts": "08:00", "hours": "8"},
    {"no": 2, "name": "中", "starts": "16:00", "hours": "8"},
    {"no": 3, "name": "夜", "starts": "00:00", "hours": "8"},
]


@dataclass
class March:
    plant: Plant
    line: Unit
    by: Account

    def channel(self, series: str) -> Channel:
        return Channel.objects.get(unit=self.line, series=series)

    def reading(self, series: str, day: int, shift_no: int) -> Reading:
        found = Reading.objects.filter(channel=self.channel(series), day=dt.date(2026, 3, day), shift_no=shift_no)
        return found.order_by("-version").first()

    def restate(self, old: Reading, text: str, value: int, *, audited: bool) -> Reading:
        """A new version of a reading, as the verbs of `work` would leave it."""
        old.refresh_from_db()
        if audited:
            Reading.objects.filter(pk=old.pk).update(state="superseded")
        new = Reading.objects.get(pk=old.pk)
        new.pk, new.version, new.text, new.value = None, old.version + 1, text, value
        new.state = "audited" if audited else "forecast"
        new.save(force_insert=True)
        partitions.touch(plant=self.plant, fact="readings", months=[202603])
        return new


def make_march(*, plant: Plant, line: Unit, by: Account) -> March:
    CalendarRow.objects.create(
        plant=plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )
    _shifts(plant, line)
    for series, text, value in (("sm_feed_dry", "10", 10_000), ("sm_coal", "430", 4_300)):
        channel = Channel.objects.create(unit=line, series=series, grain="shift", from_on=dt.date(2025, 1, 1))
        Reading.objects.bulk_create(
            Reading(
                channel=channel, starts_at=s.starts_at, ends_at=s.ends_at, day=s.day, shift_no=s.shift_no,
                month=202603, letter=s.letter, text=text, value=value, state="audited", known_at=AT, entered_by=by,
            )
            for s in ShiftRow.objects.filter(unit=line)
        )  # fmt: skip
    Plan.objects.create(unit=line, indicator="SM-01", period="2026-03", value="930")
    Plan.objects.create(unit=line, indicator="SM-02", period="2026-03", value="42")
    SheetVersion.objects.create(
        plant=plant,
        version=1,
        from_month=202501,
        declaration=dict(pack_of(plant.code).sheet.declaration),
        digest="x",
        published_at=AT,
    )
    partitions.touch(plant=plant, fact="readings", months=[202603])
    return March(plant, line, by)


def _shifts(plant: Plant, line: Unit) -> None:
    shifts = calendar_of(plant).rules[0].shifts
    roster = four_three(shifts=shifts, anchor=dt.date(2026, 1, 1), from_on=dt.date(2025, 1, 1))
    book = RosterBook({"*": [roster]}, calendar=calendar_of(plant))
    days = expand(calendar_of(plant), book, line.code, dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    ShiftRow.objects.bulk_create(
        ShiftRow(
            unit=line, day=s.day, shift_no=s.shift_no, starts_at=s.starts_at, ends_at=s.ends_at, month=202603,
            letter=s.crew or "",
        )
        for d in days
        for s in d.shifts
    )  # fmt: skip
