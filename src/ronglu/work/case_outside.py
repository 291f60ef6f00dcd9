"""What a loop's conditions ask about the world outside a case: who holds the place already, how the branch's year stands."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.loop import Loop, Occupied, Outside
from ronglu.store.models import Case, Plant
from ronglu.work.queries import branch_year
from ronglu.work.queries.places import Places


def refusals(loop: Loop, case: Case, code: str, values: Mapping[str, Any], *, on: dt.date) -> list[str]:
    """Why the move may not be made as the world stands; inside the caller's transaction, one after the other in a plant."""
    asked = [one for one in loop.outside if code in one.moves]
    if not asked:
        return []
    Plant.objects.select_for_update().get(pk=case.plant_id)
    filled = {name: value for name, value in values.items() if value is not None}
    view = CaseView(state=case.state, data={**case.data, **filled})
    return [said for one in asked for said in one.holds(view, LOOKUPS[one.fact](loop, case, one, view, on))]


def _held(loop: Loop, case: Case, one: Outside, view: CaseView, on: dt.date) -> tuple[Occupied, ...]:
    there = Case.objects.filter(plant=case.plant_id, loop=loop.code, state__in=one.states).exclude(pk=case.pk)
    places = Places(case.plant, on)
    return tuple(
        Occupied(value=str(other.data.get(one.field)), place=places.body_name(other.body_id), number=other.number, own=other.body_id == case.body_id)
        for other in there.order_by("pk")
        if other.data.get(one.period) == view.data.get(one.period)
    )  # fmt: skip


def _year(loop: Loop, case: Case, one: Outside, view: CaseView, on: dt.date) -> branch_year.Figures:
    year = str(view.data.get("year") or "")
    return branch_year.figures(body=case.body, year=int(year), on=on) if case.body and year.isdigit() else {}


LOOKUPS: Mapping[str, Callable[..., Any]] = {"held": _held, "year": _year}
