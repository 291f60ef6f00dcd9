"""What a branch may claim of a better figure (S3-05): only through a measure that was registered before the period began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ronglu.kernel.measure.indicator import Direction
from ronglu.kernel.measure.series import Bounds
from ronglu.kernel.standing.errors import StandingTrouble

WHOLE = 100


class ContributionTrouble(StandingTrouble):
    """贡献申报不成立。"""


class ContributionState(StrEnum):
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    CREDITED = "credited"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ContributionState.CLAIMED: "待产线确认", ContributionState.CONFIRMED: "待党群部复核",
    ContributionState.CREDITED: "已认定", ContributionState.REJECTED: "不认定",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """A line's figure beside its own past and its plan: an administrative fact, whoever claims it.

    A `quantity` grows with the days of the month alone; it got better only where it beat its plan, too.
    """

    value: Decimal | None
    past: Decimal | None
    plan: Decimal | None
    direction: Direction
    band: Bounds | None = None
    quantity: bool = False

    @property
    def against_past(self) -> Decimal | None:
        """How much better than the period before; above 0 is better, whichever way the indicator points."""
        return self._better(self.past)

    @property
    def against_plan(self) -> Decimal | None:
        return self._better(self.plan)

    @property
    def improved(self) -> bool:
        grew = self.against_past is not None and self.against_past > 0
        return grew and (not self.quantity or (self.against_plan is not None and self.against_plan > 0))

    def _better(self, base: Decimal | None) -> Decimal | None:
        if self.value is None or base is None or self.direction is Direction.INFO:
            return None
        if self.direction is Direction.BAND:
            return self._outside(base) - self._outside(self.value)
        return self.value - base if self.direction is Direction.UP else base - self.value

    def _outside(self, value: Decimal) -> Decimal:
        """How far outside its band; nothing inside."""
        low, high = self.band or (None, None)
        below = low - value if low is not None else Decimal(0)
        above = value - high if high is not None else Decimal(0)
        return max(below, above, Decimal(0))


def refuse_measure(*, registered_at: datetime, starts_at: datetime, dropped: bool) -> None:
    """A measure opened during or after the improvement is no ground, nor is one that was given up."""
    if registered_at >= starts_at:
        raise ContributionTrouble(
            [f"这项举措 {registered_at:%Y-%m-%d} 才登记，改善的期间 {starts_at:%Y-%m-%d} 已经开始；事后登记的贡献计 0"]
        )
    if dropped:
        raise ContributionTrouble(["这项举措没有办成（已撤或不办），不能作为贡献的依据"])


def refuse_shares(granted: Mapping[str, int], *, credited: int) -> None:
    """One improvement is credited once: all shares of it together are 100 per cent at most."""
    for name, share in granted.items():
        if not 0 <= share <= WHOLE:
            raise ContributionTrouble([f"{name}的份额应在 0 到 100 之间，现在是 {share}"])
    if (total := sum(granted.values()) + credited) > WHOLE:
        raise ContributionTrouble(
            [
                f"同一项改善只认一次，各支部合计不能超过 100%，现在是 {total}%"
                + (f"（其中已认定 {credited}%）" if credited else "")
            ]
        )
