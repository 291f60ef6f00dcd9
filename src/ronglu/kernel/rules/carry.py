"""Quarterly and yearly items between audits: the last audited result stands, marked 沿用; before the first, not applicable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ronglu.kernel.rules.arith import as_points, div, plain
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Grain, Period


def due_in(item: Item, month: Period) -> bool:
    """An item is scored afresh in the last month of its period: each month, in 3, 6, 9, 12, or in 12."""
    return month.last == month.up(item.cadence).last


def window(item: Item, month: Period) -> Period:
    """The period whose facts the item reads when it is due."""
    return month.up(item.cadence)


def carried(*, item: Item, month: Period, audited: Iterable[tuple[Period, Score]]) -> Score:
    """The newest audited score from before `month`, under the same full points; `audited` maps a month to its score.

    An audit that found the item not applicable is carried as such. Results whose points did not stand (missing,
    awaiting, not wired) are no audit and are passed over.
    """
    if month.grain is not Grain.MONTH:
        raise ValueError(f"沿用按月看，不是{month.label}")
    stood = (State.SCORED, State.NOTHING, State.IMPORTED, State.RULED, State.NOT_APPLICABLE)
    past = [(period, score) for period, score in audited if period < month and score.state in stood]
    if not past:
        note = f"首次{item.cadence.label}度审核之前"
        return Score(item=item.code, full_h=item.hundredths, state=State.NOT_APPLICABLE, note=note)
    period, last = max(past, key=lambda pair: pair[0])
    if last.state is State.NOT_APPLICABLE:
        return replace(last, note=f"沿用{period.label}：不适用", period=period, vetoes=())
    if last.full_h != item.hundredths:
        # Reweighted since: the share stands, the points follow the rule in force.
        return _reweighted(item, period, last)
    return replace(last, state=State.CARRIED, note=f"沿用{period.label}审定的得分", period=period, vetoes=())


def _reweighted(item: Item, period: Period, last: Score) -> Score:
    won = div((last.won_h or 0) * item.hundredths, last.full_h)
    note = f"沿用{period.label}审定的得分，满分由 {plain(as_points(last.full_h))} 改为 {item.points} 后按比例折算"
    return Score(item=item.code, full_h=item.hundredths, state=State.CARRIED, won_h=won, note=note, period=period)
