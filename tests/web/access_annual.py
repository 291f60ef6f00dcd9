"""Who may open the pages of the annual plan: goals, key tasks, programmes, platforms, themes: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.config import clock
from ronglu.store.models import Goal, KeyTask, KeyTaskStage, Platform, Programme, ProgrammeTask, Theme
from ronglu.work import key_tasks, platforms, programmes
from tests.cast import Cast
from tests.web.access_rule import BESIDE, MEMBERS, STAFF, Rule
from tests.work import planned

SEE, SET, THEMES = "goals.see", "goals.set", "themes.set"
# who sets goals of the converter branch, and who sets none there
SETTERS = {"王书记", "孙干事", "高书记"}


def _at() -> dict[str, Any]:
    return {"at": clock.now()}


def _goal(cast: Cast) -> Goal:
    return Goal.objects.first() or planned.goal(cast, "QL-B1", year=clock.today().year)


def _task(cast: Cast) -> KeyTask:
    found = KeyTask.objects.first()
    first = clock.today()
    return found or key_tasks.open_one(
        plant=cast.plant, body=cast.body["QL-B1"], title="降低吨铜煤耗", grip="benefit", party=cast.person["王书记"],
        line=cast.person["马主任"], first=first, last=first + dt.timedelta(days=100), shares=planned.SHARES,
        by=cast.account["孙干事"], **_at(),
    )  # fmt: skip


def _programme(cast: Cast) -> Programme:
    found = Programme.objects.first()
    return found or programmes.open_one(
        plant=cast.plant, seed=planned.BOOK.programmes["themed_education"], title="专题教育", body=cast.body["QL-C"],
        bodies=[cast.body["QL-B1"]], first=clock.today(), by=cast.account["孙干事"], **_at(),
    )  # fmt: skip


def _platform(cast: Cast) -> Platform:
    found = Platform.objects.first()
    return found or platforms.register(
        plant=cast.plant, category="output", name="攻关组", owner=cast.person["王书记"], rule="每周碰一次", output="成效", rhythm="month",
        posts=["production"], grip="benefit", on=dt.date(2026, 1, 1), by=cast.account["孙干事"], **_at(),
    )  # fmt: skip


def _theme(cast: Cast) -> dict[str, Any]:
    return {"pk": (Theme.objects.first() or planned.theme(cast)).pk}


def _programme_task(cast: Cast) -> dict[str, Any]:
    return {
        "pk": ProgrammeTask.objects.filter(stage__programme=_programme(cast)).order_by("due_on")[0].pk,
        "deed": "report",
    }


ANNUAL: dict[str, Rule] = {
    "goals": Rule(SEE),
    "goals_export": Rule(SEE),
    "goal_new": Rule(SET),
    "goal": Rule(SEE, kwargs=lambda cast: {"pk": _goal(cast).pk}, blind=BESIDE),
    "goal_deed": Rule(SEE, kwargs=lambda cast: {"pk": _goal(cast).pk, "deed": "tell"}, blind=STAFF - SETTERS),
    "branch_plan": Rule(SEE, kwargs=lambda cast: {"pk": cast.body["QL-B1"].pk}, blind=BESIDE),
    "template_goals": Rule(SET),
    "key_tasks": Rule(SEE),
    "key_tasks_export": Rule(SEE),
    "key_task_new": Rule(SET),
    "key_task": Rule(SEE, kwargs=lambda cast: {"pk": _task(cast).pk}, blind=BESIDE),
    "key_task_deed": Rule(SEE, kwargs=lambda cast: {"pk": _task(cast).pk, "deed": "give"}, blind=STAFF - SETTERS),
    "key_task_stage": Rule(
        SEE, kwargs=lambda cast: {"pk": KeyTaskStage.objects.filter(task=_task(cast))[0].pk, "deed": "confirm"},
        blind=STAFF - {"王书记", "马主任"},
    ),
    "programmes": Rule(SEE),
    "programme_new": Rule(THEMES, kwargs=lambda cast: {"seed": "themed_education"}),
    "programme": Rule(SEE, kwargs=lambda cast: {"pk": _programme(cast).pk}, blind=BESIDE),
    "programme_deed": Rule(THEMES, kwargs=lambda cast: {"pk": _programme(cast).pk, "deed": "extend"}),
    "programme_add": Rule(THEMES, kwargs=lambda cast: {"pk": _programme(cast).stages.all()[0].pk}),
    "programme_task": Rule(SEE, kwargs=_programme_task, blind=(STAFF - MEMBERS) | BESIDE | {"郑师傅"}),
    "platforms": Rule(SEE),
    "platforms_export": Rule(SEE),
    "platform_new": Rule(THEMES),
    "platform": Rule(SEE, kwargs=lambda cast: {"pk": _platform(cast).pk}, blind=BESIDE),
    "platform_deed": Rule(
        SEE, kwargs=lambda cast: {"pk": _platform(cast).pk, "deed": "change"}, blind=STAFF - {"孙干事", "高书记"}
    ),
    "themes": Rule(SEE),
    "theme_new": Rule(THEMES),
    "theme_take": Rule(THEMES, kwargs=lambda cast: {"seed": "lean"}),
    "theme_change": Rule(THEMES, kwargs=_theme),
}  # fmt: skip
