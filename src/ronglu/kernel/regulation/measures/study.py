"""Measures of one member's year of study, posts and dues, and of study items: completeness, never points (R-EDU, R-LIFE-14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from ronglu.kernel.regulation.facts import PersonFacts, StudyItem
from ronglu.kernel.regulation.registry import Measured, measure
from ronglu.kernel.regulation.rule import Rule, Side
from ronglu.kernel.regulation.window import Window
from ronglu.kernel.time.months import add_months


@measure(PersonFacts)
def study_hours(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    """学时 of the calendar year: what is over does not carry into the next."""
    hours = sum((s.hours for s in person.study if s.held_on in window), Decimal(0))
    return [Measured(hours, f"{window.label}集中培训和集体学习 {hours.normalize():f} 学时")]


@measure(PersonFacts)
def trainings(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    count = sum(s.training and s.held_on in window for s in person.study)
    return [Measured(Decimal(count), f"{window.label}参加集中培训 {count} 次")]


@measure(PersonFacts)
def rotations(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    count = sum(s.rotation and s.held_on in window for s in person.study)
    return [Measured(Decimal(count), f"{window.label}参加轮训 {count} 次")]


@measure(PersonFacts)
def trained_after_taking_post(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    """Trainings from the day a 书记 took the post until so many months later."""
    for post in person.posts:
        until = add_months(post.from_on, rule.number("months"))
        if post.role == "secretary" and post.from_on <= window.last and until >= window.first:
            yield _stage(person, post.from_on, until, "任职", str(post.from_on))


@measure(PersonFacts)
def trained_in_stage(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    """Trainings in 预备期 and in the first year after it."""
    for word, start, ends in _stages(person):
        if start <= window.last and ends >= window.first:
            yield _stage(person, start, ends, word, word)


def _stages(person: PersonFacts) -> Iterator[tuple[str, date, date]]:
    if person.probation_from:
        ends = person.full_from or add_months(person.probation_from, 12)
        yield "预备期", person.probation_from, ends
    if person.full_from:
        yield "转正第一年", person.full_from, add_months(person.full_from, 12)


def _stage(person: PersonFacts, start: date, ends: date, word: str, part: str) -> Measured:
    count = sum(s.training and start <= s.held_on <= ends for s in person.study)
    return Measured(
        Decimal(count), f"{word}（{start} 至 {ends}）参加集中培训 {count} 次", part=part, on=start, due_on=ends
    )


@measure(PersonFacts)
def own_life(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    count = sum(on in window for on in person.own_life)
    return [Measured(Decimal(count), f"{window.label}参加所在支部、党小组组织生活 {count} 次")]


@measure(PersonFacts)
def months_unpaid(rule: Rule, side: Side, person: PersonFacts, window: Window) -> Iterable[Measured]:
    """Length of the run of unpaid months that ends with this one; a month with a recorded reason breaks it."""
    unpaid = {(u.month.year, u.month.month) for u in person.unpaid if not u.reason}
    run, on = 0, window.first
    while (on.year, on.month) in unpaid:
        run, on = run + 1, add_months(on, -1)
    return [Measured(Decimal(run), f"到 {window.label}连续 {run} 个月未交纳党费")]


@measure(StudyItem)
def discussions(rule: Rule, side: Side, item: StudyItem, window: Window) -> Iterable[Measured]:
    return _once(item, window, Decimal(item.discussions), f"交流研讨 {item.discussions} 次")


@measure(StudyItem)
def discussions_without_work(rule: Rule, side: Side, item: StudyItem, window: Window) -> Iterable[Measured]:
    left = item.discussions - item.linked_discussions
    return _once(item, window, Decimal(left), f"{item.discussions} 次研讨中 {left} 次没有联系具体工作")


@measure(StudyItem)
def work_without_policy(rule: Rule, side: Side, item: StudyItem, window: Window) -> Iterable[Measured]:
    left = item.work_items - item.grounded_items
    return _once(item, window, Decimal(left), f"{item.work_items} 项工作中 {left} 项没有联系政策或文件")


def _once(item: StudyItem, window: Window, value: Decimal, said: str) -> Iterable[Measured]:
    if item.from_on in window:
        yield Measured(value, f"{item.from_on} “{item.name}”{said}", on=item.from_on)
