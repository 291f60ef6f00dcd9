"""Keys for machines, and who stands in for me: what a person arranges for himself."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.words import said
from ronglu.work import deputies as standing_in
from ronglu.work import tokens as machine_keys
from ronglu.work.deputies import DeputyProblem
from ronglu.work.tokens import TokenProblem


class TokenForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("用途"), max_length=80, help_text=gettext_lazy("例：化验室仪器上传"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("范围"), choices=said(machine_keys.SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"), min_value=1, max_value=machine_keys.LONGEST_DAYS, initial=90
    )


class DeputyForm(forms.Form):
    absent = forms.CharField(
        label=gettext_lazy("谁离岗（工号）"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("不填就是本人；上级可为下级指定"),
    )
    deputy = forms.CharField(label=gettext_lazy("由谁代理（工号）"), max_length=40)
    from_on = forms.DateField(label=gettext_lazy("起"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(label=gettext_lazy("回岗日"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=80, required=False)


@page(verb="api.use")
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The secret stands on the answer to the form, this once."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = machine_keys.issue(
                account=me(request), by=me(request), at=clock.now(), **form.cleaned_data
            )
            form = TokenForm()
        except TokenProblem as problem:
            form.add_error(None, str(problem))
    context = {
        "form": form,
        "secret": secret,
        "tokens": [
            (one, [machine_keys.SCOPES.get(scope, scope) for scope in one.scopes])
            for one in machine_keys.of(account=me(request))
        ],
        "now": clock.now(),
    }
    return render(request, "account/tokens.html", context, status=422 if form.errors else 200)


@page(verb="api.use")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(machine_keys.of(account=me(request)), pk=pk)
    machine_keys.revoke(token=token, by=me(request), at=clock.now())
    messages.success(request, _("“%s”已收回，立刻失效。") % token.name)
    return redirect("tokens")


@page(verb="deputies.name")
def deputies(request: HttpRequest) -> HttpResponse:
    form = DeputyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _name(request, **form.cleaned_data)
        except DeputyProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("代理已登记，到回岗日自动结束。"))
            return redirect("deputies")
    rows = standing_in.concerning(person=me(request).person, on=clock.today()) if me(request).person else ()
    return render(request, "account/deputies.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


def _name(request: HttpRequest, *, absent: str, deputy: str, **given: object) -> None:
    plants = scope_of_request(request).plant_ids
    standing_in.name(
        absent=standing_in.person_of(staff_no=absent, plant_ids=plants) if absent.strip() else me(request).person,
        deputy=standing_in.person_of(staff_no=deputy, plant_ids=plants),
        by=me(request),
        at=clock.now(),
        **given,  # type: ignore[arg-type]
    )


@page(verb="deputies.name")
@require_POST
def end_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(standing_in.concerning(person=me(request).person, on=clock.today()), pk=pk)
    try:
        standing_in.end(deputy=row, by=me(request), at=clock.now())
    except DeputyProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("代理已结束。"))
    return redirect("deputies")
