"""A product's grade by a table of limits: every value is rounded to its limit's digits and then compared, sums of elements
are rounded once, and what was not measured never passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ronglu.kernel.measure.rounding import EXACT, NumberError, half_even, to_decimal
from ronglu.kernel.time.errors import TimeTrouble

BELOW = ("<", "＜", "﹤")


class GradeTrouble(TimeTrouble):
    """牌号限值表写得不对，或化验值不是一个数。"""


class GradeOutcome(StrEnum):
    GRADED = "graded"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Assayed:
    """What the laboratory wrote of one element; `below`: less than that, the detection limit."""

    value: Decimal
    below: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """On one element or on the sum of several, `bound` with its digits as printed; `least`: not under it."""

    of: tuple[str, ...]
    bound: Decimal
    zh: str
    en: str
    least: bool = False
    status: str = ""

    @property
    def label(self) -> str:
        return self.zh

    @property
    def digits(self) -> int:
        return -int(self.bound.as_tuple().exponent)

    @property
    def sign(self) -> str:
        return "≥" if self.least else "≤"

    def holds(self, rounded: Decimal) -> bool:
        return rounded >= self.bound if self.least else rounded <= self.bound


@dataclass(frozen=True, slots=True)
class Designation:
    code: str
    zh: str
    en: str
    limits: tuple[Limit, ...]

    @property
    def label(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class LimitTable:
    """Grades from best to last."""

    code: str
    zh: str
    en: str
    unit: str
    source: str
    status: str
    note: str
    grades: tuple[Designation, ...]

    @property
    def label(self) -> str:
        return self.zh

    @property
    def elements(self) -> tuple[str, ...]:
        """In the order in which the limits name them."""
        named = (element for grade in self.grades for limit in grade.limits for element in limit.of)
        return tuple(dict.fromkeys(named))

    def grade(self, code: str) -> Designation | None:
        return next((one for one in self.grades if one.code == code), None)


@dataclass(frozen=True, slots=True)
class GradeBook:
    tables: tuple[LimitTable, ...] = ()

    def table(self, code: str) -> LimitTable | None:
        return next((one for one in self.tables if one.code == code), None)

    def over(self, own: GradeBook) -> GradeBook:
        """A plant's own tables in the place of those with the same code, the others after them."""
        theirs = {one.code: one for one in own.tables}
        kept = tuple(theirs.pop(one.code, one) for one in self.tables)
        return replace(self, tables=(*kept, *theirs.values()))


@dataclass(frozen=True, slots=True)
class LimitCheck:
    """One limit against one lot. `passes` None: what is `missing` may decide it either way; `value` has detection limits in full."""

    limit: Limit
    value: Decimal | None
    rounded: Decimal | None
    passes: bool | None
    missing: tuple[str, ...] = ()
    below: bool = False

    def as_data(self) -> dict[str, Any]:
        limit = self.limit
        return {
            "zh": limit.zh, "en": limit.en, "of": list(limit.of), "sign": limit.sign, "bound": f"{limit.bound:f}",
            "status": limit.status, "value": None if self.value is None else f"{self.value:f}",
            "rounded": None if self.rounded is None else f"{self.rounded:f}", "passes": self.passes,
            "missing": list(self.missing), "below": self.below,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Graded:
    """`decided`: the limits that kept it from the next better grade; `missing`: what must be measured to say more."""

    outcome: GradeOutcome
    grade: Designation | None
    judged: tuple[tuple[Designation, tuple[LimitCheck, ...]], ...]
    decided: tuple[Limit, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        if self.outcome is GradeOutcome.UNKNOWN:
            return f"不能评级：缺 {'、'.join(self.missing)}"
        return f"{self.grade.code} {self.grade.zh}" if self.grade else "不合本表牌号"

    def as_data(self) -> dict[str, Any]:
        """As it is kept with the sheet: limits and rounded values stand in it, so a later table changes nothing."""
        grades = [
            {"code": one.code, "zh": one.zh, "en": one.en, "lines": [line.as_data() for line in lines]}
            for one, lines in self.judged
        ]
        return {"grades": grades, "decided": [limit.zh for limit in self.decided], "missing": list(self.missing)}


def assayed(text: str) -> Assayed:
    """GradeTrouble for what is no number of a laboratory; "<0.0001" is a number under the detection limit."""
    plain = text.strip()
    below = plain[:1] in BELOW and bool(plain)
    try:
        value = to_decimal(plain[1:] if below else plain)
    except NumberError as wrong:
        raise GradeTrouble(f"“{text}”不是化验值：应为小数，如 0.00042；低于检出限的写 <0.0001") from wrong
    if not 0 <= value <= 100:
        raise GradeTrouble(f"“{text}”不在 0 至 100 之间，请核对单位（应为 %）")
    return Assayed(value, below)


def grade(table: LimitTable, values: Mapping[str, Assayed]) -> Graded:
    """The best grade all of whose limits hold. Where a better one can be neither given nor refused, none is given."""
    judged: list[tuple[Designation, tuple[LimitCheck, ...]]] = []
    decided: tuple[Limit, ...] = ()
    for one in table.grades:
        lines = tuple(judge(limit, values) for limit in one.limits)
        judged.append((one, lines))
        if broken := tuple(line.limit for line in lines if line.passes is False):
            decided = broken
        elif absent := tuple(dict.fromkeys(e for line in lines for e in line.missing)):
            return Graded(GradeOutcome.UNKNOWN, None, tuple(judged), decided, absent)
        else:
            return Graded(GradeOutcome.GRADED, one, tuple(judged), decided)
    return Graded(GradeOutcome.OFF, None, tuple(judged), decided)


def judge(limit: Limit, values: Mapping[str, Assayed]) -> LimitCheck:
    """What is not known lies between nothing and no bound, what is under the detection limit between nothing and that
    limit: passed or refused is only what would be so wherever in between.
    """
    known = [values[element] for element in limit.of if element in values]
    if not known:
        return LimitCheck(limit, None, None, None, limit.of)
    absent = tuple(element for element in limit.of if element not in values)
    value = sum_of(one.value for one in known)
    low = half_even(sum_of(one.value for one in known if not one.below), limit.digits)
    high = half_even(value, limit.digits)
    if limit.least:
        passes = True if limit.holds(low) else False if not absent and not limit.holds(high) else None
    else:
        passes = False if not limit.holds(low) else True if not absent and limit.holds(high) else None
    vague = tuple(element for element in limit.of if element in values and values[element].below)
    return LimitCheck(limit, value, high, passes, () if passes is not None else absent or vague, bool(vague))


def sum_of(values: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total
