"""A month's close as its page shows it: what stands against it, who did what, the seal, and every adjustment since."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ronglu.boards.names import name_for
from ronglu.boards.sheet.changes import points
from ronglu.boards.sheet.read import names_on
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Adjustment, Closing, Plant, Ruling, Seal
from ronglu.work import adjustments, closings, rulings, sheets
from ronglu.work.scope import Scope


@dataclass(frozen=True, slots=True)
class Moved:
    """One item or total of one branch: texts as the cells say them; `by` is the signed difference."""

    body: str
    what: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentView:
    pk: int
    number: int
    state: str
    cause: str
    asked_by: str
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    why: str
    digest: str
    items: tuple[Moved, ...]
    totals: tuple[Moved, ...]
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingView:
    pk: int
    body: str
    item: str
    case: str
    won: str
    ground: str
    state: str
    entered_by: str
    signed_by: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseView:
    """`state` is open, proposed or closed; `blockers` stand against the next step. Names are empty for who may not see people."""

    state: str
    blockers: tuple[str, ...]
    pk: int | None
    run: int | None
    asked_by: str
    asked_at: dt.datetime | None
    closed_by: str
    closed_at: dt.datetime | None
    seal: int | None
    algorithm: str
    digest: str
    mine: bool
    adjustments: tuple[AdjustmentView, ...]
    rulings: tuple[RulingView, ...]


@dataclass(frozen=True, slots=True)
class SealLine:
    number: int
    kind: str
    month: Period
    algorithm: str
    digest: str


def read(*, scope: Scope, plant: Plant, month: Period, on: dt.date) -> CloseView:
    people, found = scope.has("people.see"), closings.of(plant=plant, month=month)
    closed = found is not None and found.state == closings.CLOSED
    asked = found is not None and found.state == closings.PROPOSED
    state = "closed" if closed else "proposed" if asked else "open"
    seal = found.seal if found and closed else None
    shown = found if closed or asked else None
    return CloseView(
        state=state,
        blockers=() if closed else tuple(closings.blockers(plant=plant, month=month, on=on)),
        pk=shown.pk if shown else None,
        run=shown.run.number if shown else None,
        asked_by=name_for(shown.proposed_by if shown else None, people),
        asked_at=shown.proposed_at if shown else None,
        closed_by=name_for(shown.closed_by if shown else None, people),
        closed_at=shown.closed_at if shown else None,
        seal=seal.number if seal else None,
        algorithm=seal.algorithm.upper() if seal else "",
        digest=seal.digest if seal else "",
        mine=bool(shown and shown.proposed_by_id == scope.account_id),
        adjustments=_adjustments(scope, found, month, people) if found and closed else (),
        rulings=_rulings(scope, plant, month, people),
    )


def chain(plant: Plant) -> tuple[SealLine, ...]:
    """The newest first."""
    rows = Seal.objects.filter(plant=plant).order_by("-number")
    return tuple(
        SealLine(one.number, one.get_kind_display(), Period.from_yyyymm(one.month), one.algorithm.upper(), one.digest)
        for one in rows
    )


def adjustment(*, scope: Scope, plants: Iterable[int], pk: int) -> Adjustment | None:
    found = Adjustment.objects.filter(pk=pk, closing__plant__in=plants)
    return found.select_related("closing__plant", "proposed_by").first() if scope.has("month.close") else None


def closing(*, plants: Iterable[int], pk: int) -> Closing | None:
    return Closing.objects.filter(pk=pk, plant__in=plants).select_related("plant", "run", "proposed_by").first()


def ruling(*, plants: Iterable[int], pk: int) -> Ruling | None:
    return Ruling.objects.filter(pk=pk, body__plant__in=plants).select_related("body__plant", "entered_by").first()


def _adjustments(scope: Scope, found: Closing, month: Period, people: bool) -> tuple[AdjustmentView, ...]:
    """Lines of branches in the reader's scope only; two queries whatever their number."""
    seen = set(scope.bodies("sheet.see").values_list("pk", flat=True))
    rows = list(
        found.adjustments.exclude(state=adjustments.REJECTED, decided_by=None)
        .select_related("proposed_by__person", "decided_by__person", "seal")
        .prefetch_related("lines", "totals")
    )
    bodies = {line.body_id for row in rows for line in (*row.lines.all(), *row.totals.all())} & seen
    names = names_on(sorted(bodies), month)
    scales = {one.code: one.name for one in sheets.sheet_of(found.run.sheet).scales} if rows else {}
    return tuple(
        AdjustmentView(
            pk=row.pk, number=row.number, state=row.state, cause=row.cause, asked_by=name_for(row.proposed_by, people),
            asked_at=row.proposed_at, decided_by=name_for(row.decided_by, people), decided_at=row.decided_at, why=row.why,
            digest=row.seal.digest if row.seal else "",
            items=tuple(
                Moved(
                    names.get(one.body_id, ""), one.item, said(one.state_before, one.before),
                    said(one.state_after, one.after), apart(one.before, one.after),
                )
                for one in row.lines.all() if one.body_id in seen
            ),
            totals=tuple(
                Moved(
                    names.get(one.body_id, ""), scales.get(one.scale, one.scale), points(one.before), points(one.converted),
                    apart(one.before, one.converted),
                )
                for one in row.totals.all() if one.body_id in seen
            ),
            mine=row.proposed_by_id == scope.account_id,
        )
        for row in rows
    )  # fmt: skip


def _rulings(scope: Scope, plant: Plant, month: Period, people: bool) -> tuple[RulingView, ...]:
    rows = list(rulings.listed(plant=plant, month=month).filter(body__in=scope.bodies("sheet.see")))
    names = names_on([row.body_id for row in rows], month)
    return tuple(
        RulingView(
            pk=row.pk, body=names.get(row.body_id, ""), item=row.item, case=row.case.number, won=rulings.shown(row),
            ground=row.ground, state=row.state, entered_by=name_for(row.entered_by, people),
            signed_by=name_for(row.signed_by, people), mine=row.entered_by_id == scope.account_id,
        )
        for row in rows
    )  # fmt: skip


def said(state: str, won: int | None) -> str:
    if won is not None:
        return points(won)
    return State(state).label if state else "—"


def apart(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return "—"
    return f"{'+' if after >= before else '−'}{points(abs(after - before))}"
