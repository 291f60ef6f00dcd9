"""The pages of the three administrators: accounts, permissions, the audit trail. None of them shows business data."""

import csv
import datetime as dt
from io import StringIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.work import accounts as verbs
from ronglu.work import audits
from ronglu.work.accounts import AccountProblem
from ronglu.work.roles import roles

SIZE = 50


@page(verb="accounts.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    text = asked(request, "q")
    context = {
        "page": Paginator(verbs.listed(text=text), SIZE).get_page(request.GET.get("page")),
        "q": text,
        "open_plants": scope_of_request(request).plants("accounts.manage"),
    }
    return render(request, "account/accounts.html", context)


@page(verb="accounts.manage")
@require_POST
@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the one-time password on the answer itself, once: it is kept nowhere, not even for a redirect."""
    account = get_object_or_404(verbs.listed(), pk=pk)
    try:
        issued = verbs.reset(account=account, by=me(request), at=clock.now())
    except AccountProblem as problem:
        messages.error(request, str(problem))
        return redirect("accounts")
    return render(request, "account/once.html", {"account": account, "password": issued.password})


@page(verb="accounts.manage")
@require_POST
def active(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(verbs.listed(), pk=pk)
    wanted = request.POST.get("active") == "1"
    try:
        verbs.set_active(account=account, active=wanted, by=me(request), at=clock.now())
    except AccountProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, (_("已启用 %s。") if wanted else _("已停用 %s。")) % account.staff_no)
    return redirect("accounts")


@page(verb="accounts.manage")
@require_POST
@never_cache
def open_missing(request: HttpRequest, plant: str) -> HttpResponse:
    """Accounts for everybody who works in the plant and has none; the answer is the list of one-time passwords."""
    chosen = get_object_or_404(scope_of_request(request).plants("accounts.manage"), code=plant)
    rows = verbs.rows_without_account(plant=chosen, on=clock.today())
    opened = verbs.import_rows(rows=rows, plant=chosen, by=me(request), at=clock.now())
    if not opened.issued:
        messages.info(request, _("%s在岗人员都已有账号。") % chosen.name)
        return redirect("accounts")
    return _slips(opened, f"accounts-{chosen.code}-{clock.today():%Y%m%d}.csv")


def _slips(opened: verbs.Opened, name: str) -> HttpResponse:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_("工号"), _("姓名"), _("一次性口令（首次登录须更换）")])
    writer.writerows((one.account.staff_no, one.account.person.name, one.password) for one in opened.issued)
    # with a mark in front, else spreadsheets take the Chinese for something else
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(verb="permissions.manage")
def permissions(request: HttpRequest) -> HttpResponse:
    text = asked(request, "q")
    context = {
        "page": Paginator(verbs.listed(text=text, apart=not text), SIZE).get_page(request.GET.get("page")),
        "q": text,
        "account_roles": roles().accounts,
        "all_roles": roles().roles.values(),
    }
    return render(request, "account/permissions.html", context)


@page(verb="permissions.manage")
@require_POST
def set_roles(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(verbs.listed(), pk=pk)
    held = [code for code in request.POST.getlist("roles") if code]
    try:
        verbs.set_roles(account=account, held=held, by=me(request), at=clock.now())
    except AccountProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("%s 的角色已改。") % account.staff_no)
    return redirect("permissions")


@page(verb="audit.read")
def audit(request: HttpRequest) -> HttpResponse:
    verb, account = asked(request, "verb"), asked(request, "account")
    since = _day(asked(request, "since"))
    entries = audits.entries(verb=verb, account=account, since=since)
    context = {
        "page": Paginator(entries, SIZE).get_page(request.GET.get("page")),
        "verb": verb,
        "account": account,
        "since": since,
    }
    return render(request, "account/audit.html", context)


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
