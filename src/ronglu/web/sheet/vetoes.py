"""一票否决: proposed with evidence by the party office, approved by the plant committee."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.sheet import office
from ronglu.boards.sheet.read import SheetView, read
from ronglu.config import clock
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.sheet.forms import VetoForm
from ronglu.web.sheet.frame import Asked, asked_for, body_here, months, tabs
from ronglu.web.words import named
from ronglu.work import vetoes as verbs
from ronglu.work.closings import Closed
from ronglu.work.vetoes import VetoProblem

if TYPE_CHECKING:
    from ronglu.store.models import VetoMark


@page(verb="sheet.see")
def vetoes(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request), scope_of_request(request)
    may_enter = scope.may("vetoes.enter", at.here.plant) is None
    view = read(scope=scope, plant=at.here.plant, month=at.month) if may_enter else None
    form = _form(request, view) if view else None
    if request.method == "POST" and form is not None and form.is_valid() and _enter(request, at, form):
        return redirect(request.path + at.tail(month=at.month))
    context = {
        "at": at,
        "tabs": tabs(request, at),
        "months": months(at.here, at.month),
        "form": form,
        "may_enter": may_enter,
        "may_approve": scope.may("vetoes.approve", at.here.plant) is None,
        "asked": _asked(request, at) if may_enter else [],
        "rows": office.veto_entries(scope=scope, plant=at.here.plant, month=at.month),
        "tail": at.tail(month=at.month),
    }
    return render(request, "sheet/vetoes.html", context, status=422 if form and form.errors else 200)


@page(verb="vetoes.approve")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    veto = _veto(request, pk)
    require(request, "vetoes.approve", veto.body)
    try:
        verbs.approve(veto=veto, by=me(request), at=clock.now())
    except (VetoProblem, Closed) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("已批准。下次计分起两个百分的等级都封顶。"))
    return _back(request, veto)


@page(verb="sheet.see")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal by those who may propose; an approved veto only by those who may approve."""
    veto = _veto(request, pk)
    require(request, "vetoes.enter" if veto.approved_by_id is None else "vetoes.approve", veto.body)
    try:
        verbs.withdraw(veto=veto, reason=request.POST.get("reason", ""), by=me(request), at=clock.now())
    except (VetoProblem, Closed) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("已撤销，原因留在审计记录里。"))
    return _back(request, veto)


def _form(request: HttpRequest, view: SheetView) -> VetoForm:
    return VetoForm(
        request.POST or None, initial={name: asked(request, name) for name in ("body", "reason", "evidence")},
        bodies=[(one.code, one.name) for one in view.branches],
        reasons=[(one.code, named(one)) for one in view.sheet.veto.reasons],
    )  # fmt: skip


def _asked(request: HttpRequest, at: Asked) -> list[tuple[office.VetoAsked, str]]:
    """What the facts ask for, each with the address that fills it into the form; people decide whether it is one."""
    found = office.veto_questions(scope=scope_of_request(request), plant=at.here.plant, month=at.month)
    return [(one, at.tail(month=at.month, body=one.body, reason=one.reason, evidence=_ground(one))) for one in found]


def _ground(one: office.VetoAsked) -> str:
    return f"{one.what}：{'、'.join(one.records)}"[:400]


def _enter(request: HttpRequest, at: Asked, form: VetoForm) -> bool:
    row = form.cleaned_data
    body = body_here(request, at, row["body"], "vetoes.enter")
    try:
        verbs.enter(
            body=body, month=at.month, reason=row["reason"], evidence=row["evidence"], by=me(request), at=clock.now()
        )
    except (VetoProblem, Closed) as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("已提出，等厂党委批准后才算数。"))
    return True


def _veto(request: HttpRequest, pk: int) -> "VetoMark":
    scope = scope_of_request(request)
    found = office.veto(scope=scope, plants=scope.plants("sheet.see").values_list("pk", flat=True), pk=pk)
    if found is None:
        raise Http404("没有这一条，或不在您的范围内")
    return found


def _back(request: HttpRequest, veto: "VetoMark") -> HttpResponse:
    at = asked_for(request, month=Period.from_yyyymm(veto.month))
    return redirect(reverse("sheet_vetoes") + at.tail(month=at.month))
