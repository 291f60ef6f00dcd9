"""What holds for every shape whatever the facts: bounds, monotony, order, and exactness against fractions."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.rules.arith import FULL, div, points_h
from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes import Band, By, How, Part, Parts
from ronglu.kernel.rules.state import State
from tests.kernel.rules.made import CURVE, deduct, rate, reading, target, target_pp

COUNTS = st.integers(0, 500)
VALUES = st.integers(-(10**9), 10**9)
CLOSED = st.builds(lambda done, late: Line("c", done, done + late), COUNTS, COUNTS)
MISSED = st.builds(lambda n, due: Line("missed", n, due), COUNTS, COUNTS)
READ = st.builds(
    lambda actual, plan, better, weight: reading(actual, plan, better, weight=weight),
    VALUES, st.integers(1, 10**9), st.sampled_from(["up", "down"]), st.integers(1, 50),
)  # fmt: skip
PERCENT = st.builds(
    lambda actual, plan, better, tol: reading(actual, plan, better, method="points", tol=tol),
    st.integers(0, 10**4), st.integers(0, 10**4), st.sampled_from(["up", "down"]), st.integers(1, 500),
)  # fmt: skip
GAPS = st.builds(lambda n, d: Line("g", n, d), st.integers(-900, 900), st.integers(1, 900))
BAND = Band(of=600, by=By.VALUE, value="缩小", steps=((100_000, 600), (0, 400)), otherwise=200)
MIXED = Parts(of=1000, how=How.INDICATORS, parts=(Part("t", "达成", target(1000)), Part("p", "差值", target_pp(1000))))
CASES: list[tuple[Shape, st.SearchStrategy[Line]]] = [
    (rate(), CLOSED),
    (deduct(800), MISSED),
    (target(), READ),
    (target_pp(), PERCENT),
    (BAND, GAPS),
    (MIXED, READ | PERCENT),
]
CASE = st.sampled_from(CASES).flatmap(lambda case: st.tuples(st.just(case[0]), st.lists(case[1], max_size=6)))


@given(CASE)
def test_a_share_lies_between_zero_and_one(case: tuple[Shape, list[Line]]) -> None:
    shape, lines = case
    basis = Basis(tuple(lines))
    if shape.readiness(basis) is State.SCORED:
        assert 0 <= shape.ppb(basis) <= FULL


@given(CASE.flatmap(lambda case: st.tuples(st.just(case), st.permutations(case[1]))))
def test_the_order_of_rows_changes_nothing(both: tuple[tuple[Shape, list[Line]], list[Line]]) -> None:
    (shape, lines), shuffled = both
    one, other = Basis(tuple(lines)), Basis(tuple(shuffled))
    assert shape.readiness(one) is shape.readiness(other)
    if shape.readiness(one) is State.SCORED:
        assert shape.ppb(one) == shape.ppb(other)


@given(CASE)
def test_every_scored_basis_can_be_explained_and_ends_in_its_share(case: tuple[Shape, list[Line]]) -> None:
    shape, lines = case
    basis = Basis(tuple(lines))
    if shape.readiness(basis) is State.SCORED:
        assert D(shape.explain(basis)[-1].value) == shape.share(basis)


@given(st.integers(0, 10**18), st.integers(1, 10**18))
def test_rounding_is_half_up_as_fractions_say(num: int, den: int) -> None:
    assert div(num, den) == int(Fraction(num, den) + Fraction(1, 2))


@given(st.lists(CLOSED, min_size=1, max_size=5))
def test_closing_one_more_never_costs(lines: list[Line]) -> None:
    shape = rate()
    last = lines[-1]
    better = (*lines[:-1], replace(last, num=(last.num or 0) + 1, den=max(last.den, 1)))
    if sum(line.den for line in lines):
        assert shape.ppb(Basis(better)) >= shape.ppb(Basis(tuple(lines)))


@given(st.lists(MISSED, min_size=1, max_size=5))
def test_one_more_miss_never_pays(lines: list[Line]) -> None:
    shape = deduct(800)
    worse = (*lines[:-1], replace(lines[-1], num=(lines[-1].num or 0) + 1))
    assert shape.ppb(Basis(worse)) <= shape.ppb(Basis(tuple(lines)))


@given(READ | PERCENT, st.integers(1, 10**6))
def test_a_better_reading_never_costs(line: Line, step: int) -> None:
    better = replace(line, num=(line.num or 0) + (-step if line.direction == "down" else step))
    assert MIXED.ppb(Basis.of(better)) >= MIXED.ppb(Basis.of(line))


@given(st.integers(0, 2_000_000))
def test_the_curve_is_the_straight_line_between_its_knots(a_ppm: int) -> None:
    got = Fraction(CURVE.at(a_ppm, 2 * FULL), FULL)
    knots = [(Fraction(a, 10**6), Fraction(s, FULL)) for a, s in CURVE.knots]
    a = Fraction(a_ppm, 10**6)
    if a < knots[0][0]:
        assert got == 0
    elif a >= knots[-1][0]:
        assert got == knots[-1][1]
    else:
        (a0, s0), (a1, s1) = next(pair for pair in pairwise(knots) if pair[0][0] <= a < pair[1][0])
        assert abs(got - (s0 + (a - a0) * (s1 - s0) / (a1 - a0))) <= Fraction(1, 2 * FULL)


@given(st.integers(0, FULL), st.integers(1, 10_000))
def test_points_are_within_half_a_hundredth_of_the_exact_product(ppb: int, full_h: int) -> None:
    assert abs(points_h(ppb, full_h) - Fraction(ppb * full_h, FULL)) <= Fraction(1, 2)


@given(st.lists(READ, min_size=1, max_size=6), st.integers(2, 100))
def test_weights_matter_only_in_proportion(lines: list[Line], times: int) -> None:
    scaled = tuple(replace(line, weight=line.weight * times) for line in lines)
    assert target().ppb(Basis(scaled)) == target().ppb(Basis(tuple(lines)))
