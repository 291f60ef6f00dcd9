"""When something must be done and who is told when it is not: spans in the plant's working days, and the ladder of reminders."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ronglu.kernel.time.workday import WorkCalendar

ONE = dt.timedelta(days=1)


class In(StrEnum):
    WORKDAYS = "workdays"
    DAYS = "days"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Due:
    """`n` working days (days, hours) after the state was entered; `by` names a date field that, once filled, decides instead.

    A span in days ends with its last day: the instant is the midnight that closes it.
    """

    n: int
    unit: In = In.WORKDAYS
    by: str = ""

    def reckon(self, *, since: dt.datetime, data: Mapping[str, Any], workdays: WorkCalendar) -> dt.datetime:
        if self.by and data.get(self.by):
            return end_of(dt.date.fromisoformat(str(data[self.by])))
        match self.unit:
            case In.HOURS:
                return since + dt.timedelta(hours=self.n)
            case In.DAYS:
                return end_of(since.date() + dt.timedelta(days=self.n))
            case In.WORKDAYS:
                return end_of(workdays.add_workdays(since.date(), self.n))

    @property
    def label(self) -> str:
        unit = {In.HOURS: "小时", In.DAYS: "天", In.WORKDAYS: "个工作日"}[self.unit]
        return f"{self.n} {unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """`days` against the deadline (−3: three days before); `tell` are roles or parties; `when` restricts it to some cases.

    `flag` is what a rung leaves on the case besides telling people: the question of a veto.
    """

    days: int
    tell: tuple[str, ...]
    label: str
    flag: str = ""
    en: str = ""
    when: Mapping[str, frozenset[Any]] = field(default_factory=dict)

    def holds(self, data: Mapping[str, Any]) -> bool:
        return all(data.get(name) in values for name, values in self.when.items())


def end_of(day: dt.date) -> dt.datetime:
    """The midnight that closes a day."""
    return dt.datetime.combine(day + ONE, dt.time.min)


def last_day(due_at: dt.datetime) -> dt.date:
    """The day people name as the deadline: a closing midnight belongs to the day before."""
    return due_at.date() - ONE if due_at.time() == dt.time.min else due_at.date()


def steps(
    ladder: tuple[Rung, ...], *, due_at: dt.datetime, data: Mapping[str, Any]
) -> Iterator[tuple[dt.datetime, int]]:
    """When each rung that concerns this case is reached, with its place in the ladder, earliest first."""
    found = [(due_at + dt.timedelta(days=rung.days), no) for no, rung in enumerate(ladder) if rung.holds(data)]
    yield from sorted(found)
