"""班组、对标、成效、纪录、安全: what stands beside output, from what other boards have stored."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import Q

from ronglu.boards.benchmark import read as benchmarks
from ronglu.boards.brief.ground import Ground, Notes
from ronglu.boards.brief.output import quantity, stored
from ronglu.boards.indicator.read import lines_of
from ronglu.kernel.brief import words
from ronglu.kernel.loops.loop import Phase
from ronglu.kernel.measure.effect import Word
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Case, Effect, EffectState, Record
from ronglu.work import closings

GRAINS = {Grain.SHIFT: "班", Grain.DAY: "日", Grain.WEEK: "周", Grain.MONTH: "月"}
MOST = 12
"""Records told one by one; of the rest only how many there are."""
ONE = dt.timedelta(days=1)


def state(on: Ground, notes: Notes) -> None:
    notes.say("month_state", "closed" if closings.is_closed(plant=on.plant, month=on.month) else "open")


def crews(on: Ground, notes: Notes) -> None:
    """Teams, each against its own part of the plan; never persons, and no order of merit."""
    for unit in on.lines:
        lead = next(iter(on.leads(unit)), None)
        teams = [int(one.id) for one in on.view.children(unit) if one.kind == "crew"]
        if lead is None or not teams:
            continue
        told = lines_of(around=on.around, units=teams, period=on.period, only=[lead.code])
        for team in teams:
            if told[team]:
                quantity(on, notes, "crew", lead, told[team][0], team)


def bench(on: Ground, notes: Notes) -> None:
    """Where the plant stands furthest from its benchmarks, in per cent of them."""
    found = benchmarks.lines(
        around=on.around, unit=on.top, period=on.period, crews=(), sisters=(), energy=on.books.energy
    )  # fmt: skip
    far = benchmarks.weakest(found, most=on.books.rules.bench)
    for line in far or [one for one in found if one.aim and one.missing is not None][: on.books.rules.bench]:
        assert line.value is not None and line.aim is not None
        one, mark = line.indicator, Decimal(line.aim.value)
        figures = {"实际": stored(on, notes, "实际", one, line.value, on.top)}
        figures["标杆值"] = notes.figure(
            f"{one.name}标杆", mark, one, on.name(on.top), "benchmark", row=line.aim.pk, dated_on=str(line.aim.dated_on)
        )  # fmt: skip
        notes.say(
            "bench", "gap" if line in far else "reached", figures, 指标=one.name, 实际=words.amount(one, line.value),
            标杆=line.aim.get_tier_display(), 标杆值=words.amount(one, mark), 差=words.apart(one, line.value, mark),
            差率=words.percent(abs(line.percent)) if line.percent is not None else "",
        )  # fmt: skip
    if not any(one.aim for one in found):
        notes.say("bench", "none")


def effects(on: Ground, notes: Notes) -> None:
    """Windows that ended in the month and were judged."""
    rows = Effect.objects.filter(
        plant=on.plant, state=EffectState.JUDGED, until_on__gt=on.span[0], until_on__lte=on.last + ONE
    )
    listed = [row for row in rows.order_by("until_on", "pk") if row.unit_id in on.view.nodes]
    for row in listed:
        one = on.books.indicators.get(row.indicator)
        notes.say(
            "effect", "judged", 事项=row.title, 单元=on.name(row.unit_id), 指标=one.name if one else row.indicator,
            结论=Word(row.word).label + ("" if row.beforehand else "（事后选定，只作参考）"),
        )  # fmt: skip
    if not listed:
        notes.say("effect", "none")


def records(on: Ground, notes: Notes) -> None:
    """Records that stand, set in the span; a month leaves those of single shifts out."""
    rows = Record.objects.filter(plant=on.plant, span="ever", standing=True, day__range=on.span).exclude(previous="")
    if on.period.grain is Grain.MONTH:
        rows = rows.exclude(grain=Grain.SHIFT.value)
    listed = [
        row
        for row in rows.order_by("day", "unit__position", "unit__code", "indicator", "grain")
        if row.indicator in on.books.indicators and row.unit_id in on.view.nodes
    ]
    for row in listed[:MOST]:
        one = on.books.indicators[row.indicator]
        figure = notes.figure(
            f"{one.name}新纪录", Decimal(row.value), one, on.name(row.unit_id), "record", unit=row.unit_id, grain=row.grain,
            period=row.period,
        )  # fmt: skip
        notes.say(
            "record", "broken", {"新纪录": figure}, 单元=on.name(row.unit_id), 指标=one.name, 粒度=GRAINS[Grain(row.grain)],
            时段=spoken(Period.parse(row.period)), 新纪录=words.amount(one, Decimal(row.value)),
            原纪录=words.amount(one, Decimal(row.previous)), 超出=words.apart(one, Decimal(row.value), Decimal(row.previous)),
        )  # fmt: skip
    if len(listed) > MOST:
        notes.say("record", "more", 件数=str(len(listed) - MOST))
    if not listed:
        notes.say("record", "none")


def hazards(on: Ground, notes: Notes, at: dt.datetime) -> None:
    """How many, and how many late, at the moment of making; whose they are nobody is told here."""
    high = Q()
    for name, values in on.books.rules.high.items():
        high |= Q(**{f"data__{name}__in": list(values)})
    rows = Case.objects.filter(high, plant=on.plant, loop="hazard", raised_at__lt=at)
    open_ = rows.exclude(phase__in=[Phase.CLOSED.value, Phase.DROPPED.value])
    dues = list(open_.values_list("due_at", flat=True)) if high else []
    if not dues:
        notes.say("hazard", "none")
        return
    late = sum(1 for due in dues if due is not None and due < at)
    figure = notes.count("没有闭环的高等级隐患", len(dues), "件", on.name(on.top), "case", loop="hazard")
    notes.say("hazard", "open", {"件数": figure}, 件数=str(len(dues)), 超期=str(late) if late else "")


def spoken(period: Period) -> str:
    """3 月 20 日, 3 月 20 日 2 班, 2026 年第 12 周, 2026 年 3 月."""
    on = period.first
    if period.grain is Grain.WEEK:
        year, week, _ = on.isocalendar()
        return f"{year} 年第 {week} 周"
    if period.grain is Grain.MONTH:
        return f"{on.year} 年 {on.month} 月"
    return f"{on.month} 月 {on.day} 日" + (f" {period.no} 班" if period.grain is Grain.SHIFT else "")
