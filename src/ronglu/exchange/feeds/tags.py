"""How a source's tags map to channels: which unit and series, at which grain, in which unit of measure, labelled how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ronglu.exchange import units
from ronglu.exchange.profile import GRAINS
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.stamp import StampMode

ONE = Decimal(1)
MINUTES = {"hour": 60}
FIELDS = {"tag", "line", "series", "grain", "unit", "stamp", "minutes"}


@dataclass(frozen=True, slots=True)
class Tag:
    """`unit` is the source's own, "" the series'; `minutes` how long a value of an instant grain stands for, 0 a moment."""

    tag: str
    line: str
    series: str
    grain: str = "hour"
    unit: str = ""
    stamp: StampMode = StampMode.OPENS
    minutes: int = 0

    @property
    def interval(self) -> timedelta | None:
        length = self.minutes or MINUTES.get(self.grain, 0)
        return timedelta(minutes=length) if length else None


@dataclass(slots=True)
class Tags:
    """`problems` in words, all of them; the tags may be used when there are none."""

    known: dict[str, Tag] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def tags_of(rows: Iterable[Mapping[str, Any]], series: Mapping[str, Series]) -> Tags:
    """Declared rows as they are stored; each is looked at against the plant's series."""
    found = Tags()
    for number, row in enumerate(rows, 1):
        problems = _problems(row, series, found.known)
        found.problems += [f"第 {number} 个点位：{problem}" for problem in problems]
        if not problems:
            tag = _tag(row)
            found.known[tag.tag] = tag
    return found


def _tag(row: Mapping[str, Any]) -> Tag:
    grain = str(row.get("grain", "hour"))
    minutes = int(row.get("minutes", 0))
    mode = "instant" if grain == "instant" and not minutes else "opens"
    return Tag(
        str(row["tag"]), str(row["line"]), str(row["series"]), grain, str(row.get("unit", "")),
        StampMode(row.get("stamp", mode)), minutes,
    )  # fmt: skip


def _problems(row: Mapping[str, Any], series: Mapping[str, Series], known: Mapping[str, Tag]) -> list[str]:
    if missing := [name for name in ("tag", "line", "series") if not str(row.get(name, "")).strip()]:
        return [f"没有写 {'、'.join(missing)}"]
    found = [f"不认识 {'、'.join(sorted(more))}"] if (more := set(row) - FIELDS) else []
    tag, code, unit = str(row["tag"]), str(row["series"]), str(row.get("unit", ""))
    if tag in known:
        found.append(f"“{tag}”写了两次")
    if row.get("grain", "hour") not in GRAINS:
        found.append(f"没有“{row['grain']}”这种粒度（grain），应为 {'、'.join(GRAINS)} 之一")
    if row.get("stamp", "opens") not in [str(mode) for mode in StampMode]:
        found.append(f"时标（stamp）应为 {'、'.join(StampMode)} 之一")
    if not str(row.get("minutes", 0)).isdecimal():
        found.append("每格分钟（minutes）应为整数")
    if code not in series:
        found.append(f"本厂没有数列 {code}")
    elif unit and units.convert(ONE, unit, series[code].unit) is None:
        found.append(f"单位 {unit} 不能换成 {series[code].name} 的 {series[code].unit}")
    return found
