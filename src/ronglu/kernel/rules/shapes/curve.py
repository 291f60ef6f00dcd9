"""How one indicator row is judged against its plan: the attainment curve, the tolerance rule, the count rule."""

from __future__ import annotations

from dataclasses import dataclass

from ronglu.kernel.rules.arith import FULL, MILLION, clamp_share, div, show_share
from ronglu.kernel.rules.basis import Direction, Line, Method
from ronglu.kernel.rules.shape import Step


@dataclass(frozen=True, slots=True)
class Curve:
    """Knots (attainment in millionths, share in billionths), ascending; below the first 0, above the last its share."""

    knots: tuple[tuple[int, int], ...]

    def at(self, a_ppm: int, cap: int) -> int:
        """Piecewise linear between knots (a0, s0), (a1, s1): s0 + div((a − a0)·(s1 − s0), a1 − a0), then min(cap, ·)."""
        low_a, low_s = self.knots[0]
        if a_ppm < low_a:
            return 0
        for high_a, high_s in self.knots[1:]:
            if a_ppm <= high_a:
                return min(cap, low_s + div((a_ppm - low_a) * (high_s - low_s), high_a - low_a))
            low_a, low_s = high_a, high_s
        return min(cap, low_s)

    def between(self, a_ppm: int) -> str:
        """Where on the curve an attainment lies, for people."""
        edges = [a for a, _ in self.knots]
        if a_ppm < edges[0]:
            return f"低于 {_ratio(edges[0])}"
        if a_ppm >= edges[-1]:
            return f"达到 {_ratio(edges[-1])} 及以上"
        high = next(a for a in edges if a > a_ppm)
        return f"{_ratio(edges[edges.index(high) - 1])}–{_ratio(high)} 之间"

    def problems(self) -> list[str]:
        found = []
        if len(self.knots) < 2:
            found.append("折线至少要两个点")
        for (a0, s0), (a1, s1) in zip(self.knots, self.knots[1:], strict=False):
            if a1 <= a0 or s1 < s0:
                found.append(
                    f"折线应一路向上：{_ratio(a0)} 之后是 {_ratio(a1)}，{show_share(s0)} 之后是 {show_share(s1)}"
                )
        return found


def _ratio(ppm: int) -> str:
    return show_share(ppm * 1000)


def attainment_ppm(line: Line, top: int) -> int:
    """a in millionths, half-up. Up: num ÷ (den·plan), 0 if num ≤ 0. Down: (plan·den) ÷ num; num ≤ 0 gives `top`.

    Only for plan > 0 and den > 0; `top` is the curve's last knot, so consuming nothing is as good as the best.
    """
    num, plan = line.num or 0, line.plan or 0
    if line.direction is Direction.DOWN:
        return top if num <= 0 else div(plan * line.den * MILLION, num)
    return 0 if num <= 0 else div(num * MILLION, line.den * plan)


def missing(line: Line) -> str:
    """Why a row cannot be judged, or ''. Such a row is shown and left out; it is never taken as zero."""
    if line.num is None or line.den <= 0:
        return "缺数，不计入"
    if line.weight <= 0:
        return "没有权重，不计入"
    if line.direction is Direction.BAND:
        return "" if line.low is not None and line.high is not None and line.tol > 0 else "没有设定范围和容差，不计入"
    if line.plan is None and line.method is not Method.COUNT:
        return "没有计划，不计入"
    if not by_attainment(line) and line.tol <= 0:
        return "没有设定容差，不计入"
    return ""


def by_attainment(line: Line) -> bool:
    """The curve needs a positive plan; with a plan of zero or below the row falls to its tolerance (count rule)."""
    return line.method is Method.ATTAINMENT and line.direction is not Direction.BAND and (line.plan or 0) > 0


def deviation(line: Line) -> int:
    """(better − plan)·den, positive when better than plan: up num − plan·den, down plan·den − num, band −distance·den."""
    num, plan = line.num or 0, line.plan or 0
    if line.direction is Direction.BAND:
        return -max((line.low or 0) * line.den - num, num - (line.high or 0) * line.den, 0)
    return plan * line.den - num if line.direction is Direction.DOWN else num - plan * line.den


def row_cap(line: Line, cap: int) -> int:
    """Only `attainment` with a plan and `points` towards a plan may exceed 1 (when bonus is on)."""
    bonus = by_attainment(line) or (line.method is Method.POINTS and line.direction is not Direction.BAND)
    return cap if bonus else FULL


def row_ppb(line: Line, curve: Curve, cap: int) -> int:
    """The share of one row in billionths.

    By attainment: curve.at(a). Otherwise with T = tol·den and d = deviation: n = T + d; 0 if n ≤ 0,
    else min(cap', (2·n·10⁹ + T) // (2·T)), where cap' is 10⁹ except for `points` towards a plan.
    """
    if by_attainment(line):
        return curve.at(attainment_ppm(line, curve.knots[-1][0]), cap)
    room = line.tol * line.den
    return clamp_share(room + deviation(line), room, row_cap(line, cap))


def row_steps(line: Line, curve: Curve, cap: int) -> tuple[Step, ...]:
    """计划, 实际, then attainment and curve, or deviation and tolerance."""
    unit, group = f" {line.unit}" if line.unit else "", line.name
    actual = Step("实际", "先合计，后相除", f"{line.actual}{unit}", group)
    if problem := missing(line):
        return (actual, Step("这一指标", problem, "—", group))
    share = row_ppb(line, curve, cap)
    capped = f"，封顶 {show_share(row_cap(line, cap))}" if share == row_cap(line, cap) else ""
    if by_attainment(line):
        a_ppm = attainment_ppm(line, curve.knots[-1][0])
        pair = (
            (line.show(line.plan), line.actual)
            if line.direction is Direction.DOWN
            else (line.actual, line.show(line.plan))
        )
        return (
            Step("计划", "", f"{line.show(line.plan)}{unit}", group),
            actual,
            Step("达成率", f"{pair[0]} ÷ {pair[1]}", _ratio(a_ppm) if line.num and line.num > 0 else "—", group),
            Step("折线", f"{curve.between(a_ppm)}{capped}", show_share(share), group),
        )
    band = line.direction is Direction.BAND
    goal = f"{line.show(line.low)}–{line.show(line.high)}" if band else line.show(line.plan or 0)
    gap = line.show(deviation(line), line.den)
    apart = " pp" if line.unit == "%" else unit
    return (
        Step("范围" if band else "计划", "", f"{goal}{unit}", group),
        actual,
        Step(
            "离范围（负数为超出）" if band else "比计划好（负数为差）",
            f"容差 {line.show(line.tol)}{apart}",
            f"{gap}{apart}",
            group,
        ),
        Step(
            "得分比例",
            f"1 ＋（{gap}）÷ {line.show(line.tol)}，在 0 与 {show_share(row_cap(line, cap))} 之间",
            show_share(share),
            group,
        ),
    )
