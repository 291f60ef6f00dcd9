"""The list of zones as the cells of a workbook: by the columns of work/tables/zones, which reads the same workbook back."""

from collections.abc import Iterable
from typing import Any

from ronglu.store.models import Zone
from ronglu.work.queries.places import Places
from ronglu.work.queries.zones import Owner, leads_of, owners_of, size_of


def rows(zones: Iterable[Zone], *, places: Places, numbers: bool) -> list[dict[str, Any]]:
    """Three queries beside the tree. `numbers`: with staff numbers, for who may name owners; for others names must do."""
    found = list(zones)
    owners = owners_of(found, places=places)
    codes = dict(Zone.objects.filter(plant=places.plant).values_list("pk", "code"))
    names = [state.name for state in places.production.at(places.on).nodes.values()]
    return [
        {
            "code": zone.code, "name": zone.name, "kind": zone.get_kind_display(), "unit": _unit(zone, names, places),
            "parent": codes.get(zone.parent_id or 0, ""), "size": size_of(zone), "leads": "、".join(leads_of(zone)),
            "task": zone.task, "target": zone.target, **_owners(owners.get(zone.pk, []), numbers),
        }
        for zone in found
    ]  # fmt: skip


def _unit(zone: Zone, names: list[str], places: Places) -> str:
    """Two of one name are told apart by their codes; one that is no more has only its code left."""
    state = places.production.at(places.on).nodes.get(zone.unit_id)
    return state.name if state and names.count(state.name) == 1 else zone.unit.code


def _owners(owners: list[Owner], numbers: bool) -> dict[str, str]:
    found: dict[str, list[str]] = {"own": [], "care": [], "area": []}
    for one in owners:
        person = one.row.person
        found[one.row.duty].append(f"{person.staff_no} {person.name}" if person and numbers else one.name)
    return {duty: "、".join(named) for duty, named in found.items()}
