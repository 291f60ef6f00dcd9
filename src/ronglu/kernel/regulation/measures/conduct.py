"""Measures of how one gathering was conducted: who called it, how many came, what the vote was (R-LIFE-02, 07, 11 to 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ronglu.kernel.regulation.facts import GATHERINGS, BodyFacts, Gathering
from ronglu.kernel.regulation.registry import Measured, measure
from ronglu.kernel.regulation.rule import Rule, Side
from ronglu.kernel.regulation.window import Window

CONVENERS = {"secretary": "书记", "leader": "党小组组长", "delegated": "受委托的人"}


@measure(BodyFacts)
def present(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """How many came, against a share of those due."""
    for g in _of(body, side, window):
        yield _share(rule, side, g, g.attended, f"{g.held_on} {GATHERINGS[g.kind]}到会 {g.attended} 人")


@measure(BodyFacts)
def present_to_elect(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """The same, where there was an election."""
    for g in _of(body, side, window):
        if g.election:
            yield _share(rule, side, g, g.attended, f"{g.held_on} 选举到会有选举权的 {g.attended} 人")


@measure(BodyFacts)
def present_to_vote(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """Those present with a vote, for each vote."""
    for g, number, voting in _votes(body, side, window):
        vote = g.votes[number]
        yield _share(
            rule,
            side,
            g,
            voting,
            f"{g.held_on} 表决“{vote.title}”时有表决权的到会 {voting} 人",
            f"{g.id}.{number + 1}",
        )


@measure(BodyFacts)
def in_favour(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """Yes votes, against a share of those due: never of those present."""
    for g, number, _ in _votes(body, side, window):
        vote = g.votes[number]
        yield _share(
            rule, side, g, vote.favour, f"{g.held_on} 表决“{vote.title}”赞成 {vote.favour} 票", f"{g.id}.{number + 1}"
        )


@measure(BodyFacts)
def convened(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """1 where it was called by one who may."""
    for g in _of(body, side, window):
        if not g.convened_by:
            yield Measured(None, f"{g.held_on} {GATHERINGS[g.kind]}没有登记召集人", part=str(g.id), on=g.held_on)
            continue
        who = CONVENERS.get(g.convened_by, g.convened_by)
        detail = f"{g.held_on} {GATHERINGS[g.kind]}由{who}召集"
        yield Measured(Decimal(int(g.convened_by in side.allowed)), detail, part=str(g.id), on=g.held_on)


@measure(BodyFacts)
def discussed_before(rule: Rule, side: Side, body: BodyFacts, window: Window) -> Iterable[Measured]:
    """1 where the 支委会 had discussed what the 党员大会 then decided, on the same day at the latest."""
    for matter in body.matters:
        if matter.decided_on in window:
            before = matter.discussed_on is not None and matter.discussed_on <= matter.decided_on
            said = f"支委会 {matter.discussed_on} 讨论过" if matter.discussed_on else "没有支委会讨论记录"
            detail = f"“{matter.title}” {matter.decided_on} 提交党员大会，{said}"
            yield Measured(Decimal(int(before)), detail, part=str(matter.id), on=matter.decided_on)


def _of(body: BodyFacts, side: Side, window: Window) -> Iterator[Gathering]:
    return (g for g in body.gatherings if g.kind in side.of and window.first <= g.held_on <= window.last)


def _votes(body: BodyFacts, side: Side, window: Window) -> Iterator[tuple[Gathering, int, int]]:
    for g in _of(body, side, window):
        for number, vote in enumerate(g.votes):
            yield g, number, g.attended if vote.voting is None else vote.voting


def _share(rule: Rule, side: Side, g: Gathering, count: int, said: str, part: str = "") -> Measured:
    part = part or str(g.id)
    if not g.due:
        return Measured(None, f"{said}，没有登记应到人数", part=part, on=g.held_on)
    limit = rule.share(side.threshold) * g.due
    word = "超过" if side.op == ">" else "达到"
    detail = f"{said}，应到 {g.due} 人，应{word} {limit.normalize():f}"
    return Measured(Decimal(count), detail, limit=limit, part=part, on=g.held_on)
