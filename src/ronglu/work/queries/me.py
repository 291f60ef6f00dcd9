"""Everything stored about one person, for himself: to read, to take away, and to ask for a correction (07 §7.1)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import (
    AidPair,
    Away,
    Case,
    Commitment,
    DuesUnpaid,
    Duty,
    Engagement,
    GatheringPerson,
    IndicatorRow,
    LiftMonth,
    LiftPlan,
    LiftStand,
    Membership,
    Notice,
    Person,
    PointEntry,
    Post,
    ServeRecord,
    TeamMember,
    Training,
    ZoneOwner,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One table: what it is for, how long it is kept, and his own rows of it. For each column: its name and, where the column is
    one of a few codes, what they are called.
    """

    code: str
    label: str
    why: str
    kept: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    names: tuple[str, ...]
    choices: tuple[Mapping[Any, str], ...]

    def as_data(self) -> dict[str, Any]:
        rows = [dict(zip(self.heads, map(_plain, row), strict=True)) for row in self.rows]
        return {"label": self.label, "why": self.why, "kept": self.kept, "rows": rows}


HELD, YEARS3, YEARS5, MONTH = "在册期间", "三年", "五年", "结束后一个月"


def stored(person: Person) -> list[Stored]:
    """A query a table. No ID number, no health, no track: those are not kept at all (09 §9.5)."""
    head = (
        ("staff_no", "工号"),
        ("name", "姓名"),
        ("joined_on", "入党日期"),
        ("grades", "技能等级"),
        ("contact", "工作联系方式"),
    )
    one = Person.objects.filter(pk=person.pk)
    mine = {"person": person}
    place = (("from_on", "起"), ("until_on", "止（不含）"))
    return [
        _of("person", "登记", "派工、任职和组织关系", HELD, head, one),
        _of("work", "任职单位", "班次和产线归属", HELD, (("unit__code", "单位"), *place), Engagement.objects.filter(**mine)),
        _of("membership", "组织关系", "支部考核按人天计", HELD, (("body__code", "党组织"), ("status", "类别"), *place), Membership.objects.filter(**mine)),
        _of("posts", "职务", "谁能办什么", HELD, (("role", "职务"), ("body__code", "党组织"), ("unit__code", "单位"), *place), Post.objects.filter(**mine)),
        _of("duties", "身兼职责", "安全员、监督员、质检员", HELD, (("role", "职责"), ("area", "范围"), *place), Duty.objects.filter(**mine)),
        _of("zones", "责任区", "巡查和问题归属", HELD, (("zone__code", "责任区"), ("duty", "职责"), *place), ZoneOwner.objects.filter(**mine)),
        _of("teams", "队伍", "突击队调用", HELD, (("team__code", "队伍"), ("role", "身份"), *place), TeamMember.objects.filter(**mine)),
        _of("plans", "双提升清单", "帮带，不公开排位", YEARS5, (("year", "年度"), ("ability", "能力目标"), ("results", "业绩目标"), ("state", "状态")), LiftPlan.objects.filter(**mine)),
        _of("figures", "双提升月度数", "与自己的基线比", YEARS5, (("month", "月份"), ("dimension", "维度"), ("figure_h", "数（百分之一）"), ("ground", "依据"), ("state", "状态")), LiftMonth.objects.filter(**mine)),
        _of("stands", "双提升月度情况", "与自己的基线比", YEARS5, (("month", "月份"), ("x_h", "能力素养"), ("y_h", "业绩"), ("dx_h", "能力素养变化"), ("dy_h", "业绩变化"), ("quadrant", "象限")), LiftStand.objects.filter(**mine)),
        _of("points", "积分", "旗帜党员的入围依据之一", YEARS3, (("pk", "第几条"), ("month", "月份"), ("source", "来源"), ("points_h", "分值（百分之一）"), ("label", "什么事"), ("state", "状态"), ("reason", "说明")), PointEntry.objects.filter(**mine)),
        _of("commitments", "责任书、承诺书", "应签名单", YEARS5, (("year", "年度"), ("kind", "类型"), ("due_on", "期限"), ("signed_on", "签订日期"), ("state", "状态")), Commitment.objects.filter(**mine)),
        _of("aid", "双向帮扶", "两人自己看", YEARS3, (("axis", "哪一方面"), ("state", "状态"), *place), AidPair.objects.filter(Q(one=person) | Q(other=person))),
        _of("serving", "三联系三服务", "去过哪里、带回什么", YEARS3, (("held_on", "日期"), ("link", "联系谁"), ("heard", "带回什么")), ServeRecord.objects.filter(**mine)),
        _of("meetings", "会议到会", "会议是否完整、核对学时，不计分", YEARS3, (("gathering__title", "会议"), ("gathering__starts_at", "时间"), ("mark", "到会")), GatheringPerson.objects.filter(**mine)),
        _of("aways", "不在岗", "排会算到会，不记为什么", MONTH, place, Away.objects.filter(**mine)),
        _of("trainings", "集中培训", "核对学时，不计分", YEARS3, (("title", "培训名称"), ("first_on", "首日"), ("last_on", "末日"), ("half_days", "半天数")), Training.objects.filter(people=person, state="valid")),
        _of("dues", "未交党费", "只供本支部书记当面了解", YEARS3, (("month__month", "月份"), ("excused", "有正当理由")), DuesUnpaid.objects.filter(**mine)),
        _of("cases", "本人提出的事项", "闭环办理和答复", YEARS5, (("number", "编号"), ("title", "题目"), ("state", "状态"), ("raised_at", "提出于")), Case.objects.filter(raised_by=person)),
        _of("notices", "提醒", "轮到您办的事", "一年", (("at", "时间"), ("text", "内容")), Notice.objects.filter(**mine)),
    ]  # fmt: skip


def targets(person: Person, *, month: Period, on: dt.date) -> list[IndicatorRow]:
    """The month's indicators with a plan of the unit he works in, or of the line it belongs to."""
    units = Engagement.objects.on(on).filter(person=person).values("unit_id")
    rows = IndicatorRow.objects.filter(unit__in=units, grain=Grain.MONTH.value, month=month.yyyymm, letter="")
    return list(rows.exclude(plan="").order_by("indicator"))


def _of(code: str, label: str, why: str, kept: str, columns: Iterable[tuple[str, str]], rows: Any) -> Stored:
    names, heads = zip(*columns, strict=True)
    found = tuple(rows.order_by("pk").values_list(*names))
    return Stored(code, label, why, kept, heads, found, names, tuple(_choices(rows.model, name) for name in names))


def _choices(model: Any, name: str) -> Mapping[Any, str]:
    return {} if name == "pk" or "__" in name else dict(getattr(model._meta.get_field(name), "flatchoices", ()))


def as_data(person: Person) -> Mapping[str, Any]:
    return {one.code: one.as_data() for one in stored(person)}


def _plain(value: Any) -> Any:
    """What JSON can keep."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
