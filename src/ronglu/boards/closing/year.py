"""A year of a plant's branches as the party office keeps it: twelve months × branches × two scales, each figure as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ronglu.boards.sheet.read import names_on
from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.kernel.rules.sheet import Scale
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Closing, Plant, Total
from ronglu.work.closings import CLOSED
from ronglu.work.queries import agreed
from ronglu.work.runs import newest_of
from ronglu.work.scope import Scope
from ronglu.work.sheets import sheet_of

Spot = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """The converted points of a month; `before` is what stood at the close where an approved adjustment changed it."""

    value: Decimal | None
    before: Decimal | None
    adjusted: bool


@dataclass(frozen=True, slots=True)
class YearBook:
    """`figures` by (branch, scale, month as yyyymm); a month that was never scored has none."""

    plant: Plant
    year: Period
    branches: tuple[tuple[int, str], ...]
    scales: tuple[Scale, ...]
    closed: frozenset[int]
    figures: Mapping[Spot, Figure]

    @property
    def months(self) -> tuple[Period, ...]:
        return self.year.down(Grain.MONTH)


def read(*, scope: Scope, plant: Plant, year: Period) -> YearBook | None:
    """None where no month of the year was scored. The same queries for three branches as for one."""
    newest = newest_of(plant=plant, months=year.down(Grain.MONTH))
    if not newest:
        return None
    closed = Closing.objects.filter(plant=plant, month__in=newest, state=CLOSED).select_related("run")
    closings = {one.month: one for one in closed}
    standing = newest | {month: closing.run for month, closing in closings.items()}
    seen = list(scope.bodies("sheet.see").order_by("position", "code").values_list("pk", flat=True))
    rows = Total.objects.filter(run__in=[run.pk for run in standing.values()], body__in=seen)
    found: dict[Spot, Figure] = {
        (body, scale, month): Figure(scaled_or_none(converted, 2), None, False)
        for body, scale, month, converted in rows.values_list("body", "scale", "run__month", "converted")
    }
    changes = agreed.totals().filter(adjustment__closing__in=closings.values(), body__in=seen)
    for one in changes.select_related("adjustment__closing"):
        spot = (one.body_id, one.scale, one.adjustment.closing.month)
        old = found.get(spot)
        before = old.before if old and old.adjusted else scaled_or_none(one.before, 2)
        found[spot] = Figure(scaled_or_none(one.converted, 2), before, True)
    names = names_on(seen, Period.from_yyyymm(max(newest)))
    there = {body for body, _scale, _month in found}
    return YearBook(
        plant=plant, year=year, branches=tuple((pk, names.get(pk, "")) for pk in seen if pk in there),
        scales=tuple(sheet_of(standing[max(standing)].sheet).scales), closed=frozenset(closings), figures=found,
    )  # fmt: skip
