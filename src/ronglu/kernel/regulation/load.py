"""Rules from YAML rows; every fault of every row is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.rule import STATUSES, Exemption, Level, Rule, Severity, Side, Source, Threshold

T = TypeVar("T")
ROW = {
    "id", "label", "en", "chapter", "subject", "severity", "level", "sides", "thresholds", "exempt", "waived_by",
    "audience", "enabled", "clear_by", "source", "effective", "item",
}  # fmt: skip
SIDE = {
    "code", "label", "measure", "window", "calendar", "severity", "level", "op", "threshold", "subject", "only", "of", "allowed",
    "grace_days", "exempt", "clear_by", "enabled", "item",
}  # fmt: skip
ALONE = SIDE - {"code", "subject", "label", "severity", "level", "exempt", "clear_by", "enabled"}
"""What a rule with one side writes in its own row."""


def load(rows: Iterable[Mapping[str, Any]]) -> RuleBook:
    """The book, or RuleProblem with all that is wrong with its rows."""
    rules: list[Rule] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        faults: list[str] = []
        rule = _Row(row, faults).rule()
        rules += [rule] if rule and not faults else []
        problems += [f"第 {number} 条规则（{row.get('id', '无编号')}）：{fault}" for fault in faults]
    problems += [f"{one.id}：{other.from_on} 起的版本与另一版本日期重叠" for one, other in _overlaps(rules)]
    if problems:
        raise RuleProblem("\n".join(problems))
    return RuleBook(tuple(rules))


def _overlaps(rules: list[Rule]) -> Iterable[tuple[Rule, Rule]]:
    for index, one in enumerate(rules):
        for other in rules[index + 1 :]:
            if one.id == other.id and (one.holds(other.from_on) or other.holds(one.from_on)):
                yield one, other


class _Row:
    """One row being read: what cannot be read is told and the next field is looked at."""

    def __init__(self, row: Mapping[str, Any], faults: list[str]) -> None:
        self.row, self.faults = row, faults

    def rule(self) -> Rule | None:
        row = self.row
        own = ROW if "sides" in row else ROW | ALONE
        self.faults += [f"不认识“{name}”" for name in row if name not in own]
        severity, level = self._read(lambda: Severity(row["severity"])), self._read(self._level)
        thresholds = {name: self._read(_threshold, name, one) for name, one in (row.get("thresholds") or {}).items()}
        span, source = self._read(lambda: _span(row["effective"])), self._read(lambda: _source(row["source"]))
        head: list[Any] = [self._read(row.__getitem__, name) for name in ("id", "label", "clear_by", "subject")]
        exempt = self._exempt(row)
        if severity is None or level is None or span is None or source is None or None in head:
            return None
        return Rule(
            id=head[0],
            label=head[1],
            en=row.get("en", ""),
            chapter=row.get("chapter", ""),
            clear_by=head[2],
            subject=head[3]["type"],
            kinds=tuple(head[3].get("kinds", ())),
            severity=severity,
            level=level,
            sides=self._sides(severity, level),
            source=source,
            from_on=span[0],
            until_on=span[1],
            thresholds={name: one for name, one in thresholds.items() if one},
            exempt=exempt,
            waived_by=tuple(row.get("waived_by", ())),
            audience=tuple(row.get("audience", ())),
            enabled=bool(row.get("enabled", severity is not Severity.LOCAL)),
        )

    def _level(self) -> Level:
        return Level(self.row.get("level", "check"))

    def _sides(self, severity: Severity, level: Level) -> tuple[Side, ...]:
        if "sides" not in self.row:
            side = {name: self.row[name] for name in ALONE if name in self.row}
            found = [self._read(self._side, side, severity, level)]
        else:
            for one in self.row["sides"]:
                self.faults += [f"{one.get('code', '')} 不认识“{name}”" for name in one if name not in SIDE]
            found = [self._read(self._side, one, severity, level) for one in self.row["sides"]]
        return tuple(one for one in found if one is not None)

    def _side(self, side: Mapping[str, Any], severity: Severity, level: Level) -> Side:
        own = Severity(side.get("severity", severity))
        if side.get("calendar", "civil") not in ("civil", "stat"):
            raise ValueError(f"calendar 应为 civil（自然月）或 stat（统计月），现在是 {side['calendar']}")
        return Side(
            code=side.get("code", ""),
            label=side.get("label", self.row.get("label", "")),
            measure=side["measure"],
            window=side["window"],
            severity=own,
            level=Level(side.get("level", level)),
            op=side.get("op", ""),
            threshold=side.get("threshold", ""),
            subject=side.get("subject", ""),
            only=tuple(side.get("only", ())),
            of=tuple(side.get("of", ())),
            allowed=tuple(side.get("allowed", ())),
            grace_days=_whole("grace_days", side.get("grace_days", 0)),
            statistical=side.get("calendar") == "stat",
            exempt=self._exempt(side) if "sides" in self.row else (),
            clear_by=side.get("clear_by", ""),
            enabled=bool(side.get("enabled", own is not Severity.LOCAL or severity is Severity.LOCAL)),
            item=side.get("item", self.row.get("item", "")),
        )

    def _exempt(self, row: Mapping[str, Any]) -> tuple[Exemption, ...]:
        found = [self._read(_exemption, one) for one in row.get("exempt") or ()]
        return tuple(one for one in found if one is not None)

    def _read(self, make: Callable[..., T], *given: Any) -> T | None:
        try:
            return make(*given)
        except KeyError as missing:
            self.faults.append(f"缺少 {missing}")
        except (ValueError, TypeError, ArithmeticError) as error:
            self.faults.append(str(error))
        return None


def _span(row: Any) -> tuple[date, date | None]:
    start, end = row
    if not isinstance(start, date) or not (end is None or isinstance(end, date)):
        raise ValueError("effective 应写成 [起日, 止日或 null]，日期形如 2018-10-28")
    if end is not None and end <= start:
        raise ValueError(f"截止日期 {end} 必须晚于起始日期 {start}（截止当日不计入）")
    return start, end


def _source(row: Mapping[str, Any]) -> Source:
    _check_status(row["status"])
    _check_status(row.get("article_status", "V"))
    return Source(
        doc=row["doc"],
        article=str(row.get("article") or ""),
        status=row["status"],
        note=row.get("note", ""),
        text_url=row.get("text_url") or "",
        verified_by=row.get("verified_by") or "",
        verified_on=row.get("verified_on"),
        article_status=row.get("article_status", "V"),
    )


def _threshold(name: str, row: Mapping[str, Any]) -> Threshold:
    _check_status(row["status"])
    if isinstance(row["value"], float | bool):
        raise TypeError(f"{name} 的数值 {row['value']} 请写成整数或带引号的小数")
    return Threshold(name, row["label"], Decimal(row["value"]), row.get("unit", ""), row["status"])


def _exemption(row: Mapping[str, Any]) -> Exemption:
    _check_status(row.get("status", "D"))
    return Exemption(row["when"], _whole("days", row.get("days", 0)), row.get("status", "D"))


def _whole(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} 应是 0 以上的整数，现在是 {value}")
    return value


def _check_status(status: str) -> None:
    if any(mark not in STATUSES for mark in status.split("/")):
        raise ValueError(f"状态 {status} 不认识；可用 {'、'.join(STATUSES)}，两个状态写成 V/D")
