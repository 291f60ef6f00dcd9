"""Several statistical months of a plant at once, by every grain: what boards show, newest versions included."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ronglu.facts import partition
from ronglu.facts.engine import put
from ronglu.facts.figures import Figure, figures
from ronglu.facts.month import SUMS, SUMS_KEYS, Frame, frame, slots_table
from ronglu.facts.rollup import dues, sums
from ronglu.facts.settle import settled_sums
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Plant

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

WHICH = "shown"
WIDE = (Grain.QUARTER, Grain.HALF, Grain.YEAR)
ONE = dt.timedelta(days=1)
Row = dict[str, Any]
Found = list[tuple[Period, Figure]]


@dataclass(frozen=True)
class Stretch:
    """`months` are to be shown again; the frame spans the whole years and weeks they lie in."""

    frame: Frame
    calendar: Calendar
    months: tuple[Period, ...]
    spans: Mapping[int, tuple[dt.date, dt.date]]
    """yyyymm → first and last production day of every statistical month of these years."""

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.spans[self.months[0].yyyymm][0], self.spans[self.months[-1].yyyymm][1]

    @property
    def weeks(self) -> tuple[Period, ...]:
        first, last = (Period.week(d) for d in self.days)
        return tuple(first + i for i in range(last - first + 1))

    @cached_property
    def twins(self) -> dict[int, tuple[int, ...]]:
        """Units above a single line own what it owns, day by day: worked out once, under the first of them."""
        owned: dict[int, list[tuple[int, dt.date]]] = defaultdict(list)
        for row in self.frame.spine.owners.to_pylist():
            if not row["letter"] and not row["owner"] % 2:
                owned[row["owner"]].append((row["unit"], row["day"]))
        alike: dict[tuple[tuple[int, dt.date], ...], list[int]] = defaultdict(list)
        for owner, lines in owned.items():
            alike[tuple(lines)].append(owner)
        return {first: tuple(others) for first, *others in alike.values() if others}

    def wide(self, grain: Grain) -> tuple[Period, ...]:
        return tuple(sorted({m.up(grain) for m in self.months}))

    @property
    def read(self) -> tuple[int, ...]:
        """Partitions to open: the weeks at both ends reach into the months beside."""
        beside = (self.calendar.month_of(d) for d in (self.weeks[0].first, self.weeks[-1].last))
        return tuple(sorted({m.yyyymm for m in (*self.months, *beside)}))


def stretch(
    *, plant: Plant, months: Sequence[Period], calendar: Calendar, until: dt.date, pack: Pack, home: Path
) -> Stretch:
    """`months` follow each other; nothing after `until` is due yet."""
    years = range(months[0].up(Grain.YEAR).first.year, months[-1].up(Grain.YEAR).first.year + 1)
    whole = [Period.month(y, m) for y in years for m in range(1, 13)]
    spans = {m.yyyymm: calendar.days_of(m) for m in whole}
    f = frame(
        plant=plant, month=months[-1].yyyymm, until=until, pack=pack, home=home,
        first=Period.week(spans[whole[0].yyyymm][0]).first, last=Period.week(spans[whole[-1].yyyymm][1]).last,
        closes=frozenset(last for _, last in spans.values()),
    )  # fmt: skip
    return Stretch(f, calendar, tuple(months), spans)


def by_grain(s: Stretch, *, shifts: Sequence[Period]) -> Iterator[tuple[Grain, Found]]:
    """Every figure of every unit, grain by grain; shifts only of the months named, crews from the week up."""
    slot = slots_table(s.frame, which=WHICH, months=s.read)
    yield Grain.SHIFT, _shifts(s, slot, shifts) if shifts else []
    cut = _Cut(s, *s.days, {"day": ibis._.day}, crews=False)
    yield Grain.DAY, _named(Period.day, cut.figures(slot))
    cut = _Cut(s, s.weeks[0].first, s.weeks[-1].last, {"week": ibis._.day.truncate("W")}, crews=True)
    yield Grain.WEEK, _named(Period.week, cut.figures(slot))
    yield from _from_months(s, slot)


def _shifts(s: Stretch, slot: ir.Table, months: Sequence[Period]) -> Found:
    first, last = s.spans[months[0].yyyymm][0], s.spans[months[-1].yyyymm][1]
    cut = _Cut(s, first, last, {"day": ibis._.day, "shift_no": ibis._.shift_no}, crews=False)
    # series that come by day have no shift number
    return _named(Period.shift, [f for f in cut.figures(slot) if f.when[1]])


def _named(name: Callable[..., Period], found: Sequence[Figure]) -> Found:
    known: dict[Any, Period] = {}
    for f in found:
        if f.when not in known:
            known[f.when] = name(*f.when)
    return [(known[f.when], f) for f in found]


@dataclass(frozen=True)
class _Cut:
    """Days `first`..`last` of the slots, by the columns of `period`, for lines and what stands above them."""

    s: Stretch
    first: dt.date
    last: dt.date
    period: Mapping[str, Any]
    crews: bool

    def sums(self, slot: ir.Table, *, without: Collection[int] = ()) -> list[Row]:
        return self._rows(sums(self._days(slot), owners=self._owners(without), period=self.period))

    def dues(self, *, without: Collection[int] = ()) -> list[Row]:
        return self._rows(dues(self._days(self.s.frame.due()), owners=self._owners(without), period=self.period))

    def figures(self, slot: ir.Table) -> list[Figure]:
        later = [twin for twins in self.s.twins.values() for twin in twins]
        read, due = self.sums(slot, without=later), self.dues(without=later)
        found = figures(self.s.frame.lines, sums=read, dues=due, period=tuple(self.period))
        return found + [replace(f, owner=twin) for f in found for twin in self.s.twins.get(f.owner, ())]

    def _days(self, table: ir.Table) -> ir.Table:
        return table.filter(table.day.between(self.first, self.last))

    def _owners(self, without: Collection[int]) -> ir.Table:
        """Units alone: party bodies have no board of their own, they look at their units'."""
        owners = self.s.frame.spine.owners
        mine = pc.equal(pc.bit_wise_and(owners["owner"], 1), 0)
        mine = pc.and_(mine, pc.invert(pc.is_in(owners["owner"], pa.array(without, pa.int64()))))
        if not self.crews:
            mine = pc.and_(mine, pc.equal(owners["letter"], ""))
        return put(self.s.frame.con, "owners_shown", owners.filter(mine))

    def _rows(self, table: ir.Table) -> list[Row]:
        return table.to_pyarrow().to_pylist()  # type: ignore[no-any-return]


