"""How the reader's own branches stood in the month that was scored last, with what was agreed since: both scales, nothing about anybody else."""

from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.measure.rounding import from_scaled, scaled_or_none
from ronglu.kernel.time.period import Period
from ronglu.store.models import AdjustmentTotal, BodyState, Run, Total
from ronglu.work.queries import agreed
from ronglu.work.scope import Scope

FEW = 3
"""More branches than this are looked at on the sheet."""


@dataclass(frozen=True, slots=True)
class Scale:
    code: str
    won: Decimal
    available: Decimal
    converted: Decimal | None
    grade: str


@dataclass(frozen=True, slots=True)
class Standing:
    code: str
    name: str
    month: Period
    scales: tuple[Scale, ...]


def standing(*, scope: Scope) -> list[Standing]:
    """Four queries; nothing for those whose reach is a whole plant."""
    reach = scope.reach("sheet.see")
    if not reach.bodies or reach.plants or reach.everywhere:
        return []
    run = Run.objects.filter(plant__in=scope.plant_ids).order_by("-month", "-number").first()
    if run is None:
        return []
    there = Total.objects.filter(run=run, body__in=reach.bodies).select_related("body")
    sums = agreed.totals_of_run(run.pk)
    names = dict(BodyState.objects.on(scope.on).filter(body__in=reach.bodies).values_list("body_id", "name"))
    found: dict[int, list[Total]] = {}
    for row in there.order_by("body__position", "scale"):
        found.setdefault(row.body_id, []).append(row)
    month = Period.from_yyyymm(run.month)
    return [
        Standing(
            scales[0].body.code,
            names.get(body, scales[0].body.code),
            month,
            tuple(_scale(sums.get((body, one.scale), one)) for one in scales),
        )
        for body, scales in list(found.items())[:FEW]
    ]


def _scale(row: Total | AdjustmentTotal) -> Scale:
    return Scale(
        code=row.scale,
        won=from_scaled(row.won, 2),
        available=from_scaled(row.available, 2),
        converted=scaled_or_none(row.converted, 2),
        grade=row.grade,
    )
