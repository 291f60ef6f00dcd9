"""The page of one zone, and everything that can be done to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.cases.frame import Row, loops_of, rows_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import here
from ronglu.web.zones import forms
from ronglu.web.zones.frame import crumbs, zone_here
from ronglu.work import zone_moves, zone_owners, zones
from ronglu.work.queries import case_list
from ronglu.work.queries import zones as queries
from ronglu.work.queries.events import zone_counters
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import Zone

EDIT, ASSIGN = "zones.edit", "zones.assign"
FEW = 10


def _on(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    return lambda subject, **rows: verb(**{name: subject}, **rows)


DEEDS = {
    "rename": Deed(
        label=gettext_lazy("更名"), icon="edit", form=forms.Renamed, run=_on(zones.rename, "zone"),
        done=gettext_lazy("已更名。"), says=gettext_lazy("二维码不变，贴在现场的标签继续有效。"),
    ),
    "describe": Deed(
        label=gettext_lazy("面积与任务"), icon="rules", form=forms.Described, run=_on(zones.describe, "zone"),
        done=gettext_lazy("已记下。"),
    ),
    "move": Deed(
        label=gettext_lazy("换上级"), icon="swap", form=forms.Moved, run=_on(zone_moves.move, "zone"),
        done=gettext_lazy("已改到新的位置。"),
        says=gettext_lazy("里面的责任区跟着走，二维码、责任人、巡查都不变。双管双负责按新的位置重新核对。"),
    ),
    "item": Deed(
        label=gettext_lazy("加设备或部位"), icon="plus", form=forms.ItemAdded, run=_on(zones.add_item, "zone"),
        done=gettext_lazy("已加上。"), says=gettext_lazy("巡查按这里有的几类检查表走；一样也没登记时三类都查。"),
    ),
    "close": Deed(
        label=gettext_lazy("停用"), icon="x", form=forms.Closed, run=_on(zones.close, "zone"),
        done=gettext_lazy("已停用。"), says=gettext_lazy("责任人同日结束，未做的巡查取消，以前的记录都在。"),
    ),
}  # fmt: skip
"""By the last word of the address."""

NEW = Deed(
    label=gettext_lazy("划责任区"), icon="plus", form=forms.NewZone, run=_on(zones.create, "plant"),
    done=gettext_lazy("责任区已划出。"),
)  # fmt: skip
ASSIGNED = Deed(
    label=gettext_lazy("派责任人"), icon="person", form=forms.Assigned, run=_on(zone_owners.assign, "zone"),
    done=gettext_lazy("责任人已登记。"),
    says=gettext_lazy("双管双负责：每人一处岗位责任区、一处协管区，协管区不能与本人岗位责任区重叠。"),
)  # fmt: skip
RELEASED = Deed(
    label=gettext_lazy("结束负责"), icon="x", form=forms.Released, run=_on(zone_owners.release, "owner"),
    done=gettext_lazy("已结束。"),
)  # fmt: skip


@page(verb=queries.SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    zone, where = zone_here(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    told, active = queries.page(zone=zone, places=places), zone.state == "active"
    may_edit = active and queries.refusal(scope, EDIT, zone) is None
    above = [(one.name, reverse("zone", args=[one.pk]) + where.tail) for one in told.above]
    context = {
        "page": told,
        "here": where,
        "counter": zone_counters([zone], on=where.on)[zone.pk],
        "cases": _cases(request, zone, places),
        "deeds": list(DEEDS.items()) if may_edit else [],
        "may_edit": may_edit,
        "may_assign": active and queries.refusal(scope, ASSIGN, zone) is None,
        "may_do": queries.refusal(scope, "rounds.do", zone) is None,
        "crumbs": crumbs(where, *above, (zone.name, "")),
    }
    return render(request, "zones/zone.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """A workshop head lays out zones in his own workshop: other units are not offered."""
    where = here(request, EDIT)
    return perform(
        request,
        NEW,
        subject=where.plant,
        title=where.plant.name,
        back=reverse("zones") + where.tail,
        places=Within(where.plant, where.on, units_of=scope_of_request(request).reach(EDIT)),
        crumbs=crumbs(where, (str(NEW.label), "")),
        landing=lambda made: reverse("zone", args=[made.pk]) + where.tail,
    )


@page(verb=EDIT)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    if deed not in DEEDS:
        raise Http404("没有这件事可办")
    return _perform(request, pk, DEEDS[deed], EDIT)


@page(verb=ASSIGN)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    return _perform(request, pk, ASSIGNED, ASSIGN)


@page(verb=ASSIGN)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    owner = queries.owner_of(pk=pk)
    if owner is None:
        raise Http404("没有这位责任人")
    return _perform(request, owner.zone_id, RELEASED, ASSIGN, subject=owner, whose=f" · {zone_owners.said(owner)}")


@page(verb=EDIT)
@require_POST
def remove_item(request: HttpRequest, pk: int) -> HttpResponse:
    item = queries.item_of(pk=pk)
    if item is None:
        raise Http404("没有这台设备或这个部位")
    zone, where = zone_here(request, item.zone_id, EDIT)
    back = reverse("zone", args=[zone.pk]) + where.tail
    return act(request, EDIT, zone.unit, zones.remove_item, done=_("已去掉。"), back=back, item=item)


def _cases(request: HttpRequest, zone: "Zone", places: Places) -> list[Row]:
    """What still runs in it, the most pressing first, as far as the reader may know of it."""
    loops, at = loops_of(zone.plant), clock.now()
    wanted = case_list.Asked(zone=zone.pk)
    found = case_list.matching(scope=scope_of_request(request), loops=loops, places=places, asked=wanted, at=at)
    return rows_of(case_list.ordered(found, "due")[:FEW], loops, places, at)


def _perform(
    request: HttpRequest, pk: int, deed: Deed, verb: str, *, subject: Any = None, whose: str = ""
) -> HttpResponse:
    zone, where = zone_here(request, pk, verb)
    back = reverse("zone", args=[pk]) + where.tail
    return perform(
        request,
        deed,
        subject=subject or zone,
        title=f"{zone.name}{whose}",
        back=back,
        places=Places(where.plant, where.on),
        initial={
            "parent": zone.parent_id or "",
            "name": zone.name if deed.form is forms.Renamed else "",
            "size": queries.size_of(zone) or "",
            "leads": zone.leads,
            "task": zone.task,
            "target": zone.target,
            "duty": zone.kind,
        },
        crumbs=crumbs(where, (zone.name, back), (str(deed.label), "")),
    )
