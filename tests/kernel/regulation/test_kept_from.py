"""Records that begin in the middle of a window, and which item a finding costs: what nobody wrote down yet is not missed."""

from datetime import date

import pytest

from ronglu.kernel.regulation.finding import State
from ronglu.packs import regulations
from tests.kernel.regulation.cast import book, group, told


@pytest.mark.parametrize(
    ("kept_from", "state"),
    [(date(2026, 2, 1), State.MISSED), (date(2026, 3, 1), State.MISSED), (date(2026, 3, 2), State.NOT_MEASURABLE),
     (date(2026, 4, 1), State.NOT_MEASURABLE), (None, State.MISSED)],
)  # fmt: skip
def test_a_window_counts_once_the_records_reach_over_all_of_it(kept_from: date | None, state: State) -> None:
    (found,) = told(book(), group(kept_from=kept_from))
    assert found.state is state


def test_what_was_done_is_kept_whenever_the_records_began() -> None:
    (found,) = told(book(), group(date(2026, 3, 20), kept_from=date(2026, 3, 15)))
    assert found.state is State.OK


def test_a_body_that_was_set_up_in_the_window_is_asked_from_its_own_first_day() -> None:
    young = group(from_on=date(2026, 3, 10), kept_from=date(2026, 3, 10))
    assert [one.state for one in told(book(), young)] == [State.MISSED]


def test_what_is_still_to_come_is_due_although_the_records_began_late() -> None:
    assert [one.state for one in told(book(), group(kept_from=date(2026, 3, 15)), on=date(2026, 3, 20))] == [State.DUE]


def test_a_reason_cannot_stand_for_what_nobody_can_tell() -> None:
    quiet = group(kept_from=date(2026, 4, 1), reasons={("R-LIFE-03", "2026-03"): "停产"})
    assert [one.state for one in told(book(), quiet)] == [State.NOT_MEASURABLE]


@pytest.mark.parametrize(
    ("rule", "part", "item"),
    [("R-ORG-08", "", "B7"), ("R-ORG-14", "secretary", "B7"), ("R-LIFE-12", "2026-03-12:5", "B7"),
     ("R-LIFE-09", "excellent:2026-03-12:5", "B7"), ("R-LIFE-09", "held:2026", ""), ("R-LIFE-03", "2026-03", "B1"),
     ("R-LIFE-02", "held:2026-03", "B1"), ("R-LIFE-02", "quorum:2026-03-12:5", ""), ("R-LIFE-06", "held:2026-03", "B2"),
     ("R-LIFE-06", "drift:2026-03-12:5", ""), ("R-EDU-01", "2026", ""), ("R-SAF-02", "fixed:2026-03-12", ""), ("R-XX-1", "", "")],
)  # fmt: skip
def test_each_finding_costs_one_item_at_most_and_hours_cost_none(rule: str, part: str, item: str) -> None:
    assert regulations.load().item(rule, part) == item
