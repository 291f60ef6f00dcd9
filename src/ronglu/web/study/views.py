"""Study plans: the year by audience, one plan with its topics and what came of each, and what may be done about them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.documents.frame import lists, themes_of
from ronglu.web.papers import taken
from ronglu.web.study import forms
from ronglu.web.study.frame import PLANS, SEE, TOPICS, bar, deed_page
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import named
from ronglu.work import laid
from ronglu.work import study as verbs
from ronglu.work.queries import study as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.kernel.gathering.education import Education
    from ronglu.store.models import StudyPlan

PLAN = queries.PLAN
NEW = Deed(
    label=_("拟定计划"), icon="plus", form=forms.Planned, done=_("已拟定，加上专题后由另一人审定下达。"),
    run=lambda plant, **said: verbs.plan(**said), says=_("一个党组织一年里，每类对象一份计划，各有各的要求。"),
)  # fmt: skip
DEEDS = {
    "add": Deed(
        label=_("加专题"), icon="plus", form=forms.Topic, run=on(verbs.add, "plan"), done=_("已加上。"),
        says=_("会上形成了决定或事项才算落实；学了多久不计分。"),
    ),
    "issue": Deed(
        label=_("审定下达"), icon="check", form=forms.Agreed, run=on(verbs.issue, "plan"), done=_("已下达。"),
        says=_("下达以后，各专题到期考核；拟定的人不能自己下达。"), shown=lambda one: one.state == "draft",
    ),
}  # fmt: skip
ON_TOPIC = {
    "take-up": Deed(
        label=_("排到会上"), icon="calendar", form=forms.TakenUp, run=on(verbs.take_up, "topic"), done=_("已排到议程上。"),
        says=_("开会时它就在议程上，研讨和决议挂在它下面，不用再填。"), shown=lambda one: one.state == "planned",
    ),
    "drop": Deed(
        label=_("取消"), icon="x", form=forms.Reason, run=on(verbs.drop, "topic"), done=_("已取消。"),
        says=_("期限以前才能取消；过了期限没有落实的就是没有落实。"), shown=lambda one: one.state == "planned",
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    year, words, places = year_asked(request, where), lists(where.plant), Places(where.plant, where.on)
    found = _plans(request, where, year)
    context = {
        "bar": bar(request, where, "study"),
        "year": year,
        "years": [(str(one), str(one)) for one in range(where.on.year + 1, where.on.year - 4, -1)],
        "audiences": _audiences(found, words),
        "rows": [
            (one, places.body_name(one.plan.body_id), words.audiences.get(one.plan.audience), PLANS[one.plan.state])
            for one in found
        ],
        "may_plan": scope.has(PLAN),
        "tail": where.tail,
    }
    return render(request, "study/list.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    where, name = here(request, SEE), gettext("学习教育计划")
    year, words, places = year_asked(request, where), lists(where.plant), Places(where.plant, where.on)
    heads = [
        gettext("党组织"), gettext("对象"), gettext("学习专题"), gettext("形式"), gettext("主题"), gettext("完成期限"), gettext("领学人"),
        gettext("会议"), gettext("状态"),
    ]  # fmt: skip
    plans = {one.plan.pk: one.plan for one in _plans(request, where, year)}
    lines = [
        [places.body_name(plans[one.topic.plan_id].body_id), _word(words, "audiences", plans[one.topic.plan_id].audience),
         one.topic.title, _word(words, "forms", one.topic.form), themes_of(words, one.topic.themes), one.topic.due_on,
         "、".join(who.name for who in verbs.leading(one.topic)), one.topic.row.gathering.title if one.topic.row else "",
         str(TOPICS[one.state][1])]
        for one in queries.of_plans(plans=list(plans.values()), on=where.on)
    ]  # fmt: skip
    return taken(request, [Sheet(name, heads, lines)], name=f"{where.plant.name}-{name}-{year}", organ=where.plant.name)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    plan, where = _read(request, pk)
    scope, words, places = scope_of_request(request), lists(where.plant), Places(where.plant, where.on)
    may_plan = queries.may(scope, PLAN, plan)
    deeds = [(word, one) for word, one in DEEDS.items() if may_plan and one.shown(plan)]
    if plan.by_id == scope.account_id:
        deeds = [(word, one) for word, one in deeds if word != "issue"]
    context = {
        "plan": plan,
        "title": _title(plan, words),
        "body": places.body_name(plan.body_id),
        "audience": words.audiences.get(plan.audience),
        "mark": PLANS[plan.state],
        "topics": [
            {
                "one": one, "form": _word(words, "forms", one.topic.form), "themes": themes_of(words, one.topic.themes),
                "state": TOPICS[one.state], "deeds": _on_topic(plan, one) if may_plan else [],
                "missing": [named(text) for text in queries.missing(one)],
            }
            for one in queries.of_plans(plans=[plan], on=where.on)
        ],
        "deeds": deeds,
        "here": where,
        "crumbs": [(gettext("学习教育"), reverse("study") + where.tail), (_title(plan, words), "")],
    }  # fmt: skip
    return render(request, "study/plan.html", context)


@page(verb=PLAN)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, PLAN)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where,
        up=(gettext("学习教育"), reverse("study") + where.tail), places=within(request, where, bodies=PLAN),
        initial={"year": where.on.year}, landing=lambda row: reverse("study_plan", args=[row.pk]) + where.tail,
    )  # fmt: skip


@page(verb=PLAN)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    plan, where = _read(request, pk)
    require(request, PLAN, plan.body)
    title = _title(plan, lists(where.plant))
    up = (title, reverse("study_plan", args=[plan.pk]) + where.tail)
    return deed_page(request, chosen(DEEDS, deed, plan), subject=plan, title=title, where=where, up=up)


@page(verb=PLAN)
def topic(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    row = known(queries.topic_of(scope=scope_of_request(request), pk=pk))
    require(request, PLAN, row.plan.body)
    where = here(request, SEE, of=row.plan.plant)
    found, meetings = chosen(ON_TOPIC, deed, row), laid.upcoming(body=row.plan.body) if deed == "take-up" else []
    if deed == "take-up" and not meetings:
        found = replace(found, says=_("这个党组织和它的党小组还没有排好的会议：先到“会议”里排一次。"))
    up = (_title(row.plan, lists(where.plant)), reverse("study_plan", args=[row.plan_id]) + where.tail)
    return deed_page(request, found, subject=row, title=row.title, where=where, up=up, initial={"meetings": meetings})


def _plans(request: HttpRequest, where: Here, year: int) -> list[queries.Progress]:
    rows = queries.visible(scope_of_request(request)).filter(plant=where.plant, year=year)
    return queries.progress(plans=list(rows.order_by("body__position", "audience")), on=where.on)


def _audiences(found: Iterable[queries.Progress], words: "Education") -> list[tuple[Any, int, Counter[str]]]:
    """Each audience with its plans and the sum of their topics by state."""
    plans: Counter[str] = Counter()
    counts = {code: Counter[str]() for code in words.audiences}
    for one in found:
        if one.plan.audience in counts:
            plans[one.plan.audience] += 1
            counts[one.plan.audience].update(one.count)
    return [(audience, plans[code], counts[code]) for code, audience in words.audiences.items()]


def _on_topic(plan: "StudyPlan", one: queries.Topic) -> Sequence[tuple[str, Deed]]:
    """A topic that is on an agenda is taken up already; one that is done or called off needs nothing."""
    if one.state in (queries.AHEAD, queries.LATE, queries.HELD):
        late = one.state == queries.LATE and plan.state == "issued"
        return [(word, deed) for word, deed in ON_TOPIC.items() if not (late and word == "drop")]
    return []


def _word(words: "Education", name: str, code: str) -> str:
    one = getattr(words, name).get(code)
    return named(one) if one else code


def _title(plan: "StudyPlan", words: "Education") -> str:
    return f"{plan.year} {_word(words, 'audiences', plan.audience)}"


def _read(request: HttpRequest, pk: int) -> "tuple[StudyPlan, Here]":
    plan = known(queries.plan_of(scope=scope_of_request(request), pk=pk))
    return plan, here(request, SEE, of=plan.plant)
