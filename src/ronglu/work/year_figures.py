"""What a branch's year is made of: closed months as they stand, quarter panels and polls, its predecessors' days included."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.org.lineage import Descent, shares
from ronglu.kernel.org.span import Span
from ronglu.kernel.standing.transfer import by_days
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import BodyState, Closing, Plant, Succession
from ronglu.work import adjustments, quarter_marks
from ronglu.work.closings import CLOSED
from ronglu.work.queries import rated

Spot = tuple[int, str]


@dataclass(frozen=True)
class Year:
    """Everything read once; scores in hundredths, None where a month was not rated."""

    year: Period
    months: Mapping[int, Mapping[Spot, int | None]]
    """Closed month 1–12 → (branch, scale) → converted score as it stands."""
    vetoed: Mapping[int, frozenset[int]]
    quarters: Mapping[Spot, Mapping[int, int]]
    appraisals: Mapping[int, int]
    lives: Mapping[int, Sequence[Span]]
    descents: Sequence[Descent]
    codes: Mapping[int, tuple[str, str]]
    bodies: tuple[int, ...] = field(default=())
    """Branches that stand on the year's last day, in the order of the organisation."""


@dataclass(frozen=True, slots=True)
class Own:
    """One branch on one scale."""

    months: dict[int, int | None]
    parts: dict[int, list[dict[str, Any]]]
    quarters: dict[int, int | None]
    appraisal: int | None
    vetoes: list[int]


def read(*, plant: Plant, year: int) -> Year:
    """The same number of queries whatever the number of branches."""
    whole = Period.year(year)
    months: dict[int, dict[Spot, int | None]] = {}
    vetoed: dict[int, frozenset[int]] = {}
    closed = Closing.objects.filter(plant=plant, state=CLOSED, month__range=(year * 100 + 1, year * 100 + 12))
    for closing in closed:
        totals = adjustments.standing_totals(closing)
        no = closing.month % 100
        months[no] = {spot: one.converted if one.grade else None for spot, one in totals.items()}
        vetoed[no] = frozenset(body for (body, _), one in totals.items() if one.vetoed)
    lives: dict[int, list[Span]] = defaultdict(list)
    codes: dict[int, tuple[str, str]] = {}
    rows = BodyState.objects.filter(body__plant=plant, kind__in=BRANCHES).select_related("body")
    standing = []
    for row in rows.order_by("body__position", "body__code", "from_on"):
        lives[row.body_id].append(Span(row.from_on, row.until_on))
        codes[row.body_id] = (row.body.code, row.name)
        if row.holds(whole.last):
            standing.append(row.body_id)
    came = Succession.objects.filter(after__plant=plant).order_by("on", "pk")
    return Year(
        year=whole, months=months, vetoed=vetoed, quarters=quarter_marks.of_year(plant=plant, year=whole),
        appraisals=rated.polled(plant=plant, kind=rated.DEMOCRATIC, year=year), lives=dict(lives),
        descents=[Descent(one.before_id, one.after_id, one.on) for one in came], codes=codes, bodies=tuple(standing),
    )  # fmt: skip


def own(year: Year, body: int, scale: str) -> Own:
    """A month that a predecessor stood for in part counts by days; who was not rated is left out with his days."""
    months: dict[int, int | None] = {}
    parts: dict[int, list[dict[str, Any]]] = {}
    vetoes = []
    for no, scores in sorted(year.months.items()):
        weights = _weights(year, body, year.year.down(Grain.MONTH)[no - 1])
        months[no] = _weighed(weights, {one: scores.get((one, scale)) for one in weights})
        if set(weights) - {body}:
            parts[no] = [_part(year, one, days, scores.get((one, scale))) for one, days in weights.items()]
        if year.vetoed[no] & set(weights):
            vetoes.append(no)
    quarters = {
        no: _weighed(weights, {one: year.quarters.get((one, scale), {}).get(no) for one in weights})
        for no, period in enumerate(year.year.down(Grain.QUARTER), start=1)
        if (weights := _weights(year, body, period))
    }
    appraisal = year.appraisals.get(body)
    if appraisal is None:
        weights = _weights(year, body, year.year)
        appraisal = _weighed(weights, {one: year.appraisals.get(one) for one in weights})
    return Own(months=months, parts=parts, quarters=quarters, appraisal=appraisal, vetoes=vetoes)


def _weights(year: Year, body: int, period: Period) -> dict[int, int]:
    return shares(body, first=period.first, last=period.last, lives=year.lives, descents=year.descents)


def _weighed(weights: Mapping[int, int], scores: Mapping[int, int | None]) -> int | None:
    value, _ = by_days({str(one): n for one, n in weights.items()}, {str(one): n for one, n in scores.items()})
    return value


def _part(year: Year, body: int, weight: int, score: int | None) -> dict[str, Any]:
    code, name = year.codes[body]
    return {"code": code, "name": name, "days": weight, "score": score}
