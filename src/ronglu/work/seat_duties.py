"""责任清单: a plant takes the list over and words it; who holds the seat says what he did, or why not, and another judges reasons."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from ronglu.kernel.gathering.integrity import EVERY, IntegrityTrouble, SeatDutySeed, duty_faults
from ronglu.kernel.labour import written
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body, BodyState, Partition, Person, Plant, Post, SeatDuty, SeatReport
from ronglu.work import audits, closings, dated, hands, partitions

FACT = "seat_duties"
LEVEL = {"branch": "branch", "joint": "branch", "general": "general", "committee": "committee"}
DONE, ASKED, EXCUSED, BACK = "done", "asked", "excused", "back"
DEFAULT, OWN = "系统默认", "本厂规定"


class BadSeatDuty(IntegrityTrouble):
    """责任清单不能这样办。"""


@transaction.atomic
def adopt(*, plant: Plant, seeds: Sequence[SeatDutySeed], on: dt.date, by: Account, at: dt.datetime) -> list[SeatDuty]:
    """Takes the shipped list over from the first of a month; what the plant has already stays as it is."""
    _first(plant, on)
    held = set(SeatDuty.objects.filter(plant=plant).values_list("code", flat=True))
    rows = [
        SeatDuty(plant=plant, code=one.code, seat=one.seat, level=one.level, title=one.zh, every=one.every, proof=one.proof,
                 status=DEFAULT, from_on=on)
        for one in seeds if one.code not in held
    ]  # fmt: skip
    if not rows:
        raise BadSeatDuty("默认清单里的各条都已经启用")
    made = SeatDuty.objects.bulk_create(rows)
    _audit("adopt", plant, f"{len(made)} 条", by=by, at=at, on=on)
    _since(plant, on)
    return made


@transaction.atomic
def add(
    *, plant: Plant, seat: str, level: str, title: str, every: str, on: dt.date, by: Account, at: dt.datetime,
    proof: str = "",
) -> SeatDuty:  # fmt: skip
    """A line of the plant's own."""
    _first(plant, on)
    said = written(title, what="责任", longest=160)
    code = f"own-{_next(plant)}"
    row = {"code": code, "zh": said, "en": said, "seat": seat, "level": level, "every": every}
    if faults := list(duty_faults(row)):
        raise BadSeatDuty("\n".join(faults))
    if SeatDuty.objects.on(on).filter(plant=plant, seat=seat, level=level, title=said).exists():
        raise BadSeatDuty(f"这个职务的清单里已经有“{said}”")
    made = SeatDuty.objects.create(
        plant=plant, code=code, seat=seat, level=level, title=said, every=every, proof=proof, status=OWN, from_on=on
    )
    _audit("add", plant, said, by=by, at=at, on=on)
    _since(plant, on)
    return made


@transaction.atomic
def end(*, duty: SeatDuty, on: dt.date, by: Account, at: dt.datetime) -> None:
    """Off the list from the first of a month; what was reported stays."""
    _first(duty.plant, on)
    if duty.until_on is not None and duty.until_on <= on:
        raise BadSeatDuty(f"这一条已于 {duty.until_on} 停用")
    if on <= duty.from_on and duty.reports.exists():
        raise BadSeatDuty("这一条已经有履责记录，请从下个月起停用")
    dated.end(duty, on=on)
    _audit("end", duty.plant, duty.title, by=by, at=at, on=on)
    _since(duty.plant, on)


@transaction.atomic
def report(
    *, duty: SeatDuty, body: Body, period: Period, words: str, done_on: dt.date | None, by: Account, at: dt.datetime
) -> SeatReport:
    """By who holds the seat: done on a day, or (`done_on` None) why not, which another has to accept."""
    _due(duty, body, period, by, at.date())
    if done_on is not None and not (period.first <= done_on <= min(period.last, at.date())):
        raise BadSeatDuty(f"履行日期 {done_on} 应在 {period} 之内，且不晚于今天")
    if done_on is not None and duty.proof:
        raise BadSeatDuty(f"“{duty.title}”凭记录认：会议办结、谈话登记以后自动算办了；没有办的请写理由")
    said = written(words, what="怎么履行的" if done_on else "没有履行的理由", longest=300)
    row = SeatReport.objects.select_for_update().filter(duty=duty, body=body, period=str(period)).first()
    if row is not None and row.state in (DONE, EXCUSED):
        raise BadSeatDuty(f"这一条{row.get_state_display()}，不用再报")
    values = {"state": DONE if done_on else ASKED, "words": said, "done_on": done_on, "by": by, "at": at, "remark": ""}
    values |= {"judged_by": None, "judged_at": None}
    row, _new = SeatReport.objects.update_or_create(duty=duty, body=body, period=str(period), defaults=values)
    _note("report", row, by=by, at=at)
    return row


