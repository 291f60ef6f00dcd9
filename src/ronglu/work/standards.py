"""五个一: entered by the branch, looked at by somebody else, looked at again each quarter; what no longer holds ends that day."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.standing.standard import StandardKind, StandardTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Body, BodyState, Post, StandardItem, StandardState
from ronglu.work import audits, closings, hands, partitions

FACT = "standards"
LONGEST = 500
ENTERED, VALID, RETURNED, EXPIRED = (
    StandardState.ENTERED,
    StandardState.VALID,
    StandardState.RETURNED,
    StandardState.EXPIRED,
)


class BadStandard(StandardTrouble):
    """“五个一”不能这样登记或检查。"""


@transaction.atomic
def enter(
    *, body: Body, kind: StandardKind, evidence: str, on: dt.date, until_on: dt.date, by: Account, at: dt.datetime
) -> StandardItem:
    """Holds from `on` until the day before `until_on`; counts once another has looked. Enter it anew when it runs out."""
    if not BodyState.objects.on(on).filter(body=body, kind__in=BRANCHES).exists():
        raise BadStandard("“五个一”由支部登记，这一天它不是支部")
    _dates(kind, on, until_on)
    if StandardItem.objects.filter(body=body, kind=kind.code, state=ENTERED).exists():
        raise BadStandard(f"{kind.zh}已经登记、还没有检查；要改就更正那一条")
    if StandardItem.objects.filter(body=body, kind=kind.code, from_on=on).exists():
        raise BadStandard(f"{kind.zh}已经有一条从 {on} 起的，请换一天，或更正那一条")
    row = StandardItem.objects.create(
        body=body, kind=kind.code, evidence=_said(evidence), from_on=on, until_on=until_on, entered_by=by, entered_at=at
    )
    _note("enter", row, by=by, at=at)
    return row


@transaction.atomic
def correct(*, item: StandardItem, evidence: str, until_on: dt.date, by: Account, at: dt.datetime) -> StandardItem:
    """What waits or was sent back, put right; whoever puts it right is the one who entered it."""
    if until_on <= item.from_on:
        raise BadStandard(f"有效期到 {until_on}，早于起算日 {item.from_on}")
    changes = {"evidence": _said(evidence), "until_on": until_on, "entered_by": by, "entered_at": at}
    return _step(item, (ENTERED, RETURNED), "correct", by=by, at=at, state=ENTERED, **changes)


@transaction.atomic
def check(*, item: StandardItem, holds: bool, verdict: str, by: Account, at: dt.datetime) -> StandardItem:
    """The first look: it is there, or it goes back with a reason."""
    _second(item, by, at.date())
    if not holds:
        return _looked(item, (ENTERED,), RETURNED, _said(verdict), by=by, at=at)
    _open(item, item.from_on, at.date())
    return _looked(item, (ENTERED,), VALID, verdict.strip()[:LONGEST], by=by, at=at)


@transaction.atomic
def look(
    *, item: StandardItem, holds: bool, verdict: str, on: dt.date, by: Account, at: dt.datetime
) -> StandardItem:  # fmt: skip
    """The look of the quarter at what was found there before; what is gone ends with `on`."""
    _second(item, by, at.date())
    if on > at.date():
        raise BadStandard(f"检查日期 {on} 还没有到")
    if holds:
        return _looked(item, (VALID,), VALID, verdict.strip()[:LONGEST], by=by, at=at)
    if not item.holds(on) or on <= item.from_on:
        raise BadStandard(f"这一条 {item.from_on} 起、到 {item.until_on} 前有效，{on} 不在其中")
    _open(item, on, at.date())
    # the months after the new end are months that it no longer carries
    _touch(item)
    return _looked(item, (VALID,), EXPIRED, _said(verdict), by=by, at=at, until_on=on)


def _looked(
    item: StandardItem, states: tuple[str, ...], state: str, verdict: str, *, by: Account, at: dt.datetime, **more: object
) -> StandardItem:  # fmt: skip
    changes = {"checked_by": by, "checked_at": at, "verdict": verdict} | more
    return _step(
        item,
        states,
        {VALID: "hold", RETURNED: "return", EXPIRED: "expire"}[state],
        by=by,
        at=at,
        state=state,
        **changes,
    )


def _second(item: StandardItem, by: Account, on: dt.date) -> None:
    """Neither who entered it nor who sits on the branch's own committee."""
    hands.apart(by, item.entered_by, on=on, trouble=BadStandard, own="登记的人不能自己检查，须由另一人")
    if Post.objects.on(on).filter(person=by.person_id, body=item.body_id).exists():
        raise BadStandard("您在这个支部任职，须由支部以外的人检查")


def _open(item: StandardItem, first: dt.date, today: dt.date) -> None:
    """A quarter that is closed is not changed from behind."""
    for month in quarter_ends(first, min(today, item.until_on or today)):
        closings.refuse_closed(plant=item.body.plant, month=month)


def quarter_ends(first: dt.date, until: dt.date) -> list[Period]:
    """The last months of the quarters whose last day lies in `first` ≤ day < `until`."""
    quarter, found = Period.day(first).up(Grain.QUARTER), []
    while quarter.last < until:
        found.append(quarter.down(Grain.MONTH)[-1])
        quarter += 1
    return found


def _touch(item: StandardItem) -> None:
    """The quarters that it reaches into, and the one in which it will be missed."""
    assert item.until_on is not None
    after = Period.day(item.until_on).up(Grain.QUARTER).last + dt.timedelta(days=1)
    months = [month.yyyymm for month in quarter_ends(item.from_on, after)]
    partitions.touch(plant=item.body.plant, fact=FACT, months=months)


def _dates(kind: StandardKind, on: dt.date, until_on: dt.date) -> None:
    if until_on <= on:
        raise BadStandard(f"有效期到 {until_on}，早于起算日 {on}")
    months = (until_on.year - on.year) * 12 + until_on.month - on.month
    if months > kind.months or (months == kind.months and until_on.day > on.day):
        raise BadStandard(f"{kind.zh}一次最多登记 {kind.months} 个月，到期重新登记、重新检查")


def _said(text: str) -> str:
    if not text.strip():
        raise BadStandard("请写明：在哪里、凭什么说有或没有")
    return text.strip()[:LONGEST]


def _step(
    item: StandardItem, states: tuple[str, ...], verb: str, *, by: Account, at: dt.datetime, **changes: object
) -> StandardItem:
    if StandardItem.objects.filter(pk=item.pk, state__in=states).update(**changes) != 1:
        item.refresh_from_db()
        raise BadStandard(f"这一条现在是“{item.get_state_display()}”，不能再办这一步；请刷新后再看")
    item.refresh_from_db()
    _note(verb, item, by=by, at=at)
    return item


def _note(verb: str, item: StandardItem, *, by: Account, at: dt.datetime) -> None:
    _touch(item)
    detail = {
        "kind": item.kind,
        "from": str(item.from_on),
        "until": str(item.until_on),
        "said": item.verdict or item.evidence,
    }
    audits.record(verb=f"standards.{verb}", by=by, at=at, subject=item.body.code, plant=item.body.plant, detail=detail)
