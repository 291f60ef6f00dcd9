"""Coverage tells how much was read; the worst-read input counts."""

from decimal import Decimal as D

from ronglu.kernel.measure.agg import Agg
from ronglu.kernel.measure.coverage import Coverage, covered, covered_all, mean, together
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp, Term


def read(n: int) -> Agg:
    return Agg(total=D(n), n=n)


COAL = Indicator(
    code="SM-02", name="煤耗", en="Coal", unit="kg/t", direction=Direction.DOWN, rollup=RollUp.RATIO,
    numerator=(Term("coal"), Term("oil", optional=True)), denominator=(Term("feed"),),
)  # fmt: skip


def test_the_mean_of_what_was_read_says_how_much_that_was():
    found = mean([D(10), None, D(20)])
    assert (found.mean, found.n, found.coverage.percent) == (D("15.00"), 2, D("66.67"))
    assert mean([None]).mean is None


def test_the_worst_read_input_is_the_coverage_and_optional_ones_do_not_count():
    assert covered(COAL, {"coal": read(90), "feed": read(88)}, 93) == Coverage(88, 93)
    assert covered(COAL, {"coal": read(93)}, 93) == Coverage(0, 93)


def test_inputs_of_different_rhythm_are_measured_by_their_own():
    found = covered(COAL, {"coal": read(1), "feed": read(45)}, {"coal": 1, "feed": 90})
    assert (str(found), found.percent) == ("45/90", D("50.00"))


def test_a_derived_indicator_is_read_as_badly_as_its_worst_part():
    sums = {"A": ("a",), "B": ("b",)}
    made = {
        code: Indicator(
            code=code, name="", en="", unit="t", direction=Direction.UP, rollup=RollUp.SUM, numerator=(Term(*series),)
        )
        for code, series in sums.items()
    }
    made["C"] = Indicator(
        code="C",
        name="",
        en="",
        unit="t",
        direction=Direction.UP,
        rollup=RollUp.DERIVED,
        derived="recovery_gap",
        of=("A", "B"),
    )
    assert covered_all("C", made, {"a": read(10), "b": read(7)}, 10) == Coverage(7, 10)


def test_enough_is_a_matter_of_the_exact_share():
    assert Coverage(9, 10).enough(D("0.90")) and not Coverage(89, 100).enough(D("0.90"))
    assert not Coverage(0, 0).enough(D("0.90")) and Coverage(0, 0).percent is None


def test_surplus_readings_of_one_line_do_not_hide_the_gaps_of_another():
    assert together([Coverage(12, 10), Coverage(5, 10)]) == Coverage(15, 20)
    assert Coverage(12, 10).percent == D("100.00")
