"""Floor plans a reader may look at, and what is drawn on one."""

from django.db.models import Count, QuerySet

from ronglu.store.models import FloorPlan, Plant, Zone, ZoneArea
from ronglu.work.queries.zones import SEE
from ronglu.work.scope import Scope


def visible(scope: Scope) -> QuerySet[FloorPlan]:
    """Of the units whose zones one sees."""
    return FloorPlan.objects.filter(unit__in=scope.units(SEE))


def listed(*, scope: Scope, plant: Plant) -> QuerySet[FloorPlan]:
    return visible(scope).filter(plant=plant).annotate(drawn=Count("areas"))


def one(*, scope: Scope, pk: int) -> FloorPlan | None:
    return visible(scope).select_related("plant", "unit").filter(pk=pk).first()


def areas(plan: FloorPlan) -> list[ZoneArea]:
    return list(plan.areas.filter(zone__state="active").select_related("zone").order_by("zone__code"))


def area_of(*, plan: FloorPlan, zone: Zone) -> ZoneArea | None:
    return ZoneArea.objects.filter(plan=plan, zone=zone).first()


def undrawn(plan: FloorPlan) -> list[Zone]:
    """Zones of the plant that stand on no plan yet."""
    return list(Zone.objects.filter(plant=plan.plant_id, state="active", areas=None).order_by("code"))
