"""One measured line: ours, what it is measured against, and the ratio it must not pass; the clock all benches share."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """`ours` and `theirs` in seconds (or in `unit`); without `theirs` the limit is on `ours` itself."""

    label: str
    ours: float
    theirs: float | None
    limit: float
    unit: str = "s"

    @property
    def figure(self) -> float:
        return self.ours if self.theirs is None else self.ours / self.theirs

    @property
    def within(self) -> bool:
        return self.figure <= self.limit

    def __str__(self) -> str:
        if self.theirs is None:
            told = f"{self.ours:9.3f} {self.unit}{'':16}{self.ours:8.2f} {self.unit}   <= {self.limit:g} {self.unit}"
        else:
            told = f"{self.ours:9.3f} s  {self.theirs:9.3f} s   {self.figure:8.2f} x   <= {self.limit:g} x"
        return f"{self.label:<64} {told}   {'ok' if self.within else 'OVER'}"


def in_turn(*calls: Callable[[], Any], rounds: int = 5, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """The least time of each call, taken in turn after one call each to warm up, so that a busy machine meets all alike."""
    for call in calls:
        call()
    best = [float("inf")] * len(calls)
    for _ in range(rounds):
        for at, call in enumerate(calls):
            started = clock()
            call()
            best[at] = min(best[at], clock() - started)
    return best
