"""The account of a shift terminal: opened by the system administrator for one line, with a password that is shown once."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ronglu.config import clock
from ronglu.web.access import me, page, scope_of_request
from ronglu.work import accounts as verbs
from ronglu.work.accounts import AccountProblem
from ronglu.work.queries import kiosk


class TerminalForm(forms.Form):
    unit = forms.TypedChoiceField(label=gettext_lazy("站在哪条产线"), coerce=int)
    staff_no = forms.CharField(
        label=gettext_lazy("登录名"), max_length=40, help_text=gettext_lazy("例：终端-转炉；在终端的浏览器上登录一次")
    )


@page(verb="accounts.manage")
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    form = TerminalForm(request.POST or None)
    lines = kiosk.lines(scope_of_request(request).plants("accounts.manage"), on=clock.today())
    form.fields["unit"].choices = lines
    if request.method == "POST" and form.is_valid():
        unit, number = form.cleaned_data["unit"], form.cleaned_data["staff_no"].strip()
        try:
            issued = verbs.open_one(
                staff_no=number, label=dict(lines)[unit], held=[f"{kiosk.ROLE}@unit:{unit}"], by=me(request),
                at=clock.now(),
            )  # fmt: skip
        except AccountProblem as problem:
            form.add_error("staff_no", str(problem))
        else:
            return render(request, "account/once.html", {"account": issued.account, "password": issued.password})
    return render(request, "account/terminal.html", {"form": form}, status=422 if form.errors else 200)
