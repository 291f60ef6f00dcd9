"""The 风险清单 from a workbook: one risk a row, known by its number; and the same columns written out to be taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.store.models import Account, Import, Plant, Risk, RiskControl, RiskGrade, Unit, Zone
from ronglu.work import risks
from ronglu.work.queries.places import Places
from ronglu.work.queries.risks import EDIT, Line
from ronglu.work.scope import scope_of
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

HEADS = ("编号", "单位", "责任区", "作业活动或设备", "风险", "等级", "管控措施", "责任岗位", "评估日期")
SHORT = {RiskGrade.RED: ("红", "重大", "重大风险"), RiskGrade.ORANGE: ("橙", "较大", "较大风险"), RiskGrade.YELLOW: ("黄", "一般", "一般风险"),
         RiskGrade.BLUE: ("蓝", "低", "低风险")}  # fmt: skip


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    grades = {word: one.value for one in RiskGrade for word in (str(one.label), *SHORT[one])}
    return Table(
        code="risks",
        label="风险清单",
        key=("code",),
        columns=(
            Column(code="code", label="编号", required=True, words=("风险编号", "序号"), longest=20, example="FX-0001"),
            common.unit_column(plant=plant, on=on),
            Column(code="zone", label="责任区", cell=Cell.CHOICE, known=_zones(plant), words=("区域", "地点"), help="责任区的编码或名称，没有的空着。"),
            Column(code="activity", label="作业活动或设备", required=True, words=("风险点", "作业活动", "设备", "场所"), longest=80, example="转炉出钢"),
            Column(code="what", label="风险", required=True, words=("风险描述", "可能的后果", "主要危险因素"), longest=200, example="钢水喷溅烫伤"),
            Column(code="grade", label="等级", cell=Cell.CHOICE, known=grades, words=("风险等级", "风险色")),
            Column(code="controls", label="管控措施", required=True, words=("控制措施",), longest=2000, help="一条一行（单元格里换行）。"),
            Column(code="post", label="责任岗位", required=True, words=("责任人岗位", "管控岗位"), longest=40, example="炉长", help="写岗位，不写姓名。"),
            Column(code="reviewed_on", label="评估日期", cell=Cell.DAY, words=("辨识日期", "评估时间")),
        ),
        notes=("管控措施写全：没有写的，不再采用。", "空着的格保留原来的内容。"),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    common.within_reach(rows=rows, plant=plant, verb=EDIT, by=by, on=at.date(), faults=faults)
    there = {one.code: one for one in Risk.objects.filter(plant=plant).select_related("plant", "unit", "zone")}
    reach = scope_of(by, on=at.date()).reach(EDIT)
    for row in rows:
        if (one := there.get(row["code"])) and not reach.holds(plant=plant.pk, unit=one.unit_id, body=None):
            faults.add(row, "code", f"编号 {one.code} 是别的单位的风险，不由您改；新的风险请另用一个编号")
    faults.check()
    units = Unit.objects.in_bulk({row["unit"] for row in rows if row["unit"]})
    zones = Zone.objects.in_bulk({row["zone"] for row in rows if row["zone"]})
    held = _controls(there.values())
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        said = {
            "unit": units.get(row["unit"]), "zone": zones.get(row["zone"]), "activity": row["activity"], "what": row["what"],
            "grade": row["grade"], "post": row["post"], "reviewed_on": row["reviewed_on"],
        }  # fmt: skip
        said = {name: value for name, value in said.items() if value not in (None, "")}
        before, controls = (
            there.get(row["code"]),
            [line.strip() for line in row["controls"].splitlines() if line.strip()],
        )
        try:
            if before is None:
                risks.register(plant=plant, code=row["code"], controls=controls, by=by, at=at, **said)
                counts["new"] += 1
                continue
            changes: dict[str, Any] = {name: value for name, value in said.items() if value != getattr(before, name)}
            if controls != held[before.pk]:
                changes["controls"] = controls
            counts["changed" if changes else "unchanged"] += 1
            if changes:
                risks.change(risk=before, by=by, at=at, **changes)
        except OrgTrouble as trouble:
            faults.add(row, "", str(trouble))
    faults.check()
    return Taken(**counts, notes=faults.notes)


def cells(listed: Iterable[Line], *, places: Places) -> list[list[Any]]:
    """One row a risk under HEADS; what is read back changes nothing."""
    return [
        [
            one.risk.code, places.unit_name(one.risk.unit_id), one.risk.zone.code if one.risk.zone else "", one.risk.activity,
            one.risk.what, one.risk.get_grade_display() if one.risk.grade else "", "\n".join(row.text for row in one.controls),
            one.risk.post, one.risk.reviewed_on,
        ]
        for one in listed
    ]  # fmt: skip


def _zones(plant: Plant) -> dict[str, int]:
    """By code, then by a name that only one has."""
    rows = list(Zone.objects.filter(plant=plant, state="active").values_list("pk", "code", "name"))
    names = [name for _pk, _code, name in rows]
    return {name: pk for pk, _code, name in rows if names.count(name) == 1} | {code: pk for pk, code, _name in rows}


def _controls(there: Iterable[Risk]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {one.pk: [] for one in there}
    for risk, text in (
        RiskControl.objects.filter(risk__in=found, dropped_on=None).order_by("no").values_list("risk", "text")
    ):
        found[risk].append(text)
    return found
