"""(g): the clock over ten thousand due cases against a thousand: the time of one case must not grow with their number."""

import time

from django.db import connection

from bench import loops_made
from bench.line import Line
from ronglu.config.plant import packs
from ronglu.store.models import Case, Notice
from ronglu.work import cases_clock

FEW, MANY = 1_000, 10_000
LIMIT = 1.5


def measure() -> list[Line]:
    plant, accounts, crews = loops_made.plant()
    loops_made.cases(plant, crews, accounts, range(FEW))
    few = _each(FEW)
    Case.objects.all().delete()
    loops_made.cases(plant, crews, accounts, range(MANY))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = _each(MANY)
    return [Line(f"(g) clock, a thousand due cases: among {MANY:,} / among {FEW:,}", many, few, LIMIT)]


def _each(count: int) -> float:
    """Seconds a thousand cases, all of them due and told."""
    Notice.objects.all().delete()
    Case.objects.update(due_at=loops_made.AT, next_at=loops_made.AT)
    started = time.perf_counter()
    done = cases_clock.tend_cases(loops=packs().loops, at=loops_made.AT)
    if done.looked != count or done.failed:
        raise AssertionError(done)
    return (time.perf_counter() - started) * 1000 / count
