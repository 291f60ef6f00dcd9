"""The line's word on a claim, and the shares of all claims to one improvement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.standing.contribution import WHOLE, ContributionTrouble
from ronglu.web.access import me, page, require
from ronglu.web.contributions import frame
from ronglu.work import contributions as verbs

SHARE = "share-"


@page(verb=frame.CONFIRM)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    one = frame.found(request, pk)
    require(request, frame.CONFIRM, one.unit)
    holds = request.POST.get("word") == "yes"
    reason = request.POST.get("reason", "").replace("\0", "")[:400]
    try:
        verbs.confirm(contribution=one, holds=holds, reason=reason, by=me(request), at=clock.now())
    except ContributionTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已确认，等党群部复核。") if holds else _("已写明不认可。"))
    return redirect("contribution", pk=pk)


@page(verb=frame.REVIEW)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    one = frame.found(request, pk)
    require(request, frame.REVIEW, one.plant)
    granted = {}
    for name, text in request.POST.items():
        key, share = key_of(name.removeprefix(SHARE)), key_of(str(text) or "x", most=WHOLE)
        if name.startswith(SHARE) and key is not None:
            # what is no share at all is one that the verb refuses
            granted[key] = WHOLE + 1 if share is None else share
    reason = request.POST.get("reason", "").replace("\0", "")[:400]
    try:
        verbs.settle(contribution=one, granted=granted, reason=reason, by=me(request), at=clock.now())
    except ContributionTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已复核。"))
    return redirect("contribution", pk=pk)
