"""Pieces of an annual plan for tests: a theme, a goal of the plant with one of a branch below it, a key task, a programme, a platform."""

import datetime as dt
from typing import Any

from ronglu.config.plant import packs
from ronglu.kernel.annual.joint import Joint
from ronglu.store.models import Gathering, Goal, KeyTask, KeyTaskStage, Platform, Programme, ProgrammeTask, Theme
from ronglu.work import goals, key_tasks, platforms, programmes, themes
from tests.cast import AT, Cast

BOOK = packs().base.annual
SHARES = {stage: one.share for stage, one in BOOK.joints.items()}
FIRST, LAST = dt.date(2026, 3, 10), dt.date(2026, 6, 18)  # a hundred days on


def said(cast: Cast, name: str, at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "at": at}


def theme(cast: Cast, code: str = "grassroots_year", **more: Any) -> Theme:
    return themes.take(plant=cast.plant, seed=BOOK.themes[code], year=2026, **said(cast, "孙干事"), **more)


def goal(cast: Cast, body: str = "QL-C", title: str = "粗铜产量完成全年计划", by: str = "孙干事", **more: Any) -> Goal:
    given = {"grip": "benefit", "year": 2026} | more
    return goals.set_one(plant=cast.plant, body=cast.body[body], title=title, **given, **said(cast, by))


def key_task(cast: Cast, body: str = "QL-B1", title: str = "降低吨铜煤耗", **more: Any) -> KeyTask:
    given = {
        "first": FIRST,
        "last": LAST,
        "party": cast.person["王书记"],
        "line": cast.person["马主任"],
        "grip": "benefit",
    } | more
    return key_tasks.open_one(
        plant=cast.plant, body=cast.body[body], title=title, shares=SHARES, **given, **said(cast, "孙干事")
    )


def stage(task: KeyTask, which: Joint = Joint.PLAN) -> KeyTaskStage:
    return KeyTaskStage.objects.select_related("task__party", "task__line", "task__plant").get(task=task, stage=which)


def confirm(cast: Cast, task: KeyTask, which: Joint, name: str, on: dt.date) -> KeyTaskStage:
    at = dt.datetime.combine(on, dt.time(9))
    return key_tasks.confirm(stage=stage(task, which), scope=cast.scope(name, on), **said(cast, name, at))


def programme(
    cast: Cast, seed: str = "themed_education", bodies: tuple[str, ...] = ("QL-B1", "QL-B2"), **more: Any
) -> Programme:
    given = {"title": BOOK.programmes[seed].zh, "first": FIRST} | more
    return programmes.open_one(
        plant=cast.plant, seed=BOOK.programmes[seed], body=cast.body["QL-C"], bodies=[cast.body[one] for one in bodies], **given,
        **said(cast, "孙干事"),
    )  # fmt: skip


def task_of(row: Programme, cast: Cast, body: str = "QL-B1") -> ProgrammeTask:
    return ProgrammeTask.objects.filter(stage__programme=row, body=cast.body[body]).order_by("due_on")[0]


def platform(cast: Cast, seed: str = "project", **more: Any) -> Platform:
    one = BOOK.platforms[seed]
    given = {
        "category": one.category, "name": one.zh, "owner": cast.person["王书记"], "rule": one.says, "output": one.output,
        "rhythm": one.rhythm, "posts": one.posts, "grip": one.grip, "on": dt.date(2026, 1, 1), "code": seed,
    } | more  # fmt: skip
    return platforms.register(plant=cast.plant, **given, **said(cast, "孙干事"))


def meeting(cast: Cast, body: str = "QL-B1", state: str = "closed", day: dt.date = FIRST, **more: Any) -> Gathering:
    starts = dt.datetime.combine(day, dt.time(15))
    given = {"kind": "lecture", "title": "形势任务党课"} | more
    return Gathering.objects.create(
        plant=cast.plant, body=cast.body[body], state=state, starts_at=starts, ends_at=starts + dt.timedelta(hours=1),
        made_by=cast.account["王书记"], made_at=AT, **given,
    )  # fmt: skip
