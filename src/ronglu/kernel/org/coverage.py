"""How far the party tree covers the production tree: gaps on one day, and covered days of a month (item B5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ronglu.kernel.org.kinds import BRANCHES, CREW, GROUP, LINE
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Key, Span
from ronglu.kernel.org.tree import State, Tree, View


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is uncovered on one day."""

    on: date
    lines: int
    crews: int
    lines_without_branch: tuple[State, ...]
    crews_without_group: tuple[State, ...]
    members_without_place: tuple[Key, ...]

    @property
    def mapped(self) -> tuple[int, int]:
        """Lines and crews mapped, and all of them."""
        total = self.lines + self.crews
        return total - len(self.lines_without_branch) - len(self.crews_without_group), total


@dataclass(frozen=True, slots=True)
class Covered:
    """Item B5: unit-days mapped ÷ unit-days there were."""

    mapped_days: int = 0
    days: int = 0

    def __add__(self, other: Covered) -> Covered:
        return Covered(self.mapped_days + other.mapped_days, self.days + other.days)


def coverage(
    *, party: View, production: View, links: Iterable[Link], members: Iterable[Stay], persons: Iterable[Key] = ()
) -> Coverage:
    """Gaps on the day of the two views. `persons` are all who are party members by their own record, placed or not."""
    links = tuple(links)
    lines, crews = production.of_kind(LINE), production.of_kind(CREW)
    return Coverage(
        on=party.on,
        lines=len(lines),
        crews=len(crews),
        lines_without_branch=tuple(x for x in lines if not standing_on(x.id, BRANCHES, links, party)),
        crews_without_group=tuple(x for x in crews if not standing_on(x.id, (GROUP,), links, party)),
        members_without_place=_unplaced(party, members, persons),
    )


def standing_on(unit: Key, kinds: Collection[str], links: Iterable[Link], party: View) -> tuple[Key, ...]:
    """Bodies of these kinds that stood on the unit that day; a link to an abolished body does not count."""
    here = (link.body for link in links if link.unit == unit and link.span.holds(party.on))
    return tuple(dict.fromkeys(body for body in here if body in party and party.nodes[body].kind in kinds))


def _unplaced(party: View, members: Iterable[Stay], persons: Iterable[Key]) -> tuple[Key, ...]:
    """Members in no body that exists, or directly in a branch that is divided into groups."""
    places: dict[Key, list[Key]] = {person: [] for person in persons}
    for stay in members:
        places.setdefault(stay.person, [])
        if stay.span.holds(party.on) and stay.place in party:
            places[stay.person].append(stay.place)
    return tuple(person for person, found in places.items() if not any(_settled(party, place) for place in found))


def _settled(party: View, place: Key) -> bool:
    return not any(child.kind == GROUP for child in party.children(place))


def covered(*, party: Tree, production: Tree, links: Iterable[Link], within: Span) -> dict[Key | None, Covered]:
    """B5 per branch for one period, by days.

    A line counts for each branch that stands on it, and so do the line's crews (mapped when a group of that branch
    stands on the crew). A day on which a line has no branch is charged to the branch that last stood on it, so that
    closing a mapping does not improve the ratio; lines that never had one stand under None, which is the plant's own gap.
    Our reading (D): the seeds only ask that every line have a branch and every crew a group.
    """
    links = tuple(links)
    found: dict[Key | None, Covered] = {}
    for start, days in _stretches(party, production, links, within):
        for branch, one in _day(party.at(start), production.at(start), links).items():
            found[branch] = found.get(branch, Covered()) + Covered(one.mapped_days * days, one.days * days)
    return found


def _stretches(party: Tree, production: Tree, links: tuple[Link, ...], within: Span) -> Iterable[tuple[date, int]]:
    """Runs of days on which nothing changes, so that a month costs a handful of views instead of thirty."""
    assert within.until_on is not None, "统计期必须有截止日"
    spans = [link.span for link in links] + [s.span for s in party.states] + [s.span for s in production.states]
    cuts = {edge for span in spans for edge in (span.from_on, span.until_on) if edge and within.holds(edge)}
    edges = sorted(cuts | {within.from_on, within.until_on})
    return [(start, (end - start).days) for start, end in pairwise(edges)]


def _day(party: View, production: View, links: tuple[Link, ...]) -> dict[Key | None, Covered]:
    found: dict[Key | None, Covered] = {}
    for line in production.of_kind(LINE):
        crews = [production.nodes[unit] for unit in production.subtree(line.id) if production.nodes[unit].kind == CREW]
        standing = standing_on(line.id, BRANCHES, links, party)
        for branch in standing or (_last_branch(line.id, links, party),):
            groups = party.subtree(branch) if branch is not None else frozenset()
            mapped = sum(any(g in groups for g in standing_on(crew.id, (GROUP,), links, party)) for crew in crews)
            one = Covered(int(bool(standing)) + mapped, 1 + len(crews))
            found[branch] = found.get(branch, Covered()) + one
    return found


def _last_branch(line: Key, links: tuple[Link, ...], party: View) -> Key | None:
    """The branch still alive whose standing on the line ended last before this day."""
    ended = [
        (link.span.until_on - timedelta(days=1), str(link.body), link.body)
        for link in links
        if link.unit == line
        and link.span.until_on is not None
        and link.span.until_on <= party.on
        and link.body in party
        and party.nodes[link.body].kind in BRANCHES
    ]
    return max(ended)[2] if ended else None
