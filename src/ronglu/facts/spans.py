"""Several statistical months of a plant at once, by every grain: what boards show, newest versions included."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ronglu.facts import partition, pieces
from ronglu.facts.engine import rows as rows_of
from ronglu.facts.figures import Figure, figures
from ronglu.facts.month import SUMS, SUMS_KEYS, Frame, frame
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
        for owner, unit, day, letter in self.frame.spine.owned:
            if not letter and not owner % 2:
                owned[owner].append((unit, day))
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
    f, weeks = s.frame, (s.weeks[0].first, s.weeks[-1].last)
    found = pieces.pieces(f, which=WHICH, months=s.read, first=weeks[0], last=weeks[1])
    pieces.given(f.con, found=found, due=f.spine.due)
    yield Grain.SHIFT, _shifts(s, shifts) if shifts else []
    yield Grain.DAY, _named(Period.day, _Cut(s, *s.days, ("day",)).figures())
    cut = _Cut(s, *weeks, ("when",), _week, crews=True)
    yield Grain.WEEK, _named(lambda first: Period.week(dt.date.fromordinal(first)), cut.figures())
    yield from _from_months(s)


def _shifts(s: Stretch, months: Sequence[Period]) -> Found:
    first, last = s.spans[months[0].yyyymm][0], s.spans[months[-1].yyyymm][1]
    cut = _Cut(s, first, last, ("day", "shift_no"))
    # series that come by day have no shift number
    return _named(Period.shift, [f for f in cut.figures() if f.when[1]])


def _named(name: Callable[..., Period], found: Sequence[Figure]) -> Found:
    known: dict[Any, Period] = {}
    for f in found:
        if f.when not in known:
            known[f.when] = name(*f.when)
    return [(known[f.when], f) for f in found]


def _week(day: dt.date) -> int:
    """The ordinal of its Monday."""
    return day.toordinal() - day.weekday()


@dataclass(frozen=True)
class _Cut:
    """Days `first`..`last` of the pieces, by the columns of `period`, for lines and what stands above them.

    `named` says the `when` of a day, where the period is longer than one.
    """

    s: Stretch
    first: dt.date
    last: dt.date
    period: tuple[str, ...]
    named: Callable[[dt.date], int] | None = None
    crews: bool = False

    def sums(self, *, without: Collection[int] = ()) -> list[Row]:
        return pieces.sums(self.s.frame.con, owners=self._owners(without), period=self.period)

    def dues(self, *, without: Collection[int] = ()) -> list[Row]:
        return pieces.dues(self.s.frame.con, owners=self._owners(without), period=self.period)

    def figures(self) -> list[Figure]:
        later = [twin for twins in self.s.twins.values() for twin in twins]
        read, due = self.sums(without=later), self.dues(without=later)
        made = figures(self.s.frame.lines, sums=read, dues=due, period=self.period)
        return made + [f.under(twin) for f in made for twin in self.s.twins.get(f.owner, ())]

    def _owners(self, without: Collection[int]) -> pa.Table:
        """Units alone: party bodies have no board of their own, they look at their units'."""
        owners = self.s.frame.spine.owners
        mine = pc.equal(pc.bit_wise_and(owners["owner"], 1), 0)
        mine = pc.and_(mine, pc.invert(pc.is_in(owners["owner"], pa.array(without, pa.int64()))))
        mine = pc.and_(
            mine, pc.and_(pc.greater_equal(owners["day"], self.first), pc.less_equal(owners["day"], self.last))
        )
        if not self.crews:
            mine = pc.and_(mine, pc.equal(owners["letter"], ""))
        kept = owners.filter(mine)
        return kept if self.named is None else kept.append_column("when", self._when(kept["day"]))

    def _when(self, on: pa.ChunkedArray) -> pa.Array:
        assert self.named is not None
        one = on.combine_chunks().dictionary_encode()
        return pa.array([self.named(day) for day in one.dictionary.to_pylist()], pa.int64()).take(one.indices)


def _from_months(s: Stretch) -> Iterator[tuple[Grain, Found]]:
    """Months with their settlements, kept on disk; quarters, halves and years added up from those."""
    firsts = sorted((first, month) for month, (first, _) in s.spans.items())
    begins = [first for first, _ in firsts]

    def month_of(day: dt.date) -> int:
        return firsts[bisect_right(begins, day) - 1][1]

    last = max(last for _, last in s.spans.values())
    read = _Cut(s, *s.days, ("when",), month_of, crews=True).sums()
    due = _Cut(s, begins[0], last, ("when",), month_of, crews=True).dues()
    fresh = {m.yyyymm: _settled(s, m, [r for r in read if r["when"] == m.yyyymm]) for m in s.months}
    mine = [d for d in due if d["when"] in fresh]
    made = figures(s.frame.lines, sums=[r for rows in fresh.values() for r in rows], dues=mine, period=("when",))
    before = _reported(s, read, fresh)
    yield (
        Grain.MONTH,
        _named(Period.from_yyyymm, [replace(f, reported=before.get((f.owner, f.indicator, *f.when))) for f in made]),
    )
    for month, rows in fresh.items():
        _keep(s.frame, month, rows)
    within = {m.yyyymm for year in s.wide(Grain.YEAR) for m in year.down(Grain.MONTH)}
    known = {month: fresh[month] if month in fresh else _kept(s.frame, month) for month in sorted(within)}
    for grain in WIDE:
        yield grain, [pair for period in s.wide(grain) for pair in _wide(s, period, known, due)]


def _reported(
    s: Stretch, read: Sequence[Row], fresh: Mapping[int, list[Row]]
) -> dict[tuple[int, str, int], Decimal | None]:
    """The figures that the reports alone would give, of those that a settlement moved."""
    settled = {_spot(r) for rows in fresh.values() for r in rows} - {_spot(r) for r in read}
    moved = {spot[:3] for spot in settled}
    rows = [r for r in read if (r["owner"], r["indicator"], r["when"]) in moved]
    found = figures(s.frame.lines, sums=rows, dues=(), period=("when",))
    return {(f.owner, f.indicator, *f.when): f.rolled.shown for f in found if (f.owner, f.indicator, *f.when) in moved}


def _spot(row: Row) -> tuple[Any, ...]:
    return row["owner"], row["indicator"], row["when"], row["unit"], row["key"], row["total"]


def _wide(s: Stretch, period: Period, known: Mapping[int, list[Row]], due: Iterable[Row]) -> Found:
    months = {m.yyyymm for m in period.down(Grain.MONTH)}
    rows = [r for m in sorted(months) for r in known[m]]
    owed: dict[tuple[int, int, str], int] = defaultdict(int)
    for d in due:
        if d["when"] in months:
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
    found = rows_of(pq.ParquetFile(path).read(use_threads=False).cast(SUMS))
    return [r for r in found if r["indicator"] in f.lines.indicators.get(r["unit"], {})]
