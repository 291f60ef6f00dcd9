"""隐患统计通报 as read: which a reader may see, what has been told by them, and which quarters and years they keep."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.kernel.org.tree import View
from ronglu.kernel.time.period import Period
from ronglu.store.models import BulletinPlace, BulletinState, HazardBulletin, Plant
from ronglu.work.scope import Scope

SEE, PROPOSE, PUBLISH = "bulletins.see", "bulletins.propose", "bulletins.publish"
PLACES = BulletinPlace.choices


def visible(*, scope: Scope, plant: Plant) -> QuerySet[HazardBulletin]:
    """What was published is for everybody of the plant, also once it is withdrawn; the rest for those who deal with it."""
    told = Q(state__in=(BulletinState.PUBLISHED, BulletinState.WITHDRAWN))
    rows = HazardBulletin.objects.filter(plant=plant).select_related(
        "unit", "proposed_by__person", "decided_by__person"
    )
    reach = scope.reach(PROPOSE, PUBLISH)
    if reach.everywhere or plant.pk in reach.plants:
        return rows
    return rows.filter(told | Q(unit__in=reach.units))


def one(*, scope: Scope, pk: int) -> HazardBulletin | None:
    found = HazardBulletin.objects.filter(pk=pk, plant__in=scope.plants(SEE)).select_related("plant").first()
    return visible(scope=scope, plant=found.plant).filter(pk=pk).select_related("plant").first() if found else None


def may(*, scope: Scope, verb: str, bulletin: HazardBulletin) -> bool:
    return scope.reach(verb).holds(plant=bulletin.plant_id, unit=bulletin.unit_id, body=None)


def waiting(scope: Scope) -> QuerySet[HazardBulletin]:
    """Proposed by somebody else, for the reader to publish."""
    rows = HazardBulletin.objects.filter(state=BulletinState.PROPOSED, unit__in=scope.units(PUBLISH))
    return rows.exclude(proposed_by=scope.account_id)


@dataclass(frozen=True, slots=True)
class Told:
    """A published one as the rules see it."""

    unit: int
    period: Period
    until_on: dt.date
    counted_at: dt.datetime
    announced_on: dt.date

    @property
    def whole(self) -> bool:
        """It covers its period to the end: only such a one keeps the statistics of a quarter or year."""
        return self.until_on == self.period.last


def published(plant: Plant) -> list[Told]:
    rows = HazardBulletin.objects.filter(plant=plant, state=BulletinState.PUBLISHED, announced_on__isnull=False)
    return [
        Told(row.unit_id, Period.parse(row.period), row.until_on, row.proposed_at, row.announced_on)
        for row in rows.defer("figures")
        if row.announced_on is not None
    ]


def told_on(told: Iterable[Told], *, unit: int | None, raised_at: dt.datetime, view: View) -> dt.date | None:
    """The day on which the employees were first told of a hazard: by a bulletin over its place that had counted it."""
    above = {int(one.id) for one in view.path(unit)} if unit is not None and unit in view else {unit}
    above |= {int(one.id) for one in view.roots}
    days = [
        one.announced_on
        for one in told
        if one.unit in above and raised_at.date() <= one.until_on and raised_at <= one.counted_at
    ]
    return min(days, default=None)
