"""What the rules find, one by one, by place and by rule, and the reason recorded where a rule allows one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DeedForm
from ronglu.web.org.frame import bar
from ronglu.web.org.rules import CHAPTERS
from ronglu.web.org.told import told
from ronglu.web.where import Here, here
from ronglu.work.findings import give_reason, refresh_findings
from ronglu.work.life_findings import called_off, refresh
from ronglu.work.queries.org_findings import by_place, by_rule, open_finding, ordered, rules_of, shown, visible
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Finding

SIZE = 50
SEVERITIES = {
    "MUST": gettext_lazy("应当"), "NORM": gettext_lazy("一般"), "LOCAL": gettext_lazy("本单位做法"),
    "NOTE": gettext_lazy("提醒"),
}  # fmt: skip
WAYS = (("", gettext_lazy("逐条")), ("place", gettext_lazy("按组织")), ("rule", gettext_lazy("按规则")))


class Reason(DeedForm):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


def _give(finding: "Finding", **rows: Any) -> "Finding":
    return give_reason(finding=finding, **rows)


REASON = Deed(
    label=gettext_lazy("登记理由"), icon="comment", form=Reason, run=_give, done=gettext_lazy("理由已登记。"),
    says=gettext_lazy("“一般”类规定和本单位做法可以登记理由而不改，登记后不再计入考核；“应当”类规定须照办。"),
)  # fmt: skip


@page(verb="sheet.see")
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, "sheet.see"), scope_of_request(request)
    rows, places = _matching(request, where), Places(where.plant, where.on)
    way = asked(request, "by")
    context = {
        "bar": bar(request, where, "org_findings"),
        "ways": [(code, label, _address(request, by=code)) for code, label in WAYS],
        "way": way,
        "chapters": list(CHAPTERS.items()),
        "chapter": asked(request, "chapter"),
        "severities": [("", _("全部")), *SEVERITIES.items()],
        "severity": asked(request, "severity"),
        "orders": [("", _("轻重")), ("age", _("时间"))],
        "order": asked(request, "order"),
        "rule": asked(request, "rule"),
        "query": request.GET.urlencode(),
        "may_edit": scope.may("org.edit", where.plant) is None,
        **_shown(request, where, rows, places, way),
    }
    return render(request, "org/findings.html", context)


def _shown(request: HttpRequest, where: Here, rows: "QuerySet[Finding]", places: Places, way: str) -> dict[str, Any]:
    """One by one with pages, or summed by place or by rule."""
    if way == "place":
        return {"sums": by_place(rows, places)}
    if way == "rule":
        return {"sums": by_rule(rows, plant=where.plant, on=where.on)}
    found = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    return {"page": found, "rows": shown(found, places=places, on=where.on)}


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@page(verb="sheet.see")
def workbook(request: HttpRequest) -> FileResponse:
    """What the list shows, all pages of it."""
    where = here(request, "sheet.see")
    found = shown(_matching(request, where), places=Places(where.plant, where.on), on=where.on)
    heads = [_("规则"), _("轻重"), _("对象"), _("情况"), _("怎样消除"), _("出处"), _("自"), _("天数"), _("理由")]
    lines = [
        [f.rule, str(SEVERITIES.get(f.severity, f.severity)), f.name, told(f.detail), told(f.clear_by), told(f.source), f.opened_on, f.days, f.reason]
        for f in found
    ]  # fmt: skip
    return workbook_of([Sheet(_("检查发现"), heads, lines)], name=f"{where.plant.name}-{_('检查发现')}-{where.on}.xlsx")


def _matching(request: HttpRequest, where: Here) -> "QuerySet[Finding]":
    """What the reader asks for of what he may see."""
    severity, rule = asked(request, "severity"), asked(request, "rule")
    rows = visible(scope=scope_of_request(request), plant=where.plant, on=where.on)
    rows = rows.filter(severity=severity) if severity else rows
    rows = rows.filter(rule=rule) if rule else rows
    rows = rows.filter(rule__in=rules_of(where.plant, chapter)) if (chapter := asked(request, "chapter")) else rows
    return ordered(rows, by_age=asked(request, "order") == "age")


@page(verb="org.edit")
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    where = here(request, "org.edit")
    require(request, "org.edit", where.plant)
    now = clock.now()
    both = [run(plant=where.plant, on=clock.today(), at=now, by=me(request)) for run in (refresh_findings, refresh)]
    counts = {
        "new": sum(len(one.opened) for one in both),
        "gone": sum(len(one.cleared) for one in both),
        "left": sum(one.standing for one in both),
    }
    messages.success(request, _("已检查：新发现 %(new)d 项，消除 %(gone)d 项，仍在 %(left)d 项。") % counts)
    return redirect(reverse("org_findings") + where.tail)


@page(verb="org.edit")
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    finding = open_finding(pk)
    if finding is None:
        raise Http404("这项发现已经消除")
    require(request, "org.edit", finding.body or finding.unit or finding.plant)
    where = here(request, "org.edit", of=finding.plant)
    back = reverse("org_findings") + where.tail
    # what the branch wrote when it called the meeting off need not be typed again
    said = finding.reason or called_off(finding)
    return perform(
        request,
        REASON,
        subject=finding,
        title=told(finding.detail),
        back=back,
        places=Places(where.plant, where.on),
        initial={"reason": said},
        crumbs=[(_("检查发现"), back), (str(REASON.label), "")],
    )
