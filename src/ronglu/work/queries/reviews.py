"""The year at a glance: each branch's months, quarters and year with the stage its case has come to, and what is late."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from ronglu.kernel.loops.due import last_day
from ronglu.kernel.loops.loop import OVER, Loop, State
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.standing.timetable import Milepost, Timetable, dates
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Body, BodyState, Case, CaseRow, Plant, Review
from ronglu.store.values import workdays_of
from ronglu.work.scope import Scope

HANDS = "hands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One case: its state, until when, and whether somebody is late with it."""

    pk: int
    kind: str
    period: str
    state: str
    over: bool
    late: bool
    due_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A branch: a cell or nothing for each period of the year, months first, then quarters, then the year itself."""

    code: str
    name: str
    cells: tuple[Cell | None, ...]

    @property
    def late(self) -> int:
        return sum(one.late for one in self.cells if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a period has come: all of its cases, those at their end, those late, and how many stand in each state."""

    period: Period
    kind: str
    total: int
    over: int
    late: int
    states: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> int:
        return 100 * self.over // self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    progress: tuple[Progress, ...]
    late: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice of a quarter's card; `action` is the case it was turned into."""

    row: CaseRow
    action: Case | None
    mine: bool


def year_view(*, scope: Scope, plant: Plant, year: Period, at: dt.datetime) -> YearView:
    """Four queries whatever the number of branches; only branches in the reader's scope."""
    periods = (*year.down(Grain.MONTH), *year.down(Grain.QUARTER), year)
    seen = scope.bodies("sheet.see").filter(plant=plant)
    cells = {(body, cell.period): cell for body, cell in _cells(seen, periods, at)}
    names = dict(
        BodyState.objects.filter(body__in=seen, kind__in=BRANCHES, from_on__lte=year.last)
        .filter(Q(until_on=None) | Q(until_on__gt=year.first)).order_by("from_on").values_list("body", "name")
    )  # fmt: skip
    order = Body.objects.filter(pk__in=names).order_by("position", "code").values_list("pk", "code")
    lines = tuple(
        Line(code=code, name=names[pk], cells=tuple(cells.get((pk, str(one))) for one in periods)) for pk, code in order
    )
    late = tuple((line.name, cell) for line in lines for cell in line.cells if cell and cell.late)
    return YearView(periods=periods, lines=lines, progress=_progress(periods, lines), late=late)


def mileposts(*, plant: Plant, timetable: Timetable, year: Period) -> list[tuple[Period, tuple[Milepost, ...]]]:
    """The last days of every stage of the months, quarters and the year, as the plant's working days have them."""
    workdays = workdays_of(plant)
    periods = (*year.down(Grain.MONTH), *year.down(Grain.QUARTER), year)
    return [(one, dates(timetable, one, workdays.add_workdays)) for one in periods]


def case_of(*, scope: Scope, pk: int) -> Review | None:
    """The review behind a case number of the table, if its branch is in the reader's scope."""
    found = Review.objects.filter(case=pk, body__in=scope.bodies("sheet.see"))
    return found.select_related("case__plant", "case__body", "body__plant").first()


def advice_of(review: Review, *, scope: Scope) -> list[Advice]:
    """Two queries; `mine` are those that the reader answers."""
    rows = list(CaseRow.objects.filter(case=review.case, kind="advice").exclude(state="dropped").order_by("no"))
    numbers = [row.data["action"] for row in rows if row.data.get("action")]
    known = {one.number: one for one in Case.objects.filter(plant=review.body.plant, number__in=numbers)}
    return [
        Advice(row, known.get(row.data.get("action", "")), row.state == "open" and row.person_id in scope.hands)
        for row in rows
    ]


def line_of(review: Review, no: int) -> CaseRow | None:
    return CaseRow.objects.filter(case=review.case, kind="advice", no=no).select_related("case__plant", "case__body").first()  # fmt: skip


def states(loops: Mapping[str, Loop]) -> dict[tuple[str, str], State]:
    """Each state of each kind, for its name."""
    kinds = ("monthly", "quarterly", "annual")
    return {(kind, state.code): state for kind in kinds if kind in loops for state in loops[kind].states}


def _cells(seen: "object", periods: tuple[Period, ...], at: dt.datetime) -> list[tuple[int, Cell]]:
    rows = Review.objects.filter(body__in=seen, period__in=[str(one) for one in periods])
    fields = ("body", "kind", "period", "case", "case__state", "case__phase", "case__due_at", "case__data__stage")
    found = []
    for body, kind, period, pk, state, phase, due_at, stage in rows.values_list(*fields):
        over = phase in OVER
        late = not over and stage == HANDS and due_at is not None and due_at <= at
        cell = Cell(
            pk=pk, kind=kind, period=period, state=state, over=over, late=late, due_on=last_day(due_at) if due_at else None
        )  # fmt: skip
        found.append((body, cell))
    return found


def _progress(periods: tuple[Period, ...], lines: tuple[Line, ...]) -> tuple[Progress, ...]:
    """Periods that have cases, the newest first."""
    found = []
    for no, period in enumerate(periods):
        cells = [cell for line in lines if (cell := line.cells[no])]
        if cells:
            states = Counter(cell.state for cell in cells)
            found.append(
                Progress(
                    period=period, kind=cells[0].kind, total=len(cells), over=sum(cell.over for cell in cells),
                    late=sum(cell.late for cell in cells), states=tuple(sorted(states.items())),
                )
            )  # fmt: skip
    return tuple(reversed(found))
