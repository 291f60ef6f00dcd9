"""(l): the boards of one plant month beside ten years of readings, and the page of an indicator over all ten years.

A plant of four lines and twelve channels, told by the shift, by the hour or every six minutes: 0.13, 1.05 and 10.5 million
readings. CPU seconds of the process, the engine's threads included: the machine may be shared.
"""

import datetime as dt
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from bench.country import peak
from bench.decade_made import LAST, MONTHS, SINCE, decade
from bench.line import Line
from ronglu.boards.indicator.build import build
from ronglu.boards.pyramid.build import build as build_pyramids
from ronglu.config.plant import pack_of
from ronglu.facts.month import refresh
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Engagement, IndicatorRow, Person, Plant, Post, Reading, Unit
from ronglu.store.values import calendar_of

NAME = "the boards of a plant month"
SCALES = True
KINDS = ("shift", "hour", "instant")
LIMIT, BYTES, MEMORY = 0.3, 100.0, 4.0
"""Seconds, kB, GB."""
ROUNDS = 15
MIDDLE = MONTHS[60]


@dataclass(frozen=True)
class Spent:
    """Least CPU seconds of a warm worker, and the size of the page in kB."""

    readings: int
    partition: float
    newest: float
    middle: float
    whole: float
    page: float


def measure(*, scale: bool = False) -> list[Line]:
    """0.13 and 1.05 million readings; with `scale` 10.5 million as well."""
    kinds = KINDS if scale else KINDS[:-1]
    found = [_spent(kind) for kind in kinds]
    lines = []
    for one in found:
        said = f"(l) {one.readings:,} readings in ten years"
        lines += [
            Line(f"{said}: boards of the newest month, CPU", one.newest, None, LIMIT),
            Line(f"{said}: boards of a month five years back, CPU", one.middle, None, LIMIT),
            Line(f"{said}: an indicator's page of ten years", one.page, None, BYTES, "kB"),
        ]
    for small, large in pairwise(found):
        times = large.readings / small.readings
        said = f"(l) {large.readings:,} / {small.readings:,} readings (linear: {times:.1f})"
        lines += [
            Line(f"{said}: boards of the newest month", large.newest, small.newest, times),
            Line(f"{said}: the month's partition from the tables", large.partition, small.partition, times),
            Line(f"{said}: all ten years from the partitions", large.whole, small.whole, times),
        ]
    return [*lines, Line("(l) peak memory", peak(), None, MEMORY, "GB")]


def _spent(kind: str) -> Spent:
    """In an empty database: the one before is thrown away."""
    home = Path(settings.HOME)
    call_command("flush", verbosity=0, interactive=False)
    shutil.rmtree(home / "facts" / "readings", ignore_errors=True)
    plant = decade(kind)
    for month in MONTHS:
        refresh(plant=plant, month=month.yyyymm, home=home)
    whole = _cpu(lambda: _boards(plant, MONTHS, home))
    partition = min(_cpu(lambda: refresh(plant=plant, month=MONTHS[-1].yyyymm, home=home)) for _ in range(3))
    before = _rows(plant)
    _forget_others(plant, home)
    newest, middle = (_least(plant, month, home) for month in (MONTHS[-1], MIDDLE))
    if _rows(plant) != before:
        raise AssertionError("a month was built from something else than its own readings and stored rows")
    readings = Reading.objects.filter(channel__unit__plant=plant).count()
    return Spent(readings, partition, newest, middle, whole, _page(plant))


def _boards(plant: Plant, months: list[Period], home: Path) -> None:
    pack, calendar = pack_of(plant.code), calendar_of(plant)
    build(plant=plant, months=months, pack=pack, calendar=calendar, until=LAST, home=home, newest=MONTHS[-1])
    build_pyramids(plant=plant, months=months, indicators=pack.indicators, calendar=calendar)


def _least(plant: Plant, month: Period, home: Path) -> float:
    _boards(plant, [month], home)
    return min(_cpu(lambda: _boards(plant, [month], home)) for _ in range(ROUNDS))


def _cpu(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _rows(plant: Plant) -> set[tuple[object, ...]]:
    """Of the grains that a month rebuilt alone has in common with ten years at once."""
    rows = IndicatorRow.objects.filter(plant=plant).exclude(grain="shift")
    return set(rows.values_list("unit", "indicator", "grain", "period", "value", "plan", "covered", "expected"))


def _forget_others(plant: Plant, home: Path) -> None:
    """Partitions of readings that the two months have no business with."""
    kept = {str(month.yyyymm) for month in (MONTHS[-2], MONTHS[-1], MIDDLE - 1, MIDDLE, MIDDLE + 1)}
    for path in (home / "facts" / "readings" / plant.code).glob("*.parquet"):
        if path.stem not in kept:
            path.unlink()


def _page(plant: Plant) -> float:
    """kB of the whole page as it is sent, uncompressed."""
    shop = Unit.objects.get(plant=plant, kind="workshop")
    head = Person.objects.create(plant=plant, staff_no="1", name="马主任")
    Engagement.objects.create(person=head, unit=shop, from_on=SINCE)
    Post.objects.create(person=head, role="workshop_head", unit=shop, from_on=SINCE)
    account = Account.objects.create(staff_no="1", person=head, must_change=False)
    with override_settings(ALLOWED_HOSTS=["*"], TODAY=str(LAST + dt.timedelta(days=1))):
        client = Client()
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        response = client.get("/board/SM-02/years/?unit=L0&years=10")
    if response.status_code != 200 or "每点 4 天" not in response.content.decode():
        raise AssertionError(f"no page of ten years: {response.status_code}")
    return len(response.content) / 1000
