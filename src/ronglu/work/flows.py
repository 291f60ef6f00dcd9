"""上下工序衔接: edges of the process graph from a day on, and the month's word of whoever leads the receiving unit alone."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.named_codes import NamedCode
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.span import Span
from ronglu.kernel.org.tree import View
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import span, unit_tree
from ronglu.store.models import Account, Flow, FlowWord, Plant, Satisfaction, Unit, UnitKind
from ronglu.store.values import workdays_of
from ronglu.work import audits, closings, dated
from ronglu.work.holdings import holdings_of
from ronglu.work.names import name_of
from ronglu.work.scope import Reach, Scope

JUDGE = "flows.judge"
KINDS = (UnitKind.WORKSHOP, UnitKind.OFFICE, UnitKind.LINE, UnitKind.STEP)
ONE = dt.timedelta(days=1)
LOWEST, HIGHEST, POOR = 1, 5, 2
"""Marks of an aspect; `POOR` or less says that something is to be put right."""
CLOSES = 18
"""Working days after the month's end on which its words stand for good (09-21)."""


class BadFlow(OrgTrouble):
    """工序衔接不能这样办。"""


@transaction.atomic
def connect(*, source: Unit, target: Unit, what: str, on: dt.date, by: Account | None, at: dt.datetime) -> Flow:
    """From `on` the one hands `what` to the other."""
    # held: two edges laid at once must not close a circle that neither of them sees
    plant = Plant.objects.select_for_update().get(pk=source.plant_id)
    if not what.strip():
        raise BadFlow("请写明上道工序交什么，如 阳极板、冰铜")
    _require_apart(plant, source, target, on)
    _require_free(source, target, on)
    if circle := _circle(source, target, Span(on), _edges(plant)):
        names = " → ".join(name_of(unit, on) for unit in circle)
        raise BadFlow(f"这样会成环：{names}。返回的物料请用质量反馈说明，不画成衔接")
    flow = Flow.objects.create(plant=plant, source=source, target=target, what=what.strip(), from_on=on)
    _note("connect", flow, by=by, at=at, on=str(on), what=flow.what)
    return flow


@transaction.atomic
def close(*, flow: Flow, on: dt.date, by: Account, at: dt.datetime) -> None:
    """No longer handed over from `on`; what was said of the months before stays. One that never held is taken out."""
    row = Flow.objects.select_for_update().get(pk=flow.pk)
    if row.until_on is not None:
        raise BadFlow(f"{said(row)}的衔接已到 {row.last_on} 为止")
    spoken = row.words.order_by("-month").values_list("month", flat=True).first()
    if spoken and (first := max(Period.from_yyyymm(spoken).first, row.from_on)) >= on:
        raise BadFlow(f"{Period.from_yyyymm(spoken)} 已经有评价，撤销的日子应在 {first} 之后")
    _note("close", row, by=by, at=at, on=str(on))
    dated.end(row, on=on)


@transaction.atomic
def judge(
    *,
    flow: Flow,
    month: Period,
    marks: Mapping[str, int],
    aspects: Sequence[NamedCode],
    by: Account,
    at: dt.datetime,
    scope: Scope,
    reason: str = "",
) -> FlowWord:
    """Every aspect from 1 to 5, once an edge and month; said again before the month is closed, what was said stays to be read."""
    row = Flow.objects.select_for_update().select_related("plant", "source", "target").get(pk=flow.pk)
    _require_month(row, month, at.date())
    if why := Judge.of(by, scope, plant=row.plant).why_not(row):
        raise BadFlow(why)
    marks = _marked(marks, aspects)
    word, reason = word_of(marks), reason.strip()
    if word == Satisfaction.UNSATISFIED and not reason:
        raise BadFlow(f"有评 {POOR} 分以下的，请写明哪里不满意，上道工序才知道改什么")
    before = row.words.filter(month=month.yyyymm).order_by("no").last()
    if before is not None and (before.marks, before.reason) == (marks, reason):
        raise BadFlow("和现在的评价一样，没有改动")
    assert by.person is not None
    made = FlowWord.objects.create(
        flow=row, month=month.yyyymm, no=before.no + 1 if before else 1, word=word, marks=marks, reason=reason,
        person=by.person, by=by, at=at,
    )  # fmt: skip
    _note("judge", row, by=by, at=at, month=str(month), word=word, marks=marks, no=made.no, reason=reason)
    return made


def word_of(marks: Mapping[str, int]) -> Satisfaction:
    """The lowest mark decides: four good aspects do not make up for one that hurts."""
    lowest = min(marks.values())
    if lowest <= POOR:
        return Satisfaction.UNSATISFIED
    return Satisfaction.SATISFIED if lowest > POOR + 1 else Satisfaction.FAIR


def closes_on(plant: Plant, *months: Period) -> dict[Period, dt.date]:
    """The last day on which each month's word may be given or changed: the day before the month was closed, if that
    came sooner."""
    workdays, closed = workdays_of(plant), closings.closed_on(plant=plant, months=months)
    ends = {month: workdays.add_workdays(month.last, CLOSES) for month in months}
    return {month: min(end, closed[month] - ONE) if month in closed else end for month, end in ends.items()}


