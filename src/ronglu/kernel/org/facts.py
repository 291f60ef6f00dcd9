"""What the organisation rules look at: one plant's bodies, members, posts and terms as they stood on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Key, Span, boundaries
from ronglu.kernel.org.tree import Tree, View

FULL, PROBATIONARY = "full", "probationary"
SECRETARY, DEPUTY, LEADER = "secretary", "deputy", "leader"
COMMITTEE = (SECRETARY, DEPUTY, "organiser", "propaganda", "discipline", "member")
"""Seats of a committee: 书记、副书记、组织委员、宣传委员、纪检委员、委员."""
SEATS = {
    SECRETARY: "书记",
    DEPUTY: "副书记",
    "organiser": "组织委员",
    "propaganda": "宣传委员",
    "discipline": "纪检委员",
    "member": "委员",
    LEADER: "组长",
}


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A seat at a body (party post) or a unit (administrative post)."""

    person: Key
    place: Key
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Term:
    """A committee's term: elected on, due on, and an extension where one was approved."""

    body: Key
    elected_on: date | None
    """None where the election was before the records begin."""
    due_on: date
    extended_to: date | None = None
    approved: bool = False
    """The superior body approved the extension or the early election."""

    @property
    def ends_on(self) -> date:
        return self.extended_to or self.due_on


@dataclass(frozen=True, slots=True)
class Approval:
    """A superior's approval or a recorded reason that quiets one rule for one body while it runs."""

    rule: str
    body: Key
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Project:
    """搬迁、检修、攻关: something with an end, where members work together for a while."""

    id: Key
    name: str
    span: Span
    people: tuple[Key, ...]
    """All who work in it, members of the Party or not."""
    planned_until: date | None = None
    """The first day after its planned end, where one was set."""
    body: Key | None = None
    """The party body that was named for it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Party work money of one year in yuan; a row exists only where the plant entered one."""

    body: Key
    year: int
    wages_last_year: Decimal
    budget: Decimal
    carried_over: Decimal


@dataclass(frozen=True)
class Snapshot:
    """One day. Counting is done here once, so that every check reads the same numbers."""

    on: date
    party: View
    production: View
    members: tuple[Stay, ...]
    engaged: tuple[Stay, ...]
    posts: tuple[PostHeld, ...]
    terms: tuple[Term, ...]
    links: tuple[Link, ...]
    approvals: tuple[Approval, ...]
    projects: tuple[Project, ...]
    budgets: tuple[Budget, ...]
    joined: Mapping[Key, date]
    names: Mapping[Key, str]

    @cached_property
    def own(self) -> Mapping[Key, tuple[Stay, ...]]:
        """Memberships of the day by the very body they are in."""
        return _by_place(self.members, self.on)

    @cached_property
    def workers(self) -> Mapping[Key, tuple[Stay, ...]]:
        """Engagements of the day by the very unit they are at."""
        return _by_place(self.engaged, self.on)

    def headcount(self, body: Key, *, full_only: bool = False) -> int:
        """Members in the body and everything under it, each person once."""
        return len(
            {
                stay.person
                for place in self.party.subtree(body)
                for stay in self.own.get(place, ())
                if not full_only or stay.kind == FULL
            }
        )

    def homes(self, people: Iterable[Key]) -> dict[Key, Key | None]:
        """Those of them who are members that day, with their branch; None where they are in none."""
        wanted = frozenset(people)
        found: dict[Key, Key | None] = {}
        for place, stays in self.own.items():
            branch = self.party.nearest(place, *BRANCHES) if place in self.party else None
            found |= {stay.person: branch.id if branch else None for stay in stays if stay.person in wanted}
        return found

    def branch_sizes(self) -> dict[Key, int]:
        """Members of each branch, its groups included."""
        return {branch.id: self.headcount(branch.id) for branch in self.party.of_kind(*BRANCHES)}

    def mean_branch_size(self) -> Decimal | None:
        """To one decimal, half-up; None where there is no branch."""
        sizes = self.branch_sizes().values()
        tenth = Decimal("0.1")
        return (Decimal(sum(sizes)) / len(sizes)).quantize(tenth, ROUND_HALF_UP) if sizes else None

    def holders(self, place: Key, *roles: str) -> tuple[PostHeld, ...]:
        return tuple(p for p in self.posts_at.get(place, ()) if p.role in roles and p.span.holds(self.on))

    @cached_property
    def posts_at(self) -> Mapping[Key, tuple[PostHeld, ...]]:
        found: dict[Key, list[PostHeld]] = {}
        for post in self.posts:
            found.setdefault(post.place, []).append(post)
        return {place: tuple(posts) for place, posts in found.items()}

    def terms_of(self, body: Key) -> tuple[Term, ...]:
        """Terms begun by this day, oldest first."""
        mine = (t for t in self.terms if t.body == body and (t.elected_on is None or t.elected_on <= self.on))
        return tuple(sorted(mine, key=lambda term: (term.elected_on or date.min, term.due_on)))

    def waived(self, body: Key, *rules: str) -> bool:
        return any(a.body == body and a.rule in rules and a.span.holds(self.on) for a in self.approvals)


def _by_place(stays: tuple[Stay, ...], on: date) -> Mapping[Key, tuple[Stay, ...]]:
    found: dict[Key, list[Stay]] = {}
    for stay in stays:
        if stay.span.holds(on):
            found.setdefault(stay.place, []).append(stay)
    return {place: tuple(here) for place, here in found.items()}


@dataclass(frozen=True)
class History:
    """The same over all days."""

    party: Tree
    production: Tree
    members: tuple[Stay, ...] = ()
    engaged: tuple[Stay, ...] = ()
    posts: tuple[PostHeld, ...] = ()
    """Posts at bodies; ids of bodies and units may coincide, so administrative posts stay out."""
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    approvals: tuple[Approval, ...] = ()
    projects: tuple[Project, ...] = ()
    budgets: tuple[Budget, ...] = ()
    joined: Mapping[Key, date] | None = None
    names: Mapping[Key, str] | None = None

    def at(self, on: date) -> Snapshot:
        return Snapshot(
            on=on,
            party=self.party.at(on),
            production=self.production.at(on),
            members=self.members,
            engaged=self.engaged,
            posts=self.posts,
            terms=self.terms,
            links=self.links,
            approvals=self.approvals,
            projects=self.projects,
            budgets=self.budgets,
            joined=self.joined or {},
            names=self.names or {},
        )

    @property
    def boundaries(self) -> tuple[date, ...]:
        """Days on which any of it changed."""
        dated = (self.members, self.engaged, self.posts, self.links, self.approvals)
        spans = [row.span for rows in dated for row in rows]
        spans += [state.span for tree in (self.party, self.production) for state in tree.states]
        return boundaries(spans)
