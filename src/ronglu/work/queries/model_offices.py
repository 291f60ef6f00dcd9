"""模范机关 (S3-40): how the office branches were rated on the three dimensions, from polls that were published."""

from dataclasses import dataclass
from decimal import Decimal

from ronglu.store.models import Plant, PollState, PollSubject, Withheld
from ronglu.work.queries import polls

KIND = "office"


@dataclass(frozen=True, slots=True)
class Rated:
    """One office branch of one year: the mean of each dimension, the weighted score, the same of the year before."""

    body: int
    code: str
    name: str
    means: tuple[Decimal | None, ...]
    score: Decimal | None
    before: Decimal | None
    raters: int


@dataclass(frozen=True, slots=True)
class Year:
    """`dimensions`: name, English name and weight as the poll was held. Empty rows: nothing was published."""

    year: int
    dimensions: tuple[tuple[str, str, int], ...] = ()
    rows: tuple[Rated, ...] = ()


def rated(*, plant: Plant, year: int) -> Year:
    """The published polls of the year; of a branch rated twice the later one. What is withheld is not told."""
    before = polls.scores_of(plant=plant, kind=KIND, year=year - 1)
    subjects = PollSubject.objects.filter(
        poll__plant=plant, poll__kind=KIND, poll__year=year, poll__state=PollState.PUBLISHED, poll__withheld=Withheld.NO,
        body__isnull=False,
    )  # fmt: skip
    results: dict[int, polls.Result] = {}
    found: dict[int, Rated] = {}
    dimensions: tuple[tuple[str, str, int], ...] = ()
    rows = subjects.select_related("poll", "body").prefetch_related(*polls.COUNTED)
    for one in rows.order_by("poll__due_on", "poll_id", "no"):
        told = results.get(one.poll_id) or polls.result(one.poll)
        results[one.poll_id] = told
        score, body = told.scores[one.no - 1], one.body
        assert body is not None
        dimensions = tuple((q.zh, q.en, q.weight) for q in told.kind.questions)
        means = tuple(spread.mean for spread in score.parts[0].spreads) if score.parts else ()
        found[body.pk] = Rated(body.pk, body.code, one.name, means, score.score, before.get(body.pk), told.cast)
    return Year(year, dimensions, tuple(sorted(found.values(), key=lambda one: one.code)))
