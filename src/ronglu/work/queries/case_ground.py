"""What the forms of cases choose from: persons of a plant by number or name, its zones, and the places of the one who writes."""

import datetime as dt

from ronglu.store.models import Engagement, Membership, Person, Plant, Team, TeamMember, Zone, ZoneKind, ZoneOwner
from ronglu.work.queries.people_list import named_like

FEW = 8


def like(plant: Plant, text: str) -> list[Person]:
    """A few whose number, name or pinyin begins so."""
    return list(Person.objects.filter(plant=plant).filter(named_like(text)).order_by("staff_no")[:FEW]) if text else []


def zones(plant: Plant, on: dt.date) -> list[tuple[int, str]]:
    """Zones in use, with their code in front."""
    rows = Zone.objects.on(on).filter(plant=plant, state="active").order_by("code")  # type: ignore[attr-defined]
    return [(pk, f"{code} {name}") for pk, code, name in rows.values_list("pk", "code", "name")]


def zone(pk: int) -> Zone:
    return Zone.objects.select_related("unit").get(pk=pk)


def own_zones(person: int, on: dt.date) -> list[int]:
    """The zones this person answers for on the day, his own post's before those he helps with."""
    rows = ZoneOwner.objects.on(on).filter(person=person, zone__state="active").order_by("pk")  # type: ignore[attr-defined]
    found = sorted(rows.values_list("duty", "zone_id"), key=lambda pair: pair[0] != ZoneKind.OWN)
    return list(dict.fromkeys(zone for _duty, zone in found))


def own_teams(person: int, on: dt.date) -> list[tuple[int, str]]:
    """The teams he leads or belongs to that day."""
    mine = TeamMember.objects.on(on).filter(person=person).values("team")
    return list(Team.objects.on(on).filter(pk__in=mine).order_by("code").values_list("pk", "name"))


def own_unit(person: int, on: dt.date) -> int | None:
    """Where he works that day."""
    return Engagement.objects.on(on).filter(person=person).order_by("pk").values_list("unit_id", flat=True).first()


def own_body(person: int, on: dt.date) -> int | None:
    """The body he belongs to that day."""
    return Membership.objects.on(on).filter(person=person).order_by("pk").values_list("body_id", flat=True).first()
