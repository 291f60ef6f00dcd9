"""The month's sheet: branches across, items down, two scales on top, only what the reader's scope shows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q

from ronglu.boards.names import name_for
from ronglu.boards.sheet import runs
from ronglu.boards.sheet.cells import Cell, TotalCell, adjusted, adjusted_totals, cells, totals
from ronglu.boards.sheet.changes import Change
from ronglu.kernel.rules.arith import hundredths
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.sheet import Category, Scale, Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.total import shortfall
from ronglu.kernel.time.period import Period
from ronglu.store.models import BodyState, Closing, Plant, Reading, ReadingState, Result, Run
from ronglu.store.values import calendar_of
from ronglu.work import partitions
from ronglu.work.queries import agreed
from ronglu.work.scope import Scope
from ronglu.work.sheets import sheet_of

OPEN = (State.READINGS_MISSING, State.AWAITING_REVIEW, State.NOT_WIRED)


@dataclass(frozen=True, slots=True)
class Branch:
    """`mine`: the reader sits on its committee."""

    pk: int
    code: str
    name: str
    kindred: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Row:
    item: Item
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A category of one branch: won and the points that stand behind it."""

    won: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    category: Category
    sums: tuple[Sum, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A total with the words people read: the grade's name, or why there is none."""

    total: TotalCell
    grade: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScaleRow:
    scale: Scale
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """The month was closed with this run: the number of its seal, adjustments that stand and those that wait."""

    seal: int
    approved: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """`stat_days`: the production days that readings were taken from; party items read the calendar month (09-5).

    `waiting`: readings of the month that wait for their audit, among those the reader may see; `stale`: readings moved
    on since the run that stands.
    """

    plant: Plant
    month: Period
    sheet: Sheet
    version: int
    run: int
    number: int
    newest: bool
    before: int | None
    before_run: int | None
    at: dt.datetime
    by: str
    cause: str
    digest: str
    stat_days: tuple[dt.date, dt.date]
    branches: tuple[Branch, ...]
    scales: tuple[ScaleRow, ...]
    groups: tuple[Group, ...]
    counts: Mapping[State, int]
    changes: tuple[Change, ...]
    total_changes: tuple[Change, ...]
    waiting: int
    stale: bool
    closed: Closed | None

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def open(self) -> int:
        """Cells nobody can score yet: 缺数, 待评, 未接入."""
        return sum(self.counts.get(state, 0) for state in OPEN)


def read(*, scope: Scope, plant: Plant, month: Period, number: int | None = None, body: str = "") -> SheetView | None:
    """None where the month (or that number) was never scored, or nothing of it is in the reader's scope.

    The same queries for three branches as for one; `body` narrows the sheet to one branch.
    """
    run, before = runs.pair(plant, month, number)
    if run is None:
        return None
    seen = branches(scope=scope, run=run, month=month, body=body)
    if not seen:
        return None
    sheet, ids = sheet_of(run.sheet), [one.pk for one in seen]
    newest = number is None or not Run.objects.filter(plant=plant, month=run.month, number__gt=run.number).exists()
    found, whole = cells(run, before, ids), totals(run, before, ids)
    closing = _closing(run) if newest else None
    if closing and closing.approved:
        found, whole = adjusted(closing, found), adjusted_totals(closing, whole)
    return SheetView(
        plant=plant, month=month, sheet=sheet, version=run.sheet.version, run=run.pk, number=run.number,
        newest=newest,
        before=before.number if before else None, before_run=before.pk if before else None, at=run.at,
        by=name_for(run.by, scope.has("people.see")), cause=run.cause, digest=run.digest,
        stat_days=calendar_of(plant).days_of(month),
        branches=seen, scales=tuple(_scale(sheet, scale, seen, whole) for scale in sheet.scales),
        groups=tuple(_group(sheet, category, seen, found) for category in sheet.categories),
        counts=Counter(cell.state for cell in found.values()),
        changes=tuple(c.change for c in found.values() if c.change),
        total_changes=tuple(t.change for t in whole.values() if t.change),
        waiting=_waiting(scope, run), stale=newest and (partitions.moved_on(run) or (closing is None and agreed.outdated(run) is not None)),
        closed=Closed(closing.sealed, closing.approved, closing.waiting) if closing else None,
    )  # fmt: skip


def _closing(run: Run) -> Closing | None:
    """With `sealed`, `approved` and `waiting` counted; None while the month is open."""
    state = {name: Count("adjustments", filter=Q(adjustments__state=name)) for name in ("approved", "proposed")}
    found = Closing.objects.filter(run=run, state="closed", seal__isnull=False).annotate(
        sealed=F("seal__number"), approved=state["approved"], waiting=state["proposed"]
    )
    return found.first()


def _waiting(scope: Scope, run: Run) -> int:
    units = scope.units("readings.see").filter(plant=run.plant_id)
    rows = Reading.objects.filter(month=run.month, channel__unit__in=units, state=ReadingState.FORECAST)
    return rows.count()


def branches(*, scope: Scope, run: Run, month: Period, body: str = "") -> tuple[Branch, ...]:
    """Branches of the run that the reader may see, by the names they had on the month's last day."""
    scored = Result.objects.filter(run=run).values("body")
    rows = scope.bodies("sheet.see").filter(pk__in=scored).order_by("position", "code")
    found = list(rows.filter(code=body) if body else rows)
    names, committee = names_on([b.pk for b in found], month), scope.reach("scores_of_persons.see").bodies
    return tuple(Branch(b.pk, b.code, names.get(b.pk, b.code), b.kindred, b.pk in committee) for b in found)


def names_on(bodies: Iterable[int], month: Period) -> dict[int, str]:
    """What bodies were called on the month's last day, or last of all before it."""
    states = BodyState.objects.filter(body__in=list(bodies), from_on__lte=month.last).order_by("from_on")
    return dict(states.values_list("body_id", "name"))


def _scale(sheet: Sheet, scale: Scale, seen: Iterable[Branch], whole: Mapping[tuple[int, str], TotalCell]) -> ScaleRow:
    return ScaleRow(scale, tuple(standing(sheet, whole[one.pk, scale.code]) for one in seen))


def standing(sheet: Sheet, total: TotalCell) -> Standing:
    names = {grade.code: grade.name for grade in sheet.grades}
    reason = "" if total.grade else shortfall(sheet, hundredths(total.available), hundredths(total.applicable))
    if total.vetoed and total.grade:
        reason = f"一票否决，等级以{names[sheet.veto.cap]}为限"
    return Standing(total, names.get(total.grade, ""), reason)


def _group(sheet: Sheet, category: Category, seen: tuple[Branch, ...], found: Mapping[tuple[int, str], Cell]) -> Group:
    rows = tuple(
        Row(item, tuple(found[one.pk, item.code] for one in seen)) for item in sheet.in_category(category.code)
    )
    sums = tuple(_sum(row.cells[i] for row in rows) for i in range(len(seen)))
    return Group(category, sums, rows)


def _sum(column: Iterable[Cell]) -> Sum:
    stand = [cell for cell in column if cell.stands]
    return Sum(
        sum((min(cell.won or Decimal(0), cell.full) for cell in stand), Decimal(0)),
        sum((cell.full for cell in stand), Decimal(0)),
    )
