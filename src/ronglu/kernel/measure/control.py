"""Individuals and moving range: the band in which an indicator varies by itself, and the runs that chance hardly makes.

Limits are the mean ± 2.66 times the mean moving range; one σ is that range ÷ 1.128. The eight run rules are Nelson's, the first
of them, and the fifth and sixth, are Western Electric's. A missing value ends every run: nobody knows what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

WIDTH = Decimal("2.66")
RANGE_TOP = Decimal("3.267")
D2 = Decimal("1.128")
LEAST = 20
"""Fewer values give limits that are noise themselves."""
Values = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class ControlBand:
    """`sigma` is that of neighbours, not of all values: a drift does not widen its own band."""

    centre: Decimal
    low: Decimal
    high: Decimal
    sigma: Decimal
    range_mean: Decimal
    range_top: Decimal
    n: int


@dataclass(frozen=True, slots=True)
class Signal:
    """Rule `rule` holds over the values `first`..`last` (places in the list, both included) and was first seen at `seen`."""

    rule: int
    first: int
    seen: int
    last: int


@dataclass(frozen=True, slots=True)
class RunRule:
    """`n` values in a row are looked at; `label` as it is said on the floor."""

    no: int
    n: int
    label: str
    en: str


RULES = (
    RunRule(1, 1, "一点出控制限", "one beyond the limits"),
    RunRule(2, 9, "连续 9 点在中心线同一侧", "nine in a row on one side of the centre"),
    RunRule(3, 6, "连续 6 点一直升或一直降", "six in a row rising or falling"),
    RunRule(4, 14, "连续 14 点一升一降", "fourteen in a row up and down"),
    RunRule(5, 3, "3 点中有 2 点在同侧 2σ 以外", "two of three beyond two sigma on one side"),
    RunRule(6, 5, "5 点中有 4 点在同侧 1σ 以外", "four of five beyond one sigma on one side"),
    RunRule(7, 15, "连续 15 点都在 1σ 以内", "fifteen in a row within one sigma"),
    RunRule(8, 8, "连续 8 点都在 1σ 以外", "eight in a row beyond one sigma"),
)


def band(values: Values, *, least: int = LEAST) -> ControlBand | None:
    """None for too few values, or values that never move."""
    known = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(known) < least or not any(ranges):
        return None
    centre, spread = sum(known, Decimal(0)) / len(known), sum(ranges, Decimal(0)) / len(ranges)
    return ControlBand(
        centre=centre,
        low=centre - WIDTH * spread,
        high=centre + WIDTH * spread,
        sigma=spread / D2,
        range_mean=spread,
        range_top=RANGE_TOP * spread,
        n=len(known),
    )


def ranges(values: Values) -> list[Decimal | None]:
    """Each value's distance from the one before it; the first has none, nor has one beside a gap."""
    pairs = pairwise(values)
    return [None, *(None if a is None or b is None else abs(b - a) for a, b in pairs)]


def signals(values: Values, of: ControlBand) -> list[Signal]:
    """Every run that a rule finds, ordered by where it begins; runs that touch are one signal."""
    found: list[Signal] = []
    for rule in RULES:
        found += _joined(rule.no, list(_ends(values, of, rule)), rule.n)
    return sorted(found, key=lambda one: (one.first, one.rule))


def _ends(values: Values, of: ControlBand, rule: RunRule) -> Iterator[int]:
    """Places at which the last `n` values break the rule."""
    for end in range(rule.n - 1, len(values)):
        run = [value for value in values[end - rule.n + 1 : end + 1] if value is not None]
        if len(run) == rule.n and HOLDS[rule.no](run, of):
            yield end


def _joined(rule: int, ends: Sequence[int], n: int) -> list[Signal]:
    found: list[Signal] = []
    for end in ends:
        if found and end - n <= found[-1].last:  # touches the run before it
            found[-1] = Signal(rule, found[-1].first, found[-1].seen, end)
        else:
            found.append(Signal(rule, end - n + 1, end, end))
    return found


def _beyond(run: Sequence[Decimal], of: ControlBand, sigmas: int, most: int) -> bool:
    """At least `most` of the run lie beyond so many sigmas on one and the same side."""
    edge = sigmas * of.sigma
    above, below = sum(v > of.centre + edge for v in run), sum(v < of.centre - edge for v in run)
    return max(above, below) >= most


def _steady(run: Sequence[Decimal]) -> bool:
    steps = [b - a for a, b in pairwise(run)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _alternates(run: Sequence[Decimal]) -> bool:
    steps = [b - a for a, b in pairwise(run)]
    return all(a * b < 0 for a, b in pairwise(steps))


HOLDS: dict[int, Callable[[Sequence[Decimal], ControlBand], bool]] = {
    1: lambda run, of: not of.low <= run[0] <= of.high,
    2: lambda run, of: _beyond(run, of, 0, len(run)),
    3: lambda run, of: _steady(run),
    4: lambda run, of: _alternates(run),
    5: lambda run, of: _beyond(run, of, 2, 2),
    6: lambda run, of: _beyond(run, of, 1, 4),
    7: lambda run, of: all(abs(v - of.centre) < of.sigma for v in run),
    8: lambda run, of: all(abs(v - of.centre) > of.sigma for v in run),
}
