"""What speaks for and against a draft as it stands: the sheet's sums, the linter, the examples, double counts, minutes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.rules.cost import NONE, Forms, Rates, minutes
from ronglu.kernel.rules.doubles import Double, Elsewhere, doubles
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.examples import build_examples, gaps, run
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.linter import RedList, Refusal, lint
from ronglu.kernel.rules.load import build, readable
from ronglu.kernel.rules.state import State
from ronglu.store.models import AdminFact, Result, Run, SheetDraft
from ronglu.work.sheets import sheet_of

Wires = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Cost:
    item: Item
    minutes: int
    forms: Forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`clear`: it could be proposed; double counts and minutes inform, they do not forbid."""

    problems: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    examples: tuple[str, ...]
    doubles: tuple[Double, ...]
    costs: tuple[Cost, ...]
    minutes: int
    minutes_before: int
    items: tuple[Item, ...]

    @property
    def clear(self) -> bool:
        return not (self.problems or self.refusals or self.examples)

    @property
    def more(self) -> int:
        return self.minutes - self.minutes_before


def verdict(*, draft: SheetDraft, red: RedList, rates: Rates, wires: Wires, on: dt.date) -> Verdict:
    """Pure but for three small reads: what the administrative scheme counts, and what the last run found wired."""
    items = readable(draft.declaration)
    kept, branches = _last_run(draft)
    before = readable(draft.base.declaration) if draft.base else ()
    costs = tuple(_cost(item, draft.forms, rates, branches, kept) for item in items)
    return Verdict(
        problems=_problems(draft), refusals=tuple(one for item in items for one in lint(item, red)),
        examples=tuple(_examples(draft, items)), doubles=doubles(items, elsewhere=_elsewhere(draft, on), wires=wires),
        costs=tuple(cost for cost in costs if cost.minutes), minutes=sum(cost.minutes for cost in costs),
        minutes_before=sum(_cost(item, {}, rates, branches, kept).minutes for item in before), items=items,
    )  # fmt: skip


def _problems(draft: SheetDraft) -> tuple[str, ...]:
    try:
        build(draft.declaration)
    except SheetProblem as problem:
        return problem.problems
    return ()


def _examples(draft: SheetDraft, items: tuple[Item, ...]) -> list[str]:
    """Missing kinds, and every expectation that the engine does not share."""
    known = {item.code: item for item in items}
    rows = {code: found for code, found in draft.examples.items() if code in known and found}
    told = build_examples("例子", {"examples": rows}) if rows else ()
    return gaps(items, told) + [text for one in told for text in run(known[one.item], one)]


def _cost(item: Item, forms: Mapping[str, Any], rates: Rates, branches: int, kept: frozenset[str]) -> Cost:
    asked = Forms.read(forms[item.code]) if item.code in forms else NONE
    return Cost(item, minutes(item, rates=rates, branches=branches, wired=item.fact in kept, forms=asked), asked)


def _elsewhere(draft: SheetDraft, on: dt.date) -> tuple[Elsewhere, ...]:
    rows = AdminFact.objects.on(on).filter(plant=draft.plant)  # type: ignore[attr-defined]
    return tuple(Elsewhere(row.fact, row.type, row.scheme, row.label) for row in rows)


def _last_run(draft: SheetDraft) -> tuple[frozenset[str], int]:
    """Facts that the newest run had, and how many branches it scored."""
    run_ = Run.objects.filter(plant=draft.plant).select_related("sheet").order_by("-month", "-number").first()
    if run_ is None:
        return frozenset(), 0
    results = Result.objects.filter(run=run_)
    idle = set(results.filter(state__in=(State.NOT_WIRED.value, State.IMPORTED.value)).values_list("item", flat=True))
    facts = frozenset(item.fact for item in sheet_of(run_.sheet).items if item.code not in idle)
    return facts, results.values("body").distinct().count()
