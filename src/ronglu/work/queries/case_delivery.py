"""Cases promised for a day, as their tracker shows them: due when, delivered when, with which result; and on time ÷ due as a ratio of sums."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from ronglu.kernel.loops.loop import Delivery, Phase
from ronglu.kernel.measure.rounding import divide
from ronglu.store.models import Case, CaseStep

MOST = 5000
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Task:
    """`due` as it stands now; `promised` as it was at first, and how often it was `moved` since."""

    case: Case
    due: dt.date
    promised: dt.date
    moved: int
    delivered: dt.date | None
    good: bool

    @property
    def on_time(self) -> bool:
        return self.delivered is not None and self.delivered <= self.due


@dataclass(slots=True)
class Sum:
    """Counts of tasks that fell due; a share of nothing is none, and no share is ever averaged."""

    due: int = 0
    on_time: int = 0
    done: int = 0
    """On time and of good quality."""
    results: dict[str, int] = field(default_factory=dict)

    def add(self, task: Task, result: str) -> None:
        self.due += 1
        self.on_time += task.on_time
        self.done += task.on_time and task.good
        if task.delivered is not None:
            self.results[result] = self.results.get(result, 0) + 1

    @property
    def punctual(self) -> Decimal | None:
        """准时交付率 in per cent (FG-07): on time ÷ due."""
        return divide(Decimal(self.on_time * 100), Decimal(self.due), DIGITS) if self.due else None

    @property
    def complete(self) -> Decimal | None:
        """保供完成率 in per cent (FG-07): on time and good ÷ due."""
        return divide(Decimal(self.done * 100), Decimal(self.due), DIGITS) if self.due else None


def tasks(*, cases: QuerySet[Case], delivery: Delivery, year: int) -> list[Task]:
    """Of the cases a reader may see those promised for a day of the year, by that day. Two queries. What was dropped is left out."""
    rows = cases.exclude(phase=Phase.DROPPED.value).annotate(day=KeyTextTransform(delivery.day, "data"))
    found = list(rows.filter(day__range=(f"{year}-01-01", f"{year}-12-31")).order_by("day", "pk").distinct()[:MOST])
    said = _said([case.pk for case in found], delivery.day)
    return [_task(case, delivery, said.get(case.pk, [])) for case in found]


def sums(
    rows: Sequence[Task], keys: Iterable[tuple[object, ...]], *, delivery: Delivery, on: dt.date
) -> dict[tuple[object, ...], Sum]:
    """By the key beside each task; what is not due yet counts for nothing, early or not."""
    found: dict[tuple[object, ...], Sum] = {}
    for task, key in zip(rows, keys, strict=True):
        if task.due <= on:
            found.setdefault(key, Sum()).add(task, str(task.case.data.get(delivery.result) or ""))
    return found


def _said(cases: list[int], name: str) -> Mapping[int, list[str]]:
    """The days that were ever promised, in order."""
    steps = CaseStep.objects.filter(case__in=cases, data__has_key=name).order_by("case", "no")
    found: dict[int, list[str]] = {}
    for case, data in steps.values_list("case", "data"):
        found.setdefault(case, []).append(str(data[name]))
    return found


def _task(case: Case, delivery: Delivery, said: list[str]) -> Task:
    due = dt.date.fromisoformat(str(case.data[delivery.day]))
    promised = dt.date.fromisoformat(said[0]) if said else due
    delivered = case.closed_at.date() if case.phase == Phase.CLOSED.value and case.closed_at else None
    return Task(case, due, promised, max(len(said) - 1, 0), delivered, case.data.get(delivery.result) in delivery.good)
