"""The pages of contests: the list, one contest with its terms and its table, and the steps from draft to withdrawal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.boards.contest.read import table
from ronglu.config import plant
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.contests import forms
from ronglu.web.contests.frame import MARKS, SEE, bar, deed_page
from ronglu.web.deeds import Deed, chosen, within
from ronglu.web.effects.subjects import hung
from ronglu.web.teams.forms import Nothing
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work import contests as verbs
from ronglu.work.queries import contests as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    import datetime as dt

    from ronglu.store.models import Contest, Plant

SET, DECLARE, RAISE = "contests.set", "contests.declare", "cases.raise"


def _draft(where: "Plant", **said: Any) -> "Contest":
    return verbs.draft(plant=where, known=plant.pack_of(where.code).indicators, **said)


def _declare(contest: "Contest", **said: Any) -> "Contest":
    return verbs.declare(contest=contest, known=plant.pack_of(contest.plant.code).indicators, **said)


def _appeal(contest: "Contest", **said: Any) -> Any:
    return verbs.appeal(contest=contest, loops=plant.pack_of(contest.plant.code).loops, **said)


def _train(contest: "Contest", **said: Any) -> Any:
    return verbs.train(contest=contest, loops=plant.pack_of(contest.plant.code).loops, **said)


NEW = Deed(
    label=_("拟定竞赛"), icon="plus", form=forms.Drafted, run=_draft, done=_("草案已拟好，等另一人宣布。"),
    says=_("宣布之前可以撤销重拟；宣布之后办法不再改动，只能带原因撤销。"),
)  # fmt: skip
DEEDS = {
    "declare": Deed(
        label=_("宣布"), icon="check", form=Nothing, run=_declare, done=_("已宣布，办法从此不再改动。"),
        says=_("您确认指标、权重、时段、参赛队和剔除办法；宣布须在首日之前，且不能由拟定人自己宣布。"),
        shown=lambda contest: contest.state == "draft",
    ),
    "withdraw": Deed(
        label=_("撤销"), icon="x", form=forms.Reasoned, run=lambda contest, **said: verbs.withdraw(contest=contest, **said),
        done=_("已撤销。"), says=_("撤销后不再计算，办法和原因仍可查看。"),
        shown=lambda contest: contest.state in ("draft", "declared", "running", "provisional"),
    ),
    "recount": Deed(
        label=_("重新计算"), icon="history", form=forms.Caused, run=lambda contest, **said: verbs.ask_again(contest=contest, **said),
        done=_("已交后台重算；新结果另存一版，申诉期从那天重新起算。"), says=_("按现在的读数重算，原来的结果保留。"),
        shown=lambda contest: contest.state == "provisional",
    ),
}  # fmt: skip
RAISED = {
    "appeal": Deed(
        label=_("申诉"), icon="comment", form=forms.Appealed, run=_appeal, done=_("申诉已受理登记；没有结论之前，结果不会定案。"),
        shown=lambda contest: contest.state == "provisional",
    ),
    "train": Deed(
        label=_("列入培训"), icon="people", form=forms.Gap, run=_train, done=_("已立为行动项，在闭环里看进展。"),
        says=_("以赛促学：差在哪里，就学什么。"), shown=lambda contest: contest.state in ("provisional", "final"),
    ),
}  # fmt: skip
"""What anybody of the plant may raise as a case."""


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places = Places(where.plant, where.on)
    context = {
        "bar": bar(request, where, "contests"),
        "rows": [(one, places.unit_name(one.unit_id), MARKS[one.state]) for one in queries.listed(plant=where.plant)],
        "may_set": scope.has(SET),
        "tail": where.tail,
    }
    return render(request, "contests/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    contest, where = contest_here(request, pk)
    told, places, scope = queries.Told.of(contest), Places(where.plant, where.on), scope_of_request(request)
    known = pack_of(where.plant.code).indicators
    names = {
        code: known[code]
        for code in (*(w.indicator for w in told.terms.weights), *told.terms.covariates)
        if code in known
    }
    context = {
        "contest": contest,
        "terms": told.terms,
        "weights": [(names.get(one.indicator), one) for one in told.terms.weights],
        "factors": [names[code] for code in told.terms.covariates if code in names],
        "teams": [places.unit_name(team) for team in told.terms.teams],
        "place": places.unit_path(contest.unit_id),
        "mark": MARKS[contest.state],
        "result": told.result,
        "table": table(told.result, told.terms, known) if told.result else None,
        "waits": _waits(contest, where),
        "older": told.results[1:],
        "appeals": queries.open_appeals(contest=contest) if contest.state == "provisional" else 0,
        "hung": hung(request, where.plant, "contest", contest.pk),
        "trainings": queries.trainings(contest=contest) if told.result else [],
        "deeds": _shown(DEEDS, contest) if scope.may(DECLARE, contest.unit) is None else [],
        "raised": _shown(RAISED, contest) if scope.may(RAISE, contest.plant) is None else [],
        "here": where,
        "crumbs": [(gettext("竞赛与活动"), reverse("contests") + where.tail), (contest.title, "")],
    }
    return render(request, "contests/contest.html", context)


@page(verb=SET)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, SET)
    up = (str(_("竞赛")), reverse("contests") + where.tail)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up,
        places=within(request, where, units=SET),
        landing=lambda contest: reverse("contest", args=[contest.pk]) + where.tail,
    )  # fmt: skip


@page(verb=DECLARE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    contest, where = contest_here(request, pk)
    require(request, DECLARE, contest.unit)
    return _deed(request, DEEDS, deed, contest, where)


@page(verb=RAISE)
def raise_case(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    contest, where = contest_here(request, pk)
    require(request, RAISE, contest.plant)
    return _deed(request, RAISED, deed, contest, where)


def _deed(request: HttpRequest, deeds: Mapping[str, Deed], word: str, contest: "Contest", where: Here) -> HttpResponse:
    up = (contest.title, reverse("contest", args=[contest.pk]) + where.tail)
    return deed_page(request, chosen(deeds, word, contest), subject=contest, title=contest.title, where=where, up=up)


def _waits(contest: "Contest", where: Here) -> "dt.date | None":
    """Of one that is over and not counted: until when readings are waited for."""
    if contest.state != "running" or contest.last_on >= where.on:
        return None
    return queries.waits_until(contest, plant.pack_of(contest.plant.code).standing.timetable)


def _shown(deeds: Mapping[str, Deed], contest: "Contest") -> list[tuple[str, Deed]]:
    return [(word, deed) for word, deed in deeds.items() if deed.shown(contest)]


def contest_here(request: HttpRequest, pk: int) -> "tuple[Contest, Here]":
    contest = queries.contest_of(scope=scope_of_request(request), pk=pk)
    if contest is None:
        raise Http404("没有这项竞赛，或不在您的范围内")
    return contest, here(request, SEE, of=contest.plant)
