"""The year of one scale: months, quarter panels and 民主测评 by declared weights; missing parts are named, never filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.rules.arith import as_points, plain, show_points
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.total import UNRATED
from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.exact import mean, rounded, shown
from ronglu.kernel.standing.grade import Standing, placed

MOST_H = 10_500
"""A converted month with the year's whole bonus on top."""
MONTHS = range(1, 13)
QUARTERS = range(1, 5)
Marks = Mapping[int, int | None]
"""Month 1–12 or quarter 1–4 → hundredths; None or absent while it is not rated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRules:
    """Weights that add up to 1, how many months and quarters must stand, and the most that may be 优秀."""

    months: Decimal
    quarters: Decimal
    review: Decimal
    min_months: int
    min_quarters: int
    member_quota: Fraction
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearScore:
    """`value_h` is None while 暂不评级; `reason` then says why, in words."""

    value_h: int | None
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    reason: str

    @property
    def label(self) -> str:
        return UNRATED if self.value_h is None else f"{show_points(self.value_h)} 分"


def year_score(*, rules: YearRules, months: Marks, quarters: Marks, review_h: int | None) -> YearScore:
    """Combine converted months, quarter panels and the review of the year; rounded half-up once, to two decimals."""
    _within(months, quarters, review_h)
    gone = [f"{no} 月" for no in MONTHS if months.get(no) is None]
    gone += [f"{_QUARTER[no]}季度点评分" for no in QUARTERS if quarters.get(no) is None]
    gone += [] if review_h is not None else ["民主测评"]
    stand = [value for value in months.values() if value is not None]
    panels = [value for value in quarters.values() if value is not None]
    reasons = []
    if rules.months and len(stand) < rules.min_months:
        reasons.append(f"评了 {len(stand)} 个月，不足 {rules.min_months} 个月")
    if rules.quarters and len(panels) < rules.min_quarters:
        reasons.append(f"有 {len(panels)} 个季度点评分，不足 {rules.min_quarters} 个")
    if rules.review and review_h is None:
        reasons.append("民主测评没有结果")
    if reasons:
        return YearScore(value_h=None, steps=(), missing=tuple(gone), reason="；".join(reasons))
    parts = (
        (f"月度平均（{len(stand)} 个月）", rules.months, mean(stand)),
        (f"季度点评平均（{len(panels)} 个季度）", rules.quarters, mean(panels)),
        ("民主测评", rules.review, None if review_h is None else Fraction(review_h)),
    )
    return _combined([(label, weight, value) for label, weight, value in parts if weight and value is not None], gone)


def grade_year(*, sheet: Sheet, score: YearScore, vetoed: bool, scale: str) -> Standing:
    """Grade and stars by the thresholds of the sheet; an approved veto in any month of the year holds it down."""
    if score.value_h is None:
        return Standing(scale=scale, grade=None, star=None, capped=False, linkable=False, reason=score.reason)
    return placed(sheet=sheet, scale=scale, converted=as_points(score.value_h), vetoed=vetoed)


def _combined(parts: list[tuple[str, Decimal, Fraction]], gone: list[str]) -> YearScore:
    total = sum((Fraction(weight) * value for _, weight, value in parts), Fraction(0))
    steps = [
        Step(label, f"{plain(weight)} × {shown(value)}", shown(Fraction(weight) * value))
        for label, weight, value in parts
    ]
    value_h = rounded(total)
    steps.append(
        Step("年度得分", "＋".join(step.value for step in steps) + "，四舍五入到两位小数", show_points(value_h))
    )
    return YearScore(value_h=value_h, steps=tuple(steps), missing=tuple(gone), reason="")


_QUARTER = {1: "一", 2: "二", 3: "三", 4: "四"}


def _within(months: Marks, quarters: Marks, review_h: int | None) -> None:
    problems = [f"没有 {no} 月" for no in months if no not in MONTHS]
    problems += [f"没有第 {no} 季度" for no in quarters if no not in QUARTERS]
    named = [(f"{no} 月", value, MOST_H) for no, value in months.items()]
    named += [(f"第 {no} 季度点评分", value, 10_000) for no, value in quarters.items()]
    named.append(("民主测评", review_h, 10_000))
    problems += [
        f"{label}应在 0 到 {most // 100} 之间，现为 {show_points(value)}"
        for label, value, most in named
        if value is not None and not 0 <= value <= most
    ]
    if problems:
        raise InputTrouble(problems)
