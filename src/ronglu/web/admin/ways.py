"""Where the plant's digests go besides the inbox. An address is typed in once and is never shown whole again."""

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.exchange.channels import WAYS, BadAddress, Kind, channel
from ronglu.web.access import page, require
from ronglu.web.admin.frame import act, bar
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DeedForm, PlaceField
from ronglu.web.where import here
from ronglu.web.words import said
from ronglu.work import ways
from ronglu.work.queries import ways as queries
from ronglu.work.queries.places import Places

EDIT = "ways.edit"
MARKS = {"waiting": "waiting", "taken": "running", "sent": "done", "failed": "failed"}


class Opened(DeedForm):
    kind = django_forms.ChoiceField(
        label=gettext_lazy("类型"), choices=said((k.value, w.label) for k, w in WAYS.items())
    )
    label = django_forms.CharField(
        label=gettext_lazy("名称"), max_length=80, help_text=gettext_lazy("如 转炉车间安全群")
    )
    unit = PlaceField(of="unit", empty=gettext_lazy("全厂"), required=False, label=gettext_lazy("给哪个单位"))
    address = django_forms.CharField(
        label=gettext_lazy("地址"), max_length=400, widget=django_forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("机器人的网址或邮箱；保存后不再整段显示"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") and given.get("address"):
            try:
                channel(given["kind"], given["address"])
            except BadAddress as wrong:
                self.add_error("address", str(wrong))
        return given

    def rows(self) -> dict[str, Any]:
        return super().rows() | {
            "unit": self.places.unit(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None
        }


NEW = Deed(
    label=gettext_lazy("新增通知渠道"),
    form=Opened,
    run=lambda plant, **given: ways.open_one(plant=plant, **given),
    done=gettext_lazy("已新增，可以试发一条。"),
    says=gettext_lazy("每班最多送一次摘要，只有件数、编号和题目；保密和匿名的只有编号。"),
    yes=gettext_lazy("新增"),
)
RUNS = {
    "on": lambda way, **by: ways.switch(way=way, state="on", **by),
    "off": lambda way, **by: ways.switch(way=way, state="off", **by),
    "try": lambda way, **by: ways.try_out(way=way, **by),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A way as the page shows it: its kind in words, and the end of its address."""

    way: queries.Way
    kind: str
    tail: str
    mark: str


@page(verb=EDIT)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    found = queries.listed(plant=where.plant, places=Places(where.plant, where.on))
    context = {"bar": bar(request, where, "ways"), "ways": [_shown(one) for one in found], "tail": where.tail}
    return render(request, "admin/ways.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    require(request, EDIT, where.plant)
    back = reverse("ways") + where.tail
    crumbs = [(_("通知渠道"), back), (str(NEW.label), "")]
    places = Places(where.plant, where.on)
    return perform(
        request, NEW, subject=where.plant, title=where.plant.name, back=back, places=places, crumbs=crumbs
    )  # fmt: skip


@page(verb=EDIT)
@require_POST
def settle(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """on, off, or try."""
    where = here(request, EDIT)
    way = queries.one(plant=where.plant, pk=pk)
    if way is None or word not in RUNS:
        raise Http404("没有这个渠道")
    done = {"on": _("已启用。"), "off": _("已停用。"), "try": _("已排上试发，一分钟内送出，结果写在这一行里。")}[word]
    return act(request, EDIT, where.plant, RUNS[word], done=done, back=reverse("ways") + where.tail, way=way)


def _shown(one: queries.Way) -> Shown:
    known = one.row.kind in WAYS
    tail = channel(one.row.kind, one.row.address).tail if known else ""
    return Shown(
        one, WAYS[Kind(one.row.kind)].label if known else one.row.kind, tail, MARKS[one.last.state] if one.last else ""
    )
