"""Benchmarks set by hand: a best value of an indicator with its tier, where and when it was said, and who owns the gap."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Account, Benchmark, Partition, Person, Plant
from ronglu.store.values import calendar_of
from ronglu.work import audits, partitions

TIERS = tuple(Benchmark._meta.get_field("tier").choices or ())


class BadBenchmark(TimeTrouble):
    """标杆不能这样设。"""


@transaction.atomic
def put(
    *, plant: Plant, indicator: Indicator, tier: str, value: Decimal, source: str, dated_on: dt.date, by: Account,
    at: dt.datetime, owner: Person | None = None,
) -> Benchmark:  # fmt: skip
    """One value for an indicator, a tier and a day; said again it is corrected, and the trail keeps what stood there."""
    if indicator.direction not in (Direction.UP, Direction.DOWN):
        raise BadBenchmark(f"{indicator.name}没有好坏方向，设不了标杆")
    if dated_on > at.date():
        raise BadBenchmark(f"{dated_on} 还没有到，标杆只能是已经达到的值")
    if not source.strip():
        raise BadBenchmark("请写明出处：哪一份报告、公告或台账，写到能找到为止")
    there = Benchmark.objects.select_for_update().filter(
        plant=plant, indicator=indicator.code, tier=tier, dated_on=dated_on
    )
    row = there.first() or Benchmark(plant=plant, indicator=indicator.code, tier=tier, dated_on=dated_on)
    before = row.value if row.pk else ""
    row.value, row.source, row.owner = format(value, "f"), source.strip(), owner
    row.save()
    touch(plant=plant, days=[dated_on])
    detail = {"indicator": row.indicator, "tier": tier, "day": str(dated_on), "value": row.value, "before": before}
    audits.record(verb="benchmarks.set", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return row


@transaction.atomic
def remove(*, benchmark: Benchmark, why: str, by: Account, at: dt.datetime) -> None:
    """A value that was wrong altogether; the trail keeps it."""
    if not why.strip():
        raise BadBenchmark("请写明为什么删")
    row = Benchmark.objects.select_for_update().filter(pk=benchmark.pk).first()
    if row is None:
        raise BadBenchmark("这个标杆已经被删了")
    detail = {
        "indicator": row.indicator, "tier": row.tier, "day": str(row.dated_on), "value": row.value, "source": row.source,
        "why": why.strip(),
    }  # fmt: skip
    row.delete()
    touch(plant=row.plant, days=[row.dated_on])
    audits.record(verb="benchmarks.remove", by=by, at=at, subject=row.plant.code, plant=row.plant, detail=detail)


def touch(*, plant: Plant, days: Iterable[dt.date]) -> None:
    """Months from that day on rest on it (D5): those already built are to be scored again."""
    built = list(Partition.objects.filter(plant=plant, fact="readings").values_list("month", flat=True))
    if built:
        calendar = calendar_of(plant)
        first = min(calendar.month_of(day).yyyymm for day in days)
        partitions.touch(plant=plant, fact="readings", months=[month for month in built if month >= first])
