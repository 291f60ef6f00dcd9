"""The pages of programmes: kinds to open one from, one programme by stage and branch, and what may be done about a task."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, known, on
from ronglu.web.goals.forms import offering
from ronglu.web.goals.frame import SEE, asked_of, bar, book, chip, chosen, deed_page, grip_name
from ronglu.web.programmes import forms
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work import programmes as verbs
from ronglu.work.queries import evidence
from ronglu.work.queries import programmes as queries
from ronglu.work.queries.branch_plan import task_state
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Programme

RUN, DO, CHECK = queries.RUN, queries.DO, queries.CHECK
DEEDS = {
    "extend": Deed(
        label=_("加一个阶段"), icon="plus", form=forms.Extended, run=on(verbs.extend, "programme"), done=_("阶段已加，可以往里加任务。")
    ),
    "close": Deed(
        label=_("写总结，收官"), icon="check", form=forms.Closed, run=on(verbs.close, "programme"), done=_("已收官。")
    ),
}  # fmt: skip
ADD = Deed(label=_("加任务"), icon="plus", form=forms.Added, run=on(verbs.add, "stage"), done=_("任务已交给各党组织。"))
TASKS = {
    "report": Deed(
        label=_("报完成"), icon="check", form=forms.Reported, run=on(verbs.report, "task"), done=_("已报完成，等另一人检查。")
    ),
    "check": Deed(
        label=_("检查通过"), icon="check", form=forms.Checked, done=_("已检查。"),
        run=lambda task, **said: verbs.check(task=task, holds=True, **said),
    ),
    "back": Deed(
        label=_("退回"), icon="x", form=forms.Checked, done=_("已退回。"),
        run=lambda task, **said: verbs.check(task=task, holds=False, **said),
    ),
    "drop": Deed(
        label=_("取消"), icon="x", form=forms.Dropped, run=on(verbs.drop, "task"), done=_("已取消。"),
        says=_("期限以前才能取消；过了期限没办的算漏办。"),
    ),
}  # fmt: skip
NEEDS = {"report": DO, "check": CHECK, "back": CHECK, "drop": RUN}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    asked, places = asked_of(request, where), Places(where.plant, where.on)
    rows = queries.listed(plant=where.plant, year=asked.year, on=where.on, **asked.only)
    context = {
        "bar": bar(request, where, "programmes"),
        "asked": asked,
        "rows": [(one, places.body_name(one.programme.body_id)) for one in rows],
        "seeds": list(book().programmes.values()) if scope.has(RUN) else [],
        "status": book().status,
        "tail": where.tail,
    }
    return render(request, "programmes/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    programme, where = _read(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    may_run = scope.may(RUN, programme.body) is None and programme.state == "open"
    told = queries.stages(programme=programme, scope=scope, on=where.on)
    open_to = evidence.readable(
        scope=scope,
        loops=pack_of(where.plant.code).loops,
        cases=[one.task.case for _stage, rows in told for one in rows],
    )
    stages = [
        (stage, [
            (one, places.body_name(one.task.body_id), *chip(task_state(one.task, where.on)), one.task.case_id in open_to)
            for one in rows
        ])
        for stage, rows in told
    ]  # fmt: skip
    context = {
        "programme": programme,
        "body": places.body_name(programme.body_id),
        "grip": grip_name(programme.grip),
        "seed": book().programmes.get(programme.seed),
        "stages": stages,
        "may_run": may_run,
        "deeds": list(DEEDS.items()) if may_run else [],
        "here": where,
        "crumbs": [(gettext("年度计划"), reverse("goals") + where.tail),
                   (gettext("专题与行动"), reverse("programmes") + where.tail), (programme.title, "")],
    }  # fmt: skip
    return render(request, "programmes/programme.html", context)


@page(verb=RUN)
def new(request: HttpRequest, seed: str) -> HttpResponse:
    where, found = here(request, RUN), known(book().programmes.get(seed))
    opened = Deed(
        label=_("发起"), icon="plus", form=forms.Opened, done=_("已发起，任务已交给各党组织。"), says=found.says,
        run=lambda subject, **said: verbs.open_one(plant=subject, seed=found, **said),
    )  # fmt: skip
    return deed_page(
        request, opened, subject=where.plant, title=found.zh, where=where,
        up=(gettext("专题与行动"), reverse("programmes") + where.tail), initial={"title": found.zh, "first": where.on},
        landing=lambda one: reverse("programme", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=RUN)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    programme, where = _read(request, pk)
    require(request, RUN, programme.body)
    found = chosen(DEEDS, deed, DEEDS if programme.state == "open" else ())
    return deed_page(request, found, subject=programme, title=programme.title, where=where, up=_up(programme, where))


@page(verb=RUN)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    stage = known(queries.stage_of(scope=scope_of_request(request), pk=pk))
    require(request, RUN, stage.programme.body)
    where = here(request, SEE, of=stage.programme.plant)
    return deed_page(
        request, ADD, subject=stage, title=stage.title, where=where, up=_up(stage.programme, where),
        initial={"due_on": stage.last_on},
    )  # fmt: skip


@page(verb=SEE)
def task(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    scope = scope_of_request(request)
    row = known(queries.task_of(scope=scope, pk=pk))
    where = here(request, SEE, of=row.stage.programme.plant)
    found = chosen(TASKS, deed, (word for word, verb in NEEDS.items() if scope.may(verb, row.body) is None))
    if deed == "report":
        plant = row.stage.programme.plant
        cases = evidence.cases_of(
            scope=scope, loops=pack_of(plant.code).loops, places=Places(plant, where.on), bodies=[row.body_id]
        )
        found = replace(found, form=offering(forms.Reported, queries.evidence(task=row), cases))
    return deed_page(request, found, subject=row, title=row.title, where=where, up=_up(row.stage.programme, where))


def _read(request: HttpRequest, pk: int) -> "tuple[Programme, Here]":
    programme = known(queries.programme_of(scope=scope_of_request(request), pk=pk))
    return programme, here(request, SEE, of=programme.plant)


def _up(programme: "Programme", where: Here) -> tuple[str, str]:
    return programme.title, reverse("programme", args=[programme.pk]) + where.tail
