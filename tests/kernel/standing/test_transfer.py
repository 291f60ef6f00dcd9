"""A move in the middle of a month: the right days, a mean by days, shares that add up to the whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.standing.errors import InputTrouble
from ronglu.kernel.standing.transfer import by_days, days_in, split

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def test_a_move_on_the_fourteenth_gives_thirteen_and_eighteen_days() -> None:
    stays = [("一支部", date(2025, 1, 1), date(2026, 3, 14)), ("二支部", date(2026, 3, 14), None)]
    assert days_in(*MARCH, stays) == {"一支部": 13, "二支部": 18}


def test_the_mean_is_weighted_by_days() -> None:
    # (13×90 + 18×80) ÷ 31 = 2610 ÷ 31 = 84.1935…
    assert by_days({"一支部": 13, "二支部": 18}, {"一支部": 9000, "二支部": 8000}) == (8419, ())


def test_days_of_a_place_without_a_score_are_left_out_and_named() -> None:
    assert by_days({"一支部": 13, "二支部": 18}, {"一支部": 9000, "二支部": None}) == (9000, ("二支部",))
    assert by_days({"二支部": 18}, {}) == (None, ("二支部",))


def test_one_day_in_two_places_is_refused() -> None:
    stays = [("一支部", date(2026, 3, 1), date(2026, 3, 15)), ("二支部", date(2026, 3, 14), None)]
    with pytest.raises(InputTrouble, match="2026-03-14 同时在 一支部 和 二支部"):
        days_in(*MARCH, stays)


def test_points_are_shared_by_days_to_the_last_hundredth() -> None:
    # 100 × 13/31 = 41.94, 100 × 18/31 = 58.06
    assert split(100, {"一支部": 13, "二支部": 18}) == {"一支部": 42, "二支部": 58}


DAYS = st.dictionaries(st.text("甲乙丙丁", min_size=1, max_size=3), st.integers(0, 31), min_size=1, max_size=6).filter(
    lambda days: sum(days.values()) > 0
)


@given(total=st.integers(-10_000, 10_000), days=DAYS)
def test_the_shares_add_up_to_the_whole(total: int, days: dict[str, int]) -> None:
    found = split(total, days)
    assert sum(found.values()) == total and found.keys() == days.keys()
    whole = sum(days.values())
    assert all(abs(found[place] * whole - total * n) < whole for place, n in days.items())


@given(days=DAYS, low=st.integers(0, 10_000), high=st.integers(0, 10_000))
def test_the_mean_lies_between_its_scores(days: dict[str, int], low: int, high: int) -> None:
    scores: dict[str, int | None] = {place: (low, high)[no % 2] for no, place in enumerate(days)}
    found, _ = by_days(days, scores)
    assert found is not None and min(low, high) <= found <= max(low, high)
