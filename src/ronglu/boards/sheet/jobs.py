"""A computation on its way, for the person who may compute scores there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.boards.sheet.changes import Change
from ronglu.boards.sheet.read import names_on
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.time.period import Period
from ronglu.store.models import Job
from ronglu.work.jobs import UNDER_WAY, seen
from ronglu.work.scope import Scope
from ronglu.work.sheets import in_force, sheet_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a finished trial computation would move against run `against` (None: the month was never scored)."""

    against: int | None
    cells: tuple[Change, ...]
    totals: tuple[Change, ...]
    names: Mapping[int, str]
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    pk: int
    label: str
    state: str
    done: int
    total: int
    message: str
    month: Period
    is_trial: bool

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY


def found(*, scope: Scope, pk: int) -> Job | None:
    """A computation or a close; None for other work, and for plants where the reader may not compute scores."""
    rows = Job.objects.filter(pk=pk, kind__in=("assess", "close"), plant__in=scope.reach("sheet.assess").plants)
    return rows.select_related("plant").first()


def latest(*, scope: Scope, plant: int) -> JobLine | None:
    """The newest computation still under way in a plant, so that its page can say so."""
    if plant not in scope.reach("sheet.assess").plants:
        return None
    row = Job.objects.filter(kind="assess", plant=plant, state__in=UNDER_WAY).first()
    return line(row) if row else None


def line(row: Job) -> JobLine:
    row = seen(row)
    return JobLine(
        pk=row.pk, label=row.label, state=row.state, done=row.done, total=row.total, message=row.message,
        month=Period.parse(row.args["month"]), is_trial=bool(row.args.get("dry_run")),
    )  # fmt: skip


def trial(row: Job) -> Trial | None:
    """None until a trial is done."""
    if row.state != "done" or not row.args.get("dry_run") or row.plant is None:
        return None
    month, told = Period.parse(row.args["month"]), row.result
    cells, totals = _changes(told["cells"]), _changes(told["totals"])
    return Trial(
        against=told["against"], cells=cells, totals=totals,
        names=names_on({change.body for change in (*cells, *totals)}, month),
        sheet=sheet_of(in_force(plant=row.plant, month=month)),
    )  # fmt: skip


def _changes(rows: Any) -> tuple[Change, ...]:
    return tuple(Change(*row) for row in rows)
