"""Cases that read like another: a question to who raises one, and to who decides on it; never a hindrance."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet

from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.likeness import likeness
from ronglu.kernel.loops.loop import RUNNING, Loop, Phase
from ronglu.store.models import Case, Plant
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

LOOKED_AT = 300
"""So many of the newest cases are compared: what is older was either taken up or forgotten by everybody."""
ALIKE, ALIKE_HERE = Fraction(1, 2), Fraction(1, 5)
"""From which likeness on a case is shown: elsewhere, and at the same place."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """`alike` between 0 and 1; `here`: at the same place."""

    case: Case
    alike: Fraction
    here: bool


def similar(
    *, scope: Scope, loop: Loop, plant: Plant, text: str, place: tuple[str, int] | None = None
) -> tuple[Similar, ...]:  # fmt: skip
    """What the raiser should know of: cases of the loop and plant that are open, or that were carried out and published."""
    rows = _newest(scope, loop, plant, Q(phase__in=RUNNING) | Q(state__in=loop.published))
    return _near(loop, rows, text, lambda case: _at(case, place))


def before(*, scope: Scope, loop: Loop, case: Case) -> tuple[Similar, ...]:
    """What the one who decides should know of: also what was dropped, with its reason. Nothing for what is confidential."""
    text = text_of(loop, case.data)
    if not text or case.secrecy != "open" or case.phase != Phase.OPEN:
        return ()
    kept = Q(phase__in=(*RUNNING, Phase.DROPPED)) | Q(state__in=loop.published)
    place = (case.unit_id, case.zone_id, case.body_id)
    rows = _newest(scope, loop, case.plant, kept & ~Q(pk=case.pk))
    return _near(loop, rows, text, lambda one: (one.unit_id, one.zone_id, one.body_id) == place)


def text_of(loop: Loop, data: Mapping[str, object]) -> str:
    """The free words among what was filled in."""
    spoken = (f.code for f in loop.fields if f.kind in (Kind.TEXT, Kind.LONG))
    asked = {*loop.raising.needs, *loop.raising.asks}
    return " ".join(str(data[code]) for code in spoken if code in asked and data.get(code))


def _newest(scope: Scope, loop: Loop, plant: Plant, kept: Q) -> QuerySet[Case]:
    return (
        visible(scope, {loop.code: loop})
        .filter(kept, plant=plant, loop=loop.code)
        .distinct()
        .order_by("-pk")[:LOOKED_AT]
    )


def _near(loop: Loop, rows: Iterable[Case], text: str, here: Callable[[Case], bool]) -> tuple[Similar, ...]:
    found = [Similar(case, likeness(text, text_of(loop, case.data) or case.title), here(case)) for case in rows]
    near = [one for one in found if one.alike >= (ALIKE_HERE if one.here else ALIKE)]
    return tuple(sorted(near, key=lambda one: (-one.here, -one.alike))[:MOST])


def _at(case: Case, place: tuple[str, int] | None) -> bool:
    return (
        place is not None and place[1] == {"unit": case.unit_id, "zone": case.zone_id, "body": case.body_id}[place[0]]
    )
