"""Every adjustment of a year's closed months as rows: what moved for whom, why, who asked and who agreed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from ronglu.boards.closing.read import apart, said
from ronglu.boards.names import name_for, name_of
from ronglu.boards.sheet.changes import points
from ronglu.boards.sheet.read import names_on
from ronglu.kernel.time.period import Period
from ronglu.store.models import Adjustment, Plant
from ronglu.work import adjustments, sheets
from ronglu.work.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item or converted total; names of people are empty for who may not see people."""

    month: Period
    number: int
    state: str
    cause: str
    branch: str
    what: str
    before: str
    after: str
    moved: str
    asked_by: str
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    why: str


def of_year(*, scope: Scope, plant: Plant, year: Period) -> list[Change]:
    """Of branches in the reader's scope, in the order of months and numbers; a fixed number of queries."""
    rows = [one for one in adjustments.listed(plant=plant) if one.closing.month // 100 == year.first.year]
    prefetch_related_objects(rows, "lines", "totals", "closing__run__sheet")
    seen = list(scope.bodies("sheet.see").values_list("pk", flat=True))
    names, people = names_on(seen, year), scope.has("people.see")
    return [change for one in reversed(rows) for change in _changes(one, names, people)]


def _changes(one: Adjustment, names: dict[int, str], people: bool) -> list[Change]:
    scales = {scale.code: scale.name for scale in sheets.sheet_of(one.closing.run.sheet).scales}
    asked = name_of(one.proposed_by) or "系统重算"
    same = {
        "month": Period.from_yyyymm(one.closing.month), "number": one.number, "state": one.get_state_display(),
        "cause": one.cause, "asked_by": asked if people else "", "asked_at": one.proposed_at,
        "decided_by": name_for(one.decided_by, people), "decided_at": one.decided_at, "why": one.why,
    }  # fmt: skip
    items = [
        Change(
            **same, branch=names[line.body_id], what=line.item, before=said(line.state_before, line.before),
            after=said(line.state_after, line.after), moved=apart(line.before, line.after),
        )
        for line in one.lines.all() if line.body_id in names
    ]  # fmt: skip
    totals = [
        Change(
            **same, branch=names[total.body_id], what=f"{scales.get(total.scale, total.scale)}（折算）",
            before=points(total.before), after=points(total.converted), moved=apart(total.before, total.converted),
        )
        for total in one.totals.all() if total.body_id in names
    ]  # fmt: skip
    return items + totals
