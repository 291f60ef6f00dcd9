"""Which state an item is in, and what stands then."""

from decimal import Decimal

import pytest

from ronglu.kernel.rules.basis import Basis, Direction, Line, Method, merged
from ronglu.kernel.rules.score import imported, judge
from ronglu.kernel.rules.shapes import How, Panel, Part, Parts, Veto
from ronglu.kernel.rules.state import State, WhenNothing
from ronglu.kernel.time.period import Period
from tests.kernel.rules.made import closed, item, rate, reading, target


def test_a_scored_item_has_points_and_share() -> None:
    score = judge(item=item(rate(1200)), basis=closed(11, 12))
    assert (score.state, score.won_h, score.share_ppb, score.lost_h) == (State.SCORED, 1100, 916_666_667, 100)


@pytest.mark.parametrize(
    ("settled", "state", "won"),
    [
        (WhenNothing.FULL, State.NOTHING, 1000),
        (WhenNothing.ZERO, State.NOTHING, 0),
        (WhenNothing.NOT_APPLICABLE, State.NOT_APPLICABLE, None),
    ],
)
def test_when_nothing_happened_the_item_says_what_it_is_worth(
    settled: WhenNothing, state: State, won: int | None
) -> None:
    score = judge(item=item(rate(), when_nothing=settled), basis=Basis())
    assert (score.state, score.won_h) == (state, won)


def test_an_item_without_its_facts_is_not_wired_whatever_the_rows_say() -> None:
    assert judge(item=item(rate()), basis=closed(1, 1), wired=False).state is State.NOT_WIRED


@pytest.mark.parametrize(
    ("covered", "state"), [(81, State.SCORED), (80, State.READINGS_MISSING), (0, State.READINGS_MISSING)]
)
def test_ninety_percent_of_readings_is_enough_and_less_is_not(covered: int, state: State) -> None:
    basis = Basis.of(reading(98, 100), covered=covered, expected=90)
    score = judge(item=item(target(), min_coverage=90, evidence=("indicator",)), basis=basis)
    assert score.state is state and (score.won_h is None) == (state is State.READINGS_MISSING)


def test_missing_coverage_wins_over_nothing_happened() -> None:
    exceedances = item(rate(), min_coverage=95, when_nothing=WhenNothing.FULL)
    assert judge(item=exceedances, basis=Basis(covered=94, expected=100)).state is State.READINGS_MISSING
    assert judge(item=exceedances, basis=Basis(covered=95, expected=100)).won_h == 1000


def test_a_branch_without_lines_expects_no_readings() -> None:
    score = judge(item=item(target(), min_coverage=90), basis=Basis(covered=0, expected=0))
    assert score.state is State.NOT_APPLICABLE


def test_readings_without_any_plan_are_missing_and_not_zero() -> None:
    score = judge(item=item(target()), basis=Basis.of(reading(98, None)))
    assert (score.state, score.won_h) == (State.READINGS_MISSING, None)


def test_an_unjudged_panel_item_waits_and_blocks_the_lock() -> None:
    panel = Panel(of=500, subject="做法", reviewers=3, rubric=("1", "2", "3", "4", "5"))
    score = judge(item=item(panel), basis=Basis.of(Line("a", 8, 10)))
    assert score.state is State.AWAITING_REVIEW and score.state.blocks_lock and not score.state.available


def test_a_proposed_veto_is_told_even_where_nothing_was_due() -> None:
    shape = Parts(
        of=1200,
        how=How.VETO,
        parts=(Part("c", "闭环", rate(1200)), Part("m", "重大", Veto(of=1200, reason="major", event="逾期"))),
    )
    score = judge(item=item(shape, when_nothing=WhenNothing.FULL), basis=Basis.of(Line("o", 1, 0, "m")))
    assert (score.state, score.won_h, score.vetoes) == (State.NOTHING, 1200, ("major",))


def test_an_imported_figure_stands_within_the_full_points() -> None:
    score = imported(item=item(rate()), won_h=850, period=Period.month(2026, 3), ground="党群部 3 月审定表")
    assert (score.state, score.won_h, score.note) == (State.IMPORTED, 850, "导入：党群部 3 月审定表")


@pytest.mark.parametrize("won", [-1, 1001])
def test_an_imported_figure_outside_is_refused(won: int) -> None:
    with pytest.raises(ValueError, match="不在 0 与满分之间"):
        imported(item=item(rate()), won_h=won, period=Period.month(2026, 3), ground="—")


def test_a_basis_survives_being_stored() -> None:
    row = Line(
        "SM-02", 4336, 1, label="煤耗", plan=4200, method=Method.ATTAINMENT, direction=Direction.DOWN, decimals=2
    )
    basis = Basis.of(row, Line("x", None, 3, part="p"), covered=89, expected=90)
    assert Basis.from_data(basis.as_data()) == basis
    assert basis.as_data()["lines"][1] == {"key": "x", "num": None, "den": 3, "part": "p"}


def test_two_sources_of_one_item_add_their_rows_and_coverage() -> None:
    both = merged([Basis(closed(1, 2).lines, 3, 4), Basis(closed(3, 5).lines)])
    assert (both.num, both.den, both.covered, both.expected) == (4, 7, 3, 4)


def test_an_item_of_two_hundredths_is_rounded_once() -> None:
    # 7/8 of 7 points is 6.125 exactly
    assert judge(item=item(rate(700)), basis=closed(7, 8)).won_h == 613
    assert Decimal(613).scaleb(-2) == Decimal("6.13")
