"""The 风险清单: what can go wrong where, how grave it is, what holds it, and which post answers for that."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Person, Plant, Risk, RiskControl, RiskGrade, Unit, Zone
from ronglu.work import audits

PREFIX = "FX-"
LONGEST = RiskControl._meta.get_field("text").max_length or 0
FIELDS = ("unit", "zone", "activity", "what", "grade", "post", "reviewed_on")


class BadRisk(OrgTrouble):
    """风险清单不能这样填。"""


@transaction.atomic
def register(
    *, plant: Plant, unit: Unit, activity: str, what: str, post: str, controls: Sequence[str], by: Account, at: dt.datetime,
    grade: str = "", zone: Zone | None = None, reviewed_on: dt.date | None = None, code: str = "",
) -> Risk:  # fmt: skip
    """Ungraded where nobody has graded it yet: the rule on double prevention calls that to mind. `code` of its own list, else a
    running one."""
    Plant.objects.select_for_update().get(pk=plant.pk)
    known = set(Risk.objects.filter(plant=plant).values_list("code", flat=True))
    code = code.strip() or next(
        one for n in range(len(known) + 1, 2 * len(known) + 2) if (one := f"{PREFIX}{n:04d}") not in known
    )
    if code in known or "#" in code or " " in code or len(code) > 20:
        raise BadRisk(f"编号“{code}”已有，或太长，或含空格、#；请换一个，或空着由系统编号")
    said = {
        "unit": unit,
        "zone": zone,
        "activity": activity,
        "what": what,
        "grade": grade,
        "post": post,
        "reviewed_on": reviewed_on,
    }
    row = Risk(plant=plant, code=code, from_on=at.date(), **_checked(plant, said, at))
    row.save()
    _control(row, controls, at)
    _note("register", row, by=by, at=at)
    return row


@transaction.atomic
def change(*, risk: Risk, controls: Sequence[str] | None = None, by: Account, at: dt.datetime, **said: Any) -> Risk:
    """What is named changes; the controls are given whole, and one whose words stay keeps its number."""
    row = Risk.objects.select_for_update(of=("self",)).select_related("plant", "unit", "zone").get(pk=risk.pk)
    if row.until_on is not None:
        raise BadRisk(f"{row.code} 已不在清单上，请另登记一条")
    for name, value in _checked(row.plant, {name: getattr(row, name) for name in FIELDS} | said, at).items():
        setattr(row, name, value)
    row.save(update_fields=FIELDS)
    if controls is not None:
        _control(row, controls, at)
    _note("change", row, by=by, at=at, changed=sorted({*said, *(["controls"] if controls is not None else [])}))
    return row


@transaction.atomic
def end(*, risk: Risk, reason: str, by: Account, at: dt.datetime) -> Risk:
    """Off the list from tomorrow on; hazards that named a control of it keep what they say."""
    row = Risk.objects.select_for_update().get(pk=risk.pk)
    if row.until_on is not None:
        raise BadRisk(f"{row.code} 已不在清单上")
    if not reason.strip():
        raise BadRisk("请写明为什么不再列入清单")
    row.until_on = at.date() + dt.timedelta(days=1)
    row.save(update_fields=["until_on"])
    _note("end", row, by=by, at=at, reason=reason.strip()[:200])
    return row


def _checked(plant: Plant, said: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    zone = said["zone"]
    if said["unit"].plant_id != plant.pk or (zone is not None and zone.plant_id != plant.pk):
        raise BadRisk("单位和责任区应在本厂")
    for name, what in (("activity", "作业活动或设备"), ("what", "风险"), ("post", "责任岗位")):
        longest = Risk._meta.get_field(name).max_length or 0
        said[name] = str(said[name] or "").strip()
        if not said[name] or len(said[name]) > longest:
            raise BadRisk(f"请填写{what}，最多 {longest} 字")
    if Person.objects.filter(plant=plant, name=said["post"]).exists():
        raise BadRisk(f"责任岗位写岗位，不写姓名：“{said['post']}”是本厂一个人的姓名")
    if said["grade"] and said["grade"] not in RiskGrade.values:
        raise BadRisk(f"等级应为{'、'.join(RiskGrade.labels)}之一，没有评的空着")
    if said["reviewed_on"] is not None and said["reviewed_on"] > at.date():
        raise BadRisk(f"评估日期 {said['reviewed_on']} 还没有到")
    return said


def _control(risk: Risk, controls: Sequence[str], at: dt.datetime) -> None:
    wanted = list(dict.fromkeys(text.strip() for text in controls if text.strip()))
    if not wanted:
        raise BadRisk("请写至少一条管控措施，一行一条")
    if long := [text for text in wanted if len(text) > LONGEST]:
        raise BadRisk(f"一条管控措施最多 {LONGEST} 字，请分成几条：“{long[0][:20]}…”")
    rows = list(risk.controls.all())
    there = {row.text: row for row in rows}
    for row in rows:
        row.dropped_on = None if row.text in wanted else row.dropped_on or at.date()
    RiskControl.objects.bulk_update(rows, ["dropped_on"])
    last = max((row.no for row in rows), default=0)
    new = [text for text in wanted if text not in there]
    RiskControl.objects.bulk_create(RiskControl(risk=risk, no=last + n, text=text) for n, text in enumerate(new, 1))


def _note(verb: str, row: Risk, *, by: Account, at: dt.datetime, **more: Any) -> None:
    audits.record(verb=f"risks.{verb}", by=by, at=at, subject=row.code, plant=row.plant, detail={"risk": row.pk} | more)
