"""Cases of 补短板 as the page of benchmarks follows them: what the gap was when each was opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure.benchmark import closed, gap
from ronglu.kernel.measure.indicator import Indicator
from ronglu.store.models import Benchmark, Case, Plant
from ronglu.work.queries import cases
from ronglu.work.scope import Scope

LOOP = "gap"


@dataclass(frozen=True, slots=True)
class Followed:
    """`then` is the gap when the case was opened, `now` that of the period looked at, both to the case's own benchmark."""

    case: Case
    indicator: Indicator
    then: Decimal | None
    now: Decimal | None

    @property
    def closed(self) -> Decimal | None:
        return closed(self.then, self.now)


def followed(
    *,
    scope: Scope,
    loops: Mapping[str, Loop],
    plant: Plant,
    units: Collection[int],
    indicators: Mapping[str, Indicator],
    values: Mapping[tuple[int, str], Decimal],
) -> list[Followed]:
    """Those this reader may see, newest first; `values` by unit and indicator. One query."""
    rows = cases.visible(scope, {LOOP: loops[LOOP]}).filter(plant=plant, unit__in=units).distinct()
    found = []
    for case in rows.order_by("-raised_at"):
        one = indicators.get(str(case.data.get("indicator", "")))
        if one is not None:
            ours, best = _number(case, "ours"), _number(case, "best")
            now = gap(values.get((case.unit_id or 0, one.code)), best, one.direction)
            found.append(Followed(case, one, gap(ours, best, one.direction), now))
    return found


def kept(plant: Plant) -> list[Benchmark]:
    """Every benchmark of the plant, the newest of an indicator and tier first."""
    rows = Benchmark.objects.filter(plant=plant).select_related("owner")
    return list(rows.order_by("indicator", "tier", "-dated_on"))


def one(pk: int) -> Benchmark | None:
    return Benchmark.objects.select_related("plant", "owner").filter(pk=pk).first()


def _number(case: Case, code: str) -> Decimal | None:
    text = case.data.get(code)
    return Decimal(str(text)) if text not in (None, "") else None
