"""The pages of feeds: their list, one of them with what came last, and the few deeds on it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.exchange.feeds.place import place
from ronglu.exchange.feeds.said import Said
from ronglu.exchange.feeds.tags import tags_of
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.values import calendar_of
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.feeds.declare import DECLARE
from ronglu.web.where import here
from ronglu.work import feeds, feeds_settle
from ronglu.work.feeds_watch import TEND
from ronglu.work.queries import feeds as queries
from ronglu.work.queries.clock import unit_of
from ronglu.work.queries.imports_page import reporting_units

if TYPE_CHECKING:
    from ronglu.exchange.feeds.place import Placed
    from ronglu.store.models import Feed, FeedRefusal

SEE, IMPORT = queries.SEE, "readings.import"


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    may = scope_of_request(request).may(DECLARE, where.plant) is None
    context = {"here": where, "rows": queries.listed(plant=where.plant, at=clock.now()), "may_declare": may}
    return render(request, "feeds/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.one(scope=scope_of_request(request), pk=pk, at=clock.now())
    if found is None:
        raise Http404("没有这个数据源，或不在您的范围内")
    where = here(request, SEE, of=found.feed.plant)
    context = {
        "here": where,
        "one": found,
        "crumbs": [(_("数据源"), reverse("feeds") + where.tail), (found.feed.name, "")],
        "batches": queries.latest(found.feed),
        "refused": queries.refused(found.feed),
        "questions": queries.questions(found.feed),
        "tags": _tags(found.feed, dict(reporting_units(where.plant, where.on))),
        "may_tend": scope_of_request(request).has(TEND),
        "may_declare": scope_of_request(request).may(DECLARE, found.feed.plant) is None,
        "start": clock.today().replace(day=1),
    }
    return render(request, "feeds/feed.html", context)


@page(verb=TEND)
@require_POST
def switch(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    feed, run = _feed(request, pk), {"pause": feeds.pause, "resume": feeds.resume}.get(word)
    if run is None:
        raise Http404("没有这一步")
    done = {"pause": _("已暂停。"), "resume": _("已恢复接收。")}[word]
    return act(request, TEND, feed.plant, run, done=done, back=reverse("feed", args=[pk]), feed=feed)


@page(verb=TEND)
@require_POST
def backfill(request: HttpRequest, pk: int) -> HttpResponse:
    feed, back = _feed(request, pk), reverse("feed", args=[pk])
    since = _day(request.POST.get("since", ""))
    if since is None:
        messages.error(request, _("请写从哪一天补取，如 2026-03-01"))
        return redirect(back)
    done = _("下一次从 %s 取起，已有的数不会重复。") % since
    return act(request, TEND, feed.plant, feeds.back_fill, done=done, back=back, feed=feed, since=since)


@page(verb=TEND)
@require_POST
def settle(request: HttpRequest, pk: int, row: int, word: str) -> HttpResponse:
    """take: in with a reason, under the reader's own name; drop."""
    feed = _feed(request, pk)
    refusal = queries.refusal(feed, row)
    if refusal is None or word not in ("take", "drop"):
        raise Http404("没有这个数")
    reason = request.POST.get("reason", "").replace("\0", "")[:200]
    more: dict[str, Any] = {"refusal": refusal, "reason": reason, "back": reverse("feed", args=[pk])}
    if word == "drop":
        return act(request, TEND, feed.plant, feeds_settle.drop, done=_("已记为不要。"), **more)
    try:
        lots = _placed(feed, refusal).lots
    except TimeTrouble as trouble:
        messages.error(request, str(trouble))
        return redirect(more["back"])
    _require_lines(request, feed, {line for lot in lots for line in lot.line})
    done = _("已补收，等另一人审核。")
    return act(request, TEND, feed.plant, feeds_settle.take_in, done=done, lots=lots, **more)


@page(verb=TEND)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """All values that wait for one tag's unit to be made clear: taken in by today's mapping, or dropped to be sent anew."""
    feed, back = _feed(request, pk), reverse("feed", args=[pk])
    tag, reason = (request.POST.get(name, "").replace("\0", "")[:200] for name in ("tag", "reason"))
    rows = queries.held(feed, tag)
    if not rows:
        raise Http404("没有这样的问题")
    if request.POST.get("do") == "drop":
        done = _("%d 个数已记为不要。") % len(rows)
        return act(request, TEND, feed.plant, feeds_settle.drop_all, done=done, back=back, refusals=rows, reason=reason)
    try:
        found = [(row, _placed(feed, row).lots) for row in rows]
    except TimeTrouble as trouble:
        messages.error(request, str(trouble))
        return redirect(back)
    _require_lines(request, feed, {line for _row, lots in found for lot in lots for line in lot.line})
    done = _("%d 个数已补收，等另一人审核。") % len(rows)
    return act(request, TEND, feed.plant, feeds_settle.take_in_all, done=done, back=back, refusals=found, reason=reason)


def _require_lines(request: HttpRequest, feed: "Feed", lines: set[str]) -> None:
    for line in lines:
        if (unit := unit_of(plant=feed.plant, code=line)) is not None:
            require(request, IMPORT, unit)


def _placed(feed: "Feed", row: "FeedRefusal") -> "Placed":
    """By today's mapping; a person looked at it, so the plausible range no longer holds it up."""
    series = pack_of(feed.plant.code).series
    rows = [*feed.tags, *([row.spot] if row.spot else [])]
    said = Said(tag=row.tag, label=row.label, text=row.text, unit=row.unit, revised=row.revised)
    calendar = calendar_of(feed.plant)
    return place(
        [said], tags=tags_of(rows, series).known, series=series, calendar=calendar, name=feed.name, believed=True
    )


def _feed(request: HttpRequest, pk: int) -> "Feed":
    found = queries.feed_of(scope=scope_of_request(request), pk=pk)
    if found is None:
        raise Http404("没有这个数据源，或不在您的范围内")
    require(request, TEND, found.plant)
    return found


def _tags(feed: "Feed", names: dict[str, str]) -> list[dict[str, Any]]:
    """Each tag with the names of what it maps to."""
    series = pack_of(feed.plant.code).series
    return [
        {
            **row,
            "line_name": names.get(str(row.get("line")), row.get("line")),
            "series_name": series[row["series"]].name if row.get("series") in series else row.get("series"),
            "target": series[row["series"]].unit if row.get("series") in series else "",
        }
        for row in feed.tags
    ]


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip()[:10])
    except ValueError:
        return None
