"""Measures of meetings and talks: how many were held in a period, and what each consisted of (R-LIFE, R-EDU-06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ronglu.kernel.regulation.facts import GATHERINGS, RATINGS, TALKS, BodyFacts, Gathering
from ronglu.kernel.regulation.registry import Measured, measure
from ronglu.kernel.regulation.rule import Rule, Side
from ronglu.kernel.regulation.window import Window

STEPS = {
    "pre_talk": "会前谈心谈话", "criticism": "批评和自我批评", "rectification": "整改清单",
    "self": "个人自评", "mutual": "党员互评", "poll": "民主测评",
}  # fmt: skip


@measure(BodyFacts)
def held(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """How many gatherings of these kinds took place; a 党课 may have to be given by somebody (`allowed`)."""
    found = [g for g in _held(body, side, window) if not side.allowed or g.speaker in side.allowed]
    what = _named(side.of)
    lacking = max(0, rule.number(side.threshold) - len(found))
    return [
        Measured(
            Decimal(len(found)),
            f"{window.label}{what} {len(found)} 次",
            clear_by=f"在 {window.last} 前再开{what} {lacking} 次，{window.due_on} 前完成记录" if lacking else "",
        )
    ]


@measure(BodyFacts)
def days_held(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """On how many days of the window: a day with two sessions is one."""
    days = len({g.held_on for g in _held(body, side, window)})
    return [Measured(Decimal(days), f"{window.label}{_named(side.of)} {days} 天")]


@measure(BodyFacts)
def talks_held(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    count = sum(talk.pair in side.of and talk.held_on in window for talk in body.talks)
    who = "、".join(TALKS[pair] for pair in side.of)
    return [Measured(Decimal(count), f"{window.label}{who}谈心谈话 {count} 次")]


@measure(BodyFacts)
def drift(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """Days between the day it was held and the fixed day of the month."""
    for g in _held(body, side, window):
        if body.fixed_day is None:
            yield Measured(None, f"{g.held_on} {GATHERINGS[g.kind]}：支部没有登记固定日", part=str(g.id), on=g.held_on)
            continue
        off = abs(g.held_on.day - body.fixed_day)
        detail = f"{g.held_on} {GATHERINGS[g.kind]}，固定日是每月 {body.fixed_day} 日，相差 {off} 天"
        yield Measured(Decimal(off), detail, part=str(g.id), on=g.held_on)


@measure(BodyFacts)
def month_held(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """The month of the year in which each was held."""
    for g in _held(body, side, window):
        yield Measured(
            Decimal(g.held_on.month), f"{GATHERINGS[g.kind]}在 {g.held_on} 召开", part=str(g.id), on=g.held_on
        )


@measure(BodyFacts)
def steps_lacking(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """How many of the required parts (`allowed`) a gathering did not have."""
    for g in _held(body, side, window):
        lacking = [STEPS[step] for step in side.allowed if step not in g.steps]
        said = f"缺{'、'.join(lacking)}" if lacking else "各环节齐全"
        yield Measured(Decimal(len(lacking)), f"{g.held_on} {GATHERINGS[g.kind]}{said}", part=str(g.id), on=g.held_on)


@measure(BodyFacts)
def steps_in_order(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """1 where all required parts were there in this order."""
    for g in _held(body, side, window):
        taken = tuple(step for step in g.steps if step in side.allowed)
        said = "→".join(STEPS[step] for step in taken) or "没有登记环节"
        yield Measured(
            _yes(taken == side.allowed), f"{g.held_on} {GATHERINGS[g.kind]}：{said}", part=str(g.id), on=g.held_on
        )


@measure(BodyFacts)
def excellent(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """优秀 against one in so many of the 正式党员 who were rated, rounded down."""
    for g in _held(body, side, window):
        rated, best = sum(g.ratings.values()), g.ratings.get("excellent", 0)
        if not rated:
            yield Measured(None, f"{g.held_on} 民主评议没有登记等次", part=str(g.id), on=g.held_on)
            continue
        most = Decimal(rated // rule.number(side.threshold))
        detail = f"{g.held_on} 民主评议正式党员 {rated} 名，优秀 {best} 名，最多 {most} 名"
        yield Measured(Decimal(best), detail, limit=most, part=str(g.id), on=g.held_on)


@measure(BodyFacts)
def strange_grades(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """Grades that are none of the allowed ones."""
    for g in _held(body, side, window):
        given = [g.grade] if g.grade else [name for name, count in g.ratings.items() if count]
        if not given:
            yield Measured(None, f"{g.held_on} {GATHERINGS[g.kind]}没有登记等次", part=str(g.id), on=g.held_on)
            continue
        wrong = [RATINGS.get(name, name) for name in given if name not in side.allowed]
        said = f"等次“{'、'.join(wrong)}”不在规定之内" if wrong else "等次符合规定"
        yield Measured(Decimal(len(wrong)), f"{g.held_on} {GATHERINGS[g.kind]}{said}", part=str(g.id), on=g.held_on)


@measure(BodyFacts)
def probationary_rated(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """预备党员 take part and get no grade."""
    for g in _held(body, side, window):
        count = g.rated_probationary
        yield Measured(
            Decimal(count), f"{g.held_on} 民主评议给 {count} 名预备党员评定了等次", part=str(g.id), on=g.held_on
        )


def _held(body: BodyFacts, side: Side, window: Window) -> Iterator[Gathering]:
    return (g for g in body.gatherings if g.kind in side.of and window.first <= g.held_on <= window.last)


def _named(kinds: Iterable[str]) -> str:
    return "、".join(GATHERINGS[kind] for kind in kinds)


def _yes(true: bool) -> Decimal:
    return Decimal(int(true))
