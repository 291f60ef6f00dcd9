"""What the pages of the ledger share: its month, its lines, and the claim an address names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.time.errors import CalendarError
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, scope_of_request
from ronglu.web.sheet.frame import month_of
from ronglu.web.where import Here, here
from ronglu.work.queries import contributions as queries

if TYPE_CHECKING:
    from ronglu.store.models import Contribution, Plant

SEE, CLAIM, CONFIRM, REVIEW = (
    "contributions.see",
    "contributions.claim",
    "contributions.confirm",
    "contributions.review",
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """`ground` is None for a plant without a calendar: then nothing can be told of its months."""

    where: Here
    month: Period
    ground: queries.Ground | None
    lines: list[queries.Better]


def ledger_of(request: HttpRequest) -> Ledger:
    """The month of the address, else the last full one."""
    where, text = here(request, SEE), asked(request, "month")
    month = month_of(text) if text else Period.of(clock.today(), Grain.MONTH) - 1
    ground = ground_of(where.plant, month)
    lines = queries.better(ground=ground, indicators=indicators(where.plant)) if ground else []
    return Ledger(where, month, ground, lines)


def ground_of(plant: "Plant", month: Period) -> queries.Ground | None:
    try:
        return queries.Ground.of(plant, month)
    except CalendarError:
        return None


def indicators(plant: "Plant") -> Any:
    return pack_of(plant.code).indicators


def found(request: HttpRequest, pk: int) -> "Contribution":
    plants = list(scope_of_request(request).plants(SEE).values_list("pk", flat=True))
    one = queries.find(plants=plants, pk=pk)
    if one is None:
        raise Http404("没有这项申报，或不在您的范围内")
    return one
