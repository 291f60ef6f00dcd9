"""How an entry of a file becomes a value of the kernel, field by field, with every fault told instead of raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from ronglu.kernel.measure.indicator import Direction, Indicator, Method, RollUp, Term
from ronglu.kernel.measure.rounding import NumberError, Rounding, to_decimal
from ronglu.kernel.measure.series import Bounds, Series
from ronglu.kernel.measure.status import Status
from ronglu.packs.pack import METHODS, Module, Override, Plant, Problem, Wire
from ronglu.packs.reading import Entry, Sheet

T = TypeVar("T")
Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value and where it was declared."""

    where: str
    value: T


class Wrong(ValueError):
    """What a field should have held."""


@dataclass(frozen=True, slots=True)
class Field:
    label: str
    reader: Reader
    needed: bool = False


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("应为文字")
    return value.strip()


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("应为 true 或 false")
    return value


def whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 9:
        raise Wrong("应为 0 到 9 的整数")
    return value


def decimal(value: Any) -> Decimal:
    try:
        return to_decimal(value)
    except NumberError as error:
        raise Wrong("应为一个数") from error


def bounds(value: Any) -> Bounds:
    """[low, high], an open side written ~."""
    if not isinstance(value, list) or len(value) != 2:
        raise Wrong("应为 [下限, 上限]，无界的一侧写 ~")
    low, high = (None if side is None else decimal(side) for side in value)
    if low is not None and high is not None and low > high:
        raise Wrong("下限不应大于上限")
    return low, high


def texts(value: Any) -> tuple[str, ...]:
    return tuple(text(one) for one in (value if isinstance(value, list) else [value]))


def term(value: Any) -> Term:
    """`x`, `0.01 x*w`, `-1 x`, with a trailing ? when the term may be absent."""
    parts = text(value).split()
    if len(parts) > 2:
        raise Wrong("应写成“系数 序列”，如 0.1229 el_power")
    code = parts[-1].removesuffix("?")
    made = Term(code, decimal(parts[0]) if len(parts) == 2 else Decimal(1), parts[-1].endswith("?"))
    try:
        made.key  # noqa: B018 (parses the key, so that a bad one is told here)
    except ValueError as error:
        raise Wrong(str(error)) from error
    return made


def terms(value: Any) -> tuple[Term, ...]:
    return tuple(term(one) for one in (value if isinstance(value, list) else [value]))


def one_of(kind: type[StrEnum]) -> Reader:
    def choose(value: Any) -> StrEnum:
        try:
            return kind(value)
        except ValueError as error:
            raise Wrong("应为 " + "、".join(kind) + " 之一") from error

    return choose


def word_of(*words: str) -> Reader:
    def choose(value: Any) -> str:
        if value not in words:
            raise Wrong("应为 " + "、".join(words) + " 之一")
        return str(value)

    return choose


def mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("应为“键: 值”的形式")
    return value


def mappings(value: Any) -> Mapping[str, Mapping[str, Any]]:
    if not all(isinstance(one, dict) for one in mapping(value).values()):
        raise Wrong("应为“指标代码: {字段: 值}”的形式")
    return mapping(value)


_COMMON = {
    "code": Field("代码", text, needed=True),
    "name": Field("名称", text, needed=True),
    "en": Field("英文名", text, needed=True),
}
_FOUNDED = {"source": Field("来源", text, needed=True), "status": Field("依据状态", one_of(Status))}

