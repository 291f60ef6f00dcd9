"""What the past months would have come to under a draft: asked for, watched, read."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.whatif import leaders, read
from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.drafts import frame
from ronglu.work import jobs
from ronglu.work.queries import drafts as queries

if TYPE_CHECKING:
    from ronglu.boards.whatif.leaders import Leader
    from ronglu.boards.whatif.read import WhatIf
    from ronglu.kernel.standing.link_models import LinkParams
    from ronglu.kernel.standing.linkage import Model
    from ronglu.store.models import Job, SheetDraft

SPANS = (3, 6, 12)
PARTY = "party"
RULED = "ruled"
"""The plant's own scheme that is in force in the draft's month."""


@page(verb=frame.SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk)
    job = read.latest(draft)
    told = read.read(job=job, draft=draft) if job else None
    month = Period.from_yyyymm(draft.from_month)
    models, scheme = leaders.linkable(pack_of(draft.plant.code).standing.linkage), leaders.in_force(draft.plant, month)
    chosen = asked(request, "model")
    ruled = scheme if scheme and chosen in ("", RULED) else None
    model = ruled[1] if ruled else leaders.model_of(models.values(), chosen)
    offered = [(RULED, _("现行办法 %s") % scheme[0].document)] if scheme else []
    context = {
        "draft": draft, "title": _("推演"), "job": jobs.seen(job) if job else None, "told": told, "spans": SPANS,
        "models": [*offered, *((code, f"{code} {one.label}") for code, one in models.items())], "model": model,
        "chosen": RULED if ruled else model.code if model else "",
        "leaders": _leaders(request, draft, told, model, ruled[2] if ruled else None) if told and model else (),
        "may_run": scope_of_request(request).may(frame.EDIT, draft.plant) is None,
        "crumbs": frame.crumbs(draft, (_("推演"), "")),
    }  # fmt: skip
    return render(request, "drafts/whatif.html", context)


@page(verb=frame.EDIT)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    months = key_of(request.POST.get("months", ""), most=max(SPANS)) or SPANS[0]
    if frame.verdict_of(draft).problems:
        messages.error(request, _("草案还不成一张表（分数没有凑齐），先改好再推演。"))
        return redirect("draft", pk=pk)
    jobs.enqueue(
        kind=read.KIND, label=_("推演 %(name)s · 最近 %(n)s 个月") % {"name": frame.name_of(draft), "n": months},
        at=clock.now(), by=me(request), plant=draft.plant, args={"draft": draft.pk, "months": months},
    )  # fmt: skip
    return redirect("draft_whatif", pk=pk)


@page(verb=frame.SEE)
def row(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    """The row alone while it runs; the whole page once it is done."""
    draft = frame.draft_here(request, pk)
    found = jobs.seen(_job(draft, job))
    if found.state not in jobs.UNDER_WAY:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "drafts/whatif_row.html", {"draft": draft, "job": found})


@page(verb=frame.EDIT)
@require_POST
def cancel(request: HttpRequest, pk: int, job: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    try:
        jobs.cancel(job=_job(draft, job), by=me(request))
    except jobs.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("draft_whatif", pk=pk)


def _job(draft: "SheetDraft", pk: int) -> "Job":
    found = queries.job(draft, pk)
    if found is None:
        raise Http404("没有这项工作")
    return found


def _leaders(
    request: HttpRequest, draft: "SheetDraft", told: "WhatIf", model: "Model", params: "LinkParams | None"
) -> "tuple[Leader, ...]":
    scale = told.scale(PARTY)
    if scale is None or not told.months:
        return ()
    return leaders.read(
        plant=draft.plant, scale=scale, month=told.months[-1], on=clock.today(), model=model, params=params,
        names=scope_of_request(request).has("people.see"),
    )  # fmt: skip
