"""In one line for each item of a branch: why it did not get its full points, for papers that have no room for the steps."""

from collections.abc import Iterator, Mapping
from typing import Any

from ronglu.boards.explain.figures import figures_of
from ronglu.boards.explain.read import basis_of
from ronglu.boards.sheet.cells import Cell
from ronglu.boards.sheet.read import SheetView
from ronglu.kernel.rules.arith import plain
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.state import State
from ronglu.store.models import Result

MOST = 4
"""Facts named in the line; further ones are counted."""


def reasons(*, view: SheetView, pack: Any) -> dict[str, str]:
    """Item → why, for the first branch of the sheet; empty where nothing was lost. One query."""
    branch = view.branches[0]
    rows = Result.objects.filter(run=view.run, body=branch.pk).values_list("item", "basis")
    stored: dict[str, Mapping[str, Any]] = dict(rows)
    return {
        row.item.code: _why(row.item, row.cells[0], stored[row.item.code], pack, closed=view.closed is not None)
        for row in view.rows
    }


def _why(item: Item, cell: Cell, basis: Mapping[str, Any], pack: Any, *, closed: bool) -> str:
    if closed and cell.change:
        return f"关账时 {cell.change.before}，经调整为 {cell.change.after}"
    if cell.won is None:
        note = basis.get("note", "")
        return f"{cell.state.label}：{note}" if note else cell.state.label
    if cell.state is State.CARRIED and cell.of:
        return f"沿用 {cell.of.label}"
    if cell.state is not State.SCORED:
        return "：".join(part for part in (cell.state.label, basis.get("ground", "")) if part)
    if cell.lost <= 0:
        return ""
    steps = item.shape.explain(basis_of(basis))
    facts = list(_figures(basis, pack)) or [_step(step) for step in steps if step.expression != step.value]
    more = f"；等 {len(facts)} 处" if len(facts) > MOST else ""
    return "；".join(facts[:MOST]) + more


def _figures(basis: Mapping[str, Any], pack: Any) -> Iterator[str]:
    """煤单耗 43 千克/吨（计划 42）."""
    for one in figures_of(basis, pack):
        actual = "缺数" if one.shown is None else f"{plain(one.shown)}{one.unit}"
        plan = "" if one.plan is None else f"（计划 {plain(one.plan)}）"
        yield f"{one.name} {actual}{plan}"


def _step(step: Step) -> str:
    """按时限答复的诉求 3 ÷ 4: a quotient says more than the share it comes to."""
    worked = step.expression if "÷" in step.expression else f"{step.expression} = {step.value}".removeprefix(" = ")
    return f"{step.group} {step.label} {worked}".strip()
