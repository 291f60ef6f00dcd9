"""What does not fit together in a book that could be read: measures, numbers, exemptions and sources that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import FIXED, OPS
from ronglu.kernel.regulation.facts import GATHERINGS, SUBJECTS, TALKS
from ronglu.kernel.regulation.registry import EXEMPTIONS, MEASURES
from ronglu.kernel.regulation.rule import Level, Rule, Severity, Side
from ronglu.kernel.regulation.window import GRAINS

SAYS = "says"
"""The measure of a note that only tells: a definition, a conversion."""


def problems(book: RuleBook, *, elsewhere: Iterable[str] = ()) -> list[str]:
    """Everything wrong at once. `elsewhere`: measures that other rooms keep, those on the organisation of a day."""
    known = frozenset(elsewhere)
    return [f"{rule.id}：{text}" for rule in book.rules for text in _of_rule(rule, known)]


def _of_rule(rule: Rule, elsewhere: frozenset[str]) -> Iterator[str]:
    source = rule.source
    if any((source.text_url, source.verified_by, source.verified_on)) and not (
        source.text_url and source.verified_by and source.verified_on
    ):
        yield "核对原文要同时填 text_url、verified_by、verified_on"
    codes = [side.code for side in rule.sides]
    if len(set(codes)) != len(codes) or (len(codes) > 1 and "" in codes):
        yield "有几项检查时，每项要有不同的 code"
    if rule.audience and rule.subject != "person":
        yield "audience 只用于针对个人的规则"
    for one in rule.exempt:
        yield from _of_exemption(rule.subject, one.when)
    for side in rule.sides:
        where = f"{side.code} " if side.code else ""
        yield from (where + text for text in _of_side(rule, side, elsewhere))


def _of_side(rule: Rule, side: Side, elsewhere: frozenset[str]) -> Iterator[str]:
    if side.window not in GRAINS:
        yield f"窗口 {side.window} 不认识；可用 {'、'.join(GRAINS)}"
    if side.grace_days and side.window == "event" and side.severity is Severity.MUST:
        yield "“应当”类规定对已经发生的事没有宽限"
    subject = side.subject or rule.subject
    for one in side.exempt:
        yield from _of_exemption(subject, one.when)
    if side.measure in elsewhere or (side.measure == SAYS and rule.level is Level.NOTE):
        return
    measure = MEASURES.get(side.measure)
    if measure is None:
        yield f"没有“{side.measure}”这种量法；可用 {'、'.join(sorted(MEASURES))}"
        return
    if measure.subject != subject:
        yield f"“{side.measure}”量的是 {measure.subject}，规则的对象是 {subject}"
    if side.op not in OPS:
        yield f"比较“{side.op}”不认识；可用 {'、'.join(OPS)}"
    if side.op not in FIXED and side.threshold not in rule.thresholds:
        yield f"没有参数“{side.threshold}”；有 {'、'.join(rule.thresholds) or '（无）'}"
    names = {"body": {**GATHERINGS, **TALKS}}.get(subject, {})
    yield from (f"不认识“{kind}”" for kind in side.of if kind not in names)


def _of_exemption(subject: str, when: str) -> Iterator[str]:
    if when not in EXEMPTIONS:
        yield f"没有“{when}”这种豁免；可用 {'、'.join(EXEMPTIONS)}"
    elif EXEMPTIONS[when].subject not in ("", subject) or subject not in SUBJECTS:
        yield f"豁免“{when}”不适用于 {subject}"
