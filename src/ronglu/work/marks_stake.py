"""Whether somebody has a stake in what he would judge: where he belongs, and what he himself did, said or verified."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ronglu.store.homes import Homes
from ronglu.store.models import Account, Body, Engagement, Membership, Mission, Person, Plant, Post, TeamMember

ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Life:
    """One person's memberships, posts, places of work and teams, with their days; five queries for any number of questions."""

    account: Account
    homes: Homes
    bodies: tuple[tuple[int, dt.date, dt.date | None], ...]
    units: tuple[tuple[int, dt.date, dt.date | None], ...]
    teams: tuple[tuple[int, dt.date, dt.date | None], ...]

    @classmethod
    def of(cls, account: Account, *, plant: Plant, homes: Homes | None = None) -> "Life":
        who = account.person_id or 0
        days = ("from_on", "until_on")
        posts = list(Post.objects.filter(person=who).values_list("body_id", "unit_id", *days))
        bodies = [(body, *rest) for body, _, *rest in posts if body is not None]
        units = [(unit, *rest) for _, unit, *rest in posts if unit is not None]
        bodies += Membership.objects.filter(person=who).values_list("body_id", *days)
        units += Engagement.objects.filter(person=who).values_list("unit_id", *days)
        teams = TeamMember.objects.filter(person=who).values_list("team_id", *days)
        return cls(account, homes or Homes.of(plant), tuple(bodies), tuple(units), tuple(teams))  # type: ignore[arg-type]

    def at_home(self, body: int, *, first: dt.date, last: dt.date) -> bool:
        """Whether the branch was his on any of these days: as a member, by a seat in it, or because he works for its lines."""
        mine = (self._branch(place, on) for place, on in self._days(first, last))
        return body in mine

    def took_part(self, mission: Mission) -> str:
        """What he had to do with a mission, in words; nothing where he had not."""
        did = (("调用", mission.called_by), ("报告", mission.reported_by), ("核实", mission.verified_by))
        for word, account in did:
            if account is not None and self.is_me(account):
                return f"这次出动由您{word}"
        first, last = mission.called_at.date(), (mission.verified_at or mission.called_at).date()
        if any(team == mission.team_id and _within(since, until, first, last) for team, since, until in self.teams):
            return f"您是{mission.team.name}的队员"
        return ""

    def is_me(self, account: Account) -> bool:
        return account.pk == self.account.pk or is_person(self.account, account.person)

    def _days(self, first: dt.date, last: dt.date) -> Iterator[tuple[tuple[str, int], dt.date]]:
        """Each place of his that meets these days, with a day on which it was his."""
        for kind, rows in (("body", self.bodies), ("unit", self.units)):
            for place, since, until in rows:
                if _within(since, until, first, last):
                    yield (kind, place), max(since, first)

    def _branch(self, place: tuple[str, int], on: dt.date) -> int | None:
        kind, key = place
        return self.homes.of_body(key, on) if kind == "body" else self.homes.branch(key, on)


def is_person(account: Account, person: Person | None) -> bool:
    return person is not None and account.person_id == person.pk


def refusal(life: Life, *, body: Body, first: dt.date, last: dt.date, mission: Mission | None = None) -> str:
    """Why he may not judge it, in words; nothing: he may."""
    if life.at_home(body.pk, first=first, last=last):
        return "这是您所在的支部，须由别的支部的人评"
    return life.took_part(mission) if mission is not None else ""


def _within(since: dt.date, until: dt.date | None, first: dt.date, last: dt.date) -> bool:
    return since <= last and (until is None or until > first)
