"""Edges of a plant with the month's word, one edge with its months, the forms to lay, end and judge them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.cases.frame import RAISE, loops_of, may_raise
from ronglu.web.deeds import Deed, perform
from ronglu.web.flows import forms
from ronglu.web.flows.frame import (
    FEEDBACK,
    PEOPLE,
    SEE,
    YEAR,
    Aspects,
    aspects_of,
    edges_of,
    marks_told,
    month_asked,
    sum_of,
    word_of,
)
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import flows as verbs
from ronglu.work.queries import flows as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import Flow

EDIT, JUDGE = "flows.edit", verbs.JUDGE
REQUEST = "request"
LONGEST = 200
"""Letters of a field that an address may fill in."""
MONTHS = 6
MARKS = {
    "satisfied": "good", "fair": "carried", "unsatisfied": "watch", "missing": "missing", "running": "running",
}  # fmt: skip

NEW = Deed(
    label=_("画衔接"), icon="plus", form=forms.Connected, run=lambda plant, **given: verbs.connect(**given),
    done=_("已画上。"), says=_("上道工序交给下道工序；下道工序每月评一次满意不满意。"), yes=pgettext_lazy("动作", "画上"),
)  # fmt: skip
CLOSE = Deed(
    label=_("撤销衔接"), icon="x", form=forms.Closed, run=lambda flow, **given: verbs.close(flow=flow, **given),
    done=_("已撤销。"), says=_("以前各月的评价都在。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An edge in the list, with the month looked at and what the reader may do."""

    edge: queries.Edge
    month: queries.Month | None
    mark: str
    word: str
    may_judge: bool
    feedback: str
    marks: str


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    month, places = month_asked(request, where), Places(where.plant, where.on)
    found = edges_of(request, where, queries.span_of(month.first, MONTHS), places)
    judge, aspects = _judge(request, where, places), aspects_of(where)
    open_ = where.today and verbs.closes_on(where.plant, month)[month] >= where.on
    context = {
        "here": where,
        "month": month,
        "months": [(str(one), str(one)) for one in reversed(queries.span_of(where.on, YEAR))],
        "first": month - (MONTHS - 1),
        "sides": [
            (title, [_row(request, edge, month, judge, where, aspects, open_=open_) for edge in mine])
            for title, mine in _sides(found, judge)
        ],
        "rules": pack_of(where.plant.code).base.flows,
        "total": queries.total(found),
        "names": scope.has(PEOPLE),
        "may_edit": scope.has(EDIT),
        "tail": where.tail,
    }
    return render(request, "flows/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    flow, where = _flow_here(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    edge = edges_of(request, where, queries.span_of(where.on, YEAR), places, only=flow)[0]
    judge, aspects = _judge(request, where, places), aspects_of(where)
    why = judge.why_not(flow)
    ends = verbs.closes_on(where.plant, *(one.period for one in edge.months))
    months = [
        (
            one,
            MARKS[one.state],
            word_of(one),
            where.today and not why and ends[one.period] >= where.on,
            marks_told(one, aspects),
        )
        for one in reversed(edge.months)
    ]
    may_close = flow.until_on is None and not (scope.may(EDIT, flow.source) or scope.may(EDIT, flow.target))
    context = {
        "here": where,
        "edge": edge,
        "months": months,
        "why": why if scope.has(JUDGE) else "",
        "names": scope.has(PEOPLE),
        "feedback": _feedback(request, flow, where) if judge.receives(flow) else "",
        "may_close": may_close,
        "trend": [(named(one), edge.marks(one.code), *sum_of(edge.marks(one.code))) for one in aspects],
        "rules": pack_of(where.plant.code).base.flows,
        "low": _low(request, edge, aspects, where) if judge.receives(flow) else None,
        "crumbs": [_up(where), (_title(edge), "")],
        "title": _title(edge),
    }
    return render(request, "flows/flow.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    up = _up(where)
    places = Within(where.plant, where.on, units_of=scope_of_request(request).reach(EDIT))
    return perform(
        request, NEW, subject=where.plant, title=where.plant.name, back=up[1], places=places,
        crumbs=[up, (str(NEW.label), "")],
    )  # fmt: skip


@page(verb=EDIT)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    flow, where = _flow_here(request, pk)
    require(request, EDIT, flow.source)
    require(request, EDIT, flow.target)
    return _perform(request, CLOSE, flow, where)


@page(verb=JUDGE)
def judge(request: HttpRequest, pk: int, month: int) -> HttpResponse:
    """The month is in the address, the edge is the reader's own: he chooses one word."""
    flow, where = _flow_here(request, pk)
    try:
        period = Period.from_yyyymm(month)
    except ValueError as wrong:
        raise Http404("没有这个月份") from wrong
    require(request, JUDGE, flow.target)
    scope = scope_of_request(request)
    deed = Deed(
        label=_("评上道工序"), icon="check", form=forms.Judged, done=_("已评。"), yes=pgettext_lazy("动作", "评"),
        run=lambda flow, **given: verbs.judge(flow=flow, month=period, scope=scope, **given),
        says=_("评的是 %(month)s。%(last)s 以前可以再评一次，前一次留着看得到。")
        % {"month": period, "last": verbs.closes_on(where.plant, period)[period]},
    )  # fmt: skip
    last = queries.standing(flow=flow, month=period)
    start = {"reason": last.reason, **last.marks} if last else {}
    return _perform(request, deed, flow, where, initial=start, template="flows/judge.html")


def _judge(request: HttpRequest, where: Here, places: Places) -> verbs.Judge:
    view = places.production.at(where.on)
    return verbs.Judge.of(me(request), scope_of_request(request), plant=where.plant, view=view)


def _row(
    request: HttpRequest,
    edge: queries.Edge,
    month: Period,
    judge: verbs.Judge,
    where: Here,
    aspects: Aspects,
    *,
    open_: bool,
) -> Row:
    one = edge.in_month(month)
    return Row(
        edge,
        one,
        MARKS[one.state] if one else "",
        word_of(one) if one else "",
        open_ and one is not None and not judge.why_not(edge.flow),
        _feedback(request, edge.flow, where) if judge.receives(edge.flow) else "",
        marks_told(one, aspects) if one else "",
    )


def _sides(found: list[queries.Edge], judge: verbs.Judge) -> list[tuple[str, list[queries.Edge]]]:
    """Edges at which the reader stands, by the end he stands at, before all others; the empty ones left out."""
    ours = [edge for edge in found if judge.receives(edge.flow)]
    theirs = [edge for edge in found if edge not in ours and judge.delivers(edge.flow)]
    rest = [edge for edge in found if edge not in ours and edge not in theirs]
    others = gettext("其他衔接") if ours or theirs else gettext("上道工序 → 下道工序")
    parts = [(gettext("我们评上游"), ours), (gettext("下游评我们"), theirs), (others, rest)]
    return [part for part in parts if part[1]]


def _low(request: HttpRequest, edge: queries.Edge, aspects: Aspects, where: Here) -> dict[str, str] | None:
    """The newest month that was judged, where an aspect is poor: what to ask of the delivering side, already filled in."""
    last = next((one for one in reversed(edge.months) if one.word), None)
    if last is None or last.word is None or not last.low:
        return None
    marks = [
        gettext("%(what)s %(mark)d 分") % {"what": named(one), "mark": last.low[one.code]}
        for one in aspects
        if one.code in last.low
    ]
    poor = gettext("、").join(marks)
    what = gettext("%(edge)s %(month)s：%(poor)s。%(reason)s") % {
        "edge": _title(edge), "month": last.period, "poor": poor, "reason": last.word.reason
    }  # fmt: skip
    return {
        "says": f"{last.period} {poor}",
        "feedback": _feedback(request, edge.flow, where, what=what),
        "request": _case(request, REQUEST, where, what=what),
    }


def _feedback(request: HttpRequest, flow: "Flow", where: Here, *, what: str = "") -> str:
    """The address of a new quality feedback about the delivering side, where the reader may raise one."""
    return _case(request, FEEDBACK, where, unit=flow.source_id, what=what)


def _case(request: HttpRequest, code: str, where: Here, *, what: str, unit: int | None = None) -> str:
    loop = loops_of(where.plant).get(code)
    scope = scope_of_request(request)
    if loop is None or not scope.has(RAISE) or not may_raise(scope, loop, where.plant):
        return ""
    given = {name: value for name, value in (("unit", unit), ("f-what", what[:LONGEST])) if value}
    sign = "&" if where.tail else "?"
    return f"{reverse('case_new', args=[code])}{where.tail}{sign if given else ''}{urlencode(given)}"


def _flow_here(request: HttpRequest, pk: int) -> "tuple[Flow, Here]":
    flow = queries.one(pk=pk, reach=scope_of_request(request).reach(SEE), on=scope_of_request(request).on)
    if flow is None:
        raise Http404("没有这条衔接，或不在您的范围内")
    return flow, here(request, SEE, of=flow.plant)


def _up(where: Here) -> tuple[str, str]:
    return gettext("工序衔接"), reverse("flows") + where.tail


def _title(edge: queries.Edge) -> str:
    return f"{edge.source} → {edge.target}"


def _perform(
    request: HttpRequest,
    deed: Deed,
    flow: "Flow",
    where: Here,
    *,
    initial: dict[str, Any] | None = None,
    template: str = "deed.html",
) -> HttpResponse:
    places = Places(where.plant, where.on)
    title = f"{places.unit_name(flow.source_id)} → {places.unit_name(flow.target_id)}"
    back = reverse("flow", args=[flow.pk]) + where.tail
    return perform(
        request, deed, subject=flow, title=f"{title} · {flow.what}", back=back, places=places, initial=initial,
        crumbs=[_up(where), (title, back), (str(deed.label), "")], template=template,
    )  # fmt: skip
