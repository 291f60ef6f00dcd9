"""A member's own page: his duties and targets, his two axes, his points with the record behind each, and what is stored about him."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ronglu.config import clock
from ronglu.config.plant import pack_of, packs
from ronglu.kernel.standing.lift import Lift
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.inbox.rows import row as inbox_row
from ronglu.web.me import forms, stored
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.web.words import pack_of as spoken
from ronglu.work import committees, lifts, points
from ronglu.work.queries import aways, duties, zones
from ronglu.work.queries import lifts as lift_queries
from ronglu.work.queries import me as queries
from ronglu.work.queries import points as point_queries
from ronglu.work.queries.inbox import soonest
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Person, PointEntry

SEE = "scores_of_persons.see"
DUE = 5
MARKS = {"declared": "waiting", "verified": "running", "told": "running", "entered": "good", "reversed": "nothing"}


@dataclass(frozen=True, slots=True)
class AxisShown:
    """One axis as it is drawn: values by month, the baseline as a line, this month's change in words and figures."""

    label: str
    value: Decimal | None
    base: Decimal | None
    delta: Decimal | None
    points: list[Decimal | None]
    missing: str


@page(verb=SEE)
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    where, scope, person = mine_here(request)
    pack, loops = pack_of(where.plant.code), packs().loops
    month = Period.of(where.on, Grain.MONTH)
    lift = lift_queries.of(person, rules=pack.standing.lift, upto=month)
    plan = lift_queries.plan_of(person, year=where.on.year)
    entries = point_queries.mine(me(request), year=where.on.year)
    shown, whole = point_queries.shown(entries, rules=pack.standing.points, year=where.on.year, on=where.on)
    places = Places(where.plant, where.on)
    context = {
        "person": person,
        "member": committees.branch_of(person, on=where.on),
        "duties": _duties(scope, places, person),
        "zones": zones.duties(scope=scope, places=places),
        "due": [inbox_row(one, clock.now()) for one in soonest(scope=scope, loops=loops, at=clock.now(), n=DUE)],
        "targets": _targets(person, where),
        "month": month,
        "plan": plan,
        "notes": list(lift_queries.notes_of(plan)) if plan else [],
        "lift": lift,
        "rules": pack.standing,
        "axes": _axes(lift.months),
        "figures": [(one, _h(one.figure_h)) for one in lift.figures],
        "table": [(stood, [_h(axis.value_h) for axis in stood.axes], [_h(axis.delta_h) for axis in stood.axes]) for stood in lift.months],
        "points": [(one, MARKS[one.entry.state], _h(one.entry.points_h), _h(one.credit.credited_h)) for one in shown],
        "sums": [(one, _h(whole.by_dimension[one.code]), _h(one.cap_h)) for one in pack.standing.points.dimensions.values()],
        "total": _h(whole.total_h),
        "settles": scope.has("lifts.agree"),
        "aways": aways.of_person(person, where.on),
        "for_others": aways.for_others(scope),
        "here": where,
    }  # fmt: skip
    return render(request, "me/page.html", context)


@page(verb=SEE)
def how(request: HttpRequest) -> HttpResponse:
    """怎么算的: every rule behind the figures of the page, with our defaults called so."""
    where = here(request, SEE)
    rules = pack_of(where.plant.code).standing
    sources = [
        (one, _h(one.points_h), _h(one.month_cap_h), rules.points.dimensions[one.dimension], one.fact in points.KEPT)
        for one in rules.points.sources.values()
    ]
    context = {
        "rules": rules, "sources": sources, "grades": [(name, _h(value)) for name, value in rules.lift.grades.items()],
        "caps": [(one, _h(one.cap_h)) for one in rules.points.dimensions.values()],
        "crumbs": [(gettext("我的"), reverse("me")), (gettext("怎么算的"), "")],
    }  # fmt: skip
    return render(request, "me/how.html", context)


@page(verb=SEE)
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    where, _scope, person = mine_here(request)
    context = {
        "stored": [
            (one, [list(zip(stored.heads(one), row, strict=True)) for row in stored.rows(one, plant=where.plant)])
            for one in queries.stored(person)
        ],
        "crumbs": [(gettext("我的"), reverse("me")), (gettext("存了我哪些数据"), "")],
    }
    return render(request, "me/data.html", context)


