"""Floor plans: the picture with the zones drawn over it, and drawing one by clicking its corners or writing them."""

from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.exchange.pictures import TYPES, BadPicture, clean
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.deeds import TROUBLES
from ronglu.web.where import Here, here
from ronglu.web.zones.forms import Drawn, PlanAdded
from ronglu.web.zones.frame import bar, crumbs
from ronglu.web.zones.shapes import drawn, height_of
from ronglu.work import floor_plans
from ronglu.work.queries import zones as queries
from ronglu.work.queries.floor_plans import area_of, areas, undrawn
from ronglu.work.queries.floor_plans import listed as plans_of
from ronglu.work.queries.floor_plans import one as plan_of
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within
from ronglu.work.zone_shapes import text_of

if TYPE_CHECKING:
    from ronglu.store.models import FloorPlan, Zone

EDIT = "zones.edit"
LABEL = gettext_lazy("加平面图")


@page(verb=queries.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, queries.SEE), scope_of_request(request)
    context = {
        "bar": bar(request, where, "zone_plans"),
        "plans": plans_of(scope=scope, plant=where.plant),
        "may_add": scope.has(EDIT),
    }
    return render(request, "zones/plans.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """The picture is drawn anew at the door: what is kept carries no place and no camera."""
    where = here(request, EDIT)
    places = Within(where.plant, where.on, units_of=scope_of_request(request).reach(EDIT))
    form = PlanAdded(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            plan = _add(request, where, form)
        except (*TROUBLES, BadPicture) as trouble:
            form.add_error(None, str(trouble))
        else:
            return redirect(reverse("zone_plan", args=[plan.pk]) + where.tail)
    back = reverse("zone_plans") + where.tail
    context = {"form": form, "label": LABEL, "back": back, "here": where, "crumbs": crumbs(where, (str(LABEL), ""))}
    return render(request, "zones/plan_new.html", context, status=422 if form.errors else 200)


@page(verb=queries.SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    plan, where = _plan(request, pk)
    may_edit = scope_of_request(request).may(EDIT, plan.unit) is None
    context = {
        "plan": plan,
        "here": where,
        "height": height_of(plan),
        "shapes": drawn(areas(plan), plan, seen=set(queries.within(scope_of_request(request)).values_list("pk", flat=True))),
        "undrawn": undrawn(plan) if may_edit else [],
        "may_edit": may_edit,
        "crumbs": crumbs(where, (_("平面图"), reverse("zone_plans") + where.tail), (plan.name, "")),
    }  # fmt: skip
    return render(request, "zones/plan.html", context)


@page(verb=queries.SEE)
def picture(request: HttpRequest, pk: int) -> FileResponse:
    plan, _where = _plan(request, pk)
    kind = TYPES["." + plan.path.rpartition(".")[2]]
    response = FileResponse(default_storage.open(plan.path), content_type=kind)
    response["Cache-Control"] = "private, max-age=86400"
    return response


@page(verb=EDIT)
def draw(request: HttpRequest, pk: int, zone: int) -> HttpResponse:
    plan, where = _plan(request, pk)
    require(request, EDIT, plan.unit)
    row = _zone(request, zone, plan)
    area = area_of(plan=plan, zone=row)
    places = Places(where.plant, where.on)
    form = Drawn(request.POST or None, places=places, initial={"points": text_of(area.points) if area else ""})
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data["points"]
            floor_plans.draw(plan=plan, zone=row, points=said, by=me(request), at=clock.now())
        except TROUBLES as trouble:
            form.add_error("points", str(trouble))
        else:
            return redirect(reverse("zone_plan", args=[pk]) + where.tail)
    back = reverse("zone_plan", args=[pk]) + where.tail
    context = {
        "plan": plan, "zone": row, "form": form, "back": back, "height": height_of(plan), "area": area, "here": where,
        "shapes": drawn([one for one in areas(plan) if one.zone_id != row.pk], plan, seen=set()),
        "crumbs": crumbs(where, (plan.name, back), (row.name, "")),
    }  # fmt: skip
    return render(request, "zones/draw.html", context, status=422 if form.errors else 200)


@page(verb=EDIT)
@require_POST
def erase(request: HttpRequest, pk: int, zone: int) -> HttpResponse:
    plan, where = _plan(request, pk)
    row = _zone(request, zone, plan)
    back = reverse("zone_plan", args=[pk]) + where.tail
    return act(request, EDIT, plan.unit, floor_plans.erase, done=_("已擦去。"), back=back, plan=plan, zone=row)


def _add(request: HttpRequest, where: Here, form: PlanAdded) -> "FloorPlan":
    said: dict[str, Any] = form.rows()
    made = clean(said.pop("picture").read())
    return floor_plans.add(
        plant=where.plant, data=made.data, suffix=made.suffix, width=made.width, height=made.height, by=me(request),
        at=clock.now(), **said,
    )  # fmt: skip


def _plan(request: HttpRequest, pk: int) -> "tuple[FloorPlan, Here]":
    plan = plan_of(scope=scope_of_request(request), pk=pk)
    if plan is None:
        raise Http404("没有这张平面图，或不在您的范围内")
    return plan, here(request, queries.SEE, of=plan.plant)


def _zone(request: HttpRequest, pk: int, plan: "FloorPlan") -> "Zone":
    zone = queries.one(pk=pk)
    if zone is None or zone.plant_id != plan.plant_id or queries.refusal(scope_of_request(request), EDIT, zone):
        raise Http404("没有这个责任区，或不在您的范围内")
    return zone
