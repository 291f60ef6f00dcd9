"""The sheet as rows of cells with their words and links, in the way of showing that the reader picked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ronglu.boards.sheet.cells import Cell
from ronglu.boards.sheet.changes import Change
from ronglu.boards.sheet.read import OPEN, Branch, Group, Row, SheetView
from ronglu.kernel.rules.arith import plain
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.web.charts import Step
from ronglu.web.formats import num, signed
from ronglu.web.marks import STATES
from ronglu.web.sheet.frame import Asked
from ronglu.web.words import named

POINTS, RATE, MOVED = "points", "rate", "moved"
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell for the `score` mark; `text` stands in its place where the way of showing needs words of its own."""

    state: str
    points: Decimal | None
    full: Decimal
    source: str
    url: str
    label: str
    text: str = ""
    moved: bool = False


def ways(view: SheetView | None) -> list[tuple[str, str]]:
    found = [(POINTS, _("得分")), (RATE, _("得分率 %"))]
    return [*found, (MOVED, _("较上次计分"))] if view and view.before is not None else found


def categories(view: SheetView) -> list[tuple[str, str]]:
    found = [("", _("全部")), ("open", _("只看未评"))]
    return found + [(g.category.code, f"{g.category.code} {named(g.category)}") for g in view.groups]


def rows(view: SheetView, at: Asked, *, way: str, category: str) -> list[dict[str, Any]]:
    """Groups with their rows; `category` is a code, "open" for rows with a cell nobody can score yet, or all."""
    found = []
    for group in view.groups:
        kept = [row for row in group.rows if category != "open" or any(c.state in OPEN for c in row.cells)]
        if kept and category in ("", "open", group.category.code):
            found.append(
                {"group": group, "sums": _sums(group, way), "rows": [_row(view, at, row, way) for row in kept]}
            )
    return found


def _row(view: SheetView, at: Asked, row: Row, way: str) -> dict[str, Any]:
    return {
        "item": row.item,
        "cells": [
            shown(cell, branch, named(row.item), at, way=way)
            for branch, cell in zip(view.branches, row.cells, strict=True)
        ],
    }


def shown(cell: Cell, branch: Branch, name: str, at: Asked, *, way: str = POINTS) -> Shown:
    points, full, unit = _counted(cell, way)
    source = _source(cell)
    said = named(cell.state)
    if points is not None:
        words = {"won": f"{source}{num(points, 2)}", "unit": unit, "full": num(full)}
        said = _("%(won)s %(unit)s，满分 %(full)s") % words
    return Shown(
        state=cell.state.value, points=points, full=full, source=source, url=at.item(branch.code, cell.item),
        label=f"{branch.name} {cell.item} {name} {said}",
        text=_moved(cell) if way == MOVED else "", moved=way == MOVED and cell.change is not None,
    )  # fmt: skip


def _counted(cell: Cell, way: str) -> tuple[Decimal | None, Decimal, str]:
    """Points of the full points, or per cent of a hundred."""
    if way == RATE and cell.won is not None:
        return cell.won / cell.full * HUNDRED, HUNDRED, "%"
    return cell.won, cell.full, _("分")


def _source(cell: Cell) -> str:
    if cell.state is State.IMPORTED:
        return str(STATES["imported"].label)
    return _("%d 月") % cell.of.last.month if cell.state is State.CARRIED and cell.of else ""


def _moved(cell: Cell) -> str:
    if cell.change is None:
        return "—"
    return f"{cell.change.before} → {cell.change.after}"


def _sums(group: Group, way: str) -> Iterable[dict[str, str]]:
    for one in group.sums:
        if way == RATE:
            yield {"won": num(one.won / one.available * HUNDRED, 1) if one.available else "—", "of": ""}
        else:
            yield {
                "won": num(one.won, 2) if one.available else "—",
                "of": plain(one.available) if one.available else "",
            }


def waterfall(view: SheetView, scale: str, at: Asked, *, here: str = "") -> list[Step]:
    """From the points that stand down to those won; items without points show their word and take nothing away."""
    mine = [g for g in view.groups if g.category.scale == scale]
    total = next(s.standings[0].total for s in view.scales if s.scale.code == scale)
    steps = [Step(_("已评满分"), " + ".join(g.category.code for g in mine), total=total.available)]
    for group in mine:
        steps += [_step(row, view.branches[0], at, here) for row in group.rows]
    return [*steps, Step(_("得分"), "", total=total.won)]


def _step(row: Row, branch: Branch, at: Asked, here: str) -> Step:
    cell = row.cells[0]
    return Step(
        f"{row.item.code} {num(row.item.points)}", named(row.item),
        delta=None if cell.won is None else -cell.lost, word="" if cell.won is not None else named(cell.state),
        url=at.item(branch.code, row.item.code), here=row.item.code == here,
    )  # fmt: skip


def change_words(
    *, cells: Iterable[Change], totals: Iterable[Change], names: Mapping[int, str], sheet: Sheet
) -> list[dict[str, str]]:
    """What moved, in words: cells in the order of the sheet, then totals."""
    return [
        {"branch": names[c.body], "name": name, "before": c.before, "after": c.after, "moved": signed(c.moved, 2)}
        for c, name in (*_named(cells, _items(sheet)), *_named(totals, _scales(sheet)))
    ]  # fmt: skip


def moved(view: SheetView) -> list[dict[str, str]]:
    """What this run moved against the one before."""
    names = {branch.pk: branch.name for branch in view.branches}
    return change_words(cells=view.changes, totals=view.total_changes, names=names, sheet=view.sheet)


def _named(changes: Iterable[Change], names: Mapping[str, str]) -> Iterable[tuple[Change, str]]:
    return ((change, names[change.item]) for change in changes)


def _items(sheet: Sheet) -> dict[str, str]:
    return {item.code: f"{item.code} {named(item)}" for item in sheet.items}


def _scales(sheet: Sheet) -> dict[str, str]:
    return {scale.code: _("%s折算") % named(scale) for scale in sheet.scales}
