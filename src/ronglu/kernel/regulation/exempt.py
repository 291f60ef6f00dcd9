"""When a rule does not apply to a subject: each test says in words why, or nothing."""

from __future__ import annotations

from ronglu.kernel.regulation.facts import BodyFacts, Facts, HazardFacts, PersonFacts, SiteFacts
from ronglu.kernel.regulation.registry import EXEMPTIONS, exemption
from ronglu.kernel.regulation.rule import Exemption
from ronglu.kernel.regulation.window import Window


@exemption("成立（编入）不满 {} 天")
def younger_than(facts: Facts, window: Window, days: int) -> str:
    """Set up so late in the window that it could not be asked any more."""
    age = (window.last - facts.from_on).days + 1
    return f"到 {window.last} 成立（编入）只有 {age} 天，不满 {days} 天" if age < days else ""


@exemption("其间撤销或转出")
def ended(facts: Facts, window: Window, days: int) -> str:
    """Dissolved or left before the window was over."""
    gone = facts.until_on is not None and facts.until_on <= window.last
    return f"{facts.until_on} 起已撤销或转出" if gone else ""


@exemption("其间大修或停产 {} 天以上")
def paused(facts: Facts, window: Window, days: int) -> str:
    """大修, 停产 or long absence for at least so many days of the window."""
    lost = sum(pause.common(window) for pause in facts.pauses)
    return f"其间大修或停产 {lost} 天" if lost >= days else ""


@exemption("不设支委会", BodyFacts)
def no_committee(facts: BodyFacts, window: Window, days: int) -> str:
    """On no day of the window somebody sat on one."""
    return "" if any(days.common(window) for days in facts.committee) else "不设支委会"


@exemption("其间任职不满 {} 天", PersonFacts)
def short_post(facts: PersonFacts, window: Window, days: int) -> str:
    """On fewer days of the window than that in any of the posts that are asked; one after the other is one stretch of service."""
    held = _held(facts, window)
    return f"其间任职只有 {held} 天，不满 {days} 天" if held < days else ""


def _held(facts: PersonFacts, window: Window) -> int:
    """A day in two posts counts once."""
    days, counted, after = 0, window.first.toordinal(), window.last.toordinal() + 1
    for post in sorted(facts.posts, key=lambda one: one.from_on):
        ends = after if post.until_on is None else min(after, post.until_on.toordinal())
        days += max(0, ends - max(counted, post.from_on.toordinal()))
        counted = max(counted, ends)
    return days


@exemption("尚未分级", HazardFacts)
def not_graded(facts: HazardFacts, window: Window, days: int) -> str:
    return "" if facts.grade else "尚未分级"


@exemption("风险清单不在本系统登记", SiteFacts)
def no_risk_list(facts: SiteFacts, window: Window, days: int) -> str:
    return "风险清单不在本系统登记" if facts.risks is None else ""


def told(one: Exemption) -> str:
    """An exemption of a rule in words."""
    return EXEMPTIONS[one.when].label.format(one.value)
