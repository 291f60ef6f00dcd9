"""Party score × administrative score (S2-13): what a model asks for, and how its answer is rounded once and explained.

The arithmetic of each model is in `link_models`; labels, bounds and parameters are declared in a pack (domain/04 §4.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ronglu.kernel.measure.rounding import NumberError, round_fraction, to_decimal
from ronglu.kernel.rules.arith import plain
from ronglu.kernel.rules.item import Status
from ronglu.kernel.rules.shape import Step
from ronglu.kernel.rules.total import UNLINKED
from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.link_models import ARITHMETIC, LinkParams, exact_text

ROUNDING = "十进制计算，最后一步四舍五入到两位小数"
Inputs = Mapping[str, str | int | Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One number a model asks for; `optional` ones count as 0 when nobody gave them."""

    code: str
    label: str
    en: str
    unit: str
    low: Decimal
    high: Decimal
    decimals: int = 2
    optional: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A way to link; `declaration` is the plain data it was built from: keep it with a scheme, and history replays."""

    code: str
    by: str
    label: str
    en: str
    formula: str
    formula_en: str
    warning: str
    warning_en: str
    inputs: tuple[Need, ...]
    each: tuple[Need, ...]
    params: LinkParams
    status: Status
    source: str
    declaration: Mapping[str, Any]

    def needs(self, params: LinkParams | None = None) -> tuple[Need, ...]:
        """Everything asked for: `inputs`, then `each` once for every line of the parameters (code `score.party`)."""
        lines = (params or self.params).lines
        asked = (
            replace(
                need, code=f"{need.code}.{line.code}", label=f"{line.label}·{need.label}", en=f"{line.code}: {need.en}"
            )
            for line in lines
            for need in self.each
        )
        return (*self.inputs, *asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """`value` has two decimals and is None while something is missing; `coefficient` has four where the model gives one."""

    model: str
    value: Decimal | None
    unrounded: str
    coefficient: Decimal | None
    inputs: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    formula: str
    rounding: str = ROUNDING
    reason: str = ""

    @property
    def label(self) -> str:
        return UNLINKED if self.value is None else f"{self.value} 分"

    @property
    def value_h(self) -> int | None:
        """In hundredths, as tables keep it."""
        return None if self.value is None else int(self.value.scaleb(2))

    @property
    def coefficient_tt(self) -> int | None:
        """In ten-thousandths."""
        return None if self.coefficient is None else int(self.coefficient.scaleb(4))


def link(model: Model, inputs: Inputs, params: LinkParams | None = None) -> Linked:
    """Link the given scores; InputTrouble names every number that is out of bounds or unknown."""
    chosen = params or model.params
    needs = model.needs(chosen)
    given = _given(needs, inputs)
    shown = tuple((need.label, _shown(need, given[need.code])) for need in needs)
    if missing := [need.label for need in needs if given[need.code] is None and not need.optional]:
        reason = f"还没有{'、'.join(missing)}，{UNLINKED}"
        return Linked(
            model=model.code, value=None, unrounded="", coefficient=None, inputs=shown, steps=(), formula=model.formula, reason=reason,
        )  # fmt: skip
    worked = ARITHMETIC[model.by].work({code: Fraction(value or 0) for code, value in given.items()}, chosen)
    value = round_fraction(worked.value, 2)
    last = Step("四舍五入", f"{exact_text(worked.value)} 取两位小数", f"{value}")
    return Linked(
        model=model.code, value=value, unrounded=exact_text(worked.value), steps=(*worked.steps, last),
        coefficient=None if worked.coefficient is None else round_fraction(worked.coefficient, 4),
        inputs=shown, formula=model.formula,
    )  # fmt: skip


def _given(needs: tuple[Need, ...], inputs: Inputs) -> dict[str, Decimal | None]:
    known = {need.code for need in needs}
    problems = [f"不认识“{code}”，这个模型要的是：{'、'.join(sorted(known))}" for code in inputs if code not in known]
    found: dict[str, Decimal | None] = {}
    for need in needs:
        try:
            given = inputs.get(need.code)
            found[need.code] = None if given is None else to_decimal(given)
        except NumberError as error:
            problems.append(f"{need.label}：{error}")
            continue
        problems += _out_of_bounds(need, found[need.code])
    if problems:
        raise InputTrouble(problems)
    return found


def _out_of_bounds(need: Need, value: Decimal | None) -> Iterator[str]:
    if value is None:
        return
    if not need.low <= value <= need.high:
        hint = f"，{need.hint}" if need.hint else ""
        yield f"{need.label}应在 {plain(need.low)} 到 {plain(need.high)} 之间，现为 {plain(value)}{hint}"
    elif value != round(value, need.decimals):
        yield f"{need.label}最多 {need.decimals} 位小数，现为 {plain(value)}"


def _shown(need: Need, value: Decimal | None) -> str:
    if value is None:
        return "0（没有）" if need.optional else "缺"
    return f"{plain(value)} {need.unit}".strip()
