"""The organisation rules in force with their numbers, and the plant's own numbers from a day on."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.kernel.regulation.rule import Rule
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.org.frame import bar, recheck
from ronglu.web.where import here
from ronglu.work.findings import set_threshold
from ronglu.work.queries.org_findings import changed, rule_of, told, visible
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Plant


@page(verb="org.see")
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "org.see"), scope_of_request(request)
    rows = visible(scope=scope, plant=where.plant, on=where.on)
    context = {
        "bar": bar(request, where, "org_rules"),
        "rules": told(plant=where.plant, on=where.on, rows=rows),
        "sees_findings": scope.has("sheet.see"),
        "may_edit": scope.may("org.edit", where.plant) is None,
    }
    return render(request, "org/rules.html", context)


class Threshold(DeedForm):
    """The numbers of one rule, from a day on."""

    rule: Rule

    from_on = DayField(label=gettext_lazy("自哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.rule.thresholds.items():
            label = f"{one.label}（{one.unit}）" if one.unit else one.label
            self.fields[name] = forms.DecimalField(
                label=label, initial=one.value, min_value=Decimal(0), max_digits=12, decimal_places=4
            )

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        values = changed(self.rule, {name: said[name] for name in self.rule.thresholds})
        return {"rule": self.rule.id, "from_on": said["from_on"], "values": values}


def _set(plant: "Plant", **rows: Any) -> None:
    if rows["values"]:
        set_threshold(plant=plant, **rows)
        recheck(plant, rows)


@page(verb="org.edit")
def threshold(request: HttpRequest, rule: str) -> HttpResponse:
    where = here(request, "org.edit")
    require(request, "org.edit", where.plant)
    found = rule_of(plant=where.plant, rule=rule, on=where.on)
    if found is None or not found.thresholds:
        raise Http404("没有这条规则，或它没有可改的数值")
    back = reverse("org_rules") + where.tail
    deed = Deed(
        label=_("改数值"), form=type("RuleThreshold", (Threshold,), {"rule": found}), run=_set, done=_("数值已改。"),
        says=_("改后标为本单位数值。“应当”类规定的数值来自条例，改动前请核对原文。"),
    )  # fmt: skip
    return perform(
        request,
        deed,
        subject=where.plant,
        title=f"{found.id} {found.label}",
        back=back,
        places=Places(where.plant, where.on),
        initial={"from_on": where.on},
        crumbs=[(_("规则"), back), (found.id, "")],
    )
