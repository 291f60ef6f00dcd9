"""The log of stops: what stood when and why, its Pareto, and the few deeds that change it."""

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.charts.pareto import pareto
from ronglu.web.deeds import Deed, perform
from ronglu.web.halts.asked import asked_for
from ronglu.web.halts.forms import Corrected, Ended, Stopped, minute
from ronglu.web.handover.frame import bar, crumbs
from ronglu.web.where import here
from ronglu.web.words import named, pack_of
from ronglu.work import halts
from ronglu.work.queries import halts as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Halt

SEE, LOG = queries.SEE, queries.LOG
NEW = Deed(
    label=gettext_lazy("记停机"),
    form=Stopped,
    run=lambda places, unit, **said: halts.log(unit=places.unit(unit), **said),
    done=gettext_lazy("已记下。"),
    says=gettext_lazy("只记已经发生的停机；打算中的停机请申请计划停产。"),
    yes=gettext_lazy("记下"),
)
CORRECT = Deed(
    label=gettext_lazy("更正停机"),
    form=Corrected,
    run=lambda halt, **said: halts.correct(halt=halt, **said),
    done=gettext_lazy("已更正，原来的留在审计里。"),
)
END = Deed(
    label=gettext_lazy("恢复生产"),
    form=Ended,
    run=lambda halt, **said: halts.end(halt=halt, **said),
    done=gettext_lazy("已恢复。"),
)


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    book = pack_of(at.here.plant.code).base.stops
    rows = at.rows()
    reasons, groups = queries.by_reason(rows), queries.by_group(rows, book)
    names = {one.code: named(one) for group in book.groups for one in group.reasons}
    titles = {group.code: named(group) for group in book.groups}
    context = {
        "bar": bar(request, at.here, "halts"),
        "at": at,
        "crumbs": crumbs(at.here, (_("停机记录"), "")),
        "rows": [(one, names.get(one.row.reason, one.row.reason)) for one in rows],
        "reasons": [(names.get(one.key, one.key), one) for one in reasons],
        "groups": [(titles.get(one.key, one.key), one) for one in groups],
        "drawing": pareto([(names.get(b.key, b.key), b.minutes, b.share) for b in reasons], label=_("停机分钟")),
        "minutes": sum(one.minutes for one in reasons),
        "times": sum(one.times for one in reasons),
        "sources": at.sources(rows),
        "note": book.note,
        "may_log": bool(at.mine),
    }
    return render(request, "halts/list.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    book = pack_of(at.here.plant.code).base.stops
    rows = at.rows()
    heads = [_("单位"), _("停于"), _("恢复于"), _("期内分钟"), _("原因类"), _("原因"), _("性质"), _("说明"), _("状态")]
    log = [_line(one, book) for one in rows]
    sums = [
        [named(book.reason(b.key) or b.key), b.times, b.minutes, queries.hours(b.minutes)]
        for b in queries.by_reason(rows)
    ]
    sheets = [Sheet(_("停机记录"), heads, log), Sheet(_("按原因"), [_("原因"), _("次"), _("分钟"), _("小时")], sums)]
    return workbook_of(sheets, name=f"{_('停机记录')}_{at.period}.xlsx")  # fmt: skip


def _line(one: queries.Logged, book: Any) -> list[Any]:
    row = one.row
    group, reason = book.group(row.reason), book.reason(row.reason)
    return [
        one.name, f"{row.starts_at:%Y-%m-%d %H:%M}", f"{row.ends_at:%Y-%m-%d %H:%M}" if row.ends_at else "", one.minutes,
        named(group) if group else "", named(reason) if reason else row.reason, named(row.get_kind_display()), row.words,
        named(row.get_state_display()),
    ]  # fmt: skip


@page(verb=LOG)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, LOG)
    places = Places(where.plant, where.on)
    units = queries.lines(scope=scope_of_request(request), places=places, verb=LOG)
    back = reverse("halts") + where.tail
    start = {"units": units, "starts_at": minute(clock.now())}
    more = crumbs(where, (_("停机记录"), back), (str(NEW.label), ""))
    return perform(
        request, NEW, subject=places, title=where.plant.name, back=back, places=places, initial=start, crumbs=more
    )


@page(verb=LOG)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    row = _halt(request, pk)
    start = {"starts_at": row.starts_at, "ends_at": row.ends_at, "reason": row.reason, "words": row.words}
    return _deed(request, row, CORRECT, start)


@page(verb=LOG)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, _halt(request, pk), END, {"ends_at": minute(clock.now())})


@page(verb=LOG)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = _halt(request, pk)
    where = here(request, SEE, of=row.unit.plant)
    why = request.POST.get("why", "").replace("\0", "")[:120]
    back = reverse("halts") + where.tail
    return act(request, LOG, row.unit, halts.withdraw, done=_("已撤回。"), back=back, halt=row, why=why)


def _deed(request: HttpRequest, row: "Halt", deed: Deed, start: dict[str, Any]) -> HttpResponse:
    where = here(request, SEE, of=row.unit.plant)
    places, back = Places(where.plant, where.on), reverse("halts") + where.tail
    title = f"{places.unit_name(row.unit_id)} {row.starts_at:%m-%d %H:%M}"
    more = crumbs(where, (_("停机记录"), back), (str(deed.label), ""))
    return perform(request, deed, subject=row, title=title, back=back, places=places, initial=start, crumbs=more)


def _halt(request: HttpRequest, pk: int) -> "Halt":
    row = queries.one(pk=pk)
    if row is None:
        raise Http404("没有这条停机记录")
    require(request, LOG, row.unit)
    return row
