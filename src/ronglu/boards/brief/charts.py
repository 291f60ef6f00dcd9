"""What a brief draws: plain labels and texts of numbers, the same for the page, for paper and for the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

from ronglu.boards.brief.gaps import halts_of
from ronglu.boards.brief.ground import Ground
from ronglu.boards.cascade import read as cascades
from ronglu.boards.cascade.read import Day
from ronglu.boards.indicator.read import lines_of
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.time.period import Grain

ZERO = Decimal(0)
Chart = dict[str, Any]


def charts(on: Ground) -> list[Chart]:
    """Of the first planned quantity of the plant; of a month the teams and the stops too."""
    lead = next(iter(on.leads(on.top)), None)
    found = [] if lead is None else _lead(on, lead)
    if on.period.grain is Grain.MONTH:
        found += [*_teams(on), *_stops(on)]
    return found


def _lead(on: Ground, one: Indicator) -> list[Chart]:
    row = on.cascades[on.top][one.code]
    first, last = on.calendar.days_of(on.month)
    days = [day for day in cascades.days_of(row) if first <= day.on <= last]
    labels = [f"{day.on.month}-{day.on.day}" for day in days]
    plan, done = list(accumulate(day.plan for day in days)), _running(on, days)
    curve = [("实际累计", "actual", done), ("计划累计", "plan", plan)]
    end = cascades.end_of(row, on.month) if row.until == on.last and on.last < last else None
    if end is not None:
        blank: list[Decimal | None] = [None] * (len(days) - 1)
        curve += [("预计低", "limit", [*blank, end.low]), ("预计高", "limit", [*blank, end.high])]
    gone = sum(1 for day in days if day.on <= on.last)
    daily = [day.done if day.on <= on.last else None for day in days]
    return [
        chart("curve", f"{one.name}：本月累计与计划", one.unit, "lines", labels, curve, gone),
        chart("daily", f"{one.name}：逐日实际与计划", one.unit, "columns", labels, [
            ("实际", "actual", daily), ("计划", "plan", [day.plan for day in days]),
        ], gone),
    ]  # fmt: skip


def _running(on: Ground, days: Sequence[Day]) -> list[Decimal | None]:
    """A day without a figure lifts nothing; nothing is drawn before the first figure or after the day told of."""
    found: list[Decimal | None] = []
    run: Decimal | None = None
    for day in days:
        if day.on <= on.last and day.done is not None:
            run = (run or ZERO) + day.done
        found.append(run if day.on <= on.last else None)
    return found


def _teams(on: Ground) -> list[Chart]:
    """Each team's part of its own plan in per cent, line by line."""
    labels, values = [], []
    for unit in on.lines:
        lead = next(iter(on.leads(unit)), None)
        teams = [int(one.id) for one in on.view.children(unit) if one.kind == "crew"]
        told = lines_of(around=on.around, units=teams, period=on.period, only=[lead.code]) if lead and teams else {}
        for team in teams:
            for line in told.get(team, ()):
                whole = line.value is not None and line.plan and line.covered >= line.expected
                labels.append(on.name(team))
                values.append(
                    round_fraction(Fraction(line.value) / Fraction(line.plan) * 100, 2) if whole else None  # type: ignore[arg-type]
                )
    if not any(value is not None for value in values):
        return []
    return [chart("teams", "班组完成计划的百分数（第一项产量）", "%", "rows", labels, [("完成", "actual", values)])]


def _stops(on: Ground) -> list[Chart]:
    minutes: Counter[str] = Counter()
    for halts in halts_of(on).values():
        for one in halts:
            reason = on.books.stops.reason(one.halt.reason)
            minutes[reason.zh if reason else one.halt.reason] += one.minutes
    listed = sorted(minutes.items(), key=lambda row: (-row[1], row[0]))
    if not listed:
        return []
    labels, values = [name for name, _ in listed], [Decimal(count) for _, count in listed]
    return [chart("stops", "停机原因", "分钟", "rows", labels, [("停机", "actual", values)])]


def chart(
    code: str, title: str, unit: str, kind: str, labels: Sequence[str],
    series: Iterable[tuple[str, str, Sequence[Decimal | None]]], gone: int | None = None,
) -> Chart:  # fmt: skip
    """Of the labels the first `gone` lie behind: what they have no value for is missing, the rest is to come."""
    told = [
        {"name": name, "kind": how, "values": [None if one is None else format(one, "f") for one in values]}
        for name, how, values in series
    ]
    return {"code": code, "title": title, "unit": unit, "kind": kind, "labels": list(labels), "series": told} | {
        "gone": len(labels) if gone is None else gone
    }
