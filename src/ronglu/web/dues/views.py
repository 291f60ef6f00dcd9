"""The page on which a secretary says who has not paid, and the only one on which it can be read again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.formats import month_name
from ronglu.work import dues

LISTED = 13


@page(verb="dues.keep")
def month(request: HttpRequest) -> HttpResponse:
    """The address names no branch: there is only one's own. Kept by no cache and no history of the browser."""
    on = clock.today()
    branch = dues.branch_of(person=scope_of_request(request).person_id, on=on)
    if branch is None:
        raise Http404("这里只有支部书记本人的支部")
    chosen, wrong, status = _month(request), "", 200
    ticked = dues.told(branch=branch, month=chosen)
    if request.method == "POST":
        unpaid, excused = _keys(request, "unpaid"), _keys(request, "excused")
        try:
            dues.keep(branch=branch, month=chosen, unpaid=unpaid, excused=excused, by=me(request), at=clock.now())
        except dues.BadDues as trouble:
            wrong, status, ticked = str(trouble), 422, {one: one in excused for one in unpaid | excused}
        else:
            messages.success(request, _("已登记。"))
            return redirect(f"{reverse('dues')}?month={chosen}")
    months = [Period.of(on, Grain.MONTH) - back for back in range(LISTED)]
    context = {
        "branch": branch,
        "month": chosen,
        "months": [(str(one), month_name(one)) for one in months],
        "told": ticked is not None and not wrong,
        "wrong": wrong,
        "rows": [
            (one, one.pk in (ticked or {}), bool((ticked or {}).get(one.pk)))
            for one in dues.members(branch=branch, month=chosen, on=on)
        ],
        "alerts": dues.alerts(branch=branch, on=on),
    }
    response = render(request, "dues/month.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _month(request: HttpRequest) -> Period:
    """The month asked for, else this one."""
    this = Period.of(clock.today(), Grain.MONTH)
    try:
        found = Period.parse(asked(request, "month")) if asked(request, "month") else this
    except TimeTrouble:
        return this
    return found if found.grain is Grain.MONTH and this - dues.MONTHS_BACK <= found <= this else this


def _keys(request: HttpRequest, name: str) -> set[int]:
    return {key for word in request.POST.getlist(name) if (key := key_of(word)) is not None}
