"""Tables of limits as they are declared, and everything that can be wrong in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ronglu.kernel.measure.grading import Designation, GradeBook, GradeTrouble, Limit, LimitTable, sum_of
from ronglu.kernel.measure.rounding import NumberError, to_decimal


def problems(table: LimitTable) -> list[str]:
    """Everything wrong in a table, in words for who declares it."""
    found: list[str] = []
    codes = [one.code for one in table.grades]
    if not codes:
        found.append("一个牌号也没有")
    found += [f"牌号 {code} 写了两遍" for code in sorted({c for c in codes if codes.count(c) > 1})]
    best: dict[tuple[str, ...], tuple[Designation, Limit]] = {}
    for one in table.grades:
        if not one.limits:
            found.append(f"{one.code}：一条限值也没有")
        found += [f"{one.code}：{text}" for text in _twice(one)]
        for limit in one.limits:
            found += [f"{one.code}：{text}" for text in _limit(limit, one)]
            before, better = best.setdefault(tuple(sorted(limit.of)), (one, limit))
            if _stricter(limit, better):
                found.append(f"{one.code} 的 {limit.zh} 比更高的 {before.code} 还严，牌号应从高到低写")
    return found


def _limit(limit: Limit, of: Designation) -> list[str]:
    found = [] if limit.of else [f"{limit.zh} 没有写元素"]
    if limit.bound <= 0 or limit.bound > 100:
        found.append(f"{limit.zh} 的限值 {limit.bound} 应在 0 与 100 之间")
    if len(set(limit.of)) < len(limit.of):
        found.append(f"{limit.zh} 里同一元素写了两遍")
    single = {one.of[0]: one for one in of.limits if len(one.of) == 1 and not one.least}
    if len(limit.of) > 1 and not limit.least and all(element in single for element in limit.of):
        whole = sum_of(single[element].bound for element in limit.of)
        if limit.bound > whole:
            found.append(f"{limit.zh} 的合计 {limit.bound} 大于各元素限值之和 {whole}，永远用不上")
    return found


def _twice(one: Designation) -> list[str]:
    keys = [(tuple(sorted(limit.of)), limit.least) for limit in one.limits]
    return [f"{'+'.join(key[0])} 有两条限值" for key in dict.fromkeys(keys) if keys.count(key) > 1]


def _stricter(limit: Limit, better: Limit) -> bool:
    if limit.least is not better.least:
        return False
    return limit.bound > better.bound if limit.least else limit.bound < better.bound


def read(data: Mapping[str, Any]) -> GradeBook:
    """Reads grades.yaml; GradeTrouble lists all faults."""
    wrong: list[str] = []
    tables = tuple(_table(row, str(data.get("note", "")), wrong) for row in data.get("tables") or ())
    codes = [one.code for one in tables]
    wrong += [f"表 {code} 写了两遍" for code in sorted({c for c in codes if codes.count(c) > 1})]
    wrong += [f"{one.code}：{text}" for one in tables for text in problems(one)]
    if wrong:
        raise GradeTrouble("\n".join(wrong))
    return GradeBook(tables)


def _table(row: Mapping[str, Any], note: str, wrong: list[str]) -> LimitTable:
    name = str(row.get("code") or row.get("zh") or "未命名的表")
    said = _words(row, ("code", "zh", "en", "unit", "source", "status"), name, wrong)
    grades = tuple(_grade(one, name, wrong) for one in row.get("grades") or ())
    return LimitTable(**said, note=str(row.get("note") or note), grades=grades)


def _grade(row: Mapping[str, Any], table: str, wrong: list[str]) -> Designation:
    name = f"{table} {row.get('code') or '未命名的牌号'}"
    said = _words(row, ("code", "zh", "en"), name, wrong)
    limits = tuple(found for one in row.get("limits") or () if (found := _bound(one, name, wrong)))
    return Designation(**said, limits=limits)


def _bound(row: Mapping[str, Any], name: str, wrong: list[str]) -> Limit | None:
    of = tuple(str(one) for one in row.get("of") or ())
    sides = [side for side in ("most", "least") if side in row]
    if len(sides) != 1:
        wrong.append(f"{name} 的 {'+'.join(of)}：要写 most（不大于）或 least（不小于）之一")
        return None
    try:
        bound = to_decimal(row[sides[0]])
    except NumberError as trouble:
        wrong.append(f"{name} 的 {'+'.join(of)}：{trouble}")
        return None
    plain = "+".join(of)
    return Limit(
        of, bound, str(row.get("zh") or plain), str(row.get("en") or plain), "least" in row, str(row.get("status", ""))
    )


def _words(row: Mapping[str, Any], keys: tuple[str, ...], name: str, wrong: list[str]) -> dict[str, str]:
    if missing := [key for key in keys if not row.get(key)]:
        wrong.append(f"{name}：缺少 {'、'.join(missing)}")
    return {key: str(row.get(key, "")) for key in keys}
