"""The outcomes ledger: recorded with problem, solution, application and effect; counted once a second person found it true."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.named_codes import AwardRules, NamedCode
from ronglu.store.models import Account, Achievement, Body, Team, Unit
from ronglu.work import audits, hands
from ronglu.work.case_named import named

KINDS = tuple(Achievement._meta.get_field("kind").choices)
AWARD = "award"
WORDS = {"problem": "解决什么问题", "solution": "怎样解决", "application": "用在哪里", "effect": "效果"}


class BadAchievement(LabourTrouble):
    """成果不能这样登记。"""


@transaction.atomic
def record(
    *,
    kind: str,
    title: str,
    body: Body,
    unit: Unit,
    day: dt.date,
    by: Account,
    at: dt.datetime,
    case_no: str = "",
    loops: Mapping[str, Loop] | None = None,
    **words: str,
) -> Achievement:
    """`words`: problem, solution, application, effect; all four, or it is not yet an outcome.

    `case_no` names a case of these `loops` that the writer himself may see.
    """
    if kind == AWARD:
        raise BadAchievement("获奖请用“登记获奖”：要写级别、授奖单位和文号")
    if kind not in dict(KINDS):
        raise BadAchievement(f"没有“{kind}”这一类成果，应为{'、'.join(dict(KINDS).values())}之一")
    title = _placed(title, unit=unit, body=body, day=day, at=at)
    if Achievement.objects.filter(plant=body.plant, kind=kind, title=title).exists():
        raise BadAchievement(f"{dict(KINDS)[kind]}“{title}”已经登记过，同一成果只登记一次")
    row = Achievement.objects.create(
        plant=body.plant,
        kind=kind,
        title=title,
        body=body,
        unit=unit,
        day=day,
        case=named(case_no, plant=body.plant, loops=loops or {}, by=by, at=at),
        recorded_by=by,
        recorded_at=at,
        **_said(words),
    )
    _note("record", row, by=by, at=at, kind=kind)
    return row


@transaction.atomic
def award(
    *,
    title: str,
    body: Body,
    unit: Unit,
    day: dt.date,
    level: str,
    prize: str,
    organ: str,
    paper: str,
    rules: AwardRules,
    by: Account,
    at: dt.datetime,
    team: Team | None = None,
    case_no: str = "",
    loops: Mapping[str, Loop] | None = None,
) -> Achievement:
    """What somebody outside gave for an outcome, on the day of its document; one outcome may win at several levels."""
    title = _placed(title, unit=unit, body=body, day=day, at=at)
    given = _given(level=level, prize=prize, organ=organ, paper=paper, team=team, body=body, rules=rules)
    if Achievement.objects.filter(
        plant=body.plant, kind=AWARD, title=title, level=level, paper=given["paper"]
    ).exists():
        raise BadAchievement(f"“{title}”的这份奖（{given['paper']}）已经登记过")
    row = Achievement.objects.create(
        plant=body.plant, kind=AWARD, title=title, body=body, unit=unit, day=day, recorded_by=by, recorded_at=at,
        case=named(case_no, plant=body.plant, loops=loops or {}, by=by, at=at), **given,
    )  # fmt: skip
    _note("award", row, by=by, at=at, level=level, paper=row.paper)
    return row


@transaction.atomic
def correct_award(
    *,
    achievement: Achievement,
    level: str,
    prize: str,
    organ: str,
    paper: str,
    rules: AwardRules,
    by: Account,
    at: dt.datetime,
    team: Team | None = None,
) -> Achievement:
    """Like `correct`: whoever puts it right becomes the one who claimed it."""
    if achievement.kind != AWARD:
        raise BadAchievement("这一项不是获奖")
    given = _given(level=level, prize=prize, organ=organ, paper=paper, team=team, body=achievement.body, rules=rules)
    return _step(achievement, ("recorded", "rejected"), "correct", by=by, at=at, **given, **_anew(by, at))


@transaction.atomic
def correct(*, achievement: Achievement, by: Account, at: dt.datetime, **words: str) -> Achievement:
    """Whoever puts the words right becomes the one who recorded it: he will not verify it either."""
    if achievement.kind == AWARD:
        raise BadAchievement("获奖请更正级别、授奖单位和文号")
    return _step(achievement, ("recorded", "rejected"), "correct", by=by, at=at, **_said(words), **_anew(by, at))


@transaction.atomic
def verify(*, achievement: Achievement, holds: bool, verdict: str, by: Account, at: dt.datetime) -> Achievement:
    """The second person: what he looked at and what he saw."""
    hands.apart(
        by, achievement.recorded_by, on=at.date(), trouble=BadAchievement, own="登记的人不能自己核实，请由另一人核实"
    )
    changes = {"state": "verified" if holds else "rejected", "verified_by": by, "verified_at": at}
    changes["verdict"] = written(verdict, what="怎样核实的、看到什么")
    return _step(achievement, ("recorded",), "verify" if holds else "reject", by=by, at=at, **changes)


def _placed(title: str, *, unit: Unit, body: Body, day: dt.date, at: dt.datetime) -> str:
    if unit.plant_id != body.plant_id:
        raise BadAchievement("所选的单位和党组织不在同一个厂")
    if day > at.date():
        raise BadAchievement(f"形成日期 {day} 还没有到")
    return written(title, what="名称", longest=120)


def _given(
    *, level: str, prize: str, organ: str, paper: str, team: Team | None, body: Body, rules: AwardRules
) -> dict[str, Any]:
    for code, known, what in ((level, rules.levels, "级别"), (prize, rules.prizes, "奖项")):
        if code not in [one.code for one in known]:
            raise BadAchievement(f"没有“{code}”这个{what}，应为{_listed(known)}之一")
    if team is not None and team.plant_id != body.plant_id:
        raise BadAchievement("所选的队伍不在本厂")
    organ = written(organ, what="授奖单位", longest=80)
    return {
        "level": level,
        "prize": prize,
        "organ": organ,
        "paper": written(paper, what="文号或证书号", longest=80),
        "team": team,
    }


def _listed(known: tuple[NamedCode, ...]) -> str:
    return "、".join(one.zh for one in known)


def _anew(by: Account, at: dt.datetime) -> dict[str, Any]:
    fresh = {"recorded_by": by, "recorded_at": at, "state": "recorded", "verdict": ""}
    return fresh | {"verified_by": None, "verified_at": None}


def _said(words: dict[str, str]) -> dict[str, Any]:
    return {name: written(words.get(name, ""), what=what) for name, what in WORDS.items()}


def _step(
    row: Achievement, states: tuple[str, ...], verb: str, *, by: Account, at: dt.datetime, **changes: Any
) -> Achievement:
    if not Achievement.objects.filter(pk=row.pk, state__in=states).update(**changes):
        row.refresh_from_db()
        raise BadAchievement(f"“{row.title}”{row.get_state_display()}，不能再办这一步")
    row.refresh_from_db()
    _note(verb, row, by=by, at=at, told=(row.verdict or row.effect or row.paper)[:500])
    return row


def _note(verb: str, row: Achievement, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"achievements.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail=detail)
