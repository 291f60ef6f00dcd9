"""What may be asked, and the smallest change that matters."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.measure.effect import EffectRules, EffectTrouble, better, check, digits, read
from ronglu.kernel.measure.indicator import Direction

COAL = packs().indicators["SM-02"]
FIRST = dt.date(2026, 3, 1)


def test_less_coal_is_better_and_what_has_no_better_side_is_refused() -> None:
    assert better(COAL) == -1
    assert better(replace(COAL, direction=Direction.UP)) == 1
    assert better(replace(COAL, direction=Direction.BAND)) == -1  # of a band the distance outside it
    with pytest.raises(EffectTrouble, match="没有好坏方向"):
        better(replace(COAL, direction=Direction.INFO))


@pytest.mark.parametrize(("days", "fine"), [(6, False), (7, True), (180, True), (181, False), (-3, False)])
def test_a_window_has_a_week_to_half_a_year(days: int, fine: bool) -> None:
    until = FIRST + dt.timedelta(days=days)
    if fine:
        check(COAL, from_on=FIRST, until_on=until)
    else:
        with pytest.raises(EffectTrouble, match="天"):
            check(COAL, from_on=FIRST, until_on=until)


def test_the_smallest_change_is_a_share_of_the_usual_level_and_never_finer_than_shown() -> None:
    rules = EffectRules(Decimal(2))
    assert rules.smallest(Decimal("36.0"), decimals=2) == Decimal("0.72")
    assert rules.smallest(Decimal("-36.0"), decimals=2) == Decimal("0.72")
    assert rules.smallest(Decimal("0.1"), decimals=2) == Decimal("0.01")


def test_the_file_declares_a_share_and_a_wrong_one_is_told() -> None:
    assert packs().base.effect.smallest_percent == Decimal(2)
    assert read({}) == EffectRules()
    for wrong in ({"smallest_percent": "两"}, {"smallest_percent": "0"}, {"smallest_percent": "100"}):
        with pytest.raises(EffectTrouble, match="smallest_percent"):
            read(wrong)


def test_of_what_is_counted_in_pieces_the_mean_of_days_is_finer_than_a_piece() -> None:
    """Three short circuits in ten days became one: with one piece a day as the least, that would be no effect."""
    shorts = packs().indicators["EL-08b"]
    assert (digits(shorts), digits(COAL)) == (2, COAL.decimals)
    assert EffectRules(Decimal(2)).smallest(Decimal("0.3"), decimals=digits(shorts)) == Decimal("0.01")
