"""Why this score: rule text, parameters, steps and source as one value that a page, a print or an API can show as it is."""

from __future__ import annotations

from dataclasses import dataclass

from ronglu.kernel.rules.arith import as_points, plain, points_h, show_points, show_share
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """`sentence` is the short answer; `steps` lead from the rows to the points, the last one being the points."""

    item: str
    name: str
    points: str
    rule: str
    shape: str
    params: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    sentence: str
    coverage: str
    source: str
    status: str
    basis: Basis


def trace(*, item: Item, basis: Basis, score: Score) -> Trace:
    """The explanation of a score; steps exist where the basis itself was scored."""
    steps: tuple[Step, ...] = ()
    if score.state is State.SCORED:
        steps = (*item.shape.explain(basis), _points_step(item, basis))
    covered = "" if basis.expected is None else f"{basis.covered or 0}/{basis.expected}"
    return Trace(
        item=item.code, name=item.name, points=plain(item.points), rule=item.rule, shape=item.shape.label,
        params=params_of(item), steps=steps, sentence=sentence(item, score), coverage=covered,
        source=item.source.text, status=item.source.status, basis=basis,
    )  # fmt: skip


def sentence(item: Item, score: Score) -> str:
    """One line for the head of the page: 为什么 D3 能耗物耗得 7.30 分（满分 8）."""
    full = plain(item.points)
    if score.won_h is None:
        return f"{item.code} {item.name}：{score.state.label}（满分 {full}）。{score.note}"
    return f"{item.code} {item.name}得 {show_points(score.won_h)} 分（满分 {full}）。{score.note}"


def _points_step(item: Item, basis: Basis) -> Step:
    ppb = item.shape.ppb(basis)
    won = show_points(points_h(ppb, item.hundredths))
    return Step("得分，四舍五入到两位", f"{show_share(ppb)} × {plain(item.points)} 分", f"{won} 分")


def params_of(item: Item) -> tuple[tuple[str, str], ...]:
    """Everything an item is judged by, as people read it: (label, value)."""
    cover = (("最低覆盖率", f"{item.min_coverage}%，低于即缺数，不计分"),) if item.min_coverage else ()
    return (
        ("满分", f"{plain(item.points)} 分"), *item.shape.params(), *cover,
        ("没有发生时", item.when_nothing.label), ("取数期间", f"{item.calendar.label}，每{item.cadence.label}"),
        ("舍入", "四舍五入，两位，最后一步才舍"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """What a correction moved, for showing two scores of one item side by side."""

    item: str
    before: str
    after: str
    moved: str


def difference(before: Score, after: Score) -> Difference | None:
    """None when nothing a reader could see has changed."""
    if (before.state, before.won_h, before.share_ppb) == (after.state, after.won_h, after.share_ppb):
        return None
    moved = "—"
    if before.won_h is not None and after.won_h is not None:
        moved = format(as_points(after.won_h - before.won_h), "+.2f")
    return Difference(after.item, before.text, after.text, moved)
