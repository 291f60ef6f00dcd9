"""A plant of forty groups on 四班三运转 and what it has to hold in a year, made from the roster alone."""

import datetime as dt
import random
from dataclasses import replace

from ronglu.kernel.gathering.due import Attendees, AwayTime, DueMeeting, OnDuty, Room
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


TEAMS, TEAM, AWAY = 10, 8, 40
"""Teams across the crews that meet every week, how many belong to one, and how many people are away for a week in each month."""
DAY = dt.timedelta(days=1)


def year(lines: int = LINES) -> list[DueMeeting]:
    return [need for line in range(lines) for need in _branch(line)]


def lived(seed: int = 1) -> list[DueMeeting]:
    """The same year with weekly teams of people from everywhere, and with people away: each of them is a part by himself."""
    dice, needs = random.Random(seed), year()
    crews = {person: part for need in needs if "党日" in need.code for part in need.parts for person in part.people}
    for team in range(TEAMS):
        parts = _parts(crews, dice.sample(sorted(crews), TEAM))
        for week in range(52):
            first = dt.date(YEAR, 1, 5) + week * 7 * DAY
            last = min(first + 6 * DAY, dt.date(YEAR, 12, 31))
            needs.append(
                DueMeeting(
                    code=f"队{team}-{week}", label=f"攻关队{team}", parts=parts, first=first, last=last, minutes=30, rooms=SMALL,
                    must=False,
                )
            )  # fmt: skip
    gone = {
        month: {person: dice.randint(1, 21) for person in dice.sample(sorted(crews), AWAY)} for month in range(1, 13)
    }
    return [_with_away(need, gone[need.first.month]) for need in needs]


def _parts(crews: dict[int, Attendees], people: list[int]) -> tuple[Attendees, ...]:
    found: dict[str, list[int]] = {}
    for person in people:
        found.setdefault(crews[person].code, []).append(person)
    return tuple(replace(crews[some[0]], people=frozenset(some)) for _, some in sorted(found.items()))


def _with_away(need: DueMeeting, gone: dict[int, int]) -> DueMeeting:
    parts: list[Attendees] = []
    for part in need.parts:
        off = sorted(part.people & gone.keys())
        for person in off:
            first = dt.datetime(YEAR, need.first.month, gone[person])
            span = (AwayTime(first, first + 7 * DAY),)
            parts.append(replace(part, code=f"{part.code}-{person}", people=frozenset({person}), away=span, alone=True))
        if rest := part.people - frozenset(off):
            parts.append(replace(part, people=rest))
    return replace(need, parts=tuple(parts))


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
