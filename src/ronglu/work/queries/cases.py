"""Which cases a reader may see, and one case with everything its page shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from ronglu.kernel.loops.engine import CaseView, Offer, RowView, has_part, offers, shown
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Case, CaseParty, CaseRow, Plant
from ronglu.work import cases_view
from ronglu.work.scope import Reach, Scope


@dataclass(frozen=True, slots=True)
class Open:
    """One case as its page needs it: the row, the engine's value, what this reader may do now or why not yet, which lines
    of each kind he may read, and whether he is `inside`: has a part in it.
    """

    case: Case
    view: CaseView
    offers: tuple[Offer, ...]
    lines: Mapping[str, tuple[RowView, ...]]
    inside: bool


def visible(scope: Scope, loops: Mapping[str, Loop]) -> QuerySet[Case]:
    """One's own, those one is named in, those of one's places and what is published; confidential ones only for those the loop trusts."""
    reach = scope.reach("cases.see")
    placed = _placed(reach) & (Q(secrecy="open") | trusted(scope, loops))
    inspected = _placed(scope.reach(cases_view.INSPECTING)) & Q(origin=cases_view.INSPECTED, secrecy="open")
    return Case.objects.filter(placed | inspected | _own(scope) | _published(scope, loops), loop__in=loops)


def opened(*, scope: Scope, loop: Loop, case: Case) -> Open:
    """The case with what this reader may do; three queries besides the row."""
    view, actor = cases_view.view(loop, case), cases_view.actor(scope, case)
    lines = {rows.code: shown(loop, view, actor, rows) for rows in loop.rows}
    return Open(case, view, offers(loop, view, actor), lines, has_part(loop, view, actor))


def found(*, scope: Scope, loops: Mapping[str, Loop], plant: Plant, number: str) -> Case | None:
    """A case by its number, if this reader may know of it."""
    rows = visible(scope, loops).filter(plant=plant, number=number)
    return rows.select_related("plant", "unit", "zone", "body", "raised_by", "holder").distinct().first()


def same_place(case: Case, *, on: dt.date, days: int = 365) -> QuerySet[Case]:
    """Earlier cases of the same place and kind: what was tried before (前科)."""
    since = dt.datetime.combine(on - dt.timedelta(days=days), dt.time.min)
    rows = Case.objects.filter(recur_key=case.recur_key, raised_at__gte=since).exclude(pk=case.pk)
    return rows.exclude(recur_key="").order_by("-raised_at")


def _placed(reach: Reach) -> Q:
    if reach.everywhere:
        return Q()
    return Q(unit__in=reach.units) | Q(body__in=reach.bodies) | Q(plant__in=reach.plants)


def _own(scope: Scope) -> Q:
    mine = scope.hands
    if not mine:
        return Q(pk__in=())
    named = CaseParty.objects.filter(person__in=mine).values("case_id")
    lines = CaseRow.objects.filter(person__in=mine).values("case_id")
    # what the absent asked for himself stays his own
    return Q(raised_by=scope.person_id) | held(scope) | Q(pk__in=named) | Q(pk__in=lines)


def held(scope: Scope) -> Q:
    """Whose turn is mine, or that of one I stand in for; but what he asked for in confidence waits for himself."""
    theirs = Q(holder__in=scope.stands_in_for) & ~Q(secrecy="confidential", raised_by=F("holder"))
    return (Q(holder=scope.person_id) | theirs) if scope.person_id is not None else theirs


def _published(scope: Scope, loops: Mapping[str, Loop]) -> Q:
    """Cases that their loop shows to the whole plant in this state."""
    reach = scope.reach("cases.see")
    found = Q(pk__in=())
    for code, loop in loops.items():
        if loop.published:
            found |= Q(loop=code, state__in=loop.published, plant__in=reach.held | reach.plants, secrecy="open")
    return found


def trusted(scope: Scope, loops: Mapping[str, Loop]) -> Q:
    """Cases of loops that trust one of the reader's roles with what is confidential, as far as that role reaches."""
    found = Q(pk__in=())
    for code, loop in loops.items():
        for role in sorted(scope.roles & set(loop.trusted) & scope.acts.keys()):
            found |= Q(loop=code) & _placed(scope.acts[role])
    return found
