"""When a month, a quarter and a year are locked, checked, publicised and closed: working days after the period ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ronglu.kernel.time.period import Grain, Period

AddWorkdays = Callable[[date, int], date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`workdays` after the last day of the period."""

    code: str
    label: str
    en: str
    workdays: int


@dataclass(frozen=True, slots=True)
class Milepost:
    """A stage of one period and the last day for it."""

    stage: Stage
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The stages of each kind of period, earliest first."""

    stages: Mapping[Grain, tuple[Stage, ...]]
    note: str

    def problems(self) -> Iterator[str]:
        for grain, stages in self.stages.items():
            codes = [stage.code for stage in stages]
            yield from (f"{grain.label}的“{code}”写了两遍" for code in sorted({c for c in codes if codes.count(c) > 1}))
            yield from (
                f"{grain.label}的{stage.label}应在期末之后至少一个工作日" for stage in stages if stage.workdays < 1
            )
            days = [stage.workdays for stage in stages]
            if days != sorted(days):
                yield f"{grain.label}的各步应从早到晚，现在是 {'、'.join(map(str, days))}"


def dates(
    timetable: Timetable, period: Period, add_workdays: AddWorkdays, *, ends_on: date | None = None
) -> tuple[Milepost, ...]:
    """The days of one period. `ends_on`: the last day where it is not the natural one (a statistical month)."""
    last = ends_on or period.last
    return tuple(
        Milepost(stage, add_workdays(last, stage.workdays)) for stage in timetable.stages.get(period.grain, ())
    )
