"""What the pages of loops share: the plant's loops, the one an address names, rows for lists, and what forms choose from."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from ronglu.config import plant
from ronglu.kernel.loops.loop import ANYONE, Loop
from ronglu.web.access import scope_of_request
from ronglu.web.cases.inputs import Ground
from ronglu.web.cases.words import MARKS, DueWords, due_words, holder_of, state_word
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Case, Person, Plant

SEE, RAISE, ACT = "cases.see", "cases.raise", "cases.act"


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list or on a card."""

    case: "Case"
    loop: Loop
    place: str
    state: str
    mark: str
    holder: str
    due: DueWords | None


def loops_of(where: "Plant") -> Mapping[str, Loop]:
    """The loops of a plant by code; a plant without a pack of its own has none."""
    try:
        return plant.pack_of(where.code).loops
    except KeyError:
        return {}


def loop_here(request: HttpRequest, code: str, verb: str = SEE) -> tuple[Loop, Here]:
    where = here(request, verb)
    loop = loops_of(where.plant).get(code)
    if loop is None:
        raise Http404("没有这种闭环")
    return loop, where


def may_raise(scope: Scope, loop: Loop, where: "Plant") -> bool:
    """Whether there is any place at which this reader may raise such a case; the verb looks at the place chosen."""
    return scope.may(RAISE, where) is None and bool(({ANYONE} | scope.acts.keys()) & set(loop.raising.by))


def rows_of(cases: Iterable["Case"], loops: Mapping[str, Loop], places: Places, now: dt.datetime) -> list[Row]:
    return [_row(case, loops[case.loop], places, now) for case in cases]


def place_of(case: "Case", places: Places) -> str:
    """The finest place named: a zone by its name, else the unit, else the body."""
    if case.zone_id and case.zone:
        return f"{case.zone.name}（{places.unit_name(case.unit_id)}）" if case.unit_id else case.zone.name
    return places.unit_name(case.unit_id) or places.body_name(case.body_id)


def ground_of(request: HttpRequest, places: Places, people: "Mapping[int, Person] | None" = None) -> Ground:
    """Who may act on cases may look colleagues up; anybody else writes a number he knows."""
    return Ground(
        places=places,
        indicators=tuple(pack_of(places.plant.code).indicators.values()),
        suggests=scope_of_request(request).has(ACT),
        reader=scope_of_request(request).person_id,
        people=dict(people or {}),
    )


def _row(case: "Case", loop: Loop, places: Places, now: dt.datetime) -> Row:
    return Row(
        case, loop, place_of(case, places), state_word(loop, case.state), MARKS.get(case.phase, "nothing"),
        holder_of(loop, case), due_words(case, now),
    )  # fmt: skip
