"""A span includes its first day and not its last; cutting and joining spans loses no day and invents none."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.org.span import BadSpan, Span, boundaries, days_within, merge

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(days)
    return Span(start, start + timedelta(days=draw(st.integers(1, 400))))


MARCH = Span.inclusive(date(2026, 3, 1), date(2026, 3, 31))


def test_the_first_day_belongs_and_the_end_day_does_not() -> None:
    span = Span(date(2026, 3, 1), date(2026, 3, 14))
    assert span.holds(date(2026, 3, 1)) and span.holds(date(2026, 3, 13))
    assert not span.holds(date(2026, 3, 14)) and not span.holds(date(2026, 2, 28))
    assert span.days == 13


def test_march_has_thirty_one_days() -> None:
    assert MARCH.days == 31


def test_a_span_that_ends_before_it_begins_is_refused_in_words() -> None:
    with pytest.raises(BadSpan, match="必须晚于起始日期"):
        Span(date(2026, 3, 14), date(2026, 3, 14))


def test_an_open_span_has_no_number_of_days_until_a_period_is_named() -> None:
    with pytest.raises(BadSpan, match="先限定统计期"):
        assert Span(date(2026, 3, 14)).days
    assert days_within([Span(date(2026, 3, 14))], MARCH) == 18


def test_a_day_covered_twice_counts_once() -> None:
    twice = [Span(date(2026, 3, 1), date(2026, 3, 11)), Span(date(2026, 3, 6), date(2026, 3, 16))]
    assert days_within(twice, MARCH) == 15


def test_touching_spans_join_and_a_gap_of_one_day_does_not() -> None:
    touching = merge([Span(date(2026, 3, 10), date(2026, 3, 20)), Span(date(2026, 3, 1), date(2026, 3, 10))])
    assert touching == (Span(date(2026, 3, 1), date(2026, 3, 20)),)
    apart = merge([Span(date(2026, 3, 1), date(2026, 3, 10)), Span(date(2026, 3, 11))])
    assert len(apart) == 2


def test_boundaries_are_the_days_on_which_something_changes() -> None:
    assert boundaries([Span(date(2026, 3, 1), date(2026, 3, 10)), Span(date(2026, 3, 10))]) == (
        date(2026, 3, 1),
        date(2026, 3, 10),
    )


@given(spans(), days)
def test_cutting_keeps_the_total_and_joining_undoes_it(span: Span, on: date) -> None:
    parts = span.split(on)
    assert sum(part.days for part in parts) == span.days
    assert merge(parts) == (span,)


@given(st.lists(spans(), max_size=6), spans())
def test_merged_spans_cover_exactly_the_same_days(many: list[Span], within: Span) -> None:
    every = {within.from_on + timedelta(days=n) for n in range(within.days)}
    covered = {day for day in every if any(span.holds(day) for span in many)}
    assert days_within(many, within) == len(covered)
    joined = merge(many)
    assert all(one.until_on < two.from_on for one, two in pairwise(joined))  # type: ignore[operator]


@given(spans(), spans())
def test_what_two_spans_share_is_the_same_either_way_round(one: Span, other: Span) -> None:
    common = one.common(other)
    assert common == other.common(one)
    assert (common is not None) == any(one.holds(other.from_on + timedelta(days=n)) for n in range(other.days))
