"""Production units: set up, renamed, moved and closed, each from a day on."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.history import unit_tree
from ronglu.store.models import Account, Engagement, Plant, Post, Unit, UnitKind, UnitState
from ronglu.work import audits, dated, partitions
from ronglu.work.names import name_of


class BadUnit(OrgTrouble):
    """生产单位不能这样设。"""


@transaction.atomic
def create(
    *,
    plant: Plant,
    code: str,
    name: str,
    kind: str,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    parent: Unit | None = None,
    position: int = 0,
    module: str = "",
    letter: str = "",
) -> Unit:
    """A line names its process module; a crew its letter in the line's roster."""
    if Unit.objects.filter(plant=plant, code=code).exists():
        raise BadUnit(f"编码 {code} 已被另一个单位使用，请换一个编码")
    if kind not in UnitKind.values or not name.strip():
        raise BadUnit("请填写单位的名称和类型")
    before = set(unit_tree(plant).problems())
    unit = Unit.objects.create(plant=plant, code=code, kind=kind, position=position, module=module, letter=letter)
    UnitState.objects.create(unit=unit, name=name.strip(), parent=parent, from_on=on)
    _require_sound(plant, before)
    partitions.touch_since(plant=plant, on=on)
    audits.record(
        verb="units.create", by=by, at=at, subject=name, plant=plant, detail={"code": code, "kind": kind, "on": str(on)}
    )
    return unit


@transaction.atomic
def rename(*, unit: Unit, name: str, on: dt.date, by: Account | None, at: dt.datetime) -> UnitState:
    if not name.strip():
        raise BadUnit("单位名称不能为空")
    old = name_of(unit, on)
    state: UnitState = dated.change(unit.states, on=on, what=old, name=name.strip())
    audits.record(
        verb="units.rename", by=by, at=at, subject=old, plant=unit.plant, detail={"name": name, "on": str(on)}
    )
    return state


@transaction.atomic
def move(*, unit: Unit, parent: Unit | None, on: dt.date, by: Account | None, at: dt.datetime) -> UnitState:
    if parent is not None and parent.plant_id != unit.plant_id:
        raise BadUnit("上级单位属于另一个厂")
    name, before = name_of(unit, on), set(unit_tree(unit.plant).problems())
    state: UnitState = dated.change(unit.states, on=on, what=name, parent=parent)
    _require_sound(unit.plant, before)
    partitions.touch_since(plant=unit.plant, on=on)
    under = name_of(parent, on) if parent else None
    audits.record(
        verb="units.move", by=by, at=at, subject=name, plant=unit.plant, detail={"parent": under, "on": str(on)}
    )
    return state


@transaction.atomic
def close(*, unit: Unit, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """Out of service from a day on; refused while people work in it or units hang under it."""
    name = name_of(unit, on)
    if Engagement.objects.on(on).filter(unit=unit).exists():
        raise BadUnit(f"{name}仍有在岗人员，请先调离")
    if UnitState.objects.on(on).filter(parent=unit).exists():
        raise BadUnit(f"{name}仍有下级单位，请先调整隶属")
    for rows in (unit.mappings.all(), Post.objects.filter(unit=unit), unit.states.all()):
        dated.end_all(rows, on=on)
    partitions.touch_since(plant=unit.plant, on=on)
    audits.record(verb="units.close", by=by, at=at, subject=name, plant=unit.plant, detail={"on": str(on)})


def _require_sound(plant: Plant, before: set[str]) -> None:
    new = [problem for problem in unit_tree(plant).problems() if problem not in before]
    if new:
        raise BadUnit("；".join(new))
