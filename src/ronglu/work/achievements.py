"""The outcomes ledger: recorded with problem, solution, application and effect; counted once a second person found it true."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Achievement, Body, Unit
from ronglu.work import audits, hands
from ronglu.work.case_named import named

KINDS = tuple(Achievement._meta.get_field("kind").choices)
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
    if kind not in dict(KINDS):
        raise BadAchievement(f"没有“{kind}”这一类成果，应为{'、'.join(dict(KINDS).values())}之一")
    if unit.plant_id != body.plant_id:
        raise BadAchievement("所选的单位和党组织不在同一个厂")
    if day > at.date():
        raise BadAchievement(f"形成日期 {day} 还没有到")
    title = written(title, what="名称", longest=120)
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
def correct(*, achievement: Achievement, by: Account, at: dt.datetime, **words: str) -> Achievement:
    """Whoever puts the words right becomes the one who recorded it: he will not verify it either."""
    changes = _said(words) | {"recorded_by": by, "recorded_at": at, "state": "recorded", "verdict": ""}
    changes |= {"verified_by": None, "verified_at": None}
    return _step(achievement, ("recorded", "rejected"), "correct", by=by, at=at, **changes)


@transaction.atomic
def verify(*, achievement: Achievement, holds: bool, verdict: str, by: Account, at: dt.datetime) -> Achievement:
    """The second person: what he looked at and what he saw."""
    if hands.same(achievement.recorded_by, by):
        raise BadAchievement("登记的人不能自己核实，请由另一人核实")
    changes = {"state": "verified" if holds else "rejected", "verified_by": by, "verified_at": at}
    changes["verdict"] = written(verdict, what="怎样核实的、看到什么")
    return _step(achievement, ("recorded",), "verify" if holds else "reject", by=by, at=at, **changes)


def _said(words: dict[str, str]) -> dict[str, Any]:
    return {name: written(words.get(name, ""), what=what) for name, what in WORDS.items()}


def _step(
    row: Achievement, states: tuple[str, ...], verb: str, *, by: Account, at: dt.datetime, **changes: Any
) -> Achievement:
    if not Achievement.objects.filter(pk=row.pk, state__in=states).update(**changes):
        row.refresh_from_db()
        raise BadAchievement(f"“{row.title}”{row.get_state_display()}，不能再办这一步")
    row.refresh_from_db()
    _note(verb, row, by=by, at=at, told=(row.verdict or row.effect)[:500])
    return row


def _note(verb: str, row: Achievement, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"achievements.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail=detail)
