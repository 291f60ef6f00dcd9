"""Computing a month in the background, watching it, and the list of what was computed before."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.sheet import jobs
from ronglu.boards.sheet.runs import of_month
from ronglu.config import clock
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import asked_for, months, tabs
from ronglu.web.sheet.table import change_words
from ronglu.work import jobs as work
from ronglu.work.sheets import NoSheet, in_force

if TYPE_CHECKING:
    from ronglu.store.models import Job

LONGEST = 200


@page(verb="sheet.assess")
@require_POST
def assess(request: HttpRequest) -> HttpResponse:
    """A trial keeps nothing; both go to the worker."""
    at, trial = asked_for(request, verb="sheet.assess"), "trial" in request.POST
    require(request, "sheet.assess", at.here.plant)
    try:
        in_force(plant=at.here.plant, month=at.month)
    except NoSheet as problem:
        messages.error(request, str(problem))
        return redirect(reverse("sheet_rules") + at.tail(month=at.month))
    words = (_("试算 %(month)s") if trial else _("计分 %(month)s")) % {"month": month_name(at.month)}
    job = work.enqueue(
        kind="assess", label=f"{words} · {at.here.plant.name}", at=clock.now(), by=me(request), plant=at.here.plant,
        args={"month": str(at.month), "cause": request.POST.get("cause", "").strip()[:LONGEST], "dry_run": trial},
    )  # fmt: skip
    return redirect("sheet_job", pk=job.pk)


@page(verb="sheet.assess")
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; for a finished trial, what keeping it would move."""
    row = _job(request, pk)
    line, trial = jobs.line(row), jobs.trial(row)
    at = asked_for(request, month=line.month, verb="sheet.assess")
    context = {
        "at": at,
        "job": line,
        "trial": trial,
        "changes": _changes(trial) if trial else [],
        "crumbs": at.crumbs((line.label, "")),
        "tail": at.tail(month=line.month),
    }
    return render(request, "sheet/job.html", context)


@page(verb="sheet.assess")
def job_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The row alone while it runs; the whole page once it is done, since there is more to show then."""
    line = jobs.line(_job(request, pk))
    if not line.under_way:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "sheet/job_row.html", {"job": line})


@page(verb="sheet.assess")
@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        work.cancel(job=_job(request, pk), by=me(request))
    except work.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("sheet_job", pk=pk)


@page(verb="sheet.see")
def listed(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    found = of_month(at.here.plant, at.month)
    context = {
        "at": at, "tabs": tabs(request, at), "months": months(at.here, at.month),
        "runs": [(run, at.grid(run=None if run.stands else run.number)) for run in found],
        "names": scope_of_request(request).has("people.see"),
    }  # fmt: skip
    return render(request, "sheet/runs.html", context)


def _changes(trial: jobs.Trial) -> list[dict[str, str]]:
    return change_words(cells=trial.cells, totals=trial.totals, names=trial.names, sheet=trial.sheet)


def _job(request: HttpRequest, pk: int) -> "Job":
    found = jobs.found(scope=scope_of_request(request), pk=pk)
    if found is None:
        raise Http404("没有这项工作，或不在您的范围内")
    return found
