"""Venues in the browser: the register, one venue with its two weeks and the free times beside shifts, the forms that change it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.gatherings.frame import bar
from ronglu.web.venues import forms
from ronglu.web.where import Here, day_asked, here
from ronglu.web.words import named
from ronglu.work import venues as verbs
from ronglu.work.queries import venues as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Venue

SEE, BOOK, EDIT = queries.SEE, verbs.BOOK, verbs.EDIT
LENGTHS = (30, 45, 60, 90, 120)
NEW = Deed(
    label=gettext_lazy("登记场地"), icon="plus", form=forms.VenueForm, run=lambda plant, **said: verbs.register(plant=plant, **said),
    done=gettext_lazy("场地已登记。"), says=gettext_lazy("排会时按座位选场地；开放时间以外的不会排进去。"),
)  # fmt: skip
DEEDS = {
    "edit": Deed(
        label=gettext_lazy("改场地"), form=forms.VenueForm, run=lambda row, **said: verbs.amend(venue=row, **said),
        done=gettext_lazy("已改。"), says=gettext_lazy("已经订出去的不变。"),
    ),
    "shut": Deed(
        label=gettext_lazy("停用"), icon="x", form=forms.Sure, run=lambda row, **said: verbs.shut(venue=row, **said),
        done=gettext_lazy("已停用。"), shown=lambda row: row.state == "open",
    ),
    "reopen": Deed(
        label=gettext_lazy("重新启用"), icon="check", form=forms.Sure, run=lambda row, **said: verbs.reopen(venue=row, **said),
        done=gettext_lazy("已启用。"), shown=lambda row: row.state == "closed",
    ),
}  # fmt: skip
BOOKED = Deed(
    label=gettext_lazy("预订"), icon="calendar", form=forms.BookingForm, run=lambda row, **said: verbs.book(venue=row, **said),
    done=gettext_lazy("已订好。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    context = {
        "here": where,
        "bar": bar(request, where, "venues"),
        "rows": queries.listed(where.plant, where.on),
        "may_edit": scope.has(EDIT),
        "may_book": scope.has(BOOK),
    }
    return render(request, "venues/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where, scope = _read(request, pk)
    day, minutes = day_asked(request, "day"), key_of(asked(request, "minutes"), most=max(LENGTHS)) or 60
    now = clock.now()
    bookings = [(one, queries.may_give_up(scope, one, now)) for one in queries.ahead(row, where.on)]
    context = {
        "row": row,
        "here": where,
        "bookings": bookings,
        "day": day,
        "minutes": minutes,
        "lengths": [(str(n), _("%s 分钟") % n) for n in LENGTHS],
        "hints": [one for one in queries.hints(row, day, minutes, scope.person_id) if one.starts_at >= now],
        "may_book": scope.may(BOOK, row.plant) is None and row.state == "open",
        "deeds": [(word, one) for word, one in DEEDS.items() if verbs.may_edit(scope, row) and one.shown(row)],
        "crumbs": _crumbs(where, (row.name, "")),
    }
    return render(request, "venues/venue.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, EDIT), scope_of_request(request)
    deed = _reached(NEW, scope, where)
    return _deed(request, deed, subject=where.plant, title=where.plant.name, where=where, places=_own(where, scope))


@page(verb=BOOK)
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A hint fills in day and hours; what is left to type is what for."""
    row, where, _scope = _read(request, pk, BOOK)
    initial = {name: asked(request, name, 10) for name in ("day", "starts", "ends")}
    initial["day"] = initial["day"] or str(where.on)
    return _deed(request, BOOKED, subject=row, title=_titled(row), where=where, row=row, initial=initial)


@page(verb=EDIT)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    row, where, scope = _read(request, pk, EDIT)
    found = DEEDS.get(deed)
    if found is None or not found.shown(row) or not verbs.may_edit(scope, row):
        raise Http404("没有这件事可办")
    return _deed(
        request,
        _reached(found, scope, where) if deed == "edit" else found,
        subject=row,
        title=_titled(row),
        where=where,
        row=row,
        places=_own(where, scope),
        initial=_filled(row),
    )


@page(verb=BOOK)
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    one = queries.booking(scope, pk)
    if one is None or not queries.may_give_up(scope, one, clock.now()):
        raise Http404("没有这条预订，或不由您取消")
    where = here(request, BOOK, of=one.venue.plant)
    deed = Deed(
        label=gettext_lazy("取消预订"), icon="x", form=forms.GivenUp, done=gettext_lazy("已取消，场地放出来了。"),
        run=lambda row, **said: verbs.give_up(booking=row, scope=scope, **said),
    )  # fmt: skip
    title = f"{one.venue.name} {one.starts_at:%m-%d %H:%M}–{one.ends_at:%H:%M} {one.title}"
    return _deed(request, deed, subject=one, title=title, where=where, row=one.venue, initial={"series": one.series})


def _read(request: HttpRequest, pk: int, verb: str = SEE) -> "tuple[Venue, Here, Scope]":
    scope = scope_of_request(request)
    row = queries.found(scope, pk)
    if row is None:
        raise Http404("没有这个场地，或不在您的范围内")
    return row, here(request, verb, of=row.plant), scope


def _deed(
    request: HttpRequest, deed: Deed, *, subject: Any, title: str, where: Here, row: "Venue | None" = None,
    places: Places | None = None, initial: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    back = (reverse("venue", args=[row.pk]) if row else reverse("venues")) + where.tail
    steps = [(row.name, back)] if row else []
    return perform(
        request, deed, subject=subject, title=title, back=back, places=places or Places(where.plant, where.on),
        initial=initial, crumbs=_crumbs(where, *steps, (str(deed.label), "")),
    )  # fmt: skip


def _reached(deed: Deed, scope: Scope, where: Here) -> Deed:
    """Only for a unit that the reader looks after: without one it is the whole plant's."""

    def run(row: Any, *, unit: Any, **said: Any) -> Any:
        if not scope.reach(EDIT).holds(plant=where.plant.pk, unit=unit.pk if unit else None, body=None):
            raise verbs.BadVenue(_("全厂共用的场地由党群工作部登记，请选您管的单位"))
        return deed.run(row, unit=unit, **said)

    return replace(deed, run=run)


def _own(where: Here, scope: Scope) -> Within:
    return Within(where.plant, where.on, units_of=scope.reach(EDIT))


def _filled(row: "Venue") -> dict[str, Any]:
    names = ("name", "kind", "seats", "unit_id", "opens_at", "shuts_at", "what_for")
    found = {name.removesuffix("_id"): getattr(row, name) for name in names}
    lines = "\n".join(str(one.get("name", "")) for one in row.equipment)
    return found | {"equipment": lines, "keeper": row.keeper.staff_no if row.keeper else ""}


def _titled(row: "Venue") -> str:
    return _("%(name)s · %(kind)s · %(n)s 座") % {
        "name": row.name,
        "kind": named(row.get_kind_display()),
        "n": row.seats,
    }


def _crumbs(where: Here, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("场地"), reverse("venues") + where.tail), *steps]
