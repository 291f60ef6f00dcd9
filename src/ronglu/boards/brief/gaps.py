"""偏差与停机: the lines furthest behind their plans with the reasons picked at hand-over, and what stood still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from ronglu.boards.brief.ground import Ground, Notes
from ronglu.boards.brief.output import stored, whole
from ronglu.boards.handover.read import Stood, stood
from ronglu.boards.indicator.derive import ADDITIVE
from ronglu.boards.indicator.read import Line, attention, lines_of
from ronglu.kernel.brief import words
from ronglu.kernel.measure.halts import StopBook
from ronglu.kernel.time.period import Grain
from ronglu.store.models import Handover, Won

Reasons = Mapping[tuple[int, str], Counter[str]]


def tell(on: Ground, notes: Notes) -> None:
    told = lines_of(around=on.around, units=on.lines, period=on.period)
    halts = halts_of(on)
    _unread(on, notes, told)
    _behind(on, notes, told, halts)
    _lost(on, notes)
    _halts(on, notes, halts)


def halts_of(on: Ground) -> Mapping[int, tuple[Stood, ...]]:
    """Of the lines, minutes inside the span; one that still runs is counted to the end of it."""
    first, last = on.calendar.bounds(on.span[0])[0], on.calendar.bounds(on.last)[1]
    return stood(on.lines, first=first, last=last)


def because(halts: Sequence[Stood], book: StopBook) -> str:
    """机械故障 95 分钟、停电 20 分钟: the longest first."""
    minutes: Counter[str] = Counter()
    for one in halts:
        reason = book.reason(one.halt.reason)
        minutes[reason.zh if reason else one.halt.reason] += one.minutes
    return "、".join(
        f"{name} {count} 分钟" for name, count in sorted(minutes.items(), key=lambda row: (-row[1], row[0]))
    )


def _unread(on: Ground, notes: Notes, told: Mapping[int, Sequence[Line]]) -> None:
    """Of a line the indicator that was read worst; a line of which nothing came at all owes the whole span."""
    if on.period.grain is not Grain.DAY:
        return
    reporting = frozenset(unit for units in on.readers.values() for unit in units)
    for unit in on.lines:
        worst = max(told[unit], key=_lacks, default=None)
        if worst is None and unit in reporting:
            owed = on.slots(on.expected(1))
            notes.say("unread", "missing", 单元=on.name(unit), 未报=owed, 应报=owed)
        elif worst is not None and worst.covered < worst.expected:
            lack, owed = (on.slots(n, worst.indicator) for n in (worst.expected - worst.covered, worst.expected))
            notes.say("unread", "missing", 单元=on.name(unit), 未报=lack, 应报=owed)


def _lacks(line: Line) -> Fraction:
    """The share of it that is missing: an hour is no shift."""
    return Fraction(line.expected - line.covered, line.expected) if line.expected else Fraction(0)


def _behind(
    on: Ground, notes: Notes, told: Mapping[int, Sequence[Line]], halts: Mapping[int, Sequence[Stood]]
) -> None:  # fmt: skip
    """Only what was read whole is called behind."""
    place = {id(line): unit for unit in on.lines for line in told[unit]}
    read = [line for unit in on.lines for line in told[unit] if whole(line)]
    behind = [one for one in attention(read) if one.plan is not None][: on.books.rules.gaps]
    if not behind:
        if any(line.plan is not None for line in read):
            notes.say("gap", "none")
        return
    reasons = _reasons(on)
    for line in behind:
        assert line.value is not None and line.plan is not None
        one, unit = line.indicator, place[id(line)]
        figures = {
            word: stored(on, notes, word, one, value, unit)
            for word, value in (("实际", line.value), ("计划", line.plan))
        }
        minutes = sum(halt.minutes for halt in halts.get(unit, ())) if one.rollup in ADDITIVE else 0
        notes.say(
            "gap", "behind", figures, 单元=on.name(unit), 指标=one.name, 实际=words.amount(one, line.value),
            计划=words.amount(one, line.plan), 差=words.apart(one, line.value, line.plan),
            差率=words.rate(line.value, line.plan), 原因=_picked(reasons.get((unit, one.code)), on.books.stops),
            停机=f"{minutes} 分钟" if minutes else "",
        )  # fmt: skip


def _reasons(on: Ground) -> Reasons:
    """What crews picked when they handed over; one query."""
    found: dict[tuple[int, str], Counter[str]] = {}
    rows = Handover.objects.filter(unit_id__in=on.lines, day__range=on.span).exclude(reason="")
    for unit, code, reason in rows.values_list("unit_id", "indicator", "reason"):
        found.setdefault((unit, code), Counter())[reason] += 1
    return found


def _picked(counted: Counter[str] | None, book: StopBook) -> str:
    """待料（2 班）、停电（1 班）: what was picked most often first."""
    listed = sorted((counted or Counter()).items(), key=lambda row: (-row[1], row[0]))
    named = [(reason.zh if (reason := book.reason(code)) else code, times) for code, times in listed]
    return "、".join(f"{name}（{times} 班）" for name, times in named)


def _lost(on: Ground, notes: Notes) -> None:
    """Shifts that handed over without their plan, line by line, with what they picked as the reason; one query."""
    rows = Handover.objects.filter(unit_id__in=on.lines, day__range=on.span, won=Won.LOST)
    shifts, reasons = Counter[int](), dict[int, Counter[str]]()
    for unit, reason in rows.values_list("unit_id", "reason"):
        shifts[unit] += 1
        if reason:
            reasons.setdefault(unit, Counter())[reason] += 1
    for unit in on.lines:
        if shifts[unit]:
            picked = _picked(reasons.get(unit), on.books.stops)
            notes.say("lost", "lost", 单元=on.name(unit), 次数=str(shifts[unit]), 原因=picked)


def _halts(on: Ground, notes: Notes, halts: Mapping[int, Sequence[Stood]]) -> None:
    if not any(halts.values()):
        notes.say("halt", "none")
    for unit in on.lines:
        over = [one for one in halts.get(unit, ()) if not one.running]
        if over:
            notes.say(
                "halt", "stopped", _minutes(on, notes, unit, over), 单元=on.name(unit), 次数=str(len(over)),
                时长=f"{sum(one.minutes for one in over)} 分钟", 原因=because(over, on.books.stops),
            )  # fmt: skip
        for one in halts.get(unit, ()):
            if one.running:
                reason = on.books.stops.reason(one.halt.reason)
                notes.say(
                    "halt", "running", _minutes(on, notes, unit, [one]), 单元=on.name(unit), 起=f"{one.halt.starts_at:%m-%d %H:%M}",
                    时长=f"{one.minutes} 分钟", 原因=reason.zh if reason else one.halt.reason,
                )  # fmt: skip


def _minutes(on: Ground, notes: Notes, unit: int, halts: Sequence[Stood]) -> dict[str, int]:
    figure = notes.count(
        "停机时长", sum(one.minutes for one in halts), "分钟", on.name(unit), "halt", unit=unit,
        period=str(on.period), rows=",".join(str(one.halt.pk) for one in halts),
    )  # fmt: skip
    return {"时长": figure}
