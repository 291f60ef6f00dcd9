"""The stored count of a contest as a table, as a sentence and day by day; no place is given here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.standing.contest import Terms, points
from ronglu.kernel.standing.reckoning import Reckoning
from ronglu.store.models import ContestResult
from ronglu.work.queries import contests as queries

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference from the mean of the teams, and the ends of its interval, in the unit of what is measured."""

    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def clear(self) -> bool:
        """Whether nought lies outside the interval."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator of one team: its own figure, its plan, its own past and its adjusted effect."""

    indicator: Indicator
    value: Decimal | None
    plan: Decimal | None
    before: Decimal | None
    effect: Effect | None

    @property
    def better(self) -> Decimal | None:
        """Against its own past, positive where that is an improvement."""
        if self.value is None or self.before is None or self.before == 0 or self.additive:
            return None
        gap = self.value - self.before
        return -gap if self.indicator.direction.value == "down" else gap

    @property
    def additive(self) -> bool:
        return self.indicator.rollup.value in ("SUM", "COUNT")


@dataclass(frozen=True, slots=True)
class Team:
    name: str
    place: int | None
    tied: int
    barred: bool
    events: int
    effect: Decimal | None
    shifts: int
    stood: int
    lacks: bool
    """Too few of its shifts were read: no place and no score."""
    points: Decimal | None
    level: Decimal | None
    better: Decimal | None
    left_out: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def places(self) -> str:
        """1, or 1–3 where three share them."""
        if self.place is None:
            return ""
        return f"{self.place}–{self.place + self.tied - 1}" if self.tied > 1 else str(self.place)


@dataclass(frozen=True, slots=True)
class Halted:
    """A shift that counts although a halt in it was called planned: no planned stop was approved for it."""

    day: dt.date
    shift: str
    team: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Teams in order of place, then of effect."""

    teams: tuple[Team, ...]
    noise: Decimal | None
    chance: Decimal | None
    out: tuple[tuple[str, int], ...]
    halted: tuple[Halted, ...]
    unread: int
    covariates: tuple[Indicator, ...]
    dropped: tuple[Indicator, ...]
    lacking: bool
    """Missing readings left nobody a place."""

    @property
    def winners(self) -> tuple[Team, ...]:
        return tuple(one for one in self.teams if one.place == 1)

    @property
    def alone(self) -> bool:
        return len(self.winners) == 1 and len([one for one in self.teams if one.place]) > 1

    @property
    def all_tied(self) -> bool:
        placed = [one for one in self.teams if one.place]
        return len(placed) > 1 and all(one.tied == len(placed) for one in placed)


def table(result: ContestResult, terms: Terms, known: Mapping[str, Indicator]) -> Table:
    told = result.outcome
    teams = tuple(_team(row, terms, known) for row in told["teams"])
    return Table(
        teams=tuple(sorted(teams, key=_order)),
        noise=_decimal(told["noise"]),
        chance=_decimal(told["chance"]),
        out=tuple((why, n) for why, n in told["out"]),
        halted=tuple(Halted(dt.date.fromisoformat(day), *rest) for day, *rest in told.get("halted", ())),
        unread=told["unread"],
        covariates=tuple(_known(told["covariates"], known)),
        dropped=tuple(_known(told["dropped"], known)),
        lacking=queries.lacking(told["teams"]),
    )


def _order(team: Team) -> tuple[int, Decimal]:
    return (team.place or 99, -(team.effect or Decimal(0)))


def _team(row: Row, terms: Terms, known: Mapping[str, Indicator]) -> Team:
    return Team(
        name=row["name"], place=row["place"], tied=row["tied"], barred=row["barred"], events=row["events"],
        effect=_decimal(row["effect"]), shifts=row["shifts"], stood=row["stood"], lacks=row.get("lacks", False),
        points=_scaled(row["points_h"], 2),
        level=_scaled(row["level_ppb"], 9), better=_scaled(row["better_ppb"], 9), left_out=tuple(row["left_out"]),
        cells=tuple(_cell(known[one.indicator], row["by"][one.indicator]) for one in terms.weights if one.indicator in known),
    )  # fmt: skip


def _cell(indicator: Indicator, row: Row) -> Cell:
    return Cell(
        indicator, _decimal(row["value"]), _decimal(row["plan"]), _decimal(row["before"]), _effect(row["effect"])
    )


def _effect(row: Sequence[str | None] | None) -> Effect | None:
    if row is None or None in row:
        return None
    value, low, high = (Decimal(one or 0) for one in row)
    return Effect(value, low, high)


def _known(codes: Sequence[str], known: Mapping[str, Indicator]) -> Iterator[Indicator]:
    return (known[code] for code in codes if code in known)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _scaled(number: int | None, digits: int) -> Decimal | None:
    return None if number is None else Decimal(number).scaleb(-digits)


@dataclass(frozen=True, slots=True)
class Day:
    """One team on one day of the contest: its counted shifts, its figures, and its score by plan alone, never ranked."""

    day: str
    team: str
    shifts: int
    values: tuple[Decimal | None, ...]
    points: Decimal | None


def days(result: ContestResult, terms: Terms) -> list[Day]:
    """Reckoned from the kept inputs, day by day, the teams in the order of the terms. A day's part of a quantity's plan is that
    of its shifts; improvement and adjustment belong to the whole contest."""
    inputs = result.inputs
    whole, curve = Reckoning(inputs, terms), Curve(tuple((a, share) for a, share in inputs["curve"]))
    listed = sorted({one["day"] for one in inputs["shifts"] if not one["past"]})
    found = []
    for day in listed:
        shifts = [one for one in inputs["shifts"] if one["day"] == day]
        plans = {str(team): _plans(whole, team, shifts) for team in terms.teams}
        part = Reckoning({**inputs, "shifts": shifts, "plans": plans}, terms)
        for team in terms.teams:
            stood = len(part.shifts(team))
            won = points(part.level(team), [], curve=curve, improvement=Decimal(0)) if stood else None
            values = tuple(_decimal(part.shown(team, one.indicator)) for one in terms.weights)
            found.append(Day(day, inputs["names"][str(team)], stood, values, _scaled(won.total_h, 2) if won else None))
    return found


def _plans(whole: Reckoning, team: int, shifts: Sequence[Row]) -> dict[str, str]:
    """Of a quantity what falls on the team's shifts of the day, of a level the level."""
    mine = [one for one in shifts if one["team"] == team and not one["out"]]
    found = {}
    for code, plan in whole.inputs["plans"].get(str(team), {}).items():
        told, n = whole.told(code), whole.sums(team, code).shifts
        part = (
            Fraction(plan) * sum(1 for one in mine if one["v"][code]) / n if told["additive"] and n else Fraction(plan)
        )
        found[code] = f"{round_fraction(part, told['decimals']):f}"
    return found
