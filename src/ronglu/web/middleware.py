"""Puts the reader's scope on every request; keeps strangers, idle sessions and unchanged first passwords out."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.web.access import Access, me, to_login
from ronglu.work.scope import Scope, scope_of

# what one may open before the first password is changed
OPEN = frozenset({"password", "logout", "set_language", "login"})
# a page that only watches the progress of a job does not count as somebody being there
WATCHING = "job-"


class ScopeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: _scope(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        access: Access | None = getattr(view, "access", None)
        if access is None:
            raise Http404("没有写明谁能看的页面，谁也不能看")
        if access.token or access.nameless or not request.user.is_authenticated:
            return None
        _speak(request)
        if _idle(request):
            logout(request)
            messages.info(
                request, _("已有 %(minutes)s 分钟没有操作，系统已退出。") % {"minutes": settings.IDLE_MINUTES}
            )
            return None if access.public else to_login(request)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if me(request).must_change and name not in OPEN and not access.public:
            return _send(request, reverse("password"))
        return None


def _scope(request: HttpRequest) -> Scope:
    if not request.user.is_authenticated:
        return Scope(on=clock.today())
    return scope_of(me(request), on=clock.today())


def _speak(request: HttpRequest) -> None:
    """The language one chose is kept with the account and follows to another machine."""
    language = me(request).language
    if language != translation.get_language():
        translation.activate(language)
        request.LANGUAGE_CODE = language


def minute() -> int:
    """Minutes since 1970: as finely as a session remembers its last click."""
    return int(time.time() // 60)


def _idle(request: HttpRequest) -> bool:
    """Whether the session was left alone too long. The minute of the last click is all that is kept, and only in it."""
    now = minute()
    seen = request.session.get("seen", now)
    if now - seen >= settings.IDLE_MINUTES:
        return True
    watching = request.headers.get("HX-Trigger", "").startswith(WATCHING)
    if "seen" not in request.session or (now != seen and not watching):
        request.session["seen"] = now
    return False


def _send(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(url)
