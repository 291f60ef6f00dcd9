"""隐患统计通报: counted from the cases, proposed by one and published by another, and then as fixed as paper.

Publishing is what tells the employees (R-SAF-04) and what keeps the statistics of a quarter or year (R-SAF-06).
"""

import datetime as dt
import hashlib

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.canonical import canonical
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import PLANT, WORKSHOP
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, BulletinPlace, BulletinState, HazardBulletin, Plant, Unit
from ronglu.work import audits, hands
from ronglu.work.bulletin_figures import figures

ONE = dt.timedelta(days=1)
GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


class BadBulletin(OrgTrouble):
    """隐患统计通报不能这样办。"""


@transaction.atomic
def propose(*, unit: Unit, period: Period, by: Account, at: dt.datetime) -> HazardBulletin:
    """Counts up to the end of the period, or up to today while it runs: what is announced early is told early. The last day has
    to be over before a period is whole, or what is found that evening would stand in none."""
    on = at.date()
    if unit.kind not in (PLANT, WORKSHOP):
        raise BadBulletin("通报按全厂或车间拟，请选厂或车间")
    if period.grain not in GRAINS or period.first > on:
        raise BadBulletin(f"{period.label}不能拟通报，请选已经开始的月、季或年")
    Plant.objects.select_for_update().get(pk=unit.plant_id)
    there = HazardBulletin.objects.filter(unit=unit, period=str(period))
    if there.filter(state=BulletinState.PROPOSED).exists():
        raise BadBulletin(f"{period.label}的通报已有一份待发布，请先发布或撤下")
    if there.filter(state=BulletinState.PUBLISHED, until_on=period.last).exists():
        raise BadBulletin(f"{period.label}的通报已经发布；有错的先撤回再拟")
    until = on - ONE if on == period.last else min(period.last, on)
    row = HazardBulletin(
        plant=unit.plant, unit=unit, period=str(period), until_on=until, proposed_by=by, proposed_at=at,
        number=(there.aggregate(last=Max("number"))["last"] or 0) + 1,
        figures=figures(unit=unit, first=period.first, until=until),
    )  # fmt: skip
    row.digest = digest_of(row)
    row.save()
    _note("propose", row, by=by, at=at)
    return row


@transaction.atomic
def publish(
    *, bulletin: HazardBulletin, place: str, announced_on: dt.date, by: Account, at: dt.datetime
) -> HazardBulletin:
    """The second person's yes, with where and when the employees were told; the figures are those he looked at."""
    row = _locked(bulletin, BulletinState.PROPOSED)
    hands.apart(by, row.proposed_by, on=at.date(), trouble=BadBulletin, own="这份通报由您拟，须由另一人发布")
    if place not in BulletinPlace.values:
        raise BadBulletin(f"请选在哪里通报：{'、'.join(BulletinPlace.labels)}")
    if not row.until_on <= announced_on <= at.date():
        raise BadBulletin(f"通报日期应在统计截至日 {row.until_on} 到今天之间，写的是 {announced_on}")
    if digest_of(row) != row.digest:
        raise BadBulletin("这份通报的数字和拟的时候不符，请撤下重新拟")
    row.state, row.place, row.announced_on = BulletinState.PUBLISHED, place, announced_on
    row.decided_by, row.decided_at = by, at
    row.save(update_fields=["state", "place", "announced_on", "decided_by", "decided_at"])
    _note("publish", row, by=by, at=at, place=place, announced_on=str(announced_on))
    return row


@transaction.atomic
def drop(*, bulletin: HazardBulletin, reason: str, by: Account, at: dt.datetime) -> HazardBulletin:
    """Not published after all, by whoever; what was proposed stays to be read."""
    row = _locked(bulletin, BulletinState.PROPOSED)
    row.state, row.reason, row.decided_by, row.decided_at = BulletinState.DROPPED, _why(reason), by, at
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _note("drop", row, by=by, at=at, reason=row.reason)
    return row


@transaction.atomic
def withdraw(*, bulletin: HazardBulletin, reason: str, by: Account, at: dt.datetime) -> HazardBulletin:
    """In the open, by someone other than who published it; what it told is told no more until a new one is published."""
    row = _locked(bulletin, BulletinState.PUBLISHED)
    hands.apart(by, row.decided_by, on=at.date(), trouble=BadBulletin, own="这份通报由您发布，须由另一人撤回")
    row.state, row.reason, row.withdrawn_by = BulletinState.WITHDRAWN, _why(reason), by
    row.save(update_fields=["state", "reason", "withdrawn_by"])
    _note("withdraw", row, by=by, at=at, reason=row.reason)
    return row


def digest_of(row: HazardBulletin) -> str:
    """Over all that the paper says."""
    said = {"unit": row.unit_id, "period": row.period, "until": str(row.until_on), "figures": row.figures}
    return hashlib.sha256(canonical(said)).hexdigest()


def _locked(bulletin: HazardBulletin, state: BulletinState) -> HazardBulletin:
    row = HazardBulletin.objects.select_for_update(of=("self",)).select_related("unit", "plant").get(pk=bulletin.pk)
    if row.state != state:
        raise BadBulletin(f"这份通报{row.get_state_display()}，不能这样办")
    return row


def _why(reason: str) -> str:
    if not reason.strip():
        raise BadBulletin("请写明理由")
    return reason.strip()[:200]


def _note(verb: str, row: HazardBulletin, *, by: Account, at: dt.datetime, **more: str) -> None:
    detail = {"bulletin": row.pk, "period": row.period, "until_on": str(row.until_on), "digest": row.digest} | more
    audits.record(verb=f"bulletins.{verb}", by=by, at=at, subject=row.unit.code, plant=row.plant, detail=detail)
