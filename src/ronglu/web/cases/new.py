"""A new case of a loop: few fields, a place already chosen, and what is like it shown before it is sent."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.cases import forms
from ronglu.web.cases.forms import CaseForm
from ronglu.web.cases.frame import RAISE, ground_of, loop_here, may_raise, rows_of
from ronglu.web.cases.inputs import Ground
from ronglu.web.cases.words import who
from ronglu.web.where import Here
from ronglu.web.words import named, pack_of
from ronglu.work import cases
from ronglu.work.queries import case_ground
from ronglu.work.queries import cases as queries
from ronglu.work.queries.cases_similar import similar, text_of
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Case
    from ronglu.work.cases import Raised


@page(verb=RAISE)
def new(request: HttpRequest, loop: str) -> HttpResponse:
    found, where = loop_here(request, loop, RAISE)
    require(request, RAISE, where.plant)
    if not may_raise(scope_of_request(request), found, where.plant):
        raise PermissionDenied(
            _("%(loop)s由%(who)s提出")
            % {"loop": named(found), "who": _("、").join(who(found, word) for word in found.raising.by)}
        )
    places = Places(where.plant, clock.today())
    ground = ground_of(request, places)
    choice, first = _choice(request, found, ground)
    adopts = _adopted(request, found, where)
    form = forms.of_raise(
        found, ground, places=choice, place=first, may_hide=found.raising.confidential, data=request.POST or None,
        told=_told(request, found),
    )  # fmt: skip
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if adopts or request.POST.get("case-anyway") else _alike(request, found, where, places, form)
        if not alike and (raised := _raise(request, found, where, places, form, adopts)) is not None:
            _say(request, raised)
            return redirect("case", pk=raised.case.pk)
    context = {
        "here": where, "loop": found, "form": form, "alike": alike, "adopts": adopts,
        "back": reverse("cases_loop", args=[found.code]) + where.tail,
        "crumbs": [(_("闭环"), reverse("cases") + where.tail), (named(found), reverse("cases_loop", args=[found.code]) + where.tail),
                   (_("新增"), "")],
    }  # fmt: skip
    return render(request, "cases/new.html", context, status=422 if form.errors else 200)


def _told(request: HttpRequest, loop: Loop) -> dict[str, str]:
    """Fields of the raising that the address fills in, as `f-ours=43.2`."""
    found = {code: asked(request, f"f-{code}", 200) for code in (*loop.raising.needs, *loop.raising.asks)}
    return {code: text for code, text in found.items() if text}


def _adopted(request: HttpRequest, loop: Loop, where: Here) -> "Case | None":
    """What was carried out elsewhere and is taken over by this one."""
    scope, asked_for = scope_of_request(request), asked(request, "adopt")
    if not asked_for:
        return None
    found = queries.found(scope=scope, loops={loop.code: loop}, plant=where.plant, number=asked_for)
    return found if found and cases.may_adopt(loop, found) else None


def _raise(
    request: HttpRequest, loop: Loop, where: Here, places: Places, form: CaseForm, adopts: "Case | None"
) -> "Raised | None":
    try:
        return cases.raise_case(
            loop=loop, plant=where.plant, given=form.given, at=clock.now(), by=me(request), scope=scope_of_request(request),
            title=_title(where, loop, form), confidential=bool(form.beside("confidential")), adopts=adopts,
            **_place(places, form.beside("place")),
        )  # fmt: skip
    except LoopTrouble as trouble:
        form.say(trouble)
        return None


def _title(where: Here, loop: Loop, form: CaseForm) -> str:
    """What is about an indicator first of all is called by its name, and not by whatever text comes next."""
    first = loop.field(loop.raising.needs[0])
    one = pack_of(where.plant.code).indicators.get(str(form.given.get(first.code, "")))
    return one.name if first.kind is Kind.INDICATOR and one else ""


def _say(request: HttpRequest, raised: "Raised") -> None:
    if raised.joined is not None:
        messages.warning(
            request, _("同一地点不久前报过同类问题，前案 %s 已重新打开，两件已关联。") % raised.joined.number
        )
    else:
        messages.success(request, _("已收到，编号 %s。谁在办、什么时候办完，在这里看。") % raised.case.number)


def _alike(request: HttpRequest, loop: Loop, where: Here, places: Places, form: CaseForm) -> list[Any]:
    """A confidential report is compared with nothing: even the question would tell what it is about."""
    text = text_of(loop, form.given)
    if form.beside("confidential") or not text:
        return []
    found = similar(
        scope=scope_of_request(request), loop=loop, plant=where.plant, text=text, place=form.beside("place")
    )
    rows = rows_of([one.case for one in found], {loop.code: loop}, places, clock.now())
    return list(zip(rows, [one.here for one in found], strict=True))


def _choice(request: HttpRequest, loop: Loop, ground: Ground) -> tuple[list[Any], str]:
    """Places to choose from, and the one that is chosen: that of the address, else the writer's own."""
    person, on = me(request).person_id or 0, ground.places.on
    if loop.raising.place == "body":
        bodies = [(f"body:{key}", named(name)) for key, name in ground.places.bodies()]
        return [("", _("请选择")), *bodies], _first(
            "body", key_of(asked(request, "body")), case_ground.own_body(person, on)
        )
    if loop.raising.place == "none":
        return [], ""
    zone = key_of(asked(request, "zone"))
    zones = ground.zones if zone or loop.raising.place == "zone" or any(p.at_zone for p in loop.parties) else []
    units = [] if loop.raising.place == "zone" else ground.places.units()
    mine = case_ground.own_zones(person, on) if zones else []
    groups: list[Any] = [("", _("请选择"))]
    if mine:
        groups.append((_("我的责任区"), [(f"zone:{key}", name) for key, name in zones if key in mine]))
    if zones:
        groups.append((_("责任区"), [(f"zone:{key}", name) for key, name in zones if key not in mine]))
    if units:
        groups.append((_("单位"), [(f"unit:{key}", named(name)) for key, name in units]))
    if zone or not units:
        return groups, _first("zone", zone, next(iter(mine), None))
    return groups, _first("unit", key_of(asked(request, "unit")), case_ground.own_unit(person, on))


def _first(kind: str, *keys: int | None) -> str:
    return next((f"{kind}:{key}" for key in keys if key), "")


def _place(places: Places, chosen: tuple[str, int] | None) -> dict[str, Any]:
    if chosen is None:
        return {}
    kind, key = chosen
    find = {"unit": places.unit, "body": places.body, "zone": case_ground.zone}[kind]
    return {kind: find(key)}
