"""The pages of two of the administrators: accounts and permissions. Neither shows business data."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.work import accounts as verbs
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
        "unissued": verbs.waiting_for_passwords(),
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
def open_missing(request: HttpRequest, plant: str) -> HttpResponse | FileResponse:
    """Accounts for everybody who works in the plant and has none; the answer is the list of one-time passwords."""
    chosen = get_object_or_404(scope_of_request(request).plants("accounts.manage"), code=plant)
    rows = verbs.rows_without_account(plant=chosen, on=clock.today())
    opened = verbs.import_rows(rows=rows, plant=chosen, by=me(request), at=clock.now())
    if not opened.issued:
        messages.info(request, _("%s在岗人员都已有账号。") % chosen.name)
        return redirect("accounts")
    return _slips(opened.issued, chosen.name)


@page(verb="accounts.manage")
@require_POST
@never_cache
def issue(request: HttpRequest, plant: str) -> HttpResponse | FileResponse:
    """First passwords for accounts that came in from a workbook; this answer is the only place where they stand."""
    chosen = get_object_or_404(scope_of_request(request).plants("accounts.manage"), code=plant)
    issued = verbs.issue(plant=chosen, by=me(request), at=clock.now())
    if not issued:
        messages.info(request, _("%s没有等待口令的账号。") % chosen.name)
        return redirect("accounts")
    return _slips(issued, chosen.name)


def _slips(issued: Sequence[verbs.Issued], plant: str) -> FileResponse:
    """The list of one-time passwords as a workbook, to be cut into slips."""
    heads = (_("工号"), _("姓名"), _("一次性口令（首次登录须更换）"))
    rows = [(one.account.staff_no, one.account.person.name, one.password) for one in issued]
    name = _("首次口令-%(plant)s-%(day)s.xlsx") % {"plant": plant, "day": f"{clock.today():%Y%m%d}"}
    return workbook_of([Sheet(_("首次口令"), heads, rows)], name=name)


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
