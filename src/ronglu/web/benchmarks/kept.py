"""The benchmarks themselves: every value with its source and day, set, corrected and removed in the open."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.kernel.measure.indicator import Direction
from ronglu.web.access import page, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.benchmarks.frame import SEE, SET, bar, crumbs, may_set
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DayField, DeedForm, StaffField
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of, said
from ronglu.work import benchmarks
from ronglu.work.queries import gaps
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Benchmark


class Value(DeedForm):
    value = forms.DecimalField(label=gettext_lazy("标杆值"), max_digits=20, decimal_places=6)
    source = forms.CharField(
        label=gettext_lazy("出处"), max_length=200, help_text=gettext_lazy("哪一份报告、公告或台账，写到能找到为止")
    )
    owner = StaffField(label=gettext_lazy("差距负责人"), required=False)

    def rows(self) -> dict[str, Any]:
        given = self.cleaned_data
        known = pack_of(self.places.plant.code).indicators
        return {
            "indicator": known[given.get("code") or self.initial["indicator"]],
            "tier": given.get("tier_code") or self.initial["tier"],
            "dated_on": given.get("day") or self.initial["dated_on"],
            "value": given["value"],
            "source": given["source"],
            "owner": self.places.person(given["owner"]) if given["owner"] else None,
        }


class NewValue(Value):
    code = forms.ChoiceField(label=gettext_lazy("指标"))
    tier_code = forms.ChoiceField(label=gettext_lazy("层级"))
    day = DayField(label=gettext_lazy("这个值是哪一天的"))
    field_order = ["code", "tier_code", "value", "day", "source", "owner"]

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        known = pack_of(places.plant.code).indicators.values()
        judged = [one for one in known if one.direction in (Direction.UP, Direction.DOWN)]
        codes = [(one.code, f"{named(one)} {one.code}") for one in judged]
        for name, choices in (("code", codes), ("tier_code", benchmarks.TIERS)):
            self.fields[name].choices = said([("", _("请选择")), *choices])  # type: ignore[attr-defined]


NEW = Deed(
    label=gettext_lazy("设标杆"),
    form=NewValue,
    run=lambda plant, **given: benchmarks.put(plant=plant, **given),
    done=gettext_lazy("已设。"),
    says=gettext_lazy("同一指标、同一层级、同一日期只有一个值；新的日期另成一行，旧的保留。"),
)
CHANGE = Deed(
    label=gettext_lazy("更正标杆"),
    form=Value,
    run=lambda plant, **given: benchmarks.put(plant=plant, **given),
    done=gettext_lazy("已更正，原来的留在审计里。"),
)


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    scope, known = scope_of_request(request), pack_of(where.plant.code).indicators
    people = scope.has("people.see")
    rows = [
        (one, named(known[one.indicator]) if one.indicator in known else one.indicator, named(one.get_tier_display()),
         one.owner.name if one.owner and people else "")
        for one in gaps.kept(where.plant)
    ]  # fmt: skip
    context = {
        "bar": bar(request, where, "benchmarks_kept"),
        "rows": rows,
        "may_set": may_set(scope, where.plant),
        "crumbs": crumbs(where, (_("标杆值"), "")),
    }
    return render(request, "benchmarks/kept.html", context)


@page(verb=SET)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, SET)
    return _deed(request, where, NEW, {"day": where.on}, where.plant.name)


@page(verb=SET)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    where = here(request, SET, of=row.plant)
    start = {
        "indicator": row.indicator, "tier": row.tier, "dated_on": row.dated_on, "value": row.value, "source": row.source,
        "owner": row.owner.staff_no if row.owner else "",
    }  # fmt: skip
    known = pack_of(row.plant.code).indicators.get(row.indicator)
    title = f"{named(known) if known else row.indicator} {named(row.get_tier_display())} {row.dated_on}"
    return _deed(request, where, CHANGE, start, title)


@page(verb=SET)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    back = reverse("benchmarks_kept") + here(request, SET, of=row.plant).tail
    why = request.POST.get("why", "").replace("\0", "")[:120]
    return act(request, SET, None, benchmarks.remove, done=_("已删。"), back=back, benchmark=row, why=why)


def _deed(request: HttpRequest, where: Here, deed: Deed, start: dict[str, Any], title: str) -> HttpResponse:
    places, back = Places(where.plant, where.on), reverse("benchmarks_kept") + where.tail
    more = crumbs(where, (_("标杆值"), back), (str(deed.label), ""))
    return perform(
        request, deed, subject=where.plant, title=title, back=back, places=places, initial=start, crumbs=more
    )


def _found(pk: int) -> "Benchmark":
    row = gaps.one(pk)
    if row is None:
        raise Http404("没有这个标杆")
    return row
