"""What a loaded pack is: modules, plants, their series and indicators, and which indicators feed which item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure.grading import GradeBook
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.series import Bounds, Series
from ronglu.kernel.measure.status import Status
from ronglu.kernel.rules.sheet import Sheet
from ronglu.packs.foundation import Foundation
from ronglu.packs.problem import PackError, Problem
from ronglu.packs.standing import StandingRules

__all__ = ["METHODS", "WIRED_ITEMS", "Module", "Override", "Pack", "PackError", "Plant", "Problem", "Wire"]

# Items whose indicators are named by the modules; all other items have facts of their own.
WIRED_ITEMS = ("D1", "D2", "D3", "D4", "E3")
METHODS = ("target", "target_pp", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One indicator row of an item: its weight, how it is judged, the tolerance in percentage points."""

    item: str
    indicator: str
    method: str
    weight: Decimal = Decimal(1)
    tol: Decimal | None = None
    module: str = ""
    source: str = ""
    status: Status = Status.DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    code: str
    name: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What a plant may set differently of a module's indicator; the formula itself is never changed."""

    indicator: str
    band: Bounds | None = None
    typical: Bounds | None = None
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    code: str
    name: str
    en: str
    modules: tuple[str, ...]
    calendar: str = "day_first"
    roster: str = "four_three"
    settings: Mapping[str, Any] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    grades: GradeBook = field(default_factory=GradeBook)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything declared, by code; `of` narrows it to what one plant uses."""

    modules: Mapping[str, Module]
    plants: Mapping[str, Plant]
    series: Mapping[str, Series]
    indicators: Mapping[str, Indicator]
    wires: tuple[Wire, ...]
    base: Foundation

    @property
    def sheet(self) -> Sheet:
        """The assessment sheet this product ships (双百)."""
        return self.base.sheets["shuangbai"]

    @property
    def loops(self) -> Mapping[str, Loop]:
        """The closed loops, by code, in the order of the registry."""
        return self.base.loops

    @property
    def standing(self) -> StandingRules:
        """Linkage, 1151, member points, the year, honours and the timetable of assessment."""
        found = self.base.standing
        assert found is not None  # the loader raises before a pack without them is made
        return found

    def of(self, plant: str) -> Pack:
        """The pack as one plant sees it: its modules, its own entries, its overrides applied."""
        chosen = self.plants[plant]
        homes = {*chosen.modules, chosen.code}
        indicators = {code: one for code, one in self.indicators.items() if one.module in homes}
        for override in chosen.overrides:
            indicators[override.indicator] = _overridden(indicators[override.indicator], override)
        return replace(
            self,
            modules={code: self.modules[code] for code in chosen.modules},
            plants={plant: chosen},
            series={code: one for code, one in self.series.items() if one.module in homes},
            indicators=indicators,
            wires=_plant_wires(self.wires, chosen),
            base=replace(self.base, grades=self.base.grades.over(chosen.grades)),
        )

    def wired(self, item: str) -> tuple[Wire, ...]:
        """The indicator rows of an item, in order of declaration."""
        return tuple(wire for wire in self.wires if wire.item == item)


def _overridden(indicator: Indicator, override: Override) -> Indicator:
    return replace(
        indicator,
        band=override.band or indicator.band,
        typical=override.typical or indicator.typical,
        tolerance=override.tolerance if override.tolerance is not None else indicator.tolerance,
    )


def _plant_wires(wires: tuple[Wire, ...], plant: Plant) -> tuple[Wire, ...]:
    """A plant that names rows for an item replaces its modules' rows of that item."""
    own = {wire.item for wire in wires if wire.module == plant.code}
    return tuple(
        wire for wire in wires if wire.module == plant.code or (wire.module in plant.modules and wire.item not in own)
    )
