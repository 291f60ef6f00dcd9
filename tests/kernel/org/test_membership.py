"""Who was where on which day; a transfer on the 14th splits March into 13 and 18 days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.org.membership import (
    AlreadyThere,
    Stay,
    clashes,
    days_in,
    person_days,
    tidy,
    transfer,
    where,
    who,
)
from ronglu.kernel.org.span import Span

MARCH = Span.inclusive(date(2026, 3, 1), date(2026, 3, 31))
THE_14TH = date(2026, 3, 14)
LI = Stay("李班长", "甲班党小组", Span(date(2026, 1, 1)), "full", "crew")


def test_a_transfer_on_the_14th_splits_the_month() -> None:
    stays = transfer([LI], person="李班长", to="乙班党小组", on=THE_14TH)
    assert days_in(stays, MARCH) == {("李班长", "甲班党小组"): 13, ("李班长", "乙班党小组"): 18}
    assert [s.place for s in where(stays, person="李班长", on=date(2026, 3, 13))] == ["甲班党小组"]
    assert [s.place for s in where(stays, person="李班长", on=THE_14TH)] == ["乙班党小组"]


def test_a_transfer_keeps_standing_and_basis_unless_a_new_basis_is_given() -> None:
    moved = transfer([LI], person="李班长", to="乙班党小组", on=THE_14TH)[-1]
    assert (moved.kind, moved.basis) == ("full", "crew")
    assert transfer([LI], person="李班长", to="乙班党小组", on=THE_14TH, basis="service")[-1].basis == "service"


def test_a_transfer_to_where_one_already_is_is_refused() -> None:
    with pytest.raises(AlreadyThere):
        transfer([LI], person="李班长", to="甲班党小组", on=THE_14TH)


def test_a_transfer_entered_late_leaves_a_later_one_and_other_people_as_they_were() -> None:
    april = date(2026, 4, 1)
    later = Stay("李班长", "丙班党小组", Span(april), "full")
    first = Stay("李班长", "甲班党小组", Span(date(2026, 1, 1), april), "full")
    other = Stay("王书记", "甲班党小组", Span(date(2026, 1, 1)), "full")
    stays = transfer([first, later, other], person="李班长", to="乙班党小组", on=THE_14TH)
    assert later in stays and other in stays
    assert days_in([s for s in stays if s.person == "李班长"], MARCH) == {
        ("李班长", "甲班党小组"): 13,
        ("李班长", "乙班党小组"): 18,
    }
    assert [s.place for s in where(stays, person="李班长", on=april)] == ["丙班党小组"]


def test_someone_who_was_nowhere_is_at_the_new_place_until_his_next_one_begins() -> None:
    later = Stay("李班长", "丙班党小组", Span(date(2026, 4, 1)), "full")
    other = Stay("王书记", "丙班党小组", Span(date(2026, 3, 20)), "full")
    stays = transfer([later, other], person="李班长", to="乙班党小组", on=THE_14TH)
    assert stays[-1].span == Span(THE_14TH, date(2026, 4, 1)) and clashes(stays) == ()


@pytest.mark.covers("S1-03")
def test_staff_stand_in_a_group_by_whom_they_serve() -> None:
    zhou = Stay("周统计员", "甲班党小组", Span(date(2026, 1, 1)), "full", "service")
    assert where([LI, zhou], person="周统计员", on=THE_14TH)[0].basis == "service"
    assert who([LI, zhou], places={"甲班党小组"}, on=THE_14TH) == {"李班长", "周统计员"}


def test_who_is_there_can_be_asked_for_one_standing_only() -> None:
    new = Stay("新党员", "甲班党小组", Span(date(2026, 1, 1)), "probationary")
    elsewhere = Stay("王书记", "乙班党小组", Span(date(2026, 1, 1)), "full")
    stays = [LI, new, elsewhere]
    assert who(stays, places={"甲班党小组"}, on=THE_14TH, kind="full") == {"李班长"}
    assert who(stays, places={"甲班党小组"}, on=date(2025, 12, 31)) == frozenset()


def test_headcount_of_two_places_together_counts_a_person_once_a_day() -> None:
    both = [LI, Stay("李班长", "支部", Span(date(2026, 3, 11)))]
    assert person_days(both, places={"甲班党小组", "支部"}, within=MARCH) == 31
    assert len(clashes(both)) == 1


def test_a_person_gone_before_the_month_has_no_days_in_it() -> None:
    gone = Stay("外人", "甲班党小组", Span(date(2026, 1, 1), date(2026, 3, 1)))
    assert days_in([gone], MARCH) == {}


moves = st.lists(st.tuples(st.integers(1, 300), st.sampled_from("甲乙丙丁")), max_size=8)


@given(moves, st.integers(0, 250), st.integers(1, 60))
def test_however_often_one_is_moved_each_day_is_spent_in_one_place(
    plan: list[tuple[int, str]], offset: int, length: int
) -> None:
    first = date(2026, 1, 1)
    stays: tuple[Stay, ...] = (Stay("李班长", "起点", Span(first), "full"),)
    for days, place in plan:
        try:
            stays = transfer(stays, person="李班长", to=place, on=first + timedelta(days=days))
        except AlreadyThere:
            continue
    within = Span(first + timedelta(days=offset), first + timedelta(days=offset + length))
    assert sum(days_in(stays, within).values()) == length
    assert clashes(stays) == ()
    assert days_in(tidy(stays), within) == days_in(stays, within)
