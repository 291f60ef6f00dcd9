"""The total of one scale: applicable, available, won and converted points, and whether that is enough to be graded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.rules.arith import as_points, div, hundredths, show_points
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State

UNRATED = "暂不评级"
UNLINKED = "暂不联动"


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """All points in hundredths. `converted_h` is None when nothing is available.

    applicable = Σ points except not applicable; available = Σ points of scores that stand; won = Σ min(won, points)
    of those; converted = div(10000·won, available) + bonus.
    """

    scale: str
    applicable_h: int
    available_h: int
    won_h: int
    bonus_h: int
    converted_h: int | None
    rated: bool
    reason: str
    waiting: tuple[str, ...]
    vetoes: tuple[str, ...]

    @property
    def converted(self) -> Decimal | None:
        return None if self.converted_h is None else as_points(self.converted_h)

    @property
    def lockable(self) -> bool:
        """No panel item waits for its reviewers."""
        return not self.waiting


def total(
    *, sheet: Sheet, scale: str, scores: Iterable[Score], claims_h: int = 0, bonus_left_h: int | None = None
) -> Total:
    """Add up one scale. `claims_h`: verified bonus claims; `bonus_left_h`: what is left of the year's allowance.

    With bonus off both claims and overshoot count nothing. Each item of the scale must be there once: a gap or an extra
    one is an error, because a forgotten item would be padded silently.
    """
    found = list(scores)
    _complete(sheet, scale, found)
    applicable = sum(o.full_h for o in found if o.state.applicable)
    stand = [o for o in found if o.state.available]
    available = sum(o.full_h for o in stand)
    won = sum(min(o.won_h or 0, o.full_h) for o in stand)
    bonus = _bonus(sheet, stand, claims_h, bonus_left_h)
    reason = shortfall(sheet, available, applicable)
    return Total(
        scale=scale, applicable_h=applicable, available_h=available, won_h=won, bonus_h=bonus,
        converted_h=div(10_000 * won, available) + bonus if available else None,
        rated=not reason, reason=reason,
        waiting=tuple(o.item for o in found if o.state.blocks_lock),
        vetoes=tuple(dict.fromkeys(reason for o in found for reason in o.vetoes)),
    )  # fmt: skip


def _complete(sheet: Sheet, scale: str, found: list[Score]) -> None:
    codes, due = [o.item for o in found], [item.code for item in sheet.on_scale(scale)]
    if sorted(codes) != sorted(due):
        gap, extra = sorted(set(due) - set(codes)), sorted(c for c in set(codes) if codes.count(c) > due.count(c))
        raise ValueError(f"合计要每项恰好一次：缺 {'、'.join(gap) or '无'}，多 {'、'.join(extra) or '无'}")


def _bonus(sheet: Sheet, stand: list[Score], claims_h: int, left_h: int | None) -> int:
    if not sheet.bonus.on:
        return 0
    over = sum(max(0, (o.won_h or 0) - o.full_h) for o in stand if o.state is State.SCORED)
    year = hundredths(sheet.bonus.per_year)
    return min(over + claims_h, year if left_h is None else min(left_h, year))


def shortfall(sheet: Sheet, available: int, applicable: int) -> str:
    """Why the scale is not graded, or ''. Exactly at a threshold counts as enough."""
    need = hundredths(sheet.rated.applicable_points)
    if applicable < need:
        return f"适用 {show_points(applicable)} 分，不足 {show_points(need)} 分"
    if available * 100 < applicable * sheet.rated.available_percent:
        return f"已评 {show_points(available)} 分，不足适用 {show_points(applicable)} 分的 {sheet.rated.available_percent}%"
    return ""
