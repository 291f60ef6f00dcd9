"""Who has which of the three duties on a day: one line a person with all of his; only of bodies the reader may look into."""

from dataclasses import dataclass, field

from django.db.models import Q

from ronglu.store.models import Duty, Person
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import Reach, Scope

SEE = "teams.see"


@dataclass(frozen=True, slots=True)
class Holder:
    person: Person
    body: str
    duties: list[Duty] = field(default_factory=list)

    def covered(self, reach: Reach) -> bool:
        body = self.duties[0].body
        return covers(reach, body=body.pk, plant=body.plant_id)


def holders(*, scope: Scope, places: Places) -> list[Holder]:
    """Ordered by body; one's own are always among them."""
    reach = scope.reach(SEE)
    wanted = Q(body__in=reach.bodies) | Q(body__plant__in=reach.plants) | Q(person_id=scope.person_id)
    rows = Duty.objects.on(places.on).filter(wanted, body__plant=places.plant).select_related("person", "body__plant")
    found: dict[tuple[int, int], Holder] = {}
    for row in rows.order_by("body__position", "body__code", "person__staff_no", "pk"):
        name = places.body_name(row.body_id)
        found.setdefault((row.body_id, row.person_id), Holder(row.person, name)).duties.append(row)
    return list(found.values())


def duty_of(*, pk: int) -> Duty | None:
    return Duty.objects.select_related("person__plant", "body__plant").filter(pk=pk).first()
