"""月审核、季点评、年考核: one case a branch and period, raised by the calendar and closed by it once no appeal is open.

Nothing happens in a plant that has not begun with it: `plant.settings["review"]` is its first month, or "off".
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db import transaction

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.standing.timetable import Timetable, dates
from ronglu.kernel.time.period import Grain, Period
from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import Account, BodyState, Case, CaseStep, Plant, Review
from ronglu.store.values import workdays_of
from ronglu.work import appeals, audits, cases
from ronglu.work.closings import reviewed_since as since
from ronglu.work.reviews_fill import Ground

KINDS: Mapping[str, Grain] = {"monthly": Grain.MONTH, "quarterly": Grain.QUARTER, "annual": Grain.YEAR}
NAMED: Mapping[str, str] = {"monthly": "month", "quarterly": "quarter", "annual": "year"}
"""The field that says which period it is."""
SINCE, OFF = "review", "off"
APPEALS, CLOSE = "appeals", "close"
FILLED = "refill"


class ReviewProblem(OrgTrouble):
    """考核周期不能这样办。"""


@transaction.atomic
def begin(*, plant: Plant, month: Period, by: Account, at: dt.datetime) -> None:
    """From this month on every branch is reviewed; the first case comes when the month is over."""
    if since(plant) is not None:
        raise ReviewProblem(f"本厂从 {since(plant)} 起已在用考核周期")
    _set(plant, str(month), "begin", by, at)


@transaction.atomic
def stop(*, plant: Plant, reason: str, by: Account, at: dt.datetime) -> None:
    """No more cases are raised and none stands against a close; those that run go on to their end."""
    if since(plant) is None:
        raise ReviewProblem("本厂没有在用考核周期")
    if not reason.strip():
        raise ReviewProblem("请写明为什么停用")
    _set(plant, OFF, "stop", by, at, reason=reason.strip())


def tend(*, plant: Plant, loops: Mapping[str, Loop], timetable: Timetable, on: dt.date, at: dt.datetime) -> int:
    """What the clock does once a day; a second time it finds nothing. Says how many cases were raised or closed."""
    return (
        raise_due(plant=plant, loops=loops, timetable=timetable, on=on, at=at)
        + refill(plant=plant, loops=loops, at=at)
        + settle(plant=plant, loops=loops, at=at)
    )


@transaction.atomic
def raise_due(*, plant: Plant, loops: Mapping[str, Loop], timetable: Timetable, on: dt.date, at: dt.datetime) -> int:
    """One case for every branch and every period that is over and has none yet."""
    held = Plant.objects.select_for_update().get(pk=plant.pk)
    if (start := since(held)) is None:
        return 0
    states = list(BodyState.objects.filter(body__plant=plant, kind__in=BRANCHES).select_related("body"))
    have = set(Review.objects.filter(body__plant=plant).values_list("kind", "period", "body_id"))
    workdays, raised = workdays_of(plant), 0
    for kind, period in _over(start, on):
        due = [one for one in states if one.holds(period.last) and (kind, str(period), one.body_id) not in have]
        ground = Ground(plant, kind, period, loops, at)
        for state in sorted(due, key=lambda one: (one.body.position, one.body.code)):
            _raise(state, kind, period, loops[kind], ground, timetable=timetable, workdays=workdays, at=at)
        raised += len(due)
    return raised


@transaction.atomic
def refill(*, plant: Plant, loops: Mapping[str, Loop], at: dt.datetime) -> int:
    """Cases that nobody has handed in yet say what the records say now: scored again, closed, carried out since."""
    moved = 0
    for kind in KINDS:
        first = loops[kind].raising.to
        rows = Review.objects.filter(body__plant=plant, kind=kind, case__state=first).select_related("case")
        grounds: dict[str, Ground] = {}
        for row in rows:
            ground = grounds.setdefault(row.period, Ground(plant, kind, Period.parse(row.period), loops, at))
            now = ground.of(row.body_id)
            fresh = {code: words for code, words in now.items() if row.case.data.get(code) != words}
            moved += _fill(row.case, fresh, at=at) if fresh else 0
    return moved


@transaction.atomic
def settle(*, plant: Plant, loops: Mapping[str, Loop], at: dt.datetime) -> int:
    """The days of appeal are over and no appeal of the branch is open: the case closes by itself."""
    kinds = [kind for kind in KINDS if loops[kind].move(CLOSE) and loops[kind].move(CLOSE).source == (APPEALS,)]  # type: ignore[union-attr]
    waiting = Case.objects.filter(plant=plant, loop__in=kinds, state=APPEALS, due_at__lte=at)
    rows = list(waiting.select_for_update().order_by("pk"))
    held = appeals.holding(rows)
    workdays = workdays_of(plant) if rows else None
    for case in rows:
        if case.pk not in held and workdays is not None:
            cases.move_by_clock(loop=loops[case.loop], case=case, code=CLOSE, at=at, workdays=workdays)
    return len(rows) - len(held)


def _over(start: Period, on: dt.date) -> Iterator[tuple[str, Period]]:
    """Kind and period of everything that is over on a day, from the first month on, earliest first."""
    for kind, grain in KINDS.items():
        period = start.up(grain) if grain is not Grain.MONTH else start
        while period.last < on:
            yield kind, period
            period = period + 1


def _raise(
    state: BodyState, kind: str, period: Period, loop: Loop, ground: Ground, *, timetable: Timetable, workdays: WorkCalendar,
    at: dt.datetime,
) -> None:  # fmt: skip
    days = dates(timetable, period, workdays.add_workdays)
    known = {field.code for field in loop.fields}
    last = {f"{post.stage.code}_by": str(post.on) for post in days if f"{post.stage.code}_by" in known}
    if kind == "quarterly":
        last["look_by"] = str((period + 1).last)
    case = cases.raise_by_clock(
        loop=loop, plant=ground.plant, body=state.body, given={NAMED[kind]: str(period), "stage": "hands", **last, **ground.of(state.body_id)},
        title=f"{period} {loop.label} {state.name}", at=at, workdays=workdays,
    )  # fmt: skip
    Review.objects.create(body=state.body, kind=kind, period=str(period), case=case)


def _fill(case: Case, fresh: Mapping[str, str], *, at: dt.datetime) -> int:
    """A step like any other, so that what was prefilled before is not lost; nothing where somebody was quicker."""
    said = {"data": case.data | dict(fresh), "seen": case.seen + 1}
    if Case.objects.filter(pk=case.pk, seen=case.seen).update(**said) != 1:
        return 0
    CaseStep.objects.create(
        case=case, no=case.seen + 1, move=FILLED, before=case.state, after=case.state, at=at, data=dict(fresh),
        due_at=case.due_at, origin="clock",
    )  # fmt: skip
    return 1


def _set(plant: Plant, value: str, verb: str, by: Account, at: dt.datetime, **detail: object) -> None:
    held = Plant.objects.select_for_update().get(pk=plant.pk)
    held.settings[SINCE] = value
    held.save(update_fields=["settings"])
    plant.settings = held.settings
    audits.record(verb=f"reviews.{verb}", by=by, at=at, plant=plant, subject=value, detail=detail)
