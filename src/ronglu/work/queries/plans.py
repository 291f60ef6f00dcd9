"""What the pages of plans show: a unit's year by indicator, and one indicator's months with days, stops and running total."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.plan import Stop, working
from ronglu.kernel.time.period import Period
from ronglu.store.history import unit_tree
from ronglu.store.models import Plan, PlanStop, Plant, Unit
from ronglu.store.values import calendar_of
from ronglu.work.plans import ADDED_UP, production_days
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "plans.set"
REPORTING = ("plant", "workshop", "line", "step")


@dataclass(slots=True)
class YearRow:
    """`months` by number 1..12; `days` how many day plans each month has."""

    indicator: Indicator
    whole: Decimal | None = None
    months: dict[int, Decimal] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def cells(self) -> list[Decimal | None]:
        return [self.months.get(number) for number in range(1, 13)]

    @property
    def adds_up(self) -> bool:
        """Whether the months given make the year given, or nothing speaks against it."""
        if self.indicator.rollup not in ADDED_UP or self.whole is None or len(self.months) < 12:
            return True
        return sum(self.months.values()) == self.whole


def units(*, plant: Plant, scope: Scope, on: dt.date) -> list[tuple[Unit, str]]:
    """Those for which the reader may set plans, in the order of the tree."""
    names = {state.id: state.name for state in unit_tree(plant).at(on).nodes.values() if state.kind in REPORTING}
    rows = scope.units(VERB).filter(plant=plant, pk__in=names).order_by("position", "code")
    return [(unit, names[unit.pk]) for unit in rows]


def year_rows(*, unit: Unit, pack: "Pack", year: int) -> list[YearRow]:
    """Indicators that have a plan in the year, in the order they are declared."""
    found: dict[str, YearRow] = {}
    for code, period, text in _values(unit, year):
        if code not in pack.indicators:
            continue
        row = found.setdefault(code, YearRow(pack.indicators[code]))
        if period.count("-") == 0:
            row.whole = Decimal(text)
        elif period.count("-") == 1:
            row.months[int(period[5:])] = Decimal(text)
        else:
            row.days[int(period[5:7])] += 1
    return [found[code] for code in pack.indicators if code in found]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """`running` is the total of the months so far; None where a month before has no plan."""

    month: Period
    plan: Decimal | None
    days: int
    stopped: int
    day_plans: int
    running: Decimal | None


def months(*, unit: Unit, row: YearRow, year: int) -> list[MonthRow]:
    calendar = calendar_of(unit.plant) if unit.plant.calendar_rows.exists() else None
    stops = [Stop(stop.from_on, stop.until_on or dt.date.max) for stop in PlanStop.objects.approved().filter(unit=unit)]
    found: list[MonthRow] = []
    running: Decimal | None = Decimal(0)
    for number in range(1, 13):
        month, plan = Period.month(year, number), row.months.get(number)
        days = production_days(calendar, month) if calendar else []
        running = None if running is None or plan is None else running + plan
        stopped = len(days) - len(working(days, stops))
        found.append(MonthRow(month, plan, len(days), stopped, row.days[number], running))
    return found


def offered(*, unit: Unit, pack: "Pack") -> Mapping[str, Indicator]:
    """What may be planned at the unit: a line has the indicators of its own module."""
    homes = {unit.module, unit.plant.code} if unit.module else {one.module for one in pack.indicators.values()}
    return {code: one for code, one in pack.indicators.items() if one.module in homes}


def _values(unit: Unit, year: int) -> list[tuple[str, str, str]]:
    rows = Plan.objects.filter(unit=unit, period__startswith=str(year))
    return list(rows.order_by("period").values_list("indicator", "period", "value"))
