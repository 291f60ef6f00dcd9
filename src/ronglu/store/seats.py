"""How each duty of a seat stands in its period, from reports and from the records that show it done: for the score and the page alike."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ronglu.kernel.gathering.integrity import TALK, period_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Gathering, GatheringState, Plant, Post, SeatDuty, SeatReport, TalkRecord

DONE, EXCUSED = "done", "excused"


@dataclass(frozen=True, slots=True)
class SeatStand:
    """How one duty of one body stands for one period: done by a record or by word, excused, waiting for a judge, or open."""

    duty: SeatDuty
    body: int
    person: int
    period: Period
    state: str
    shown_by: str = ""
    report: SeatReport | None = None

    @property
    def costs(self) -> bool:
        return self.state not in (DONE, EXCUSED)


def stands(*, plant: Plant, month: Period, bodies: tuple[int, ...], until: dt.date | None = None) -> list[SeatStand]:
    """Every duty of these bodies in the periods that the month lies in, as records stand; six queries whatever there is.

    Seats are those of the last day of the month, or of `until` while it still runs.
    """
    day = min(month.last, until or month.last)
    duties = list(SeatDuty.objects.on(day).filter(plant=plant))  # type: ignore[attr-defined]
    seats = Post.objects.on(day).filter(body__in=bodies, role__in={one.seat for one in duties})  # type: ignore[attr-defined]
    held = {
        (body, role): person for body, role, person in seats.order_by("-pk").values_list("body_id", "role", "person_id")
    }
    periods = {one.pk: period_of(one.every, month) for one in duties}
    first = min((one.first for one in periods.values()), default=month.first)
    last = max((one.last for one in periods.values()), default=month.last)
    shown = _proofs(bodies, {one.proof for one in duties if one.proof}, first, last)
    told = SeatReport.objects.filter(
        duty__in=duties, body__in=bodies, period__in={str(one) for one in periods.values()}
    )
    reports = {
        (one.duty_id, one.body_id, one.period): one for one in told.select_related("by__person", "judged_by__person")
    }
    return [
        _stand(
            one, body, held[body, one.seat], periods[one.pk], shown, reports.get((one.pk, body, str(periods[one.pk])))
        )
        for body in bodies
        for one in duties
        if (body, one.seat) in held
    ]


def _stand(
    duty: SeatDuty, body: int, person: int, period: Period, shown: Mapping[tuple[int, str], list[dt.date]],
    report: SeatReport | None,
) -> SeatStand:  # fmt: skip
    days = [day for day in shown.get((body, duty.proof), ()) if period.first <= day <= period.last]
    if days:
        return SeatStand(duty, body, person, period, DONE, str(days[0]), report)
    return SeatStand(duty, body, person, period, report.state if report else "open", "", report)


def _proofs(
    bodies: tuple[int, ...], kinds: set[str], first: dt.date, last: dt.date
) -> dict[tuple[int, str], list[dt.date]]:
    """Days of the meetings that were closed, and of the talks that took place, by body and kind."""
    found: dict[tuple[int, str], list[dt.date]] = {}
    met = Gathering.objects.filter(
        body__in=bodies, kind__in=kinds, state=GatheringState.CLOSED, starts_at__date__range=(first, last)
    )
    for body, kind, at in met.order_by("starts_at").values_list("body_id", "kind", "starts_at"):
        found.setdefault((body, kind), []).append(at.date())
    if TALK in kinds:
        talks = TalkRecord.objects.filter(body__in=bodies, kind="heart", held_on__range=(first, last))
        for body, day in talks.order_by("held_on").values_list("body_id", "held_on"):
            found.setdefault((body, TALK), []).append(day)
    return found