@dataclass(frozen=True)
class Judge:
    """For which units an account may speak on a day, and where its person himself works."""

    person: bool
    reach: Reach
    works: frozenset[int]
    view: View

    @classmethod
    def of(cls, by: Account, scope: Scope, *, plant: Plant, view: View | None = None) -> "Judge":
        held = holdings_of(by, on=scope.on)
        works = {one.unit_id for one in held if one.for_person is None and one.unit_id is not None}
        return cls(
            by.person_id is not None, scope.reach(JUDGE), frozenset(works), view or unit_tree(plant).at(scope.on)
        )

    def why_not(self, flow: Flow) -> str:
        """Neither the delivering side nor who leads both: he would judge himself. Empty where he may."""
        source, target = self._name(flow.source_id), self._name(flow.target_id)
        if not self.person:
            return "评价要由本人账号给出"
        if self._leads(flow, flow.source_id):
            return f"您也负责上道工序“{source}”，须由只负责下道工序“{target}”的人评"
        if self.works & self.view.subtree(flow.source_id):
            return f"您在上道工序“{source}”任职，不能替下道工序评"
        if not self._leads(flow, flow.target_id):
            return f"由下道工序“{target}”的负责人评，您不在其列"
        return ""

    def receives(self, flow: Flow) -> bool:
        """Whether he has to do with what is handed over: he works at the receiving side, or speaks for it."""
        return bool(self.works & self.view.subtree(flow.target_id)) or not self.why_not(flow)

    def delivers(self, flow: Flow) -> bool:
        """Whether he works at the delivering side, or leads it."""
        return bool(self.works & self.view.subtree(flow.source_id)) or self._leads(flow, flow.source_id)

    def _leads(self, flow: Flow, unit: int) -> bool:
        return self.reach.holds(plant=flow.plant_id, unit=unit, body=None)

    def _name(self, unit: int) -> str:
        return self.view.nodes[unit].name if unit in self.view else str(unit)


def _marked(marks: Mapping[str, int], aspects: Sequence[NamedCode]) -> dict[str, int]:
    """In the order declared: a mark for each aspect and for nothing else."""
    if missing := [one.zh for one in aspects if one.code not in marks]:
        raise BadFlow(f"还没有评{'、'.join(missing)}")
    known = {one.code: one.zh for one in aspects}
    if unknown := [code for code in marks if code not in known]:
        raise BadFlow(f"没有{'、'.join(unknown)}这个方面，应评{'、'.join(known.values())}")
    for code, mark in marks.items():
        if isinstance(mark, bool) or not isinstance(mark, int) or not LOWEST <= mark <= HIGHEST:
            raise BadFlow(f"{known[code]}应评 {LOWEST} 到 {HIGHEST} 分")
    return {code: marks[code] for code in known}


def said(flow: Flow, on: dt.date | None = None) -> str:
    day = on or flow.from_on
    return f"{name_of(flow.source, day)} → {name_of(flow.target, day)}"


def _require_apart(plant: Plant, source: Unit, target: Unit, on: dt.date) -> None:
    if source.pk == target.pk:
        raise BadFlow("上道工序和下道工序不能是同一个单位")
    if target.plant_id != plant.pk:
        raise BadFlow("上下道工序应在同一个厂")
    view = unit_tree(plant).at(on)
    for unit in (source, target):
        if unit.pk not in view:
            raise BadFlow(f"{name_of(unit, on)}在 {on} 不存在")
        if unit.kind not in KINDS:
            raise BadFlow(f"“{name_of(unit, on)}”是{unit.get_kind_display()}，衔接只画在车间、产线、工序、科室之间")
    for outer, inner in ((source, target), (target, source)):
        if inner.pk in view.subtree(outer.pk):
            raise BadFlow(f"“{name_of(inner, on)}”在“{name_of(outer, on)}”里面，不成上下道")


def _require_free(source: Unit, target: Unit, on: dt.date) -> None:
    """A month has one edge of a pair and so one word: a second one begins in a later month."""
    month = Period.day(on).up(Grain.MONTH)
    other = Flow.objects.filter(source=source, target=target, until_on=None).first()
    other = other or Flow.objects.filter(source=source, target=target, until_on__gt=month.first).first()
    if other is not None:
        until = f"到 {other.last_on}" if other.last_on else "至今"
        raise BadFlow(f"{said(other)}的衔接从 {other.from_on} {until}，与新的一条重叠；同一个月只有一条")


def _edges(plant: Plant) -> list[Flow]:
    return list(Flow.objects.filter(plant=plant).select_related("source", "target"))


def _circle(source: Unit, target: Unit, held: Span, edges: Iterable[Flow]) -> tuple[Unit, ...]:
    """A way from the target back to the source along edges that hold on a common day, with the new edge before it."""
    out: dict[int, list[Flow]] = {}
    for flow in edges:
        out.setdefault(flow.source_id, []).append(flow)
    way = next(_ways(target.pk, source.pk, held, out, frozenset({target.pk})), None)
    return (source, target, *way) if way is not None else ()


def _ways(
    here: int, goal: int, held: Span, out: dict[int, list[Flow]], seen: frozenset[int]
) -> Iterator[tuple[Unit, ...]]:
    for flow in out.get(here, ()):
        common = held.common(span(flow))
        if common is None or flow.target_id in seen:
            continue
        if flow.target_id == goal:
            yield (flow.target,)
        else:
            rest = _ways(flow.target_id, goal, common, out, seen | {flow.target_id})
            yield from ((flow.target, *way) for way in rest)


def _require_month(flow: Flow, month: Period, today: dt.date) -> None:
    if month.grain is not Grain.MONTH or not Flow.objects.filter(pk=flow.pk).within(month.first, month.last).exists():  # type: ignore[attr-defined]
        raise BadFlow(f"{month} 里没有这条衔接")
    if today < month.first:
        raise BadFlow(f"{month} 还没有开始")
    if closings.is_closed(plant=flow.plant, month=month):
        raise BadFlow(f"{month} 已关账，评价已经定了，不能再改")
    if today > (last := closes_on(flow.plant, month)[month]):
        raise BadFlow(f"{month} 的评价到 {last} 为止，已经定了，不能再改")


def _note(verb: str, flow: Flow, *, by: Account | None, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"flows.{verb}", by=by, at=at, subject=said(flow), plant=flow.plant, detail=detail)
