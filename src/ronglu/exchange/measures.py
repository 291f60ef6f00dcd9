"""Settles, before any cell is read, what a value column becomes: series, decimals, one exact factor, range, percent."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ronglu.exchange import units
from ronglu.exchange.collect import Collector
from ronglu.exchange.profile import Measure, Percent
from ronglu.kernel.measure.series import Series


@dataclass(frozen=True, slots=True)
class Plan:
    """How cells become numbers of a series. `percent_left` : the scale of a percentage has not been settled yet."""

    series: str
    line: str
    decimals: int
    factor: Decimal
    low: Decimal | None
    high: Decimal | None
    percent: Percent
    is_percent: bool
    additive: bool
    name: str

    def outside(self, number: Decimal) -> bool:
        return (self.low is not None and number < self.low) or (self.high is not None and number > self.high)

    @property
    def range_text(self) -> str:
        return f"{'' if self.low is None else self.low}…{'' if self.high is None else self.high}"


def settle(
    measure: Measure,
    *,
    stated_unit: str,
    line: str,
    series: Mapping[str, Series],
    collect: Collector,
    sheet: str,
    row: int | None,
    column: int | None,
) -> Plan | None:
    """None (and an error) when series or unit do not fit. `stated_unit` is what the file says beside the label."""
    known = series.get(measure.series)
    decimals = measure.decimals if measure.decimals is not None else known.decimals if known else None
    if decimals is None:
        collect.add("series_unknown", sheet=sheet, row=row, column=column, value=measure.series)
        return None
    target = known.unit if known else ""
    factor = _factor(measure, stated_unit, target, collect, sheet, row, column)
    if factor is None:
        return None
    low, high = (known.plausible if known and known.plausible else None) or (None, None)
    is_percent = target == "%" or (not target and "%" in (stated_unit, measure.unit))
    return Plan(
        measure.series,
        measure.line or line,
        decimals,
        factor,
        Decimal(measure.low) if measure.low else low,
        Decimal(measure.high) if measure.high else high,
        measure.percent,
        is_percent,
        known.additive if known else not is_percent,
        known.name if known else measure.series,
    )


def _factor(
    measure: Measure, stated: str, target: str, collect: Collector, sheet: str, row: int | None, column: int | None
) -> Decimal | None:
    """Unit is part of the value: two names that disagree, or that nobody can convert, refuse the column."""
    if stated and measure.unit and not units.same(stated, measure.unit):
        collect.add("unit_changed", sheet=sheet, row=row, column=column, value=stated, declared=measure.unit)
        return None
    if measure.factor:
        return Decimal(measure.factor)
    source = measure.unit or stated
    if not source or not target:
        return Decimal(1)
    factor = units.factor(source, target)
    if factor is None:
        collect.add("unit_unknown", sheet=sheet, row=row, column=column, value=source, target=target)
    elif factor != 1:
        collect.add(
            "unit_converted",
            sheet=sheet,
            row=row,
            column=column,
            value=source,
            target=target,
            factor=format(factor.normalize(), "f"),
        )
    return factor
