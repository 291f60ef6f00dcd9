"""The clock and the cycle: a pass raises what is due, a second one finds nothing, and a plant that does without is left alone."""

import datetime as dt

import pytest

from ronglu.store.models import Case, Review, TendMark
from ronglu.tasks import tend
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.work.reviewed import begun

pytestmark = pytest.mark.django_db
APRIL_1 = dt.datetime(2026, 4, 1, 0, 5)


def once(at: dt.datetime) -> tend.Pass:
    return tend.once(at=at, now=lambda: at, send=lambda *said: pytest.fail(f"sent {said}"))  # type: ignore[arg-type]


@pytest.mark.covers("S3-20")
def test_two_passes_raise_each_case_once(cast: Cast) -> None:
    begun(cast)
    first = once(APRIL_1)
    assert "reviews:qinglan" in first.daily and first.faults == []
    raised = set(Review.objects.values_list("body__code", "kind", "period"))
    assert raised == {
        (f"QL-B{n}", *one) for n in (1, 2, 3) for one in (("monthly", "2026-03"), ("quarterly", "2026-Q1"))
    }
    again = once(APRIL_1 + dt.timedelta(hours=1))
    assert "reviews:qinglan" not in again.daily
    # also where the mark of the day was lost
    TendMark.objects.filter(name="reviews:qinglan").delete()
    once(APRIL_1 + dt.timedelta(hours=2))
    assert Review.objects.count() == Case.objects.count() == 6


def test_the_neighbour_that_did_not_begin_has_nothing_raised(cast: Cast) -> None:
    begun(cast)
    done = once(APRIL_1)
    assert not any(key == "reviews:baishi" for key in done.daily)
    assert not Review.objects.filter(body__plant=cast.neighbour).exists()
