"""场地·阵地 (S1-20, S2-10): what there is to meet in, and who has it when. Two bookings that stand never share a minute of a venue."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.store.models import Account, Booking, Gathering, Plant, Venue
from ronglu.work import audits, hands
from ronglu.work.scope import Scope

EDIT, BOOK = "venues.edit", "venues.book"
WEEKS = 26
"""A recurring booking runs for half a year at most. System default."""
WEEK = dt.timedelta(days=7)
Span = tuple[dt.datetime, dt.datetime]
FIELDS = ("name", "kind", "seats", "unit", "opens_at", "shuts_at", "equipment", "what_for", "keeper")


class BadVenue(GatheringTrouble):
    """场地不能这样登记或预订。"""


@transaction.atomic
def register(*, plant: Plant, by: Account, at: dt.datetime, **said: Any) -> Venue:
    """`said`: name, kind, seats and what else of FIELDS is known; the number is the next free one."""
    Plant.objects.select_for_update().get(pk=plant.pk)
    number = Venue.objects.filter(plant=plant).count() + 1
    row = Venue(plant=plant, code=f"CD-{number:02}", **_checked(plant, said, None))
    row.save()
    audits.record(verb="venues.register", by=by, at=at, subject=f"{row.code} {row.name}", plant=plant)
    return row


@transaction.atomic
def amend(*, venue: Venue, by: Account, at: dt.datetime, **said: Any) -> Venue:
    """Seats and hours hold from now on; what is booked already stays as it was agreed."""
    row = _held(venue)
    for name, value in _checked(row.plant, said, row.pk).items():
        setattr(row, name, value)
    row.save(update_fields=list(FIELDS))
    audits.record(verb="venues.amend", by=by, at=at, subject=f"{row.code} {row.name}", plant=row.plant)
    return row


@transaction.atomic
def shut(*, venue: Venue, by: Account, at: dt.datetime) -> Venue:
    """停用: only when nobody has it any more."""
    row = _held(venue)
    if ahead := list(standing(row, at, at + dt.timedelta(days=3650))[:3]):
        raise BadVenue(f"{row.name}还有预订：{'；'.join(map(_told, ahead))}。先改到别处或取消，再停用")
    return _turned(row, "closed", "venues.shut", by=by, at=at)


@transaction.atomic
def reopen(*, venue: Venue, by: Account, at: dt.datetime) -> Venue:
    return _turned(_held(venue), "open", "venues.reopen", by=by, at=at)


@transaction.atomic
def book(
    *, venue: Venue, starts_at: dt.datetime, ends_at: dt.datetime, title: str, by: Account, at: dt.datetime,
    gathering: Gathering | None = None, until: dt.date | None = None,
) -> list[Booking]:  # fmt: skip
    """Once, or every week up to `until` (included): all of them or none; whatever stands in the way is named."""
    row = _held(venue)
    if not title.strip():
        raise BadVenue("请写明用途")
    if starts_at < at:
        raise BadVenue(f"{starts_at:%Y-%m-%d %H:%M} 已经过去，请选以后的时间")
    spans = list(_weekly(starts_at, ends_at, until))
    if wrong := [text for span in spans for text in _in_the_way(row, span)]:
        raise BadVenue(wrong)
    series = f"{row.code}-{starts_at:%Y%m%d%H%M}-{by.pk}" if len(spans) > 1 else ""
    made = [
        Booking.objects.create(
            venue=row, starts_at=starts, ends_at=ends, title=title.strip(), series=series, gathering=gathering, by=by, at=at
        )
        for starts, ends in spans
    ]  # fmt: skip
    detail = {"from": str(starts_at), "to": str(ends_at), "times": len(made)}
    audits.record(verb="venues.book", by=by, at=at, subject=f"{row.code} {row.name}", plant=row.plant, detail=detail)
    return made


@transaction.atomic
def give_up(*, booking: Booking, by: Account, at: dt.datetime, scope: Scope, series: bool = False) -> int:
    """By who booked it or who looks after the venue; with `series` every later one of it too. A meeting's goes with the meeting."""
    row = Booking.objects.select_for_update().select_related("venue__plant").get(pk=booking.pk)
    if not hands.same(row.by, by) and not may_edit(scope, row.venue):
        raise BadVenue("由预订的人或场地管理的人取消")
    if row.gathering_id:
        raise BadVenue("这是会议的场地：会议改期或不开了，场地随着放出来")
    if row.state != "booked" or row.ends_at <= at:
        raise BadVenue("这条预订已经取消或已经用过")
    rows = Booking.objects.filter(venue=row.venue, state="booked", starts_at__gte=row.starts_at)
    rows = rows.filter(series=row.series) if series and row.series else rows.filter(pk=row.pk)
    count = rows.update(state="given_up")
    subject, detail = f"{row.venue.code} {row.venue.name}", {"from": str(row.starts_at), "times": count}
    audits.record(verb="venues.give_up", by=by, at=at, subject=subject, plant=row.venue.plant, detail=detail)
    return count


def called(plant: Plant, place: str) -> Venue | None:
    """The venue whose name was typed as the place of a meeting."""
    return Venue.objects.filter(plant=plant, name=place.strip()).first() if place.strip() else None


def names(plant: Plant) -> list[str]:
    """Of those in use, as they are typed."""
    return list(Venue.objects.filter(plant=plant, state="open").order_by("code").values_list("name", flat=True))


