"""What every page's frame shows: the plant, who I am, which roles I hold today."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from ronglu.web.access import me
from ronglu.web.inbox.badge import badge
from ronglu.web.words import named
from ronglu.work.roles import roles
from ronglu.work.scope import Scope


def frame(request: HttpRequest) -> dict[str, object]:
    """One query beyond those of the scope, for the badge; nothing on error pages and before log-in."""
    scope: Scope | None = getattr(request, "scope", None)
    if scope is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    plants = list(scope.plant_names.values())
    held = [named(roles().roles[code]) for code in scope.roles if code not in ("staff", "member")]
    return {
        "scope": scope,
        "roles": scope.roles,
        "plant": plants[0] if len(plants) == 1 else "",
        "may_search": scope.has("search"),
        "me": name_of_reader(request),
        "my_posts": gettext("、").join(sorted(held)),
        # only a page with a frame asks for it
        "todo_count": SimpleLazyObject(lambda: badge(scope)),
    }


def name_of_reader(request: HttpRequest) -> str:
    account = me(request)
    return account.person.name if account.person_id else str(account)
