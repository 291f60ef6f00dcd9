"""The year's plan as a tree, what each branch was given of it, one goal with its figures, and what may be done about it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, known, on, within
from ronglu.web.formats import num, percent
from ronglu.web.goals import forms
from ronglu.web.goals.frame import (
    MARKS,
    SEE,
    SET,
    asked_of,
    bar,
    book,
    chip,
    chosen,
    deed_page,
    grip_name,
)
from ronglu.web.papers import taken
from ronglu.web.said import said
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import goals as verbs
from ronglu.work.queries import branch_plan, themes
from ronglu.work.queries import goals as queries
from ronglu.work.queries.places import Places
from ronglu.work.tables.goals import HEADS, cells

if TYPE_CHECKING:
    from ronglu.store.models import Goal
    from ronglu.work.scope import Scope

NEW = Deed(
    label=_("加目标"), icon="plus", form=forms.NewGoal, run=on(verbs.set_one, "plant"), done=_("目标已定。"), yes=_("保存"),
    says=_("厂的目标分到支部，支部的分到党小组，党小组的分到党员；挂了指标的，进度由记录带出。"),
)  # fmt: skip
DEEDS = {
    "change": Deed(label=_("改目标"), form=forms.Goaled, run=on(verbs.change, "goal"), done=_("已改。"), yes=_("保存")),
    "tell": Deed(label=_("报结果"), icon="check", form=forms.Told, run=on(verbs.tell, "goal"), done=_("已报，等另一人核。")),
    "judge": Deed(
        label=_("核结果"), icon="audited", form=forms.Judged, run=on(verbs.judge, "goal"), done=_("已核。"),
        says=_("报的人不核自己报的；职责是谁的，也不由谁核。"),
    ),
    "lay": Deed(
        label=_("放进会议议程"), icon="link", form=forms.Meeting, run=on(verbs.lay_before, "goal"), done=_("已放进那次会的议程。"),
        says=_("形势任务教育讲全年目标：计划、应完成和实际由记录带出，不用另写。"),
    ),
    "drop": Deed(label=_("撤下目标"), icon="x", form=forms.Dropped, run=on(verbs.drop, "goal"), done=_("已撤下，留在表上。")),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    asked, places = asked_of(request, where), Places(where.plant, where.on)
    found = queries.tree(
        places=places, year=asked.year, scope=scope, known=pack_of(where.plant.code).indicators, **asked.only
    )
    may_set = scope.has(SET)
    context = {
        "bar": bar(request, where, "goals"),
        "asked": asked,
        "nodes": [_node(one, where) for one in found.roots],
        "mine": [one for one in found.rows.values() if one.goal.person_id and one.goal.person_id == scope.person_id],
        "counts": found.counts,
        "weights": [(found.rows[key], told) for key, told in found.gaps.weights if key in found.rows]
        if may_set
        else [],
        "unbroken": [found.rows[key] for key in found.gaps.unbroken if key in found.rows] if may_set else [],
        "branches": branch_plan.sums(places=places, year=asked.year, on=where.on),
        "grips": _grips(where, asked.year),
        "may_set": may_set,
        "query": request.GET.urlencode(),
        "tail": where.tail,
    }
    return render(request, "goals/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    goal, where = _read(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    tree = queries.tree(places=places, year=goal.year, scope=scope, known=pack_of(where.plant.code).indicators)
    row = tree.rows[goal.pk]
    context = {
        "row": row,
        "mark": MARKS[goal.state],
        "grip": grip_name(goal.grip),
        "figure": row.figure,
        "figure_chip": chip(row.figure.state) if row.figure else None,
        "parts": [(one, MARKS[one.goal.state]) for one in row.parts],
        "key_tasks": list(goal.key_tasks.all()),
        "told_in": queries.told_in(goal),
        "deeds": [(word, DEEDS[word]) for word in _allowed(goal, scope)],
        "place": places.unit_name(goal.unit_id),
        "here": where,
        "crumbs": [(gettext("年度计划"), reverse("goals") + where.tail), (f"{goal.code} {goal.title}", "")],
    }
    return render(request, "goals/goal.html", context)


@page(verb=SET)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, SET)
    up = (gettext("年度计划"), reverse("goals") + where.tail)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up, places=within(request, where, bodies=SET),
        initial={"due_on": f"{where.on.year}-12-31", "parent": request.GET.get("parent", "")},
        landing=lambda one: reverse("goal", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    goal, where = _read(request, pk)
    scope = scope_of_request(request)
    found = chosen(DEEDS, deed, _allowed(goal, scope))
    initial = {name: getattr(goal, name) for name in ("title", "weight", "indicator", "grip", "due_on")} | {
        "parent": goal.parent_id or "",
        "theme": goal.theme_id or "",
        "unit": goal.unit_id or "",
        "words": _words(goal, where),
    }
    if deed == "lay":
        form = forms.offering(forms.Meeting, queries.ahead(goal=goal, scope=scope))
        found = replace(
            found, form=form, run=lambda goal, **said: verbs.lay_before(goal=goal, figures=_told(goal, where), **said)
        )
    up = (f"{goal.code} {goal.title}", reverse("goal", args=[pk]) + where.tail)
    return deed_page(request, found, subject=goal, title=goal.title, where=where, up=up, initial=initial)


@page(verb=SEE)
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything one branch was given of the year, and what it came to."""
    where, scope = here(request, SEE), scope_of_request(request)
    places, asked = Places(where.plant, where.on), asked_of(request, where)
    body = known(pk if pk in places.body_codes else None)  # one that is no more has its year, too
    rows = branch_plan.lines(
        places=places, body=body, year=asked.year, scope=scope, on=where.on, known=pack_of(where.plant.code).indicators
    )
    sorts = _sorts()
    name = places.body_name(body)
    if request.GET.get("form") in ("word", "excel"):
        heads = [gettext("类别"), gettext("事项"), gettext("党组织"), gettext("期限"), gettext("情况"), gettext("产出")]
        lines = [
            [sorts[one.sort], _title(one), one.body, one.due_on, str(chip(one.state)[1]), one.note] for one in rows
        ]
        title = gettext("%(name)s-%(year)s 年度计划") % {"name": name, "year": asked.year}
        return taken(request, [Sheet(name, heads, lines)], name=title, organ=name)
    context = {
        "bar": bar(request, where, "goals"),
        "asked": asked,
        "name": name,
        "rows": [
            (one, _title(one), sorts[one.sort], reverse(one.sort, args=[one.pk]) + where.tail, *chip(one.state))
            for one in rows
        ],
        "query": request.GET.urlencode(),
        "crumbs": [(gettext("年度计划"), reverse("goals") + where.tail), (name, "")],
    }
    return render(request, "goals/branch.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    """The tree as a table that the import takes back, or on paper; of one theme where the bar asks for it."""
    where, scope = here(request, SEE), scope_of_request(request)
    asked = asked_of(request, where)
    goals = [
        one
        for one in queries.visible(plant=where.plant, year=asked.year, scope=scope)
        if (not asked.theme or one.theme_id == asked.theme) and (not asked.grip or one.grip == asked.grip)
    ]
    words = pack_of(where.plant.code)
    rows = cells(goals, places=Places(where.plant, where.on), pack=words)
    name = gettext("%(plant)s-年度目标-%(year)s") % {"plant": where.plant.name, "year": asked.year}
    return taken(request, [Sheet(gettext("年度目标"), HEADS, rows)], name=name, organ=where.plant.name)


def _read(request: HttpRequest, pk: int) -> "tuple[Goal, Here]":
    goal = known(queries.goal_of(scope=scope_of_request(request), pk=pk))
    return goal, here(request, SEE, of=goal.plant)


def _allowed(goal: "Goal", scope: "Scope") -> list[str]:
    """What holds the goal tells its result; what stands above it judges, by another hand."""
    may_set = scope.may(SET, goal.body) is None
    own = goal.person_id is not None and goal.person_id == scope.person_id
    above = scope.may(SET, goal.parent.body if goal.parent else goal.body) is None
    if goal.state == "open":
        words = ["tell"] if may_set or own else []
        return words + (["lay"] if may_set and goal.indicator else []) + (["change", "drop"] if may_set else [])
    other = scope.another(goal.told_by) and goal.person_id not in scope.hands
    return ["judge"] if goal.state == "told" and above and other else []


def _node(row: queries.GoalRow, where: Here) -> dict[str, Any]:
    goal = row.goal
    state, word = (MARKS[goal.state], named(goal.get_state_display())) if goal.state != "open" else ("", "")
    if goal.state == "open" and row.figure:
        state, word = chip(row.figure.state)
    who = goal.person.name if goal.person else row.body
    note = " · ".join(
        str(one) for one in (who, percent(goal.weight) if goal.weight else "", _progress(row.figure)) if one
    )
    return {
        "label": f"{goal.code} {goal.title}", "note": note, "state": state, "word": str(word),
        "url": reverse("goal", args=[goal.pk]) + where.tail, "open": True, "children": [_node(one, where) for one in row.parts],
    }  # fmt: skip


def _progress(figure: queries.Figure | None) -> str:
    if figure is None or figure.actual is None:
        return ""
    shown = {"now": num(figure.actual, figure.indicator.decimals), "unit": figure.indicator.unit}
    if figure.due is None:
        return gettext("实际 %(now)s %(unit)s") % shown
    return gettext("实际 %(now)s，应完成 %(due)s %(unit)s") % (
        shown | {"due": num(figure.due, figure.indicator.decimals)}
    )


def _told(goal: "Goal", where: Here) -> dict[str, str]:
    """The figures as they stand today, kept with the line of the agenda."""
    figure = queries.figures([goal], known=pack_of(where.plant.code).indicators).get(goal.pk)
    if figure is None:
        return {}
    parts = {"plan": figure.whole, "due": figure.due, "actual": figure.actual}
    return {name: f"{value:f}" for name, value in parts.items() if value is not None} | {"unit": figure.indicator.unit}


def _words(goal: "Goal", where: Here) -> str:
    """The first draft of the result: what the records hold of it."""
    return _progress(queries.figures([goal], known=pack_of(where.plant.code).indicators).get(goal.pk))


def _grips(where: Here, year: int) -> list[tuple[str, list[int]]]:
    found = themes.by_grip(plant=where.plant, year=year, grip_of=book().grip_of)
    return [
        (named(one), [found.get(code, {}).get(sort, 0) for sort in themes.SORTS]) for code, one in book().grips.items()
    ]


def _title(line: branch_plan.BranchLine) -> str:
    """A stage or a task behind what it is part of, each as the reader would say it."""
    return " · ".join(map(said, line.title.split(" · ")))


def _sorts() -> dict[str, str]:
    return {
        "goal": gettext("目标"), "key_task": gettext("重点任务"), "programme": gettext("专题与行动"), "campaign": gettext("活动"),
        "platform": gettext("平台"),
    }  # fmt: skip
