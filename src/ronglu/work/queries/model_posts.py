"""示范岗 as listed: at which weak point, to be looked at again when; who stands there only for those who may know."""

import datetime as dt
from dataclasses import dataclass

from ronglu.store.models import ModelPost
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE = "teams.see"


@dataclass(frozen=True, slots=True)
class PostRow:
    post: ModelPost
    body: str
    unit: str
    people: str
    days: int
    """Until the review; negative once it is overdue."""


def listed(*, scope: Scope, places: Places, today: dt.date) -> list[PostRow]:
    rows = ModelPost.objects.on(places.on).filter(plant=places.plant).prefetch_related("people")
    return [_row(row, scope, places, today) for row in rows.order_by("review_on", "pk")]


def post_of(*, pk: int) -> ModelPost | None:
    return ModelPost.objects.select_related("plant", "body__plant").filter(pk=pk).first()


def _row(row: ModelPost, scope: Scope, places: Places, today: dt.date) -> PostRow:
    reach, people = scope.reach(SEE), list(row.people.all())
    may = covers(reach, body=row.body_id, plant=row.plant_id)
    seen = [one.name for one in people if may or one.pk == scope.person_id]
    body, unit = places.body_name(row.body_id), places.unit_name(row.unit_id)
    return PostRow(row, body, unit, "、".join(seen), (row.review_on - today).days)
