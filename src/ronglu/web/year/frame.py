"""What the pages of a year share: which plant and year an address is about, doing a step or saying why not, the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ronglu.boards.year import read as board
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.web.access import require, scope_of_request
from ronglu.web.where import Here, here

if TYPE_CHECKING:
    from ronglu.store.models import YearReview

SEE, COMPUTE, DECIDE, PUBLISH = board.SEE, "year.compute", board.DECIDE, "year.publish"


def review_here(request: HttpRequest, year: int, verb: str) -> tuple[Here, "YearReview"]:
    where = here(request, verb)
    require(request, verb, where.plant)
    found = board.review_of(where.plant, year)
    if found is None:
        raise Http404("这一年还没有汇总")
    return where, found


def tail(where: Here, year: int) -> str:
    plant = f"&plant={where.plant.code}" if len(where.plants) > 1 else ""
    return f"?year={year}{plant}"


def tried(request: HttpRequest, deed: Callable[[], object], said: str) -> None:
    try:
        deed()
    except StandingTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, said)


def back(where: Here, year: int) -> HttpResponse:
    return redirect(reverse("year") + tail(where, year))


def may(request: HttpRequest, where: Here) -> dict[str, bool]:
    scope = scope_of_request(request)
    verbs = {"compute": COMPUTE, "decide": DECIDE, "publish": PUBLISH}
    return {name: scope.may(verb, where.plant) is None for name, verb in verbs.items()}
