"""The rules of all chapters with their numbers and sources, and what the party office changes in them: numbers, switches, comparison."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.config import clock
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.exempt import told as spared
from ronglu.kernel.regulation.rule import Rule, Severity
from ronglu.store.rulebook import EDITED
from ronglu.store.values import life_from
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.org.frame import bar, recheck
from ronglu.web.org.told import told as told_in
from ronglu.web.org.told import unit_told
from ronglu.web.where import Here, here
from ronglu.work.life_findings import refresh, set_start
from ronglu.work.queries.org_findings import by_place, changed, rule_of, told, told_of, visible
from ronglu.work.queries.places import Places
from ronglu.work.rule_edits import compare, set_threshold, switch

if TYPE_CHECKING:
    from ronglu.store.models import Plant

CHAPTERS = {
    "": gettext_lazy("全部"), "organisation": gettext_lazy("组织设置"), "life": gettext_lazy("组织生活"),
    "study": gettext_lazy("学习教育"), "safety": gettext_lazy("安全"),
}  # fmt: skip


@page(verb="org.see")
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "org.see"), scope_of_request(request)
    rows = visible(scope=scope, plant=where.plant, on=where.on)
    chapter = asked(request, "chapter") if asked(request, "chapter") in CHAPTERS else ""
    context = {
        "bar": bar(request, where, "org_rules"),
        "rules": told(plant=where.plant, on=where.on, rows=rows, chapter=chapter),
        "chapters": list(CHAPTERS.items()),
        "chapter": chapter,
        "start": life_from(where.plant),
        "sees_findings": scope.has("sheet.see"),
        "may_edit": scope.may("org.edit", where.plant) is None,
    }
    return render(request, "org/rules.html", context)


@page(verb="org.see")
def about(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: what each side asks, when it does not apply, on whose text it rests, what the plant changed, where it stands open."""
    where, scope = here(request, "org.see"), scope_of_request(request)
    found = _rule(where, rule)
    rows = visible(scope=scope, plant=where.plant, on=where.on).filter(rule=rule)
    seen = told_of(found, where.plant.settings.get(EDITED, []), where.on, rows.count())
    context = {
        "bar": bar(request, where, "org_rules"),
        "crumbs": [(_("规则"), reverse("org_rules") + where.tail), (found.id, "")],
        "told": seen,
        "exempt": [spared(one) for one in found.exempt],
        "sides": [(one, [spared(why) for why in one.side.exempt]) for one in seen.sides],
        "places": by_place(rows, Places(where.plant, where.on)) if scope.has("sheet.see") else [],
        "may_edit": scope.may("org.edit", where.plant) is None,
        "switchable": any(one.severity is not Severity.MUST for one in found.sides),
    }
    return render(request, "org/rule.html", context)


def _rule(where: Here, rule: str) -> Rule:
    found = rule_of(plant=where.plant, rule=rule, on=where.on)
    if found is None:
        raise Http404("没有这条规则")
    return found


