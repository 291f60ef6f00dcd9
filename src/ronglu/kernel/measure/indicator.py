"""What an indicator is: which series it is made of, how it rolls up, which way is better and how a target is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property

from ronglu.kernel.measure import keys
from ronglu.kernel.measure.keys import Key
from ronglu.kernel.measure.rounding import Rounding
from ronglu.kernel.measure.series import Bounds, outside
from ronglu.kernel.measure.status import Status


class RollUp(StrEnum):
    SUM = "SUM"
    RATIO = "RATIO"
    WMEAN = "WMEAN"
    LAST = "LAST"
    MAX = "MAX"
    MIN = "MIN"
    SINCE = "SINCE"
    COUNT = "COUNT"
    DERIVED = "DERIVED"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    BAND = "band"
    INFO = "info"

    @property
    def sign(self) -> str:
        return {"up": "↑", "down": "↓", "band": "带", "info": "—"}[self]


class Method(StrEnum):
    """How an actual is judged against its target."""

    ATTAINMENT = "attainment"
    POINTS = "points"
    COUNT = "count"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Term:
    """factor × the sum under a key; an optional term that was never read counts as nothing, any other is missing."""

    series: str
    factor: Decimal = Decimal(1)
    optional: bool = False

    @property
    def key(self) -> Key:
        return keys.parse(self.series)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """No slots: what a roll-up asks of its declaration a hundred thousand times is worked out once and kept."""

    code: str
    name: str
    en: str
    unit: str
    direction: Direction
    rollup: RollUp
    numerator: tuple[Term, ...] = ()
    denominator: tuple[Term, ...] = ()
    weight: tuple[str, ...] = ()
    event: str | None = None
    derived: str | None = None
    of: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    method: Method = Method.NONE
    tolerance: Decimal | None = None
    band: Bounds | None = None
    typical: Bounds | None = None
    finest: str = "shift"
    source: str = ""
    status: Status = Status.DEFAULT
    module: str = ""
    note: str = ""

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """As `needs`."""
        return tuple(keys.parse(text) for text in dict.fromkeys(_needs(self)))

    @cached_property
    def required(self) -> tuple[Key, ...]:
        """`keys` without the terms that may be missing."""
        optional = {t.series for t in (*self.numerator, *self.denominator) if t.optional}
        return tuple(key for key in self.keys if key.text not in optional)

    @cached_property
    def asked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Of each required key: the key whose slots tell whether it was read, and the series in it."""
        return tuple((key.text.removeprefix("@hours|"), key.series) for key in self.required)

    @cached_property
    def timed(self) -> bool:
        """Whether the length of its slots is asked for."""
        return any(key.is_hours for key in self.keys)

    @property
    def base(self) -> str:
        """The row of the indicator list a sub-code belongs to: SM-14a → SM-14."""
        return self.code.rstrip("abcdefghijklmnopqrstuvwxyz")

    def doubt(self, value: Decimal) -> str | None:
        """A warning when the value is unusual; typical ranges are orientation, never a judgement."""
        return outside(value, self.typical)


def weighted(indicator: Indicator) -> tuple[str, str]:
    """The two keys of a weighted mean: Σ(x·w), and Σw over the very slots where x was read."""
    x = indicator.numerator[0].series
    w = "*".join(indicator.weight)
    return f"{x}*{w}", f"{w}|{x}"


def counter(indicator: Indicator) -> str:
    """The key of a counter that an event resets."""
    return f"{indicator.numerator[0].series}@{indicator.event}"


def needs(indicator: Indicator) -> tuple[Key, ...]:
    """Every key whose sums this indicator reads, without those of the indicators it is derived from."""
    return indicator.keys


def _needs(indicator: Indicator) -> Iterator[str]:
    if indicator.rollup is RollUp.WMEAN:
        yield from weighted(indicator)
    elif indicator.rollup is RollUp.SINCE:
        yield counter(indicator)
    else:
        yield from (term.series for term in (*indicator.numerator, *indicator.denominator))


def products(indicator: Indicator) -> tuple[Key, ...]:
    """The slot-level products the columnar engine must sum beside the plain series."""
    return tuple(key for key in needs(indicator) if key.is_product)


def counters(indicator: Indicator) -> tuple[Key, ...]:
    """The counters since an event the columnar engine must supply."""
    return tuple(key for key in needs(indicator) if key.event)


@cache
def series_of(indicator: Indicator) -> tuple[str, ...]:
    """Codes of all series behind the indicator, in the order of its declaration."""
    return tuple(dict.fromkeys(code for key in needs(indicator) for code in key.series))
