"""1151: own baseline, two axes, missing that is not zero, and what C2 counts as reached."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.lift import Lift, Quadrant, Trend, index, lift, lift_months
from ronglu.kernel.time.period import Period
from ronglu.packs import standing

RULES = standing.load().lift
START = date(2026, 1, 1)
CODES = ("learning", "skill", "work", "innovation", "lead")


def month(*points: float | None) -> dict[str, int | None]:
    """The five dimensions of a month, in points."""
    return {code: None if p is None else round(p * 100) for code, p in zip(CODES, points, strict=True)}


BASE = {Period.month(2026, m): month(60, 80, 70, 50, 60) for m in (1, 2, 3)}  # X 70, Y 60


def april(*points: float | None, since: date = START) -> Lift:
    now = Period.month(2026, 4)
    return lift(rules=RULES, since=since, months={**BASE, now: month(*points)}, month=now)


@pytest.mark.covers("S1-45")
def test_both_axes_against_ones_own_first_quarter() -> None:
    found = april(70, 80, 76, 50, 60)
    x, y = found.axes
    assert (x.value_h, x.base_h, x.delta_h) == (7500, 7000, 500)
    assert (y.value_h, y.base_h, y.delta_h) == (6200, 6000, 200)
    assert (found.quadrant, found.reached, str(found.baseline)) == (Quadrant.BOTH, True, "2026-Q1")
    assert found.index_h == 6850
    assert found.trend is Trend.UP  # the three months before stand at 65


@pytest.mark.parametrize(
    ("points", "quadrant", "reached"),
    [
        ((60, 80, 70, 50, 60), "持平", True),
        ((60, 80, 70, 50, 63), "单升", True),
        ((60, 79, 70, 50, 63), "单升", False),
        ((60, 80, 70, 50, 57), "下降", False),
        ((50, 80, 70, 50, 57), "下降", False),
    ],
)
def test_the_quadrant_says_which_axes_rose(points: tuple[float, ...], quadrant: str, reached: bool) -> None:
    found = april(*points)
    assert (found.quadrant.label, found.reached) == (quadrant, reached)


def test_a_dimension_that_falls_out_is_neither_a_rise_nor_a_fall() -> None:
    found = april(None, 80, 70, 50, 60)
    x = found.axes[0]
    # skill alone stands at 80 and stood at 80: no rise, though the axis before was 70
    assert (x.value_h, x.base_h, x.delta_h) == (8000, 7000, 0)
    assert (x.missing, x.compared, found.missing) == (("学习力",), ("技能力",), ("学习力",))
    assert found.quadrant is Quadrant.LEVEL


def test_an_axis_with_nothing_is_missing_and_leaves_the_index_open() -> None:
    found = april(None, None, 70, 50, 60)
    assert (found.axes[0].value_h, found.axes[0].delta_h, found.index_h, found.reached) == (None, None, None, None)
    assert (found.quadrant.label, found.trend.label) == ("缺数", "还看不出")


def test_the_first_full_quarter_is_the_baseline_and_says_so() -> None:
    march = Period.month(2026, 3)
    found = lift(rules=RULES, since=START, months=BASE, month=march)
    assert (found.quadrant.label, found.reached, found.axes[0].delta_h) == ("基线期", None, None)
    assert found.axes[0].value_h == 7000


def test_who_begins_inside_a_quarter_starts_with_the_next() -> None:
    found = april(70, 80, 76, 50, 60, since=date(2026, 1, 2))
    assert (str(found.baseline), found.quadrant.label) == ("2026-Q2", "基线期")


def test_a_quarter_without_figures_is_no_baseline() -> None:
    months = {**{p: month(None, None, 70, 50, 60) for p in BASE}, Period.month(2026, 4): month(60, 80, 70, 50, 60)}
    found = lift(rules=RULES, since=START, months=months, month=Period.month(2026, 4))
    assert str(found.baseline) == "2026-Q2"


def test_values_outside_0_to_100_and_unknown_dimensions_are_refused() -> None:
    with pytest.raises(InputTrouble) as refused:
        lift(
            rules=RULES,
            since=START,
            months={Period.month(2026, 1): {"work": 10_001, "zeal": 1}},
            month=Period.month(2026, 1),
        )
    assert refused.value.problems == (
        "2026-01 没有“zeal”这个维度",
        "2026-01 业绩力应在 0 到 100 之间，现为 100.01",
    )


VALUE = st.none() | st.integers(0, 10_000)
MONTH = st.fixed_dictionaries(dict.fromkeys(CODES, VALUE))


@given(values=MONTH)
def test_the_index_stays_between_0_and_100(values: dict[str, int | None]) -> None:
    found = index(RULES, values)
    assert found is None or 0 <= found <= 10_000


@given(values=MONTH, code=st.sampled_from(CODES), more=st.integers(0, 500))
def test_a_better_dimension_never_lowers_axis_or_delta(values: dict[str, int | None], code: str, more: int) -> None:
    now = Period.month(2026, 4)
    better = {**values, code: min(10_000, (values[code] or 0) + more) if values[code] is not None else None}
    before, after = (lift(rules=RULES, since=START, months={**BASE, now: v}, month=now) for v in (values, better))
    for one, two in zip(before.axes, after.axes, strict=True):
        assert (one.value_h is None) == (two.value_h is None) and (one.value_h or 0) <= (two.value_h or 0)
        assert one.delta_h is None or (two.delta_h is not None and one.delta_h <= two.delta_h)


@given(values=st.lists(MONTH, min_size=1, max_size=8), since=st.dates(date(2025, 12, 1), date(2026, 5, 1)))
def test_a_later_month_never_changes_what_was_said_of_an_earlier_one(
    values: list[dict[str, int | None]], since: date
) -> None:
    months = {Period.month(2026, no): row for no, row in enumerate(values, 1)}
    for month, found in lift_months(rules=RULES, since=since, months=months).items():
        alone = lift(rules=RULES, since=since, months=months, month=month)
        assert (alone.axes, alone.index_h, alone.trend) == (found.axes, found.index_h, found.trend)
        assert (alone.quadrant, alone.reached) == (found.quadrant, found.reached)


def test_no_months_give_nothing() -> None:
    assert lift_months(rules=RULES, since=START, months={}) == {}
