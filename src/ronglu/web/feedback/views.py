"""Write it, read what was answered, and answer."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import me, page, refused, scope_of_request
from ronglu.work import feedback as verbs
from ronglu.work.feedback import FeedbackProblem
from ronglu.work.scope import Refused

SIZE = 20


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("您想说什么"), max_length=verbs.LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    named = forms.BooleanField(
        label=gettext_lazy("署上我的名字"), required=False,
        help_text=gettext_lazy("不勾就是匿名：系统不记是谁写的，只记日期，谁也查不到"),
    )  # fmt: skip
    page = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


@page(verb="feedback.write")
def feedback(request: HttpRequest) -> HttpResponse:
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("from", "")})
    scope = scope_of_request(request)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.write(
                text=form.cleaned_data["text"],
                on=clock.today(),
                page=form.cleaned_data["page"],
                plant=scope.plants("feedback.write").first() if len(scope.plant_ids) == 1 else None,
                by=me(request) if form.cleaned_data["named"] else None,
            )
        except FeedbackProblem as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("收到了。工会或党群部会在这一页公开答复。"))
            return redirect("feedback")
    context = {
        "form": form,
        "page": Paginator(verbs.visible(scope=scope), SIZE).get_page(request.GET.get("page")),
        "answers": scope.has("feedback.answer"),
    }
    return render(request, "feedback/page.html", context, status=422 if form.errors else 200)


@page(verb="feedback.answer")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    row = get_object_or_404(verbs.visible(scope=scope), pk=pk)
    try:
        verbs.answer(feedback=row, text=request.POST.get("answer", ""), scope=scope, by=me(request), at=clock.now())
    except Refused as problem:
        raise refused(problem.refusal) from problem
    except FeedbackProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("答复已公开。"))
    return redirect("feedback")
