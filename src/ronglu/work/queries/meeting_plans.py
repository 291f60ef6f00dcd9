"""The plan of a month as read: what is still owed, the latest asking with its proposals, what stands already, one's own calendar."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from ronglu.kernel.time.period import Period
from ronglu.store.history import party_tree
from ronglu.store.models import (
    Body,
    Gathering,
    GatheringPerson,
    MeetingHabit,
    MeetingProposal,
    MeetingSchedule,
    Plant,
    Venue,
)
from ronglu.store.rulebook import regulations
from ronglu.work.meetings_due import Owed, owed
from ronglu.work.scope import Scope

PLAN = "meetings.plan"
BACK = dt.timedelta(days=31)
"""A calendar file reaches so far back, and ahead as far as anything is arranged."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The proposals of one asking: those with a time, and those that cannot be held with their cause."""

    planned: Sequence[MeetingProposal]
    unplanned: Sequence[MeetingProposal]


def body(scope: Scope, plant: Plant, key: int | None) -> Body | None:
    """One that the reader plans for."""
    row = Body.objects.filter(plant=plant, pk=key).select_related("plant").first() if key else None
    return row if row and scope.may(PLAN, row) is None else None


def schedule(scope: Scope, pk: int) -> MeetingSchedule | None:
    row = MeetingSchedule.objects.filter(pk=pk).select_related("plant", "body__plant", "job").first()
    return row if row and scope.may(PLAN, row.body) is None else None


def proposal(scope: Scope, pk: int) -> MeetingProposal | None:
    row = MeetingProposal.objects.filter(pk=pk).select_related("schedule__plant", "schedule__body", "body").first()
    return row if row and scope.may(PLAN, row.schedule.body) is None else None


def latest(body: Body, month: Period) -> MeetingSchedule | None:
    rows = MeetingSchedule.objects.filter(body=body, month=month.yyyymm).exclude(state="replaced")
    return rows.select_related("plant", "body", "job", "by__person").first()


def laid(row: MeetingSchedule) -> Laid:
    again = MeetingProposal.objects.select_related("venue").order_by("starts_at", "pk")
    rows = MeetingProposal.objects.filter(schedule=row, makeup_of=None, state="open").select_related("venue", "team")
    found = list(rows.prefetch_related(Prefetch("makeups", queryset=again)).order_by("starts_at", "pk"))
    return Laid([one for one in found if one.starts_at], [one for one in found if not one.starts_at])


def still_owed(body: Body, month: Period, on: dt.date) -> list[Owed]:
    after = on + dt.timedelta(days=1)
    return owed(plant=body.plant, root=body, month=month, after=after, book=regulations(body.plant))


def standing(body: Body, month: Period) -> list[Gathering]:
    """Meetings of the month that were arranged for the body and those below it."""
    rows = Gathering.objects.filter(body__in=_below(body, month.last)).exclude(state="cancelled")
    rows = rows.filter(starts_at__date__gte=month.first, starts_at__date__lte=month.last)
    return list(rows.select_related("venue", "team").order_by("starts_at", "pk"))


def habits(body: Body) -> dict[str, MeetingHabit]:
    return {one.kind: one for one in MeetingHabit.objects.filter(body=body)}


def has_venues(plant: Plant) -> bool:
    return Venue.objects.filter(plant=plant, state="open").exists()


def of_person(person: int | None, at: dt.datetime) -> list[Gathering]:
    """Where he is expected. Who is met with at a make-up is not asked to the main session as well."""
    rows = GatheringPerson.objects.filter(person=person, due=True, gathering__ends_at__gte=at - BACK)
    found = {row.gathering_id: row.gathering for row in rows.select_related("gathering__body", "gathering__venue")}
    again = {one.makeup_of_id for one in found.values() if one.makeup_of_id and one.state != "cancelled"}
    return sorted((one for key, one in found.items() if key not in again), key=lambda one: one.starts_at)


def of_body(body: Body, at: dt.datetime) -> list[Gathering]:
    rows = Gathering.objects.filter(body__in=_below(body, at.date()), ends_at__gte=at - BACK)
    return list(rows.select_related("body", "venue").order_by("starts_at"))


def _below(body: Body, on: dt.date) -> Iterable[int]:
    return [int(key) for key in party_tree(body.plant).at(on).subtree(body.pk)]
