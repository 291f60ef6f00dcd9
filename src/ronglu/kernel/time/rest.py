"""What forbids a roster under a clock: a shift without exactly one crew, or less than twelve hours of rest."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.kernel.time.clock import hours_of, plain

if TYPE_CHECKING:
    from ronglu.kernel.time.roster import Roster

LEAST_REST = timedelta(hours=12)


def roster_problems(roster: "Roster", calendar: Calendar) -> list[str]:
    """Each problem once, by the roster's name, under every clock in force while the roster holds."""
    found = list(_own(roster))
    for rule in _rules_met(roster, calendar):
        found += [*_coverage(roster, rule), *_rest(roster, rule)]
    return list(dict.fromkeys(found))


def _own(roster: "Roster") -> Iterator[str]:
    if len(set(roster.crews)) != len(roster.crews):
        yield f"轮班表“{roster.code}”：班组名称重复"
    if roster.until_on is not None and roster.until_on <= roster.from_on:
        yield f"轮班表“{roster.code}”：截止日 {roster.until_on} 应晚于起始日 {roster.from_on}"


def _rules_met(roster: "Roster", calendar: Calendar) -> Iterator[CalendarRule]:
    ends = [rule.from_on for rule in calendar.rules[1:]] + [None]
    for no, (rule, rule_ends) in enumerate(zip(calendar.rules, ends, strict=True)):
        begun = no == 0 or roster.until_on is None or rule.from_on < roster.until_on
        if begun and (rule_ends is None or roster.from_on < rule_ends):
            yield rule


def _coverage(roster: "Roster", rule: CalendarRule) -> Iterator[str]:
    names = {shift.no: shift.name for shift in rule.shifts}
    for no in sorted({no for no in roster.cycle if no is not None and no not in names}):
        yield f"轮班表“{roster.code}”：循环里有第 {no} 班，{rule.from_on} 起的日历只有 {len(names)} 个班"
    alone = len(roster.crews) == 1
    for days in range(len(roster.cycle)):
        for no, name in names.items():
            crews = [crew for i, crew in enumerate(roster.crews) if roster.cycle[roster.position(days, i)] == no]
            if len(crews) > 1 or not (crews or alone):
                who = "、".join(crews) or "没有班组"
                yield f"轮班表“{roster.code}”：循环第 {days + 1} 天{name}班应恰有一个班组，现在是{who}"


def _rest(roster: "Roster", rule: CalendarRule) -> Iterator[str]:
    """From the end of each shift of the cycle to the start of the next; every crew goes through the same cycle."""
    shifts = {shift.no: shift for shift in rule.shifts}
    stands = [(days, shifts[no]) for days, no in enumerate(roster.cycle * 2) if no is not None and no in shifts]
    for (one_day, one), (two_day, two) in pairwise(stands):
        rest = _begins(rule, two_day, two) - _begins(rule, one_day, one) - one.length
        if rest < LEAST_REST:
            yield (
                f"轮班表“{roster.code}”：{one.name}班下班到{two.name}班上班只隔 {plain(hours_of(rest))} 小时，"
                f"少于 {plain(hours_of(LEAST_REST))} 小时；"
                f"请检查循环的顺序是否与生产日从 {rule.day_starts:%H:%M} 开始相符"
            )


def _begins(rule: CalendarRule, days: int, shift: ShiftTime) -> datetime:
    before = sum((s.length for s in rule.shifts if s.no < shift.no), timedelta(0))
    return rule.starts_at(rule.from_on + timedelta(days=days)) + before
