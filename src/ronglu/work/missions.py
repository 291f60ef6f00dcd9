"""Call-outs: a team is called, sets out, reports what it did and claims; somebody outside the team says what is true of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, number, written
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Case, Mission, MissionState, Team, Unit
from ronglu.work import audits, hands, partitions, teams
from ronglu.work.case_named import named
from ronglu.work.names import name_of

State = MissionState


class BadMission(LabourTrouble):
    """出动不能这样办。"""


@transaction.atomic
def call(
    *,
    team: Team,
    unit: Unit,
    why: str,
    by: Account,
    at: dt.datetime,
    case_no: str = "",
    loops: Mapping[str, Loop] | None = None,
    case: Case | None = None,
) -> Mission:
    """`case_no` names a challenge or problem that the team takes on, where no `case` is at hand: one of these `loops` that
    the caller himself may see."""
    if not team.holds(at.date()):
        raise BadMission(f"{team.name}现在没有设立，不能调用")
    if unit.plant_id != team.plant_id:
        raise BadMission("所选的地点不在本厂，请重新选择")
    if not team.members.on(at.date()).exists():
        raise BadMission(f"{team.name}还没有队员，先编入队员再调用")
    mission = Mission.objects.create(
        team=team,
        unit=unit,
        why=written(why, what="要做什么"),
        case=case or named(case_no, plant=team.plant, loops=loops or {}, by=by, at=at),
        called_by=by,
        called_at=at,
    )
    _note("call", mission, by=by, at=at, why=mission.why[:200], unit=unit.code)
    return mission


@transaction.atomic
def start(*, mission: Mission, by: Account, at: dt.datetime) -> Mission:
    _of_the_team(mission, by, at)
    return _step(mission, (State.CALLED,), "start", by=by, at=at, state=State.UNDER_WAY, started_at=at)


@transaction.atomic
def report(
    *,
    mission: Mission,
    report: str,
    effect: str,
    by: Account,
    at: dt.datetime,
    indicator: str = "",
    before: str = "",
    after: str = "",
) -> Mission:
    """A claim in words; figures only of a named indicator, both of them. A refused report may be handed in again."""
    _of_the_team(mission, by, at)
    figures = [number(text, what=what) for text, what in ((before, "之前的数"), (after, "之后的数"))]
    if indicator and None in figures:
        raise BadMission("选了指标，就要写明之前和之后各是多少")
    if not indicator and figures != [None, None]:
        raise BadMission("写了前后的数，就要选是哪个指标")
    return _step(
        mission,
        (State.CALLED, State.UNDER_WAY, State.REJECTED),
        "report",
        by=by,
        at=at,
        state=State.REPORTED,
        report=written(report, what="做了什么"),
        effect=written(effect, what="效果"),
        indicator=indicator,
        before=before.strip(),
        after=after.strip(),
        reported_by=by,
        reported_at=at,
        # what was found of an earlier report is in the trail
        verdict="",
        verified_by=None,
        verified_at=None,
    )


@transaction.atomic
def verify(*, mission: Mission, holds: bool, verdict: str, by: Account, at: dt.datetime) -> Mission:
    """By a second person who was not in the team from the call to this day; a no says why, so does a yes."""
    first, last = mission.called_at.date(), at.date()
    hands.apart(by, mission.reported_by, on=at.date(), trouble=BadMission, own="报告的人不能自己核实，请由另一人核实")
    if teams.belonged(team=mission.team, person_id=by.person_id, first=first, last=last):
        raise BadMission(f"您是{mission.team.name}的队员，成效须由队外的人核实")
    return _step(
        mission,
        (State.REPORTED,),
        "verify" if holds else "reject",
        by=by,
        at=at,
        state=State.VERIFIED if holds else State.REJECTED,
        verdict=written(verdict, what="怎样核实的、看到什么"),
        verified_by=by,
        verified_at=at,
    )


def _of_the_team(mission: Mission, by: Account, at: dt.datetime) -> None:
    if not teams.belonged(team=mission.team, person_id=by.person_id, first=mission.called_at.date(), last=at.date()):
        raise BadMission(f"只有{mission.team.name}的队员能办这一步")


def _step(
    mission: Mission, states: tuple[str, ...], verb: str, *, by: Account, at: dt.datetime, **changes: Any
) -> Mission:
    """Compare and set: of two who act at once, one is told that it was done already."""
    if not Mission.objects.filter(pk=mission.pk, state__in=states).update(**changes):
        mission.refresh_from_db()
        raise BadMission(f"这次出动{mission.get_state_display()}，不能再办这一步")
    mission.refresh_from_db()
    if verb == "verify":
        partitions.touch(plant=mission.team.plant, fact="missions", months=[at.year * 100 + at.month])
    told = mission.verdict if verb in ("verify", "reject") else mission.effect
    _note(verb, mission, by=by, at=at, told=told[:500])
    return mission


def _note(verb: str, mission: Mission, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    subject = (
        f"{mission.team.name} {name_of(mission.unit, mission.called_at.date())} {mission.called_at:%Y-%m-%d %H:%M}"
    )
    audits.record(verb=f"missions.{verb}", by=by, at=at, subject=subject, plant=mission.team.plant, detail=detail)
