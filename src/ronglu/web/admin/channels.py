"""What each unit reports, and which process module a line runs."""

from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin.frame import bar, unit_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of, said
from ronglu.work import channels
from ronglu.work.queries import channels as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Unit

EDIT = "channels.edit"
MODULES = "modules.edit"


class Opened(DeedForm):
    series = django_forms.ChoiceField(label=gettext_lazy("数列"))
    grain = django_forms.ChoiceField(label=gettext_lazy("粒度"), choices=said(channels.GRAINS.items()), initial="shift")
    on = DayField(label=gettext_lazy("自哪天起上报"))
    per_day = django_forms.IntegerField(
        label=gettext_lazy("每日应有"), min_value=0, max_value=channels.MOST_A_DAY, initial=0,
        help_text=gettext_lazy("只有按时刻上报的才填：一刻钟一个填 96；不定时填 0"),
    )  # fmt: skip
    offered: tuple[Any, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, f"{one.name}（{one.unit}）" if one.unit else one.name) for one in self.offered]
        self.fields["series"].choices = choices  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        series = next(one for one in self.offered if one.code == self.cleaned_data["series"])
        return self.cleaned_data | {"series": series}


class Closed(DeedForm):
    on = DayField(label=gettext_lazy("自哪天起停报"), help_text=gettext_lazy("这一天起不再应报，之前的读数都在"))


class Changed(DeedForm):
    from_on = DayField(label=gettext_lazy("起报日"))
    per_day = django_forms.IntegerField(
        label=gettext_lazy("每日应有"), min_value=0, max_value=channels.MOST_A_DAY,
        help_text=gettext_lazy("只有按时刻上报的才填"),
    )  # fmt: skip


class Module(DeedForm):
    module = django_forms.ChoiceField(label=gettext_lazy("工艺模块"))

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        found = [(one.code, one.name) for one in pack_of(places.plant.code).modules.values()]
        self.fields["module"].choices = found  # type: ignore[attr-defined]


DEEDS = {
    "close": Deed(
        label=gettext_lazy("停报"), icon="x", form=Closed, done=gettext_lazy("已停报。"),
        run=lambda channel, **said: channels.close(channel=channel, **said),
    ),
    "change": Deed(
        label=gettext_lazy("改测点"), form=Changed, done=gettext_lazy("测点已改。"), yes=gettext_lazy("保存"),
        run=lambda channel, **said: channels.change(channel=channel, **said),
    ),
}  # fmt: skip


@page(verb=EDIT)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    modules = pack_of(where.plant.code).modules
    rows = queries.units(plant=where.plant, on=where.on)
    context = {
        "bar": bar(request, where, "channels"),
        "rows": [(row, modules[row.unit.module].name if row.unit.module in modules else "") for row in rows],
        "modules": modules.values(),
        "tail": where.tail,
    }
    return render(request, "admin/channels.html", context)


@page(verb=EDIT)
def show(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    pack, scope = pack_of(where.plant.code), scope_of_request(request)
    mine = queries.of_unit(unit=unit, on=where.on)
    reported = {one.channel.series for one in mine}
    offered = channels.offered(unit=unit, pack=pack, on=where.on)
    name = Places(where.plant, where.on).unit_name(unit.pk)
    context = {
        "bar": bar(request, where, "channels"),
        "unit": unit,
        "name": name,
        "module": pack.modules[unit.module].name if unit.module in pack.modules else "",
        "crumbs": [*_crumbs(where), (name, "")],
        "rows": [(one, pack.series.get(one.channel.series)) for one in mine],
        "missing": [one for one in offered if one.code not in reported],
        "may_edit": scope.may(EDIT, unit) is None,
        "may_assign": scope.may(MODULES, unit) is None and unit.kind == "line",
        "tail": where.tail,
    }
    return render(request, "admin/channel_unit.html", context)


@page(verb=EDIT)
def open_one(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_of(request, code, EDIT)
    require(request, EDIT, unit)
    offered = tuple(channels.offered(unit=unit, pack=pack_of(where.plant.code), on=where.on))
    deed = Deed(
        label=gettext_lazy("开测点"),
        form=type("OpenedHere", (Opened,), {"offered": offered}),
        run=lambda unit, **said: channels.open_one(unit=unit, **said),
        done=gettext_lazy("测点已开。"),
        says=gettext_lazy("从所选的那天起应报；没有报的算缺数。"),
        yes=gettext_lazy("保存"),
    )
    return _form(request, deed, unit, unit, where, {"series": request.GET.get("series", "")})


@page(verb=EDIT)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    where = here(request, EDIT)
    channel = queries.channel_of(plant=where.plant, pk=pk)
    if channel is None or deed not in DEEDS:
        raise Http404("没有这个测点，或没有这件事可办")
    require(request, EDIT, channel.unit)
    return _form(
        request, DEEDS[deed], channel, channel.unit, where, {"from_on": channel.from_on, "per_day": channel.per_day}
    )


@page(verb=MODULES)
def assign(request: HttpRequest, code: str) -> HttpResponse:
    unit, where = unit_of(request, code, MODULES)
    require(request, MODULES, unit)
    deed = Deed(
        label=gettext_lazy("定工艺模块"),
        form=Module,
        run=lambda unit, **said: channels.assign(unit=unit, pack=pack_of(where.plant.code), **said),
        done=gettext_lazy("工艺模块已定。"),
        says=gettext_lazy("模块决定这条产线有哪些数列和指标。还在上报别的模块的数列时不能改。"),
        yes=gettext_lazy("保存"),
    )
    return _form(request, deed, unit, unit, where, {"module": unit.module})


def _form(
    request: HttpRequest, deed: Deed, subject: Any, unit: "Unit", where: Here, initial: dict[str, Any]
) -> HttpResponse:
    places = Places(where.plant, where.on)
    name, back = places.unit_name(unit.pk), reverse("channel_unit", args=[unit.code]) + where.tail
    crumbs = [*_crumbs(where), (name, back), (str(deed.label), "")]
    return perform(request, deed, subject=subject, title=name, back=back, places=places, initial=initial, crumbs=crumbs)


def _crumbs(where: Here) -> list[tuple[str, str]]:
    return [(_("测点与模块"), reverse("channels") + where.tail)]
