"""One plant month from facts to an outcome: which items are due, what stands, both totals, and the digests it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ronglu.facts import basis, partition, schema
from ronglu.facts.engine import put
from ronglu.facts.figures import Figure, figures
from ronglu.facts.month import Frame, frame, month_dues, month_sums, slots_table
from ronglu.facts.plans import month_plans
from ronglu.facts.score import STATES, score
from ronglu.facts.spine import body_owner
from ronglu.kernel.rules.basis import Basis, Direction, Line, Method
from ronglu.kernel.rules.carry import carried, due_in
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.outcome import Outcome, ScaleTotal, Scored
from ronglu.kernel.rules.score import Score, imported
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.total import total
from ronglu.kernel.standing.grade import stand
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Plant

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

Past = Mapping[tuple[int, str], list[tuple[Period, Score]]]
Imports = Mapping[tuple[int, str], tuple[int, str]]


@dataclass(frozen=True)
class Given:
    """What the tables add to the facts: audited months before, signed figures of the office, approved vetoes."""

    past: Past = field(default_factory=dict)
    imports: Imports = field(default_factory=dict)
    vetoed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Gathered:
    """The month's fact rows by fact, the digests of what was written, and what the explanation shows of each figure."""

    rows: Mapping[str, list[dict[str, Any]]]
    digests: Mapping[str, str]
    told: Mapping[tuple[int, str], dict[str, Any]]


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
    first, last = calendar.days_of(month)
    f = frame(plant=plant, month=month.yyyymm, first=first, last=last, until=until, pack=pack, home=home)
    gathered = gather(f=f, pack=pack, month=month, calendar=calendar, until=until)
    given = given or Given()
    items = sheet.in_force(month.first)
    fresh = [i for i in items if i.fact in schema.FACTS and due_in(i, month)]
    found = _scored(f, fresh, gathered)
    scores = {(b, i.code): _score(i, b, month, found, given) for b in f.spine.branches for i in sheet.items}
    results = tuple(_result(i, b, scores[b, i.code], gathered, found) for b in f.spine.branches for i in sheet.items)
    totals = tuple(t for b in f.spine.branches for t in _totals(sheet, b, scores, b in given.vetoed))
    return Outcome(month=month.yyyymm, results=results, totals=totals, partitions=gathered.digests)


def gather(*, f: Frame, pack: Pack, month: Period, calendar: Calendar, until: dt.date) -> Gathered:
    """Makes the Foundation's facts of the month and writes them as partitions."""
    made = month_figures(f)
    by_spot = {(one.owner, one.indicator): one for one in made}
    targets = basis.Targets(_plans(f, pack, month, calendar), basis.owned_days(f))
    civil_last = min(month.last, until)
    branches = {body_owner(b) for b in f.spine.branches}
    rows = {
        "indicator_month": [
            row
            for item in ("D1", "D2", "D3")
            for row in basis.indicator_rows(f=f, pack=pack, item=item, figures=by_spot, targets=targets)
        ],
        "cost_month": basis.indicator_rows(f=f, pack=pack, item="D4", figures=by_spot, targets=targets),
        "exceedance": basis.exceedance_rows(f=f, pack=pack, figures=by_spot),
        "coverage": basis.coverage_rows(f=f, first=month.first, last=civil_last),
        "org_finding": basis.finding_rows(f=f, on=civil_last),
    }
    digests = {
        f"{name}/{f.month}": partition.write(
            f.home, schema.table(name, found), fact=name, plant=f.plant.code, month=f.month, keys=schema.KEYS
        ).digest
        for name, found in rows.items()
    }
    told = basis.told((one for one in made if one.owner in branches), pack, targets, basis.Restated.of(f))
    return Gathered(rows, digests, told)


def month_figures(f: Frame, *, which: str = "scores") -> list[Figure]:
    """Every indicator of every owner over the month, settlements applied."""
    sums = month_sums(f, slots_table(f, which=which), which=which)
    return figures(f.lines, sums=sums, dues=month_dues(f), period=())


