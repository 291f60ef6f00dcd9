"""What waits for one reader today, by what he may do: counts and where to go, no names of colleagues."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Max, Min

from ronglu.kernel.rules.state import State
from ronglu.kernel.time.errors import CalendarError
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import (
    Import,
    ImportedScore,
    ImportState,
    IndicatorRow,
    ItemFigure,
    Person,
    PlanStop,
    Plant,
    Reading,
    ReadingState,
    Result,
    UnitState,
    VetoMark,
)
from ronglu.store.values import calendar_of
from ronglu.work import adjustments, closings, partitions, runs, vetoes
from ronglu.work.queries import org_findings, standards
from ronglu.work.queries.feeds import waiting_feeds
from ronglu.work.queries.todo_assays import waiting_assays
from ronglu.work.queries.todo_bulletins import waiting_bulletins
from ronglu.work.queries.todo_closing import waiting_closings
from ronglu.work.queries.todo_contacts import waiting_contacts
from ronglu.work.queries.todo_contests import waiting_contests
from ronglu.work.queries.todo_contributions import waiting_contributions
from ronglu.work.queries.todo_dues import waiting_dues
from ronglu.work.queries.todo_flows import waiting_flows
from ronglu.work.queries.todo_gatherings import waiting_gatherings
from ronglu.work.queries.todo_goals import waiting_goals
from ronglu.work.queries.todo_integrity import waiting_integrity
from ronglu.work.queries.todo_item import Todo
from ronglu.work.queries.todo_labour import labour
from ronglu.work.queries.todo_marks import waiting_marks
from ronglu.work.queries.todo_points import waiting_points
from ronglu.work.queries.todo_polls import waiting_polls
from ronglu.work.queries.todo_study import waiting_study
from ronglu.work.queries.todo_year import waiting_years
from ronglu.work.scope import Scope

LISTED = 5
"""Places named one by one; what is more is one line."""
MONTHS = 3
"""How far back a forecast is still called to mind; older ones stand on the page of readings."""


def todo(*, scope: Scope, on: dt.date) -> list[Todo]:
    """In the order of the month: readings first, then scores, then the organisation. A handful of queries, whatever waits."""
    found = [*_absent(scope), *_unaudited(scope), *_missing(scope), *_imports(scope), *_stops(scope), *labour(scope)]
    found += waiting_feeds(scope)
    found += standards.waiting(scope=scope)
    found += waiting_marks(scope)
    found += [*waiting_contributions(scope), *waiting_contacts(scope)]
    found += [
        *waiting_assays(scope),
        *waiting_flows(scope),
        *waiting_polls(scope),
        *waiting_points(scope),
        *waiting_contests(scope),
        *waiting_gatherings(scope),
        *waiting_goals(scope),
        *waiting_study(scope),
        *waiting_integrity(scope),
        *waiting_bulletins(scope),
        *waiting_dues(scope),
    ]
    plants = list(scope.plants("sheet.see"))
    if len(plants) == 1:
        found += [
            *_month(scope, plants[0], on),
            *_office(scope),
            *waiting_closings(scope),
            *waiting_years(scope),
            *_findings(scope, plants[0], on),
        ]
    return found


def _absent(scope: Scope) -> Iterator[Todo]:
    for name in Person.objects.filter(pk__in=scope.stands_in_for).values_list("name", flat=True):
        yield Todo("deputy", place=name)


def _unaudited(scope: Scope) -> Iterator[Todo]:
    """Forecasts somebody else keyed or imported, of units the reader audits."""
    if not scope.has("readings.audit"):
        return
    since = Period.day(scope.on).up(Grain.MONTH) - MONTHS
    waiting = Reading.objects.filter(
        state=ReadingState.FORECAST, month__gte=since.yyyymm, channel__unit__in=scope.units("readings.audit")
    )
    rows = (
        waiting.exclude(entered_by=scope.account_id)
        .values("channel__unit", "channel__unit__code", of=F("channel__unit__plant__code"))
        .annotate(n=Count("pk"), since=Min("day"))
        .order_by("channel__unit__position")
    )
    listed = list(rows)
    names = _names([row["channel__unit"] for row in listed], scope.on)
    for row in listed[:LISTED]:
        yield Todo("audit", row["n"], names[row["channel__unit"]], row["channel__unit__code"], row["of"], row["since"])
    if rest := listed[LISTED:]:
        yield Todo("audit_more", sum(row["n"] for row in rest), key=str(len(rest)))


def _missing(scope: Scope) -> Iterator[Todo]:
    """Slots of the last day with data that nobody filled, of lines the reader keys for."""
    if not scope.has("readings.enter"):
        return
    rows = IndicatorRow.objects.filter(unit__in=scope.units("readings.enter").filter(kind="line"), grain="day")
    last = rows.aggregate(last=Max("period"))["last"]
    if last is None:
        return
    short = rows.filter(period=last, covered__lt=F("expected")).values("unit", "unit__code", of=F("plant__code"))
    listed = list(short.annotate(n=Max(F("expected") - F("covered"))).order_by("unit__position")[:LISTED])
    names = _names([row["unit"] for row in listed], scope.on)
    for row in listed:
        day = dt.date.fromisoformat(last)
        yield Todo("missing", row["n"], names[row["unit"]], row["unit__code"], row["of"], day)


def _imports(scope: Scope) -> Iterator[Todo]:
    """Files the reader brought, which were tried and wait for his yes: nobody else may give it."""
    if not scope.has("imports.bring"):
        return
    waiting = Import.objects.filter(created_by=scope.account_id, state=ImportState.CHECKED)
    for row in waiting.order_by("-created_at")[:LISTED]:
        yield Todo("import", place=row.file_name, key=str(row.pk), since=row.created_at.date())


def _stops(scope: Scope) -> Iterator[Todo]:
    """Planned stops that somebody else proposed."""
    if not scope.has("plans.set"):
        return
    open_ = PlanStop.objects.filter(approved_by=None, unit__in=scope.units("plans.set"))
    told = open_.exclude(set_by=scope.account_id).aggregate(n=Count("pk"), since=Min("from_on"))
    if told["n"]:
        yield Todo("stop", told["n"], since=told["since"])


def _month(scope: Scope, plant: Plant, on: dt.date) -> Iterator[Todo]:
    """The month that is over: never scored, or moved on since it was."""
    if scope.may("sheet.assess", plant) is not None:
        return
    over = _month_over(plant, on)
    if over is None:
        return
    run = runs.newest(plant=plant, month=over)
    if run is None:
        yield Todo("assess", key=str(over))
        return
    closing = closings.of(plant=plant, month=over)
    if closing and closing.state == closings.CLOSED:
        if adjustments.behind(closing):
            yield Todo("revalue", key=str(over), since=run.at.date())
    elif partitions.moved_on(run):
        yield Todo("moved", key=str(over), since=run.at.date())
    n = Result.objects.filter(run=run, state=State.AWAITING_REVIEW.value).count()
    if n:
        yield Todo("review", n, key=str(over))
    if scope.may("vetoes.enter", plant) is None and (n := len(vetoes.questions(run=run))):
        yield Todo("veto_asked", n, key=str(over))


def _month_over(plant: Plant, on: dt.date) -> Period | None:
    try:
        return calendar_of(plant).month_of(on) - 1
    except CalendarError:  # no clock yet: nothing is over
        return None


def _office(scope: Scope) -> Iterator[Todo]:
    """What a second person signs: figures and past scores brought in, vetoes."""
    if scope.has("figures.sign"):
        waiting = ImportedScore.objects.filter(plant__in=scope.plants("figures.sign"), approved_by=None)
        n = waiting.filter(batch__isnull=False).exclude(batch__created_by=scope.account_id).count()
        if n:
            yield Todo("scores", n)
        open_ = ItemFigure.objects.filter(signed_by=None, body__in=scope.bodies("figures.sign"))
        rows = open_.exclude(entered_by=scope.account_id).values("month").annotate(n=Count("pk")).order_by("month")
        for row in rows[:LISTED]:
            yield Todo("sign", row["n"], key=str(Period.from_yyyymm(row["month"])))
    if scope.has("vetoes.approve"):
        n = VetoMark.objects.filter(approved_by=None, body__in=scope.bodies("vetoes.approve")).count()
        if n:
            yield Todo("veto", n)


def _findings(scope: Scope, plant: Plant, on: dt.date) -> Iterator[Todo]:
    """Regulation checks that do not hold, for those who look after a party body."""
    reach = scope.reach("membership.see")
    if not (reach.bodies or reach.plants):
        return
    rows = org_findings.visible(scope=scope, plant=plant, on=on).filter(reason="").exclude(severity="NOTE")
    # an open hazard is in the inbox of those who have to put it right, by its own clock
    rows = rows.exclude(rule__startswith="R-SAF")
    told = rows.aggregate(n=Count("pk"), since=Min("opened_on"))
    if told["n"]:
        yield Todo("findings", told["n"], since=told["since"])


def _names(units: list[int], on: dt.date) -> dict[int, str]:
    found = dict.fromkeys(units, "")
    return found | dict(UnitState.objects.on(on).filter(unit__in=units).values_list("unit_id", "name"))
