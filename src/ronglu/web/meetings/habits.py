"""A body's own ways with its meetings: how often, how long, on which day, whether anybody may be called in."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import page, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.meetings import forms
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import guides
from ronglu.work import meeting_plans as verbs
from ronglu.work.queries import meeting_plans as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.kernel.gathering.guide import Guide
    from ronglu.store.models import Body


@page(verb=queries.PLAN)
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    body, where, places = _read(request, pk)
    kinds, kept = _kinds(body, where, places), queries.habits(body)
    context = {
        "body": body,
        "name": places.body_name(body.pk),
        "here": where,
        "rows": [
            (kind, guide, pack_of(where.plant.code).base.terms[kind], kept.get(kind)) for kind, guide in kinds.items()
        ],
        "crumbs": [(_("排会"), _up(body, where)), (_("惯例"), "")],
    }
    return render(request, "meetings/habits.html", context)


@page(verb=queries.PLAN)
def edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    body, where, places = _read(request, pk)
    guide = _kinds(body, where, places).get(kind)
    if guide is None:
        raise Http404("没有这类会")
    terms = pack_of(where.plant.code).base.terms
    deed = Deed(
        label=gettext_lazy("定惯例"), form=forms.Habit, done=gettext_lazy("已定，下次排会就按它。"),
        run=lambda row, **said: verbs.set_habit(body=row, kind=kind, terms=terms, **said),
        says=gettext_lazy("空着的按系统默认；全部空着就是取消惯例。"),
    )  # fmt: skip
    back = reverse("meeting_habits", args=[pk]) + where.tail
    kept = queries.habits(body).get(kind)
    initial = {name: getattr(kept, name) for name in ("every", "minutes", "fixed_day", "call_in")} if kept else {}
    return perform(
        request, deed, subject=body, title=f"{places.body_name(pk)} · {named(guide)}", back=back, places=places,
        initial=initial, crumbs=[(_("排会"), _up(body, where)), (_("惯例"), back), (named(guide), "")],
    )  # fmt: skip


def _read(request: HttpRequest, pk: int) -> "tuple[Body, Here, Places]":
    where = here(request, queries.PLAN)
    body = queries.body(scope_of_request(request), where.plant, pk)
    if body is None:
        raise Http404("没有这个党组织，或不在您的范围内")
    return body, where, Places(where.plant, where.on)


def _kinds(body: "Body", where: Here, places: Places) -> "dict[str, Guide]":
    """Kinds that the planner plans and that this level of body holds."""
    state = places.party.at(where.on).nodes.get(body.pk)
    found = guides.in_force(plant=where.plant, on=where.on)
    terms = pack_of(where.plant.code).base.terms
    return {kind: one for kind, one in found.items() if kind in terms and state and state.kind in one.held_by}


def _up(body: "Body", where: Here) -> str:
    tail = where.tail
    return f"{reverse('meeting_plans')}{tail}{'&' if tail else '?'}body={body.pk}"
