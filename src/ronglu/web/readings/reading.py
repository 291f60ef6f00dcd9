"""One slot with every version it ever had; a correction with its reason; an audit taken back by a second person."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.measure.rounding import NumberError, to_decimal
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.words import pack_of
from ronglu.work import readings
from ronglu.work.names import name_of
from ronglu.work.queries import readings_page
from ronglu.work.readings import ReadingTrouble

if TYPE_CHECKING:
    from ronglu.store.models import Reading


class CorrectForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("正确的数"), max_length=60, required=False)
    delete = forms.BooleanField(label=gettext_lazy("这一格本来就没有数，去掉它"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("更正原因"),
        max_length=200,
        help_text=gettext_lazy("原来错在哪里，新数从何而来。审核的人和查账的人都看它。"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("delete"):
            try:
                to_decimal(given.get("text") or "")
            except NumberError:
                self.add_error("text", _("请填一个数，只含数字、小数点和正负号"))
        return given


@page(verb="readings.see")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk, "readings.see"), CorrectForm())


@page(verb="readings.enter")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the page with the form; POST makes the new version."""
    one, form = _find(request, pk, "readings.enter"), CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = readings.correct(
                reading=one, text=None if said["delete"] else said["text"].strip(), decimals=_decimals(one),
                reason=said["reason"], by=me(request), at=clock.now(),
            )  # fmt: skip
        except ReadingTrouble as trouble:
            form.add_error(None, str(trouble))
        else:
            messages.success(request, _("更正已记为预报，由另一人审核后计分；在那之前原数照旧。"))
            return redirect("reading", made.pk)
    return _page(request, one, form)


@page(verb="readings.lock")
@require_POST
def unaudit(request: HttpRequest, pk: int) -> HttpResponse:
    one, reason = _find(request, pk, "readings.lock"), request.POST.get("reason", "")[:200]
    try:
        readings.unaudit(plant=one.channel.unit.plant, readings=[one], reason=reason, by=me(request), at=clock.now())
        messages.success(request, _("已反审核，这个读数回到预报。"))
    except ReadingTrouble as trouble:
        messages.error(request, str(trouble))
    return redirect("reading", one.pk)


def _page(request: HttpRequest, one: "Reading", form: CorrectForm) -> HttpResponse:
    scope, channel = scope_of_request(request), one.channel
    plant = channel.unit.plant
    unit_name, found = name_of(channel.unit, one.day), list(readings_page.versions(reading=one))
    rows = readings_page.rows_of(
        found, plant=plant, series=pack_of(plant.code).series, units={channel.unit_id: unit_name}
    )
    context = {
        "one": one, "rows": rows, "newest": found[0], "form": form, "unit_name": unit_name,
        "may_correct": scope.may("readings.enter", channel.unit) is None,
        "may_audit": scope.may("readings.audit", channel.unit) is None and found[0].state == "forecast",
        "own": found[0].entered_by_id == me(request).pk,
        "may_unaudit": scope.may("readings.lock", channel.unit) is None and one.state == "audited",
        "crumbs": [
            (_("读数"), f"{reverse('readings')}?plant={plant.code}&month={one.month}&unit={channel.unit_id}&state=all"),
            (f"{unit_name} {rows[0].name}", ""),
        ],
    }  # fmt: skip
    return render(request, "readings/reading.html", context, status=422 if form.errors else 200)


def _find(request: HttpRequest, pk: int, verb: str) -> "Reading":
    one = readings_page.find(scope=scope_of_request(request), verb=verb, pk=pk)
    if one is None:
        raise Http404("没有这个读数，或不在您的范围内")
    return one


def _decimals(one: "Reading") -> int:
    series = pack_of(one.channel.unit.plant.code).series.get(one.channel.series)
    if series is None:
        raise ReadingTrouble(_("数列 %(code)s 已不在本厂的模块里，不能更正") % {"code": one.channel.series})
    return series.decimals
