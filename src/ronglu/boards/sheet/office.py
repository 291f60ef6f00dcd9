"""What the party office adds to a month, as its pages list it: figures for items that are not wired, and vetoes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ronglu.boards.names import name_for
from ronglu.boards.sheet.read import SheetView, names_on
from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import ItemFigure, Plant, VetoMark
from ronglu.work import figures, vetoes
from ronglu.work.runs import newest
from ronglu.work.scope import Scope
from ronglu.work.sheets import in_force, sheet_of

OPEN = (State.NOT_WIRED, State.IMPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A figure or a veto; `value` is the points, empty for a veto. `mine`: the reader entered it himself."""

    pk: int
    body: str
    what: str
    value: str
    ground: str
    entered_by: str
    entered_at: dt.datetime | None
    second: str
    second_at: dt.datetime | None
    settled: bool
    mine: bool


def figure_entries(*, scope: Scope, plant: Plant, month: Period) -> tuple[Entry, ...]:
    """Those that wait for their signature first."""
    seen = figures.listed(plant=plant, month=month).filter(body__in=scope.bodies("sheet.see"))
    rows = sorted(seen, key=lambda row: row.signed_by_id is not None)
    names, people = names_on([row.body_id for row in rows], month), scope.has("people.see")
    return tuple(_figure(row, names.get(row.body_id, ""), scope, people) for row in rows)


def veto_entries(*, scope: Scope, plant: Plant, month: Period) -> tuple[Entry, ...]:
    rows = list(vetoes.listed(plant=plant, month=month).filter(body__in=scope.bodies("sheet.see")))
    names, people = names_on([row.body_id for row in rows], month), scope.has("people.see")
    reasons = {one.code: one.name for one in sheet_of(in_force(plant=plant, month=month)).veto.reasons} if rows else {}
    return tuple(
        Entry(
            pk=row.pk, body=names.get(row.body_id, ""), what=reasons.get(row.reason, row.reason), value="",
            ground=row.evidence, entered_by=name_for(row.entered_by, people), entered_at=None,
            second=name_for(row.approved_by, people), second_at=None, settled=row.approved_by_id is not None,
            mine=row.entered_by_id == scope.account_id,
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class VetoAsked:
    """What the facts of the newest run ask; `body` is the branch's code, `reason` the veto's."""

    body: str
    name: str
    reason: str
    what: str
    records: tuple[str, ...]


def veto_questions(*, scope: Scope, plant: Plant, month: Period) -> tuple[VetoAsked, ...]:
    """Of branches in scope, those that nobody has proposed yet."""
    run = newest(plant=plant, month=month)
    rows = vetoes.questions(run=run) if run else []
    if run is None or not rows:
        return ()
    names = names_on([row.body for row in rows], month)
    codes = dict(scope.bodies("sheet.see").filter(pk__in=[row.body for row in rows]).values_list("pk", "code"))
    reasons = {one.code: one.name for one in sheet_of(run.sheet).veto.reasons}
    return tuple(
        VetoAsked(
            codes[row.body], names.get(row.body, ""), row.reason, reasons.get(row.reason, row.reason), row.records
        )
        for row in rows
        if row.body in codes
    )


def open_items(view: SheetView) -> tuple[Item, ...]:
    """Items that some branch has without a source in this installation."""
    return tuple(row.item for row in view.rows if any(cell.state in OPEN for cell in row.cells))


def figure(*, scope: Scope, plants: Iterable[int], pk: int) -> ItemFigure | None:
    rows = ItemFigure.objects.filter(pk=pk, body__plant__in=plants, body__in=scope.bodies("sheet.see"))
    return rows.select_related("body__plant").first()


def veto(*, scope: Scope, plants: Iterable[int], pk: int) -> VetoMark | None:
    rows = VetoMark.objects.filter(pk=pk, body__plant__in=plants, body__in=scope.bodies("sheet.see"))
    return rows.select_related("body__plant").first()


def _figure(row: ItemFigure, body: str, scope: Scope, people: bool) -> Entry:
    return Entry(
        pk=row.pk, body=body, what=row.item, value=f"{from_scaled(row.won, 2):.2f}", ground=row.ground,
        entered_by=name_for(row.entered_by, people), entered_at=row.entered_at,
        second=name_for(row.signed_by, people), second_at=row.signed_at, settled=row.signed_by_id is not None,
        mine=row.entered_by_id == scope.account_id,
    )  # fmt: skip
