"""Year, month and day plans of the invented lines, planned stops, benchmarks."""

import datetime as dt
from decimal import Decimal

from ronglu.cli.demo import story
from ronglu.cli.demo.group import Line
from ronglu.cli.demo.org import Made
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import THIS_MONTH
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.indicator import RollUp
from ronglu.kernel.measure.plan import Stop, to_days, working
from ronglu.kernel.measure.rounding import half_up
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Benchmark, Plan, PlanStop
from ronglu.store.values import calendar_of

ONE = dt.timedelta(days=1)
YEARS = (2025, 2026)
SET_AT = {2025: dt.datetime(2024, 12, 20, 15), 2026: dt.datetime(2025, 12, 22, 15)}

# module → indicator → plan: of a day at standard scale for quantities, of any period for levels
PLANS: dict[str, dict[str, str]] = {
    "smelting": {
        "SM-01": "1195", "SM-02": "36.2", "SM-04": "52.1", "SM-05": "280", "SM-07": "0.46", "SM-08": "97.60",
        "SM-09a": "98.50", "SM-09b": "96.80", "SM-11a": "82", "SM-11b": "95", "SM-13": "162", "SM-15": "2",
        "SM-16": "2480",
    },
    "fire_refining": {
        "SM-01a": "486", "SM-05b": "480", "SM-08a": "99.50", "SM-12": "98.50", "SM-13b": "62.9", "SM-15a": "1.5",
        "SM-16a": "421",
    },
    "electrolysis": {
        "EL-01": "329", "EL-02a": "98.80", "EL-03": "96.50", "EL-04": "254", "EL-05": "287", "EL-06": "15.2",
        "EL-08a": "0.65", "EL-10": "0.372", "EL-12": "99.10", "SM-16b": "783",
    },
    "concentrating": {
        "CN-01": "4420", "CN-02b": "5.25", "CN-02e": "7.50", "CN-03a": "82.40", "CN-03b": "85.30",
        "CN-09": "97.5", "CN-11": "29.4", "CN-12a": "0.860", "CN-13a": "0.430", "CN-13b": "83.3", "CN-16": "95.5",
        "SM-16c": "61.5",
    },
    "forging": {
        "FG-01": "34.8", "FG-02": "14.3", "FG-03": "72.20", "FG-04a": "68.80", "FG-05": "97.70", "FG-08a": "88",
        "FG-10a": "262", "FG-10b": "815", "SM-16d": "9820",
    },
}  # fmt: skip
UNEVEN = (Decimal("0.98"), Decimal("0.96"), Decimal("1.01"), *[Decimal("1.005")] * 7, Decimal("1"), Decimal("0.99"))
"""How the months of a year differ from its even pace."""

BENCHMARKS = {
    "SM-08": ("97.95", "98.30"), "SM-02": ("34.9", "33.5"), "SM-07": ("0.43", "0.40"), "SM-12": ("98.9", "99.2"),
    "EL-03": ("96.9", "97.5"), "EL-02a": ("99.1", "99.4"), "EL-06": ("14.8", "14.2"), "CN-03b": ("85.9", "86.8"),
    "CN-03a": ("83.0", "84.1"), "CN-11": ("28.8", "27.9"), "FG-03": ("72.9", "74.5"), "FG-05": ("98.1", "98.8"),
}  # fmt: skip
"""Indicator → (own best, industry): round figures without a real plant behind them."""


def make(crowd: Crowd) -> None:
    made = crowd.made
    head, planner = (Account.objects.get(person=crowd.holding(role, "")) for role in ("plant_head", "dispatcher"))
    for line in made.plan.lines():
        stops = [stop for stop in story.STOPS[made.plan.code] if stop.line == line.code]
        PlanStop.objects.bulk_create(
            PlanStop(
                unit=made.unit(line.code), from_on=stop.from_on, until_on=stop.until_on, reason=stop.reason,
                set_by=planner, set_at=dt.datetime.combine(stop.from_on - dt.timedelta(days=30), dt.time(9)),
                approved_by=head,
            )
            for stop in stops
        )  # fmt: skip
        rows = [row for year in YEARS for row in _year(made, line, year)] + list(_days(made, line))
        Plan.objects.bulk_create(
            Plan(
                unit=made.unit(line.code), indicator=code, period=period, value=str(value), set_by=head,
                set_at=SET_AT[int(period[:4])],
            )
            for code, period, value in rows
        )  # fmt: skip
    _benchmarks(crowd)


def _year(made: Made, line: Line, year: int) -> list[tuple[str, str, Decimal]]:
    indicators, rows = pack_of(made.plan.code).indicators, []
    for code, text in PLANS[line.module].items():
        indicator, plan = indicators[code], Decimal(text)
        if indicator.rollup is not RollUp.SUM:
            rows.append((code, str(year), plan))
            continue
        months = {m: _month(made, line, m, plan, indicator.decimals) for m in Period.year(year).down(Grain.MONTH)}
        rows += [(code, str(month), value) for month, value in months.items()]
        rows.append((code, str(year), sum(months.values(), Decimal(0))))
    return rows


def _month(made: Made, line: Line, month: Period, daily: Decimal, decimals: int) -> Decimal:
    """The days that are not stopped, at the month's own pace."""
    open_days = len(working(_span(made, month), _stops(made, line)))
    return half_up(daily * line.scale * open_days * UNEVEN[month.first.month - 1], min(decimals, 1))


def _days(made: Made, line: Line) -> list[tuple[str, str, Decimal]]:
    """The running month day by day, for 日保周."""
    indicators, rows = pack_of(made.plan.code).indicators, []
    for code, text in PLANS[line.module].items():
        if indicators[code].rollup is RollUp.SUM:
            whole = _month(made, line, THIS_MONTH, Decimal(text), indicators[code].decimals)
            days = to_days(whole, days=_span(made, THIS_MONTH), decimals=1, stops=_stops(made, line))
            rows += [(code, day.isoformat(), value) for day, value in days.items()]
    return rows


def _span(made: Made, month: Period) -> list[dt.date]:
    first, last = calendar_of(made.plant).days_of(month)
    return [first + ONE * n for n in range((last - first).days + 1)]


def _stops(made: Made, line: Line) -> list[Stop]:
    return [Stop(s.from_on, s.until_on) for s in story.STOPS[made.plan.code] if s.line == line.code]


def _benchmarks(crowd: Crowd) -> None:
    made, owner = crowd.made, crowd.holding("technician", "")
    known = pack_of(made.plan.code).indicators
    said = (("own", "本厂 2025 年最好月份"), ("industry", "行业交流资料（演示用虚构数）"))
    Benchmark.objects.bulk_create(
        Benchmark(
            plant=made.plant, indicator=code, tier=tier, value=value, source=source, dated_on=dt.date(2026, 1, 15),
            owner=owner,
        )
        for code, values in BENCHMARKS.items()
        if code in known
        for value, (tier, source) in zip(values, said, strict=True)
    )  # fmt: skip
