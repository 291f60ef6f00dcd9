"""Month-end settlement (盘点、金属平衡): the settled figure replaces the sum of shift reports, both stay visible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from ronglu.kernel.measure.agg import Agg
from ronglu.kernel.measure.compare import Change, relative


@dataclass(frozen=True, slots=True)
class Settled:
    """`agg` is what counts from now on; `change` is settled against reported, to be explained by a person."""

    agg: Agg
    reported: Decimal | None
    settled: Decimal | None
    change: Change

    @property
    def difference(self) -> Decimal | None:
        return self.change.delta


def settle(reported: Agg, settled: Decimal | None) -> Settled:
    """The sums of one additive series in one month; without a settled figure the reports stand.

    Only the total is replaced: extremes, hours and the number of reports still describe what was reported. A month
    that was settled without any report counts as read once.
    """
    total = reported.total if reported.n else None
    if settled is None:
        return Settled(reported, total, None, relative(None, total))
    agg = replace(reported, total=settled, n=max(reported.n, 1))
    return Settled(agg, total, settled, relative(settled, total))
