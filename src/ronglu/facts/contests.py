"""What a contest is counted from: every shift of its window and of the teams' own past, with sums, covariates and what is left out.

Plain values that can be kept as they are: whoever counts them again comes to the same digits.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from ronglu.facts.engine import put
from ronglu.facts.figures import Figure, figures
from ronglu.facts.month import frame, slots_table
from ronglu.facts.plans import ADDITIVE, MonthPlans, joined, month_plans
from ronglu.facts.rollup import dues, sums
from ronglu.facts.spine import unit_owner
from ronglu.kernel.measure.halts import Spell, StopBook
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_fraction
from ronglu.kernel.org.kinds import LINE
from ronglu.kernel.org.tree import Tree
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.standing.contest import CREWS, Terms
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store import history
from ronglu.store.models import RECORDABLE, Halt, PlanStop, Plant, RosterRow, SafetyEvent, ShiftRow, Unit

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

ONE = dt.timedelta(days=1)
HISTORY, LONGEST = 12, 400
"""How many times its own length, and how many days at most, are read before a contest of lines."""
CYCLE = 8
"""Days of a cycle where no roster says otherwise."""
BRIEF = 30
"""Minutes of halts in a shift from which on they are told; one that only reaches into it for a moment is not worth a word."""
Row = dict[str, Any]
Slot = tuple[int, dt.date, int]


@dataclass(frozen=True)
class Ground:
    """A contest's stretch of days: which line's shifts are whose, and what each line was to do."""

    plant: Plant
    terms: Terms
    pack: Pack
    calendar: Calendar
    lines: tuple[int, ...]
    team_of: Mapping[tuple[int, str], int]

    @classmethod
    def of(cls, *, plant: Plant, terms: Terms, pack: Pack, calendar: Calendar) -> Ground:
        """Crews stand under a line and are known by their letter; a line that competes is its own team on every shift, a
        workshop that of all its lines."""
        if terms.kind != CREWS:
            view = history.unit_tree(plant).at(terms.first)
            under = {(int(u), ""): t for t in terms.teams for u in view.subtree(t) if view.nodes[u].kind == LINE}
            return cls(plant, terms, pack, calendar, tuple(sorted(u for u, _letter in under)), under)
        letters = dict(Unit.objects.filter(pk__in=terms.teams).values_list("pk", "letter"))
        nodes = history.unit_tree(plant).at(terms.first).nodes
        under = {team: nodes[team].parent for team in terms.teams}
        lines = tuple(sorted({int(line) for line in under.values() if line is not None}))
        return cls(plant, terms, pack, calendar, lines, {(int(under[t] or 0), letters[t]): t for t in terms.teams})

    @property
    def first(self) -> dt.date:
        return self.terms.past[0] if self.terms.improvement else self.terms.first

    @property
    def since(self) -> dt.date:
        """Lines are looked at further back: how far they drift apart by themselves is told by their own past."""
        if self.terms.kind == CREWS:
            return self.first
        days = (self.terms.last - self.terms.first).days + 1
        return min(self.first, self.terms.first - dt.timedelta(days=min(HISTORY * days, LONGEST)))

    @property
    def indicators(self) -> dict[str, Indicator]:
        codes = [one.indicator for one in self.terms.weights]
        return {code: self.pack.indicators[code] for code in (*codes, *self.terms.covariates)}

    def months(self) -> tuple[Period, ...]:
        first, last = self.calendar.month_of(self.since), self.calendar.month_of(self.terms.last)
        return tuple(first + n for n in range(last - first + 1))


def gather(*, plant: Plant, terms: Terms, pack: Pack, calendar: Calendar, home: Path) -> dict[str, Any]:
    """The inputs of one count. Readings count once audited, as for scores."""
    ground = Ground.of(plant=plant, terms=terms, pack=pack, calendar=calendar)
    read = _read(ground, home)
    found = list(_shifts(ground, read))
    shifts = [one for one in found if one["day"] >= str(ground.first)]
    plans = _plans(ground)
    older = {} if terms.kind == CREWS else {"history": [one for one in found if one["day"] < str(ground.first)]}
    return older | {
        "cycle": _cycle(ground),
        "indicators": {code: _told(one) for code, one in ground.indicators.items()},
        "curve": [list(knot) for knot in _curve(pack)],
        "names": {str(team): name for team, name in _names(ground).items()},
        "shifts": shifts,
        "plans": _targets(ground, shifts, plans),
        "events": {str(team): n for team, n in _events(ground).items()},
    }


def curve_of(inputs: Mapping[str, Any]) -> Curve:
    return Curve(tuple((a, share) for a, share in inputs["curve"]))


def _curve(pack: Pack) -> tuple[tuple[int, int], ...]:
    """The sheet's own (04 §4.3): the part of item D1 that judges by attainment."""
    parts = getattr(pack.sheet.item("D1").shape, "parts", ())
    return next(part.shape.curve.knots for part in parts if part.name == "target")


