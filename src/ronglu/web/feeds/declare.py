"""Feeds declared, changed and tried in the browser. Addresses and passwords are no part of it: they lie on the server alone."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config import feeds as places
from ronglu.config.plant import pack_of
from ronglu.exchange.feeds.declared import SETTINGS, Declared, read
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.feeds import forms
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import channels, feeds, jobs
from ronglu.work.queries import feeds as queries
from ronglu.work.queries.clock import unit_of
from ronglu.work.queries.imports_page import reporting_units
from ronglu.work.scope import scope_of

if TYPE_CHECKING:
    from ronglu.store.models import Account, Feed, Job

DECLARE, CHANNELS, IMPORT = "feeds.declare", "channels.edit", "readings.import"
KIND = "feed.try"
ROWS = 3
"""Empty rows offered below those that are filled in."""
MORE = 10
Problems = list[str]


@page(verb=DECLARE)
def new(request: HttpRequest) -> HttpResponse:
    """The kind first: each asks for something else."""
    where, job = here(request, DECLARE), _tried(request)
    kind = str(job.args["draft"]["kind"]) if job else asked(request, "kind")
    if kind not in SETTINGS:
        return render(request, "feeds/kinds.html", {"here": where, "crumbs": _crumbs(where, _("声明数据源"))})
    return _form(request, where, kind, draft=job.args["draft"] if job else {"kind": kind, "every": 120})


@page(verb=DECLARE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    feed = queries.feed_of(scope=scope_of_request(request), pk=pk)
    if feed is None:
        raise Http404("没有这个数据源，或不在您的范围内")
    require(request, DECLARE, feed.plant)
    job = _tried(request)
    draft = job.args["draft"] if job and job.args.get("feed") == feed.pk else queries.declared(feed)
    return _form(request, here(request, DECLARE, of=feed.plant), feed.kind, draft=draft, feed=feed)


@page(verb=DECLARE)
def tried(request: HttpRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    where = here(request, DECLARE, of=job.plant)
    names, series = dict(reporting_units(where.plant, where.on)), pack_of(where.plant.code).series
    rows = [
        row | {"place": names.get(row.get("line", ""), ""), "of": series.get(row.get("series", ""))}
        for row in (job.result or {}).get("rows", ())
    ]
    context = {
        "here": where, "job": jobs.seen(job), "draft": job.args["draft"], "rows": rows, "back": _back(job, where),
        "crumbs": _crumbs(where, _("试一试")),
    }  # fmt: skip
    return render(request, "feeds/tried.html", context)


@page(verb=DECLARE)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """The row alone while it runs; the whole page once it is done."""
    found = jobs.seen(_job(request, pk))
    if found.state not in jobs.UNDER_WAY:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "feeds/job_row.html", {"job": found})


@page(verb=DECLARE)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        jobs.cancel(job=_job(request, pk), by=me(request))
    except jobs.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("feed_tried", pk=pk)


@page(verb=DECLARE)
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Declares what was tried, looked at anew: meanwhile the plant may have changed."""
    job = _job(request, pk)
    where = here(request, DECLARE, of=job.plant)
    feed = queries.feed_of(scope=scope_of_request(request), pk=job.args["feed"]) if job.args.get("feed") else None
    found, problems = _looked_at(request, where, job.args["draft"], feed)
    if not problems:
        return _declare(request, where, found, feed) or redirect(_back(job, where))
    for one in problems:
        messages.error(request, one)
    return redirect(_back(job, where))


def _form(
    request: HttpRequest, where: Here, kind: str, *, draft: dict[str, Any], feed: "Feed | None" = None
) -> HttpResponse:
    """`do` is try, more (rows) or save; whatever it is, what was filled in is kept."""
    offered, listed = _offered(request, where, draft), queries.sources(where.plant)
    given, do, tags = request.POST or None, request.POST.get("do", ""), draft.get("tags", [])
    form = forms.FeedForm(given, initial=draft, kind=kind, sources=listed, fixed=feed is not None)
    rows = forms.tag_forms(given, offered=offered, extra=ROWS, initial=[forms.shown(tag) for tag in tags])
    problems: Problems = []
    valid = given is not None and form.is_valid() and (kind == "folder" or rows.is_valid())
    if valid:
        draft = form.draft(kind) | {"tags": [found for one in rows if (found := one.row())] if kind != "folder" else []}
        if do == "more":
            rows = forms.tag_forms(offered=offered, extra=MORE, initial=[forms.shown(tag) for tag in draft["tags"]])
        else:
            found, problems = _looked_at(request, where, draft, feed)
            if not problems:
                done = _try(request, where, draft, feed, form) if do == "try" else _declare(request, where, found, feed)
                if done is not None:
                    return done
    address = _has_address(where, str(draft.get("code", "")))
    context = {
        "here": where, "kind": kind, "form": form, "rows": rows if kind != "folder" else None, "problems": problems,
        "feed": feed, "address": address, "key": f"{where.plant.code}-{draft.get('code') or '…'}",
        "crumbs": _crumbs(where, feed.name if feed else _("声明数据源"), feed),
    }  # fmt: skip
    return render(request, "feeds/declare.html", context, status=422 if given is not None and do != "more" else 200)


