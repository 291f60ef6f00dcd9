"""Scores of branches that come from elsewhere than the sheet: published polls, approved imports."""

from ronglu.kernel.time.period import Period
from ronglu.store.models import ImportedScore, Plant
from ronglu.work.queries import polls

DEMOCRATIC, SATISFACTION = "democratic", "satisfaction"


def polled(*, plant: Plant, kind: str, year: int) -> dict[int, int]:
    """Branch → hundredths of its newest published poll of the kind that counts to the year; what was withheld is not there."""
    return {body: int(score.scaleb(2)) for body, score in polls.scores_of(plant=plant, kind=kind, year=year).items()}


def imported(*, plant: Plant, kind: str, period: Period) -> dict[str, tuple[int, int | None]]:
    """Subject ("unit:3") → the hundredths that a second person approved last, and the import they came with."""
    rows = ImportedScore.objects.filter(plant=plant, kind=kind, period=str(period)).exclude(approved_by=None)
    told = rows.order_by("number").values_list("subject", "value", "batch")
    return {subject: (value, batch) for subject, value, batch in told}
