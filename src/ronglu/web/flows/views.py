"""Edges of a plant with the month's word, one edge with its months, the forms to lay, end and judge them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.cases.frame import RAISE, loops_of, may_raise
from ronglu.web.deeds import Deed, perform
from ronglu.web.flows import forms
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import flows as verbs
from ronglu.work.queries import flows as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import Flow

SEE, EDIT, JUDGE = queries.SEE, "flows.edit", verbs.JUDGE
FEEDBACK = "feedback"
MONTHS = 6
YEAR = 12
PEOPLE = "people.see"
"""Terminals and the group read results, never a list of persons or what one of them wrote."""
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


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    month, places = _month(request, where), Places(where.plant, where.on)
    found = _edges(request, where, queries.span_of(month.first, MONTHS), places)
    judge = _judge(request, where, places)
    open_ = where.today and verbs.closes_on(where.plant, month)[month] >= where.on
    context = {
        "here": where,
        "month": month,
        "months": [(str(one), str(one)) for one in reversed(queries.span_of(where.on, YEAR))],
        "first": month - (MONTHS - 1),
        "rows": [_row(request, edge, month, judge, where, open_=open_) for edge in found],
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
    edge = _edges(request, where, queries.span_of(where.on, YEAR), places, only=flow)[0]
    judge = _judge(request, where, places)
    why = judge.why_not(flow)
    ends = verbs.closes_on(where.plant, *(one.period for one in edge.months))
    months = [
        (one, MARKS[one.state], _word(one), where.today and not why and ends[one.period] >= where.on)
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
        label=_("评上道工序"), icon="check", form=forms.Judged, done=_("已评。"),
        run=lambda flow, **given: verbs.judge(flow=flow, month=period, scope=scope, **given),
        says=_("评的是 %(month)s。%(last)s 以前可以再评一次，前一次留着看得到。")
        % {"month": period, "last": verbs.closes_on(where.plant, period)[period]},
    )  # fmt: skip
    last = queries.standing(flow=flow, month=period)
    return _perform(request, deed, flow, where, initial={"word": last.word, "reason": last.reason} if last else {})


@page(verb=SEE)
def xlsx(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    month = _month(request, where)
    found = _edges(request, where, queries.span_of(month.first, YEAR), Places(where.plant, where.on))
    names = scope_of_request(request).has(PEOPLE)
    heads = [
        gettext("上道工序"), gettext("下道工序"), gettext("交什么"), gettext("月份"), gettext("第几次"), gettext("评价"), gettext("说明"),
        gettext("评价人"), gettext("评于"),
    ]  # fmt: skip
    sums = [
        gettext("上道工序"), gettext("下道工序"), gettext("满意"), gettext("已评"), gettext("没有评"), gettext("质量反馈"),
        gettext("到期答复"), gettext("按时答复"),
    ]  # fmt: skip
    name = gettext("工序衔接")
    sheets = [
        Sheet(name, sums, [_sums(edge) for edge in found]),
        Sheet(gettext("下道工序评价"), heads, [line for edge in found for line in _lines(edge, names)]),
    ]
    return workbook_of(sheets, name=f"{where.plant.name}-{name}-{month}.xlsx")


def _sums(edge: queries.Edge) -> list[object]:
    tally, answers = edge.tally, edge.answers
    return [
        edge.source, edge.target, tally.num, tally.den, tally.missing, len(answers.cases), answers.due, answers.met
    ]  # fmt: skip


def _lines(edge: queries.Edge, names: bool) -> list[list[object]]:
    """A line for every word, also those that were said again; a month without one says so."""
    found: list[list[object]] = []
    for month in edge.months:
        start = [edge.source, edge.target, edge.flow.what, str(month.period)]
        if not month.words:
            found.append([*start, None, _word(month), "", "", None])
        for word in reversed(month.words):
            told = [word.reason, word.person.name, word.at.date()] if names else ["", "", None]
            found.append([*start, word.no, named(word.get_word_display()), *told])
    return found


def _edges(
    request: HttpRequest, where: Here, months: tuple[Period, ...], places: Places, *, only: "Flow | None" = None
) -> list[queries.Edge]:
    return queries.edges(
        plant=where.plant, reach=scope_of_request(request).reach(SEE), months=months, on=where.on, places=places,
        feedback=loops_of(where.plant).get(FEEDBACK), only=only,
    )  # fmt: skip


def _judge(request: HttpRequest, where: Here, places: Places) -> verbs.Judge:
    view = places.production.at(where.on)
    return verbs.Judge.of(me(request), scope_of_request(request), plant=where.plant, view=view)


def _row(
    request: HttpRequest, edge: queries.Edge, month: Period, judge: verbs.Judge, where: Here, *, open_: bool
) -> Row:
    one = edge.in_month(month)
    return Row(
        edge,
        one,
        MARKS[one.state] if one else "",
        _word(one) if one else "",
        open_ and one is not None and not judge.why_not(edge.flow),
        _feedback(request, edge.flow, where) if judge.receives(edge.flow) else "",
    )


def _word(month: queries.Month) -> str:
    if month.word is not None:
        return str(named(month.word.get_word_display()))
    return gettext("没有评") if month.over else gettext("还没到月底")


def _feedback(request: HttpRequest, flow: "Flow", where: Here) -> str:
    """The address of a new quality feedback about the delivering side, where the reader may raise one."""
    loop = loops_of(where.plant).get(FEEDBACK)
    scope = scope_of_request(request)
    if loop is None or not scope.has(RAISE) or not may_raise(scope, loop, where.plant):
        return ""
    sign = "&" if where.tail else "?"
    return f"{reverse('case_new', args=[FEEDBACK])}{where.tail}{sign}unit={flow.source_id}"


def _flow_here(request: HttpRequest, pk: int) -> "tuple[Flow, Here]":
    flow = queries.one(pk=pk, reach=scope_of_request(request).reach(SEE), on=scope_of_request(request).on)
    if flow is None:
        raise Http404("没有这条衔接，或不在您的范围内")
    return flow, here(request, SEE, of=flow.plant)


def _month(request: HttpRequest, where: Here) -> Period:
    """The month asked for, else the one that has gone by: it is the one to be judged now."""
    months = queries.span_of(where.on, YEAR)
    text = asked(request, "month", 7)
    return next((one for one in months if str(one) == text), months[-2])


def _up(where: Here) -> tuple[str, str]:
    return gettext("工序衔接"), reverse("flows") + where.tail


def _title(edge: queries.Edge) -> str:
    return f"{edge.source} → {edge.target}"


def _perform(
    request: HttpRequest, deed: Deed, flow: "Flow", where: Here, *, initial: dict[str, str] | None = None
) -> HttpResponse:
    places = Places(where.plant, where.on)
    title = f"{places.unit_name(flow.source_id)} → {places.unit_name(flow.target_id)}"
    back = reverse("flow", args=[flow.pk]) + where.tail
    return perform(
        request, deed, subject=flow, title=f"{title} · {flow.what}", back=back, places=places, initial=initial,
        crumbs=[_up(where), (title, back), (str(deed.label), "")],
    )  # fmt: skip
