"""The answer of a what-if as people read it: who moves and by how much, grades, ties and medians, item by item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from ronglu.boards.sheet.read import names_on
from ronglu.kernel.rules.load import readable
from ronglu.kernel.rules.sheet import Grade, Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Job, SheetDraft
from ronglu.work.sheets import sheet_of

CENT = Decimal("0.01")
KIND = "whatif"


@dataclass(frozen=True, slots=True)
class Turn:
    """A month in which a branch's grade on a scale would be another; '' is 暂不评级."""

    month: Period
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One branch on one scale: the mean of its months that have a figure both times, in points."""

    body: int
    name: str
    before: Decimal | None
    after: Decimal | None
    turns: tuple[Turn, ...]

    @property
    def moved(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleMoves:
    """`tied`: how many branches share their mean with another one, before and after."""

    code: str
    name: str
    movers: tuple[Mover, ...]
    median_before: Decimal | None
    median_after: Decimal | None
    tied_before: int
    tied_after: int

    @property
    def up(self) -> int:
        return sum(1 for one in self.movers if (one.moved or 0) > 0)

    @property
    def down(self) -> int:
        return sum(1 for one in self.movers if (one.moved or 0) < 0)

    @property
    def same(self) -> int:
        return len(self.movers) - self.up - self.down

    @property
    def turned(self) -> int:
        """Branches whose grade changes in some month."""
        return sum(1 for one in self.movers if one.turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoves:
    """One item over all branches and months in which its cell would be another; `mean` of those with points both times."""

    code: str
    name: str
    cells: int
    up: int
    down: int
    mean: Decimal | None
    states: tuple[tuple[str, str, int], ...]
    """State before → after, and how many cells; '' where the sheet has no such item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """`stale`: the draft was edited since."""

    months: tuple[Period, ...]
    scales: tuple[ScaleMoves, ...]
    items: tuple[ItemMoves, ...]
    stale: bool

    def scale(self, code: str) -> ScaleMoves | None:
        return next((one for one in self.scales if one.code == code), None)


def read(*, job: Job, draft: SheetDraft) -> WhatIf | None:
    """None until the work is done; the same three queries for one branch as for a hundred."""
    if job.state != "done" or not job.result:
        return None
    told, months = job.result, tuple(Period.parse(text) for text in job.result["months"])
    names = names_on({row[1] for row in told["totals"]}, months[-1]) if months else {}
    grades = _grades(draft)
    scales = [
        _scale(scale["code"], scale["name"], [row for row in told["totals"] if row[2] == scale["code"]], names, grades)
        for scale in draft.declaration["scales"]
    ]
    return WhatIf(
        months=months, scales=tuple(scales), items=_items(told["cells"], _item_names(draft)),
        stale=told["revision"] != draft.revision,
    )  # fmt: skip


def latest(draft: SheetDraft) -> Job | None:
    """The newest what-if of a draft, under way or ended."""
    return Job.objects.filter(plant=draft.plant_id, kind=KIND, args__draft=draft.pk).order_by("-pk").first()


def _scale(
    code: str, name: str, rows: list[list[Any]], names: Mapping[int, str], grades: Mapping[str, Grade]
) -> ScaleMoves:
    by_body: dict[int, list[list[Any]]] = defaultdict(list)
    for row in rows:
        by_body[row[1]].append(row)
    movers = [_mover(body, names.get(body, str(body)), mine, grades) for body, mine in by_body.items()]
    before = [one.before for one in movers if one.before is not None]
    after = [one.after for one in movers if one.after is not None]
    return ScaleMoves(
        code=code, name=name, movers=tuple(sorted(movers, key=lambda one: abs(one.moved or Decimal(0)), reverse=True)),
        median_before=_median(before), median_after=_median(after), tied_before=_tied(before), tied_after=_tied(after),
    )  # fmt: skip


def _mover(body: int, name: str, rows: list[list[Any]], grades: Mapping[str, Grade]) -> Mover:
    whole = [(was, now) for _, _, _, was, now, _, _ in rows if was is not None and now is not None]
    turns = tuple(
        Turn(Period.parse(month), _grade(was, grades), _grade(now, grades))
        for month, _, _, _, _, was, now in rows
        if was != now
    )
    return Mover(
        body=body, name=name, before=_mean(was for was, _ in whole), after=_mean(now for _, now in whole), turns=turns
    )


def _items(cells: list[list[Any]], names: Mapping[str, str]) -> tuple[ItemMoves, ...]:
    by_item: dict[str, list[list[Any]]] = defaultdict(list)
    for row in cells:
        by_item[row[2]].append(row)
    found = []
    for code in sorted(by_item):
        rows = by_item[code]
        moved = [now - was for _, _, _, _, was, _, now in rows if was is not None and now is not None]
        states = Counter((_state(row[3]), _state(row[5])) for row in rows if row[3] != row[5])
        found.append(
            ItemMoves(
                code=code, name=names.get(code, ""), cells=len(rows), up=sum(1 for one in moved if one > 0),
                down=sum(1 for one in moved if one < 0), mean=_mean(moved),
                states=tuple((was, now, n) for (was, now), n in sorted(states.items())),
            )
        )  # fmt: skip
    return tuple(found)


def _item_names(draft: SheetDraft) -> dict[str, str]:
    old: Sheet | None = sheet_of(draft.base) if draft.base else None
    listed = (*(old.items if old else ()), *readable(draft.declaration))
    return {item.code: item.name for item in listed}


def _grades(draft: SheetDraft) -> dict[str, Grade]:
    """Grades by code, the draft's own names first."""
    rows = draft.declaration["grades"]
    return {row["code"]: Grade(row["code"], row["name"], row["en"], Decimal(str(row["at_least"]))) for row in rows}


def _grade(code: str, grades: Mapping[str, Grade]) -> str:
    return grades[code].name if code in grades else code


def _state(code: str) -> str:
    return State(code).label if code else ""


def _mean(values: Iterable[int]) -> Decimal | None:
    """The mean of hundredths, in points with two decimals."""
    found = list(values)
    return None if not found else (Decimal(sum(found)) / len(found) / 100).quantize(CENT, ROUND_HALF_UP)


def _median(values: list[Decimal]) -> Decimal | None:
    return None if not values else Decimal(median(values)).quantize(CENT, ROUND_HALF_UP)


def _tied(values: list[Decimal]) -> int:
    return sum(n for n in Counter(values).values() if n > 1)
