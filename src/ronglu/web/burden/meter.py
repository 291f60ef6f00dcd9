"""Counts every save of a form: role, form, seconds. It looks at the answer after the work is done and never spoils it."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from ronglu.config import clock
from ronglu.kernel.rules.burden import BurdenRules
from ronglu.kernel.time.period import Grain, Period
from ronglu.packs import burden
from ronglu.web.access import Access, me
from ronglu.web.burden import stamp
from ronglu.work import burdens
from ronglu.work.roles import roles
from ronglu.work.scope import Scope

log = logging.getLogger(__name__)
# declared names in an address tell forms apart: a hazard is another form than an idea
DECLARED = ("loop", "kind", "deed")
NOT_FILLED = frozenset({"csrfmiddlewaretoken", stamp.NAME, "ticket", "revision", "next"})


class BurdenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _saved(response):
            try:
                _count(request, response)
            except DatabaseError:
                log.warning("一次填报没有计入负担，填报本身已保存")
        return response


def saved(response: HttpResponse, *, fields: int) -> HttpResponse:
    """Marks a save that does not end in another page; `fields` of a draft whose form nobody knows the opening of."""
    response.filled = fields  # type: ignore[attr-defined]
    return response


def _saved(response: HttpResponse) -> bool:
    return 300 <= response.status_code < 400 or "HX-Redirect" in response or hasattr(response, "filled")


def _count(request: HttpRequest, response: HttpResponse) -> None:
    match, scope = request.resolver_match, getattr(request, "scope", None)
    access: Access | None = getattr(match.func, "access", None) if match else None
    if match is None or access is None or access.nameless or access.token or not request.user.is_authenticated:
        return
    form, rules = match.url_name or "", burden.load()
    filled = getattr(response, "filled", None)
    fields = _filled(request) if filled is None else filled
    spent = _seconds(request, rules, fields, asked=filled is not None)
    if spent is None or form in rules.left_out or not scope or not (plant := _plant(request, scope)):
        return
    told = "/".join([form, *(str(match.kwargs[name]) for name in DECLARED if name in match.kwargs)])
    role = burdens.worn(verb=access.verb, held=scope.roles, table=roles(), rules=rules)
    month = Period.of(clock.today(), Grain.MONTH)
    burdens.count(plant=plant, month=month, role=role, form=told, fields=fields, seconds=spent)


def _seconds(request: HttpRequest, rules: BurdenRules, fields: int, *, asked: bool) -> int | None:
    passed = stamp.seconds_since(request)
    if passed is not None:
        return rules.counted(seconds=passed, fields=fields)
    return rules.unseen(fields) if asked else None


def _filled(request: HttpRequest) -> int:
    """Boxes that hold something; a button without any is a click."""
    named = sum(1 for name, value in request.POST.items() if name not in NOT_FILLED and str(value).strip())
    return named + len(request.FILES)


def _plant(request: HttpRequest, scope: Scope) -> int | None:
    """Where who saved belongs; a shared terminal belongs to the plant of its line."""
    person = me(request).person
    return person.plant_id if person else min(scope.plant_ids, default=None)