class Threshold(DeedForm):
    """The numbers of one rule, from a day on."""

    rule: Rule

    from_on = DayField(label=gettext_lazy("自哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, one in self.rule.thresholds.items():
            label = told_in(one.label) + (f"（{unit_told(one.unit)}）" if one.unit else "")
            self.fields[name] = forms.DecimalField(
                label=label, initial=one.value, min_value=Decimal(0), max_digits=12, decimal_places=4
            )

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        values = changed(self.rule, {name: said[name] for name in self.rule.thresholds})
        return {"rule": self.rule.id, "from_on": said["from_on"], "values": values}


def _set(plant: "Plant", **rows: Any) -> None:
    if not rows["values"]:
        raise RuleProblem("数值和现在的一样，没有改动")
    set_threshold(plant=plant, **rows)
    _again(plant, rows)


def _again(plant: "Plant", rows: dict[str, Any]) -> None:
    """Whoever changed a rule sees at once what it finds now."""
    recheck(plant, rows)
    refresh(plant=plant, on=clock.today(), at=rows["at"], by=rows["by"])


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


class Switch(DeedForm):
    """A rule or one of its sides, on or off from a day on; `rule` is set by the page."""

    rule: Rule

    from_on = DayField(label=gettext_lazy("自哪天起"))
    enabled = forms.ChoiceField(
        label=gettext_lazy("怎么办"), choices=[("yes", gettext_lazy("打开")), ("no", gettext_lazy("关闭"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(self.rule.sides) > 1:
            whole = [("", _("整条"))]
            sides = [(one.code, one.label) for one in self.rule.sides]
            self.fields["side"] = forms.ChoiceField(label=_("哪一项"), choices=[*whole, *sides], required=False)

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "rule": self.rule.id, "from_on": said["from_on"], "enabled": said["enabled"] == "yes",
            "side": said.get("side", ""),
        }  # fmt: skip


def _switch(plant: "Plant", **rows: Any) -> None:
    switch(plant=plant, **rows)
    _again(plant, rows)


@page(verb="org.edit")
def switched(request: HttpRequest, rule: str) -> HttpResponse:
    return _edit(
        request, rule, Switch, _switch,
        label=_("打开或关闭"), done=_("已改。"),
        says=_("“应当”类规定不能关闭。关闭以后不再检查，以前的发现随之消除。"),
        initial=lambda found: {"enabled": "no" if found.enabled else "yes"},
    )  # fmt: skip


class Compared(DeedForm):
    """Where the official text stands, and the number of the article as it is there."""

    rule: Rule

    on = DayField(label=gettext_lazy("核对日期"))
    text_url = forms.CharField(
        label=gettext_lazy("原文出处"), max_length=200, help_text=gettext_lazy("网址或文号；有网址的写网址")
    )
    article = forms.CharField(
        label=gettext_lazy("条号"), max_length=20, required=False, help_text=gettext_lazy("只写数字，没有的留空")
    )

    field_order = ["text_url", "article", "on"]

    def rows(self) -> dict[str, Any]:
        return {"rule": self.rule.id, **self.cleaned_data}


def _compare(plant: "Plant", **rows: Any) -> None:
    compare(plant=plant, **rows)


@page(verb="org.edit")
def compared(request: HttpRequest, rule: str) -> HttpResponse:
    return _edit(
        request, rule, Compared, _compare,
        label=_("登记核对"), done=_("已登记核对，页面上按原文引用。"),
        says=_("对照正式文本核对内容和条号以后登记；核对人就是登记的人。核对只说明出处可靠，不改数值。"),
        initial=lambda found: {"article": found.source.article, "text_url": found.source.text_url},
    )  # fmt: skip


def _edit(
    request: HttpRequest, rule: str, form: type[DeedForm], run: Any, *, label: str, done: str, says: str, initial: Any
) -> HttpResponse:
    where = here(request, "org.edit")
    require(request, "org.edit", where.plant)
    found = _rule(where, rule)
    back = reverse("org_rule_about", args=[rule]) + where.tail
    deed = Deed(label=label, form=type(form.__name__, (form,), {"rule": found}), run=run, done=done, says=says)
    return perform(
        request,
        deed,
        subject=where.plant,
        title=f"{found.id} {found.label}",
        back=back,
        places=Places(where.plant, where.on),
        initial={"from_on": where.on, **initial(found)},
        crumbs=[(_("规则"), reverse("org_rules") + where.tail), (found.id, back), (label, "")],
    )


class Start(DeedForm):
    from_on = DayField(
        label=gettext_lazy("自哪天起"), required=False,
        help_text=gettext_lazy("留空：每个党组织从它在这里排第一次会的那个月起"),
    )  # fmt: skip

    def rows(self) -> dict[str, Any]:
        found: dt.date | None = self.cleaned_data["from_on"]
        return {"from_on": found}


def _start(plant: "Plant", **rows: Any) -> None:
    refresh(plant=set_start(plant=plant, **rows), on=clock.today(), at=rows["at"], by=rows["by"])


START = Deed(
    label=gettext_lazy("定起算日"), icon="calendar", form=Start, run=_start, done=gettext_lazy("起算日已改。"),
    says=gettext_lazy("从这天起，全厂每个党组织都按规定核对，没有在这里登记会议的也算没有开。以前的会没有补登记的，不要往前定。"),
)  # fmt: skip


@page(verb="org.edit")
def start(request: HttpRequest) -> HttpResponse:
    where = here(request, "org.edit")
    require(request, "org.edit", where.plant)
    back = reverse("org_rules") + where.tail
    return perform(
        request,
        START,
        subject=where.plant,
        title=where.plant.name,
        back=back,
        places=Places(where.plant, where.on),
        initial={"from_on": life_from(where.plant)},
        crumbs=[(_("规则"), back), (str(START.label), "")],
    )
