"""Boards that are shown today, and the crews whose leader may show one."""

from ronglu.store.models import Plant, Showcase, ShowcaseState, Unit
from ronglu.work.scope import Scope

SHOW = "showcases.show"


def shown(*, plant: Plant) -> list[Showcase]:
    """As the plant lists its crews, whatever they show."""
    rows = Showcase.objects.filter(unit__plant=plant, state=ShowcaseState.SHOWN)
    return list(rows.select_related("unit__plant").order_by("unit__position", "unit__code"))


def of_unit(unit: Unit) -> Showcase | None:
    return Showcase.objects.filter(once=unit.pk).select_related("unit__plant").first()


def own_crews(*, scope: Scope, plant: Plant) -> list[Unit]:
    """Crews that this reader leads."""
    if not scope.has(SHOW):
        return []
    return list(scope.units(SHOW).filter(plant=plant, kind="crew").order_by("position", "code"))


def crew_of(*, plant: Plant, code: str) -> Unit | None:
    return Unit.objects.filter(plant=plant, code=code, kind="crew").select_related("plant").first()
