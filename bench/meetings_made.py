"""A plant of forty groups on 四班三运转 and what it has to hold in a year, made from the roster alone."""

import datetime as dt

from ronglu.kernel.gathering.due import Attendees, DueMeeting, OnDuty, Room
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.clock import CalendarRule, ShiftTime
from ronglu.kernel.time.expand import expand
from ronglu.kernel.time.roster import RosterBook, four_three

YEAR = 2026
LINES, CREWS, GROUP, OFFICE = 10, 4, 9, 6
"""Ten branches on as many lines, each of four groups of nine and six on day work."""
CLOCK = Calendar(
    (
        CalendarRule(
            from_on=dt.date(2025, 1, 1), day_starts=dt.time(8),
            shifts=tuple(
                ShiftTime(no, name, dt.time(hour), 8) for no, name, hour in ((1, "白", 8), (2, "中", 16), (3, "夜", 0))
            ),
        ),
    )
)  # fmt: skip
ROOMS = (Room("大会议室", "大会议室", 80), *(Room(f"活动室{n}", f"第 {n} 活动室", 16) for n in range(1, 6)))
SMALL = tuple(room.code for room in ROOMS[1:])


def year(lines: int = LINES) -> list[DueMeeting]:
    return [need for line in range(lines) for need in _branch(line)]


def _branch(line: int) -> list[DueMeeting]:
    crews, office = _crews(line), _office(line)
    whole = (*crews, office)
    seats = tuple(room.code for room in ROOMS)
    board = tuple(
        Attendees(
            f"支委-{part.code}", f"支委 {part.label}", frozenset(sorted(part.people)[:1]), part.spells, part.by_day
        )
        for part in whole
    )
    needs = []
    for month in range(1, 13):
        first = dt.date(YEAR, month, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        span = {"first": first, "last": last}
        needs += [
            DueMeeting(
                code=f"{line}-组{part.code}-{month}",
                label=f"{part.label}党小组会",
                parts=(part,),
                minutes=60,
                rooms=SMALL,
                **span,
            )
            for part in crews
        ]
        needs.append(
            DueMeeting(
                code=f"{line}-支委-{month}",
                label="支委会",
                parts=board,
                minutes=60,
                rooms=SMALL,
                least=3,
                reason="支委会须过半数到会",
                **span,
            )
        )
        needs.append(
            DueMeeting(
                code=f"{line}-党日-{month}",
                label="主题党日",
                parts=whole,
                minutes=90,
                rooms=seats,
                makeup=True,
                fixed_on=first.replace(day=10),
                **span,
            )
        )
        if month % 3 == 2:
            needs.append(
                DueMeeting(
                    code=f"{line}-大会-{month}",
                    label="党员大会",
                    parts=whole,
                    minutes=90,
                    rooms=seats,
                    makeup=True,
                    least=-(-len({p for part in whole for p in part.people}) // 2),
                    reason="表决须半数以上到会",
                    **span,
                )
            )
    return needs


def _crews(line: int) -> tuple[Attendees, ...]:
    shifts = CLOCK.rules[0].shifts
    roster = four_three(
        shifts=shifts, anchor=dt.date(YEAR, 1, 1) + dt.timedelta(days=line % 8), from_on=dt.date(2025, 1, 1)
    )
    spells: dict[str, list[OnDuty]] = {}
    for day in expand(CLOCK, RosterBook({"*": [roster]}), "*", dt.date(YEAR - 1, 12, 25), dt.date(YEAR + 1, 1, 5)):
        for shift in day.shifts:
            spells.setdefault(str(shift.crew), []).append(OnDuty(shift.starts_at, shift.ends_at))
    first = line * 100
    return tuple(
        Attendees(
            f"{line}{crew}",
            f"{line} 线{crew}班",
            frozenset(range(first + n * GROUP, first + (n + 1) * GROUP)),
            tuple(found),
        )
        for n, (crew, found) in enumerate(sorted(spells.items()))
    )


def _office(line: int) -> Attendees:
    days = (dt.date(YEAR, 1, 1) + dt.timedelta(days=n) for n in range(365))
    at = dt.datetime.combine
    spells = tuple(OnDuty(at(day, dt.time(8)), at(day, dt.time(17, 30))) for day in days if day.weekday() < 5)
    first = line * 100 + CREWS * GROUP
    return Attendees(f"{line}长白", f"{line} 线长白班", frozenset(range(first, first + OFFICE)), spells, by_day=True)
