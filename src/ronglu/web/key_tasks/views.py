"""Key tasks with their eight stages by two sides: what is confirmed, what is missing, and the reader's own stages."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.annual.joint import SIDES, Joint
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, known, on, within
from ronglu.web.goals.forms import offering
from ronglu.web.goals.frame import MARKS, SEE, SET, asked_of, bar, book, chip, chosen, deed_page, grip_name
from ronglu.web.key_tasks import forms
from ronglu.web.papers import taken
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import key_tasks as verbs
from ronglu.work.queries import evidence
from ronglu.work.queries import key_tasks as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import KeyTask, Plant

DEEDS = {
    "give": Deed(
        label=_("换责任人"), icon="swap", form=forms.Pair, run=on(verbs.give, "task"), done=_("已换，从现在起由新的责任人确认。")
    ),
    "drop": Deed(
        label=_("撤销任务"), icon="x", form=forms.Dropped, run=on(verbs.drop, "task"), done=_("已撤销。"),
        says=_("没到期的环节随任务撤销；到期的照旧。"),
    ),
}  # fmt: skip
CONFIRM = Deed(
    label=_("确认"), icon="check", form=forms.Confirmed, run=on(verbs.confirm, "stage"), done=_("已确认。"),
    says=_("只确认自己这一边；两边都确认，这个环节才算办了。"),
)  # fmt: skip
MOVE = Deed(label=_("改期"), icon="calendar", form=forms.Moved, run=on(verbs.move, "stage"), done=_("已改期。"))


def _open(subject: "Plant", **said: Any) -> "KeyTask":
    shares = {stage: one.share for stage, one in book().joints.items()}
    return verbs.open_one(plant=subject, shares=shares, **said)


NEW = Deed(
    label=_("立重点任务"), icon="plus", form=forms.NewTask, run=_open, done=_("任务已立，八个环节已排。"), yes=_("保存"),
    says=_("党务、行政各一名责任人，八个环节两边各自确认；到期缺一边的，支部当月 A5 每个扣 1 分。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    asked, places = asked_of(request, where), Places(where.plant, where.on)
    rows = queries.listed(plant=where.plant, year=asked.year, scope=scope, on=where.on, **asked.only)
    context = {
        "bar": bar(request, where, "key_tasks"),
        "asked": asked,
        "rows": [(one, places.body_name(one.task.body_id), _cells(one), *_chip(one)) for one in rows],
        "mine": [(one, _word(Joint(one.stage))) for one in queries.mine(scope=scope, until=where.on)],
        "heads": [_word(stage) for stage in Joint],
        "may_set": scope.has(SET),
        "query": request.GET.urlencode(),
        "tail": where.tail,
    }
    return render(request, "key_tasks/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    task, where = _read(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    may_set = scope.may(SET, task.body) is None
    row = queries.told(task, scope=scope, on=where.on, may_set=may_set)
    loops = pack_of(where.plant.code).loops
    open_to = evidence.readable(scope=scope, loops=loops, cases=[one.row.case for one in row.stages])
    context = {
        "row": row,
        "mark": _chip(row),
        "body": places.body_name(task.body_id),
        "unit": places.unit_name(task.unit_id),
        "grip": grip_name(task.grip),
        "stages": [
            (one, _word(one.stamp.stage), _says(one.stamp.stage), *chip(one.state), one.row.case_id in open_to)
            for one in row.stages
        ],
        "lacks": [(_word(stage), [_side(side, task) for side in sides]) for stage, sides in row.lacks],
        "deeds": list(DEEDS.items()) if may_set and task.state == "open" else [],
        "status": named(book().status),
        "here": where,
        "crumbs": [(gettext("年度计划"), reverse("goals") + where.tail), (gettext("重点任务"), reverse("key_tasks") + where.tail),
                   (task.title, "")],
    }  # fmt: skip
    return render(request, "key_tasks/key_task.html", context)


@page(verb=SET)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, SET)
    up = (gettext("重点任务"), reverse("key_tasks") + where.tail)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up, places=within(request, where, bodies=SET),
        initial={"first": where.on, "last": f"{where.on.year}-12-31"},
        landing=lambda one: reverse("key_task", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    task, where = _read(request, pk)
    may_set = scope_of_request(request).may(SET, task.body) is None and task.state == "open"
    found = chosen(DEEDS, deed, DEEDS if may_set else ())
    initial = {"party": task.party.staff_no, "line": task.line.staff_no}
    return deed_page(request, found, subject=task, title=task.title, where=where, up=_up(task, where), initial=initial)


@page(verb=SEE)
def stage(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    scope = scope_of_request(request)
    row = known(queries.stage_of(scope=scope, pk=pk))
    where = here(request, SEE, of=row.task.plant)
    may_set = scope.may(SET, row.task.body) is None
    told = next(
        (one for one in queries.told(row.task, scope=scope, on=where.on, may_set=may_set).stages if one.row.pk == pk),
        None,
    )
    told = known(told)
    allowed = (["confirm"] if told.may_confirm else []) + (["move"] if told.may_move else [])
    places = Places(where.plant, where.on)
    cases = evidence.cases_of(
        scope=scope, loops=pack_of(where.plant.code).loops, places=places, bodies=[row.task.body_id]
    )
    form = offering(forms.Confirmed, queries.meetings(task=row.task) if deed == "confirm" else (), cases)
    confirm = replace(CONFIRM, form=form, run=lambda stage, **said: verbs.confirm(stage=stage, scope=scope, **said))
    found = chosen({"confirm": confirm, "move": MOVE}, deed, allowed)
    title = f"{row.task.title} · {_word(told.stamp.stage)}"
    return deed_page(
        request, found, subject=row, title=title, where=where, up=_up(row.task, where), initial={"due_on": row.due_on}
    )


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    """The eight by two as a table: the day of each confirmation, or that it is missing."""
    where, scope = here(request, SEE), scope_of_request(request)
    asked, places = asked_of(request, where), Places(where.plant, where.on)
    heads = [
        gettext("重点任务"),
        gettext("党组织"),
        gettext("环节"),
        gettext("期限"),
        gettext("党务责任人"),
        gettext("党务确认"),
        gettext("行政责任人"),
        gettext("行政确认"),
        gettext("情况"),
    ]
    rows = [
        [one.task.title, places.body_name(one.task.body_id), _word(each.stamp.stage), each.row.due_on, one.task.party.name,
         each.row.party_on, one.task.line.name, each.row.line_on, str(chip(each.state)[1])]
        for one in queries.listed(plant=where.plant, year=asked.year, scope=scope, on=where.on, **asked.only)
        for each in one.stages
    ]  # fmt: skip
    name = gettext("%(plant)s-重点任务八同-%(year)s") % {"plant": where.plant.name, "year": asked.year}
    return taken(request, [Sheet(gettext("八同"), heads, rows)], name=name, organ=where.plant.name)


def _read(request: HttpRequest, pk: int) -> "tuple[KeyTask, Here]":
    task = known(queries.task_of(scope=scope_of_request(request), pk=pk))
    return task, here(request, SEE, of=task.plant)


def _up(task: "KeyTask", where: Here) -> tuple[str, str]:
    return task.title, reverse("key_task", args=[task.pk]) + where.tail


def _cells(row: queries.TaskRow) -> list[tuple[str, str, Any]]:
    """The eight in their order with their heads; of one taken off nothing."""
    found = {one.stamp.stage: chip(one.state) for one in row.stages}
    return [(_word(stage), *found.get(stage, ("nothing", _("已撤销")))) for stage in Joint]


def _chip(row: queries.TaskRow) -> tuple[str, str]:
    if row.state == "lacking":
        return MARKS["lacking"], gettext("缺 %(n)s 个环节") % {"n": len(row.lacks)}
    marks = {"open": "running", "done": "good", "dropped": "cancelled"}
    return marks[row.task.state], named(row.task.get_state_display())


def _word(stage: Joint) -> str:
    return named(book().joints[stage])


def _says(stage: Joint) -> str:
    return named(book().joints[stage].says)


def _side(side: str, task: "KeyTask") -> str:
    assert side in SIDES
    if side == "party":
        return gettext("党务（%(name)s）") % {"name": task.party.name}
    return gettext("行政（%(name)s）") % {"name": task.line.name}
