"""From an item and its basis to a score: which of the states it is in, its share and its points."""

from __future__ import annotations

from dataclasses import dataclass

from ronglu.kernel.rules.arith import as_points, points_h, show_share
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.state import State, WhenNothing
from ronglu.kernel.time.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points in hundredths, as results are stored. `won_h` is None where no points stand; never padded."""

    item: str
    full_h: int
    state: State
    won_h: int | None = None
    share_ppb: int | None = None
    note: str = ""
    period: Period | None = None
    vetoes: tuple[str, ...] = ()

    @property
    def lost_h(self) -> int:
        """Points lost, 0 where none stand."""
        return max(0, self.full_h - self.won_h) if self.won_h is not None else 0

    @property
    def text(self) -> str:
        """What the cell of the sheet says: the points, or the state."""
        if self.won_h is None:
            return self.state.label
        points = format(as_points(self.won_h), ".2f")
        return f"{self.period.label} {points}" if self.state is State.CARRIED and self.period else points


def judge(*, item: Item, basis: Basis, wired: bool = True) -> Score:
    """The score of an item that is due this period.

    Order: not wired; coverage below the item's minimum; nobody judged / no usable row; nothing happened; scored.
    A veto these facts propose is reported in every one of them.
    """
    if not wired:
        return Score(item=item.code, full_h=item.hundredths, state=State.NOT_WIRED, note="本厂尚未接入这项事实")
    vetoes = item.shape.vetoes(basis)
    if item.min_coverage is not None and not basis.covers(item.min_coverage):
        note = f"覆盖 {basis.covered or 0}/{basis.expected}，低于 {item.min_coverage}%，不计分"
        return _without(item, State.READINGS_MISSING, note, vetoes)
    state = item.shape.readiness(basis)
    if state is State.NOTHING:
        return settle(item, vetoes=vetoes)
    if state is not State.SCORED:
        note = "评审人还没有评完" if state is State.AWAITING_REVIEW else "读数、计划或容差不全，没有一个指标可评"
        return _without(item, state, note, vetoes)
    ppb = item.shape.ppb(basis)
    return Score(
        item=item.code, full_h=item.hundredths, state=state, won_h=points_h(ppb, item.hundredths), share_ppb=ppb,
        note=f"得分比例 {show_share(ppb)}", vetoes=vetoes,
    )  # fmt: skip


def settle(item: Item, *, vetoes: tuple[str, ...] = ()) -> Score:
    """Nothing happened: what the item says of that."""
    if item.when_nothing is WhenNothing.NOT_APPLICABLE:
        return _without(item, State.NOT_APPLICABLE, "本期没有发生，不占分母", vetoes)
    won = item.hundredths if item.when_nothing is WhenNothing.FULL else 0
    share = won * 1_000_000_000 // item.hundredths
    return Score(
        item=item.code, full_h=item.hundredths, state=State.NOTHING, won_h=won, share_ppb=share,
        note=item.when_nothing.label, vetoes=vetoes,
    )  # fmt: skip


def imported(*, item: Item, won_h: int, period: Period, ground: str) -> Score:
    """The party office's audited figure for an item that is not wired, signed by a second person (checked by the caller)."""
    if not 0 <= won_h <= item.hundredths:
        raise ValueError(f"{item.code} 满分 {item.points}，导入的 {as_points(won_h)} 分不在 0 与满分之间")
    return Score(
        item=item.code, full_h=item.hundredths, state=State.IMPORTED, won_h=won_h, note=f"导入：{ground}", period=period
    )


def ruled(*, item: Item, won_h: int | None, period: Period, ground: str) -> Score:
    """What an accepted appeal decided, signed by a second person (checked by the caller); None: does not apply this time."""
    if won_h is None:
        return _without(item, State.NOT_APPLICABLE, f"改判不适用：{ground}", ())
    if not 0 <= won_h <= item.hundredths:
        raise ValueError(f"{item.code} 满分 {item.points}，改判的 {as_points(won_h)} 分不在 0 与满分之间")
    return Score(
        item=item.code, full_h=item.hundredths, state=State.RULED, won_h=won_h, note=f"改判：{ground}", period=period
    )


def _without(item: Item, state: State, note: str, vetoes: tuple[str, ...]) -> Score:
    return Score(item=item.code, full_h=item.hundredths, state=state, note=note, vetoes=vetoes)