def _from_months(s: Stretch, slot: ir.Table) -> Iterator[tuple[Grain, Found]]:
    """Months with their settlements, kept on disk; quarters, halves and years added up from those."""
    months = {"month": ibis.cases(*((ibis._.day <= last, month) for month, (_, last) in s.spans.items()))}
    days = [day for span in s.spans.values() for day in span]
    read = _Cut(s, *s.days, months, crews=True).sums(slot)
    due = _Cut(s, min(days), max(days), months, crews=True).dues()
    fresh = {m.yyyymm: _settled(s, m, [r for r in read if r["month"] == m.yyyymm]) for m in s.months}
    mine = [d for d in due if d["month"] in fresh]
    found = figures(s.frame.lines, sums=[r for rows in fresh.values() for r in rows], dues=mine, period=("month",))
    before = _reported(s, read, fresh)
    yield (
        Grain.MONTH,
        _named(Period.from_yyyymm, [replace(f, reported=before.get((f.owner, f.indicator, *f.when))) for f in found]),
    )
    for month, rows in fresh.items():
        _keep(s.frame, month, rows)
    for grain in WIDE:
        yield grain, [pair for period in s.wide(grain) for pair in _wide(s, period, fresh, due)]


def _reported(
    s: Stretch, read: Sequence[Row], fresh: Mapping[int, list[Row]]
) -> dict[tuple[int, str, int], Decimal | None]:
    """The figures that the reports alone would give, of those that a settlement moved."""
    settled = {_spot(r) for rows in fresh.values() for r in rows} - {_spot(r) for r in read}
    moved = {spot[:3] for spot in settled}
    rows = [r for r in read if (r["owner"], r["indicator"], r["month"]) in moved]
    found = figures(s.frame.lines, sums=rows, dues=(), period=("month",))
    return {(f.owner, f.indicator, *f.when): f.rolled.shown for f in found if (f.owner, f.indicator, *f.when) in moved}


def _spot(row: Row) -> tuple[Any, ...]:
    return row["owner"], row["indicator"], row["month"], row["unit"], row["key"], row["total"]


def _wide(s: Stretch, period: Period, fresh: Mapping[int, list[Row]], due: Iterable[Row]) -> Found:
    months = {m.yyyymm for m in period.down(Grain.MONTH)}
    rows = [r for m in sorted(months) for r in (fresh[m] if m in fresh else _kept(s.frame, m))]
    owed: dict[tuple[int, int, str], int] = defaultdict(int)
    for d in due:
        if d["month"] in months:
            owed[d["owner"], d["unit"], d["grain"]] += d["due"]
    dues_ = [{"owner": o, "unit": u, "grain": g, "due": n} for (o, u, g), n in owed.items()]
    return [(period, f) for f in figures(s.frame.lines, sums=together(rows), dues=dues_, period=())]


def together(rows: Iterable[Row]) -> list[Row]:
    """Sums of several months as one, the end state of the latest."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row[k] for k in SUMS_KEYS)
        found[key] = _add(found[key], row) if key in found else row
    return list(found.values())


def _add(a: Row, b: Row) -> Row:
    late = b if b["last_at"] >= a["last_at"] else a
    return {
        **a,
        **{name: a[name] + b[name] for name in ("total", "n", "secs", "waits")},
        "low": min(a["low"], b["low"]),
        "high": max(a["high"], b["high"]),
        "last": late["last"],
        "last_at": late["last_at"],
    }


def _settled(s: Stretch, month: Period, rows: list[Row]) -> list[Row]:
    return settled_sums(replace(s.frame, month=month.yyyymm), rows, which=WHICH)


def _keep(f: Frame, month: int, rows: list[Row]) -> None:
    table = pa.Table.from_pylist([{n: row[n] for n in SUMS.names} for row in rows], schema=SUMS)
    partition.write(f.home, table, fact="sums", plant=f.plant.code, month=month, keys=SUMS_KEYS)


def _kept(f: Frame, month: int) -> list[Row]:
    """A month's sums as they were last written; of indicators that its units still have."""
    path = partition.path_of(f.home, fact="sums", plant=f.plant.code, month=month)
    if not path.exists():
        return []
    rows: list[Row] = pq.read_table(path, schema=SUMS).to_pylist()
    return [r for r in rows if r["indicator"] in f.lines.indicators.get(r["unit"], {})]
