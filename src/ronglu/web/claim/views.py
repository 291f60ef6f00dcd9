"""Enter the code, read where the case stands; the pictures one sent oneself are shown for a few minutes."""

from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from ronglu.config import clock
from ronglu.config.plant import packs
from ronglu.web.access import nameless
from ronglu.web.attachments.serving import served
from ronglu.web.throttle import allowed, spent
from ronglu.work.queries import claims

WRONG_A_MINUTE = 30
FRESH = 600
signer = TimestampSigner(salt="ronglu.claim.file")


@nameless
@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """The code comes by POST: an address would stay in histories and logs."""
    if request.method != "POST":
        return render(request, "claim/page.html")
    code = request.POST.get("claim", "")[:40]
    if spent("claim", most=WRONG_A_MINUTE):
        return _wrong(request, code, _("这一分钟里试错的码太多，请过一分钟再查。"), status=429)
    found = claims.claimed(claim=code, loops=packs().loops, on=clock.today())
    if not found:
        allowed("claim", most=WRONG_A_MINUTE)
        return _wrong(request, code, _("没有这个取件码。请核对：共 12 位，没有数字 0、1 和字母 I、L、O。"), status=404)
    files = [(one, signer.sign(str(one.pk))) for one in found[0].files]
    return render(request, "claim/told.html", {"told": found, "files": files})


@nameless
@require_GET
def file(request: HttpRequest, signed: str) -> FileResponse:
    """The address was made for the holder of the code and is good for ten minutes."""
    try:
        pk = int(signer.unsign(signed, max_age=FRESH))
    except (BadSignature, ValueError) as why:
        raise Http404("这个地址已过期，请重新输入取件码") from why
    row = claims.file(pk=pk)
    if row is None:
        raise Http404("没有这个附件")
    return served(row)


def _wrong(request: HttpRequest, code: str, why: str, *, status: int) -> HttpResponse:
    context: dict[str, Any] = {"why": why, "code": code}
    return render(request, "claim/page.html", context, status=status)
