"""The figures behind an item as people read them: what stands above and below the fraction bar, how well covered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronglu.kernel.measure.indicator import Indicator, needs, series_of
from ronglu.kernel.measure.keys import HOURS, parse
from ronglu.kernel.measure.series import Series


@dataclass(frozen=True, slots=True)
class Part:
    """factor × the sum under a key; `total` is None where nothing was read."""

    key: str
    label: str
    unit: str
    factor: Decimal
    total: Decimal | None
    n: int
    below: bool
    optional: bool

    @property
    def told(self) -> bool:
        """An optional sum that was never read is nothing to tell; any other missing one is."""
        return self.total is not None or not self.optional

    @property
    def amount(self) -> Decimal | None:
        return None if self.total is None else self.factor * self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """One indicator of the item. `value` keeps its guard digits, `shown` is rounded, `restated` names later versions.

    `series` are those behind it, `required` the codes of those it cannot do without.
    """

    code: str
    name: str
    unit: str
    source: str
    indicator: Indicator | None
    value: Decimal | None
    shown: Decimal | None
    plan: Decimal | None
    covered: int
    expected: int
    parts: tuple[Part, ...]
    of: tuple[str, ...]
    units: tuple[int, ...]
    series: tuple[Series, ...]
    required: frozenset[str]
    restated: Mapping[tuple[int, str, str], int]

    @property
    def over(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.below and part.told)

    @property
    def under(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.below and part.told)

    @property
    def above(self) -> Decimal | None:
        return total(self.over)

    @property
    def below(self) -> Decimal | None:
        return total(self.under)


def figures_of(basis: Mapping[str, Any], pack: Any) -> tuple[FigureView, ...]:
    """Every indicator a stored basis names, in its order; one the pack no longer declares shows its code."""
    rows: Mapping[str, Any] = basis.get("figures", {})
    return tuple(figure_of(code, row, pack) for code, row in rows.items())


def figure_of(code: str, row: Mapping[str, Any], pack: Any) -> FigureView:
    indicator: Indicator | None = pack.indicators.get(code)
    known: Mapping[str, Series] = pack.series
    return FigureView(
        code=code,
        name=indicator.name if indicator else code,
        unit=indicator.unit if indicator else "",
        source=indicator.source if indicator else "",
        indicator=indicator,
        value=_number(row["value"]),
        shown=_number(row["shown"]),
        plan=_number(row["plan"]),
        covered=row["covered"],
        expected=row["expected"],
        parts=tuple(_part(part, known, _optional(indicator)) for part in row["parts"]),
        of=tuple(_named(other, pack) for other in indicator.of) if indicator else (),
        units=tuple(row["units"]),
        series=_series(indicator, pack),
        required=_required(indicator, pack),
        restated={(unit, series, starts): version for unit, series, starts, version in row.get("restated", ())},
    )


def total(parts: Iterable[Part]) -> Decimal | None:
    known = [part.amount for part in parts if part.amount is not None]
    return sum(known, Decimal(0)) if known else None


def label_of(key: str, known: Mapping[str, Series]) -> str:
    """冶炼能耗 for a series, 铜品位 × 处理量 for a product, 处理量（有铜品位的） for a weight."""
    parsed = parse(key)

    def name(code: str) -> str:
        return "小时" if code == HOURS else known[code].name if code in known else code

    said = " × ".join(name(code) for code in parsed.factors)
    if parsed.event:
        return f"{said}（自上次{name(parsed.event)}起）"
    return f"{said}（有{name(parsed.given)}的）" if parsed.given else said


def _part(row: Mapping[str, Any], known: Mapping[str, Series], optional: frozenset[str]) -> Part:
    key = row["key"]
    return Part(
        key=key, label=label_of(key, known), unit=known[key].unit if key in known else "", factor=Decimal(row["factor"]),
        total=_number(row["total"]), n=row["n"], below=row["below"], optional=key in optional,
    )  # fmt: skip


def _optional(indicator: Indicator | None) -> frozenset[str]:
    """Keys that may stay unread without the indicator being missing."""
    terms = (*indicator.numerator, *indicator.denominator) if indicator else ()
    return frozenset(term.series for term in terms if term.optional)


def _required(indicator: Indicator | None, pack: Any) -> frozenset[str]:
    if indicator is None:
        return frozenset()
    own = {code for key in needs(indicator) if key.text not in _optional(indicator) for code in key.series}
    return frozenset(own).union(*(_required(pack.indicators.get(other), pack) for other in indicator.of))


def _named(code: str, pack: Any) -> str:
    return f"{pack.indicators[code].name} {code}" if code in pack.indicators else code


def _series(indicator: Indicator | None, pack: Any) -> tuple[Series, ...]:
    """Series whose readings lie behind an indicator, through those it is derived from."""
    if indicator is None:
        return ()
    codes = list(series_of(indicator))
    for other in indicator.of:
        if other in pack.indicators:
            codes += [one.code for one in _series(pack.indicators[other], pack)]
    return tuple(pack.series[code] for code in dict.fromkeys(codes) if code in pack.series)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