@transaction.atomic
def judge(*, report: SeatReport, holds: bool, remark: str, by: Account, at: dt.datetime) -> SeatReport:
    """By somebody else: a reason accepted, or sent back; a deed that did not take place is sent back too."""
    row = SeatReport.objects.select_for_update().select_related("duty__plant", "body__plant").get(pk=report.pk)
    hands.apart(by, row.by, on=at.date(), trouble=BadSeatDuty, own="自己报的，须由另一人认定")
    seated = Person.objects.filter(pk=holder(row.duty, row.body, Period.parse(row.period).last)).first()
    hands.apart(by, seated, on=at.date(), trouble=BadSeatDuty, own="这是您自己的责任，须由另一人认定")
    if row.state not in (ASKED, DONE):
        raise BadSeatDuty(f"这一条{row.get_state_display()}，不用再认定")
    if not holds:
        written(remark, what="为什么退回", longest=200)
    _open(row.duty, Period.parse(row.period))
    row.state = BACK if not holds else EXCUSED if row.state == ASKED else row.state
    row.remark, row.judged_by, row.judged_at = remark.strip()[:200], by, at
    row.save(update_fields=["state", "remark", "judged_by", "judged_at"])
    _note("judge", row, by=by, at=at)
    return row


def holder(duty: SeatDuty, body: Body, on: dt.date) -> int | None:
    """The person in the seat that day."""
    return Post.objects.on(on).filter(body=body, role=duty.seat).values_list("person_id", flat=True).first()


def proved(*, plant: Plant, proof: str, day: dt.date) -> None:
    """A record that shows duties done came or went: the months in which they fall due are looked at anew, none that is closed."""
    month, duties = Period.month(day.year, day.month), SeatDuty.objects.filter(plant=plant, proof=proof)
    months = {_last(month.up(EVERY[every])) for every in duties.values_list("every", flat=True).distinct()}
    for one in sorted(months):
        closings.refuse_closed(plant=plant, month=one)
    partitions.touch(plant=plant, fact=FACT, months={one.yyyymm for one in months})


def _next(plant: Plant) -> int:
    """One more than the highest number given so far: a line that was taken out leaves its number to nobody else."""
    Plant.objects.select_for_update().get(pk=plant.pk)
    own = SeatDuty.objects.filter(plant=plant, code__startswith="own-").values_list("code", flat=True)
    return max((int(code.removeprefix("own-")) for code in own), default=0) + 1


def _last(period: Period) -> Period:
    return Period.month(period.last.year, period.last.month)


def _due(duty: SeatDuty, body: Body, period: Period, by: Account, today: dt.date) -> None:
    if period.grain is not EVERY[duty.every] or not duty.holds(min(period.last, today)):
        raise BadSeatDuty(f"“{duty.title}”在 {period} 没有这一项")
    if today < period.first:
        raise BadSeatDuty(f"{period} 还没有到，不能先报")
    day = min(period.last, today)
    kind = BodyState.objects.on(day).filter(body=body).values_list("kind", flat=True).first() or ""
    if LEVEL.get(kind) != duty.level:
        raise BadSeatDuty("这一条不是这一级党组织的责任")
    if holder(duty, body, day) != by.person_id:
        raise BadSeatDuty("由担任这一职务的人自己报")
    _open(duty, period)


def _open(duty: SeatDuty, period: Period) -> None:
    closings.refuse_closed(plant=duty.plant, month=_last(period))


def _since(plant: Plant, on: dt.date) -> None:
    """The list changed from a month on: what was built of it and of later ones is built anew."""
    first = on.year * 100 + on.month
    later = Partition.objects.filter(plant=plant, fact=FACT, month__gte=first).values_list("month", flat=True)
    partitions.touch(plant=plant, fact=FACT, months=[first, *later])


def _first(plant: Plant, on: dt.date) -> None:
    if on.day != 1:
        raise BadSeatDuty(f"清单从一个月的 1 日起算，现在填的是 {on}")
    closings.refuse_closed(plant=plant, month=Period.month(on.year, on.month))


def _note(verb: str, row: SeatReport, *, by: Account, at: dt.datetime) -> None:
    partitions.touch(plant=row.duty.plant, fact=FACT, months=[_last(Period.parse(row.period)).yyyymm])
    detail = {"duty": row.duty.code, "period": row.period, "state": row.state, "said": row.remark or row.words}
    audits.record(
        verb=f"seat_duties.{verb}", by=by, at=at, subject=row.body.code, plant=row.duty.plant, detail=detail
    )  # fmt: skip


def _audit(verb: str, plant: Plant, subject: str, *, by: Account, at: dt.datetime, on: dt.date) -> None:
    audits.record(verb=f"seat_duties.{verb}", by=by, at=at, subject=subject, plant=plant, detail={"on": str(on)})
