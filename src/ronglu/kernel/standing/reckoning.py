"""From the kept inputs of a contest to each team's sums: added up over its shifts, divided once, judged row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ronglu.kernel.measure.coverage import Coverage
from ronglu.kernel.measure.rounding import round_fraction, to_scaled
from ronglu.kernel.rules.basis import Direction, Line, Method
from ronglu.kernel.standing.contest import READ, Terms

GUARD = 4
Inputs = Mapping[str, Any]
METHODS = {"points": Method.POINTS, "count": Method.COUNT}


@dataclass(frozen=True, slots=True)
class Sums:
    """One indicator of one team: over its counted shifts, over those of its past, and how many they were."""

    num: Fraction
    den: Fraction
    shifts: int

    @property
    def value(self) -> Fraction | None:
        return self.num / self.den if self.shifts and self.den else None


@dataclass(frozen=True)
class Reckoning:
    inputs: Inputs
    terms: Terms

    def shifts(self, team: int, *, past: bool = False) -> list[Mapping[str, Any]]:
        """A team's shifts that count."""
        mine = (one for one in self.inputs["shifts"] if one["team"] == team and one["past"] is past)
        return [one for one in mine if not one["out"]]

    def lacks(self, team: int, *, past: bool = False) -> bool:
        """Whether too few of its shifts were read for it to be compared with others, or with its own past."""
        stood = self.shifts(team, past=past)
        read = sum(all(one["v"].values()) for one in stood)
        return not Coverage(read, len(stood)).enough(READ)

    def sums(self, team: int, code: str, *, past: bool = False) -> Sums:
        pairs = [one["v"][code] for one in self.shifts(team, past=past) if one["v"][code]]
        return Sums(
            sum((Fraction(num) for num, _den in pairs), Fraction(0)),
            sum((Fraction(den) for _num, den in pairs), Fraction(0)),
            len(pairs),
        )

    def shown(self, team: int, code: str, *, past: bool = False) -> str | None:
        """A quantity as its sum, a ratio as the ratio of sums, at the indicator's own digits."""
        figure = self._figure(team, code, past=past)
        return None if figure is None else f"{round_fraction(figure, self.told(code)['decimals']):f}"

    def told(self, code: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.inputs["indicators"][code]
        return found

    def level(self, team: int) -> list[Line]:
        """Against plan."""
        plans = self.inputs["plans"].get(str(team), {})
        return [self._line(team, one.indicator, one.percent, plans.get(one.indicator)) for one in self.terms.weights]

    def better(self, team: int) -> list[Line]:
        """Against the team's own past: of a quantity, its mean shift then times its shifts now."""
        return [
            self._line(team, one.indicator, one.percent, self._past(team, one.indicator)) for one in self.terms.weights
        ]

    def out(self) -> Iterator[tuple[str, int]]:
        """Why shifts of the window were left out, and how many each."""
        found: dict[str, int] = {}
        for one in self.inputs["shifts"]:
            if one["out"] and not one["past"]:
                found[one["out"]] = found.get(one["out"], 0) + 1
        yield from sorted(found.items())

    def halted(self) -> Iterator[tuple[str, str, str, str]]:
        """Shifts of the window that count although a halt in them was called planned: day, shift, team, what was said."""
        for one in self.inputs["shifts"]:
            if halt := one.get("halt"):
                yield one["day"], halt[0], self.inputs["names"][str(one["team"])], halt[1]

    def _figure(self, team: int, code: str, *, past: bool = False) -> Fraction | None:
        one = self.sums(team, code, past=past)
        return one.num if one.shifts and self.told(code)["additive"] else one.value

    def _past(self, team: int, code: str) -> str | None:
        before, now = self.sums(team, code, past=True), self.sums(team, code)
        if before.value is None or not now.shifts or self.lacks(team, past=True):
            return None
        plan = before.value * now.shifts if self.told(code)["additive"] else before.value
        return f"{round_fraction(plan, self.told(code)['decimals']):f}"

    def _line(self, team: int, code: str, weight: int, plan: str | None) -> Line:
        told, figure = self.told(code), self._figure(team, code)
        d = told["decimals"]
        return Line(
            key=code, label=told["name"], unit=told["unit"], decimals=d, weight=weight,
            num=None if figure is None else to_scaled(round_fraction(figure, d + GUARD), d + GUARD),
            den=10**GUARD, plan=None if plan is None else to_scaled(Decimal(plan), d),
            method=METHODS.get(told["method"], Method.ATTAINMENT), direction=Direction(told["direction"]),
            tol=to_scaled(Decimal(told["tolerance"] or 0), d),
        )  # fmt: skip


def mean_plan(reckoning: Reckoning, code: str, teams: Iterable[int], *, planned: bool = False) -> Fraction | None:
    """What a difference in this indicator is set against: the plan of one shift, else (unless only what was `planned` is
    asked for) what all teams did together."""
    listed = list(teams)
    told = reckoning.told(code)
    plans = [(Fraction(plan), reckoning.sums(t, code).shifts) for t in listed if (plan := _plan(reckoning, t, code))]
    if plans and all(n for _plan, n in plans):
        if told["additive"]:
            return sum((p for p, _ in plans), Fraction(0)) / sum(n for _, n in plans) or None
        return sum((p * n for p, n in plans), Fraction(0)) / sum(n for _, n in plans) or None
    if planned:
        return None
    whole = [reckoning.sums(t, code) for t in listed]
    den = sum((one.den for one in whole), Fraction(0))
    return sum((one.num for one in whole), Fraction(0)) / den if den else None


def _plan(reckoning: Reckoning, team: int, code: str) -> str | None:
    found: str | None = reckoning.inputs["plans"].get(str(team), {}).get(code)
    return found
