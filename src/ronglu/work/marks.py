"""评审: reviewers named by another, marks in five steps with a reason, given only by who has no stake, until the month is closed."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shapes.panel import TOP, Panel
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, PanelMark, Plant, Reviewer
from ronglu.work import audits, closings, dated, hands, marks_stake, partitions, sheets
from ronglu.work.queries import marks as queries

LONGEST = 400
PANELS: Mapping[str, str] = {"quarter": "季度点评打分", "practice": "实、特、亮"}
"""What named people judge apart from the items of a sheet (work/quarter_marks)."""


class MarkProblem(OrgTrouble):
    """评分不成立。"""


def panel_items(*, plant: Plant, month: Period) -> dict[str, Item]:
    """The items of the sheet in force that a panel judges, by code; none before the first sheet."""
    try:
        sheet = sheets.sheet_of(sheets.in_force(plant=plant, month=month))
    except sheets.NoSheet:
        return {}
    return {one.code: one for one in sheet.in_force(month.first) if isinstance(one.shape, Panel)}


@transaction.atomic
def name_reviewer(*, plant: Plant, item: str, account: Account, on: dt.date, by: Account, at: dt.datetime) -> Reviewer:
    """By another: nobody names himself. `item` is a panel item of the sheet in force that day, or one of PANELS."""
    known = {code: one.name for code, one in panel_items(plant=plant, month=Period.of(on, Grain.MONTH)).items()}
    known |= dict(PANELS)
    if item not in known:
        raise MarkProblem(f"“{item}”不由评审人评，应为{'、'.join(known)}之一")
    if account.person is None or account.person.plant_id != plant.pk or not account.is_active:
        raise MarkProblem("评审人应是本厂有账号的人")
    own = "不能自己指定自己当评审人，请由另一人指定"
    hands.apart(by, account.person, on=at.date(), trouble=MarkProblem, own=own)
    standing = Reviewer.objects.filter(plant=plant, item=item, account=account)
    if standing.filter(until_on=None).exists() or standing.filter(until_on__gt=on).exists():
        raise MarkProblem(f"{account.person.name}已经是 {item} 的评审人")
    made = Reviewer.objects.create(plant=plant, item=item, account=account, from_on=on, named_by=by)
    _note("reviewer", plant, f"{item} {account.person.name}", by, at, on=str(on))
    return made


@transaction.atomic
def end_reviewer(*, reviewer: Reviewer, on: dt.date, by: Account, at: dt.datetime) -> None:
    """From `on` he judges no more; what he gave stands."""
    if reviewer.until_on is not None and reviewer.until_on <= on:
        raise MarkProblem(f"已于 {reviewer.until_on} 停止")
    dated.end(reviewer, on=on)
    who = reviewer.account.person.name if reviewer.account.person else reviewer.account.staff_no
    _note("reviewer_end", reviewer.plant, f"{reviewer.item} {who}", by, at, on=str(on))


@transaction.atomic
def mark(
    *, plant: Plant, item: str, month: Period, record: str, step: int, reason: str, by: Account, at: dt.datetime
) -> PanelMark:  # fmt: skip
    """A first mark or another in its place; the earlier one stays where it was written."""
    Plant.objects.select_for_update().get(pk=plant.pk)  # a close that is under way comes before or after, never between
    closings.refuse_closed(plant=plant, month=month)
    _check(plant, item, month, step, reason, by, at.date())
    subject = next((s for s in queries.subjects(plant=plant, item=item, month=month) if s.record == record), None)
    if subject is None:
        raise MarkProblem(f"{month} 的 {item} 没有这一件待评，请刷新后再看")
    life = marks_stake.Life.of(by, plant=plant)
    if why := queries.stake(life, subject, month=month, on=at.date()):
        raise MarkProblem(f"{why}，不能评")
    spot = {"body": subject.body, "item": item, "month": month.yyyymm, "record": record}
    earlier = PanelMark.objects.filter(**spot, by=by).order_by("-number").first()
    made = PanelMark.objects.create(
        **spot, by=by, number=(earlier.number if earlier else 0) + 1, step=step, reason=reason.strip(), at=at
    )
    partitions.touch(plant=plant, fact=subject.source, months=[month.yyyymm])
    _note("mark", plant, f"{item} {month} {subject.label}", by, at, step=step, before=earlier.step if earlier else None)
    return made


def is_reviewer(*, plant: Plant, item: str, account: Account, on: dt.date) -> bool:
    return Reviewer.objects.on(on).filter(plant=plant, item=item, account=account).exists()


def said(reason: str) -> str:
    """The reason as it is kept; MarkProblem where there is none or it is too long."""
    found = reason.strip()
    if not found:
        raise MarkProblem("请写明理由")
    if len(found) > LONGEST:
        raise MarkProblem(f"理由最多 {LONGEST} 字，现有 {len(found)} 字")
    return found


def _check(plant: Plant, item: str, month: Period, step: int, reason: str, by: Account, on: dt.date) -> None:
    if item not in panel_items(plant=plant, month=month):
        raise MarkProblem(f"{month} 的考核表里，{item} 不是评审项")
    if not is_reviewer(plant=plant, item=item, account=by, on=on):
        raise MarkProblem(f"您现在不是 {item} 的评审人")
    if not 1 <= step <= TOP:
        raise MarkProblem(f"评分是 1 到 {TOP} 档，现在是 {step}")
    said(reason)


def _note(verb: str, plant: Plant, subject: str, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"marks.{verb}", by=by, at=at, plant=plant, subject=subject, detail=detail)
