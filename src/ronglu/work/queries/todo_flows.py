"""Months of the process graph that the reader should still judge: in the last week of the month, and until its words stand for good."""

import datetime as dt
from collections.abc import Iterator

from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Flow, FlowWord, Plant
from ronglu.work.flows import JUDGE, Judge, closes_on
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

WEEK = dt.timedelta(days=6)


def waiting_flows(scope: Scope) -> Iterator[Todo]:
    """One line a month, however many edges; a handful of queries, none for who judges nothing."""
    if not scope.has(JUDGE) or scope.person_id is None:
        return
    by = Account.objects.get(pk=scope.account_id)
    for plant in scope.plants(JUDGE):
        months = _open(plant, scope.on)
        if not months:
            continue
        held = Flow.objects.filter(plant=plant).within(min(months).first, max(months).last)  # type: ignore[attr-defined]
        judge = Judge.of(by, scope, plant=plant)
        mine = [flow for flow in held if not judge.why_not(flow)]
        said = set(FlowWord.objects.filter(flow__in=mine).values_list("flow", "month"))
        for month in sorted(months):
            left = [one for one in mine if _held(one, month) and (one.pk, month.yyyymm) not in said]
            if left:
                yield Todo("flow", len(left), key=str(month), plant=plant.code, due=months[month])


def _open(plant: Plant, on: dt.date) -> dict[Period, dt.date]:
    """The months to be judged on a day, with the last day for it."""
    this = Period.day(on).up(Grain.MONTH)
    ends = closes_on(plant, this - 1, this)
    begun = {month: end for month, end in ends.items() if month.last - WEEK <= on}
    return {month: end for month, end in begun.items() if end >= on}


def _held(flow: Flow, month: Period) -> bool:
    return flow.from_on <= month.last and (flow.until_on is None or flow.until_on > month.first)
