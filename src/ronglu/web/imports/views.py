"""Files that were brought, one import from upload to table, and everything a person does with it on the way."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.exchange.arrive import arrive
from ronglu.exchange.problems import Refused
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.imports import report
from ronglu.web.imports.forms import ReasonForm, UploadForm
from ronglu.web.where import here
from ronglu.work import imports, jobs, sources
from ronglu.work.imports import ImportTrouble
from ronglu.work.imports_kinds import KINDS, may_import

if TYPE_CHECKING:
    from ronglu.store.models import Import

VERB = "imports.bring"
SIZE = 50
ACTS = (gettext_lazy("上传"), gettext_lazy("怎么读"), gettext_lazy("试读"), gettext_lazy("入库"))


@page(verb=VERB)
def listed(request: HttpRequest) -> HttpResponse:
    scope, kinds = scope_of_request(request), may_import(scope_of_request(request))
    found = imports.listed(scope)
    kind = asked(request, "kind")
    shown = Paginator(found.filter(kind=kind) if kind in kinds else found, SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [(one, KINDS[one.kind].label, *report.chip(one)) for one in shown],
        "kinds": [("", _("全部内容")), *((code, one.label) for code, one in kinds.items())],
        "kind": kind,
        "may_build": scope.has("sources.edit"),
    }
    return render(request, "imports/list.html", context)


@page(verb=VERB)
def new(request: HttpRequest) -> HttpResponse:
    """Choose what the file holds, then the file. What may not come in is refused here and nothing of it is kept."""
    where = here(request, VERB)
    kinds = may_import(scope_of_request(request), where.plant)
    if not kinds:
        raise Http404("没有可以导入的内容")
    code = asked(request, "kind") if asked(request, "kind") in kinds else next(iter(kinds))
    kind = kinds[code]
    listed_sources = [(one.pk, one.name) for one in sources.listed(where.plant)] if kind.with_source else []
    form = UploadForm(request.POST or None, request.FILES or None, kind=kind, sources=listed_sources)
    if request.method == "POST" and form.is_valid():
        try:
            return _take_in(request, form, code, where.plant)
        except Refused as refusal:
            form.add_error("file", refusal.message)
    context = {
        "form": form, "kind": kind, "code": code, "here": where, "acts": ACTS,
        "kinds": [(one, k.label, f"?kind={one}{where.tail.replace('?', '&')}") for one, k in kinds.items()],
        "template": reverse(kind.template) if kind.template else "",
        "crumbs": [(_("数据导入"), reverse("imports")), (_("导入文件"), "")],
    }  # fmt: skip
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


def _take_in(request: HttpRequest, form: UploadForm, code: str, plant: Any) -> HttpResponse:
    given = form.cleaned_data["file"]
    kept = arrive(given.name, given.chunks(), Path(settings.HOME))
    source = sources.listed(plant).filter(pk=form.cleaned_data.get("source")).first()
    file = imports.File(name=given.name, digest=kept.digest, size=kept.size, path=kept.path)
    made = imports.upload(
        plant=plant, kind=code, file=file, by=me(request), at=clock.now(), source=source, options=form.options()
    )
    if KINDS[code].with_source and source is None:
        return redirect("import_profile", made.pk)
    imports.check(imported=made, by=me(request), at=clock.now())
    return redirect("import", made.pk)


@page(verb=VERB)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole life of one import on one page; what it asks for next stands on top."""
    one = find(request, pk)
    found, severity = one.report, asked(request, "severity")
    problems = found.get("problems", [])
    shown = report.lines(problems, severity if severity in report.SEVERITIES else "")
    state, word = report.chip(one)
    context = {
        "one": one, "kind": KINDS[one.kind], "state": state, "word": word, "acts": ACTS, "act": _act(one),
        "mine": one.created_by_id == me(request).pk,
        "job": imports.job_of(one),
        "report": found, "moved": any(found.get("written", {}).get(part) for part in ("new", "changed")),
        "questions": report.questions(problems, one.options.get("answers", {})),
        "page": Paginator(shown, SIZE).get_page(request.GET.get("page")),
        "severity": severity,
        "severities": [("", _("全部")), *((code, label) for code, (label, _state) in report.SEVERITIES.items())],
        "has_book": book(one).exists(),
        "reason": ReasonForm(),
        "may_build": scope_of_request(request).may("sources.edit", one.plant) is None,
        "crumbs": [(_("数据导入"), reverse("imports")), (one.file_name, "")],
    }  # fmt: skip
    return render(request, "imports/show.html", context)


def _act(one: "Import") -> int:
    if one.state == "done":
        return len(ACTS) + 1
    if one.state == "writing" or (one.state == "checked" and one.report.get("ready")):
        return 4
    return 2 if one.state == "uploaded" else 3


@page(verb=VERB)
def job_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The row of the work in progress; when it has ended the page is asked to show what became of it."""
    one = find(request, pk)
    response = render(request, "imports/job_row.html", {"one": one, "job": imports.job_of(one)})
    if one.state not in ("reading", "writing"):
        response["HX-Refresh"] = "true"
    return response


@page(verb=VERB)
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Once more, with the answers that were given."""
    one = find(request, pk)
    answers = {
        key.removeprefix("answer:"): value
        for key, value in request.POST.items()
        if key.startswith("answer:") and value.strip()
    }
    return _do(request, one, lambda: imports.check(imported=one, by=me(request), at=clock.now(), answers=answers))


@page(verb=VERB)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = find(request, pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _do(request, one, lambda: imports.confirm(imported=one, by=me(request), at=clock.now(), reason=reason))


@page(verb=VERB)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    one = find(request, pk)
    return _do(request, one, lambda: imports.cancel(imported=one, by=me(request), at=clock.now()))


def _do(request: HttpRequest, one: "Import", deed: Any) -> HttpResponse:
    try:
        deed()
    except (ImportTrouble, jobs.Refused) as trouble:
        messages.error(request, str(trouble))
    response = redirect("import", one.pk)
    if request.headers.get("HX-Request"):
        response = HttpResponse()
        response["HX-Redirect"] = reverse("import", args=[one.pk])
    return response


@page(verb=VERB)
def errors(request: HttpRequest, pk: int) -> FileResponse:
    """The file again, faulty cells marked and every sentence beside its row."""
    one = find(request, pk)
    if not book(one).exists():
        raise Http404("没有错误表")
    name = _("错误表-%(name)s.xlsx") % {"name": Path(one.file_name).stem}
    return FileResponse(book(one).open("rb"), as_attachment=True, filename=name)


def find(request: HttpRequest, pk: int) -> "Import":
    """One of the imports the reader may see; else there is none."""
    one = imports.listed(scope_of_request(request)).filter(pk=pk).first()
    if one is None:
        raise Http404("没有这次导入，或不在您的范围内")
    return one


def book(one: "Import") -> Path:
    """Where the worker leaves the error workbook."""
    return Path(settings.HOME) / imports.errors_path(one)
