"""One small rule and the subjects these tests judge by it: a group that should meet every month."""

from datetime import date
from typing import Any

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.facts import BodyFacts, Gathering
from ronglu.kernel.regulation.finding import Finding
from ronglu.kernel.regulation.load import load

START = date(2020, 1, 1)


def row(**changes: Any) -> dict[str, Any]:
    """The record of the reference, domain/03 §3.4."""
    return {
        "id": "R-LIFE-03",
        "label": "党小组会每月至少召开 1 次",
        "chapter": "life",
        "subject": {"type": "body", "kinds": ["group"]},
        "window": "month",
        "measure": "held",
        "of": ["group_meeting"],
        "op": ">=",
        "threshold": "times",
        "thresholds": {"times": {"label": "每月不少于", "value": 1, "unit": "次", "status": "V"}},
        "severity": "NORM",
        "grace_days": 5,
        "exempt": [{"when": "younger_than", "days": 15}],
        "clear_by": "召开党小组会",
        "source": {"doc": "某条例", "article": 13, "status": "V"},
        "effective": [date(2018, 10, 28), None],
    } | changes


def book(**changes: Any) -> RuleBook:
    return load([row(**changes)])


def group(*days: date, **more: Any) -> BodyFacts:
    held = tuple(Gathering(id=no, kind="group_meeting", held_on=day) for no, day in enumerate(days, 1))
    return BodyFacts(id=7, name="甲班党小组", kind="group", from_on=more.pop("from_on", START), gatherings=held, **more)


def told(
    rules: RuleBook, subject: BodyFacts, *, first: date = date(2026, 3, 1), last: date = date(2026, 3, 31), **more: Any
) -> list[Finding]:
    return list(judged(rules, [subject], first=first, last=last, on=more.pop("on", date(2026, 6, 1)), **more))
