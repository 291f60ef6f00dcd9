"""The rules of a sheet version as people read them: every item with parameters, where they come from, examples."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronglu.boards.names import name_for
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.rules.examples import Example, build_examples
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.linter import Evidence
from ronglu.kernel.rules.sheet import Category, Sheet
from ronglu.kernel.rules.trace import params_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Plant, SheetVersion
from ronglu.work.sheets import sheet_of

METHODS = {"target": "按达成率", "target_pp": "按差值", "count": "按次数"}


@dataclass(frozen=True, slots=True)
class VersionLine:
    number: int
    from_month: Period
    published_at: dt.datetime
    by: str
    digest: str
    used: bool


@dataclass(frozen=True, slots=True)
class WireView:
    """An indicator that the plant's process modules name for an item, and how it is judged there."""

    code: str
    name: str
    unit: str
    better: str
    weight: Decimal
    method: str
    tolerance: Decimal | None
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class RuleView:
    item: Item
    shape: str
    params: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    wires: tuple[WireView, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class RulesView:
    """`version` is None where the plant has published none yet: the shipped sheet is shown as a proposal.

    `document` put the version in force.
    """

    sheet: Sheet
    version: VersionLine | None
    versions: tuple[VersionLine, ...]
    groups: tuple[tuple[Category, tuple[RuleView, ...]], ...]
    document: str


def read(
    *, plant: Plant, month: Period, pack: Any, examples: Mapping[str, Any], number: int | None, names: bool
) -> RulesView | None:
    """The version asked for, else the one in force in `month`, else the shipped sheet; None for an unknown number.

    `examples`: those shipped, shown where a version brought none of its own.
    """
    shipped: Sheet = pack.sheet
    rows = list(SheetVersion.objects.filter(plant=plant, code=shipped.code).select_related("published_by__person"))
    used = set(SheetVersion.objects.filter(plant=plant, runs__isnull=False).values_list("pk", flat=True))
    lines = {row.pk: _line(row, row.pk in used, names) for row in rows}
    row = _chosen(rows, month, number)
    if row is None and number is not None:
        return None
    sheet = sheet_of(row) if row else shipped
    told = build_examples("例子", {"examples": (row.examples if row else None) or examples})
    groups = tuple(
        (category, tuple(_rule(item, told, pack) for item in sheet.in_category(category.code)))
        for category in sheet.categories
    )
    newest = sorted(lines.values(), key=lambda one: -one.number)
    return RulesView(sheet, lines[row.pk] if row else None, tuple(newest), groups, row.document if row else "")


def _chosen(rows: list[SheetVersion], month: Period, number: int | None) -> SheetVersion | None:
    if number is not None:
        return next((row for row in rows if row.version == number), None)
    begun = [row for row in rows if row.from_month <= month.yyyymm]
    return max(begun, key=lambda row: (row.from_month, row.version), default=None)


def _line(row: SheetVersion, used: bool, names: bool) -> VersionLine:
    by = name_for(row.published_by, names)
    return VersionLine(row.version, Period.from_yyyymm(row.from_month), row.published_at, by, row.digest, used)


def _rule(item: Item, examples: tuple[Example, ...], pack: Any) -> RuleView:
    return RuleView(
        item=item, shape=item.shape.label, params=params_of(item),
        evidence=tuple(Evidence(kind).label for kind in item.evidence),
        wires=tuple(_wire(one, pack.indicators[one.indicator]) for one in pack.wired(item.code)),
        examples=tuple(one for one in examples if one.item == item.code),
    )  # fmt: skip


def _wire(one: Any, indicator: Indicator) -> WireView:
    tolerance = one.tol if one.tol is not None else indicator.tolerance
    return WireView(
        code=indicator.code, name=indicator.name, unit=indicator.unit, better=indicator.direction.sign,
        weight=one.weight, method=METHODS[one.method], tolerance=None if one.method == "target" else tolerance,
        source=one.source, status=one.status.label,
    )  # fmt: skip
