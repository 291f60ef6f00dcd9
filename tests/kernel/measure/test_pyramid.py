"""A drawn series has every extreme of the raw one, a ratio of days is the quotient of their sums, and a gap stays a gap."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, Term
from ronglu.kernel.measure.pyramid import (
    LEVELS,
    STEP,
    Bucket,
    above,
    below,
    climb,
    drawn,
    figure,
    fit,
    join,
    leaf,
    touched,
)

DAYS = st.dictionaries(
    st.integers(700_000, 700_400),
    st.tuples(st.integers(0, 9_999), st.integers(1, 99)),
    max_size=120,
)
"""Ordinal → coal in hundredths of a kilogram and tonnes of feed: the day's rate is their quotient."""
RATE = Indicator(
    code="SM-02", name="煤耗", en="Coal rate", unit="kg/t", direction=Direction.DOWN, rollup=RollUp.RATIO,
    numerator=(Term("sm_coal"),), denominator=(Term("sm_feed_dry"),), decimals=2,
)  # fmt: skip


def one(rollup: RollUp, decimals: int = 2, **more: object) -> Indicator:
    return Indicator(
        code="X", name="某量", en="x", unit="t", direction=Direction.UP, rollup=rollup, numerator=(Term("x"),),
        decimals=decimals, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def leaves(days: Mapping[int, tuple[int, int]]) -> dict[int, Bucket]:
    return {
        day: leaf(Decimal(coal) / 100 / feed, Decimal(coal) / 100, Decimal(feed)) for day, (coal, feed) in days.items()
    }


def built(days: Mapping[int, Bucket]) -> dict[int, dict[int, Bucket]]:
    """From nothing, level upon level."""
    found = {0: dict(days)}
    for level in range(1, LEVELS + 1):
        found[level] = above(found[level - 1])
    return found


@given(DAYS)
def test_every_level_is_what_brute_force_over_its_days_gives(days: dict[int, tuple[int, int]]) -> None:
    raw = leaves(days)
    for level, buckets in built(raw).items():
        width = STEP**level
        assert buckets.keys() == {day // width for day in days}
        for place, bucket in buckets.items():
            inside = sorted(day for day in days if day // width == place)
            values = [raw[day].low for day in inside]
            assert (bucket.low, bucket.high, bucket.last, bucket.days) == (
                min(values), max(values), values[-1], len(inside),
            )  # fmt: skip
            coal, feed = (sum(days[day][n] for day in inside) for n in (0, 1))
            exact = Fraction(coal, 100 * feed)
            shown = drawn(RATE, bucket, figure(RATE, bucket))
            # rounded at six decimals and then at two: at most a hair beyond half of the last one
            assert shown is not None and abs(Fraction(shown) - exact) <= Fraction(1, 200) + Fraction(1, 10**6)


@given(DAYS, st.integers(30, 1000))
def test_whatever_the_width_no_extreme_of_the_raw_series_is_lost(days: dict[int, tuple[int, int]], pixels: int) -> None:
    raw = leaves(days)
    level = fit(401, pixels)
    shown = built(raw)[level]
    if not raw:
        assert shown == {}
        return
    assert max(b.high for b in shown.values()) == max(b.high for b in raw.values())
    assert min(b.low for b in shown.values()) == min(b.low for b in raw.values())
    # and each lies where its day lies
    top = max(raw, key=lambda day: raw[day].high or Decimal(0))
    assert shown[top // STEP**level].high == raw[top].high


@given(DAYS, st.integers(700_000, 700_400), st.tuples(st.integers(0, 9_999), st.integers(1, 99)) | st.none())
@example({700_001: (5, 1), 700_009: (7, 1)}, 700_001, None)
def test_a_corrected_day_gives_what_building_anew_gives_and_moves_its_own_buckets_alone(
    days: dict[int, tuple[int, int]], day: int, correction: tuple[int, int] | None
) -> None:
    """A reading taken back leaves no zero behind: its bucket goes, where it was the only one."""
    before = built(leaves(days))
    changed = {at: value for at, value in days.items() if at != day} | ({day: correction} if correction else {})
    after = built(leaves(changed))

    def stored(level: int, places: range) -> dict[int, Bucket]:
        kept = after[0] if level == 0 else before[level]
        return {place: bucket for place, bucket in kept.items() if place in places}

    made = climb(day, day, of=stored)
    for level in range(1, LEVELS + 1):
        mine = {day // STEP**level}
        assert made[level].keys() <= mine
        assert {p: b for p, b in before[level].items() if p not in mine} | made[level] == after[level]


@given(st.integers(700_000, 700_400), st.integers(0, 70), DAYS)
def test_a_month_climbs_to_the_same_buckets_as_building_anew(
    first: int, more: int, days: dict[int, tuple[int, int]]
) -> None:
    whole = built(leaves(days))
    made = climb(first, first + more, of=lambda level, at: {p: b for p, b in whole[level].items() if p in at})
    for level, buckets in made.items():
        places = touched(first, first + more, level)
        assert buckets == {p: b for p, b in whole[level].items() if p in places}


def test_a_month_of_31_days_touches_fifteen_buckets_at_most() -> None:
    """31 days lie in at most 9 buckets of 4, 3 of 16, 2 of 64 and 2 of 256 days."""
    for first in range(700_000, 700_256):
        assert sum(len(touched(first, first + 30, level)) for level in range(1, LEVELS + 1)) <= 9 + 3 + 2 + 2


def test_the_buckets_below_tile_the_buckets_above() -> None:
    assert list(below(range(5, 7))) == [20, 21, 22, 23, 24, 25, 26, 27]


def test_a_day_nobody_read_is_a_gap_and_no_zero() -> None:
    unread, read = leaf(None), leaf(Decimal(7), Decimal(7))
    assert join([unread, read, unread]) == Bucket(Decimal(7), Decimal(7), Decimal(7), num=Decimal(7), den=None, days=1)
    nothing = join([unread, unread])
    assert (nothing.low, nothing.high, nothing.last, nothing.num, nothing.days) == (None, None, None, None, 0)
    assert drawn(RATE, nothing, figure(RATE, nothing)) is None


def test_what_was_burned_while_nothing_was_fed_counts_in_the_days_together() -> None:
    """10 kg on 1 t, then 6 kg on 0 t: the second day has no rate, the two together have 16."""
    both = join([leaf(Decimal(10), Decimal(10), Decimal(1)), leaf(None, Decimal(6), Decimal(0))])
    assert drawn(RATE, both, figure(RATE, both)) == Decimal("16.00")
    assert (both.low, both.high, both.days) == (Decimal(10), Decimal(10), 1)


def test_days_together_follow_the_indicators_own_way() -> None:
    """Days of 1, 5 and 3: a sum is shown by the day, an end state is the last, a peak the highest."""
    three = join(leaf(Decimal(n), Decimal(n)) for n in (1, 5, 3))
    ways = {RollUp.SUM: "3.0000", RollUp.COUNT: "3.0000", RollUp.LAST: "3.00", RollUp.MAX: "5.00", RollUp.MIN: "1.00"}
    ways |= {RollUp.SINCE: "3.00"}
    for rollup, text in ways.items():
        assert str(drawn(one(rollup), three, figure(one(rollup), three))) == text
    assert figure(one(RollUp.SUM), three) == 9


def test_an_indicator_made_of_others_is_made_of_what_they_came_to() -> None:
    """900 kgce on 30 t are 30.00 whatever the single days were."""
    energy = one(RollUp.DERIVED, derived="energy_per_product", of=("E", "P"))
    days = join([leaf(Decimal(10)), leaf(Decimal(90))])
    assert drawn(energy, days, figure(energy, days, {"E": Decimal(900), "P": Decimal(30)})) == Decimal("30.00")
    assert figure(energy, days, {"E": Decimal(900), "P": None}) is None


def test_the_level_that_fits_a_drawing() -> None:
    """Ten years are 3,653 days: 914 buckets of four on 960 pixels, 229 of sixteen on 300; a year fits by the day."""
    assert [fit(days, 960) for days in (365, 960, 961, 3_653, 3_841)] == [0, 0, 1, 1, 2]
    assert fit(3_653, 300) == 2
    assert fit(10**6, 10) == LEVELS
