"""What can be wrong with a source profile before any file is read."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ronglu.exchange.profile import GRAINS, GROUPS, ORDERS, SPANS, Layout, Measure, Profile, Role
from ronglu.exchange.words import normal
from ronglu.kernel.time.stamp import StampMode


def problems_of(profile: Profile) -> list[str]:
    found = list(_general(profile))
    found += _long(profile) if profile.layout is Layout.LONG else _matrix(profile)
    for where, measure in measures(profile):
        found += [f"{where}:{text}" for text in _measure(measure)]
    return [*found, *_decimals(profile)]


def _decimals(profile: Profile) -> Iterator[str]:
    """One series has one number of decimals, or its scaled integers would not add up."""
    stated: dict[str, set[int | None]] = {}
    for _, measure in measures(profile):
        stated.setdefault(measure.series, set()).add(measure.decimals)
    for series, decimals in stated.items():
        if len(decimals) > 1:
            yield f"序列 {series} 写了不同的小数位数"


def measures(profile: Profile) -> Iterator[tuple[str, Measure]]:
    for column in profile.columns:
        if column.role is Role.VALUE:
            yield f"列“{'/'.join(column.words) or column.at}”", column.measure
    for item in profile.items:
        yield f"项目“{item.label}”", item.measure


def _general(profile: Profile) -> Iterator[str]:
    if not profile.name.strip():
        yield "方案没有名称"
    if profile.grain not in GRAINS:
        yield f"粒度“{profile.grain}”不认识,可用:{'、'.join(GRAINS)}"
    if profile.date_order not in ORDERS:
        yield f"日期次序“{profile.date_order}”不认识,可用:{'、'.join(key for key in ORDERS if key)}"
    if profile.header_rows < 1 or profile.header_rows > 5:
        yield f"表头行数应为 1–5,现为 {profile.header_rows}"
    if (
        profile.grain in ("instant", "hour")
        and profile.stamp is not StampMode.INSTANT
        and profile.interval_minutes <= 0
    ):
        yield "时标表示时段的起点或终点时,要写明时段长度(分钟)"
    if profile.sheets.pattern:
        try:
            re.compile(profile.sheets.pattern)
        except re.error:
            yield f"工作表名的模式“{profile.sheets.pattern}”写得不对"
    for words, name in ((profile.nulls, "空值记号"), (profile.deletes, "删除记号")):
        if any(not word.strip() for word in words):
            yield f"{name}里有空白"
    if clash := {normal(word) for word in profile.nulls} & {normal(word) for word in profile.deletes}:
        yield f"同一记号既表示空值又表示删除:{'、'.join(sorted(clash))}"
    for pair in profile.exclusions:
        if not pair.series or not pair.other or pair.series == pair.other:
            yield f"同一笔数量要写两个不同的序列,现为“{pair.series}”和“{pair.other}”"
    yield from _clocks(profile)


def _clocks(profile: Profile) -> Iterator[str]:
    try:
        own = profile.own_calendar()
        yield from own.problems() if own else ()
    except (ValueError, InvalidOperation) as why:
        yield f"自有日历写得不对:{why}"


def _long(profile: Profile) -> Iterator[str]:
    roles = Counter(column.role for column in profile.columns)
    if roles[Role.STAMP] != 1:
        yield "要有且只有一列是日期或时间"
    if not roles[Role.VALUE]:
        yield "没有一列是数值"
    if profile.grain == "shift" and not roles[Role.SHIFT]:
        yield "按班的表要有班次列"
    for role in (Role.SHIFT, Role.LINE, Role.CLOCK):
        if roles[role] > 1:
            yield f"{role} 列只能有一列"
    yield from _words(profile)
    fixed = Counter((c.measure.series, c.measure.line or profile.line) for c in profile.columns if c.role is Role.VALUE)
    for (series, line), count in fixed.items():
        if count > 1:
            yield f"有 {count} 列都写入序列 {series}(产线 {line or '由列给出'})"
    if (
        not roles[Role.LINE]
        and not profile.line
        and any(c.role is Role.VALUE and not c.measure.line for c in profile.columns)
    ):
        yield "没有产线列,也没有写明这张表属于哪条产线"


def _words(profile: Profile) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for column in profile.columns:
        if not column.words and not column.at:
            yield f"有一列({column.role})既没有表头用词,也没有写列号"
        if column.at and not re.fullmatch(r"[A-Z]{1,3}", column.at):
            yield f"列号“{column.at}”应为字母,如 C"
        seen.update({normal(word) for word in column.words})
    for word, count in seen.items():
        if count > 1:
            yield f"表头用词“{word}”写在 {count} 列上"


def _matrix(profile: Profile) -> Iterator[str]:
    if not profile.items:
        yield "没有一个项目行"
    if profile.grain not in ("month", "day", "settlement"):
        yield "项目式报表的粒度只能是月、日或月末结算"
    for name in profile.take:
        group, _, span = name.partition(".")
        if group not in GROUPS or span not in (*SPANS, "months", "days"):
            yield f"取数“{name}”不认识,例如 actual.month"
    keys = Counter(
        (normal(item.code), normal(item.parent), normal(item.label), normal(item.measure.unit))
        for item in profile.items
    )
    for (code, parent, label, _), count in keys.items():
        if count > 1:
            yield f"项目“{label}”(上级“{parent}”,代码“{code}”)写了 {count} 次"
    if not profile.line and any(not item.measure.line for item in profile.items):
        yield "没有写明这张表属于哪条产线"


def _measure(measure: Measure) -> Iterator[str]:
    if not measure.series:
        yield "没有写序列代码"
    numbers = {}
    for name, text in (("系数", measure.factor), ("下限", measure.low), ("上限", measure.high)):
        if text:
            try:
                numbers[name] = Decimal(text)
            except InvalidOperation:
                yield f"{name}“{text}”不是数"
    if numbers.get("系数") == 0:
        yield "系数不能是 0"
    if "下限" in numbers and "上限" in numbers and numbers["下限"] > numbers["上限"]:
        yield f"下限 {measure.low} 大于上限 {measure.high}"
    if measure.decimals is not None and not 0 <= measure.decimals <= 9:
        yield f"小数位数应为 0–9,现为 {measure.decimals}"
