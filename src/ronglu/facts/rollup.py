"""Readings to slots to sums: which readings an indicator takes, and their totals by owner and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from ronglu.facts.engine import put, total
from ronglu.kernel.measure.indicator import Indicator, RollUp, needs, series_of
from ronglu.kernel.measure.keys import HOURS, Key, parse

TERMS = pa.schema(
    [
        ("unit", pa.int64()),
        ("indicator", pa.string()),
        # what the sum is called in the kernel: x, x*w, w|x (kernel/measure/keys)
        ("key", pa.string()),
        ("series", pa.string()),
        ("grain", pa.string()),
        # the place of the series in a product; ALONE for a plain sum, GIVEN if it only has to be there
        ("place", pa.int64()),
        # how many term rows must find a reading for the slot to count; 0: the series come at different grains
        ("need", pa.int64()),
        # how many factors the key has: a product of fewer readings is none
        ("parts", pa.int64()),
        ("timed", pa.bool_()),
    ]
)
ALONE, GIVEN = -1, 9
SLOT = ["unit", "indicator", "starts_at"]
STAMP = ["day", "shift_no", "letter", "secs"]
SLOTS = pa.schema(
    [
        ("unit", pa.int64()),
        ("indicator", pa.string()),
        ("key", pa.string()),
        ("starts_at", pa.timestamp("s")),
        ("day", pa.date32()),
        ("shift_no", pa.int64()),
        ("letter", pa.string()),
        ("secs", pa.int64()),
        ("total", pa.int64()),
        # where a counter stands after the slot; equal to total for everything else
        ("stand", pa.int64()),
        # 1 where the newest version still waits for its audit
        ("waits", pa.int64()),
    ]
)
Grains = Mapping[tuple[int, str], str]


def terms(*, lines: Mapping[int, Iterable[Indicator]], grains: Grains) -> pa.Table:
    """What each indicator of each unit reads. `lines`: unit → its indicators; `grains`: (unit, series) → grain.

    An indicator whose required series a unit does not report is none of that unit's indicators.
    """
    rows = [row for unit, found in lines.items() for i in found for row in _terms_of(unit, i, grains)]
    return pa.Table.from_pylist(rows, schema=TERMS)


def reports(unit: int, indicator: Indicator, grains: Grains) -> bool:
    """Whether the unit has a channel for every series the indicator cannot do without."""
    optional = {t.series for t in (*indicator.numerator, *indicator.denominator) if t.optional}
    codes = series_of(indicator)
    return bool(codes) and all((unit, c) in grains for c in codes if c not in optional)


def _terms_of(unit: int, indicator: Indicator, grains: Grains) -> list[dict[str, object]]:
    if not reports(unit, indicator, grains):
        return []
    keys = _summed(indicator)
    rows = [
        {
            "unit": unit,
            "indicator": indicator.code,
            "key": key.text,
            "series": code,
            "place": place,
            "grain": grains[unit, code],
            "timed": HOURS in key.factors,
            "parts": len(_places(key)),
        }
        for key in keys
        for code, place in _places(key)
        if (unit, code) in grains
    ]
    optional = any(t.optional for t in (*indicator.numerator, *indicator.denominator))
    ratio = indicator.rollup in (RollUp.RATIO, RollUp.WMEAN)
    together = ratio and not optional and len({r["grain"] for r in rows}) == 1
    return [row | {"need": len(rows) if together else 0} for row in rows]


def _summed(indicator: Indicator) -> list[Key]:
    """The keys summed in columns: counters are walked elsewhere, and `@hours|x` lies in the sums of x itself."""
    read = (parse(k.given or "") if k.is_hours else k for k in needs(indicator) if not k.event)
    return list(dict.fromkeys(read))


def _places(key: Key) -> list[tuple[str, int]]:
    if key.is_plain:
        return [(key.factors[0], ALONE)]
    named = [(code, i) for i, code in enumerate(key.factors) if code != HOURS]
    return named + ([(key.given, GIVEN)] if key.given else [])


def slots(con: Any, *, readings: ir.Table, terms_table: pa.Table, which: str = "scores") -> ir.Table:
    """One row per indicator, key and slot that counts; ratios take only slots where all their series are there.

    A coal figure without its feed would raise the coal rate: both are left out, and the coverage says so.
    `which` is "scores" (last audited versions) or "shown" (newest versions).
    """
    return kept_slots(readings, put(con, "terms", terms_table), which=which)


def kept_slots(readings: ir.Table, terms_table: ir.Table, *, which: str) -> ir.Table:
    """As `slots`, of tables that the engine already has."""
    waits = (~readings.scores).cast("int64")
    x = readings.mutate(waits=waits).filter(readings[which]).join(terms_table, ["unit", "series", "grain"])
    tied = x.filter(x.need > 0).group_by(SLOT).agg(n=ibis._.count(), want=ibis._.need.max())
    # those that lack a series are few or none, and are looked for in less time than all the others
    kept = x.anti_join(tied.filter(tied.n != tied.want), SLOT)
    alone = kept.filter(kept.place == ALONE)
    plain = alone.select(*SLOT, "key", *STAMP, total="value", stand="value", waits="waits")
    return _in_order(plain).union(_in_order(_products(kept.filter(kept.place >= 0))))


def _products(factors: ir.Table) -> ir.Table:
    """Products inside one slot, made only where every factor was read."""

    def factor(place: int) -> ir.Value:
        return ibis.cases((ibis._.place == place, ibis._.value)).max().fill_null(1)

    wide = factors.group_by([*SLOT, "key", "day", "shift_no", "letter"]).agg(
        secs=ibis._.secs.max(), waits=ibis._.waits.max(), timed=ibis._.timed.max(), a=factor(0), b=factor(1), c=factor(2),
        found=ibis._.count(), parts=ibis._.parts.max(),
    ).filter(ibis._.found == ibis._.parts)  # fmt: skip
    hours = wide.timed.ifelse(wide.secs, 1)
    product = (wide.a * wide.b * wide.c * hours).cast("int64")
    return wide.select(*SLOT, "key", *STAMP, total=product, stand=product, waits="waits")


def _in_order(slot: ir.Table) -> ir.Table:
    return slot.select(*SLOTS.names)


def sums(slot: ir.Table, *, owners: ir.Table, period: Mapping[str, Any]) -> ir.Table:
    """Totals by owner, unit, indicator, key and period; `period` names the columns that make it."""
    o = owners.rename(of="letter").join(slot, ["unit", "day"])
    o = o.filter((o.of == "") | (o.of == o.letter)).mutate(**period)
    return o.group_by(["owner", "unit", "indicator", "key", *period]).agg(
        total=total(ibis._.total),
        n=ibis._.count(),
        low=ibis._.stand.min(),
        high=ibis._.total.max(),
        last=ibis._.stand.argmax(ibis._.starts_at),
        last_at=ibis._.starts_at.max(),
        secs=total(ibis._.secs),
        waits=total(ibis._.waits),
    )


def dues(due: ir.Table, *, owners: ir.Table, period: Mapping[str, Any]) -> ir.Table:
    """How many slots were due by owner, unit, expectation and period; a crew owes the shifts it stood and nothing else."""
    o = owners.rename(of="letter").join(due, ["unit", "day"])
    o = o.filter((o.of == "") | (o.of == o.letter)).mutate(**period)
    return o.group_by(["owner", "unit", "grain", *period]).agg(due=total(ibis._.due))
