"""党员身边无事故: the counters, telling of an event, and a second person's decision."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import here
from ronglu.web.zones.forms import EventTold
from ronglu.web.zones.frame import bar, crumbs
from ronglu.work import events
from ronglu.work.queries import events as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.zones import SEE, within

SIZE = 30
REPORT, CONFIRM = "events.report", "events.confirm"
LONGEST = 200


@page(verb=SEE)
def board(request: HttpRequest) -> HttpResponse:
    where, scope, state = here(request, SEE), scope_of_request(request), asked(request, "state")
    places = Places(where.plant, where.on)
    zones = within(scope).filter(plant=where.plant, state="active")
    rows = Paginator(queries.listed(scope=scope, plant=where.plant, by=me(request), state=state), SIZE)
    found = rows.get_page(request.GET.get("page"))
    context = {
        "bar": bar(request, where, "safety_events"),
        "units": queries.unit_counters(scope=scope, places=places),
        "zones": sorted(queries.zone_counters(zones, on=where.on).values(), key=lambda one: (one.days, one.name)),
        "page": found,
        "rows": [queries.shown(row, scope=scope, places=places) for row in found],
        "state": state,
        "states": [("", _("全部")), *queries.STATES],
        "kinds": queries.KINDS,
        "may_report": scope.has(REPORT),
    }
    return render(request, "zones/events.html", context)


@page(verb=REPORT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, REPORT)
    require(request, REPORT, where.plant)
    deed = Deed(
        label=_("报告安全事件"),
        form=EventTold,
        run=lambda plant, **rows: events.report(plant=plant, **rows),
        done=_("已报告，等待另一人确认。"),
        says=_("确认之前不影响天数；只有经确认的轻微和损失工时事件才重新起算。"),
        yes=_("报告"),
    )
    back = reverse("safety_events") + where.tail
    return perform(
        request, deed, subject=where.plant, title=where.plant.name, back=back, places=Places(where.plant, where.on),
        initial={"day": clock.today(), "zone": asked(request, "zone")},
        crumbs=crumbs(where, (_("身边无事故"), back), (str(deed.label), "")),
    )  # fmt: skip


@page(verb=CONFIRM)
@require_POST
def decide(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """confirm, reject, or reopen."""
    row = queries.one(pk=pk)
    if row is None or word not in ("confirm", "reject", "reopen"):
        raise Http404("没有这件事")
    where = here(request, CONFIRM, of=row.plant)
    reason = request.POST.get("reason", "").replace("\0", "")[:LONGEST]
    run = {"confirm": events.confirm, "reject": events.reject, "reopen": events.reopen}[word]
    done = {"confirm": _("已确认。"), "reject": _("已记为不成立。"), "reopen": _("已退回重新核定。")}[word]
    more = {"kind": request.POST.get("kind", "")} if word == "confirm" else {}
    back = reverse("safety_events") + where.tail
    return act(request, CONFIRM, row.unit, run, done=done, back=back, event=row, reason=reason, **more)
