"""Volunteer labour as listed, newest first; a body's names stand there, nobody else's."""

import datetime as dt

from django.db.models import QuerySet

from ronglu.store.models import Activity, Plant
from ronglu.work.scope import Scope

SEE = "teams.see"


def listed(*, plant: Plant, first: dt.date, last: dt.date) -> QuerySet[Activity]:
    """Both days included. Ordered by day only: an order by hours or heads would be a table of who did more."""
    return Activity.objects.filter(plant=plant, day__gte=first, day__lte=last).order_by("-day", "-pk")


def activity_of(*, scope: Scope, pk: int) -> Activity | None:
    rows = Activity.objects.filter(plant__in=scope.plants(SEE), pk=pk)
    return rows.select_related("plant", "body__plant").first()
