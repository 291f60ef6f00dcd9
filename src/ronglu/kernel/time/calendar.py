"""The plant calendar: dated clocks merged into one; which production day, shift and statistical month holds what."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from ronglu.kernel.time.changeover import slots_of
from ronglu.kernel.time.clock import CalendarRule, ShiftTime, Slot, hours_of, plain
from ronglu.kernel.time.errors import CalendarError
from ronglu.kernel.time.period import Grain, Period

__all__ = ["Calendar", "CalendarRule", "ShiftTime", "Slot", "WeekPart"]

_ONE = timedelta(days=1)


class WeekPart(NamedTuple):
    """The days of a week that lie inside a month: 周保月 counts these."""

    week: Period
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Calendar:
    """Rules in any order; each holds from its first production day to the next rule, the earliest also before.

    Ask `problems()` before using declared rules: the answers below are only right for a calendar without any.
    """

    rules: tuple[CalendarRule, ...]
    _starts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _floors: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _slots: dict[date, tuple[Slot, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _firsts: dict[int, date] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if not self.rules:
            raise CalendarError("日历至少要有一条规则")
        rules = tuple(sorted(self.rules, key=lambda rule: rule.from_on))
        object.__setattr__(self, "rules", rules)
        object.__setattr__(self, "_starts", tuple(rule.from_on for rule in rules))
        object.__setattr__(self, "_floors", tuple(_floors(rules)))

    def rule_on(self, day: date) -> CalendarRule:
        return self.rules[self._rule_no(day)]

    def day_of(self, at: datetime) -> date:
        """The production day that contains an instant."""
        day = at.date()
        if at < self._starts_at(day):
            return day - _ONE
        return day + _ONE if at >= self._starts_at(day + _ONE) else day

    def shift_of(self, at: datetime) -> tuple[date, int]:
        """Production day and shift number that contain an instant."""
        day = self.day_of(at)
        for slot in self.slots(day):
            if slot.starts_at <= at < slot.ends_at:
                return day, slot.no
        raise CalendarError(f"{at:%Y-%m-%d %H:%M} 不在任何班次内：{'；'.join(self.problems())}")

    def bounds(self, day: date, no: int | None = None) -> tuple[datetime, datetime]:
        """First instant and the instant after the last, of a production day or of one of its shifts."""
        if no is None:
            return self._starts_at(day), self._starts_at(day + _ONE)
        slot = self.slot(day, no)
        return slot.starts_at, slot.ends_at

    def slot(self, day: date, no: int) -> Slot:
        slots = self.slots(day)
        if not 1 <= no <= len(slots):
            raise CalendarError(f"{day} 只有 {len(slots)} 个班，没有第 {no} 班")
        return slots[no - 1]

    def shift_name(self, day: date, no: int) -> str:
        """What the plant calls a shift, before 班: 夜, 白, 中; its number where the day has no such shift."""
        slots = self.slots(day)
        return slots[no - 1].name.removesuffix("班") if 1 <= no <= len(slots) else str(no)

    def slots(self, day: date) -> tuple[Slot, ...]:
        """The shifts of a production day with their instants, in order."""
        found = self._slots.get(day)
        if found is None:
            ends_at = self._starts_at(day + _ONE)
            found = slots_of(day, self.rule_on(day), ends_at, self.rule_on(day + _ONE))
            self._slots[day] = found
        return found

    def shifts_on(self, day: date) -> tuple[ShiftTime, ...]:
        """As `slots`, as clock times and hours; on the last day before a change they may differ from the rule's."""
        return tuple(ShiftTime(slot.no, slot.name, slot.starts_at.time(), slot.hours) for slot in self.slots(day))

    def step(self, shift: Period, n: int) -> Period:
        """The n-th shift after (before, if negative) a shift; days have as many shifts as their clock says."""
        day, no = shift.first, shift.no + n
        self.slot(day, shift.no)
        while no < 1:
            day -= _ONE
            no += len(self.slots(day))
        while no > len(self.slots(day)):
            no -= len(self.slots(day))
            day += _ONE
        return Period.shift(day, no)

    def month_of(self, day: date) -> Period:
        """The statistical month of a production day."""
        return Period(Grain.MONTH, self._month_index(day))

    def period_of(self, day: date, grain: Grain) -> Period:
        """The period of a grain that holds a production day: whole weeks, statistical months, quarters, years."""
        if grain in (Grain.SHIFT, Grain.DAY, Grain.WEEK):
            return Period.of(day, grain)
        return self.month_of(day).up(grain)

    def days_of(self, period: Period) -> tuple[date, date]:
        """First and last production day, inclusive; a quarter, half or year consists of its statistical months."""
        if period.grain in (Grain.SHIFT, Grain.DAY, Grain.WEEK):
            return period.first, period.last
        months = period.down(Grain.MONTH)
        return self._first_of(months[0].index), self._first_of(months[-1].index + 1) - _ONE

    def span(self, period: Period) -> tuple[datetime, datetime]:
        """First instant and the instant after the last, of any period."""
        if period.grain is Grain.SHIFT:
            return self.bounds(period.first, period.no)
        first, last = self.days_of(period)
        return self._starts_at(first), self._starts_at(last + _ONE)

    def children(self, period: Period, grain: Grain) -> tuple[Period, ...]:
        """The periods of a finer grain that tile a period by this calendar: statistical months, shifts of the clock."""
        if grain is Grain.SHIFT and period.grain is not Grain.SHIFT:
            days = self.children(period, Grain.DAY)
            return tuple(Period.shift(day.first, slot.no) for day in days for slot in self.slots(day.first))
        if grain is Grain.DAY and period.grain not in (Grain.SHIFT, Grain.DAY):
            first, last = (day.toordinal() for day in self.days_of(period))
            return tuple(Period(Grain.DAY, ordinal) for ordinal in range(first, last + 1))
        return period.down(grain)

    def weeks_in(self, month: Period) -> tuple[WeekPart, ...]:
        """The weeks that touch a statistical month, each with its days inside the month."""
        first, last = self.days_of(month)
        week, parts = Period.week(first), []
        while week.first <= last:
            begin, end = max(first, week.first), min(last, week.last)
            parts.append(WeekPart(week, begin, end, (end - begin).days + 1))
            week += 1
        return tuple(parts)

    def note(self, month: Period) -> str:
        """What a change of rules did to the length of a month, for print; empty when it did nothing."""
        first, last = self.days_of(month)
        rule = self.rule_on(last)
        own = Calendar((rule,))
        usual_first, usual_last = own.days_of(month)
        begins, ends = self.span(month)
        hours = hours_of(ends - begins) - 24 * ((last - first).days + 1)
        if (first, last) == (usual_first, usual_last) and not hours:
            return ""
        days, usual = (last - first).days + 1, (usual_last - usual_first).days + 1
        text = f"{month.label}自 {first} 至 {last}，共 {days} 天{_against(days, usual)}"
        if hours:
            text += f"；因生产日起点改变，{'多' if hours > 0 else '少'} {plain(abs(hours))} 小时"
        return f"{text}。{self._changes(first, last)}"

    def problems(self) -> list[str]:
        """Everything wrong with the declared rules, in Chinese; empty when the calendar may be used."""
        found = [text for rule in self.rules for text in rule.problems()]
        for one, two in pairwise(self.rules):
            if one.from_on == two.from_on:
                found.append(f"两条日历规则都从 {one.from_on} 起：每条规则应从不同的日期起")
        return found

    def _changes(self, first: date, last: date) -> str:
        """The changes that touch a month: those that begin in it or on the day after it."""
        told = [r.from_on for r in self.rules[1:] if first <= r.from_on <= last + _ONE]
        return f"日历自 {'、'.join(str(day) for day in told)} 起改变。" if told else ""

    def _rule_no(self, day: date) -> int:
        return max(bisect_right(self._starts, day) - 1, 0)

    def _starts_at(self, day: date) -> datetime:
        return self.rule_on(day).starts_at(day)

    def _month_index(self, day: date) -> int:
        no = self._rule_no(day)
        return max(self._floors[no], self.rules[no].month_index(day))

    def _first_of(self, index: int) -> date:
        """First production day of a statistical month: it lies between the 16th of the month before and the 15th."""
        found = self._firsts.get(index)
        if found is None:
            year, month = divmod(index, 12)
            low = (date(year, month + 1, 1) - timedelta(days=16)).toordinal()
            found = date.fromordinal(
                bisect_left(range(low, low + 32), index, key=lambda n: self._month_index(date.fromordinal(n))) + low
            )
            self._firsts[index] = found
        return found


def _floors(rules: tuple[CalendarRule, ...]) -> Iterator[int]:
    """A new rule must not fall back into a month that is over: its days stay in the month the old rule had reached."""
    floor = 0
    yield floor
    for one, two in pairwise(rules):
        floor = max(floor, one.month_index(two.from_on - _ONE))
        yield floor


def _against(days: int, usual: int) -> str:
    if days == usual:
        return ""
    return f"，比通常的 {usual} 天{'长' if days > usual else '短'} {abs(days - usual)} 天"