def _told(one: Indicator) -> Row:
    return {
        "name": one.name, "unit": one.unit, "decimals": one.decimals, "direction": one.direction.value,
        "method": one.method.value, "tolerance": None if one.tolerance is None else str(one.tolerance),
        "additive": one.rollup in ADDITIVE,
    }  # fmt: skip


def _names(ground: Ground) -> dict[int, str]:
    nodes = history.unit_tree(ground.plant).at(ground.terms.first).nodes
    return {team: nodes[team].name for team in ground.terms.teams}


def _read(ground: Ground, home: Path) -> dict[Slot, dict[str, Figure]]:
    """Each line's indicators of each shift."""
    months = ground.months()
    f = frame(
        plant=ground.plant, month=months[-1].yyyymm, first=ground.since, last=ground.terms.last, until=ground.terms.last,
        pack=ground.pack, home=home, closes=frozenset(ground.calendar.days_of(m)[1] for m in months),
    )  # fmt: skip
    slot = slots_table(f, months=tuple(m.yyyymm for m in months))
    wanted = ground.indicators
    slot = slot.filter(slot.day.between(ground.since, ground.terms.last) & slot.indicator.isin(list(wanted)))
    owners = f.spine.owners
    mine = pc.is_in(owners["owner"], pa.array([unit_owner(line) for line in ground.lines], pa.int64()))
    own = put(f.con, "owners_contest", owners.filter(pc.and_(mine, pc.equal(owners["letter"], ""))))
    period = {"day": ibis._.day, "shift_no": ibis._.shift_no}
    rows, due = (
        made(table, owners=own, period=period).to_pyarrow().to_pylist()
        for made, table in ((sums, slot), (dues, f.due()))
    )
    found: dict[Slot, dict[str, Figure]] = {}
    for one in figures(f.lines, sums=rows, dues=due, period=("day", "shift_no")):
        if one.indicator in wanted and one.when[1]:
            found.setdefault((one.owner // 2, one.when[0], one.when[1]), {})[one.indicator] = one
    return found


def _shifts(ground: Ground, read: Mapping[Slot, Mapping[str, Figure]]) -> Iterator[Row]:
    """In order of time; a shift that is left out says why."""
    rows = ShiftRow.objects.filter(unit__in=ground.lines, day__gte=ground.since, day__lte=ground.terms.last)
    out = Left.of(ground)
    weighed = [one.indicator for one in ground.terms.weights]
    for row in rows.order_by("day", "shift_no", "unit_id"):
        letter = row.letter if ground.terms.kind == CREWS else ""
        team = ground.team_of.get((row.unit_id, letter), 0)
        seen = read.get((row.unit_id, row.day, row.shift_no), {})
        why, past = out.why(row) if team else "不是参赛队的班", row.day < ground.terms.first
        halt = "" if why or past else out.halt(row)
        yield {
            "day": str(row.day), "no": row.shift_no, "unit": row.unit_id, "team": team, "past": past, "out": why,
            "v": {code: _pair(ground.indicators[code], seen.get(code)) for code in weighed},
            "x": {code: _value(seen.get(code)) for code in ground.terms.covariates},
        } | ({"halt": [ground.calendar.shift_name(row.day, row.shift_no), halt]} if halt else {})  # fmt: skip


def _pair(indicator: Indicator, figure: Figure | None) -> list[str] | None:
    """Above and below the fraction bar; a quantity stands over 1. One that lacks an hour is too small by that hour, and so is
    none; a shift in which nothing ran was read all the same: nought over nought weighs nothing in a ratio of sums."""
    if figure is None or figure.rolled.num is None:
        return None
    above = f"{figure.rolled.num * indicator.factor:f}"
    if indicator.rollup in ADDITIVE:
        return [above, "1"] if figure.coverage.covered >= figure.coverage.expected else None
    return None if figure.rolled.den is None else [above, f"{figure.rolled.den:f}"]


def _value(figure: Figure | None) -> str | None:
    return None if figure is None or figure.rolled.value is None else f"{figure.rolled.value:f}"


@dataclass(frozen=True)
class Left:
    """What the terms leave out: shifts of a planned stop that a second person approved, of the line or of what it stands under.

    A halt that is logged as planned leaves out none: the crew logs it alone, and would take its own poor shift away. It is told,
    so that the crew knows what is missing.
    """

    book: StopBook
    tree: Tree = field(default_factory=lambda: Tree(()))
    stops: tuple[PlanStop, ...] = ()
    halts: tuple[Halt, ...] = ()

    @classmethod
    def of(cls, ground: Ground) -> Left:
        book = ground.pack.base.stops
        if not ground.terms.stops:
            return cls(book)
        stops = PlanStop.objects.approved().filter(unit__plant=ground.plant).within(ground.since, ground.terms.last)
        first = dt.datetime.combine(ground.terms.first, dt.time.min) - ONE
        halts = Halt.objects.filter(unit__in=ground.lines, kind="planned").exclude(state="withdrawn")
        met = tuple(one for one in halts if one.ends_at is None or one.ends_at > first)
        return cls(book, history.unit_tree(ground.plant), tuple(stops), met)

    def why(self, row: ShiftRow) -> str:
        held = {one.unit_id: one for one in self.stops if one.holds(row.day)}
        above = reversed(self.tree.at(row.day).path(row.unit_id)) if held else ()
        stop = next((held[int(state.id)] for state in above if state.id in held), None)
        return f"计划停产：{stop.reason}" if stop else ""

    def halt(self, row: ShiftRow) -> str:
        """What was logged as planned in a shift; the longest of several."""
        met = [(_minutes(one, row), one) for one in self.halts if one.unit_id == row.unit_id]
        if sum(minutes for minutes, _one in met) < BRIEF:
            return ""
        _most, halt = max(met, key=lambda pair: pair[0])
        reason = self.book.reason(halt.reason)
        return halt.words or (reason.zh if reason else halt.reason)


def _minutes(halt: Halt, row: ShiftRow) -> int:
    return Spell(halt.starts_at, halt.ends_at).minutes(row.starts_at, row.ends_at)


def _cycle(ground: Ground) -> int:
    """Days after which the roster of the first line comes round again."""
    row = RosterRow.objects.filter(unit__in=ground.lines).on(ground.terms.first).order_by("unit_id").first()  # type: ignore[attr-defined]
    return len(row.cycle) if row else CYCLE


def _plans(ground: Ground) -> MonthPlans:
    parts = []
    for month in ground.months():
        first, last = ground.calendar.days_of(month)
        year = month.up(Grain.YEAR).down(Grain.MONTH)
        parts.append(
            month_plans(
                units=ground.lines, indicators=ground.pack.indicators, month=month.yyyymm, first=first, last=last,
                year_days={m.yyyymm: ground.calendar.days_of(m) for m in year},
            )
        )  # fmt: skip
    return joined(parts)


def _targets(ground: Ground, shifts: Iterable[Row], plans: MonthPlans) -> dict[str, dict[str, str]]:
    """Each team's part of its line's plan: of a quantity what falls on its counted shifts, of a level the mean over them."""
    listed = list(shifts)
    stood = Counter((one["unit"], one["day"]) for one in listed)
    found: dict[str, dict[str, str]] = {}
    for code in (one.indicator for one in ground.terms.weights):
        indicator = ground.indicators[code]
        for team in ground.terms.teams:
            mine = [s for s in listed if s["team"] == team and not s["past"] and not s["out"] and s["v"][code]]
            parts = [_part(plans, indicator, one, stood) for one in mine]
            if parts and all(part is not None for part in parts):
                whole = sum((part for part in parts if part is not None), Fraction(0))
                plan = whole if indicator.rollup in ADDITIVE else whole / len(parts)
                found.setdefault(str(team), {})[code] = f"{round_fraction(plan, indicator.decimals):f}"
    return found


def _part(plans: MonthPlans, indicator: Indicator, shift: Row, stood: Mapping[tuple[int, str], int]) -> Fraction | None:
    day = dt.date.fromisoformat(shift["day"])
    if indicator.rollup in ADDITIVE:
        whole = plans.quantity(shift["unit"], indicator.code, (day,))
        return None if whole is None else Fraction(whole) / stood[shift["unit"], shift["day"]]
    level = next(iter(plans.levels(shift["unit"], indicator.code, (day,))), None)
    return None if level is None else Fraction(Decimal(level))


def _events(ground: Ground) -> Counter[int]:
    """Confirmed recordable events in the window at a team's own places; what cannot be laid at one team's door is nobody's."""
    rows = SafetyEvent.objects.filter(
        plant=ground.plant,
        state="confirmed",
        kind__in=RECORDABLE,
        day__gte=ground.terms.first,
        day__lte=ground.terms.last,
    )
    found: Counter[int] = Counter()
    tree = history.unit_tree(ground.plant)
    for row in rows:
        path = [int(state.id) for state in tree.at(row.day).path(row.unit_id)]
        team = next((unit for unit in path if unit in ground.terms.teams), None)
        if team is not None:
            found[team] += 1
    return found
