"""The year's seasonal tasks: what waits for the reader first, then each season with how far its areas have come."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import packs
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.seasons import forms
from ronglu.web.seasons.spell import spell
from ronglu.web.teams.frame import MARKS, SEE, bar, deed_page, file_name
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import named
from ronglu.work import seasons as verbs
from ronglu.work.queries import seasons as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import SeasonShare, SeasonTask

EDIT, DO, CHECK = "seasons.edit", "shares.do", "shares.check"
SHOWN = 50
TASK_MARKS = {"open": "running", "done": "good", "dropped": "cancelled"}

NEW = Deed(
    label=_("安排任务"), icon="plus", form=forms.Planned, run=lambda plant, **said: verbs.plan(**said),
    done=_("任务已安排，接着分片。"),
)  # fmt: skip
DEEDS = {
    "split": Deed(
        label=_("分片"), icon="plus", form=forms.Split, run=on(verbs.split, "task"), done=_("已分片。"),
        says=_("以党小组为单位划片承包；全部检查过，任务就完成。"), shown=lambda task: task.state == "open",
    ),
    "drop": Deed(
        label=_("取消任务"), icon="x", form=forms.Dropped, run=on(verbs.drop, "task"), done=_("已取消。"),
        shown=lambda task: task.state == "open",
    ),
}  # fmt: skip
FINISH = Deed(
    label=_("报完成"), icon="check", form=forms.Finished, run=on(verbs.finish, "share"), done=_("已报，等另一人检查。"),
    says=_("用工只作记录，不计分。"),
)  # fmt: skip
CHECKS = {
    "check": Deed(
        label=_("检查通过"), icon="check", form=forms.Remarked, run=on(verbs.check, "share"), done=_("已检查。")
    ),
    "back": Deed(
        label=_("退回"), icon="swap", form=forms.Remarked, run=on(verbs.send_back, "share"), done=_("已退回。"),
        says=_("写明哪里没有做到。"),
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, year = Places(where.plant, where.on), _year(request, where)
    rows = queries.tasks(plant=where.plant, year=year, places=places)
    titles = {row.task.title for row in rows}
    waiting = queries.own_pieces(scope=scope).filter(task__plant=where.plant)[:SHOWN]
    checks = queries.pieces_to_check(scope=scope).filter(task__plant=where.plant)[:SHOWN]
    context = {
        "bar": bar(request, where, "seasons"),
        "year": year,
        "years": [(str(one), str(one)) for one in range(where.on.year + 1, where.on.year - 4, -1)],
        "mine": queries.shown(waiting, scope=scope, places=places),
        "checks": queries.shown(checks, scope=scope, places=places),
        "seasons": [
            (season, _of(season.code, rows), [text for text in season.tasks if text not in titles])
            for season in packs().base.seasons.values()
        ],
        "may_edit": scope.has(EDIT),
        "tail": where.tail,
        "more": where.tail.replace("?", "&"),
    }
    return render(request, "seasons/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    task, where = task_here(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    shares = list(queries.shares_of(task))
    may_edit = scope.may(EDIT, task.unit) is None
    context = {
        "row": queries.task_row(task, shares, places),
        "mark": TASK_MARKS[task.state],
        "season": packs().base.seasons.get(task.season),
        "shares": [_drawn(row) for row in queries.shown(shares, scope=scope, places=places)],
        "deeds": [(word, one) for word, one in DEEDS.items() if may_edit and one.shown(task)],
        "here": where,
        "crumbs": [(gettext("季节任务"), reverse("seasons") + where.tail), (task.title, "")],
    }
    return render(request, "seasons/task.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    initial = {"season": asked(request, "season"), "title": asked(request, "title", 120), "year": where.on.year}
    return deed_page(
        request,
        NEW,
        subject=where.plant,
        title=where.plant.name,
        where=where,
        up=(gettext("季节任务"), reverse("seasons") + where.tail),
        places=within(request, where, units=EDIT),
        initial=initial,
        landing=lambda task: reverse("season_task", args=[task.pk]) + where.tail,
    )


@page(verb=EDIT)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    task, where = task_here(request, pk)
    require(request, EDIT, task.unit)
    initial = {"due_on": task.due_on}
    chosen_deed = chosen(DEEDS, deed, task)
    return deed_page(
        request, chosen_deed, subject=task, title=task.title, where=where, up=_up(task, where), initial=initial
    )


@page(verb=DO)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    share, where = _share_here(request, pk)
    require(request, DO, share.body)
    return deed_page(request, FINISH, subject=share, title=_title(share), where=where, up=_up(share.task, where))


@page(verb=CHECK)
def check(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    share, where = _share_here(request, pk)
    require(request, CHECK, share.body)
    return deed_page(
        request, chosen(CHECKS, deed), subject=share, title=_title(share), where=where, up=_up(share.task, where)
    )


@page(verb=SEE)
def xlsx(request: HttpRequest) -> FileResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, year = Places(where.plant, where.on), _year(request, where)
    lines = [
        _line(task, row)
        for task in queries.tasks(plant=where.plant, year=year, places=places)
        for row in queries.shown(task.task.pieces, scope=scope, places=places)
    ]
    heads = [
        gettext("季节"), gettext("任务"), gettext("单位"), gettext("区域"), gettext("片区"), gettext("党组织"),
        gettext("期限"), gettext("状态"), gettext("工作量"), gettext("完成量"), gettext("计量单位"),
        gettext("用工（分钟）"), gettext("干了什么"),
    ]  # fmt: skip
    name = gettext("季节任务")
    return workbook_of([Sheet(name, heads, lines)], name=file_name(where.plant, f"{name}-{year}", where))


def task_here(request: HttpRequest, pk: int) -> "tuple[SeasonTask, Here]":
    task = known(queries.task_of(scope=scope_of_request(request), pk=pk))
    return task, here(request, SEE, of=task.plant)


def _share_here(request: HttpRequest, pk: int) -> "tuple[SeasonShare, Here]":
    share = known(queries.share_of(scope=scope_of_request(request), pk=pk))
    return share, here(request, SEE, of=share.task.plant)


def _up(task: "SeasonTask", where: Here) -> tuple[str, str]:
    return task.title, reverse("season_task", args=[task.pk]) + where.tail


def _title(share: "SeasonShare") -> str:
    planned = f" · {share.planned} {share.unit}" if share.planned else ""
    return f"{share.task.title} · {share.part}{planned}"


def _of(season: str, rows: list[queries.TaskRow]) -> list[tuple[queries.TaskRow, str]]:
    return [(row, TASK_MARKS[row.task.state]) for row in rows if row.task.season == season]


def _drawn(row: queries.ShareRow) -> tuple[queries.ShareRow, str, str]:
    mark = "late" if row.late else MARKS[row.share.state]
    return row, mark, spell(row.share.minutes) if row.share.minutes else ""


def _year(request: HttpRequest, where: Here) -> int:
    return year_asked(request, where, last=2999)


def _line(task: queries.TaskRow, row: queries.ShareRow) -> "list[str | int | dt.date]":
    season, one = packs().base.seasons.get(task.task.season), row.share
    return [
        named(season) if season else task.task.season, task.task.title, task.unit, task.task.area, one.part, row.body,
        one.due_on, named(one.get_state_display()), one.planned, one.amount, one.unit, one.minutes, one.output,
    ]  # fmt: skip
