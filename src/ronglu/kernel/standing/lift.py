"""1151 双提升: five dimensions make two axes; each member is set beside his own first full quarter, never beside others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ronglu.kernel.rules.arith import show_points
from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.exact import mean, rounded
from ronglu.kernel.standing.lift_rules import FULL_H, Axis, Dimension, LiftRules, Values
from ronglu.kernel.time.period import Grain, Period


class Quadrant(StrEnum):
    BOTH = "both"
    ONE = "one"
    LEVEL = "level"
    DOWN = "down"
    BASELINE = "baseline"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _QUADRANTS[self]


_QUADRANTS = {
    Quadrant.BOTH: "双升", Quadrant.ONE: "单升", Quadrant.LEVEL: "持平", Quadrant.DOWN: "下降",
    Quadrant.BASELINE: "基线期", Quadrant.UNKNOWN: "缺数",
}  # fmt: skip


class Trend(StrEnum):
    UP = "up"
    LEVEL = "level"
    DOWN = "down"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"up": "上升", "level": "平稳", "down": "下降", "unknown": "还看不出"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisStand:
    """An axis in a month: `value_h` from what stands; `delta_h` only over the dimensions known both then and now,
    so that a dimension that falls out is neither a rise nor a fall."""

    axis: Axis
    value_h: int | None
    base_h: int | None
    delta_h: int | None
    missing: tuple[str, ...]
    compared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """A member's month. `reached` (item C2) is None while there is nothing to compare with; `index_h` needs every axis."""

    month: Period
    axes: tuple[AxisStand, ...]
    index_h: int | None
    trend: Trend
    quadrant: Quadrant
    reached: bool | None
    baseline: Period | None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(label for axis in self.axes for label in axis.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """What a member's months have in common: his baseline quarter, its mean of each dimension, the index of each month."""

    rules: LiftRules
    months: Mapping[Period, Values]
    quarter: Period | None
    base: Mapping[str, Fraction | None]
    indexes: Mapping[Period, int | None]


def lift(*, rules: LiftRules, since: date, months: Mapping[Period, Values], month: Period) -> Lift:
    """`since`: the first day the member counts from. `months`: every month known; those after `month` are not looked at."""
    seen = {one: values for one, values in months.items() if one.index <= month.index}
    return _lift(_history(rules, since, seen, month), month)


def lift_months(*, rules: LiftRules, since: date, months: Mapping[Period, Values]) -> dict[Period, Lift]:
    """Every month known, oldest first; the same verdicts as `lift` gives month by month, at a fraction of its cost."""
    if not months:
        return {}
    history = _history(rules, since, months, max(months))
    return {month: _lift(history, month) for month in sorted(months)}


def baseline_quarter(*, rules: LiftRules, since: date, months: Mapping[Period, Values], upto: Period) -> Period | None:
    """The first full quarter from `since` on that has something on every axis; None while there is none."""
    quarter = Period.of(since, Grain.QUARTER)
    if quarter.first < since:
        quarter += 1
    while quarter.first <= upto.first:
        known = _known(months, quarter)
        if all(any(_of(known, one) is not None for one in rules.on(axis.code)) for axis in rules.axes):
            return quarter
        quarter += 1
    return None


def index(rules: LiftRules, values: Values) -> int | None:
    """0–100 in hundredths: the weighted axes; an axis with nothing leaves the index open instead of halving it."""
    means = [(axis.weight, _mean(rules, axis, values)) for axis in rules.axes]
    if any(value is None for _, value in means):
        return None
    return rounded(sum((weight * value for weight, value in means if value is not None), Fraction(0)) / 100)


def _history(rules: LiftRules, since: date, months: Mapping[Period, Values], upto: Period) -> _History:
    _within(rules, months)
    quarter = baseline_quarter(rules=rules, since=since, months=months, upto=upto)
    known = _known(months, quarter) if quarter else []
    return _History(
        rules=rules, months=months, quarter=quarter, base={one.code: _of(known, one) for one in rules.dimensions},
        indexes={month: index(rules, values) for month, values in months.items()},
    )  # fmt: skip


def _lift(history: _History, month: Period) -> Lift:
    quarter, now = history.quarter, history.months.get(month, {})
    compare = quarter is not None and month.first > quarter.last
    base = history.base if compare else {}
    axes = tuple(_axis(history.rules, axis, now, base) for axis in history.rules.axes)
    deltas = [axis.delta_h for axis in axes if axis.delta_h is not None]
    complete = compare and len(deltas) == len(axes)
    return Lift(
        month=month, axes=axes, index_h=history.indexes.get(month), trend=_trend(history, month),
        quadrant=_quadrant(deltas) if complete else Quadrant.UNKNOWN if compare else Quadrant.BASELINE,
        reached=all(delta >= 0 for delta in deltas) if complete else None,
        baseline=quarter if quarter and quarter.first <= month.first else None,
    )  # fmt: skip


def _axis(rules: LiftRules, axis: Axis, now: Values, base: Mapping[str, Fraction | None]) -> AxisStand:
    dimensions = rules.on(axis.code)
    then = [before for one in dimensions if (before := base.get(one.code)) is not None]
    both = [
        (one.label, points - before)
        for one in dimensions
        if (points := now.get(one.code)) is not None and (before := base.get(one.code)) is not None
    ]
    return AxisStand(
        axis=axis, value_h=_rounded(_mean(rules, axis, now)), base_h=_rounded(mean(then)),
        delta_h=_rounded(mean(delta for _, delta in both)),
        missing=tuple(one.label for one in dimensions if now.get(one.code) is None),
        compared=tuple(label for label, _ in both),
    )  # fmt: skip


def _trend(history: _History, month: Period) -> Trend:
    """This month's index beside the mean of the months just before it."""
    now = history.indexes.get(month)
    earlier = [history.indexes.get(month - n) for n in range(1, history.rules.trend_months + 1)]
    before = mean(value for value in earlier if value is not None)
    if now is None or before is None:
        return Trend.UNKNOWN
    return Trend.UP if now > before else Trend.DOWN if now < before else Trend.LEVEL


def _quadrant(deltas: Sequence[int]) -> Quadrant:
    risen = sum(delta > 0 for delta in deltas)
    if risen:
        return Quadrant.BOTH if risen == len(deltas) else Quadrant.ONE
    return Quadrant.DOWN if any(deltas) else Quadrant.LEVEL


def _known(months: Mapping[Period, Values], quarter: Period) -> list[Values]:
    return [months[month] for month in quarter.down(Grain.MONTH) if month in months]


def _of(months: Sequence[Values], dimension: Dimension) -> Fraction | None:
    return mean(value for values in months if (value := values.get(dimension.code)) is not None)


def _mean(rules: LiftRules, axis: Axis, values: Values) -> Fraction | None:
    return mean(value for one in rules.on(axis.code) if (value := values.get(one.code)) is not None)


def _rounded(value: Fraction | None) -> int | None:
    return None if value is None else rounded(value)


def _within(rules: LiftRules, months: Mapping[Period, Values]) -> None:
    labels = {one.code: one.label for one in rules.dimensions}
    problems = []
    for month, values in months.items():
        problems += [f"{month} 没有“{code}”这个维度" for code in values if code not in labels]
        problems += [
            f"{month} {labels[code]}应在 0 到 100 之间，现为 {show_points(value)}"
            for code, value in values.items()
            if code in labels and value is not None and not 0 <= value <= FULL_H
        ]
    if problems:
        raise InputTrouble(problems)
