"""What the pages of teams show: teams of a day, who belongs to them, their call-outs. A team is known to all of the plant;
who is in it to those over its body, and to its own: mostly they are Party members, and that is told to nobody else (07 §7.1)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Case, Mission, Person, Plant, Team, TeamMember
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE = "teams.see"


@dataclass(frozen=True, slots=True)
class TeamRow:
    """`leader` is whom to call; `size` how many there are."""

    team: Team
    body: str
    leader: str
    size: int


@dataclass(frozen=True, slots=True)
class MissionRow:
    mission: Mission
    place: str


def listed(*, plant: Plant, places: Places) -> list[TeamRow]:
    """Two queries and the party tree."""
    running = TeamMember.objects.on(places.on).select_related("person")
    teams = Team.objects.on(places.on).filter(plant=plant).prefetch_related(Prefetch("members", running, "now"))
    return [_row(team, team.now, places) for team in teams]  # type: ignore[attr-defined]


def team_of(*, scope: Scope, code: str, plant: str = "") -> Team | None:
    """The team of a code in the plants one belongs to; the code is unique in a plant only."""
    found = Team.objects.filter(code=code, plant__in=scope.plants(SEE)).select_related("plant", "body")
    return (found.filter(plant__code=plant) if plant else found).first()


def members(*, team: Team, on: dt.date) -> list[TeamMember]:
    """The leader first."""
    rows = team.members.on(on).select_related("person").order_by("person__staff_no")
    return sorted(rows, key=lambda row: row.role != "leader")


def names_seen(*, scope: Scope, team: Team, members: Sequence[TeamMember]) -> bool:
    own = scope.person_id is not None and scope.person_id in {row.person_id for row in members}
    return own or covers(scope.reach(SEE), body=team.body_id, plant=team.plant_id)


def teams_of(person: Person, *, scope: Scope, on: dt.date) -> list[TeamMember]:
    """The teams that somebody is in that day, as far as the reader may know who is in them: as on the page of the team."""
    rows = TeamMember.objects.on(on).filter(person=person, team__plant__in=scope.plants(SEE)).select_related("team")
    own = TeamMember.objects.on(on).filter(person=scope.person_id or 0).values_list("team_id", flat=True)
    reach, mine = scope.reach(SEE), set(own)
    seen = (row for row in rows if row.team.holds(on))
    return [row for row in seen if row.team_id in mine or covers(reach, body=row.team.body_id, plant=row.team.plant_id)]


def missions(*, plant: Plant, team: Team | None = None) -> QuerySet[Mission]:
    rows = Mission.objects.filter(team__plant=plant).select_related("team", "unit", "case")
    return rows.filter(team=team) if team else rows


def shown(rows: Sequence[Mission], *, places: Places) -> list[MissionRow]:
    return [MissionRow(row, places.unit_name(row.unit_id)) for row in rows]


def mission_of(*, scope: Scope, pk: int) -> Mission | None:
    rows = Mission.objects.filter(team__plant__in=scope.plants(SEE), pk=pk)
    people = ("called_by__person", "reported_by__person", "verified_by__person")
    return rows.select_related("team__plant", "team__body", "unit__plant", "case", *people).first()


def member_of(*, pk: int) -> TeamMember | None:
    return TeamMember.objects.select_related("team__plant", "team__body", "person").filter(pk=pk).first()


def challenges(*, plant: Plant, loops: Mapping[str, Loop]) -> list[tuple[str, str]]:
    """Number and title of the challenges that a team may take on: not yet at their end, and published to all of the plant."""
    shown = loops["bounty"].published if "bounty" in loops else ()
    rows = Case.objects.filter(plant=plant, loop="bounty", state__in=shown, secrecy="open", closed_at=None)
    return [(row.number, f"{row.number} {row.title}") for row in rows.order_by("-raised_at")[:200]]


def _row(team: Team, now: Sequence[TeamMember], places: Places) -> TeamRow:
    leader = next((row.person.name for row in now if row.role == "leader"), "")
    return TeamRow(team, places.body_name(team.body_id), leader, len(now))