def _has_address(where: Here, code: str) -> bool:
    """A file of addresses that nobody can read has none; what is wrong with it is told when it is tried."""
    try:
        return bool(places.address(where.plant.code, code))
    except TimeTrouble:
        return False


def _looked_at(
    request: HttpRequest, where: Here, draft: dict[str, Any], feed: "Feed | None"
) -> tuple[Declared, Problems]:
    """Everything wrong at once; then whether it is his to declare: every line it writes to now or wrote to before."""
    found = read(draft, series=pack_of(where.plant.code).series)
    source = str(found.settings.get("source", ""))
    problems = found.problems + queries.missing(plant=where.plant, lines=found.lines, kind=found.kind, source=source)
    if feed is not None and found.code != feed.code:
        problems.append(_("编码不能改"))
    if not problems:
        before = {str(tag["line"]) for tag in feed.tags if "line" in tag} if feed else set[str]()
        for line in sorted(found.lines | before):
            if (unit := unit_of(plant=where.plant, code=line)) is not None:
                require(request, CHANNELS, unit)
                require(request, IMPORT, unit)
    return found, problems


def _try(
    request: HttpRequest, where: Here, draft: dict[str, Any], feed: "Feed | None", form: forms.FeedForm
) -> HttpResponse:
    args = {"draft": draft, "feed": feed.pk if feed else None, "sample": form.cleaned_data.get("sample", "")}
    label = _("试数据源 %s") % draft["name"]
    job = jobs.enqueue(kind=KIND, label=label, at=clock.now(), by=me(request), plant=where.plant, args=args)
    return redirect(reverse("feed_tried", args=[job.pk]))


def _declare(request: HttpRequest, where: Here, found: Declared, feed: "Feed | None") -> HttpResponse | None:
    """None where the verb refused; the reason stands among the messages."""
    declared = feeds.Declared(
        code=found.code, name=found.name, kind=found.kind, every=found.every, settings=found.settings, tags=found.tags
    )
    account = _in_whose_name(request, where, found, feed)
    try:
        made = feeds.declare(
            plant=where.plant, declared=declared, account=account, by=me(request), at=clock.now(), new=feed is None
        )
    except TimeTrouble as trouble:
        messages.error(request, str(trouble))
        return None
    messages.success(request, _("已保存。来的数以 %s 的名义入库，由另一人审核。") % account.staff_no)
    return redirect(reverse("feed", args=[made.pk]) + where.tail)


def _in_whose_name(request: HttpRequest, where: Here, found: Declared, feed: "Feed | None") -> "Account":
    """Whose it was, while he may still import all of its lines: a machine's token is his. Else whoever saves it."""
    if feed is None or not feed.account.is_active:
        return me(request)
    able = set(scope_of(feed.account, on=where.on).units(IMPORT).values_list("code", flat=True))
    return feed.account if found.lines <= able and able else me(request)


def _offered(request: HttpRequest, where: Here, draft: dict[str, Any]) -> list[tuple[str, Any]]:
    """Channels he may declare, unit by unit; what the feed has already is not lost, whoever may declare it."""
    names, series = dict(reporting_units(where.plant, where.on)), pack_of(where.plant.code).series
    mine = scope_of_request(request).units(CHANNELS)

    def word(code: str, grain: str) -> str:
        label = named(series[code]) if code in series else code
        return f"{label} · {named(channels.GRAINS.get(grain, grain))}"

    rows = queries.spots(plant=where.plant, units=mine, on=where.on)
    found: list[tuple[str, Any]] = [
        (names.get(line, line), [("|".join(one[1:]), word(one[2], one[3])) for one in group])
        for line, group in groupby(rows, key=lambda one: one[1])
    ]
    known = {"|".join(one[1:]) for one in rows}
    kept = {forms.key(tag): tag for tag in draft.get("tags", [])}
    more = [
        (key, f"{names.get(str(tag['line']), tag['line'])} · {word(str(tag['series']), str(tag.get('grain', 'hour')))}")
        for key, tag in kept.items()
        if key not in known and "line" in tag and "series" in tag
    ]
    return [*found, (_("已声明的"), more)] if more else found


def _tried(request: HttpRequest) -> "Job | None":
    """The try he comes back from, if it was his."""
    pk = asked(request, "tried")
    return jobs.of(pk=int(pk), kind=KIND, by=me(request)) if pk.isdecimal() and len(pk) < 10 else None


def _job(request: HttpRequest, pk: int) -> "Job":
    job = jobs.of(pk=pk, kind=KIND, by=me(request))
    if job is None or job.plant is None:
        raise Http404("没有这次试连，或不是您的")
    require(request, DECLARE, job.plant)
    return job


def _back(job: "Job", where: Here) -> str:
    feed = job.args.get("feed")
    up = reverse("feed_edit", args=[feed]) if feed else reverse("feed_new")
    return up + (where.tail or "?") + f"&tried={job.pk}"


def _crumbs(where: Here, last: str, feed: "Feed | None" = None) -> list[tuple[str, str]]:
    first = (_("数据源"), reverse("feeds") + where.tail)
    return (
        [first, (feed.name, reverse("feed", args=[feed.pk]) + where.tail), (_("改"), "")]
        if feed
        else [first, (last, "")]
    )
