"""The reviewed formulas give the worked figures of the trade."""

from decimal import Decimal as D

import pytest

from ronglu.kernel.measure.derived import FORMULAS, cathode_theory, dc_power, theoretical_recovery
from ronglu.kernel.measure.rounding import divide, half_up


def test_theoretical_recovery_from_three_grades_av_19():
    above, below = theoretical_recovery(D("1.20"), D("9.5"), D("0.20"))
    assert divide(above * 100, below, 2) == D("85.13")


@pytest.mark.parametrize(
    ("feed", "concentrate", "tailing"), [("1.2", "1.0", "0.2"), ("0.1", "9.5", "0.2"), ("0", "9", "0")]
)
def test_grades_in_the_wrong_order_give_no_recovery(feed, concentrate, tailing):
    assert theoretical_recovery(D(feed), D(concentrate), D(tailing)) == (None, None)


def test_a_plant_that_concentrates_nothing_has_no_recovery():
    above, below = theoretical_recovery(D("1.2"), D("1.2"), D("1.2"))
    assert divide(above, below, 2) is None


@pytest.mark.parametrize(
    ("volts", "efficiency", "power"),
    [("0.30", "96", "263.6"), ("0.28", "97", "243.5"), ("0.32", "95", "284.1"), ("0.35", "94", "314.1")],
)
def test_dc_power_from_voltage_and_efficiency_av_18(volts, efficiency, power):
    assert divide(*dc_power(D(volts), D(efficiency)), 1) == D(power)


def test_the_copper_that_a_current_deposits():
    """1.1855 g × 20 000 A × 24 h × 500 cells = 284.52 t a day."""
    assert half_up(cathode_theory(amperes=D(20_000), hours=D(24), cells=D(500)), 2) == D("284.52")


def test_every_formula_says_what_it_takes():
    assert set(FORMULAS) == {
        "theoretical_recovery",
        "recovery_gap",
        "current_efficiency",
        "dc_power",
        "energy_per_product",
    }
    for formula in FORMULAS.values():
        assert formula.label and formula.text
        assert len(formula.of(*[D(1)] * len(formula.takes))) == 2
