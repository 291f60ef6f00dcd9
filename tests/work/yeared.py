"""A year of closed months for the branches of the cast, with quarter panels and polls as a test wants them."""

import datetime as dt
from collections.abc import Mapping

import pytest

from ronglu.kernel.time.period import Period
from ronglu.packs import standing
from ronglu.store.models import QuarterMark, YearReview
from ronglu.work import years
from tests.cast import AT, Cast
from tests.work.linked import closed

RULES = standing.load().year
YEAR = 2025
JANUARY = dt.date(2026, 1, 12)


def month(no: int) -> Period:
    return Period.month(YEAR, no)


def year(cast: Cast, scores: Mapping[str, int | None], *, months: range = range(1, 13), scale: str = "party") -> None:
    """Every month with the same converted score of each branch, in hundredths."""
    for no in months:
        closed(cast, scores, month=month(no), scale=scale)


def panels(cast: Cast, scores: Mapping[str, int], *, scale: str = "party", quarters: range = range(1, 5)) -> None:
    QuarterMark.objects.bulk_create(
        QuarterMark(
            body=cast.body[code], quarter=f"{YEAR}-Q{no}", scale=scale, by=cast.account["高书记"], number=1, score=score,
            reason="看过台账", at=AT,
        )
        for code, score in scores.items()
        for no in quarters
    )  # fmt: skip


def polled(monkeypatch: pytest.MonkeyPatch, cast: Cast, scores: Mapping[str, int]) -> None:
    """Published 民主测评; how a poll comes to its score is proven in test_polls."""
    found = {cast.body[code].pk: score for code, score in scores.items()}
    monkeypatch.setattr("ronglu.work.queries.rated.polled", lambda **_: found)


def compute(cast: Cast) -> YearReview:
    return years.compute(plant=cast.plant, year=YEAR, rules=RULES, by=cast.account["孙干事"], at=AT)
