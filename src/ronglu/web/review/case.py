"""One period of one branch: what the records say, the way it has come, and each advice turned into an action from here."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.fields import DayField
from ronglu.web.review.views import MARKS
from ronglu.web.words import named, pack_of
from ronglu.work import reviews_actions
from ronglu.work.queries import reviews as queries

if TYPE_CHECKING:
    from ronglu.store.models import Review

SEE, ACT = "sheet.see", "cases.act"


class ActionForm(forms.Form):
    what = forms.CharField(label=_("要办的事"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    finish_by = DayField(label=_("完成期限"))


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    review = _review(request, pk)
    case, loop = review.case, pack_of(review.body.plant.code).loops[review.kind]
    state = loop.state(case.state)
    told = [loop.field(code) for code in (*loop.raising.asks, *_shown(review.kind))]
    days = [field for field in loop.fields if field.code.endswith("_by")]
    context = {
        "review": review, "case": case, "loop": loop, "mark": MARKS.get(case.state, "running"), "word": named(state),
        "told": [(named(field), field.shown(case.data.get(field.code))) for field in told if case.data.get(field.code)],
        "days": [(named(field), case.data[field.code]) for field in days if case.data.get(field.code)],
        "advice": [
            (one, ActionForm(initial={"what": one.row.data.get("advice", "")}, prefix=str(one.row.no)) if one.mine else None)
            for one in queries.advice_of(review, scope=scope_of_request(request))
        ],
        "may_appeal": case.state in ("publicity", "appeals"),
        "crumbs": [(gettext("考核周期"), reverse("review")), (case.title, "")],
    }  # fmt: skip
    return render(request, "review/case.html", context)


@page(verb=ACT)
@require_POST
def act(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """The verb says whether the advice is his to answer."""
    review = _review(request, pk)
    require(request, ACT, review.body)
    line = queries.line_of(review, no)
    if line is None:
        raise Http404("没有这条建议")
    form = ActionForm(request.POST, prefix=str(no))
    if not form.is_valid():
        messages.error(request, gettext("请写明要办的事和完成期限"))
        return redirect("review_case", pk=pk)
    loops = pack_of(review.body.plant.code).loops
    try:
        made = reviews_actions.act_on(
            quarterly=loops["quarterly"], action=loops["action"], line=line, by=me(request), at=clock.now(),
            scope=scope_of_request(request), **form.cleaned_data,
        )  # fmt: skip
    except LoopTrouble as trouble:
        messages.error(request, str(trouble))
        return redirect("review_case", pk=pk)
    messages.success(request, gettext("已转成行动项 %s，请派定责任人。") % made.number)
    return redirect("case", pk=made.pk)


def _shown(kind: str) -> tuple[str, ...]:
    """What people wrote, in the order of the form."""
    return {
        "monthly": ("missed", "exemption", "objection", "note", "verdict"),
        "quarterly": ("bright", "lacking", "focus", "said", "look"),
        "annual": ("core", "core_why", "school", "school_why", "fortress", "fortress_why", "improve", "summary"),
    }[kind]


def _review(request: HttpRequest, pk: int) -> "Review":
    found = queries.case_of(scope=scope_of_request(request), pk=pk)
    if found is None:
        raise Http404("没有这个考核周期，或不在您的范围内")
    return found