SERIES = {
    **_COMMON,
    **_FOUNDED,
    "unit": Field("单位", text, needed=True),
    "decimals": Field("小数位", whole, needed=True),
    "additive": Field("可相加", flag),
    "basis": Field("干湿基", word_of("wet", "dry")),
    "plausible": Field("可信范围", bounds),
}
INDICATOR = {
    **_COMMON,
    **_FOUNDED,
    "unit": Field("单位", text, needed=True),
    "direction": Field("方向", one_of(Direction), needed=True),
    "rollup": Field("汇总方式", one_of(RollUp), needed=True),
    "series": Field("序列", terms),
    "numerator": Field("分子", terms),
    "denominator": Field("分母", terms),
    "weight": Field("权重", texts),
    "event": Field("清零事件", text),
    "derived": Field("推导公式", text),
    "of": Field("所用指标", texts),
    "factor": Field("系数", decimal),
    "decimals": Field("小数位", whole, needed=True),
    "rounding": Field("修约", one_of(Rounding)),
    "method": Field("判定方式", one_of(Method)),
    "tolerance": Field("容差", decimal),
    "band": Field("目标带", bounds),
    "typical": Field("常见范围", bounds),
    "finest": Field("最细周期", word_of("shift", "day", "week", "month", "quarter", "year")),
    "note": Field("说明", text),
}
WIRE = {
    **_FOUNDED,
    "indicator": Field("指标", text, needed=True),
    "weight": Field("权重", decimal, needed=True),
    "method": Field("判定方式", word_of(*METHODS), needed=True),
    "tol": Field("容差", decimal),
}
MODULE = {**_COMMON}
OVERRIDE = {
    "band": Field("目标带", bounds),
    "typical": Field("常见范围", bounds),
    "tolerance": Field("容差", decimal),
}
PLANT = {
    **_COMMON,
    "modules": Field("工艺模块", texts, needed=True),
    "calendar": Field("日历", text),
    "roster": Field("倒班", text),
    "settings": Field("设置", mapping),
    "overrides": Field("指标设定", mappings),
}


def fields(entry: Entry, spec: Mapping[str, Field], where: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The entry's fields as values; None when one is missing or wrong (all of them are told)."""
    found: dict[str, Any] = {}
    faults = [*_unknown(entry, spec, where), *_missing(entry, spec, where)]
    for key, value in entry.items():
        if key in spec and value is not None:
            try:
                found[key] = spec[key].reader(value)
            except Wrong as wrong:
                faults.append(Problem(where, f"{spec[key].label}“{value}”不对", str(wrong)))
    problems += faults
    return None if faults else found


def _unknown(entry: Entry, spec: Mapping[str, Field], where: str) -> Iterator[Problem]:
    for key in entry:
        if key not in spec:
            yield Problem(where, f"不认识的字段“{key}”", "可用字段：" + "、".join(spec))


def _missing(entry: Entry, spec: Mapping[str, Field], where: str) -> Iterator[Problem]:
    for key, one in spec.items():
        if one.needed and entry.get(key) in (None, ""):
            yield Problem(where, f"没有填写{one.label}", f"请补上 {key}")


def read_series(sheet: Sheet, module: str, problems: list[Problem]) -> Iterator[Placed[Series]]:
    for entry in sheet.entries("series"):
        found = fields(entry, SERIES, sheet.where(entry), problems)
        if found is not None:
            yield Placed(sheet.where(entry), Series(**found, module=module))


def read_indicators(sheet: Sheet, module: str, problems: list[Problem]) -> Iterator[Placed[Indicator]]:
    for entry in sheet.entries("indicators"):
        where = sheet.where(entry)
        found = fields(entry, INDICATOR, where, problems)
        if found is None:
            continue
        if "series" in found:
            found["numerator"] = found.pop("series")  # `series` reads better where there is nothing to divide
        yield Placed(where, Indicator(**found, module=module))


def read_wires(sheet: Sheet, module: str, problems: list[Problem]) -> Iterator[Placed[Wire]]:
    items = sheet.content.get("items") or {}
    if not isinstance(items, dict):
        problems.append(Problem(sheet.name, "items 应为“条目: 指标清单”的形式"))
        return
    for item in items:
        rows = Sheet(sheet.name, Entry({**sheet.content, "rows": items[item]}))
        for entry in rows.entries("rows"):
            where = f"{sheet.where(entry)}（{item}）"
            found = fields(entry, WIRE, where, problems)
            if found is not None:
                yield Placed(where, Wire(**found, item=item, module=module))


def read_module(sheet: Sheet, problems: list[Problem]) -> Module | None:
    found = fields(sheet.content, MODULE, sheet.name, problems)
    return None if found is None else Module(**found)


def read_plant(sheet: Sheet, problems: list[Problem]) -> Placed[Plant] | None:
    found = fields(sheet.content, PLANT, sheet.name, problems)
    if found is None:
        return None
    overrides: list[Override] = []
    for code, entry in found.pop("overrides", {}).items():
        where = f"{sheet.name} {code}"
        changed = fields(Entry(entry), OVERRIDE, where, problems)
        overrides += [] if changed is None else [Override(indicator=code, **changed)]
    return Placed(sheet.name, Plant(**found, overrides=tuple(overrides)))
