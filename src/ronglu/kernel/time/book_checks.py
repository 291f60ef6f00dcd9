"""What is wrong with a plant's roster book: rosters that overlap, swaps that cannot be, rest that a swap takes away."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ronglu.kernel.time.calendar import Calendar, Slot
from ronglu.kernel.time.clock import hours_of, plain
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.rest import LEAST_REST
from ronglu.kernel.time.roster import CrewSwap, RosterBook

_ONE = timedelta(days=1)


def book_problems(book: RosterBook, calendar: Calendar) -> list[str]:
    """Every problem of the rosters, swaps and substitutions, in Chinese; empty when the book may be used."""
    rosters = dict.fromkeys(roster for found in book.rosters.values() for roster in found)
    found = [text for roster in rosters for text in roster.problems(calendar)]
    return [*found, *_overlaps(book), *_swaps(book, calendar), *_substitutions(book, calendar)]


def uncovered(book: RosterBook, calendar: Calendar, line: str, first: date, last: date) -> Iterator[Period]:
    """Shifts of a line that no crew stands: gaps between rosters, the extra shifts of a change of clock."""
    day = first
    while day <= last:
        for slot in calendar.slots(day):
            if book.crew_of(line, day, slot.no) is None:
                yield Period.shift(day, slot.no)
        day += _ONE


def _overlaps(book: RosterBook) -> Iterator[str]:
    for line, rosters in book.rosters.items():
        for one, two in pairwise(rosters):
            if one.until_on is None or two.from_on < one.until_on:
                yield f"产线“{line}”：轮班表“{one.code}”还没有截止，“{two.code}”就从 {two.from_on} 开始了"


def _swaps(book: RosterBook, calendar: Calendar) -> Iterator[str]:
    shifts = Counter((swap.line, swap.day, swap.shift_no) for swap in book.swaps)
    for (line, day, no), count in shifts.items():
        if count > 1:
            yield f"产线“{line}”{day} {calendar.shift_name(day, no)}班有 {count} 条换班，只能有一条"
    for swap in book.swaps:
        where = f"产线“{swap.line}”{swap.day} {calendar.shift_name(swap.day, swap.shift_no)}班的换班"
        roster = book.roster_on(swap.line, swap.day)
        if swap.shift_no > len(calendar.slots(swap.day)):
            yield f"{where}：这一天只有 {len(calendar.slots(swap.day))} 个班"
        elif roster and swap.crew not in roster.crews:
            yield f"{where}：轮班表“{roster.code}”里没有{swap.crew}班"
        else:
            yield from _tired(book, calendar, swap, where)


def _tired(book: RosterBook, calendar: Calendar, swap: CrewSwap, where: str) -> Iterator[str]:
    own = calendar.slot(swap.day, swap.shift_no)
    for day in (swap.day - _ONE, swap.day, swap.day + _ONE):
        for slot in calendar.slots(day):
            if slot != own and book.crew_of(swap.line, day, slot.no) == swap.crew and _gap(own, slot) < LEAST_REST:
                rest = plain(hours_of(_gap(own, slot)))
                yield f"{where}：{swap.crew}班与 {day} {slot.name}班之间只隔 {rest} 小时，少于 12 小时"


def _gap(one: Slot, two: Slot) -> timedelta:
    return max(two.starts_at - one.ends_at, one.starts_at - two.ends_at)


def _substitutions(book: RosterBook, calendar: Calendar) -> Iterator[str]:
    for s in book.substitutions:
        where = f"产线“{s.line}”{s.day} {calendar.shift_name(s.day, s.shift_no)}班的替班"
        if s.absent == s.present:
            yield f"{where}：{s.absent} 不能替自己"
        if s.shift_no > len(calendar.slots(s.day)):
            yield f"{where}：这一天只有 {len(calendar.slots(s.day))} 个班"
