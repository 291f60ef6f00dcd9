"""Reckons the cascades of a plant anew in the worker, with the forecast that only this room may compute."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ronglu.boards.cascade.build import build
from ronglu.boards.indicator.rows import newest_day
from ronglu.config.clock import now
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.rounding import round_to
from ronglu.store.models import Job, Plant
from ronglu.store.values import calendar_of
from ronglu.tasks.run import Progress


def run(job: Job, progress: Progress) -> dict[str, Any]:
    plants = [job.plant] if job.plant else list(Plant.objects.all())
    return {"rows": {plant.code: build_plant(plant=plant, at=now()) for plant in plants}}


def build_plant(*, plant: Plant, at: dt.datetime) -> int:
    """Rows written; none before the first board was built."""
    until = newest_day(plant)
    if until is None:
        return 0
    indicators = pack_of(plant.code).indicators
    return build(
        plant=plant, indicators=indicators, calendar=calendar_of(plant), until=until, at=at, foresee=foresee
    )  # fmt: skip


def foresee(past: list[Decimal], days: int, decimals: int) -> dict[str, str]:
    """As texts with the decimals of the indicator; at the end of a period nothing is left to foretell."""
    from ronglu.stats.forecast import SURE, ahead

    found = ahead([float(one) for one in past], days=days)
    if found is None:
        return {}
    figures = {"point": found.point, "low": max(found.low, 0.0), "high": found.high}
    return {
        **{key: format(round_to(Decimal(repr(value)), decimals), "f") for key, value in figures.items()},
        "days": str(days),
        "sure": f"{SURE * 100:.0f}",
        "tries": str(found.tries),
        "held": str(found.held),
    }
