"""Who may open a page: `@page(verb=…)` on every view. A view without a rule is answered with "not found" by the middleware."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ronglu.config import clock
from ronglu.work import audits
from ronglu.work.scope import Refusal, Scope, Subject

if TYPE_CHECKING:
    from ronglu.store.models import Account

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of one view: a verb of roles.yaml, or nothing needed but being logged in, or open to all."""

    verb: str = ""
    public: bool = False
    # machines show a token instead of a session; the API checks it itself
    token: bool = False
    # nobody looks who it is, not even where the browser is logged in: no session is read or written
    nameless: bool = False


def page(*, verb: str = "") -> Callable[[View], View]:
    """Logged in, and holding `verb` somewhere. The object itself is checked in the view, by `require` or a scope filter."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_login(request)
            if verb:
                require(request, verb)
            response: HttpResponse = view(request, *args, **kwargs)
            return response

        guarded.access = Access(verb=verb)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def public(view: View) -> View:
    """Open without log-in: the log-in page itself, the page of components."""
    view.access = Access(public=True)  # type: ignore[attr-defined]
    return view


def nameless(view: View) -> View:
    """Open to all, and blind: whoever is logged in on this browser is nobody here, and his session stays as it was.

    Without a name there is no right that a foreign page could borrow, hence no CSRF cookie either: the answer sets none.
    """

    @wraps(view)
    def blind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    blind.access = Access(public=True, nameless=True)  # type: ignore[attr-defined]
    blind.csrf_exempt = True  # type: ignore[attr-defined]
    return blind  # type: ignore[return-value]


def require(request: HttpRequest, verb: str, subject: Subject = None) -> None:
    """Raises "not found" where even the object's existence is not for this reader, else "not allowed" with the reason."""
    refusal = audits.check(scope=scope_of_request(request), verb=verb, subject=subject, by=me(request), at=clock.now())
    if refusal is not None:
        raise refused(refusal)


def refused(refusal: Refusal) -> Exception:
    return Http404(refusal.reason) if refusal.hidden else PermissionDenied(refusal.reason)


def asked(request: HttpRequest, name: str, longest: int = 80) -> str:
    """A word from the query bar: trimmed, cut, and without the NUL that a database would choke on."""
    return request.GET.get(name, "").replace("\0", "").strip()[:longest]


def me(request: HttpRequest) -> "Account":
    """The account behind the request; only behind `@page`, where there is one."""
    return request.user  # type: ignore[return-value]


def scope_of_request(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined, no-any-return]


def to_login(request: HttpRequest) -> HttpResponse:
    """Back to where one was after logging in; a fragment asked for by htmx sends the whole page there."""
    path = request.get_full_path() if request.method == "GET" else ""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("login")
        return response
    return redirect(f"{reverse('login')}?{urlencode({'next': path})}" if path not in ("", "/") else reverse("login"))
