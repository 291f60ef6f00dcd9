"""One cell of the sheet explained: rule, parameters, figures, steps, origin, and what changed since the run before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.boards.explain.curve import CurveView, curve_of
from ronglu.boards.explain.figures import FigureView, figures_of
from ronglu.boards.explain.gaps import Gap, gaps
from ronglu.boards.explain.moved import Moved, readings_between, steps_between
from ronglu.boards.explain.owned import Owned, owned
from ronglu.boards.explain.readings import SIZE, Readings, of_figure
from ronglu.boards.explain.records import Record, records_of
from ronglu.boards.names import name_for
from ronglu.boards.sheet import read as sheets
from ronglu.boards.sheet.cells import Cell
from ronglu.boards.sheet.read import Branch, SheetView
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.item import CalendarKind, Item
from ronglu.kernel.rules.score import Score, judge
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.trace import Trace, trace
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Period
from ronglu.store.models import Body, ItemFigure, Plant, Result
from ronglu.store.values import calendar_of
from ronglu.work.queries import agreed
from ronglu.work.scope import Scope

JUDGED = (State.READINGS_MISSING, State.NOTHING, State.NOT_APPLICABLE, State.AWAITING_REVIEW)


@dataclass(frozen=True, slots=True)
class Signed:
    """The office's figure behind an imported score."""

    ground: str
    entered_by: str
    entered_at: dt.datetime
    signed_by: str
    signed_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`days` are the production or calendar days the item reads; `moved` is None where the run before said the same."""

    sheet: SheetView
    branch: Branch
    item: Item
    cell: Cell
    trace: Trace
    figures: tuple[FigureView, ...]
    curve: CurveView | None
    days: tuple[dt.date, dt.date]
    signed: Signed | None
    moved: Moved | None
    previous: int | None
    records: tuple[Record, ...] = ()

    def figure(self, code: str) -> FigureView | None:
        return next((one for one in self.figures if one.code == code), None)


def read(
    *, scope: Scope, plant: Plant, month: Period, body: str, item: str, pack: Any, number: int | None = None
) -> Explanation | None:
    """None where the month was not scored, the branch is out of scope, or the sheet has no such item."""
    view = sheets.read(scope=scope, plant=plant, month=month, number=number, body=body)
    row = next((r for r in view.rows if r.item.code == item), None) if view else None
    if view is None or row is None:
        return None
    branch, cell = view.branches[0], row.cells[0]
    stored = dict(
        Result.objects.filter(run__in=[view.run, view.before_run or 0], body=branch.pk, item=item)
        .values_list("run_id", "basis")
    )  # fmt: skip
    basis = adjusted_bases(view).get((branch.pk, item), stored[view.run])
    facts, figures = basis_of(basis), figures_of(basis, pack)
    names = scope.has("people.see")
    return Explanation(
        sheet=view, branch=branch, item=row.item, cell=cell,
        trace=trace(item=row.item, basis=facts, score=_score(row.item, cell, facts, basis.get("note", ""))),
        figures=figures,
        curve=curve_of(row.item.shape, facts) if cell.state is State.SCORED else None,
        days=_days(plant, row.item, month),
        signed=_signed(branch, item, cell, names) if cell.state is State.IMPORTED else None,
        moved=_moved(scope, view, row.item, figures, figures_of(stored.get(view.before_run, {}), pack), names),
        previous=view.before,
        records=records_of(basis, scope=scope, plant=plant, loops=pack.loops),
    )  # fmt: skip


def readings(
    *, scope: Scope, told: Explanation, figure: FigureView, page: int = 1, ranked: bool = False, size: int = SIZE
) -> Readings:
    """The readings behind one figure of the explanation; a reader without readings.see there gets an empty page."""
    calendar, mine, units = _of_branch(scope, told, figure)
    return of_figure(
        figure=figure, owned=mine, month=told.sheet.month.yyyymm, calendar=calendar, may_see=units,
        names=scope.has("people.see"), page=page, ranked=ranked, size=size,
    )  # fmt: skip


def missing(*, scope: Scope, told: Explanation, figure: FigureView, until: dt.date) -> tuple[Gap, ...]:
    """Shifts up to `until` that owed a reading of the figure and have none that scores."""
    calendar, mine, units = _of_branch(scope, told, figure)
    return gaps(figure=figure, owned=mine, units=units, calendar=calendar, until=until)


def _of_branch(scope: Scope, told: Explanation, figure: FigureView) -> tuple[Calendar, Owned, list[int]]:
    """The plant's clock, the branch's shifts of the month, and those units of the figure whose readings one may see."""
    calendar = calendar_of(told.sheet.plant)
    first, last = calendar.days_of(told.sheet.month)
    body = Body.objects.select_related("plant").get(pk=told.branch.pk)
    units = scope.units("readings.see").filter(pk__in=figure.units).values_list("pk", flat=True)
    return calendar, owned(body=body, first=first, last=last), list(units)


def adjusted_bases(view: SheetView) -> dict[tuple[int, str], Mapping[str, Any]]:
    """(branch, item) → the basis of what approved adjustments made of it: a cell is explained by what it stands on."""
    if view.closed is None or not view.closed.approved:
        return {}
    return {spot: one.basis for spot, one in agreed.of_run(view.run).items()}


def basis_of(stored: Mapping[str, Any]) -> Basis:
    return Basis.from_data(stored) if "lines" in stored else Basis()


def _score(item: Item, cell: Cell, facts: Basis, note: str) -> Score:
    """The stored score with its note; where none was stored the kernel says why the rows give this state."""
    if not note and cell.state in JUDGED:
        judged = judge(item=item, basis=facts)
        note = judged.note if judged.state is cell.state else ""
    return Score(
        item=cell.item, full_h=int(cell.full.scaleb(2)), state=cell.state,
        won_h=None if cell.won is None else int(cell.won.scaleb(2)), note=note, period=cell.of,
    )  # fmt: skip


def _days(plant: Plant, item: Item, month: Period) -> tuple[dt.date, dt.date]:
    """The statistical month of readings, the calendar month (or quarter, year) of everything else (09-5)."""
    if item.calendar is CalendarKind.STAT:
        return calendar_of(plant).days_of(month)
    whole = month.up(item.cadence)
    return whole.first, whole.last


def _signed(branch: Branch, item: str, cell: Cell, names: bool) -> Signed | None:
    month = cell.of.yyyymm if cell.of else 0
    rows = ItemFigure.objects.filter(body=branch.pk, item=item, month=month)
    one = rows.select_related("entered_by__person", "signed_by__person").first()
    if one is None:
        return None
    by, signer = name_for(one.entered_by, names), name_for(one.signed_by, names)
    return Signed(one.ground, by, one.entered_at, signer, one.signed_at)


def _moved(
    scope: Scope,
    view: SheetView,
    item: Item,
    figures: tuple[FigureView, ...],
    before: tuple[FigureView, ...],
    names: bool,
) -> Moved | None:
    if view.before is None:
        return None
    was = sheets.read(scope=scope, plant=view.plant, month=view.month, number=view.before, body=view.branches[0].code)
    if was is None or item.code not in {row.item.code for row in was.rows}:
        return None
    old = {one.code: one for one in before}
    scale = next(c.scale for c in view.sheet.categories if c.code == item.category)
    restated = readings_between(
        figures=figures, old=old, calendar=calendar_of(view.plant), names=names,
        may_see=scope.units("readings.see").filter(plant=view.plant).values_list("pk", flat=True),
    )  # fmt: skip
    steps = steps_between(
        item=item.code, category=item.category, scale=scale, now=view, was=was, figures=figures, old=old
    )
    if not _touched(steps, item.code, figures) and not restated:
        return None
    return Moved(number=was.number, at=was.at, steps=steps, readings=restated, versions=(was.version, view.version))


def _touched(steps: tuple[Any, ...], item: str, figures: tuple[FigureView, ...]) -> bool:
    """Whether this very item moved, not only another one of the same scale."""
    own = {item, *(one.name for one in figures)}
    return any(step.label.split("·")[0] in own for step in steps)
