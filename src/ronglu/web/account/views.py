"""One's own account: log in, log out, password, the terminal's PIN, language."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ronglu.config import clock
from ronglu.web.access import me, page, public
from ronglu.web.account import lockout
from ronglu.work import accounts, pins
from ronglu.work.accounts import AccountProblem

HOME = "/"


@public
@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    goal = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure()):
        goal = ""
    if request.user.is_authenticated:
        return redirect(goal or HOME)
    if request.method != "POST":
        return render(request, "account/login.html", {"next": goal})
    username = request.POST.get("username", "").replace("\0", "").strip()[:40]
    account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if account is None:
        context = {"refusal": lockout.wrong(request, username), "next": goal, "form": {"username": {"value": username}}}
        return render(request, "account/login.html", context, status=401)
    login(request, account)
    return redirect(goal or HOME)


@public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("login")


@page()
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Forced on the first log-in; the rules are checked by the verb."""
    forced = me(request).must_change
    form = PasswordChangeForm(me(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_password(account=me(request), password=form.cleaned_data["new_password1"], at=clock.now())
        except AccountProblem as problem:
            form.add_error("new_password1", str(problem))
        else:
            update_session_auth_hash(request, me(request))
            messages.success(request, _("口令已换好。"))
            return redirect(HOME)
    status = 422 if request.method == "POST" else 200
    return render(request, "account/password.html", {"form": form, "forced": forced}, status=status)


class PinForm(forms.Form):
    """The password is asked for again: a browser left open gives nobody a PIN."""

    password = forms.CharField(max_length=128)
    pin1 = forms.CharField(max_length=12)
    pin2 = forms.CharField(max_length=12)


@page()
@never_cache
@sensitive_post_parameters()
def pin(request: HttpRequest) -> HttpResponse:
    """For the shift terminal; the rules are checked by the verb."""
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _set_pin(request, form.cleaned_data)
        except AccountProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("终端 PIN 已设好。"))
            return redirect(HOME)
    status = 422 if request.method == "POST" else 200
    return render(request, "account/pin.html", {"form": form, "own": me(request).person_id}, status=status)


def _set_pin(request: HttpRequest, given: Mapping[str, str]) -> None:
    if not me(request).check_password(given["password"]):
        raise AccountProblem(_("现在的口令不对"))
    if given["pin1"] != given["pin2"]:
        raise AccountProblem(_("两次输入的 PIN 不一样"))
    pins.set_pin(account=me(request), pin=given["pin1"], at=clock.now())


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Django sets the cookie and checks the language; a logged-in reader's choice is kept with the account too."""
    response = set_language(request)
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in ("zh-hans", "en"):
        accounts.set_language(account=me(request), language=chosen)
    return response
