"""One plant month from facts to an outcome: which items are due, what stands, both totals, and the digests it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ronglu.facts import basis, benchmark_gap, civil, partition, schema, zones
from ronglu.facts.engine import put
from ronglu.facts.figures import Figure, figures
from ronglu.facts.month import Frame, frame, month_dues, month_sums, slots_table
from ronglu.facts.params import read_by
from ronglu.facts.plans import month_plans
from ronglu.facts.score import STATES, score
from ronglu.facts.spine import body_owner
from ronglu.facts.told import line_of, record_of, sums_of
from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.carry import carried, due_in
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.outcome import Outcome, ScaleTotal, Scored
from ronglu.kernel.rules.score import Score, imported, ruled
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.total import total
from ronglu.kernel.standing.grade import stand
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Plant

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

Row = dict[str, Any]
Found = Mapping[tuple[int, str], Row]
Past = Mapping[tuple[int, str], list[tuple[Period, Score]]]
Imports = Mapping[tuple[int, str], tuple[int, str]]
Rulings = Mapping[tuple[int, str], tuple[int | None, str]]


@dataclass(frozen=True)
class Given:
    """What the tables add to the facts: audited months before, signed figures of the office, rulings on appeals, vetoes."""

    past: Past = field(default_factory=dict)
    imports: Imports = field(default_factory=dict)
    rulings: Rulings = field(default_factory=dict)
    vetoed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Gathered:
    """The month's fact rows by fact, the digests of what was written, and what the explanation shows of each figure.

    `counted` are the rows of cases, events and missions, by the length of the period that an item looks back on.
    """

    rows: Mapping[str, list[Row]]
    digests: Mapping[str, str]
    told: Mapping[tuple[int, str], dict[str, Any]]
    counted: Mapping[Grain, list[Row]] = field(default_factory=dict)

    def facts(self, cadence: Grain) -> list[Row]:
        """Every row that an item of this cadence may read."""
        own = [row | {"fact": fact} for fact, rows in self.rows.items() for row in rows]
        return own + self.counted.get(cadence, [])


@dataclass(frozen=True)
class Ground:
    """The facts of one month: gathered once, scored under as many sheets as are asked about."""

    frame: Frame
    gathered: Gathered
    month: Period
    wired: frozenset[str]


def assess(
    *,
    plant: Plant,
    month: Period,
    sheet: Sheet,
    pack: Pack,
    calendar: Calendar,
    until: dt.date,
    home: Path,
    given: Given | None = None,
) -> Outcome:
    """Scores `month` (a month's name, 09-5) under `sheet`; `until` is the last production day that may be expected."""
    ground = gather(plant=plant, month=month, sheets=(sheet,), pack=pack, calendar=calendar, until=until, home=home)
    return under(sheet, ground=ground, given=given or Given())


def under(sheet: Sheet, *, ground: Ground, given: Given) -> Outcome:
    """What the month comes to under a sheet that it was gathered for; nothing is written."""
    month, gathered, branches = ground.month, ground.gathered, ground.frame.spine.branches
    fresh = _fresh(sheet, month, ground.wired)
    found = _scored(ground.frame, fresh, gathered)
    scores = {(b, i.code): _score(i, b, month, found, given, ground.wired) for b in branches for i in sheet.items}
    bases = {(b, i.code): basis for i in fresh for b, basis in bases_of(i, branches, gathered).items()}
    results = tuple(
        _result(i, b, scores[b, i.code], bases.get((b, i.code), {}), found.get((b, i.code), {}))
        for b in branches
        for i in sheet.items
    )
    totals = tuple(t for b in branches for t in _totals(sheet, b, scores, b in given.vetoed))
    return Outcome(month=month.yyyymm, results=results, totals=totals, partitions=gathered.digests)


def gather(
    *, plant: Plant, month: Period, sheets: Iterable[Sheet], pack: Pack, calendar: Calendar, until: dt.date, home: Path
) -> Ground:
    """Makes the facts of the month that follow from tables as they stand, writes them as partitions, and reads the
    others over every period that an item of one of the sheets looks back on."""
    first, last = calendar.days_of(month)
    f = frame(plant=plant, month=month.yyyymm, first=first, last=last, until=until, pack=pack, home=home)
    civil_last = min(month.last, until)
    wired = frozenset(schema.FACTS) | civil.kept(plant=plant, loops=pack.loops, last=civil_last, stat_last=last)
    cadences = {item.cadence for sheet in sheets for item in _fresh(sheet, month, wired)}
    counted = {
        grain: civil.rows(plant=plant, months=month.up(grain).down(Grain.MONTH), until=civil_last, home=home)
        for grain in cadences
    }
    before = figures_before(f, pack, month, calendar, until)
    found = _gathered(f, pack, plans_of(f, pack, month, calendar), month.first, civil_last, counted, before)
    return Ground(f, found, month, wired)


def _fresh(sheet: Sheet, month: Period, wired: Set[str]) -> list[Item]:
    """The items that are scored afresh this month."""
    return [i for i in sheet.in_force(month.first) if i.wired(wired) and due_in(i, month)]


def _gathered(
    f: Frame, pack: Pack, plans: Any, first: dt.date, last: dt.date, counted: Mapping[Grain, list[Row]],
    before: tuple[benchmark_gap.Marks, benchmark_gap.Figures],
) -> Gathered:  # fmt: skip
    """`first` and `last` are the calendar days that party items look at."""
    made = month_figures(f)
    by_spot = {(one.owner, one.indicator): one for one in made}
    targets = basis.Targets(plans, basis.owned_days(f))
    branches = {body_owner(b) for b in f.spine.branches}
    rows = {
        "indicator_month": [
            row
            for item in ("D1", "D2", "D3")
            for row in basis.indicator_rows(f=f, pack=pack, item=item, figures=by_spot, targets=targets)
        ],
        "cost_month": basis.indicator_rows(f=f, pack=pack, item="D4", figures=by_spot, targets=targets),
        "exceedance": basis.exceedance_rows(f=f, pack=pack, figures=by_spot),
        "coverage": basis.coverage_rows(plant=f.plant, first=first, last=last),
        "org_finding": basis.finding_rows(plant=f.plant, book=pack.base.regulations, on=last),
        zones.FACT: zones.rows(plant=f.plant, first=first, last=last),
        benchmark_gap.FACT: list(
            benchmark_gap.rows(
                branches=tuple(f.spine.branches),
                marks=before[0],
                now=by_spot,
                before=before[1],
                indicators=pack.indicators,
            )
        ),
    }
    digests = {f"{name}/{f.month}": _write(f, name, found).digest for name, found in rows.items()}
    told = basis.told((one for one in made if one.owner in branches), pack, targets, basis.Restated.of(f))
    return Gathered(rows, digests, told, counted)


def figures_before(
    f: Frame, pack: Pack, month: Period, calendar: Calendar, until: dt.date
) -> tuple[benchmark_gap.Marks, benchmark_gap.Figures]:
    """The benchmarks in force at the month's end, and what their indicators came to in the month before."""
    marks = benchmark_gap.Marks.on(f.plant, f.spine.last, pack.indicators)
    if not marks.of:
        return marks, {}
    first, last = calendar.days_of(month - 1)
    narrow = marks.narrowed(pack)
    past = frame(
        plant=f.plant, month=(month - 1).yyyymm, first=first, last=last, until=until, pack=narrow, home=f.home
    )  # fmt: skip
    return marks, {(one.owner, one.indicator): one for one in month_figures(past)}


def _write(f: Frame, fact: str, rows: list[Row]) -> partition.Written:
    table = schema.table([row | {"fact": fact} for row in rows])
    return partition.write(f.home, table, fact=fact, plant=f.plant.code, month=f.month, keys=schema.KEYS)


def month_figures(f: Frame, *, which: str = "scores") -> list[Figure]:
    """Every indicator of every owner over the month, settlements applied."""
    sums = month_sums(f, slots_table(f, which=which), which=which)
    return figures(f.lines, sums=sums, dues=month_dues(f), period=())


def plans_of(f: Frame, pack: Pack, month: Period, calendar: Calendar) -> Any:
    months = month.up(Grain.YEAR).down(Grain.MONTH)
    return month_plans(
        units=f.spine.lines, indicators=pack.indicators, month=f.month, first=f.spine.first, last=f.spine.last,
        year_days={m.yyyymm: calendar.days_of(m) for m in months},
    )  # fmt: skip


def _scored(f: Frame, items: list[Item], gathered: Gathered) -> dict[tuple[int, str], Row]:
    """The engine's rows by branch and item; items of one cadence look at one period."""
    found: dict[tuple[int, str], Row] = {}
    for cadence in sorted({item.cadence for item in items}):
        mine = [item for item in items if item.cadence is cadence]
        facts = put(f.con, "month_facts", schema.table(gathered.facts(cadence)))
        rows = score(f.con, items=mine, branches=f.spine.branches, facts=facts).to_pylist()
        found |= {(row["branch"], row["item"]): row for row in rows}
    return found


def _score(item: Item, branch: int, month: Period, found: Found, given: Given, wired: Set[str]) -> Score:
    """A ruling on an appeal stands before all else; signed figures stand in for items that are not wired; quarterly
    items are carried between their audits."""
    if (branch, item.code) in given.rulings:
        decided, why = given.rulings[branch, item.code]
        return ruled(item=item, won_h=decided, period=month, ground=why)
    if (branch, item.code) in given.imports and not item.wired(wired):
        won, ground = given.imports[branch, item.code]
        return imported(item=item, won_h=won, period=month, ground=ground)
    if item.starts_on > month.first:
        return Score(item=item.code, full_h=item.hundredths, state=State.NOT_APPLICABLE, note="本项尚未起用")
    past = given.past.get((branch, item.code), [])
    if not due_in(item, month) and (past or item.wired(wired)):
        return carried(item=item, month=month, audited=past)
    row = found.get((branch, item.code))
    if row is None:
        return Score(item=item.code, full_h=item.hundredths, state=State.NOT_WIRED, note="本厂尚未接入这项事实")
    return Score(
        item=item.code, full_h=item.hundredths, state=STATES[row["state"]], won_h=row["won"], share_ppb=row["ppb"]
    )


def _result(item: Item, branch: int, one: Score, basis: Mapping[str, Any], row: Row) -> Scored:
    data: dict[str, Any] = {"note": one.note} if one.note else {}
    if one.state in (State.CARRIED, State.IMPORTED, State.RULED) and one.period:
        data["from"] = str(one.period)
    data |= basis
    if row.get("veto"):
        data["vetoes"] = list(item.shape.vetoes(Basis.from_data(basis)))
    return Scored(
        body=branch, item=item.code, state=one.state.value, points=one.full_h, won=one.won_h, share=one.share_ppb,
        covered=row.get("covered"), expected=row.get("expected"), basis=data,
    )  # fmt: skip


def bases_of(item: Item, branches: Iterable[int], gathered: Gathered) -> dict[int, dict[str, Any]]:
    """Of each branch: the rows the kernel can judge again, the sums behind each indicator row, the records counted."""
    rows: dict[int, list[Row]] = {branch: [] for branch in branches}
    for row in read_by(item, gathered.facts(item.cadence)):
        rows.setdefault(row["branch"], []).append(row)
    return {branch: _basis(branch, rows[branch], gathered) for branch in rows}


def _basis(branch: int, mine: list[Row], gathered: Gathered) -> dict[str, Any]:
    read = [r for r in mine if "expected" in r]
    found = Basis(
        (*(line_of(r) for r in mine if "day" not in r), *sums_of(r for r in mine if "day" in r)),
        covered=sum(r["covered"] for r in read) if read else None,
        expected=sum(r["expected"] for r in read) if read else None,
    ).as_data()
    spots = {r["record"]: (body_owner(branch), r["record"]) for r in mine if r.get("record")}
    figures_told = {code: gathered.told[spot] for code, spot in spots.items() if spot in gathered.told}
    records = [record_of(r) for r in mine if "day" in r and r["record"]]  # members are counted, never named
    return found | ({"figures": figures_told} if figures_told else {}) | ({"records": records} if records else {})


def _totals(sheet: Sheet, branch: int, scores: Mapping[tuple[int, str], Score], vetoed: bool) -> Iterable[ScaleTotal]:
    for scale in sheet.scales:
        whole = total(
            sheet=sheet, scale=scale.code, scores=[scores[branch, i.code] for i in sheet.on_scale(scale.code)]
        )
        standing = stand(sheet=sheet, total=whole, vetoed=vetoed)
        yield ScaleTotal(
            body=branch, scale=scale.code, applicable=whole.applicable_h, available=whole.available_h, won=whole.won_h,
            converted=whole.converted_h, grade=standing.grade.code if standing.grade else "", vetoed=vetoed,
        )  # fmt: skip
