"""Planned stops: one person proposes, another approves, and only then they count."""

import datetime as dt

import pytest

from ronglu.store.models import AuditEntry, Partition, PlanStop, Unit
from ronglu.work import stops
from ronglu.work.stops import BadStop
from tests.cast import AT, Cast, cast
from tests.work.clock import set_clock

__all__ = ["cast"]
THE_4TH, THE_6TH = dt.date(2026, 3, 4), dt.date(2026, 3, 6)


@pytest.fixture
def stop(cast: Cast) -> PlanStop:
    set_clock(cast.plant)
    Partition.objects.create(plant=cast.plant, fact="readings", month=202603, wanted=1, built=1)
    return propose(cast.unit["QL-R1"], cast)


def propose(
    unit: Unit, cast: Cast, first: dt.date = THE_4TH, last: dt.date = THE_6TH, reason: str = "检修"
) -> PlanStop:
    return stops.propose(unit=unit, first=first, last=last, reason=reason, by=cast.account["周统计员"], at=AT)


def wanted() -> int:
    return Partition.objects.get().wanted


def test_a_proposal_counts_for_nothing_until_a_second_person_approves(stop: PlanStop, cast: Cast) -> None:
    assert (stop.approved_by, wanted()) == (None, 1)
    with pytest.raises(BadStop, match="转炉线 2026-03-04 至 2026-03-06 的停产由您提出，须由另一人批准"):
        stops.approve(stop=stop, by=cast.account["周统计员"], at=AT)
    stops.approve(stop=stop, by=cast.account["马主任"], at=AT)
    stop.refresh_from_db()
    assert (stop.approved_by, wanted()) == (cast.account["马主任"], 2)
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == ["stops.propose", "stops.approve"]


def test_it_is_approved_once(stop: PlanStop, cast: Cast) -> None:
    stops.approve(stop=stop, by=cast.account["马主任"], at=AT)
    with pytest.raises(BadStop, match="已经批准"):
        stops.approve(stop=stop, by=cast.account["高书记"], at=AT)


def test_withdrawing_an_approved_stop_reckons_its_months_anew(stop: PlanStop, cast: Cast) -> None:
    stops.approve(stop=stop, by=cast.account["马主任"], at=AT)
    stops.withdraw(stop=stop, by=cast.account["马主任"], at=AT)
    assert (PlanStop.objects.count(), wanted()) == (0, 3)


@pytest.mark.parametrize(
    ("first", "last", "reason", "why"),
    [
        (THE_6TH, THE_4TH, "检修", "早于首日"),
        (THE_6TH, dt.date(2026, 3, 9), "检修", "与已有的停产（2026-03-04 至 2026-03-06，检修）重叠"),
        (dt.date(2026, 4, 1), dt.date(2027, 4, 2), "停建", "超过一年"),
        (dt.date(2026, 4, 1), dt.date(2026, 4, 1), " ", "请写明停产原因"),
    ],
)
def test_what_may_not_be_proposed_is_told(
    stop: PlanStop, cast: Cast, first: dt.date, last: dt.date, reason: str, why: str
) -> None:
    with pytest.raises(BadStop, match=why):
        propose(stop.unit, cast, first, last, reason)


def test_the_day_after_a_stop_may_begin_another_and_other_lines_are_free(stop: PlanStop, cast: Cast) -> None:
    propose(stop.unit, cast, dt.date(2026, 3, 7), dt.date(2026, 3, 7))
    propose(cast.unit["QL-F1"], cast)
    assert PlanStop.objects.filter(approved_by=None).count() == 3


def test_the_months_whose_meetings_it_may_spare_are_reckoned_anew_those_before_it_not(
    stop: PlanStop, cast: Cast
) -> None:
    """The quarter, the half-year and the year it lies in end in later months."""
    for month in (202602, 202603, 202606, 202612, 202703):
        Partition.objects.create(plant=cast.plant, fact="gatherings", month=month, wanted=1, built=1)
    stops.approve(stop=stop, by=cast.account["马主任"], at=AT)
    marked = Partition.objects.filter(fact="gatherings", wanted=2).order_by("month").values_list("month", flat=True)
    assert list(marked) == [202603, 202606, 202612]
