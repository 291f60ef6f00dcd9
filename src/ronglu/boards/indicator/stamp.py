"""What a month's indicator rows rest on, as one digest: as long as it stays the same, there is nothing to build again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import CalendarRow, Channel, Partition, Plan, PlanStop, Plant, ShiftRow, UnitState

FACT = "boards"


@dataclass(frozen=True)
class Ground:
    """Everything but the readings is small: plans, stops, channels, the tree; looked at once a build."""

    plant: Plant
    calendar: Calendar
    until: dt.date

    def of(self, month: Period) -> str:
        first, last = self.calendar.days_of(month)
        year = str(month.up(Grain.YEAR))
        parts = [
            self._readings.get(month.yyyymm, ""),
            min(last, self.until),
            *(p for p in self._plans if p[2].startswith(year) or first.isoformat() <= p[2] <= last.isoformat()),
            *self._rows,
            *self._shifts.get(month.yyyymm, ()),
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @cached_property
    def _readings(self) -> dict[int, str]:
        return dict(Partition.objects.filter(plant=self.plant, fact="readings").values_list("month", "digest"))

    @cached_property
    def _plans(self) -> list[tuple[Any, ...]]:
        rows = Plan.objects.filter(unit__plant=self.plant).order_by("pk")
        return list(rows.values_list("unit_id", "indicator", "period", "value"))

    @cached_property
    def _rows(self) -> list[Any]:
        stops = PlanStop.objects.approved().filter(unit__plant=self.plant)
        return [
            list(stops.order_by("pk").values_list("unit_id", "from_on", "until_on")),
            list(Channel.objects.filter(unit__plant=self.plant).order_by("pk").values_list()),
            list(UnitState.objects.filter(unit__plant=self.plant).order_by("pk").values_list()),
            list(CalendarRow.objects.filter(plant=self.plant).order_by("pk").values_list()),
        ]

    @cached_property
    def _shifts(self) -> dict[int, list[tuple[Any, ...]]]:
        """Who stood which shift, of days that may be expected already."""
        found: dict[int, list[tuple[Any, ...]]] = {}
        rows = ShiftRow.objects.filter(unit__plant=self.plant, day__lte=self.until).order_by(
            "unit_id", "day", "shift_no"
        )
        for month, *row in rows.values_list("month", "unit_id", "day", "shift_no", "letter"):
            found.setdefault(month, []).append(tuple(row))
        return found


def stale(ground: Ground, months: Iterable[Period], *, counters: bool) -> list[Period]:
    """Months whose rows rest on something else by now; a counter walks on, so later months follow the first of them."""
    built = {
        p.month: p.digest
        for p in Partition.objects.filter(plant=ground.plant, fact=FACT)
        if p.built >= p.wanted
    }  # fmt: skip
    wanted = sorted(set(months))
    found = [m for m in wanted if built.get(m.yyyymm) != ground.of(m)]
    return [m for m in wanted if m >= found[0]] if counters and found else found


def keep(ground: Ground, months: Iterable[Period], *, at: dt.datetime) -> None:
    for month in months:
        row, _ = Partition.objects.get_or_create(plant=ground.plant, fact=FACT, month=month.yyyymm)
        row.digest, row.built, row.built_at = ground.of(month), row.wanted, at
        row.save()
