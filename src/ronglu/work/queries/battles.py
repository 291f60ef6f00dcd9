"""A battle's aims month by month as the boards have them: plan and actual, what they come to, and whether time is ahead."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.measure.compare import Progress, progress
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp
from ronglu.kernel.measure.rounding import round_to
from ronglu.kernel.time.period import Period
from ronglu.store.models import BattleAim, IndicatorRow, PartyCampaign
from ronglu.work.queries.campaigns import added
from ronglu.work.scope import Scope

SUMMED = (RollUp.SUM, RollUp.COUNT)


@dataclass(frozen=True, slots=True)
class Month:
    """`whole`: every slot of it was read."""

    period: Period
    value: Decimal | None
    plan: Decimal | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Kpi:
    """`missing` are months that are over and have no value, or, of what adds up, were read in part: then nothing is judged."""

    row: BattleAim
    indicator: Indicator
    aim: Decimal
    months: tuple[Month, ...]
    actual: Decimal | None
    pace: Progress
    missing: tuple[Period, ...]

    @property
    def summed(self) -> bool:
        return self.indicator.rollup in SUMMED

    @property
    def state(self) -> str:
        """missing, good or behind."""
        if self.actual is None or (self.summed and self.missing):
            return "missing"
        down = self.indicator.direction is Direction.DOWN
        if not self.summed:
            return "good" if (self.actual <= self.aim if down else self.actual >= self.aim) else "behind"
        due = self.aim * (self.pace.time or Decimal(0)) / 100
        return "good" if (self.actual <= due if down else self.actual >= due) else "behind"


def kpis(*, campaign: PartyCampaign, known: Mapping[str, Indicator], on: dt.date) -> list[Kpi]:
    """Two queries, however many aims there are."""
    rows = [one for one in campaign.battle_aims.select_related("unit", "party", "line") if one.indicator in known]
    stored: dict[tuple[int, str], dict[str, IndicatorRow]] = {}
    months = tuple(_months(campaign.first_on, campaign.last_on))
    found = IndicatorRow.objects.filter(
        plant=campaign.plant_id, unit__in={one.unit_id for one in rows}, indicator__in={one.indicator for one in rows},
        grain="month", letter="", period__range=(str(months[0]), str(months[-1])),
    )  # fmt: skip
    for one in found:
        stored.setdefault((one.unit_id, one.indicator), {})[one.period] = one
    return [_kpi(one, known[one.indicator], months, stored.get((one.unit_id, one.indicator), {}), on) for one in rows]


def aim_of(*, scope: Scope, pk: int, verb: str) -> BattleAim | None:
    rows = BattleAim.objects.select_related("campaign__plant", "campaign__body", "unit")
    return rows.filter(pk=pk, campaign__plant__in=scope.plants(verb)).first()


def _kpi(
    row: BattleAim, indicator: Indicator, months: tuple[Period, ...], stored: Mapping[str, IndicatorRow], on: dt.date
) -> Kpi:
    shown = tuple(_month(one, stored.get(str(one)), indicator) for one in months)
    parts = [(one.numerator, one.denominator) for _period, one in sorted(stored.items()) if one.value and one.numerator]
    actual, aim = added(indicator, parts), Decimal(row.aim)
    first, last = row.campaign.first_on, row.campaign.last_on
    whole = (last - first).days + 1
    elapsed = min(max((on - first).days, 0), whole)
    over = Period.month(on.year, on.month)
    summed = indicator.rollup in SUMMED
    gone = (one for one in shown if one.period < over)
    missing = tuple(one.period for one in gone if one.value is None or (summed and not one.whole))
    return Kpi(row, indicator, aim, shown, actual, progress(actual, aim, elapsed=elapsed, whole=whole), missing)


def _month(period: Period, row: IndicatorRow | None, indicator: Indicator) -> Month:
    def number(text: str) -> Decimal | None:
        return round_to(Decimal(text), indicator.decimals) if text else None

    if row is None:
        return Month(period, None, None, whole=False)
    return Month(period, number(row.value), number(row.plan), whole=row.covered >= row.expected)


def _months(first: dt.date, last: dt.date) -> Iterator[Period]:
    month = Period.month(first.year, first.month)
    while month.first <= last:
        yield month
        month += 1
