"""The four checks a report offers by itself; each mismatch is a question with both figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from ronglu.exchange.problems import Problem, problem
from ronglu.exchange.profile import Ratio
from ronglu.exchange.values import Figure
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.period import Grain, Period


class Key(NamedTuple):
    """A figure by what it is: group actual/last/plan, span month/ytd, period text."""

    line: str
    series: str
    group: str
    span: str
    period: str


def index(figures: Iterable[Figure]) -> dict[Key, Figure]:
    return {Key(f.line, f.series, f.group, f.span, f.period): f for f in figures}


def run(
    figures: Sequence[Figure],
    *,
    known: Mapping[Key, Decimal] | None = None,
    ratios: Sequence[Ratio] = (),
    series: Mapping[str, Series] | None = None,
) -> list[Problem]:
    """All four; `known` are the figures of earlier imports and of stored readings, by key."""
    here = index(figures)
    dependent = {ratio.series for ratio in ratios} | {
        code for code, item in (series or {}).items() if not item.additive
    }
    checker = _Checker(here, known or {}, dependent)
    found = [*checker.cumulated(), *checker.last_year(), *checker.months()]
    return [*found, *ratio_problems(here, ratios)]


class _Checker:
    def __init__(self, here: Mapping[Key, Figure], known: Mapping[Key, Decimal], dependent: set[str]) -> None:
        self.here, self.known, self.dependent = here, known, dependent

    def value(self, key: Key) -> Decimal | None:
        """From this file, else from what is stored."""
        figure = self.here.get(key)
        return number(figure) if figure else self.known.get(key)

    def cumulated(self) -> Iterable[Problem]:
        """累计 of this month = 累计 of last month + this month; in January just the month."""
        for key, figure in self.here.items():
            if key.span != "ytd" or key.series in self.dependent:
                continue
            period = Period.parse(key.period)
            month = self.value(key._replace(span="month"))
            before = Decimal(0) if _january(period) else self.value(key._replace(period=str(period - 1)))
            if month is not None and before is not None and not same(before + month, figure):
                yield _differs("check_cumulative", figure, before + month, before=before, month=month)

    def last_year(self) -> Iterable[Problem]:
        """上年同期 here = 本年实际 of last year's sheet."""
        for key, figure in self.here.items():
            if key.group == "last":
                other = self.value(key._replace(group="actual"))
                if other is not None and not same(other, figure):
                    yield _differs("check_last_year", figure, other)

    def months(self) -> Iterable[Problem]:
        """Sum of the months = 累计, when every month is known."""
        for key, figure in self.here.items():
            if key.span != "ytd" or key.series in self.dependent:
                continue
            last = Period.parse(key.period)
            months = [
                self.value(key._replace(span="month", period=str(Period.month(last.first.year, n))))
                for n in range(1, _number(last) + 1)
            ]
            if len(months) > 1 and None not in months:
                total = sum((m for m in months if m is not None), Decimal(0))
                if not same(total, figure):
                    yield _differs("check_months", figure, total, count=len(months))


def ratio_problems(here: Mapping[Key, Figure], ratios: Sequence[Ratio]) -> Iterable[Problem]:
    """A ratio line = its parts, in every column where all three stand."""
    for ratio in ratios:
        for key, figure in here.items():
            if key.series != ratio.series:
                continue
            above, below = (
                here.get(key._replace(series=ratio.numerator)),
                here.get(key._replace(series=ratio.denominator)),
            )
            if above is None or below is None or not below.scaled:
                continue
            computed = recompute(ratio, number(above), number(below))
            if abs(computed - number(figure)) > tolerance(ratio):
                yield _differs("check_ratio", figure, computed, above=number(above), below=number(below))


def recompute(ratio: Ratio, above: Decimal, below: Decimal) -> Decimal:
    return (Decimal(ratio.factor) * above / below).quantize(Decimal(1).scaleb(-ratio.decimals), rounding=ROUND_HALF_UP)


def tolerance(ratio: Ratio) -> Decimal:
    return Decimal(ratio.tolerance) if ratio.tolerance else Decimal(1).scaleb(-ratio.decimals)


def number(figure: Figure) -> Decimal:
    return Decimal(figure.scaled).scaleb(-figure.decimals)


def same(value: Decimal, figure: Figure) -> bool:
    """Equal at the stated number of decimals: float dirt is no mismatch."""
    return value.quantize(Decimal(1).scaleb(-figure.decimals), rounding=ROUND_HALF_UP) == number(figure)


def _differs(code: str, figure: Figure, computed: Decimal, **args: Any) -> Problem:
    letters = figure.cell.rstrip("0123456789")
    made = problem(
        code,
        sheet=figure.sheet,
        value=format(number(figure), "f"),
        computed=format(computed, "f"),
        series=figure.series,
        period=figure.period,
        key=f"{code}:{figure.sheet}!{figure.cell}",
        choices=("keep",),
        **args,
    )
    return replace(made, row=int(figure.cell[len(letters) :]), column=letters)


def _january(period: Period) -> bool:
    return _number(period) == 1


def _number(period: Period) -> int:
    return int(str(period)[5:7]) if period.grain is Grain.MONTH else 1
