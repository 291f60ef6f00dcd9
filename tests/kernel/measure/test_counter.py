"""A counter runs until its event; the slot of the event still belongs to the campaign that ends."""

from datetime import datetime, timedelta
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.measure.agg import merge, pool
from ronglu.kernel.measure.counter import Slot, agg, campaigns, run
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, Term
from ronglu.kernel.measure.records import is_record
from ronglu.kernel.measure.rollup import counters, value

START = datetime(2026, 3, 1, 8)
LIFE = Indicator(
    code="SM-10", name="转炉炉寿", en="Campaign", unit="炉", direction=Direction.UP, rollup=RollUp.SINCE,
    numerator=(Term("heats"),), event="overhauls", decimals=0,
)  # fmt: skip


def slots(*rows):
    return [
        Slot(START + timedelta(hours=8 * no), None if count is None else D(count), events)
        for no, (count, events) in enumerate(rows)
    ]


def test_an_overhaul_after_1983_heats_stores_the_campaign_and_sets_the_counter_to_zero_av_9():
    reached = run(slots((5, 0), (4, 0), (4, 1)), opening=D(1970))
    assert [(one.height, one.closed_at) for one in campaigns(reached)] == [(D(1983), START + timedelta(hours=16))]
    assert value(LIFE, {"heats@overhauls": agg(reached)}).shown == D(0)
    assert agg(reached).high == D(1983)
    assert is_record(D(1983), D(1702)) and not is_record(D(1983), D(1983))


def test_the_next_campaign_starts_from_nothing():
    reached = run(slots((4, 1), (3, 0), (2, 0)), opening=D(100))
    assert value(LIFE, {"heats@overhauls": agg(reached)}).shown == D(5)


def test_a_missing_reading_leaves_the_counter_where_it_was_and_is_not_counted_as_read():
    reached = run(slots((3, 0), (None, 0), (2, 0)))
    assert (agg(reached).last, agg(reached).n) == (D(5), 2)


def test_two_converters_show_the_longer_campaign():
    a, b = agg(run(slots((3, 0)), opening=D(500))), agg(run(slots((3, 0)), opening=D(900)))
    assert value(LIFE, {"heats@overhauls": pool([a, b], counter=True)}).shown == D(903)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1)), max_size=40), st.data())
def test_two_half_months_give_the_month(rows, data):
    whole = run(slots(*rows), opening=D(7))
    cut = data.draw(st.integers(0, len(rows)))
    assert merge([agg(whole[:cut]), agg(whole[cut:])]) == agg(whole)


def test_the_indicator_names_its_counter():
    assert [key.text for key in counters(LIFE)] == ["heats@overhauls"]
