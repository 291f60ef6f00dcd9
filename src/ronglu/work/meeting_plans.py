"""排下月的会 (S1-04): asked for by who convenes, worked out in the worker, taken meeting by meeting: with room, word and make-up."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from ronglu.kernel.gathering.due import Attendees, DueMeeting
from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.openings import Presence, beside, presence
from ronglu.kernel.gathering.plan import MeetingPlan, Session
from ronglu.kernel.gathering.terms import PlanTerms
from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    Account,
    Away,
    Body,
    BodyState,
    Gathering,
    GatheringPerson,
    MeetingHabit,
    MeetingProposal,
    MeetingSchedule,
    Plant,
)
from ronglu.work import audits, gatherings, guides, jobs, meetings_taken, venues
from ronglu.work.meetings_needs import Needs
from ronglu.work.names import name_of

KIND = "meetings"
AHEAD = 3
"""So many months ahead, rosters may still change. System default."""
MINUTES = range(10, 241)


class BadPlan(GatheringTrouble):
    """会议不能这样排。"""


@transaction.atomic
def ask(*, body: Body, month: Period, by: Account, at: dt.datetime) -> MeetingSchedule:
    """This month's rest or one of the next; what was proposed before and not taken is replaced."""
    now = Period.of(at.date(), month.grain)
    if not now <= month <= now + AHEAD:
        raise BadPlan(f"可以排 {now} 到 {now + AHEAD} 的会，{month} 不行")
    Body.objects.select_for_update().get(pk=body.pk)
    if MeetingSchedule.objects.filter(
        body=body, month=month.yyyymm, state="asked", job__state__in=jobs.UNDER_WAY
    ).exists():
        raise BadPlan("正在排，请等它排完")
    MeetingSchedule.objects.filter(body=body, month=month.yyyymm).exclude(state="replaced").update(state="replaced")
    row = MeetingSchedule.objects.create(plant=body.plant, body=body, month=month.yyyymm, by=by, at=at)
    label = f"排会 {name_of(body, at.date())} {month}"
    row.job = jobs.enqueue(kind=KIND, label=label, at=at, by=by, plant=body.plant, args={"schedule": row.pk})
    row.save(update_fields=["job"])
    audits.record(verb="meetings.ask", by=by, at=at, subject=f"{body.code} {month}", plant=body.plant)
    return row


@transaction.atomic
def propose(*, schedule: MeetingSchedule, needs: Needs, plan: MeetingPlan) -> int:
    """What the planner found, line by line; says how many meetings have a time."""
    row = MeetingSchedule.objects.select_for_update().get(pk=schedule.pk)
    if row.state != "asked":
        return 0
    by_code = {need.code: need for need in needs.meetings}
    mains: dict[str, MeetingProposal] = {}
    for one in sorted(plan.sessions, key=lambda one: one.makeup):
        made = _proposed(row, needs, by_code[one.need], one, mains.get(one.need) if one.makeup else None)
        mains.setdefault(one.need, made)
    for code, cause in {**needs.cause, **plan.unplanned}.items():
        _blank(row, needs, code, by_code.get(code), cause=cause[:200]).save()
    row.state = "ready"
    row.save(update_fields=["state"])
    return len(mains)


@transaction.atomic
def accept(*, schedule: MeetingSchedule, picks: Iterable[int], by: Account, at: dt.datetime) -> list[Gathering]:
    """Each with its make-ups: arranged, its venue booked, everybody told. All of them, or none with what stands in the way."""
    row = _ready(schedule)
    # a branch and its group may take the same people's time from two plans: one after the other
    Plant.objects.select_for_update(no_key=True).get(pk=row.plant_id)
    wanted = set(picks)
    mains = row.proposals.select_for_update(of=("self",)).filter(
        pk__in=wanted, makeup_of=None, state="open", starts_at__isnull=False
    )
    chosen = list(mains.select_related("schedule", "body__plant", "venue", "team").order_by("starts_at", "pk"))
    if not chosen or len(chosen) < len(wanted):
        raise BadPlan("请选还没有采纳、排好了时间的会" if wanted else "一个会也没有选")
    made, wrong = [], []
    for main in chosen:
        try:
            with transaction.atomic():
                made += _arranged(main, by=by, at=at)
        except GatheringTrouble as trouble:
            wrong += [
                f"{main.starts_at:%m-%d %H:%M} {name_of(main.body, at.date())}：{text}" for text in trouble.problems
            ]
    if wrong:
        raise BadPlan([*wrong, "这些会没有采纳；请去掉它们，或再排一次"])
    detail = {"meetings": len(chosen), "sessions": len(made)}
    audits.record(
        verb="meetings.accept", by=by, at=at, subject=f"{row.body.code} {row.month}", plant=row.plant, detail=detail
    )
    return made