def _plans(f: Frame, pack: Pack, month: Period, calendar: Calendar) -> Any:
    months = month.up(Grain.YEAR).down(Grain.MONTH)
    return month_plans(
        units=f.spine.lines, indicators=pack.indicators, month=f.month, first=f.spine.first, last=f.spine.last,
        year_days={m.yyyymm: calendar.days_of(m) for m in months},
    )  # fmt: skip


def _scored(f: Frame, items: list[Item], gathered: Gathered) -> dict[tuple[int, str], dict[str, Any]]:
    """The engine's rows by branch and item."""
    if not items:
        return {}
    facts = put(
        f.con, "month_facts", pa.concat_tables(schema.table(name, rows) for name, rows in gathered.rows.items())
    )
    rows = score(f.con, items=items, branches=f.spine.branches, facts=facts).to_pylist()
    return {(row["branch"], row["item"]): row for row in rows}


def _score(
    item: Item, branch: int, month: Period, found: Mapping[tuple[int, str], dict[str, Any]], given: Given
) -> Score:
    """Signed figures stand in for items that are not wired; quarterly items are carried between their audits."""
    if (branch, item.code) in given.imports and item.fact not in schema.FACTS:
        won, ground = given.imports[branch, item.code]
        return imported(item=item, won_h=won, period=month, ground=ground)
    if item.starts_on > month.first:
        return Score(item=item.code, full_h=item.hundredths, state=State.NOT_APPLICABLE, note="本项尚未起用")
    past = given.past.get((branch, item.code), [])
    if not due_in(item, month) and (past or item.fact in schema.FACTS):
        return carried(item=item, month=month, audited=past)
    row = found.get((branch, item.code))
    if row is None:
        return Score(item=item.code, full_h=item.hundredths, state=State.NOT_WIRED, note="本厂尚未接入这项事实")
    return Score(
        item=item.code, full_h=item.hundredths, state=STATES[row["state"]], won_h=row["won"], share_ppb=row["ppb"]
    )


def _result(
    item: Item, branch: int, one: Score, gathered: Gathered, found: Mapping[tuple[int, str], dict[str, Any]]
) -> Scored:
    row = found.get((branch, item.code), {})
    data: dict[str, Any] = {"note": one.note} if one.note else {}
    if one.state in (State.CARRIED, State.IMPORTED) and one.period:
        data["from"] = str(one.period)
    if row:
        data |= basis_of(item, branch, gathered)
    return Scored(
        body=branch, item=item.code, state=one.state.value, points=one.full_h, won=one.won_h, share=one.share_ppb,
        covered=row.get("covered"), expected=row.get("expected"), basis=data,
    )  # fmt: skip


def basis_of(item: Item, branch: int, gathered: Gathered) -> dict[str, Any]:
    """The rows the kernel can judge again, and the sums behind each indicator row."""
    mine = [r for r in gathered.rows.get(item.fact, ()) if r["branch"] == branch and r["item"] == item.code]
    mine = [r for r in mine if item.fact != "org_finding" or r["open_days"] > 30]
    read = [r for r in mine if "expected" in r]
    found = Basis(
        tuple(_line(r) for r in mine),
        covered=sum(r["covered"] for r in read) if read else None,
        expected=sum(r["expected"] for r in read) if read else None,
    ).as_data()
    spots = {r["record"]: (body_owner(branch), r["record"]) for r in mine if r.get("record")}
    figures_told = {code: gathered.told[spot] for code, spot in spots.items() if spot in gathered.told}
    return found | ({"figures": figures_told} if figures_told else {})


def _line(row: Mapping[str, Any]) -> Line:
    method, direction = row.get("method"), row.get("direction")
    return Line(
        key=row["key"], num=row["num"], den=row["den"], label=row.get("label", ""), plan=row.get("plan"),
        weight=row.get("weight", 1), method=Method(method) if method else None,
        direction=Direction(direction) if direction else None, tol=row.get("tol", 0), low=row.get("low"),
        high=row.get("high"), decimals=row.get("decimals", 0), unit=row.get("unit", ""),
    )  # fmt: skip


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
