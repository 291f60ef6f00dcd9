"""Campaign kits as declared: what is to be done by which day, counted from the first or the last day of the campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ronglu.kernel.standing.errors import StandingTrouble


class KitTrouble(StandingTrouble):
    """活动套餐的声明有误，或活动不能这样办。"""


class TaskKind(StrEnum):
    """What has to be written down before a task is done."""

    PLEDGE = "pledge"
    LESSON = "lesson"
    HAZARDS = "hazards"
    DRILL = "drill"
    TASK = "task"

    @property
    def label(self) -> str:
        return {
            "pledge": "承诺签名", "lesson": "案例教育", "hazards": "隐患排查治理", "drill": "应急演练", "task": "任务"
        }[self.value]  # fmt: skip

    @property
    def counted(self) -> bool:
        """Whether the number of people who took part belongs to it; a number, no names."""
        return self in (TaskKind.PLEDGE, TaskKind.LESSON, TaskKind.DRILL)

    @property
    def reviewed(self) -> bool:
        """A drill without a word on what went wrong was a show."""
        return self is TaskKind.DRILL


@dataclass(frozen=True, slots=True, kw_only=True)
class KitTask:
    """`day` from the first day (1 is the first), or from the last (0 is the last, −3 three days before)."""

    kind: TaskKind
    zh: str
    en: str
    day: int
    duty: str
    duty_en: str
    counts: bool

    def due(self, first: dt.date, last: dt.date) -> dt.date:
        """Never outside the campaign."""
        found = first + dt.timedelta(days=self.day - 1) if self.day > 0 else last + dt.timedelta(days=self.day)
        return min(max(found, first), last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """`merits`: whether merits on the field belong to it; `contest`: whether a contest usually goes with it; `battle`: whether it is
    fought for indicators of units over months, each with its pair.
    """

    code: str
    zh: str
    en: str
    says: str
    says_en: str
    goal: str
    goal_en: str
    days: int
    tasks: tuple[KitTask, ...]
    pledge: str = ""
    pledge_en: str = ""
    merits: bool = False
    contest: bool = False
    battle: bool = False
    source: tuple[str, ...] = ()
    status: str = ""


WRITTEN = ("code", "zh", "en", "says", "says_en", "goal", "goal_en", "status")


def read(data: Mapping[str, Any]) -> dict[str, Kit]:
    """Reads kits.yaml; everything wrong in it at once."""
    rows: Sequence[Mapping[str, Any]] = data.get("kits") or []
    faults = [fault for row in rows for fault in _faults(row)]
    codes = [row.get("code") for row in rows]
    faults += [f"活动套餐“{code}”写了两次" for code in sorted({str(c) for c in codes if codes.count(c) > 1})]
    if faults:
        raise KitTrouble(faults)
    return {row["code"]: _kit(row) for row in rows}


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    name = row.get("code") or row.get("zh") or "未命名的套餐"
    yield from (f"{name} 缺 {key}" for key in WRITTEN if not row.get(key))
    if bool(row.get("pledge")) != bool(row.get("pledge_en")):
        yield f"{name} 的承诺词要写 pledge 和 pledge_en"
    if not isinstance(row.get("days"), int) or row["days"] < 1:
        yield f"{name} 的天数 days 应是 1 以上的整数，现在是 {row.get('days')}"
    tasks = row.get("tasks") or []
    if not tasks:
        yield f"{name} 至少要有一项任务"
    for task in tasks:
        if task.get("kind") not in set(TaskKind):
            yield f"{name} 的任务类型应为 {'、'.join(TaskKind)}，现在是 {task.get('kind')}"
        if not task.get("zh") or not task.get("en") or not isinstance(task.get("day"), int):
            yield f"{name} 的每项任务要写 zh、en 和整数的 day"
        if bool(task.get("duty")) != bool(task.get("duty_en")):
            yield f"{name} 的任务“{task.get('zh')}”的 duty 要有 duty_en"


def _kit(row: Mapping[str, Any]) -> Kit:
    tasks = tuple(
        KitTask(
            kind=TaskKind(one["kind"]), zh=one["zh"], en=one["en"], day=one["day"], duty=one.get("duty", ""),
            duty_en=one.get("duty_en", ""), counts=bool(one.get("counts", False)),
        )
        for one in row["tasks"]
    )  # fmt: skip
    return Kit(
        code=row["code"], zh=row["zh"], en=row["en"], says=row["says"], says_en=row["says_en"], goal=row["goal"],
        goal_en=row["goal_en"], days=row["days"], tasks=tasks, pledge=row.get("pledge", ""), pledge_en=row.get("pledge_en", ""), merits=bool(row.get("merits", False)), contest=bool(row.get("contest", False)),
        battle=bool(row.get("battle", False)),
        source=tuple(row.get("source", ())), status=row["status"],
    )  # fmt: skip
