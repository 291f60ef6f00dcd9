"""How large an invented group is made: the whole one for people to look at, a small one for tests."""

import datetime as dt
from dataclasses import dataclass

from ronglu.kernel.time.period import Period

TODAY = dt.date(2026, 4, 10)
NOW = dt.datetime.combine(TODAY, dt.time(10))
SEED = 20260410
THIS_MONTH = Period.month(2026, 4)
SHOWCASE = Period.month(2026, 3)
"""The last whole month: its readings of the first plant come through the real import, its sheet is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`months` counts whole months before the running one; `scored` how many of them are assessed."""

    plants: tuple[str, ...]
    months: int
    scored: int
    crew: int = 8
    share: int = 1
    """Every how-manieth is told of the stories that come more than once."""

    @property
    def first(self) -> Period:
        return THIS_MONTH - self.months

    @property
    def spans(self) -> tuple[Period, ...]:
        """Every month with readings, the running one last."""
        return tuple(self.first + n for n in range(self.months + 1))

    @property
    def assessed(self) -> tuple[Period, ...]:
        return tuple(THIS_MONTH - n for n in range(self.scored, 0, -1))


FULL = Scale(plants=("qinglan", "yunling", "baishi", "changhe"), months=12, scored=3)
SMALL = Scale(plants=("qinglan",), months=2, scored=1, crew=4, share=4)
