"""What the pages of meetings share: their tabs, the chips of their states, and forms that lead back to the meeting."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import known, page_of_deed
from ronglu.web.links import address
from ronglu.web.where import Here, here
from ronglu.work.queries import gatherings as queries
from ronglu.work.queries.gatherings import RUN, SEE

if TYPE_CHECKING:
    from ronglu.store.models import Gathering

deed_page = partial(page_of_deed, (gettext_lazy("会议"), "gatherings"))
"""The page of one deed, under the first page of the module."""

__all__ = ["RUN", "SEE"]

MARKS = {
    "planned": "waiting",
    "called": "awaiting_review",
    "open": "running",
    "closed": "good",
    "cancelled": "cancelled",
}
"""Which chip a state is drawn with; the word beside it is the state's own."""


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "gatherings": _("会议"),
        "meeting_plans": _("排会"),
        "venues": _("场地"),
        "guides": _("标准指导书"),
        "handbooks": _("支部手册与台账"),
    }
    verbs = {"meeting_plans": "meetings.plan"}
    return bar_of(request, where, tab, names={one: word for one, word in names.items() if address(one)}, verbs=verbs)


def read(request: HttpRequest, pk: int) -> "tuple[Gathering, Here]":
    row = (
        queries.visible(scope_of_request(request))
        .filter(pk=pk)
        .select_related("plant", "body", "team", "convener", "makeup_of")
        .first()
    )
    row = known(row)
    return row, here(request, SEE, of=row.plant)


def run_by(request: HttpRequest, pk: int) -> "tuple[Gathering, Here]":
    """For who may only read it, there is nothing to do there."""
    row, where = read(request, pk)
    if not queries.may_run(scope_of_request(request), row):
        raise Http404("没有这件事可办")
    return row, where


def to(row: "Gathering", where: Here) -> str:
    return reverse("gathering", args=[row.pk]) + where.tail


def crumbs(where: Here, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("会议"), reverse("gatherings") + where.tail), *more]