@page(verb=SEE)
@never_cache
def take(request: HttpRequest, form: str) -> HttpResponse:
    """One's own data, whole, to take away."""
    where, _scope, person = mine_here(request)
    name = f"{person.staff_no}-{where.on}"
    if form == "json":
        response = JsonResponse(dict(queries.as_data(person)), json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    if form == "excel":
        sheets = (
            Sheet(named(one.label), stored.heads(one), stored.rows(one, plant=where.plant))
            for one in queries.stored(person)
        )
        return workbook_of(sheets, name=f"{name}.xlsx")  # type: ignore[return-value]
    raise Http404("只有 json 和 excel 两种")


@page(verb=SEE)
def goals(request: HttpRequest) -> HttpResponse:
    where, _scope, person = mine_here(request)
    plan = lift_queries.plan_of(person, year=where.on.year)
    deed = Deed(
        label=_("写双提升清单"), icon="edit", form=forms.Goals, done=_("已写，等党小组长或支部商定。"),
        says=_("一个能力目标、一个业绩目标、一名导师。商定以后当年不再改。"),
        run=lambda who, **said: lifts.promise(person=who, year=where.on.year, **said),
    )  # fmt: skip
    before = (
        {"ability": plan.ability, "results": plan.results, "mentor": plan.mentor and plan.mentor.staff_no}
        if plan
        else {}
    )
    return _do(request, deed, person, where, initial=before)


@page(verb=SEE)
def claim(request: HttpRequest) -> HttpResponse:
    where, _scope, person = mine_here(request)
    rules = pack_of(where.plant.code).standing.points

    class Form(forms.Claim):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.offer(rules, deducts=False)

    deed = Deed(
        label=_("申报积分"), icon="plus", form=Form, done=_("已申报，等支部核实。"),
        says=_("建议、责任区、攻关、出动、诉求由系统从已验收的记录取数，不用申报；这里只报系统没有记录的。"),
        run=lambda who, **said: points.claim(person=who, rules=rules, **said),
    )  # fmt: skip
    return _do(request, deed, person, where)


@page(verb=SEE)
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    where, scope, _person = mine_here(request)
    entry = point_queries.entry_of(me(request), pk)
    if entry is None:
        raise Http404("没有这一条积分，或不是您的")
    pack = pack_of(where.plant.code)

    def run(one: "PointEntry", **said: Any) -> Any:
        return points.object_to(
            entry=one, rules=pack.standing.points, loop=packs().loops["appeal"], scope=scope, **said
        )

    deed = Deed(
        label=_("提异议"), icon="comment", form=forms.Objection, run=run, done=_("已提出，办到哪一步在这一条旁边看得到。"),
        says=_("作为保密的申诉提出：考核办和厂党委受理，会看到这一条；核实这条积分的人不能核查和裁定。"),
    )  # fmt: skip
    return _do(request, deed, entry, where, title=entry.label)


def _do(
    request: HttpRequest,
    deed: Deed,
    subject: Any,
    where: Here,
    *,
    title: str = "",
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    return perform(
        request, deed, subject=subject, title=title or str(subject), back=reverse("me"), places=Places(where.plant, where.on),
        initial=initial, crumbs=[(gettext("我的"), reverse("me")), (str(deed.label), "")],
    )  # fmt: skip


def mine_here(request: HttpRequest) -> tuple[Here, Any, "Person"]:
    """Where the reader himself belongs, today: a page of oneself has no other plant and no other day."""
    person = me(request).person
    if person is None:
        raise Http404("这个账号不是某个人的")
    where = here(request, SEE, of=person.plant)
    return Here(where.plant, where.plants, clock.today(), True), scope_of_request(request), person


def _duties(scope: Any, places: Places, person: "Person") -> list[tuple[str, str, str]]:
    """Of each duty beside his work: what it is called, in whose name, where."""
    roles = packs().base.duties
    mine = [one for one in duties.holders(scope=scope, places=places) if one.person.pk == person.pk]
    return [(named(roles[d.role]), one.body, d.area) for one in mine for d in one.duties if d.role in roles]


def _targets(person: "Person", where: Here) -> list[tuple[str, str, str, str]]:
    """Indicator, value so far, plan and unit of measure."""
    known = spoken(where.plant.code).indicators
    rows = queries.targets(person, month=Period.of(where.on, Grain.MONTH), on=where.on)
    return [
        (known[one.indicator].name, one.value, one.plan, known[one.indicator].unit)
        for one in rows
        if one.indicator in known
    ]


def _axes(months: tuple[Lift, ...]) -> list[AxisShown]:
    if not months:
        return []
    now = months[-1]
    return [
        AxisShown(
            label=named(axis.axis), value=_h(axis.value_h), base=_h(axis.base_h), delta=_h(axis.delta_h),
            points=[_h(month.axes[place].value_h) for month in months], missing=named(axis.missing),
        )
        for place, axis in enumerate(now.axes)
    ]  # fmt: skip


def _h(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-2)
