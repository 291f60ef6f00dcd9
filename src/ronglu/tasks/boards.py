"""Brings the indicator boards up to date in the worker: only months that rest on something else than what was built."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.boards.indicator import stamp
from ronglu.boards.indicator.build import build
from ronglu.boards.pyramid.build import build as build_pyramids
from ronglu.boards.record.build import build as build_records
from ronglu.config.clock import now, today
from ronglu.config.plant import pack_of
from ronglu.facts.spine import ONE
from ronglu.kernel.measure.indicator import counters
from ronglu.kernel.time.period import Period
from ronglu.store.models import Job, Partition, Plant, PyramidRow
from ronglu.store.values import calendar_of
from ronglu.tasks import cascades
from ronglu.tasks.assess import freshen
from ronglu.tasks.run import Progress
from ronglu.work import effects


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: months (["2026-03", …]) to build whether or not anything changed; a job without a plant does them all."""
    forced = [Period.parse(text) for text in job.args.get("months", [])]
    plants = [job.plant] if job.plant else list(Plant.objects.all())
    found = {plant.code: build_plant(plant=plant, at=now(), progress=progress, forced=forced) for plant in plants}
    return {"months": {code: [str(m) for m in months] for code, months in found.items()}}


def build_plant(
    *, plant: Plant, at: dt.datetime, progress: Progress | None = None, forced: list[Period] | None = None
) -> list[Period]:
    """The months that were built."""
    say = progress or (lambda done, total, message: None)
    read = [
        Period.from_yyyymm(m)
        for m in Partition.objects.filter(plant=plant, fact="readings").values_list("month", flat=True)
    ]
    if not read:
        return []
    freshen(plant=plant, month=max(read), at=at)
    calendar, pack, home = calendar_of(plant), pack_of(plant.code), Path(settings.HOME)
    until = today() - ONE
    ground = stamp.Ground(plant, calendar, until)
    walks = any(counters(one) for one in pack.indicators.values())
    months = forced or stamp.stale(ground, read, counters=walks)
    if months:
        build(
            plant=plant, months=months, pack=pack, calendar=calendar, until=until, home=home, newest=max(read), say=say
        )  # fmt: skip
    # a plant whose boards are older than its pyramids has them made of all its months
    whole = months if PyramidRow.objects.filter(plant=plant).exists() else {*months, *read}
    build_pyramids(plant=plant, months=whole, indicators=pack.indicators, calendar=calendar)
    if months:
        stamp.keep(ground, months, at=at)
        cascades.build_plant(plant=plant, at=at)
        build_records(plant=plant, indicators=pack.indicators, calendar=calendar, until=until, rules=pack.base.records)
        effects.ask_due(plant=plant, through=until, at=at)
    return months
