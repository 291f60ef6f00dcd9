"""责任清单 as read: every seat's duties of a month within reach, what showed them done, and the year of one seat (试点报告)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ronglu.kernel.gathering.integrity import falls_due
from ronglu.kernel.org.facts import SEATS
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Body, BodyState, Person, Plant, SeatDuty, SeatReport
from ronglu.store.seats import DONE, EXCUSED, SeatStand, stands
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope
from ronglu.work.seat_duties import LEVEL

SEE, REPORT, JUDGE, EDIT = "seat_duties.see", "seat_duties.report", "seat_duties.judge", "seat_duties.edit"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where, and how his duties of the month stand."""

    body: int
    code: str
    place: str
    seat: str
    person: Person
    stands: tuple[SeatStand, ...]

    @property
    def word(self) -> str:
        return SEATS.get(self.seat, self.seat)

    @property
    def settled(self) -> int:
        return sum(not one.costs for one in self.stands)


def seats(*, scope: Scope, places: Places, month: Period) -> list[Seat]:
    """In the order of the organisation, secretaries first."""
    bodies = list(scope.bodies(SEE).filter(plant=places.plant).order_by("position", "code"))
    found = _fitting(places.plant, bodies, month, places)
    people = Person.objects.in_bulk({one.person for one in found})
    codes = {one.pk: one.code for one in bodies}
    rows: dict[tuple[int, str], list[SeatStand]] = {}
    for one in found:
        rows.setdefault((one.body, one.duty.seat), []).append(one)
    order = {code: no for no, code in enumerate(SEATS)}
    ranked = sorted(rows, key=lambda key: (list(codes).index(key[0]), order.get(key[1], 99)))
    return [
        Seat(
            body, codes[body], places.body_name(body), seat, people[rows[body, seat][0].person], tuple(rows[body, seat])
        )
        for body, seat in ranked
    ]


def year_of(*, plant: Plant, body: Body, seat: str, year: int, places: Places) -> list[SeatStand]:
    """What fell due for one seat month by month, up to the day of the page: the report of a pilot, with nothing typed for it."""
    months = [one for one in Period.year(year).down(Grain.MONTH) if one.first <= places.on]
    found = [
        one for month in months for one in _fitting(plant, [body], month, places) if falls_due(one.duty.every, month)
    ]
    return [one for one in found if one.duty.seat == seat]


def tally(found: Iterable[SeatStand]) -> tuple[int, int, int]:
    """How many fell due, were done, and are excused."""
    listed = list(found)
    return len(listed), sum(one.state == DONE for one in listed), sum(one.state == EXCUSED for one in listed)


def listed(plant: Plant, places: Places) -> QuerySet[SeatDuty]:
    """The list in force, in the order of levels and seats."""
    return SeatDuty.objects.on(places.on).filter(plant=plant)


def duty(*, plant: Plant, pk: int) -> SeatDuty | None:
    return SeatDuty.objects.filter(plant=plant, pk=pk).select_related("plant").first()


def report(*, scope: Scope, pk: int) -> SeatReport | None:
    """A report of a body over which the reader judges."""
    row = SeatReport.objects.filter(pk=pk).select_related("duty__plant", "body__plant", "by__person").first()
    return row if row is not None and scope.may(JUDGE, row.body) is None else None


def waiting(scope: Scope) -> int:
    """Reasons that wait for this reader's word."""
    reach = scope.reach(JUDGE)
    if not (reach.bodies or reach.plants):
        return 0
    rows = SeatReport.objects.filter(state="asked", body__in=scope.bodies(JUDGE))
    return rows.exclude(by=scope.account_id).count()


def _fitting(plant: Plant, bodies: list[Body], month: Period, places: Places) -> list[SeatStand]:
    """Duties of the level that the body is of."""
    day = min(month.last, places.on)
    kinds = dict(BodyState.objects.on(day).filter(body__in=bodies).values_list("body_id", "kind"))
    found = stands(plant=plant, month=month, bodies=tuple(one.pk for one in bodies), until=places.on)
    return [one for one in found if LEVEL.get(kinds.get(one.body, "")) == one.duty.level]