@transaction.atomic
def drop(*, proposal: MeetingProposal, by: Account, at: dt.datetime) -> None:
    """Not this one: with its make-ups out of the list; the duty itself stays and is asked for again next time."""
    row = (
        MeetingProposal.objects.select_for_update(of=("self",))
        .select_related("schedule__plant", "body")
        .get(pk=proposal.pk)
    )
    if row.state != "open" or row.makeup_of_id:
        raise BadPlan("这条建议已经办过了")
    MeetingProposal.objects.filter(pk__in=[row.pk, *row.makeups.values_list("pk", flat=True)]).update(state="dropped")
    audits.record(verb="meetings.drop", by=by, at=at, subject=f"{row.body.code} {row.kind}", plant=row.schedule.plant)


@transaction.atomic
def set_habit(
    *, body: Body, kind: str, terms: Mapping[str, PlanTerms], by: Account, at: dt.datetime,
    every: str = "", minutes: int | None = None, fixed_day: int | None = None, call_in: str = "",
) -> MeetingHabit | None:  # fmt: skip
    """A body's own way with one kind of meeting; all fields empty takes it back to the defaults."""
    guide = guides.in_force(plant=body.plant, on=at.date()).get(kind)
    level = BodyState.objects.on(at.date()).filter(body=body).values_list("kind", flat=True).first()
    if guide is None or kind not in terms or level not in guide.held_by:
        raise BadPlan("这一级党组织不开这种会，请换一种")
    if minutes is not None and minutes not in MINUTES:
        raise BadPlan(f"时长应在 {MINUTES[0]} 到 {MINUTES[-1]} 分钟之间，现为 {minutes}")
    if fixed_day is not None and not 1 <= fixed_day <= 31:
        raise BadPlan(f"固定日是每月的第几天，应为 1 到 31，现为 {fixed_day}")
    said = {"every": every, "minutes": minutes, "fixed_day": fixed_day, "call_in": call_in.strip()}
    if any(said.values()):
        row, _ = MeetingHabit.objects.update_or_create(body=body, kind=kind, defaults=said)
    else:
        row = None
        MeetingHabit.objects.filter(body=body, kind=kind).delete()
    audits.record(verb="meetings.set_habit", by=by, at=at, subject=f"{body.code} {kind}", plant=body.plant, detail=said)
    return row


def _arranged(main: MeetingProposal, *, by: Account, at: dt.datetime) -> list[Gathering]:
    first = _one(main, None, by=by, at=at)
    again = main.makeups.select_related("body__plant", "venue").order_by("starts_at", "pk")
    return [first, *(_one(one, first, by=by, at=at) for one in again)]


def _one(row: MeetingProposal, main: Gathering | None, *, by: Account, at: dt.datetime) -> Gathering:
    assert row.starts_at and row.ends_at and row.venue
    title = guides.for_kind(plant=row.body.plant, kind=row.kind, on=row.starts_at.date()).label
    if main is None:
        _still_owed(row)
    else:
        title = f"{title}（补课：{'、'.join(one['label'] for one in row.parts['here'])}）"
    _nobody_elsewhere(row)
    made = gatherings.arrange(
        body=row.body, team=row.team, kind=row.kind, starts_at=row.starts_at, ends_at=row.ends_at, by=by, at=at, venue=row.venue,
        title=title, called_in=row.called_in, makeup_of=main,
    )  # fmt: skip
    if main is not None:
        _due_again(made, row.people)
    names = name_of(row.body, at.date())
    venues.book(
        venue=row.venue, starts_at=row.starts_at, ends_at=row.ends_at, title=f"{names} {title}"[:80], gathering=made, by=by, at=at
    )  # fmt: skip
    row.state, row.gathering = "taken", made
    row.save(update_fields=["state", "gathering"])
    return gatherings.call(gathering=made, by=by, at=at)


def _due_again(made: Gathering, people: Sequence[int]) -> None:
    """A make-up that is planned with its meeting is for those whom the planner saw on shift then, not for who was away.

    Who has left the body since is not asked to come.
    """
    made.people.all().delete()
    asked = made.makeup_of.people.filter(due=True, person__in=people) if made.makeup_of else made.people.none()
    due = list(asked.order_by("person__staff_no").values_list("person_id", flat=True))
    GatheringPerson.objects.bulk_create(GatheringPerson(gathering=made, person_id=person) for person in due)
    made.due = len(due)
    made.save(update_fields=["due"])


