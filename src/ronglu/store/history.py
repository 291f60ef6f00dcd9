"""A plant's organisation rows as the kernel's values: both trees, memberships, posts, terms, approvals over all days."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ronglu.kernel.org.facts import Approval, Budget, History, PostHeld, Term
from ronglu.kernel.org.kinds import PARTY_RANKS, UNIT_RANKS
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Key, Span
from ronglu.kernel.org.tree import State, Tree
from ronglu.store.models import BodyState, Engagement, Membership, PartyBudget, Person, Plant, Post, UnitState
from ronglu.store.models import Mapping as MappingRow
from ronglu.store.models.dated import Dated
from ronglu.store.projects import projects

EXTENDED, ADVANCED = "延期换届", "提前换届"
"""Keys of an approval that is about an election; the others are rule ids."""
ANY = ("R-ORG-04", "R-ORG-05")
"""What an approval without a key is taken for: the two rules that name a superior's approval and nothing else."""


STATE = ("name", "parent_id", "from_on", "until_on")


def span(row: Dated) -> Span:
    return Span(row.from_on, row.until_on)


def party_tree(plant: Plant) -> Tree:
    rows = BodyState.objects.filter(body__plant=plant).order_by("body__position", "body__code", "from_on")
    return Tree(_states(rows.values_list("body_id", "kind", *STATE)), PARTY_RANKS)


def unit_tree(plant: Plant) -> Tree:
    rows = UnitState.objects.filter(unit__plant=plant).order_by("unit__position", "unit__code", "from_on")
    return Tree(_states(rows.values_list("unit_id", "unit__kind", *STATE)), UNIT_RANKS)


def _states(rows: Iterable[Any]) -> tuple[State, ...]:
    """Plain columns: a tree is read at almost every act, and instances would cost more than the query."""
    return tuple(State(key, kind, name, parent, Span(first, last)) for key, kind, name, parent, first, last in rows)


def links(plant: Plant) -> tuple[Link, ...]:
    return tuple(Link(r.body_id, r.unit_id, span(r)) for r in MappingRow.objects.filter(body__plant=plant))


def members(plant: Plant) -> tuple[Stay, ...]:
    rows = Membership.objects.filter(body__plant=plant)
    return tuple(Stay(r.person_id, r.body_id, span(r), r.status, r.basis) for r in rows)


def engaged(plant: Plant) -> tuple[Stay, ...]:
    rows = Engagement.objects.filter(unit__plant=plant)
    return tuple(Stay(r.person_id, r.unit_id, span(r), r.kind) for r in rows)


def history_of(plant: Plant) -> History:
    """Everything the organisation rules look at, in nine queries; where the plant has projects, three more."""
    states = _body_states(plant)
    posts = list(Post.objects.filter(body__plant=plant))
    people = list(Person.objects.filter(posts__body__plant=plant).distinct().values_list("pk", "name", "joined_on"))
    return History(
        party=Tree(_party(states), PARTY_RANKS),
        production=unit_tree(plant),
        members=members(plant),
        engaged=engaged(plant),
        posts=tuple(PostHeld(p.person_id, p.body_id, p.role, span(p)) for p in posts if p.body_id is not None),
        terms=tuple(_terms(states, posts)),
        links=links(plant),
        approvals=tuple(_approvals(states)),
        projects=projects(plant),
        budgets=tuple(_budgets(plant)),
        joined={pk: joined for pk, _, joined in people if joined},
        names={pk: name for pk, name, _ in people},
    )


def _body_states(plant: Plant) -> list[BodyState]:
    rows = BodyState.objects.filter(body__plant=plant)
    return list(rows.order_by("body__position", "body__code", "from_on"))


def _party(states: Iterable[BodyState]) -> tuple[State, ...]:
    return tuple(State(s.body_id, s.kind, s.name, s.parent_id, span(s)) for s in states)


def _budgets(plant: Plant) -> Iterable[Budget]:
    for row in PartyBudget.objects.filter(body__plant=plant):
        yield Budget(row.body_id, row.year, row.wages_last_year, row.budget, row.carried_over)


def approvals_in(text: str) -> dict[str, str]:
    """The text of a body's 批复 by what it is about: `R-ORG-04：…；延期换届：…`; a text without a key stands under ''."""
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split("；"))):
        keyed = re.fullmatch(rf"(R-[A-Z]+-\d+|{EXTENDED}|{ADVANCED})[：:]\s*(.*)", part)
        key, said = keyed.groups() if keyed else ("", part)
        found[key] = f"{found[key]}；{said}" if key in found else said
    return found


def approvals_text(approvals: Mapping[str, str]) -> str:
    return "；".join(f"{key}：{text}" if key else text for key, text in approvals.items())


def _approvals(states: Iterable[BodyState]) -> Iterable[Approval]:
    for state in states:
        for key, text in approvals_in(state.approval).items():
            for rule in (key,) if key else ANY:
                yield Approval(rule, state.body_id, span(state), text)


def _terms(states: Iterable[BodyState], posts: Iterable[Post]) -> Iterable[Term]:
    """A new end of term is an election unless the body's approval says that the old term was extended."""
    elected: dict[tuple[Key, dt.date], dt.date] = {}
    for post in posts:
        if post.body_id is not None and post.term_ends_on is not None:
            seat = (post.body_id, post.term_ends_on)
            elected[seat] = min(post.from_on, elected.get(seat, post.from_on))
    by_body: dict[int, list[BodyState]] = {}
    for state in states:
        by_body.setdefault(state.body_id, []).append(state)
    for rows in by_body.values():
        yield from _terms_of(rows, elected)


def _terms_of(rows: list[BodyState], elected: Mapping[tuple[Key, dt.date], dt.date]) -> Iterable[Term]:
    terms: list[Term] = []
    for number, row in enumerate(rows):
        end = row.term_ends_on
        if end is None or (terms and end == terms[-1].ends_on):
            continue
        approvals = approvals_in(row.approval)
        if terms and EXTENDED in approvals:
            terms[-1] = replace(terms[-1], extended_to=end, approved=True)
            continue
        # a body's first row says when its records begin, not when its committee was elected
        since = elected.get((row.body_id, end)) or (row.from_on if number else None)
        terms.append(Term(row.body_id, since, end, approved=ADVANCED in approvals))
    return terms
