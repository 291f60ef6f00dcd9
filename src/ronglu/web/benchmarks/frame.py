"""What the pages of benchmarks, records and targets share: tabs, the unit and the period they look at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.kernel.time.period import Grain, Period
from ronglu.web.bars import Bar, bar_of
from ronglu.web.board import periods
from ronglu.web.board.frame import Asked
from ronglu.web.where import Here
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Plant

SEE, SET = "boards.see", "benchmarks.set"


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "benchmarks": _("对标"),
        "records": _("纪录"),
        "targets": _("八维目标卡"),
        "benchmarks_kept": _("标杆值"),
    }
    return bar_of(request, where, tab, names=names, verbs={})


def may_set(scope: Scope, plant: "Plant") -> bool:
    """A benchmark is of the whole plant; who may set them at any place of it may, as with the table of them."""
    return scope.has(SET) and scope.plants(SET).filter(pk=plant.pk).exists()


def crumbs(where: Here, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("对标与纪录"), reverse("benchmarks") + where.tail), *rest]


def period_of(at: Asked, grains: Sequence[Grain]) -> Period:
    """The period asked for in one of the grains, else that of its last day in the first of them."""
    if at.grain in grains:
        return at.period
    calendar = at.around.calendar
    return calendar.period_of(min(calendar.days_of(at.period)[1], at.around.until), grains[0])


def chooser(at: Asked, name: str, period: Period, grains: Sequence[Grain]) -> dict[str, Any]:
    """The board's bar with only these grains."""
    calendar, until = at.around.calendar, at.around.until
    labels = periods.labels()
    links = [
        (g.value, labels[g], at.address(name, grain=g.value, period=str(periods.in_grain(calendar, period, g, until))))
        for g in grains
    ]
    return dict(at.bar(name)) | {
        "grains": links,
        "grain": period.grain.value,
        "period": str(period),
        "periods": periods.offered(calendar, period, until),
    }
