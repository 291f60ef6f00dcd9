"""What was agreed of closed months after their close, as it stands: items and totals by run, and what later months carry of them."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from ronglu.kernel.rules.arith import div
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import AdjustmentLine, AdjustmentTotal, Plant, Result, Run
from ronglu.work.runs import newest_of

APPROVED = "approved"
Spot = tuple[int, str]


def lines() -> QuerySet[AdjustmentLine]:
    """In this order a later line of a month stands over an earlier one."""
    return AdjustmentLine.objects.filter(adjustment__state=APPROVED).order_by("adjustment__number")


def totals() -> QuerySet[AdjustmentTotal]:
    """The same of totals."""
    return AdjustmentTotal.objects.filter(adjustment__state=APPROVED).order_by("adjustment__number")


def of_run(run: int) -> dict[Spot, AdjustmentLine]:
    """(branch, item) → what stands instead, where a month was closed with this run."""
    return {(one.body_id, one.item): one for one in lines().filter(adjustment__closing__run=run)}


def totals_of_run(run: int) -> dict[Spot, AdjustmentTotal]:
    """(branch, scale) → the same of its total."""
    return {(one.body_id, one.scale): one for one in totals().filter(adjustment__closing__run=run)}


def changed(*, plant: Plant, since: int) -> dict[tuple[int, int, str], AdjustmentLine]:
    """(month, branch, item) → what stands instead, of months from `since` on; each with its adjustment and close."""
    found = lines().filter(adjustment__closing__plant=plant, adjustment__closing__month__gte=since)
    rows = found.select_related("adjustment__closing__run")
    return {(one.adjustment.closing.month, one.body_id, one.item): one for one in rows}


def outdated(run: Run) -> dt.datetime | None:
    """Since when a score that this run carries along is another one in its own month, scored anew there or agreed to after its
    close; None: it carries what stands."""
    held = _carried(run)
    months = {month for month, _won, _full in held.values()}
    if not held:
        return None
    sources = newest_of(plant=run.plant, months=[Period.from_yyyymm(month) for month in months])
    found = Result.objects.filter(run__in=sources.values(), item__in={item for _body, item in held})
    rows = {(one.run.month, one.body_id, one.item): one for one in found.select_related("run").defer("basis")}
    moved = changed(plant=run.plant, since=min(months))
    since = [
        line.adjustment.decided_at if line else row.run.at
        for spot, (month, won, full) in held.items()
        if (row := rows.get((month, *spot)))
        and _worth((line := moved.get((month, *spot))) or row, row.points, full) != won
    ]
    return max((at for at in since if at is not None), default=None)


def _carried(run: Run) -> dict[Spot, tuple[int, int | None, int]]:
    """(branch, item) → the month it was audited in, its points as carried and its full points."""
    rows = Result.objects.filter(run=run, state=State.CARRIED.value)
    found = {
        (body, item): (Period.parse(of).yyyymm, won, full)
        for body, item, won, full, of in rows.values_list("body_id", "item", "won", "points", KT("basis__from"))
        if of
    }
    own: Mapping[Spot, AdjustmentLine] = of_run(run.pk) if found else {}
    for spot in found.keys() & own.keys():
        month, _won, full = found[spot]
        found[spot] = (month, own[spot].won, full)
    return found


def _worth(one: AdjustmentLine | Result, whole: int, here: int) -> int | None:
    """What a score of `whole` full points is worth under those in force here."""
    if one.won is None or not State(one.state).available:
        return None
    return one.won if whole == here else div(one.won * here, whole)
