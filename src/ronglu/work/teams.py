"""Teams: set up, put right, disbanded; who joins and leaves, from which day on, with which share of the work."""

import datetime as dt
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.store.models import Account, Body, Person, Plant, Team, TeamMember
from ronglu.work import audits, dated

KINDS = tuple(Team._meta.get_field("kind").choices)
ROLES = tuple(TeamMember._meta.get_field("role").choices)


class BadTeam(LabourTrouble):
    """队伍不能这样安排。"""


@transaction.atomic
def found(
    *,
    plant: Plant,
    code: str,
    name: str,
    kind: str,
    body: Body,
    purpose: str,
    on: dt.date,
    by: Account,
    at: dt.datetime,
) -> Team:
    """A team stands at a party body; its code stays, whatever it is called later."""
    if kind not in dict(KINDS):
        raise BadTeam(f"没有“{kind}”这一类队伍，应为{'、'.join(dict(KINDS).values())}之一")
    if body.plant_id != plant.pk:
        raise BadTeam("所选的党组织不在本厂，请重新选择")
    code = written(code, what="编码", longest=40)
    if Team.objects.filter(plant=plant, code=code).exists():
        raise BadTeam(f"编码 {code} 已被另一支队伍使用，请换一个编码")
    team = Team.objects.create(
        plant=plant,
        code=code,
        name=written(name, what="名称", longest=80),
        kind=kind,
        body=body,
        purpose=written(purpose, what="任务"),
        from_on=on,
    )
    _note("found", team, by=by, at=at, on=str(on))
    return team


@transaction.atomic
def correct(*, team: Team, name: str, purpose: str, by: Account, at: dt.datetime) -> Team:
    team.name = written(name, what="名称", longest=80)
    team.purpose = written(purpose, what="任务")
    team.save(update_fields=["name", "purpose"])
    _note("correct", team, by=by, at=at, purpose=team.purpose[:200])
    return team


@transaction.atomic
def disband(*, team: Team, on: dt.date, by: Account, at: dt.datetime) -> None:
    """From `on` nobody belongs to it and it is called no more; its missions stay readable."""
    if team.until_on is not None and team.until_on <= on:
        raise BadTeam(f"{team.name}已于 {team.until_on} 解散")
    if team.from_on >= on:
        raise BadTeam(f"{team.name}从 {team.from_on} 起才成立，解散日应在这之后")
    dated.end_all(team.members.all(), on=on)
    team.until_on = on
    team.save(update_fields=["until_on"])
    _note("disband", team, by=by, at=at, on=str(on))


@transaction.atomic
def join(
    *, team: Team, person: Person, role: str, duties: str, on: dt.date, by: Account, at: dt.datetime
) -> TeamMember:
    """Anybody of the plant, a member of the Party or not; one leader at a time."""
    if role not in dict(ROLES):
        raise BadTeam("身份应为队长或队员")
    if person.plant_id != team.plant_id:
        raise BadTeam(f"{person.name}不在本厂，不能编入{team.name}")
    if not team.holds(on):
        raise BadTeam(f"{team.name}在 {on} 没有设立，请核对日期")
    running = team.members.exclude(until_on__lte=on)
    if running.filter(person=person).exists():
        raise BadTeam(f"{person.name}已在{team.name}里；要改分工请先离队再编入")
    if role == "leader" and (other := running.filter(role="leader").select_related("person").first()):
        raise BadTeam(f"{team.name}的队长是{other.person.name}，先请他离任")
    row = TeamMember.objects.create(
        team=team, person=person, role=role, duties=duties.strip()[:200], from_on=on, until_on=team.until_on
    )
    _note("join", team, by=by, at=at, person=person.staff_no, role=role, on=str(on))
    return row


@transaction.atomic
def leave(*, member: TeamMember, on: dt.date, by: Account, at: dt.datetime) -> None:
    """His last day is the day before `on`."""
    if member.until_on is not None and member.until_on <= on:
        raise BadTeam(f"{member.person.name}已于 {member.until_on} 离队")
    dated.end(member, on=on)
    _note("leave", member.team, by=by, at=at, person=member.person.staff_no, on=str(on))


def belonged(*, team: Team, person_id: int | None, first: dt.date, last: dt.date) -> bool:
    """Whether he was in the team on any of these days: then he has a stake in what it reports."""
    return person_id is not None and team.members.within(first, last).filter(person_id=person_id).exists()


def _note(verb: str, team: Team, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"teams.{verb}", by=by, at=at, subject=team.name, plant=team.plant, detail=detail)
