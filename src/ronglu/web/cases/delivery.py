"""The tracker of cases promised for a day: month by month and place, by what and for whom, task by task; and as a workbook."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.loops.loop import Delivery, Loop
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.cases.frame import SEE, loop_here, place_of
from ronglu.web.cases.views import frame
from ronglu.web.cases.words import MARKS, state_word
from ronglu.web.where import Here, year_asked
from ronglu.web.words import named
from ronglu.work.queries.case_delivery import Sum, Task, sums, tasks
from ronglu.work.queries.cases import visible
from ronglu.work.queries.places import Places


@dataclass(frozen=True, slots=True)
class Line:
    """A task in words."""

    task: Task
    place: str
    groups: tuple[str, ...]
    state: str
    mark: str
    result: str
    late: bool


@dataclass(frozen=True, slots=True)
class Told:
    loop: Loop
    where: Here
    year: int
    heads: tuple[str, ...]
    lines: list[Line]
    months: list[tuple[str, str, Sum]]
    groups: list[tuple[tuple[str, ...], Sum]]
    whole: Sum


@page(verb=SEE)
def page_of(request: HttpRequest, loop: str) -> HttpResponse:
    told = _told(request, loop)
    this = told.where.on.year
    context = frame(request, told.loop, told.where, "cases_delivery") | {
        "told": told,
        "years": [(str(year), str(year)) for year in range(this + 1, this - 4, -1)],
        "query": f"plant={told.where.plant.code}&year={told.year}",
    }
    return render(request, "cases/delivery.html", context)


@page(verb=SEE)
def workbook(request: HttpRequest, loop: str) -> FileResponse:
    told = _told(request, loop)
    counts = [_("应交"), _("按期"), _("按期且合格"), _("准时交付率 %"), _("保供完成率 %")]
    sheets = [
        Sheet(_("按月和单位"), [_("月"), _("承担单位"), *counts], [[month, place, *_cells(one)] for month, place, one in told.months]),
        Sheet(_("按产品和用户"), [*told.heads, *counts], [[*keys, *_cells(one)] for keys, one in told.groups]),
        Sheet(
            _("任务"),
            [_("编号"), _("承担单位"), *told.heads, _("首次约定"), _("交付期限"), _("改期次数"), _("交付日期"), _("按期"), _("质量结果"), _("状态")],
            [_row(one) for one in told.lines],
        ),
    ]  # fmt: skip
    return workbook_of(sheets, name=f"{told.where.plant.name}-{named(told.loop)}-{told.year}.xlsx")


def _told(request: HttpRequest, code: str) -> Told:
    loop, where = loop_here(request, code)
    if loop.delivery is None:
        raise Http404("这种闭环不约定交付日期")
    places, year, on = Places(where.plant, where.on), year_asked(request, where), clock.today()
    cases = visible(scope_of_request(request), {loop.code: loop}).filter(plant=where.plant).select_related("zone")
    found = tasks(cases=cases, delivery=loop.delivery, year=year)
    lines = [_line(loop, loop.delivery, one, places, on) for one in found]
    by_month = sums(found, [(f"{one.task.due:%Y-%m}", one.place) for one in lines], delivery=loop.delivery, on=on)
    by_group = sums(found, [one.groups for one in lines], delivery=loop.delivery, on=on)
    whole = sums(found, [()] * len(found), delivery=loop.delivery, on=on)
    return Told(
        loop, where, year, tuple(named(loop.field(name)) for name in loop.delivery.groups), lines[::-1],
        [(str(month), str(place), one) for (month, place), one in sorted(by_month.items(), key=lambda pair: str(pair[0]))],
        [(tuple(map(str, keys)), one) for keys, one in sorted(by_group.items(), key=lambda pair: (-pair[1].due, str(pair[0])))],
        whole.get((), Sum()),
    )  # fmt: skip


def _line(loop: Loop, delivery: Delivery, task: Task, places: Places, on: dt.date) -> Line:
    data = task.case.data
    groups = tuple(_word(loop, name, data.get(name)) for name in delivery.groups)
    late = not task.on_time and task.due < (task.delivered or on)
    state, mark = state_word(loop, task.case.state), MARKS.get(task.case.phase, "nothing")
    return Line(
        task,
        place_of(task.case, places),
        groups,
        state,
        mark,
        _word(loop, delivery.result, data.get(delivery.result)),
        late,
    )


def _word(loop: Loop, name: str, value: Any) -> str:
    """A choice by its label; what was written, as it was written but for blanks around it."""
    chosen = next((one for one in loop.field(name).choices if one.code == value), None)
    return named(chosen) if chosen else str(value or "").strip()


def _cells(one: Sum) -> list[int | Decimal | None]:
    return [one.due, one.on_time, one.done, one.punctual, one.complete]


def _row(one: Line) -> list[Any]:
    task = one.task
    on_time = _("按期") if task.on_time else _("逾期") if one.late else ""
    return [
        task.case.number, one.place, *one.groups, task.promised, task.due, task.moved, task.delivered, on_time, one.result, one.state,
    ]  # fmt: skip
