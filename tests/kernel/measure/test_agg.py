"""Sums join in any order and any grouping; units side by side differ from parts of time."""

from datetime import datetime, timedelta
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.agg import EMPTY, merge, merge_all, one, pool, pool_all

START = datetime(2026, 3, 1, 8)
values = st.one_of(st.none(), st.decimals(min_value=-(10**6), max_value=10**6, places=3))
slots = st.lists(values, max_size=30).map(
    lambda read: [one(value, at=START + timedelta(hours=8 * no), hours=D(8)) for no, value in enumerate(read)]
)


@given(slots, st.data())
def test_the_parts_of_a_month_give_the_month_wherever_it_is_cut(read, data):
    cut = data.draw(st.integers(0, len(read)))
    assert merge([merge(read[:cut]), merge(read[cut:])]) == merge(read)


@given(slots, st.randoms())
def test_the_order_of_the_readings_does_not_matter(read, random):
    mixed = list(read)
    random.shuffle(mixed)
    assert merge(mixed) == merge(read)
    assert pool(mixed) == pool(read)


@given(slots, slots, slots)
def test_joining_is_associative(a, b, c):
    a, b, c = merge(a), merge(b), merge(c)
    assert merge([merge([a, b]), c]) == merge([a, merge([b, c])])
    assert pool([pool([a, b]), c]) == pool([a, pool([b, c])])


@given(slots)
def test_nothing_read_adds_nothing(read):
    whole = merge(read)
    assert merge([whole, EMPTY]) == merge([EMPTY, whole]) == whole


def test_a_missing_reading_is_not_a_zero():
    read = merge([one(D(10)), one(None), one(D(20))])
    assert (read.total, read.n, read.low) == (D(30), 2, D(10))
    assert merge([one(D(10)), one(D(0))]).low == D(0)


def test_the_latest_reading_is_the_last_one_in_time_not_in_the_list():
    late, early = one(D(7), at=datetime(2026, 3, 2)), one(D(9), at=datetime(2026, 3, 1))
    assert merge([late, early]).last == D(7)


def test_end_states_of_units_add_up_while_counters_show_the_longest():
    a, b = one(D(700), at=START), one(D(300), at=START)
    assert pool([a, b]).last == D(1000)
    assert pool([a, b], counter=True).last == D(700)


def test_joining_key_by_key_keeps_keys_that_only_one_part_has():
    joined = merge_all([{"ore": one(D(1))}, {"ore": one(D(2)), "coal": one(D(5))}])
    assert (joined["ore"].total, joined["coal"].total) == (D(3), D(5))


def test_pooling_key_by_key_knows_counters_by_their_key():
    units = [{"heats@overhauls": one(D(700)), "stock": one(D(1))}, {"heats@overhauls": one(D(300)), "stock": one(D(2))}]
    joined = pool_all(units)
    assert (joined["heats@overhauls"].last, joined["stock"].last) == (D(700), D(3))
