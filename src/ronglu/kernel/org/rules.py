"""Organisation rules as dated data (record format of the regulations): thresholds, severity, source; no check lives here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.span import BadSpan, Span


class RuleProblem(OrgTrouble):
    """规则数据有误；一次列出全部问题。"""


class Severity(StrEnum):
    MUST = "MUST"
    NORM = "NORM"
    LOCAL = "LOCAL"

    @property
    def label(self) -> str:
        return {"MUST": "应当", "NORM": "一般", "LOCAL": "本单位做法"}[self.value]


class Level(StrEnum):
    """A check can be failed; a note only tells and never counts against anybody."""

    CHECK = "check"
    NOTE = "note"


STATUSES = ("S", "V", "C", "M", "D")
"""Marks of the domain reference; a value may carry two, as V/D."""


@dataclass(frozen=True, slots=True)
class Source:
    doc: str
    article: str
    status: str
    note: str = ""
    text_url: str = ""
    verified_by: str = ""
    verified_on: date | None = None

    @property
    def text(self) -> str:
        """How the rule is quoted: as a regulation only when the plant has checked it, 系统默认 for our own values."""
        if self.status in ("M", "D") and not self.verified_on:
            return "系统默认，可修改" + (f"（参照《{self.doc}》）" if self.doc else "")
        article = f"第{self.article}条" if self.article else ""
        return f"《{self.doc}》{article}" + ("" if self.verified_on else "（待本单位核对原文）")


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number of a rule that a plant may edit."""

    name: str
    label: str
    value: Decimal
    unit: str
    status: str

    @property
    def whole(self) -> int:
        return int(self.value)


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    label: str
    subject: str
    window: str
    measure: str
    severity: Severity
    level: Level
    source: Source
    span: Span
    clear_by: str
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    """Kinds of body or unit the rule is applied to."""
    waived_by: tuple[str, ...] = ()
    """Rules whose recorded approval or reason also quiets this one."""
    enabled: bool = True

    def number(self, name: str) -> int:
        return self.thresholds[name].whole

    def share(self, name: str) -> Decimal:
        return self.thresholds[name].value


@dataclass(frozen=True)
class RuleBook:
    rules: tuple[Rule, ...]

    def at(self, on: date) -> tuple[Rule, ...]:
        """The rules in force that day, in order of their id; LOCAL ones only where switched on."""
        return tuple(sorted((r for r in self.rules if r.span.holds(on) and r.enabled), key=lambda r: r.id))

    def get(self, rule_id: str, *, on: date) -> Rule | None:
        return next((rule for rule in self.at(on) if rule.id == rule_id), None)

    def edited(self, rule_id: str, *, values: Mapping[str, Decimal], from_on: date) -> RuleBook:
        """The plant's own thresholds from a day on; the earlier ones stay for earlier days. Marked D: no longer the text's."""
        current = self.get(rule_id, on=from_on)
        if current is None:
            raise RuleProblem(f"{rule_id} 在 {from_on} 不在生效期内，无法修改")
        unknown = [name for name in values if name not in current.thresholds]
        if unknown:
            raise RuleProblem(f"{rule_id} 没有参数 {'、'.join(unknown)}；可改的有 {'、'.join(current.thresholds)}")
        changed = {name: replace(current.thresholds[name], value=value, status="D") for name, value in values.items()}
        later = replace(
            current, span=Span(from_on, current.span.until_on), thresholds={**current.thresholds, **changed}
        )
        before = [replace(current, span=Span(current.span.from_on, from_on))] if current.span.from_on < from_on else []
        return RuleBook((*(rule for rule in self.rules if rule is not current), *before, later))


def load(rows: Iterable[Mapping[str, Any]]) -> RuleBook:
    """Rules from YAML rows; every problem is reported at once."""
    rules: list[Rule] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            rules.append(_rule(row))
        except (KeyError, ValueError, TypeError, ArithmeticError) as error:
            what = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
            problems.append(f"第 {number} 条规则（{row.get('id', '无编号')}）：{what}")
    problems += [f"{one.id}：{other.span.from_on} 起的版本与另一版本日期重叠" for one, other in _overlaps(rules)]
    if problems:
        raise RuleProblem("\n".join(problems))
    return RuleBook(tuple(rules))


def _overlaps(rules: list[Rule]) -> Iterable[tuple[Rule, Rule]]:
    for index, one in enumerate(rules):
        yield from ((one, other) for other in rules[index + 1 :] if one.id == other.id and one.span.common(other.span))


def _rule(row: Mapping[str, Any]) -> Rule:
    subject, source, (start, end) = row["subject"], row["source"], row["effective"]
    severity = Severity(row["severity"])
    thresholds = {name: _threshold(name, one) for name, one in (row.get("thresholds") or {}).items()}
    return Rule(
        id=row["id"],
        label=row["label"],
        subject=subject["type"],
        kinds=tuple(subject.get("kinds", ())),
        window=row["window"],
        measure=row["measure"],
        severity=severity,
        level=Level(row.get("level", "check")),
        source=_source(source),
        span=_span(start, end),
        clear_by=row["clear_by"],
        thresholds=thresholds,
        waived_by=tuple(row.get("waived_by", ())),
        enabled=bool(row.get("enabled", severity is not Severity.LOCAL)),
    )


def _span(start: object, end: object) -> Span:
    if not isinstance(start, date) or not (end is None or isinstance(end, date)):
        raise BadSpan("effective 应写成 [起日, 止日或 null]，日期形如 2018-10-28")
    return Span(start, end)


def _source(row: Mapping[str, Any]) -> Source:
    _check_status(row["status"])
    return Source(
        doc=row["doc"],
        article=str(row.get("article") or ""),
        status=row["status"],
        note=row.get("note", ""),
        text_url=row.get("text_url") or "",
        verified_by=row.get("verified_by") or "",
        verified_on=row.get("verified_on"),
    )


def _threshold(name: str, row: Mapping[str, Any]) -> Threshold:
    _check_status(row["status"])
    if isinstance(row["value"], float | bool):
        raise TypeError(f"{name} 的数值 {row['value']} 请写成整数或带引号的小数")
    return Threshold(name, row["label"], Decimal(row["value"]), row.get("unit", ""), row["status"])


def _check_status(status: str) -> None:
    if any(mark not in STATUSES for mark in status.split("/")):
        raise ValueError(f"状态 {status} 不认识；可用 {'、'.join(STATUSES)}，两个状态写成 V/D")
