"""The arithmetic behind linkage: product, rates × satisfaction, bands, weighted sum, and the old quarter score alone.

A model of a pack names one of these in `by`; another model with the same arithmetic is one more entry, not more code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.rounding import EXACT
from ronglu.kernel.rules.arith import plain
from ronglu.kernel.rules.shape import Step

Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Weighted:
    """A line with its share of the whole; the weights of a model's lines add up to 1."""

    code: str
    label: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class LinkBand:
    """From a party score on, this coefficient."""

    at_least: Decimal
    coefficient: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkParams:
    lines: tuple[Weighted, ...] = ()
    bands: tuple[LinkBand, ...] = ()

    def as_data(self) -> dict[str, list[dict[str, str]]]:
        """As JSON holds it exactly; empty parts left out."""
        lines = [{"code": one.code, "label": one.label, "weight": plain(one.weight)} for one in self.lines]
        bands = [{"at_least": plain(one.at_least), "coefficient": plain(one.coefficient)} for one in self.bands]
        return {key: rows for key, rows in (("lines", lines), ("bands", bands)) if rows}


@dataclass(frozen=True, slots=True)
class Worked:
    """The exact answer, the exact factor on the administrative score where there is one, and the way to it."""

    value: Fraction
    coefficient: Fraction | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """`inputs` and `each` are the codes a model must declare; `lines` and `bands` the parameters it must have."""

    work: Callable[[Numbers, LinkParams], Worked]
    inputs: frozenset[str]
    each: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    lines: bool = False
    bands: bool = False


def exact_text(value: Fraction) -> str:
    """All digits: every input is a decimal and nothing here divides by more than powers of ten."""
    return plain(EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)))


def product(given: Numbers, params: LinkParams) -> Worked:
    factor = given["party"] / 100
    return _scaled(given["admin"], factor, (Step("系数", f"{exact_text(given['party'])} ÷ 100", exact_text(factor)),))


def rates(given: Numbers, params: LinkParams) -> Worked:
    factor, steps = Fraction(0), []
    for line in params.lines:
        score, sat = given[f"score.{line.code}"], given[f"sat.{line.code}"]
        part = Fraction(line.weight) * score / 100 * sat
        expression = f"{plain(line.weight)} × {exact_text(score)} ÷ 100 × {exact_text(sat)}"
        steps.append(Step(line.label, expression, exact_text(part)))
        factor += part
    steps.append(Step("系数", "＋".join(step.value for step in steps), exact_text(factor)))
    return _scaled(given["admin"], factor, tuple(steps))


def bands(given: Numbers, params: LinkParams) -> Worked:
    party = given["party"]
    row = next(row for row in params.bands if party >= Fraction(row.at_least))
    step = Step("系数", f"党建 {exact_text(party)} 分，达到 {plain(row.at_least)} 分这一档", plain(row.coefficient))
    return _scaled(given["admin"], Fraction(row.coefficient), (step,))


def weighted_sum(given: Numbers, params: LinkParams) -> Worked:
    total, steps = given["bonus"], []
    for line in params.lines:
        part = Fraction(line.weight) * given[f"score.{line.code}"]
        expression = f"{plain(line.weight)} × {exact_text(given[f'score.{line.code}'])}"
        steps.append(Step(line.label, expression, exact_text(part)))
        total += part
    steps.append(Step("加减分", "经批准的加分或减分", exact_text(given["bonus"])))
    value = max(Fraction(0), total)
    added = "＋".join(step.value for step in steps).replace("＋-", "－")
    steps.append(Step("合计", added + ("，不低于 0" if value != total else ""), exact_text(value)))
    return Worked(value, None, tuple(steps))


def alone(given: Numbers, params: LinkParams) -> Worked:
    quarter = exact_text(given["quarter"])
    return Worked(given["quarter"], None, (Step("季度考核分", "只用支部书记季度考核得分，不联动", quarter),))


def _scaled(admin: Fraction, factor: Fraction, steps: tuple[Step, ...]) -> Worked:
    value = admin * factor
    step = Step("行政绩效 × 系数", f"{exact_text(admin)} × {exact_text(factor)}", exact_text(value))
    return Worked(value, factor, (*steps, step))


ARITHMETIC: Mapping[str, Arithmetic] = {
    "product": Arithmetic(work=product, inputs=frozenset({"admin", "party"})),
    "rates": Arithmetic(work=rates, inputs=frozenset({"admin"}), each=frozenset({"score", "sat"}), lines=True),
    "bands": Arithmetic(work=bands, inputs=frozenset({"admin", "party"}), bands=True),
    "sum": Arithmetic(
        work=weighted_sum,
        inputs=frozenset({"bonus"}),
        each=frozenset({"score"}),
        optional=frozenset({"bonus"}),
        lines=True,
    ),
    "alone": Arithmetic(work=alone, inputs=frozenset({"quarter"})),
}
