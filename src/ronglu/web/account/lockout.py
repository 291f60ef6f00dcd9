"""What five wrong passwords do: a quarter of an hour's lock, said in words, alike for numbers that exist and that do not."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MINUTES = int(settings.AXES_COOLOFF_TIME * 60)


def locked(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """Axes calls this when the lock is on; nothing about the account is looked up."""
    refusal = format_html(
        "<b>{}</b>{}",
        _("试错太多，已锁 %(minutes)s 分钟。") % {"minutes": MINUTES},
        _("过后再试，或找本单位系统管理员当面重置。"),
    )
    context = {"refusal": refusal, "next": request.POST.get("next", "")}
    return render(request, "account/login.html", context, status=429)


def wrong(request: HttpRequest, username: str) -> SafeString:
    """After a wrong try: how many are left."""
    failures = AxesProxyHandler.get_failures(request, {"username": username})
    return format_html(
        "<b>{}</b>{}{}",
        _("工号或口令不对。"),
        _("再错 %(left)s 次将锁 %(minutes)s 分钟。")
        % {"left": max(1, settings.AXES_FAILURE_LIMIT - failures), "minutes": MINUTES},
        _("忘了口令，找本单位系统管理员当面重置。"),
    )
