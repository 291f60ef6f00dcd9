"""A month that was scored, as plain rows: for tests of pages that must be there, not of what they say."""

import datetime as dt

from ronglu.config.plant import pack_of
from ronglu.kernel.rules.load import digest
from ronglu.store.models import Body, CalendarRow, Job, Result, Run, SheetVersion, Total
from tests.cast import AT, SINCE, Cast
from tests.facts.plant_month import SHIFTS

BRANCHES = ("QL-B1", "QL-B2", "QL-B3")
MONTH = "2026-03"


def scored(cast: Cast, branches: tuple[str, ...] = BRANCHES) -> Run:
    """March under the shipped sheet: nothing wired, so every cell is open; the same run when asked again."""
    if found := Run.objects.filter(plant=cast.plant, month=202603).first():
        return found
    clock = {"day_starts": dt.time(8), "month_first": 1, "shifts": SHIFTS}
    CalendarRow.objects.get_or_create(plant=cast.plant, from_on=SINCE, defaults=clock)
    sheet = pack_of(cast.plant.code).sheet
    version = SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration=dict(sheet.declaration),
        digest=digest(sheet.declaration), published_at=AT,
    )  # fmt: skip
    run = Run.objects.create(plant=cast.plant, sheet=version, month=202603, number=1, at=AT, digest="d" * 64)
    bodies: list[Body] = [cast.body[code] for code in branches]
    Result.objects.bulk_create(
        Result(run=run, body=body, item=item.code, state="not_wired", points=item.hundredths)
        for body in bodies
        for item in sheet.items
    )
    Total.objects.bulk_create(
        Total(run=run, body=body, scale=scale.code, applicable=10_000, available=0, won=0)
        for body in bodies
        for scale in sheet.scales
    )
    return run


def assess_job(cast: Cast) -> Job:
    """A computation of that month that waits for the worker."""
    found = Job.objects.filter(kind="assess", plant=cast.plant).first()
    return found or Job.objects.create(
        kind="assess", label="计分 2026 年 3 月", plant=cast.plant, args={"month": MONTH}, created_at=AT
    )
