"""Platforms as the registry shows them: owner and rule, last use, who fell silent, and which posts nothing reaches."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from ronglu.kernel.annual.platform import PlatformReach, PlatformStand, PostKind, Rhythm, reach
from ronglu.store.models import Body, Gathering, Plant, Platform, PlatformUse
from ronglu.work.scope import Scope

SEE, SET, USE = "goals.see", "themes.set", "programmes.do"
SHOWN = 40


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """`uses` of the year, `bodies` how many bodies used it then."""

    platform: Platform
    uses: int
    bodies: int
    last: dt.date | None
    silent: bool


def registry(*, plant: Plant, year: int, on: dt.date) -> list[PlatformRow]:
    """Those that stand on the day, or stood at the end of a year that is over; one query."""
    on = min(dt.date(year, 12, 31), on)
    within = Q(uses__day__range=(dt.date(year, 1, 1), on))
    rows = Platform.objects.on(on).filter(plant=plant).select_related("owner")
    counted = rows.annotate(
        n=Count("uses", filter=within), users=Count("uses__body", filter=within, distinct=True), last=Max("uses__day", filter=Q(uses__day__lte=on))
    )  # fmt: skip
    return [
        PlatformRow(one, one.n, one.users, one.last, Rhythm(one.rhythm).silent(since=one.from_on, last=one.last, on=on))
        for one in counted
    ]


def coverage(rows: Iterable[PlatformRow], categories: Iterable[str]) -> PlatformReach:
    stands = (
        PlatformStand(key=one.platform.pk, category=one.platform.category, posts=frozenset(PostKind(kind) for kind in one.platform.posts))
        for one in rows
    )  # fmt: skip
    return reach(stands, categories)


def platform_of(*, scope: Scope, pk: int) -> Platform | None:
    rows = Platform.objects.select_related("plant", "owner")
    return rows.filter(pk=pk, plant__in=scope.plants(SEE)).first()


def uses(*, platform: Platform) -> list[PlatformUse]:
    return list(platform.uses.select_related("gathering", "case", "by__person")[:SHOWN])


def held(*, bodies: Iterable[int], on: dt.date) -> list[Gathering]:
    """Meetings of these bodies in the last two months, to name instead of writing what came out."""
    since = on - dt.timedelta(days=62)
    rows = Gathering.objects.filter(body__in=bodies, state="closed", starts_at__date__range=(since, on))
    return list(rows.order_by("-starts_at", "-pk")[:SHOWN])


def of_body(*, bodies: Iterable[int], year: int) -> list[PlatformUse]:
    rows = PlatformUse.objects.filter(body__in=bodies, day__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    return list(rows.select_related("platform"))


def users(*, scope: Scope, plant: Plant) -> list[int]:
    """The bodies for which the reader writes down a use."""
    return list(Body.objects.filter(plant=plant, pk__in=scope.bodies(USE)).values_list("pk", flat=True))
