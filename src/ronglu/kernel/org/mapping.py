"""The dated map between party bodies and production units: 支部↔产线, 党小组↔横大班, 总支↔车间."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ronglu.kernel.org.kinds import BRANCHES, GROUP
from ronglu.kernel.org.membership import Stay
from ronglu.kernel.org.span import Key, Span
from ronglu.kernel.org.tree import View


@dataclass(frozen=True, slots=True)
class Link:
    body: Key
    unit: Key
    span: Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal for a human to confirm (S1-02); nothing moves by itself."""

    person: Key
    crew: Key
    groups: tuple[Key, ...]
    """Best first; empty when the crew has no group yet."""
    reason: str


def units_of(links: Iterable[Link], *, body: Key, on: date) -> tuple[Key, ...]:
    return tuple(link.unit for link in links if link.body == body and link.span.holds(on))


def bodies_of(links: Iterable[Link], *, unit: Key, on: date) -> tuple[Key, ...]:
    return tuple(link.body for link in links if link.unit == unit and link.span.holds(on))


def suggest_group(
    *, person: Key, crew: Key, links: Iterable[Link], stays: Iterable[Stay], party: View
) -> Suggestion | None:
    """The groups standing on the crew a person has come to; None when he is no member or already in one of them."""
    on = party.on
    now = [stay for stay in stays if stay.person == person and stay.span.holds(on)]
    standing = bodies_of(links, unit=crew, on=on)
    groups = [body for body in standing if body in party and party.nodes[body].kind == GROUP]
    if not now or any(stay.place in groups for stay in now):
        return None
    mine = {branch.id for stay in now if (branch := party.nearest(stay.place, *BRANCHES))}
    groups.sort(key=lambda group: party.nodes[group].parent not in mine)
    if not groups:
        return Suggestion(person, crew, (), "所到横大班尚未设党小组")
    same = party.nodes[groups[0]].parent in mine
    name = party.nodes[groups[0]].name
    reason = f"已调入该横大班，建议编入{name}" + ("" if same else "（属另一支部，需同时转支部）")
    return Suggestion(person, crew, tuple(groups), reason)