def take(gathering: Gathering, *, by: Account, at: dt.datetime) -> None:
    """Called in the transaction that arranges a meeting at a venue; one that was held already takes nobody's room."""
    if gathering.venue is not None and gathering.starts_at >= at:
        span = {"starts_at": gathering.starts_at, "ends_at": gathering.ends_at}
        book(venue=gathering.venue, title=gathering.title[:80], gathering=gathering, by=by, at=at, **span)


def follow(gathering: Gathering, *, by: Account, at: dt.datetime) -> None:
    """Called in the transaction that moves a meeting: its booking moves along to the new hours or the venue that is named now,
    or is given up where it meets elsewhere.
    """
    booked = Booking.objects.filter(gathering=gathering, state="booked")
    found, standing = called(gathering.plant, gathering.place), gathering.venue
    if found != standing or not booked.exists():
        booked.update(state="given_up")
        gathering.venue = found
        take(gathering, by=by, at=at)
    elif found is not None:
        span = (gathering.starts_at, gathering.ends_at)
        if wrong := list(_in_the_way(_held(found), span, but=gathering.pk)):
            raise BadVenue(wrong)
        booked.update(starts_at=span[0], ends_at=span[1])


def standing(venue: Venue, first: dt.datetime, last: dt.datetime) -> QuerySet[Booking]:
    """What is booked in [first, last), half-open on both sides: one may begin where another ends."""
    found = Booking.objects.filter(venue=venue, state="booked", starts_at__lt=last, ends_at__gt=first)
    return found.order_by("starts_at")


def may_edit(scope: Scope, venue: Venue) -> bool:
    """The party office over the plant, a branch over the venues of its own units."""
    return scope.reach(EDIT).holds(plant=venue.plant_id, unit=venue.unit_id, body=None)


def closed_hours(venue: Venue, first: dt.date, last: dt.date) -> list[Span]:
    """When it cannot be had on these days; empty for one without hours."""
    if venue.opens_at is None or venue.shuts_at is None:
        return []
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    at = dt.datetime.combine
    return [span for day in days for span in (
        (at(day, dt.time.min), at(day, venue.opens_at)), (at(day, venue.shuts_at), at(day + dt.timedelta(days=1), dt.time.min))
    )]  # fmt: skip


def _weekly(starts_at: dt.datetime, ends_at: dt.datetime, until: dt.date | None) -> Iterable[Span]:
    if ends_at <= starts_at:
        raise BadVenue(f"结束 {ends_at:%H:%M} 应晚于开始 {starts_at:%H:%M}")
    if until and until < starts_at.date():
        raise BadVenue(f"循环到 {until}，早于第一次 {starts_at.date()}")
    weeks = (until - starts_at.date()).days // 7 if until else 0
    if weeks >= WEEKS:
        raise BadVenue(f"循环预订最多 {WEEKS} 周，请在到期前再订")
    return ((starts_at + n * WEEK, ends_at + n * WEEK) for n in range(weeks + 1))


def _in_the_way(venue: Venue, span: Span, but: int | None = None) -> Iterable[str]:
    starts, ends = span
    if venue.state != "open":
        yield f"{venue.name}已停用"
    shut = closed_hours(venue, starts.date(), ends.date())
    if any(starts < until and since < ends for since, until in shut):
        yield f"{starts:%m-%d %H:%M}–{ends:%H:%M}：{venue.name}只在 {venue.opens_at:%H:%M}–{venue.shuts_at:%H:%M} 开放"
    there = (one for one in standing(venue, starts, ends) if but is None or one.gathering_id != but)
    yield from (f"{venue.name} {_told(one)}，已有预订" for one in there)


def _told(one: Booking) -> str:
    return f"{one.starts_at:%m-%d %H:%M}–{one.ends_at:%H:%M} {one.title}"


def _checked(plant: Plant, said: dict[str, Any], own: int | None) -> dict[str, Any]:
    found = {"equipment": [], "what_for": "", "unit": None, "opens_at": None, "shuts_at": None, "keeper": None} | said
    found["name"] = str(found["name"]).strip()
    if not found["name"]:
        raise BadVenue("请写场地的名称")
    if Venue.objects.filter(plant=plant, name=found["name"]).exclude(pk=own).exists():
        raise BadVenue(f"已经有一个场地叫“{found['name']}”")
    if not 0 < int(found["seats"]) <= 2000:
        raise BadVenue(f"座位应在 1 到 2000 之间，现为 {found['seats']}")
    hours: Sequence[dt.time | None] = (found["opens_at"], found["shuts_at"])
    if any(hours) and not (hours[0] and hours[1] and hours[0] < hours[1]):
        raise BadVenue("开放时间要写起和止，止晚于起；随时可用就都空着")
    return found


def _turned(row: Venue, state: str, verb: str, *, by: Account, at: dt.datetime) -> Venue:
    if row.state == state:
        raise BadVenue(f"{row.name}已经是“{row.get_state_display()}”")
    row.state = state
    row.save(update_fields=["state"])
    audits.record(verb=verb, by=by, at=at, subject=f"{row.code} {row.name}", plant=row.plant)
    return row


def _held(venue: Venue) -> Venue:
    """Locked, so that two who book at once do it one after the other."""
    return Venue.objects.select_for_update().select_related("plant").get(pk=venue.pk)
