"""Themes with what hangs under each, and the whole year by 三抓三要: every activity of the records under exactly one of the three."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ronglu.store.models import Gathering, Goal, KeyTask, PartyCampaign, Plant, PlatformUse, Programme, Theme
from ronglu.work.scope import Scope

SEE = "goals.see"
SORTS = ("goal", "key_task", "programme", "platform", "campaign", "gathering")


@dataclass(frozen=True, slots=True)
class ThemeRow:
    theme: Theme
    goals: int
    key_tasks: int
    programmes: int


def listed(*, plant: Plant, year: int) -> list[ThemeRow]:
    """Those that hold in the year, with what hangs under them in it; one query."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    runs = Q(key_tasks__first_on__lte=last, key_tasks__last_on__gte=first)
    open_ = Q(programmes__first_on__lte=last) & (Q(programmes__last_on=None) | Q(programmes__last_on__gte=first))
    rows = of_year(plant=plant, year=year).annotate(
        g=Count("goals", filter=Q(goals__year=year) & ~Q(goals__state="dropped"), distinct=True),
        k=Count("key_tasks", filter=runs & ~Q(key_tasks__state="dropped"), distinct=True),
        p=Count("programmes", filter=open_, distinct=True),
    )
    return [ThemeRow(one, one.g, one.k, one.p) for one in rows]


def of_year(*, plant: Plant, year: int) -> QuerySet[Theme]:
    return Theme.objects.filter(plant=plant, first_year__lte=year, last_year__gte=year)


def theme_of(*, scope: Scope, pk: int) -> Theme | None:
    return Theme.objects.select_related("plant").filter(pk=pk, plant__in=scope.plants(SEE)).first()


def by_grip(*, plant: Plant, year: int, grip_of: Callable[[str, str], str]) -> dict[str, Counter[str]]:
    """Grip → how many of each sort; campaigns and meetings are tagged by their kind, nobody types it. Six queries."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    found: dict[str, Counter[str]] = {}

    def add(grip: str, sort: str, n: int) -> None:
        found.setdefault(grip, Counter())[sort] += n

    runs = Q(first_on__lte=last) & (Q(last_on=None) | Q(last_on__gte=first))
    for sort, rows in (
        ("goal", Goal.objects.filter(plant=plant, year=year).exclude(state="dropped")),
        ("key_task", KeyTask.objects.filter(runs, plant=plant).exclude(state="dropped")),
        ("programme", Programme.objects.filter(runs, plant=plant)),
    ):
        for grip, n in rows.order_by().values_list("grip").annotate(n=Count("pk")):
            add(grip, sort, n)
    uses = PlatformUse.objects.filter(platform__plant=plant, day__range=(first, last)).order_by()
    for grip, n in uses.values_list("platform__grip").annotate(n=Count("pk")):
        add(grip, "platform", n)
    campaigns = PartyCampaign.objects.filter(runs, plant=plant).exclude(state="dropped").order_by()
    for kit, n in campaigns.values_list("kit").annotate(n=Count("pk")):
        add(grip_of("campaign", kit), "campaign", n)
    held = Gathering.objects.filter(plant=plant, state="closed", starts_at__date__range=(first, last)).order_by()
    for kind, n in held.values_list("kind").annotate(n=Count("pk")):
        add(grip_of("gathering", kind), "gathering", n)
    return found
