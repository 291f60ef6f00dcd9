"""A token opens the scope of its account, and of that only what its own scopes name."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja.security import HttpBearer

from ronglu.config import clock
from ronglu.web.api.errors import Fault
from ronglu.work import audits, tokens
from ronglu.work.scope import Refused, Scope, Subject, scope_of

if TYPE_CHECKING:
    from ronglu.store.models import ApiToken


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> "ApiToken | None":
        found = tokens.find(secret=token, at=clock.now())
        if found is not None:
            request.scope = scope_of(found.account, on=clock.today())  # type: ignore[attr-defined]
        return found


def scope_for(request: HttpRequest, token_scope: str, verb: str, subject: Subject = None) -> Scope:
    """Raises when the token does not name the scope, or its account may not do the verb."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    if token_scope not in token.scopes:
        raise Fault(403, "token_scope", f"这个令牌没有范围 {token_scope}；请另发一个", "header.Authorization")
    scope: Scope = request.scope  # type: ignore[attr-defined]
    for needed in ("api.use", verb):
        refusal = audits.check(
            scope=scope, verb=needed, subject=subject if needed == verb else None, by=token.account, at=clock.now()
        )
        if refusal is not None:
            raise Refused(refusal)
    return scope
