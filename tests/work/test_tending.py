"""The work of the day, its mark and its faults, also after a machine's clock stood wrong for an hour."""

import datetime as dt

import pytest

from ronglu.store.models import TendFault, TendMark
from ronglu.work import tending

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 10, 9)
DAY = dt.timedelta(days=1)


def run(at: dt.datetime) -> bool:
    return tending.daily("findings", on=at.date(), at=at, run=lambda: None)


def test_the_work_of_a_day_is_done_once_also_by_two_clocks_that_differ_around_midnight() -> None:
    assert [run(AT), run(AT), run(AT + DAY), run(AT), run(AT + DAY)] == [True, False, True, False, False]


def test_a_clock_that_stood_years_ahead_does_not_stop_the_work_of_the_days_after() -> None:
    assert run(AT)
    assert run(AT.replace(year=2036))
    assert [run(AT), run(AT), run(AT + DAY)] == [True, False, True]
    assert TendMark.objects.get().on == (AT + DAY).date()


def test_nor_does_a_fault_of_that_hour_rest_until_then() -> None:
    wrong = AT.replace(year=2036)
    tending.keep(key="tend:findings", label="组织检查", why=ValueError("x"), at=wrong)
    assert tending.resting("tend:findings", at=wrong)
    assert not tending.resting("tend:findings", at=AT)
    tending.mended("tend:findings", at=AT)
    assert not TendFault.objects.exists()
