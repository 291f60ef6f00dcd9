"""The rules a declaration must keep, one small function each; every rule tells all it finds.

A rule is `Draft → problems`. Add one by writing the function and naming it in `RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from ronglu.kernel.measure import units
from ronglu.kernel.measure.derived import FORMULAS
from ronglu.kernel.measure.indicator import (
    Direction,
    Indicator,
    Method,
    RollUp,
    Term,
    series_of,
)
from ronglu.kernel.measure.series import Series
from ronglu.packs.entries import Placed
from ronglu.packs.pack import WIRED_ITEMS, Module, Plant, Problem, Wire


@dataclass(slots=True)
class Draft:
    """What was read so far, right or wrong."""

    modules: list[Module] = field(default_factory=list)
    plants: list[Placed[Plant]] = field(default_factory=list)
    series: list[Placed[Series]] = field(default_factory=list)
    indicators: list[Placed[Indicator]] = field(default_factory=list)
    wires: list[Placed[Wire]] = field(default_factory=list)
    # Codes of entries that could not be read: whatever refers to them is not a second fault.
    broken: set[str] = field(default_factory=set)
    # Every plant there is, loaded or not: none may stand among another's modules.
    neighbours: set[str] = field(default_factory=set)
    # Files nobody could read; while there is one, how the rest fits together cannot be judged.
    unreadable: list[str] = field(default_factory=list)

    def series_by_code(self) -> dict[str, Series]:
        return {placed.value.code: placed.value for placed in self.series}

    def indicators_by_code(self) -> dict[str, Indicator]:
        return {placed.value.code: placed.value for placed in self.indicators}


class Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=Coded)
Rule = Callable[[Draft], Iterator[Problem]]
_CODE = re.compile(r"[A-Z]{2}-\d{2}[a-z]?")
_SERIES_CODE = re.compile(r"[a-z][a-z0-9_]*")
_ADDED_UP = {RollUp.SUM, RollUp.RATIO, RollUp.COUNT}


def _of(draft: Draft, *kinds: RollUp) -> Iterator[tuple[str, Indicator]]:
    for placed in draft.indicators:
        if not kinds or placed.value.rollup in kinds:
            yield placed.where, placed.value


def _repeated(found: Sequence[Placed[C]], what: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for placed in found:
        before = first.setdefault(placed.value.code, placed.where)
        if before != placed.where:
            yield Problem(placed.where, f"{what} {placed.value.code} 重复，已在 {before} 声明", "换一个代码或删去一处")


def duplicate_series(draft: Draft) -> Iterator[Problem]:
    yield from _repeated(draft.series, "序列")


def duplicate_indicators(draft: Draft) -> Iterator[Problem]:
    yield from _repeated(draft.indicators, "指标")


def code_forms(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft):
        if not _CODE.fullmatch(one.code):
            yield Problem(where, f"指标代码“{one.code}”写法不对", "应如 SM-14 或 SM-14a")
    for placed in draft.series:
        if not _SERIES_CODE.fullmatch(placed.value.code):
            yield Problem(placed.where, f"序列代码“{placed.value.code}”写法不对", "应为小写字母、数字和下划线")


def unknown_series(draft: Draft) -> Iterator[Problem]:
    known = draft.series_by_code().keys() | draft.broken
    for where, one in _of(draft):
        for code in _safe_series(one):
            if code not in known:
                yield Problem(where, f"用到的序列 {code} 没有声明", "请在 series.yaml 中声明或改正代码")


def unknown_units(draft: Draft) -> Iterator[Problem]:
    found = [(placed.where, placed.value.unit) for placed in draft.series]
    found += [(placed.where, placed.value.unit) for placed in draft.indicators]
    for where, unit in found:
        if unit not in units.KNOWN:
            yield Problem(where, f"单位“{unit}”不认识", "可用单位：" + " ".join(sorted(units.KNOWN)))


def something_to_read(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft):
        if one.rollup is not RollUp.DERIVED and not one.numerator:
            yield Problem(where, f"{one.rollup} 指标没有序列", "请写 series 或 numerator")


def ratio_has_denominator(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft, RollUp.RATIO):
        if not one.denominator:
            yield Problem(where, "RATIO 指标没有分母", "请写 denominator；比率按分子分母之和相除，不取平均")


def only_ratio_has_denominator(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft):
        if one.denominator and one.rollup is not RollUp.RATIO:
            yield Problem(where, f"{one.rollup} 指标不应有分母", "需要相除时请用 RATIO")


def mean_has_weight(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft, RollUp.WMEAN):
        if not one.weight:
            yield Problem(where, "WMEAN 指标没有权重", "请写 weight，如产量序列或 @hours")
        if len(one.numerator) > 1 or any(term.factor != 1 for term in one.numerator):
            yield Problem(where, "WMEAN 只能取一个不带系数的序列")


def counter_has_event(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft, RollUp.SINCE):
        if not one.event:
            yield Problem(where, "SINCE 指标没有清零事件", "请写 event，如大修次数的序列")


def one_series_for_extremes(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft, RollUp.MAX, RollUp.MIN, RollUp.SINCE):
        if len(one.numerator) > 1:
            yield Problem(where, f"{one.rollup} 指标只能有一个序列")


def known_formula(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft, RollUp.DERIVED):
        formula = FORMULAS.get(one.derived or "")
        if formula is None:
            yield Problem(where, f"推导公式“{one.derived or ''}”不存在", "可用：" + "、".join(FORMULAS))
        elif len(one.of) != len(formula.takes):
            yield Problem(
                where,
                f"{formula.label}需要 {len(formula.takes)} 个指标，写了 {len(one.of)} 个",
                "依次为：" + "、".join(formula.takes),
            )


def known_parents(draft: Draft) -> Iterator[Problem]:
    known = draft.indicators_by_code().keys() | draft.broken
    for where, one in _of(draft):
        for code in one.of:
            if code not in known:
                yield Problem(where, f"所用指标 {code} 没有声明")


def no_circle(draft: Draft) -> Iterator[Problem]:
    known = draft.indicators_by_code()
    for where, one in _of(draft, RollUp.DERIVED):
        if one.code in _ancestors(one.code, known):
            yield Problem(where, "推导绕成了圈，自己要用到自己")


def percent_factor(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft, RollUp.RATIO):
        if one.unit == "%" and one.factor != 100:
            yield Problem(where, f"单位是 % 而系数是 {one.factor}", "请写 factor: 100")


def units_agree(draft: Draft) -> Iterator[Problem]:
    """Only where one plain series stands over another; products carry their sizes in the factor."""
    known = draft.series_by_code()
    for where, one in _of(draft, RollUp.RATIO):
        above, below = _lone(one.numerator, known), _lone(one.denominator, known)
        if above and below and not units.agrees(one.unit, above.unit, below.unit):
            right = units.ratio_unit(above.unit, below.unit)
            yield Problem(where, f"单位 {one.unit} 与 {above.unit} ÷ {below.unit} 不符", f"应为 {right}")


def one_basis(draft: Draft) -> Iterator[Problem]:
    """Wet and dry tonnes may meet in one figure only through a moisture series."""
    known = draft.series_by_code()
    for where, one in _of(draft, *_ADDED_UP):
        used = [known[code] for code in _safe_series(one) if code in known]
        bases = {series.basis for series in used if series.basis}
        if len(bases) > 1 and not any("moisture" in series.code for series in used):
            yield Problem(where, "干基和湿基混用", "请统一为干基，或用水分序列换算")


def nothing_averaged_by_adding(draft: Draft) -> Iterator[Problem]:
    """Grades, voltages and other levels must not be added up."""
    known = draft.series_by_code()
    for where, one in _of(draft, *_ADDED_UP):
        for term in (*one.numerator, *one.denominator):
            series = _lone((term,), known)
            if series is not None and not series.additive:
                yield Problem(where, f"{series.name}（{series.code}）不可相加", "请用 WMEAN，或与重量相乘：品位*重量")


def band_is_given(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft):
        if one.direction is Direction.BAND and one.band is None:
            yield Problem(where, "目标带指标没有 band", "请写 band: [下限, 上限]")


def points_have_tolerance(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft):
        if one.method is Method.POINTS and (one.unit != "%" or not one.tolerance):
            yield Problem(where, "按百分点判定的指标须以 % 为单位并写明容差", "请写 tolerance，如 1.0")
        if one.method is Method.ATTAINMENT and one.unit == "%":
            yield Problem(where, "百分数指标不能用完成率判定", "请用 method: points 和 tolerance")


def information_is_not_judged(draft: Draft) -> Iterator[Problem]:
    for where, one in _of(draft):
        if one.direction is Direction.INFO and one.method is not Method.NONE:
            yield Problem(where, "info 指标只供参考，不参与判定", "请删去 method")


def wired_items(draft: Draft) -> Iterator[Problem]:
    for placed in draft.wires:
        if placed.value.item not in WIRED_ITEMS:
            yield Problem(placed.where, f"条目 {placed.value.item} 不由模块指定指标", "可写：" + "、".join(WIRED_ITEMS))
        if placed.value.weight <= 0:
            yield Problem(placed.where, f"权重 {placed.value.weight} 应大于 0")


def wired_indicators(draft: Draft) -> Iterator[Problem]:
    known = draft.indicators_by_code()
    for placed in draft.wires:
        one = known.get(placed.value.indicator)
        if one is None:
            if placed.value.indicator not in draft.broken:
                yield Problem(placed.where, f"指标 {placed.value.indicator} 没有声明")
        elif one.direction is Direction.INFO:
            yield Problem(placed.where, f"{one.code} 只供参考，不能计分")


def wired_methods(draft: Draft) -> Iterator[Problem]:
    known = draft.indicators_by_code()
    for placed in draft.wires:
        wire, one = placed.value, known.get(placed.value.indicator)
        if one is None:
            continue
        if wire.method == "target_pp" and (one.unit != "%" or not wire.tol):
            yield Problem(placed.where, "target_pp 只用于百分数指标，且须写明 tol", "如 tol: 1.0")
        if wire.method == "target" and one.unit == "%":
            yield Problem(placed.where, f"{one.code} 是百分数，不能用 target", "请用 target_pp 和 tol")
        if (wire.method == "count") != (one.rollup is RollUp.COUNT):
            yield Problem(
                placed.where,
                f"{one.code} 的汇总方式 {one.rollup} 与判定方式 {wire.method} 不符",
                "count 只用于 COUNT 指标",
            )


def every_item_wired(draft: Draft) -> Iterator[Problem]:
    done = {(placed.value.module, placed.value.item) for placed in draft.wires}
    for module in draft.modules:
        for item in WIRED_ITEMS:
            if (module.code, item) not in done:
                yield Problem(f"modules/{module.code}/wiring.yaml", f"没有为条目 {item} 指定指标")


def plants_choose_modules(draft: Draft) -> Iterator[Problem]:
    known = {module.code for module in draft.modules} | draft.broken
    for placed in draft.plants:
        for code in placed.value.modules:
            if code in draft.neighbours:
                yield Problem(placed.where, f"{code} 是另一个厂", "一个厂只引用 base 和工艺模块，从不引用别的厂")
            elif code not in known:
                yield Problem(placed.where, f"工艺模块 {code} 不存在")


def overridden_indicators(draft: Draft) -> Iterator[Problem]:
    known = draft.indicators_by_code()
    for placed in draft.plants:
        homes = {*placed.value.modules, placed.value.code}
        for override in placed.value.overrides:
            one = known.get(override.indicator)
            if one is None or one.module not in homes:
                yield Problem(placed.where, f"指标 {override.indicator} 不属于本厂所选模块")


def stays_at_home(draft: Draft) -> Iterator[Problem]:
    """A module reads its own series; a plant those of its modules; never those of another plant."""
    homes = {placed.value.code: {*placed.value.modules} for placed in draft.plants}
    series, parents = draft.series_by_code(), draft.indicators_by_code()
    for where, one in _of(draft):
        allowed = {one.module} | homes.get(one.module, set())
        used = [(code, series[code].module) for code in _safe_series(one) if code in series]
        used += [(code, parents[code].module) for code in one.of if code in parents]
        for code, home in used:
            if home not in allowed:
                yield Problem(where, f"{code} 属于 {home}，这里不能引用")


def _lone(terms: Sequence[Term], known: dict[str, Series]) -> Series | None:
    if len(terms) != 1 or not terms[0].key.is_plain:
        return None
    return known.get(terms[0].series)


def _safe_series(one: Indicator) -> tuple[str, ...]:
    """Series of an entry that may be incomplete in another respect, which its own rule tells."""
    incomplete = not one.numerator or (one.rollup is RollUp.WMEAN and not one.weight)
    return () if incomplete or (one.rollup is RollUp.SINCE and not one.event) else series_of(one)


def _ancestors(code: str, known: dict[str, Indicator]) -> set[str]:
    found: set[str] = set()
    todo = list(known[code].of)
    while todo:
        one = todo.pop()
        if one not in found and one in known:
            found.add(one)
            todo += known[one].of
    return found


RULES: tuple[Rule, ...] = (
    duplicate_series,
    duplicate_indicators,
    code_forms,
    unknown_series,
    unknown_units,
    something_to_read,
    ratio_has_denominator,
    only_ratio_has_denominator,
    mean_has_weight,
    counter_has_event,
    one_series_for_extremes,
    known_formula,
    known_parents,
    no_circle,
    percent_factor,
    units_agree,
    one_basis,
    nothing_averaged_by_adding,
    band_is_given,
    points_have_tolerance,
    information_is_not_judged,
    wired_items,
    wired_indicators,
    wired_methods,
    every_item_wired,
    plants_choose_modules,
    overridden_indicators,
    stays_at_home,
)
