"""What the kinds share: units, bodies and indicators as words of a column, whose unit a row may speak of, and the upsert."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from ronglu.kernel.table import Cell, Column, Fault, Row, TableFaults, Taken
from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import Account, Body, Plant, Unit
from ronglu.work.scope import Reach, scope_of

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

REPORTING = ("plant", "workshop", "line", "step")


def unit_column(*, plant: Plant, on: dt.date, kinds: Iterable[str] = REPORTING, **more: Any) -> Column:
    """A unit by its name of that day or its code. Two units of one name are told apart by code only."""
    codes = dict(Unit.objects.filter(plant=plant).values_list("pk", "code"))
    nodes = unit_tree(plant).at(on).nodes.values()
    known = _words([(state.id, state.name) for state in nodes if state.kind in kinds], codes)
    return Column(
        code="unit", label="单位", cell=Cell.CHOICE, known=known, words=("产线", "车间", "单位名称"),
        help="产线、车间或厂的名称或编码。", example=next(iter(known), ""), **{"required": True} | more,
    )  # fmt: skip


def body_column(*, plant: Plant, on: dt.date, **more: Any) -> Column:
    codes = dict(Body.objects.filter(plant=plant).values_list("pk", "code"))
    known = _words([(state.id, state.name) for state in party_tree(plant).at(on).nodes.values()], codes)
    return Column(
        code="body", label="党组织", cell=Cell.CHOICE, known=known, words=("党支部", "支部", "党组织名称"),
        help="党组织的名称或编码。", example=next(iter(known), ""), **more,
    )  # fmt: skip


def indicator_column(*, pack: "Pack", **more: Any) -> Column:
    known = {word: code for code, one in pack.indicators.items() for word in (one.name, code)}
    return Column(
        code="indicator", label="指标", cell=Cell.CHOICE, known=known, required=True, words=("指标名称", "指标代码", "项目"),
        help="指标的名称或代码。", example=next(iter(known), ""), **more,
    )  # fmt: skip


def number_column(code: str, label: str, **more: Any) -> Column:
    return Column(code=code, label=label, cell=Cell.NUMBER, **more)


def _words(named: Iterable[tuple[Any, str]], codes: Mapping[int, str]) -> dict[str, Any]:
    """Name first, so that a drop-down list offers names; a name that two share gives way to their codes."""
    named = list(named)
    names = [name for _, name in named]
    known: dict[str, Any] = {}
    for key, name in named:
        if names.count(name) == 1:
            known[name] = key
        known[codes[key]] = key
    return known


@dataclass(slots=True)
class Faults:
    """Collects what is wrong in the rows of one table."""

    found: list[Fault] = field(default_factory=list)

    def add(self, row: Row, column: str, what: str) -> None:
        self.found.append(Fault(row, column, what))

    def note(self, row: Row, column: str, what: str) -> None:
        self.found.append(Fault(row, column, what, note=True))

    @property
    def notes(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.found if fault.note)

    def check(self) -> None:
        """Raises with all of them, notes included, if one is an error."""
        if len(self.notes) < len(self.found):
            raise TableFaults(self.found)


def within_reach(*, rows: Iterable[Row], plant: Plant, verb: str, by: Account, on: dt.date, faults: Faults) -> None:
    """A row about a unit that is not the person's to write is told by its cell."""
    reach: Reach = scope_of(by, on=on).reach(verb)
    if reach.everywhere or plant.pk in reach.plants:
        return
    for row in rows:
        if row["unit"] is not None and row["unit"] not in reach.units:
            faults.add(row, "unit", "这个单位不在您的职责范围内，请由其统计员或调度导入")


def upsert(
    model: type[models.Model], *, there: Mapping[Hashable, Any], wanted: Mapping[Hashable, Mapping[str, Any]]
) -> Taken:
    """Rows by their natural key: added, changed where a value differs, else left alone."""
    new = [model(**values) for key, values in wanted.items() if key not in there]
    changed = []
    for key, values in wanted.items():
        row = there.get(key)
        if row is not None and any(not _same(getattr(row, name), value) for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    manager = model._default_manager
    manager.bulk_create(new, batch_size=500)
    if changed:
        names = sorted({name.removesuffix("_id") for values in wanted.values() for name in values})
        manager.bulk_update(changed, names, batch_size=500)
    return Taken(new=len(new), changed=len(changed), unchanged=len(wanted) - len(new) - len(changed))


def _same(one: Any, other: Any) -> bool:
    """Numbers kept as text are the same number however many zeros they end in."""
    if one == other:
        return True
    try:
        return isinstance(one, str) and isinstance(other, str) and Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


def plain(value: Decimal) -> str:
    return f"{value:f}"
