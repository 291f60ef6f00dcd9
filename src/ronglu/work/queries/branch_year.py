"""A branch's year in the figures that titles ask for; what nobody knows yet is None, and that is not a yes."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Body, Result, VetoMark, YearResult
from ronglu.work.queries import agreed, polls
from ronglu.work.queries.standards import valid_count
from ronglu.work.runs import newest_of

Figures = Mapping[str, Decimal | int | None]
REQUESTS = "C5"
"""The item whose basis counts requests answered in their clock."""


def figures(*, body: Body, year: int, on: dt.date) -> Figures:
    """By the names that base/standing/honour.yaml uses."""
    party, fusion = (_scale(body, year, scale) for scale in ("party", "fusion"))
    return {
        "party_score": _points(party),
        "fusion_score": _points(fusion),
        "party_stars": party.stars if party else None,
        "standard_items": valid_count(body=body, on=min(on, dt.date(year, 12, 31))),
        "vetoes": _vetoes(body, year),
        "request_share": _answered(body, year),
        "satisfaction": polls.score_of(kind="satisfaction", year=year, body=body),
        "office_score": polls.score_of(kind="office", year=year, body=body),
    }


def _scale(body: Body, year: int, scale: str) -> YearResult | None:
    """The newest computation of the year."""
    rows = YearResult.objects.filter(review__plant=body.plant_id, review__year=year, body=body, scale=scale)
    return rows.order_by("-number").first()


def _points(found: YearResult | None) -> Decimal | None:
    return scaled_or_none(found.value_h, 2) if found else None


def _vetoes(body: Body, year: int) -> int:
    marks = VetoMark.objects.filter(body=body, month__gte=year * 100 + 1, month__lte=year * 100 + 12)
    return marks.exclude(approved_by=None).count()


def _answered(body: Body, year: int) -> Decimal | None:
    """Requests answered in their clock, in percent over the year's quarters as they were scored last, or agreed to since."""
    newest = newest_of(plant=body.plant, months=Period.year(year).down(Grain.MONTH))
    rows = Result.objects.filter(run__in=newest.values(), body=body, item=REQUESTS).select_related("run")
    agreed_to = agreed.changed(plant=body.plant, since=year * 100 + 1)
    now = [agreed_to.get((row.run.month, body.pk, REQUESTS)) or row for row in rows]
    scored = [one for one in now if one.state == "scored"]
    lines = [line for one in scored for line in one.basis.get("lines", ())]
    due = sum(line.get("den", 0) for line in lines)
    kept = sum(line.get("num", 0) for line in lines)
    return (Decimal(100 * kept) / due).quantize(Decimal("0.01")) if due else None
