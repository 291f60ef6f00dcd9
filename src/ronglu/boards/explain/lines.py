"""Every score of a sheet with its numerator and denominator, one line a figure: what the workbook proves itself by."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronglu.boards.explain.figures import FigureView, figures_of
from ronglu.boards.explain.read import adjusted_bases
from ronglu.boards.sheet.cells import Cell
from ronglu.boards.sheet.read import Branch, SheetView
from ronglu.kernel.rules.basis import Line
from ronglu.kernel.rules.item import Item
from ronglu.store.models import Result


@dataclass(frozen=True, slots=True)
class ProofLine:
    """`over` and `under` are None where the item counts nothing yet; `note` says why or from where."""

    branch: Branch
    item: Item
    cell: Cell
    name: str
    over_name: str
    over: Decimal | None
    under_name: str
    under: Decimal | None
    value: Decimal | None
    plan: Decimal | None
    unit: str
    covered: int | None
    expected: int | None
    note: str


def proof(*, view: SheetView, pack: Any) -> Iterator[ProofLine]:
    """In the order of the sheet; one query, another where the month was adjusted after its close."""
    rows = Result.objects.filter(run=view.run, body__in=[b.pk for b in view.branches])
    stored = {(body, item): basis for body, item, basis in rows.values_list("body_id", "item", "basis")}
    stored |= adjusted_bases(view)
    for at, branch in enumerate(view.branches):
        for row in view.rows:
            cell, basis = row.cells[at], stored[branch.pk, row.item.code]
            figures = figures_of(basis, pack)
            counted = [] if figures else [Line(**_plain(line)) for line in basis.get("lines", ())]
            made = [_figure(branch, row.item, cell, one) for one in figures]
            made += [_counted(branch, row.item, cell, one) for one in counted]
            yield from made or [_bare(branch, row.item, cell, basis.get("note", ""))]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("key", "num", "den", "label", "unit") if name in row}


def _figure(branch: Branch, item: Item, cell: Cell, one: FigureView) -> ProofLine:
    return ProofLine(
        branch, item, cell, f"{one.code} {one.name}", " + ".join(p.label for p in one.over), one.above,
        " + ".join(p.label for p in one.under), one.below, one.shown, one.plan, one.unit, one.covered, one.expected, "",
    )  # fmt: skip


def _counted(branch: Branch, item: Item, cell: Cell, line: Line) -> ProofLine:
    num, den = (None if n is None else Decimal(n) for n in (line.num, line.den))
    return ProofLine(
        branch, item, cell, line.name, "次数或分子", num, "应有或分母", den, None, None, line.unit, cell.covered,
        cell.expected, "",
    )  # fmt: skip


def _bare(branch: Branch, item: Item, cell: Cell, note: str) -> ProofLine:
    return ProofLine(
        branch,
        item,
        cell,
        "",
        "",
        None,
        "",
        None,
        None,
        None,
        "",
        cell.covered,
        cell.expected,
        note or cell.state.label,
    )