def _still_owed(row: MeetingProposal) -> None:
    """Since the planner looked, somebody may have arranged the very meeting: by hand, or from the plan of another body."""
    days = {"starts_at__date__gte": row.first_on, "starts_at__date__lte": row.last_on, "made_at__gt": row.schedule.at}
    rows = Gathering.objects.filter(body=row.body, team=row.team, kind=row.kind, makeup_of=None, **days)
    rows = rows.exclude(state="cancelled").exclude(
        pk__in=row.schedule.proposals.filter(state="taken").values("gathering")
    )
    if there := rows.order_by("starts_at").first():
        raise BadPlan(f"排了以后已另外排定“{there.title}”（{there.starts_at:%m-%d %H:%M}）；还要加开就在“会议”里排")


def _nobody_elsewhere(row: MeetingProposal) -> None:
    """Since the planner looked, somebody may have arranged another meeting of the same people, or in the same room."""
    assert row.starts_at and row.ends_at and row.venue
    plant, span = row.body.plant, (row.starts_at, row.ends_at)
    for other, there in meetings_taken.people(plant, span, among=row.people):
        raise BadPlan(f"{len(there)} 人同时有“{other.title}”（{other.starts_at:%m-%d %H:%M}）")
    if any(one.room == row.venue.code for one in meetings_taken.rooms(plant, span)):
        raise BadPlan(f"{row.venue.name}同时有别的会")
    if off := Away.objects.on(row.starts_at.date()).filter(person__in=row.people).count():
        raise BadPlan(f"排了以后又有 {off} 人登记不在岗，请再排一次")


def _ready(schedule: MeetingSchedule) -> MeetingSchedule:
    row = MeetingSchedule.objects.select_for_update(of=("self",)).select_related("plant", "body").get(pk=schedule.pk)
    if row.state != "ready":
        raise BadPlan("这一次已经重排，请看最新的一次" if row.state == "replaced" else "还没有排好，请稍等")
    return row


def _proposed(
    row: MeetingSchedule, needs: Needs, need: DueMeeting, one: Session, main: MeetingProposal | None
) -> MeetingProposal:
    made = _blank(row, needs, need.code, need, makeup_of=main)
    made.starts_at, made.ends_at, made.venue = one.starts_at, one.ends_at, needs.rooms[one.room]
    made.people, made.called_in = sorted(need.there(one.there)), need.reason[:120] if one.called else ""
    made.parts = _counted(need, one)
    made.save()
    return made


def _counted(need: DueMeeting, one: Session) -> dict[str, list[dict[str, Any]]]:
    """Crew by crew in numbers: who of a crew is not at the plant is one of so many, never a name."""
    found: dict[str, list[dict[str, Any]]] = {"here": [], "called": [], "away": [], "off": []}
    for part in need.parts:
        where = "here" if part.code in one.parts else "called" if part.code in one.called else _elsewhere(part, one)
        if where in ("away", "off") and one.makeup:
            continue
        told = {"label": part.label, **_shift(part, one)}
        alike = next((row for row in found[where] if row | {"people": 0} == told | {"people": 0}), None)
        if alike:
            alike["people"] += len(part.people)
        else:
            found[where].append({"label": part.label, "people": len(part.people), **told})
    return found


def _elsewhere(part: Attendees, one: Session) -> str:
    return "off" if presence(part, one.starts_at, one.ends_at) is Presence.AWAY else "away"


def _blank(row: MeetingSchedule, needs: Needs, code: str, need: DueMeeting | None, **more: Any) -> MeetingProposal:
    one = needs.of[code]
    return MeetingProposal(
        schedule=row, body_id=one.body, team_id=one.team, kind=one.kind, basis=one.basis, must=one.must, first_on=one.first, last_on=one.until,
        due=need.due if need else 0, least=need.least if need else 0, **more,
    )  # fmt: skip


def _shift(part: Attendees, one: Session) -> dict[str, str]:
    """Beside which shift a crew comes: after the one that ends, or before the one that begins."""
    if part.by_day:
        return {"beside": "day"}
    for spell in part.spells:
        if beside(spell.ends_at, one.starts_at):
            return {"beside": "after", "at": f"{spell.ends_at:%H:%M}"}
        if beside(one.ends_at, spell.starts_at):
            return {"beside": "before", "at": f"{spell.starts_at:%H:%M}"}
    return {"beside": ""}
