"""QR labels: which zones, the job that sets them as a PDF, and the file to take away."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.keys import key_of, keys_of
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.where import here
from ronglu.web.zones.frame import bar, crumbs
from ronglu.work import jobs
from ronglu.work.queries import zones as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Job

VERB, KIND = "zones.assign", "zones.labels"
MOST = 600


@page(verb=VERB)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, VERB), scope_of_request(request)
    places, unit = Places(where.plant, where.on), asked(request, "unit")
    wanted = queries.Asked(unit=key_of(unit))
    found = queries.listed(scope=scope, places=places, asked=wanted).filter(pk__in=queries.within(scope, VERB))
    context = {
        "bar": bar(request, where, "zone_labels"),
        "lines": queries.lines(found[:MOST], places=places),
        "unit": unit,
        "units": [("", _("全部单位")), *places.units()],
    }
    return render(request, "zones/labels.html", context)


@page(verb=VERB)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, VERB), scope_of_request(request)
    asked_for = keys_of(request.POST.getlist("zone")[:MOST])
    rows = queries.within(scope, VERB).filter(plant=where.plant, state="active", pk__in=asked_for)
    zones = list(rows.values_list("pk", flat=True))
    if not zones:
        messages.error(request, _("请至少选一个责任区。"))
        return redirect(reverse("zone_labels") + where.tail)
    job = jobs.enqueue(
        kind=KIND, label=_("责任区二维码标签 · %s 张") % len(zones), at=clock.now(), by=me(request), plant=where.plant,
        # the worker does not know by which address people reach the server
        args={"zones": zones, "site": request.build_absolute_uri("/").rstrip("/"), "on": str(where.on)},
    )  # fmt: skip
    return redirect("zone_labels_job", pk=job.pk)


@page(verb=VERB)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    found = _job(request, pk)
    where = here(request, VERB, of=found.plant)
    context = {"job": found, "crumbs": crumbs(where, (_("二维码"), reverse("zone_labels")), (found.label, ""))}
    return render(request, "zones/labels_job.html", context)


@page(verb=VERB)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "zones/labels_row.html", {"job": _job(request, pk)})


@page(verb=VERB)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _job(request, pk)
    try:
        jobs.cancel(job=found, by=me(request))
    except jobs.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("zone_labels_job", pk=pk)


@page(verb=VERB)
def file(request: HttpRequest, pk: int) -> FileResponse:
    found = _job(request, pk)
    path = found.result.get("path", "")
    if found.state != "done" or not path or not default_storage.exists(path):
        raise Http404("标签还没有做好")
    name = _("责任区二维码标签") + f"-{found.created_at:%Y%m%d}.pdf"
    return FileResponse(default_storage.open(path), as_attachment=True, filename=name, content_type="application/pdf")


def _job(request: HttpRequest, pk: int) -> "Job":
    """Only who asked for them: the labels are of his own zones."""
    found = jobs.of(pk=pk, kind=KIND, by=me(request))
    if found is None:
        raise Http404("没有这项工作，或不在您的范围内")
    return jobs.seen(found)
