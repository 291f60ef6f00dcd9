"""What the pages of the plant's settings share: their tabs, the unit behind an address, and buttons that do one thing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.web.access import me, require
from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import TROUBLES
from ronglu.web.where import Here, here
from ronglu.work.queries import clock as queries

if TYPE_CHECKING:
    from ronglu.store.models import Unit

VERBS = {
    "admin": "rules.see",
    "rosters": "rules.see",
    "holidays": "rules.see",
    "channels": "channels.edit",
    "plans": "plans.set",
    "stops": "plans.set",
    "ways": "ways.edit",
    "scores_waiting": "figures.sign",
}


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "admin": _("日历"),
        "rosters": _("轮班"),
        "holidays": _("节假日"),
        "channels": _("测点与模块"),
        "plans": _("计划"),
        "stops": _("计划停产"),
        "ways": _("通知渠道"),
        "scores_waiting": _("导入的分数"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)


def unit_of(request: HttpRequest, code: str, verb: str) -> "tuple[Unit, Here]":
    """The unit of a code in the plant asked for."""
    where = here(request, verb)
    unit = queries.unit_of(plant=where.plant, code=code)
    if unit is None:
        raise Http404("没有这个单位，或不在您的范围内")
    return unit, where


def act(
    request: HttpRequest, verb: str, subject: Any, run: Callable[..., Any], *, done: str, back: str, **more: Any
) -> HttpResponse:
    """A button's work: allowed for this subject, done, and said; or said why not."""
    require(request, verb, subject)
    try:
        run(by=me(request), at=clock.now(), **more)
    except TROUBLES as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, done)
    return redirect(back)
