"""Checks on how many members a body has and how it is divided: R-ORG-01 to 06 and 08."""

from __future__ import annotations

from collections.abc import Iterable

from ronglu.kernel.org.checks import Hit, check
from ronglu.kernel.org.facts import FULL, LEADER, Snapshot
from ronglu.kernel.org.kinds import BRANCH, BRANCHES, COMMITTEE, GROUP, JOINT, OFFICE
from ronglu.kernel.org.span import Key
from ronglu.kernel.org.tree import State
from ronglu.kernel.regulation.finding import Subject
from ronglu.kernel.regulation.rule import Rule
from ronglu.kernel.time.months import add_months


@check
def branch_where_three(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    for unit in day.production.of_kind(*rule.kinds):
        full = len(_full_members_at(day, unit))
        if full >= rule.number("full_members") and not _standing(day, unit, BRANCHES):
            yield Hit(Subject("unit", unit.id), f"{unit.name}有正式党员 {full} 名，没有党支部与之对应")


@check
def joint_branch_where_fewer(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    least, most = rule.number("full_members"), rule.number("units")
    for branch in day.party.of_kind(BRANCH):
        full = day.headcount(branch.id, full_only=True)
        if full < least:
            yield Hit(
                Subject("body", branch.id), f"{branch.name}正式党员 {full} 名，不足 {least} 名，宜与邻近单位联合建支部"
            )
    for branch in day.party.of_kind(JOINT):
        units = len({link.unit for link in day.links if link.body == branch.id and link.span.holds(day.on)})
        if units > most:
            yield Hit(Subject("body", branch.id), f"{branch.name}覆盖 {units} 个单位，一般不超过 {most} 个")
    for unit in day.production.of_kind(*rule.kinds):
        full = len(_full_members_at(day, unit))
        if 0 < full < least and not _standing(day, unit, (*BRANCHES, GROUP)):
            yield Hit(Subject("unit", unit.id), f"{unit.name}有正式党员 {full} 名，没有编入任何（联合）党支部")


@check
def branch_not_too_large(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    most = rule.number("members")
    for branch in day.party.of_kind(*BRANCHES):
        members = day.headcount(branch.id)
        if members > most:
            yield Hit(Subject("body", branch.id), f"{branch.name}有党员 {members} 名，一般不超过 {most} 名")


@check
def general_branch_expected(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    more, fewer = rule.number("more_than"), rule.number("fewer_than")
    for branch in day.party.of_kind(*BRANCHES):
        members = day.headcount(branch.id)
        if more < members < fewer:
            yield Hit(Subject("body", branch.id), f"{branch.name}有党员 {members} 名，应设党总支，或取得保留支部的批复")


@check
def committee_at_a_hundred(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    """The text speaks of the enterprise: the top body needs a 党委; any 党委 below the number needs an approval."""
    least = rule.number("members")
    for top in day.party.roots:
        members = day.headcount(top.id)
        if members >= least and top.kind != COMMITTEE:
            detail = f"{top.name}有党员 {members} 名，达到 {least} 名，应设党委"
            yield Hit(Subject("body", top.id), detail, waivable=False)
    for body in day.party.of_kind(COMMITTEE):
        members = day.headcount(body.id)
        if members < least:
            yield Hit(Subject("body", body.id), f"{body.name}有党员 {members} 名，不足 {least} 名，设党委须有上级批复")


@check
def branch_on_long_project(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    """Members of one branch are led by that branch (our reading). A project that runs over its planned end is as long as it
    has become."""
    months = rule.number("months")
    for project in day.projects:
        if not project.span.holds(day.on):
            continue
        homes = day.homes(project.people)
        long = max(project.planned_until or day.on, day.on) >= add_months(project.span.from_on, months)
        named = day.party.nodes.get(project.body) if project.body is not None else None
        if long and len(set(homes.values())) > 1 and (named is None or named.kind == GROUP):
            detail = f"{project.name}为期 {months} 个月以上，有党员 {len(homes)} 名，尚未建立党组织"
            yield Hit(Subject("project", project.id), detail, since=project.span.from_on)


@check
def groups_with_leaders(rule: Rule, day: Snapshot) -> Iterable[Hit]:
    many, scattered, least = rule.number("many"), rule.number("scattered"), rule.number("least")
    for branch in day.party.of_kind(*BRANCHES):
        if any(child.kind == GROUP for child in day.party.children(branch.id)):
            continue
        members, places = day.headcount(branch.id), len(_workplaces(day, branch))
        if members > many or (places >= scattered and members >= least):
            detail = f"{branch.name}有党员 {members} 名，分布在 {places} 个班组或单位，尚未划分党小组"
            yield Hit(Subject("body", branch.id), detail)
    for group in day.party.of_kind(GROUP):
        if not day.holders(group.id, LEADER):
            yield Hit(Subject("body", group.id), f"{group.name}没有组长")


def _full_members_at(day: Snapshot, unit: State) -> set[Key]:
    here = day.production.subtree(unit.id)
    full = {stay.person for stays in day.own.values() for stay in stays if stay.kind == FULL}
    return {stay.person for place in here for stay in day.workers.get(place, ()) if stay.person in full}


def _standing(day: Snapshot, unit: State, kinds: tuple[str, ...]) -> bool:
    """A body of these kinds on the unit or on anything in it; an office may also be served from its parent."""
    units = set(day.production.subtree(unit.id))
    if unit.kind == OFFICE and unit.parent is not None:
        units.add(unit.parent)
    bodies = (link.body for link in day.links if link.unit in units and link.span.holds(day.on))
    return any(body in day.party and day.party.nodes[body].kind in kinds for body in bodies)


def _workplaces(day: Snapshot, branch: State) -> set[Key]:
    members = {s.person for place in day.party.subtree(branch.id) for s in day.own.get(place, ())}
    return {stay.place for stays in day.workers.values() for stay in stays if stay.person in members}
