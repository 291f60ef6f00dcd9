"""Measures of one hazard and of a unit's safety work (R-SAF)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from ronglu.kernel.regulation.facts import HazardFacts, SiteFacts
from ronglu.kernel.regulation.registry import Measured, measure
from ronglu.kernel.regulation.rule import Rule, Side
from ronglu.kernel.regulation.window import Window

PLAN = {"goal": "目标任务", "method": "方法措施", "means": "经费物资", "people": "机构人员", "time": "时限要求",
        "emergency": "安全措施与应急预案"}  # fmt: skip
FIVE = {"duty": "责任", "measure": "措施", "funds": "资金", "time": "时限", "fallback": "预案"}


@measure(HazardFacts)
def fixed_in_time(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    """1 where it was put right within so many days of being found."""
    due = hazard.from_on + timedelta(days=rule.number("days"))
    done = hazard.fixed_on is not None and hazard.fixed_on <= due
    said = f"{hazard.fixed_on} 整改" if hazard.fixed_on else "尚未整改"
    return _seen(hazard, window, done, f"{hazard.from_on} 发现，{said}，应在 {due} 前", due)


@measure(HazardFacts)
def verified(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    """1 where somebody other than the fixer verified it before it was closed."""
    if hazard.closed_on is None or hazard.closed_on not in window:
        return
    done = hazard.verified_on is not None and not hazard.verified_by_fixer
    said = (
        "没有验收" if hazard.verified_on is None else "由整改人自己验收" if hazard.verified_by_fixer else "由另一人验收"
    )
    yield Measured(Decimal(int(done)), f"“{hazard.name}”{hazard.closed_on} 销号，{said}", on=hazard.closed_on)


@measure(HazardFacts)
def plan_lacking(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    """Parts that the 治理方案 of a 重大 hazard does not have."""
    lacking = [PLAN[part] for part in side.allowed if part not in hazard.plan]
    due = hazard.from_on + timedelta(days=rule.number("plan_days"))
    said = f"治理方案缺{'、'.join(lacking)}" if lacking else "治理方案齐全"
    return _found(hazard, window, Decimal(len(lacking)), said, due)


@measure(HazardFacts)
def unsettled(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    """五落实 that were not filled when it was closed."""
    if hazard.closed_on is None or hazard.closed_on not in window:
        return
    lacking = [FIVE[part] for part in side.allowed if part not in hazard.settled]
    said = f"五落实缺{'、'.join(lacking)}" if lacking else "五落实齐全"
    yield Measured(Decimal(len(lacking)), f"“{hazard.name}”{hazard.closed_on} 销号，{said}", on=hazard.closed_on)


@measure(HazardFacts)
def told_staff(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    """1 where the employees were told; within so many days, or late."""
    return _told(rule, hazard, window, hazard.told_staff_on, "向职工通报")


@measure(HazardFacts)
def told_authority(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    return _told(rule, hazard, window, hazard.told_authority_on, "报告监管部门")


@measure(HazardFacts)
def told_congress(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    return _told(rule, hazard, window, hazard.told_congress_on, "报告职工大会或职代会")


@measure(HazardFacts)
def control_linked(rule: Rule, side: Side, hazard: HazardFacts, window: Window) -> Iterable[Measured]:
    """1 where it is linked to the risk control that failed."""
    due = hazard.from_on + timedelta(days=rule.number("link_days"))
    said = "已关联失效的风险管控措施" if hazard.control else "没有关联失效的风险管控措施"
    return _seen(hazard, window, hazard.control, said, due)


@measure(SiteFacts)
def ungraded_risks(rule: Rule, side: Side, site: SiteFacts, window: Window) -> Iterable[Measured]:
    """Risks of the list without a colour; an empty list lacks everything."""
    if site.risks_on is not None and site.risks_on not in window:
        return []
    if not site.risks:
        return [Measured(Decimal(1), f"{site.name}的风险清单是空的")]
    return [Measured(Decimal(site.ungraded_risks), f"{site.name}风险 {site.risks} 条，未分级 {site.ungraded_risks} 条")]


@measure(SiteFacts)
def rounds(rule: Rule, side: Side, site: SiteFacts, window: Window) -> Iterable[Measured]:
    count = sum(on in window for on in site.rounds)
    return [Measured(Decimal(count), f"{window.label}隐患排查 {count} 次")]


@measure(SiteFacts)
def quarter_statistics(rule: Rule, side: Side, site: SiteFacts, window: Window) -> Iterable[Measured]:
    return [_filed(site.quarter_statistics, window, "季度隐患统计")]


@measure(SiteFacts)
def year_statistics(rule: Rule, side: Side, site: SiteFacts, window: Window) -> Iterable[Measured]:
    return [_filed(site.year_statistics, window, "年度隐患统计")]


@measure(SiteFacts)
def season(rule: Rule, side: Side, site: SiteFacts, window: Window) -> Iterable[Measured]:
    """A reminder in one month of the year: its value is not 0 in that month."""
    if window.first.month == rule.number(side.threshold):
        yield Measured(Decimal(1), f"{window.label}是{side.label}", limit=Decimal(0))


def _filed(days: tuple[date, ...], window: Window, what: str) -> Measured:
    count = sum(on in window for on in days)
    return Measured(Decimal(count), f"{window.label}{what}{'已' if count else '未'}归档")


def _told(rule: Rule, hazard: HazardFacts, window: Window, told_on: date | None, what: str) -> Iterator[Measured]:
    """Told late is told: there is nothing left to clear."""
    due = hazard.from_on + timedelta(days=rule.number("tell_days"))
    said = f"{told_on} {what}" if told_on else f"没有{what}的记录"
    return _seen(hazard, window, told_on is not None, f"{said}，应在 {due} 前", due)


def _seen(hazard: HazardFacts, window: Window, done: bool, said: str, due: date) -> Iterator[Measured]:
    return _found(hazard, window, Decimal(int(done)), said, due)


def _found(hazard: HazardFacts, window: Window, value: Decimal, said: str, due: date) -> Iterator[Measured]:
    """Judged in the month in which it was found."""
    if hazard.from_on in window:
        yield Measured(value, f"“{hazard.name}”{said}", on=hazard.from_on, due_on=due)
