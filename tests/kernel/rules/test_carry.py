"""What stands for a quarterly item in the months between its audits."""

from decimal import Decimal

import pytest

from ronglu.kernel.rules.carry import carried, due_in, window
from ronglu.kernel.rules.score import judge
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Grain, Period
from tests.kernel.rules.made import closed, item, rate

MARCH, APRIL, JUNE, JULY = (Period.month(2026, m) for m in (3, 4, 6, 7))
ITEM = item(rate(400), cadence=Grain.QUARTER)


def test_a_quarterly_item_is_due_in_the_last_month_of_the_quarter() -> None:
    assert [m for m in range(1, 13) if due_in(ITEM, Period.month(2026, m))] == [3, 6, 9, 12]
    yearly = item(rate(), cadence=Grain.YEAR)
    assert [m for m in range(1, 13) if due_in(yearly, Period.month(2026, m))] == [12]
    assert all(due_in(item(rate()), Period.month(2026, m)) for m in range(1, 13))
    assert window(ITEM, MARCH) == Period.quarter(2026, 1)


def test_before_the_first_audit_it_does_not_apply() -> None:
    score = carried(item=ITEM, month=Period.month(2026, 2), audited=[])
    assert (score.state, score.won_h) == (State.NOT_APPLICABLE, None)


def test_between_audits_the_last_one_stands_with_its_month() -> None:
    audits = [(MARCH, judge(item=ITEM, basis=closed(3, 4))), (JUNE, judge(item=ITEM, basis=closed(1, 4)))]
    april = carried(item=ITEM, month=APRIL, audited=audits)
    assert (april.state, april.won_h, april.period, april.text) == (State.CARRIED, 300, MARCH, "2026年3月 3.00")
    assert carried(item=ITEM, month=JULY, audited=reversed(audits)).won_h == 100


def test_a_result_that_never_stood_is_passed_over() -> None:
    missing = judge(item=ITEM, basis=closed(1, 1), wired=False)
    audits = [(MARCH, judge(item=ITEM, basis=closed(3, 4))), (JUNE, missing)]
    assert carried(item=ITEM, month=JULY, audited=audits).period == MARCH


def test_not_applicable_is_carried_as_such() -> None:
    nothing = judge(item=ITEM, basis=closed(0, 0))
    score = carried(item=ITEM, month=APRIL, audited=[(MARCH, nothing)])
    assert score.state is State.NOT_APPLICABLE and score.won_h is None


def test_after_a_reweighting_the_share_stands_and_the_points_follow() -> None:
    audits = [(MARCH, judge(item=ITEM, basis=closed(3, 4)))]
    heavier = item(rate(600), cadence=Grain.QUARTER, points=Decimal(6))
    score = carried(item=heavier, month=APRIL, audited=audits)
    assert (score.won_h, score.full_h) == (450, 600) and "满分由 4 改为 6" in score.note


def test_carrying_is_asked_for_a_month() -> None:
    with pytest.raises(ValueError, match="按月"):
        carried(item=ITEM, month=Period.quarter(2026, 2), audited=[])
