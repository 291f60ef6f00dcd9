"""Scoring one plant month again in a warm worker after one correction: CPU seconds, and which partitions were written."""

import time
from pathlib import Path

from django.conf import settings

from bench.line import Line
from bench.plant_made import AT, MONTH, smelter
from ronglu.store.models import Account, Plant, Reading, Result
from ronglu.tasks.assess import assess_month
from ronglu.work import readings

NAME = "scoring a month again"
BRANCHES, LIMIT = 150, 1.5


def measure() -> list[Line]:
    plant, by = smelter(BRANCHES)
    second = Account.objects.create(staff_no="second")
    assess_month(plant=plant, month=MONTH, at=AT)
    values = iter(range(4_400, 5_000))

    def corrected() -> None:
        _correct(plant, by, second, next(values))

    def again() -> None:
        run = assess_month(plant=plant, month=MONTH, at=AT)
        if Result.objects.filter(run=run).count() != BRANCHES * 33 or run.number < 2:
            raise AssertionError("the correction made no new run")

    least = float("inf")
    before = _written(plant)
    for _ in range(3):
        corrected()
        started = time.process_time()
        again()
        least = min(least, time.process_time() - started)
    rewritten = {name for name, at in _written(plant).items() if before.get(name) != at}
    strangers = {name for name in rewritten if not name.endswith(f"{MONTH.yyyymm}.parquet")}
    if strangers:
        raise AssertionError(f"partitions of other months were written: {strangers}")
    count = Reading.objects.filter(channel__unit__plant=plant, version=1).count()
    return [Line(f"one month again: {BRANCHES} branches x 33 items, {count:,} readings, CPU", least, None, LIMIT)]


def _correct(plant: Plant, by: Account, second: Account, value: int) -> None:
    newest = Reading.objects.filter(channel__series="sm_coal", channel__unit__code="L000").order_by(
        "starts_at", "-version"
    )
    found = newest.first()
    made = readings.correct(reading=found, text=f"{value / 10}", decimals=1, reason="抄错", by=by, at=AT)
    readings.audit(plant=plant, readings=Reading.objects.filter(pk=made.pk), by=second, at=AT)


def _written(plant: Plant) -> dict[str, int]:
    folder = Path(settings.HOME) / "facts"
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*.parquet")}
