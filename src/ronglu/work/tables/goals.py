"""The goal tree of a year from a workbook: one goal a row, known by its number; and the same columns written out to be taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.table import Cell, Column, Row, Table, Taken
from ronglu.store.models import Account, Body, Goal, GoalState, Import, Person, Plant, Theme, Unit
from ronglu.work import goals
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import scope_of
from ronglu.work.tables import common

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

VERB = "goals.set"
HEADS = ("年度", "编号", "上级编号", "党组织", "工号", "目标", "三抓三要", "主题", "权重%", "单位", "指标", "期限")
Key = tuple[int, str]


def declare(*, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    grips = pack.base.annual.grips
    return Table(
        code="goals",
        label="年度目标",
        key=("year", "code"),
        columns=(
            Column(code="year", label="年度", cell=Cell.WHOLE, required=True, words=("年份", "年"), low=Decimal(2000),
                   high=Decimal(2099), example=str(on.year)),
            Column(code="code", label="编号", required=True, words=("目标编号", "序号"), longest=20, example="1.2"),
            Column(code="parent", label="上级编号", words=("上级目标",), longest=20, example="1", help="最上层的目标空着。"),
            common.body_column(plant=plant, on=on, required=True),
            Column(code="person", label="工号", words=("责任人工号",), longest=40, help="党员个人的职责才填；组织的目标空着。"),
            Column(code="title", label="目标", required=True, words=("目标内容", "任务"), longest=160, example="粗铜产量完成全年计划"),
            Column(code="grip", label="三抓三要", cell=Cell.CHOICE, known={word: code for code, one in grips.items() for word in (one.zh, code)},
                   required=True, example=next((one.zh for one in grips.values()), "")),
            Column(code="theme", label="主题", words=("年度主题",), longest=80, help="本厂这一年登记的主题名称。"),
            Column(code="weight", label="权重%", cell=Cell.WHOLE, words=("权重",), low=Decimal(1), high=Decimal(100),
                   help="占上级目标的百分之几，同一上级下合计 100。"),
            common.unit_column(plant=plant, on=on, required=False),
            _indicator(pack),
            Column(code="due_on", label="期限", cell=Cell.DAY, example=f"{on.year}-12-31", help="空着是年底。"),
        ),
        notes=(
            "上级目标可以在同一张表里，也可以是已有的；先后不限。",
            "已报结果、已核过或已撤下的目标不再改。空着的格保留原来的内容。",
        ),
    )  # fmt: skip


def take(
    *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import | None = None
) -> Taken:
    faults = common.Faults()
    _within(rows, plant, by, at, faults)
    faults.check()
    one = _Taking(plant, rows, by, at, faults)
    one.free_weights()
    for row in rows:
        one.take((int(row["year"]), row["code"]))
    faults.check()
    return Taken(**one.counts, notes=faults.notes)


def cells(listed: Iterable[Goal], *, places: Places, pack: "Pack") -> list[list[Any]]:
    """One row a goal under HEADS; what is read back changes nothing."""
    listed = list(listed)
    codes = {one.pk: one.code for one in listed} | dict(
        Goal.objects.filter(pk__in={one.parent_id for one in listed if one.parent_id}).values_list("pk", "code")
    )
    grips, indicators = pack.base.annual.grips, pack.indicators
    return [
        [
            one.year, one.code, codes.get(one.parent_id or 0, ""), places.body_name(one.body_id), one.person.staff_no if one.person else "",
            one.title, grips[one.grip].zh if one.grip in grips else one.grip, one.theme.name if one.theme else "", one.weight,
            places.unit_name(one.unit_id), indicators[one.indicator].name if one.indicator in indicators else one.indicator, one.due_on,
        ]
        for one in listed
    ]  # fmt: skip


class _Taking:
    """Row by row, the goal above before the goal below, whatever the order of the file."""

    def __init__(self, plant: Plant, rows: Sequence[Row], by: Account, at: dt.datetime, faults: common.Faults) -> None:
        self.plant, self.by, self.at, self.faults = plant, by, at, faults
        self.rows: dict[Key, Row] = {(int(row["year"]), row["code"]): row for row in rows}
        years = {year for year, _code in self.rows}
        known = Goal.objects.filter(plant=plant, year__in=years).select_related("parent", "plant", "body", "person")
        self.there: dict[Key, Goal] = {(one.year, one.code): one for one in known}
        self.bodies = Body.objects.in_bulk({row["body"] for row in rows})
        self.units = Unit.objects.in_bulk({row["unit"] for row in rows if row["unit"]})
        numbers = {row["person"] for row in rows if row["person"]}
        self.people = {one.staff_no: one for one in Person.objects.filter(plant=plant, staff_no__in=numbers)}
        self.themes = list(Theme.objects.filter(plant=plant))
        self.counts = {"new": 0, "changed": 0, "unchanged": 0}
        self.done: set[Key] = set()

    def free_weights(self) -> None:
        """60/40 instead of 50/50: what the table sets anew is given back first, so that no order of rows is over 100."""
        moved = [
            one
            for key, row in self.rows.items()
            if (one := self.there.get(key)) and row["weight"] and int(row["weight"]) != one.weight
        ]
        Goal.objects.filter(pk__in=[one.pk for one in moved], state=GoalState.OPEN).update(weight=None)

    def take(self, key: Key) -> None:
        if key in self.done:
            return
        self.done.add(key)
        row = self.rows[key]
        above = (key[0], row["parent"]) if row["parent"] else None
        if above in self.rows:
            self.take(above)  # type: ignore[arg-type]
        try:
            self._put(key, row, above)
        except OrgTrouble as trouble:
            self.faults.add(row, "code", str(trouble))

    def _put(self, key: Key, row: Row, above: Key | None) -> None:
        if above is not None and above not in self.there:
            self.faults.add(row, "parent", f"{above[0]} 年没有编号 {above[1]} 的目标，请先写上级目标或改正编号")
            return
        given = self._given(row, self.there[above] if above else None)
        if given is None:
            return
        before = self.there.get(key)
        if before is None:
            self.there[key] = goals.set_one(
                plant=self.plant, year=key[0], code=key[1], body=self.bodies[row["body"]], person=self._person(row), by=self.by,
                at=self.at, **given,
            )  # fmt: skip
            self.counts["new"] += 1
            return
        if before.body_id != row["body"] or (row["person"] and before.person != self._person(row)):
            self.faults.add(row, "body", f"编号 {key[1]} 已是另一个党组织或党员的目标，请另用一个编号")
            return
        changes = {name: value for name, value in given.items() if value != getattr(before, name)}
        self.counts["changed" if changes else "unchanged"] += 1
        if changes:
            goal = Goal.objects.select_related("plant", "parent").get(pk=before.pk)
            self.there[key] = goals.change(goal=goal, by=self.by, at=self.at, **changes)

    def _given(self, row: Row, parent: Goal | None) -> dict[str, Any] | None:
        """What the row says; an empty cell says nothing. None where a word of it is not known."""
        theme = self._theme(row)
        if (row["theme"] and theme is None) or (row["person"] and self._person(row) is None):
            return None
        found: Mapping[str, Any] = {
            "parent": parent, "title": row["title"], "grip": row["grip"], "theme": theme,
            "weight": int(row["weight"]) if row["weight"] else None, "unit": self.units.get(row["unit"]),
            "indicator": row["indicator"] or "", "due_on": row["due_on"],
        }  # fmt: skip
        return {name: value for name, value in found.items() if value not in (None, "")}

    def _theme(self, row: Row) -> Theme | None:
        if not row["theme"]:
            return None
        year = int(row["year"])
        found = next(
            (one for one in self.themes if one.name == row["theme"] and one.first_year <= year <= one.last_year), None
        )
        if found is None:
            self.faults.add(row, "theme", f"{year} 年没有登记主题“{row['theme']}”，请先在“主题”页登记或改正名称")
        return found

    def _person(self, row: Row) -> Person | None:
        if not row["person"]:
            return None
        found = self.people.get(row["person"])
        if found is None:
            self.faults.add(row, "person", f"{self.plant.name}没有工号 {row['person']}，请核对工号")
        return found


def _indicator(pack: "Pack") -> Column:
    known = {word: code for code, one in pack.indicators.items() for word in (one.name, code)}
    return Column(
        code="indicator", label="指标", cell=Cell.CHOICE, known=known, words=("指标名称", "指标代码"),
        help="挂上后计划和实际由记录带出；与单位一起填。",
    )  # fmt: skip


def _within(rows: Sequence[Row], plant: Plant, by: Account, at: dt.datetime, faults: common.Faults) -> None:
    """A row of a body whose goals are not the person's to set is told by its cell."""
    reach = scope_of(by, on=at.date()).reach(VERB)
    for row in rows:
        if row["body"] is not None and not covers(reach, body=row["body"], plant=plant.pk):
            faults.add(row, "body", "这个党组织的目标不由您定，请由它的书记、组长或党群部导入")
