"""Figures of the office for items that are not wired: entered by one, signed by another."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.sheet import office
from ronglu.boards.sheet.read import SheetView, read
from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.sheet.forms import FigureForm
from ronglu.web.sheet.frame import Asked, asked_for, body_here, months, tabs
from ronglu.work import figures as verbs
from ronglu.work.closings import Closed
from ronglu.work.figures import FigureProblem
from ronglu.work.sheets import NoSheet

if TYPE_CHECKING:
    from ronglu.store.models import ItemFigure

SIZE = 25


@page(verb="sheet.see")
def figures(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request), scope_of_request(request)
    may_enter = scope.may("figures.enter", at.here.plant) is None
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
        "may_sign": scope.may("figures.sign", at.here.plant) is None,
        "page": Paginator(office.figure_entries(scope=scope, plant=at.here.plant, month=at.month), SIZE).get_page(
            request.GET.get("page")
        ),
        "tail": at.tail(month=at.month),
    }
    return render(request, "sheet/figures.html", context, status=422 if form and form.errors else 200)


@page(verb="figures.sign")
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Those that were ticked; what cannot be signed is told, the others are."""
    at, done = asked_for(request), 0
    for text in request.POST.getlist("pk")[:SIZE]:
        figure = _figure(request, key_of(text) or 0, "figures.sign")
        try:
            verbs.sign(figure=figure, by=me(request), at=clock.now())
        except (FigureProblem, Closed) as problem:
            messages.error(request, f"{figure.body.code} {figure.item}：{problem}")
        else:
            done += 1
    if done:
        messages.success(request, _("已签认 %d 项，下次计分起生效。") % done)
    return redirect(reverse("sheet_figures") + at.tail(month=at.month))


@page(verb="figures.enter")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    figure = _figure(request, pk, "figures.enter")
    try:
        verbs.withdraw(figure=figure, reason=request.POST.get("reason", ""), by=me(request), at=clock.now())
    except (FigureProblem, Closed) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("已撤回，下次计分起这一项又是未接入。"))
    return _back(request, figure)


def _form(request: HttpRequest, view: SheetView) -> FigureForm:
    return FigureForm(
        request.POST or None, initial={"body": asked(request, "body"), "item": asked(request, "item")},
        bodies=[(one.code, one.name) for one in view.branches], items=office.open_items(view),
    )  # fmt: skip


def _enter(request: HttpRequest, at: Asked, form: FigureForm) -> bool:
    row = form.cleaned_data
    body = body_here(request, at, row["body"], "figures.enter")
    try:
        verbs.enter(
            body=body, item=row["item"], month=at.month, won=row["won"], ground=row["ground"], by=me(request),
            at=clock.now(),
        )  # fmt: skip
    except (FigureProblem, NoSheet, Closed) as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("已录入，等另一人签认后才算数。"))
    return True


def _figure(request: HttpRequest, pk: int, verb: str) -> "ItemFigure":
    scope = scope_of_request(request)
    found = office.figure(scope=scope, plants=scope.plants("sheet.see").values_list("pk", flat=True), pk=pk)
    if found is None:
        raise Http404("没有这一条，或不在您的范围内")
    require(request, verb, found.body)
    return found


def _back(request: HttpRequest, figure: "ItemFigure") -> HttpResponse:
    at = asked_for(request, month=Period.from_yyyymm(figure.month))
    return redirect(reverse("sheet_figures") + at.tail(month=at.month))
