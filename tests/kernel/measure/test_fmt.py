"""Numbers as people write them."""

from decimal import Decimal as D

import pytest

from ronglu.kernel.measure import fmt
from ronglu.kernel.measure.compare import Change


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(7_476_000, 0, "7,476,000"), (D("84.545"), 2, "84.55"), (D("-46.835"), 2, "−46.84"), (D("-0.001"), 2, "0.00"),
     (None, 2, "—"), (D("1E+4"), 0, "10,000")],
)  # fmt: skip
def test_thousands_are_separated_and_decimals_fixed(value, decimals, text):
    assert fmt.number(value, decimals) == text


def test_a_unit_stands_after_a_space_and_not_after_nothing():
    assert fmt.quantity(D("263.6"), "kWh/t", 1) == "263.6 kWh/t"
    assert fmt.quantity(None, "kWh/t") == "—"
    assert fmt.percent(D("74.76")) == "74.76 %"
    assert fmt.quantity(D("8.37"), "—", 2) == "8.37"


def test_differences_carry_their_sign():
    assert [fmt.signed(D(value), 1) for value in ("1", "-1", "0.04")] == ["+1.0", "−1.0", "0.0"]
    assert fmt.points(D("1")) == "+1.00 个百分点" and fmt.points(None) == "—"


def test_a_change_is_a_percentage_or_its_word():
    assert fmt.change(Change(D(450), D("4.50"))) == "+4.50 %"
    assert fmt.change(Change(D(80), None, "扭亏")) == "扭亏"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(820_000, "元", "82.0 万元"), (10_000, "元", "1.0 万元"), (7_476_000, "t", "747.6 万吨"), (9_999, "t", "9,999.0 t"), (D("2.5e9"), "kWh", "25.0 亿千瓦时"),
     (-820_000, "元", "−82.0 万元"), (50_000, "块", "50,000.0 块"), (None, "元", "—")],
)  # fmt: skip
def test_large_amounts_are_spoken_in_wan_and_yi(value, unit, text):
    assert fmt.spoken(value, unit, 1) == text
