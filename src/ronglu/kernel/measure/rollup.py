"""How the sums of a period become the value of an indicator: sums first, one division last, never a mean of ratios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ronglu.kernel.measure import derived
from ronglu.kernel.measure.agg import EMPTY, Agg, merge, merge_all, one, pool, pool_all
from ronglu.kernel.measure.indicator import (
    Indicator,
    RollUp,
    Term,
    counter,
    counters,
    needs,
    products,
    series_of,
    weighted,
)
from ronglu.kernel.measure.keys import parse
from ronglu.kernel.measure.rounding import EXACT, round_ratio

__all__ = [
    "EMPTY",
    "GUARD",
    "Agg",
    "Part",
    "Rolled",
    "breakdown",
    "counters",
    "evaluate",
    "merge",
    "merge_all",
    "needs",
    "one",
    "pool",
    "pool_all",
    "products",
    "series_of",
    "value",
]

GUARD = 4
Aggs = Mapping[str, Agg]
Others = Mapping[str, Decimal | None]
Sums = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Rolled:
    """`value` keeps four guard digits, `shown` is what people read; both come from the exact quotient."""

    num: Decimal | None = None
    den: Decimal | None = None
    value: Decimal | None = None
    shown: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the explanation: factor × total of a key over n slots, above or below the fraction bar."""

    key: str
    factor: Decimal
    total: Decimal | None
    n: int
    below: bool


def value(indicator: Indicator, aggs: Aggs, others: Others | None = None) -> Rolled:
    """The indicator over whatever units and period the sums stand for; None wherever something needed is missing."""
    num, den = _HOW[indicator.rollup](indicator, aggs, others or {})
    divides = indicator.rollup in _DIVIDES or den is not None
    if num is None or (divides and not den):
        return Rolled(num, den)
    exact = _quotient(num, indicator.factor, den)
    return Rolled(
        num,
        den,
        round_ratio(*exact, indicator.decimals + GUARD, indicator.rounding),
        round_ratio(*exact, indicator.decimals, indicator.rounding),
    )


def _quotient(num: Decimal, factor: Decimal, den: Decimal | None) -> tuple[int, int]:
    """num × factor ÷ den, above and below, not reduced: boards do this a hundred thousand times."""
    (a, b), (c, d) = num.as_integer_ratio(), factor.as_integer_ratio()
    e, f = (1, 1) if den is None else den.as_integer_ratio()
    return a * c * f, b * d * e


def evaluate(indicators: Mapping[str, Indicator], aggs: Aggs) -> dict[str, Rolled]:
    """All indicators over the same sums; derived ones after those they are made of."""
    done: dict[str, Rolled] = {}
    for code in indicators:
        _settle(code, indicators, aggs, done)
    return {code: done[code] for code in indicators}


def breakdown(indicator: Indicator, aggs: Aggs) -> tuple[Part, ...]:
    """What stands above and below the fraction bar, key by key, for the page that explains a value."""
    if indicator.rollup is RollUp.WMEAN:
        above, below = weighted(indicator)
        return _part(Term(above), aggs, below=False), _part(Term(below), aggs, below=True)
    if indicator.rollup is RollUp.SINCE:
        return (_part(Term(counter(indicator)), aggs, below=False),)
    return tuple(_part(term, aggs, below=False) for term in indicator.numerator) + tuple(
        _part(term, aggs, below=True) for term in indicator.denominator
    )


def _settle(code: str, known: Mapping[str, Indicator], aggs: Aggs, done: dict[str, Rolled]) -> None:
    if code in done or code not in known:
        return
    done[code] = Rolled()  # guards against a circle; the loader refuses one by name
    for other in known[code].of:
        _settle(other, known, aggs, done)
    others = {other: done[other].value for other in known[code].of if other in done}
    done[code] = value(known[code], aggs, others)


def _find(key: str, aggs: Aggs) -> Agg:
    if key in aggs:
        return aggs[key]
    parsed = parse(key)
    if parsed.is_hours:
        read = aggs.get(parsed.given or "", EMPTY)
        return Agg(read.hours, read.n)
    return EMPTY


def _part(term: Term, aggs: Aggs, *, below: bool) -> Part:
    agg = _find(term.series, aggs)
    return Part(term.series, term.factor, agg.total if agg.n else None, agg.n, below)


def _add(terms: Iterable[Term], aggs: Aggs, pick: Callable[[Agg], Decimal | None]) -> Decimal | None:
    """Σ factor × figure; one missing term makes the sum missing, unless it is declared optional."""
    found: Decimal | None = None
    for term in terms:
        agg = _find(term.series, aggs)
        figure = pick(agg) if agg.n else None
        if figure is not None:
            part = EXACT.multiply(term.factor, figure)
            found = part if found is None else EXACT.add(found, part)
        elif not term.optional:
            return None
    return found


def _total(agg: Agg) -> Decimal | None:
    return agg.total


def _sum(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    return _add(indicator.numerator, aggs, _total), None


def _ratio(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    return _add(indicator.numerator, aggs, _total), _add(indicator.denominator, aggs, _total)


def _wmean(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    above, below = weighted(indicator)
    return _add((Term(above),), aggs, _total), _add((Term(below),), aggs, _total)


def _last(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    return _add(indicator.numerator, aggs, lambda agg: agg.last), None


def _max(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    return _add(indicator.numerator[:1], aggs, lambda agg: agg.high), None


def _min(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    return _add(indicator.numerator[:1], aggs, lambda agg: agg.low), None


def _since(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    return _add((Term(counter(indicator)),), aggs, lambda agg: agg.last), None


def _derived(indicator: Indicator, aggs: Aggs, others: Others) -> Sums:
    given = [others.get(code) for code in indicator.of]
    known = [figure for figure in given if figure is not None]
    if len(known) < len(given):
        return None, None
    with localcontext(EXACT):
        return derived.FORMULAS[indicator.derived or ""].of(*known)


_DIVIDES = {RollUp.RATIO, RollUp.WMEAN}
_HOW: dict[RollUp, Callable[[Indicator, Aggs, Others], Sums]] = {
    RollUp.SUM: _sum,
    RollUp.COUNT: _sum,
    RollUp.RATIO: _ratio,
    RollUp.WMEAN: _wmean,
    RollUp.LAST: _last,
    RollUp.MAX: _max,
    RollUp.MIN: _min,
    RollUp.SINCE: _since,
    RollUp.DERIVED: _derived,
}
