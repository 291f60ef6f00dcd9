"""What is owed in a month as the planner wants it: parts, rooms, numbers, days to keep off, and what stands already."""

import datetime as dt
from dataclasses import dataclass, field, replace

from ronglu.kernel.gathering.due import DueMeeting, Room, TakenTime
from ronglu.kernel.gathering.guide import Guide
from ronglu.kernel.gathering.terms import PlanTerms
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.time.period import Period
from ronglu.store.history import party_tree
from ronglu.store.models import Body, Booking, Holiday, MeetingHabit, Plant, Team, Venue
from ronglu.work import gatherings_due, guides, meetings_taken
from ronglu.work.meetings_due import Owed, owed
from ronglu.work.meetings_who import Rooms, Rota
from ronglu.work.venues import closed_hours

ONE = dt.timedelta(days=1)
NOBODY = "没有应到的人，请先登记党员、委员或队员"
NOWHERE = "没有可用的场地，请先登记场地"
BY_HAND = "这类会不由排期安排，请在“会议”里自己排"


@dataclass
class Needs:
    """`of`: code of a need → what asks for it; `cause`: what cannot even be asked of the planner, and why."""

    meetings: list[DueMeeting] = field(default_factory=list)
    rooms: dict[str, Venue] = field(default_factory=dict)
    taken: list[TakenTime] = field(default_factory=list)
    of: dict[str, Owed] = field(default_factory=dict)
    cause: dict[str, str] = field(default_factory=dict)

    @property
    def seats(self) -> list[Room]:
        return [Room(code, row.name, row.seats) for code, row in self.rooms.items()]


@dataclass(frozen=True)
class _Ground:
    """What all needs of one month share."""

    plant: Plant
    month: Period
    rota: Rota
    rooms: Rooms
    guides: dict[str, Guide]
    terms: dict[str, PlanTerms]
    habits: dict[tuple[int, str], MeetingHabit]
    bodies: dict[int, Body]
    teams: dict[int, Team]
    holidays: frozenset[dt.date]


def gather(
    *, plant: Plant, root: Body, month: Period, after: dt.date, book: RuleBook, terms: dict[str, PlanTerms]
) -> Needs:
    """Everything that is still owed, from the day `after` on; writes the shifts of the month where nobody did before."""
    found = Needs()
    asked = owed(plant=plant, root=root, month=month, after=after, book=book)
    ground = _ground(plant, month, terms, asked)
    found.rooms = {row.code: row for row in ground.rooms.rows}
    for number, one in enumerate(asked, 1):
        code = f"{number:03}"
        found.of[code] = one
        need = _need(code, one, ground)
        if isinstance(need, str):
            found.cause[code] = need
        else:
            found.meetings.append(need)
    span = (_midnight(month.first), _midnight(month.last + ONE))
    met = [
        TakenTime(row.starts_at, row.ends_at, people=frozenset(there))
        for row, there in meetings_taken.people(plant, span)
    ]
    found.taken = [*_booked(plant, month), *_shut(ground), *met, *meetings_taken.rooms(plant, span)]
    return found


def _ground(plant: Plant, month: Period, terms: dict[str, PlanTerms], asked: list[Owed]) -> _Ground:
    bodies = {one.body for one in asked}
    rota, party = Rota(plant, month.first, month.last), party_tree(plant).at(month.last)
    days = Holiday.objects.filter(plant=plant, working=False, day__range=(month.first, month.last))
    return _Ground(
        plant, month, rota, Rooms(plant, party, rota.production, month.last),
        guides.in_force(plant=plant, on=month.first), terms,
        {(one.body_id, one.kind): one for one in MeetingHabit.objects.filter(body__in=bodies)},
        Body.objects.select_related("plant").in_bulk(bodies), Team.objects.in_bulk({one.team for one in asked if one.team}),
        frozenset(days.values_list("day", flat=True)),
    )  # fmt: skip


def _need(code: str, one: Owed, ground: _Ground) -> DueMeeting | str:
    """The need, or in words why there is none."""
    guide, terms, habit = (
        ground.guides.get(one.kind),
        ground.terms.get(one.kind),
        ground.habits.get((one.body, one.kind)),
    )
    if guide is None or terms is None:
        return BY_HAND
    # where nobody in particular is due, those who are asked are the members
    asked = replace(guide, due="members") if guide.due == "open" else guide
    team = ground.teams[one.team] if one.team else None
    people = gatherings_due.people(
        asked, body=ground.bodies[one.body], team=team, on=one.last if team else ground.month.last
    )
    if not people:
        return NOBODY
    rooms = ground.rooms.for_body(one.body, len(people))
    if not rooms:
        return NOWHERE
    return DueMeeting(
        code=code, label=f"{one.name}{guide.label}", parts=ground.rota.parts(people), first=one.first, last=one.last,
        minutes=habit.minutes if habit and habit.minutes else guide.minutes, rooms=tuple(row.code for row in rooms),
        least=terms.quorum(len(people)), reason=(habit.call_in if habit else "") or terms.reason, makeup=terms.makeup,
        must=one.must, fixed_on=_fixed(one, habit), keep_off=ground.holidays,
    )  # fmt: skip


def _fixed(one: Owed, habit: MeetingHabit | None) -> dt.date | None:
    """固定日 of the month; the 31st of a short month is its last day."""
    if habit is None or not habit.fixed_day:
        return None
    last = (one.first.replace(day=1) + 31 * ONE).replace(day=1) - ONE
    return last.replace(day=min(habit.fixed_day, last.day))


def _booked(plant: Plant, month: Period) -> list[TakenTime]:
    rows = Booking.objects.filter(venue__plant=plant, state="booked")
    rows = rows.filter(ends_at__gt=_midnight(month.first), starts_at__lt=_midnight(month.last + ONE))
    return [TakenTime(*one[:2], room=one[2]) for one in rows.values_list("starts_at", "ends_at", "venue__code")]


def _shut(ground: _Ground) -> list[TakenTime]:
    spans = (
        (row.code, span)
        for row in ground.rooms.rows
        for span in closed_hours(row, ground.month.first, ground.month.last)
    )
    return [TakenTime(starts_at, ends_at, room=code) for code, (starts_at, ends_at) in spans]


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
