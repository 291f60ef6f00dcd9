"""“雷打不动”(S4-08): how many weeks in a row a weekly meeting was held, and which of the last weeks had none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ronglu.kernel.time.period import Period


@dataclass(frozen=True, slots=True)
class Streak:
    """`weeks` up to the last week that is over, the running one added where it was held already; `missed` newest first."""

    weeks: int
    missed: tuple[Period, ...]

    @property
    def omitted(self) -> bool:
        """The week that ended last had none."""
        return self.weeks == 0 and bool(self.missed)


def streak(held: Collection[date], *, since: date, on: date, back: int = 8) -> Streak:
    """Weeks from the first whole one after `since`; only the last `back` are looked at for what was missed."""
    weeks = {Period.week(day) for day in held}
    running, first = Period.week(on), Period.week(since)
    first = first if since == first.first else first + 1
    over = [week for n in range(1, back + 1) if (week := running - n) >= first]
    count, week = 0, running if running in weeks else running - 1
    while week in weeks:
        count, week = count + 1, week - 1
    return Streak(count, tuple(week for week in over if week not in weeks))
