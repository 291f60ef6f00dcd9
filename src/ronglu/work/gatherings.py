"""The life of a meeting: arranged, people called, opened with its agenda, closed with its cases, or cancelled with a reason.

Who came and what was said is written in work/gatherings_room; what closing asks for stands in work/gatherings_close.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Q

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import Block, BlockKind, Guide
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import (
    Account,
    AgendaRow,
    Body,
    BodyState,
    Gathering,
    GatheringPerson,
    GatheringState,
    Notice,
    Person,
    Plant,
    Team,
    Venue,
)
from ronglu.work import audits, closings, gathering_facts, gatherings_due, guides, venues
from ronglu.work.gatherings_fill import Line

LONGEST = dt.timedelta(hours=12)
WEEKS = 13
"""A quarter of weekly meetings at once."""


@transaction.atomic
def arrange(
    *,
    body: Body,
    kind: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Account,
    at: dt.datetime,
    venue: Venue | None = None,
    place: str = "",
    team: Team | None = None,
    title: str = "",
    called_in: str = "",
    makeup_of: Gathering | None = None,
) -> Gathering:
    """Put on the calendar by the guide of its day; who is due and who convenes comes from the records, nobody types it.

    A meeting that already took place may be written down later: `starts_at` can lie in the past while its month is open.
    A `place` that names a venue of the register books it, and is refused where somebody else has it; a `venue` is booked by
    whoever hands it in.
    """
    Body.objects.select_for_update().get(pk=body.pk)  # the same meeting from two hands at once is arranged once
    guide = guides.for_kind(plant=body.plant, kind=kind, on=starts_at.date())
    _may_be_held(guide, body, team, starts_at.date())
    _span(starts_at, ends_at)
    if makeup_of is not None:
        makeup_of = Gathering.objects.select_for_update(of=("self",)).get(pk=makeup_of.pk)  # as another hand left it
        _may_make_up(makeup_of, body, kind, starts_at)
    _month_open(body.plant, starts_at)
    if venue is not None and venue.plant_id != body.plant_id:
        raise GatheringTrouble(f"场地“{venue.name}”不在本厂")
    if (
        Gathering.objects.filter(body=body, team=team, kind=kind, starts_at=starts_at)
        .exclude(state="cancelled")
        .exists()
    ):
        raise GatheringTrouble(f"{starts_at:%Y-%m-%d %H:%M} 已经排了一次{guide.label}")
    convener, convened_as = gatherings_due.convener(guide, body=body, team=team, on=starts_at.date(), by=by)
    named = venues.called(body.plant, place) if venue is None else None
    row = Gathering.objects.create(
        plant=body.plant, body=body, team=team, kind=kind, guide=guide.version, title=(title.strip() or guide.label)[:120],
        starts_at=starts_at, ends_at=ends_at, venue=venue or named, place=(place.strip() or (venue.name if venue else ""))[:80],
        convener=convener, convened_as=convened_as, recorder=by.person, called_in=called_in.strip()[:120],
        makeup_of=makeup_of, made_by=by, made_at=at,
    )  # fmt: skip
    if named is not None:
        venues.take(row, by=by, at=at)
    _expect(row, guide)
    note("arrange", row, by=by, at=at)
    return row


@transaction.atomic
def arrange_weekly(*, weeks: int, starts_at: dt.datetime, ends_at: dt.datetime, **rest: Any) -> list[Gathering]:
    """“雷打不动”(S4-08): the same hour so many weeks running; all of them or none."""
    if not 1 <= weeks <= WEEKS:
        raise GatheringTrouble(f"一次排 1 到 {WEEKS} 周")
    steps = [dt.timedelta(weeks=no) for no in range(weeks)]
    return [arrange(starts_at=starts_at + step, ends_at=ends_at + step, **rest) for step in steps]


@transaction.atomic
def change(
    *, gathering: Gathering, starts_at: dt.datetime, ends_at: dt.datetime, by: Account, at: dt.datetime,
    place: str = "", title: str = "", convener: Person | None = None,
) -> Gathering:  # fmt: skip
    """Another time or place, before it is opened; who was called already is told again."""
    row = held(gathering, GatheringState.PLANNED, GatheringState.CALLED)
    _span(starts_at, ends_at)
    _month_open(row.plant, row.starts_at)
    _month_open(row.plant, starts_at)
    guide = guide_of(row)
    if row.makeup_of is not None:
        _may_make_up(row.makeup_of, row.body, row.kind, starts_at)
    moved = (row.starts_at, row.place) != (starts_at, place.strip()[:80])
    row.starts_at, row.ends_at, row.place = starts_at, ends_at, place.strip()[:80]
    venues.follow(row, by=by, at=at)
    row.title = (title.strip() or row.title)[:120]
    if convener is not None:
        _of_plant(row, convener)
        row.convener = convener
    row.convened_as = _convened_as(row)
    row.save(update_fields=["starts_at", "ends_at", "venue", "place", "title", "convener", "convened_as"])
    _expect(row, guide)
    if moved and row.state == GatheringState.CALLED:
        _tell(row, f"改到 {row.starts_at:%m-%d %H:%M}：{row.title} {row.place}", at=at)
    note("change", row, by=by, at=at)
    return row


@transaction.atomic
def call(*, gathering: Gathering, by: Account, at: dt.datetime) -> Gathering:
    """Everybody who is due finds it in his inbox."""
    row = held(gathering, GatheringState.PLANNED)
    if row.starts_at < at:
        raise GatheringTrouble("开始时间已经过了，不用再通知；直接开会登记")
    row.state = GatheringState.CALLED
    row.save(update_fields=["state"])
    _tell(row, f"{row.starts_at:%m-%d %H:%M} {row.title} {row.place}".strip(), at=at)
    note("call", row, by=by, at=at)
    return row


@transaction.atomic
def open(*, gathering: Gathering, by: Account, at: dt.datetime, lines: Iterable[Line] = ()) -> Gathering:  # noqa: A001
    """The agenda is written down as the records have it now (`lines`), behind what was put on it by hand before."""
    row = held(gathering, GatheringState.PLANNED, GatheringState.CALLED)
    if at.date() < row.starts_at.date():
        raise GatheringTrouble(f"{row.starts_at:%m-%d %H:%M} 才开始，到那一天再开会")
    _month_open(row.plant, row.starts_at)
    guide = guide_of(row)
    _expect(row, guide)
    row.state, row.opened_at, row.convened_as = GatheringState.OPEN, at, _convened_as(row)
    row.save(update_fields=["state", "opened_at", "convened_as"])
    _lay(row, guide, list(lines))
    note("open", row, by=by, at=at)
    return row


@transaction.atomic
def cancel(*, gathering: Gathering, reason: str, by: Account, at: dt.datetime) -> Gathering:
    """未召开: it stays in the year with the reason, nothing of it is deleted. There is nothing to make up for then: make-ups of
    it that are still to come are cancelled with it."""
    row = held(gathering, GatheringState.PLANNED, GatheringState.CALLED, GatheringState.OPEN)
    if not reason.strip():
        raise GatheringTrouble("请写明为什么没有召开")
    if row.resolutions.filter(case__isnull=False).exists():
        raise GatheringTrouble("决议已转成行动项，这次会是开过的；到会、要点在记录里更正")
    ahead = row.makeups.select_for_update(of=("self",)).select_related("plant", "body", "team").order_by("pk")
    again = list(ahead.filter(state__in=(GatheringState.PLANNED, GatheringState.CALLED)))
    row = _cancelled(row, reason, by=by, at=at)
    for one in again:
        _cancelled(one, f"正会没有召开：{row.reason}", by=by, at=at)
    return row


@transaction.atomic
def reopen(*, gathering: Gathering, reason: str, by: Account, at: dt.datetime) -> Gathering:
    """更正记录: who came or what was voted was written down wrong. What became a case goes on as a case."""
    row = held(gathering, GatheringState.CLOSED)
    if not reason.strip():
        raise GatheringTrouble("请写明要更正什么")
    _month_open(row.plant, row.starts_at)
    row.state, row.closed_by, row.closed_at = GatheringState.OPEN, None, None
    row.save(update_fields=["state", "closed_by", "closed_at"])
    if row.makeup_of_id is not None:
        gatherings_due.remark(row.makeup_of_id)
    gathering_facts.touch(row)
    note("reopen", row, by=by, at=at, reason=reason.strip()[:200])
    return row


def guide_of(row: Gathering) -> Guide:
    """The guide by which it is held."""
    return guides.of_version(plant=row.plant, kind=row.kind, version=row.guide)


def held(gathering: Gathering, *states: str) -> Gathering:
    """The meeting with its row held until the transaction ends: what two people write at once does not pass each other."""
    row = Gathering.objects.select_for_update(of=("self",)).select_related("plant", "body", "team").get(pk=gathering.pk)
    if row.state not in states:
        raise GatheringTrouble(f"“{row.title}”{row.get_state_display()}，不能再办这一步")
    return row


def note(verb: str, row: Gathering, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    told: Mapping[str, Any] = {"body": row.body.code, "kind": row.kind, "starts_at": f"{row.starts_at:%Y-%m-%d %H:%M}"}
    audits.record(
        verb=f"gatherings.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail={**told, **detail}
    )


def _cancelled(row: Gathering, reason: str, *, by: Account, at: dt.datetime) -> Gathering:
    """Its room is free again, and who was called is told."""
    _month_open(row.plant, row.starts_at)
    told = row.state == GatheringState.CALLED
    row.state, row.reason = GatheringState.CANCELLED, reason.strip()[:200]
    row.closed_by, row.closed_at = by, at
    row.save(update_fields=["state", "reason", "closed_by", "closed_at"])
    row.bookings.filter(state="booked").update(state="given_up")
    if told and row.starts_at > at:
        _tell(row, f"不开了：{row.starts_at:%m-%d %H:%M} {row.title}（{row.reason}）", at=at)
    gathering_facts.touch(row)
    note("cancel", row, by=by, at=at, reason=row.reason)
    return row


def _may_be_held(guide: Guide, body: Body, team: Team | None, on: dt.date) -> None:
    if "team" in guide.held_by:
        if team is None or team.body_id != body.pk:
            raise GatheringTrouble(f"{guide.label}由一支队伍召开，请选这个党组织的一支队伍")
        return
    if team is not None:
        raise GatheringTrouble(f"{guide.label}不由队伍召开")
    kind = BodyState.objects.on(on).filter(body=body).values_list("kind", flat=True).first()
    if kind is None:
        raise GatheringTrouble(f"{body.code} 在 {on} 不存在")
    if kind not in guide.held_by:
        raise GatheringTrouble(f"{guide.label}不由这一级党组织召开，请换一个党组织")


def _may_make_up(first: Gathering, body: Body, kind: str, starts_at: dt.datetime) -> None:
    if (first.body_id, first.kind) != (body.pk, kind) or first.makeup_of_id is not None:
        raise GatheringTrouble("补课补的是本组织同一类的正会，请重新选择")
    if first.state == GatheringState.CANCELLED:
        raise GatheringTrouble("正会没有召开，没有要补的课；请另排一次会")
    if first.state != GatheringState.CLOSED and starts_at < first.starts_at:
        raise GatheringTrouble("补课不能早于正会")


def _span(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise GatheringTrouble(f"{starts_at:%H:%M}–{ends_at:%H:%M}：结束应晚于开始，不超过 12 小时")


def _month_open(plant: Plant, moment: dt.datetime) -> None:
    """A month that is closed is told as it was."""
    closings.refuse_closed(plant=plant, month=Period.of(moment.date(), Grain.MONTH))


def _of_plant(row: Gathering, person: Person) -> None:
    if person.plant_id != row.plant_id:
        raise GatheringTrouble(f"{person.name}不是本厂的人")


def _convened_as(row: Gathering) -> str:
    """As what he convenes on the day itself: an office may have passed to another since it was arranged (R-LIFE-13)."""
    if row.convener is None:
        return ""
    on = row.starts_at.date()
    return gatherings_due.post_of(row.convener, body=row.body, team=row.team, on=on) or gatherings_due.DELEGATED


def _expect(row: Gathering, guide: Guide) -> None:
    """Who is due, anew: a meeting that moved may meet other members, and members move between bodies before it is held."""
    if row.makeup_of_id is not None:
        people = gatherings_due.missed(row.makeup_of_id, here=row.pk)
        if not people and row.people.exists():
            return  # arranged together with its meeting, for those who will be on shift then: nobody has missed it yet
    else:
        people = gatherings_due.people(guide, body=row.body, team=row.team, on=row.starts_at.date())
    # who is a guest (列席) stays one, unless he is due now
    row.people.filter(Q(due=True) | Q(person__in=people)).delete()
    GatheringPerson.objects.bulk_create(
        GatheringPerson(gathering=row, person_id=person, voting=voting) for person, voting in people.items()
    )
    row.due = len(people)
    row.save(update_fields=["due"])


def _tell(row: Gathering, text: str, *, at: dt.datetime) -> None:
    people = list(row.people.values_list("person_id", flat=True))
    # by the moment of telling: one that is moved away and back again is told of both times
    key = f"gathering:{row.pk}:{row.state}:{row.starts_at:%m%d%H%M}:{at:%Y%m%d%H%M%S}"
    Notice.objects.bulk_create(
        [
            Notice(plant_id=row.plant_id, person_id=one, kind="gathering", text=text[:200], at=at, from_at=at, key=key)
            for one in people
        ],
        ignore_conflicts=True,
    )


def _lay(row: Gathering, guide: Guide, lines: list[Line]) -> None:
    """Block by block in the order of the guide; a block with nothing laid before it gets one empty line to speak to.

    What is studied gets a discussion of its own (S1-17), tied to it here so that nobody has to link the two by hand.
    """
    own: dict[str, list[AgendaRow]] = defaultdict(list)
    for one in row.agenda.order_by("no", "pk"):
        own[one.block].append(one)
    numbers, studied = count(1), list[AgendaRow]()
    for block in guide.blocks:
        found = own.pop(block.code, [])
        mine = [line.row(row) for line in lines if line.block == block.code]
        if not found and not mine:
            mine, studied = _empty(row, block, studied), [] if block.kind is BlockKind.DISCUSS else studied
        for one in (*found, *mine):
            one.no = next(numbers)
            one.save()
        studied += [one for one in (*found, *mine) if block.kind is BlockKind.STUDY and guide.ties]
    for one in (line for rest in own.values() for line in rest):
        AgendaRow.objects.filter(pk=one.pk).update(no=next(numbers))


def _empty(row: Gathering, block: Block, studied: list[AgendaRow]) -> list[AgendaRow]:
    """One line to speak to; in a discussion one for each item that was studied before it. Who does what is a resolution."""
    if block.kind is BlockKind.ASSIGN:
        return []
    line = Line(block=block.code, kind=block.kind.value, title=block.label)
    about = studied if block.kind is BlockKind.DISCUSS else []
    return [line.row(row, about=one) for one in about] or [line.row(row)]
