"""Each shape against points worked out by hand."""

from decimal import Decimal as D

import pytest

from ronglu.kernel.rules.arith import div
from ronglu.kernel.rules.basis import Basis, Line
from ronglu.kernel.rules.errors import BasisProblem, NotReady
from ronglu.kernel.rules.shapes import MET, Band, By, How, Milestone, Panel, Part, Parts, PerEvent, Price, Veto
from ronglu.kernel.rules.state import State, WhenNothing
from tests.kernel.rules.made import closed, deduct, item, missed, rate, reading, target, target_pp


def test_half_goes_up_and_nothing_else_does() -> None:
    assert [div(5, 10), div(4, 10), div(15, 10), div(14, 10), div(0, 7)] == [1, 0, 2, 1, 0]


def test_a_share_of_a_negative_number_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="分子不得为负"):
        div(-1, 2)


def test_eleven_of_twelve_measures_give_eleven_of_twelve_points() -> None:
    shape = rate(1200)
    assert shape.share(closed(11, 12)) == D("0.916666667")
    assert shape.points(item(shape), closed(11, 12)) == D("11.00")


def test_more_done_than_due_is_full_and_not_more() -> None:
    assert rate().share(closed(5, 3)) == D(1)


def test_rows_of_several_lines_are_added_before_they_are_divided() -> None:
    # 1/1 and 0/9: the mean of the rates would be 0.5
    assert rate().share(Basis.of(Line("a", 1, 1), Line("b", 0, 9))) == D("0.1")


def test_done_without_due_is_refused_by_name() -> None:
    with pytest.raises(BasisProblem, match="“到期”是 0，“按期办结”却有 2"):
        rate().share(closed(2, 0))


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(NotReady, match="无事项"):
        rate().share(Basis())


def test_a_milestone_is_judged_like_a_rate() -> None:
    assert Milestone(of=800, done="完成", due="到期").share(closed(2, 3)) == D("0.666666667")


@pytest.mark.parametrize(("times", "points"), [(0, "8.00"), (1, "6.00"), (4, "0.00"), (5, "0.00")])
def test_each_miss_costs_and_the_floor_is_zero(times: int, points: str) -> None:
    shape = deduct(800)
    assert shape.points(item(shape), missed(times, 6)) == D(points)


def test_two_kinds_of_miss_have_two_prices() -> None:
    shape = deduct(300, missing_doc=100, overdue=200)
    both = Basis.of(Line("missing_doc", 1), Line("overdue", 1))
    assert shape.share(both) == D(0)
    assert shape.share(missed(1, key="missing_doc")) == D("0.666666667")


def test_nothing_due_is_not_the_same_as_all_done() -> None:
    assert deduct().readiness(missed(0, 0)) is State.NOTHING
    assert deduct().readiness(missed(0, 3)) is State.SCORED


def test_an_event_without_a_price_is_named_with_those_that_have_one() -> None:
    with pytest.raises(BasisProblem, match=r"“late”没有定价：这一项只认 missed"):
        deduct().share(missed(1, key="late"))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(BasisProblem, match="零或正整数"):
        deduct().share(missed(-1))


def test_events_pay_up_to_the_cap() -> None:
    shape = PerEvent(of=500, prices=(Price("adopted", "被采用", 200),), cap=300)
    assert shape.points(item(shape), missed(1, key="adopted")) == D("2.00")
    assert shape.points(item(shape), missed(4, key="adopted")) == D("3.00")


def test_a_veto_shape_proposes_its_reason() -> None:
    shape = Veto(of=100, reason="major", event="重大隐患逾期")
    assert shape.vetoes(missed(1, 1)) == ("major",) and shape.share(missed(1, 1)) == D(0)
    assert shape.vetoes(missed(0, 1)) == () and shape.share(missed(0, 1)) == D(1)


@pytest.mark.parametrize(
    ("actual", "share"),
    [
        (10_500, "1"),  # 1.05 gives 1.10, capped while bonus is off
        (10_000, "1"),
        (9_900, "0.95"),  # half way from 0.98 to 1.00
        (9_800, "0.9"),
        (9_650, "0.8"),
        (9_500, "0.7"),
        (9_000, "0.4"),
        (8_750, "0.2"),
        (8_500, "0"),
        (8_499, "0"),
        (0, "0"),
        (-5, "0"),
    ],
)
def test_attainment_follows_the_published_curve(actual: int, share: str) -> None:
    assert target().share(Basis.of(reading(actual, 10_000))) == D(share)


def test_overshoot_pays_only_when_bonus_is_on() -> None:
    on = target(cap=1_100_000_000)
    assert on.share(Basis.of(reading(10_250, 10_000))) == D("1.05")
    assert on.share(Basis.of(reading(20_000, 10_000))) == D("1.1")


def test_the_energy_item_of_the_mock_up_gives_seven_thirty() -> None:
    # 1,993,640 kg ÷ 45,980 t against 42.00 and 3,109,311 kWh ÷ 46,477 t against 68.00, in hundredths
    coal = Line("SM-02", 1_993_640 * 100, 45_980, plan=4_200, **down())
    power = Line("SM-04", 3_109_311 * 100, 46_477, plan=6_800, **down())
    shape = target(800)
    # a = 42 × 45980 ÷ 1993640 = 0.9686603…, kept as 0.968660; 0.7 + 0.2 × 0.01866 ÷ 0.03 = 0.8244
    assert shape.share(Basis.of(coal)) == D("0.8244")
    assert shape.points(item(shape), Basis.of(coal, power)) == D("7.30")


def down() -> dict[str, object]:
    row = reading(1, 1, "down")
    return {"method": row.method, "direction": row.direction}


def test_attainment_is_kept_at_six_decimals() -> None:
    # 42 ÷ 43.36 = 0.96863468…: 0.968635, hence 0.7 + 0.2 × 0.018635 ÷ 0.03
    assert target().share(Basis.of(reading(4_336, 4_200, "down"))) == D("0.824233333")


def test_using_nothing_at_all_is_as_good_as_the_best() -> None:
    assert target().share(Basis.of(reading(0, 4_200, "down"))) == D(1)


@pytest.mark.parametrize(("actual", "share"), [(9_400, "1"), (9_360, "0.6"), (9_300, "0"), (9_200, "0"), (9_500, "1")])
def test_a_recovery_is_judged_by_percentage_points(actual: int, share: str) -> None:
    row = reading(actual, 9_400, method="points", tol=100)
    assert target_pp().share(Basis.of(row)) == D(share)


def test_percentage_points_over_plan_pay_up_to_one_tenth_with_bonus() -> None:
    on = target_pp(cap=1_100_000_000)
    assert on.share(Basis.of(reading(9_405, 9_400, method="points", tol=100))) == D("1.05")
    assert on.share(Basis.of(reading(9_500, 9_400, method="points", tol=100))) == D("1.1")


def test_a_lower_better_percentage_loses_by_what_it_is_above_plan() -> None:
    assert target_pp().share(Basis.of(reading(55, 50, "down", method="points", tol=20))) == D("0.75")


@pytest.mark.parametrize(("actual", "share"), [(580, "1"), (620, "1"), (625, "0.75"), (575, "0.75"), (700, "0")])
def test_a_band_indicator_loses_by_its_distance_outside(actual: int, share: str) -> None:
    row = reading(actual, None, "band", method="points", low=580, high=620, tol=20)
    assert target_pp(cap=1_100_000_000).share(Basis.of(row)) == D(share)


@pytest.mark.parametrize(("events", "share"), [(0, "1"), (1, "0.75"), (4, "0"), (9, "0")])
def test_a_zero_target_is_judged_by_the_count(events: int, share: str) -> None:
    counted = reading(events, 0, "down", method="count", tol=4)
    fallen = reading(events, 0, "down", method="attainment", tol=4)
    assert target().share(Basis.of(counted)) == D(share)
    assert target(cap=1_100_000_000).share(Basis.of(fallen)) == D(share)


def test_fewer_events_than_allowed_are_no_bonus_even_with_bonus_on() -> None:
    # 2 allowed, none happened, tolerance 4: 1 + 2 ÷ 4 would be 1.5
    assert target(cap=1_100_000_000).share(Basis.of(reading(0, 2, "down", method="count", tol=4))) == D(1)
    assert target_pp(cap=1_100_000_000).share(Basis.of(reading(0, 2, "down", method="points", tol=4))) == D("1.1")


def test_rows_are_averaged_by_their_weights() -> None:
    rows = Basis.of(reading(9_800, 10_000, weight=3), reading(9_000, 10_000, weight=1))
    assert target().share(rows) == D("0.775")  # (3 × 0.9 + 0.4) ÷ 4


@pytest.mark.parametrize(
    "row",
    [
        Line("K", None, 1, plan=5, **down()),
        Line("K", 5, 0, plan=5, **down()),
        reading(5, None),
        reading(5, 0),
        reading(5, 5, weight=0),
    ],
)
def test_a_row_that_cannot_be_judged_is_left_out_and_never_zero(row: Line) -> None:
    assert target().readiness(Basis.of(row)) is State.READINGS_MISSING
    assert target().share(Basis.of(row, reading(9_800, 10_000))) == D("0.9")


def test_a_method_the_shape_does_not_know_is_refused() -> None:
    with pytest.raises(BasisProblem, match="评法是 points"):
        target().share(Basis.of(reading(1, 1, method="points", tol=1)))


def gap() -> Band:
    """04 §4.2 D5: closed by a tenth 6, not widened 4, widened 2; at or past the benchmark full."""
    return Band(of=600, by=By.VALUE, value="差距缩小", steps=((100_000, 600), (0, 400)), otherwise=200, met="达到标杆")


@pytest.mark.parametrize(("num", "points"), [(21, 6), (20, 6), (19, 4), (0, 4), (-1, 2)])
def test_a_band_takes_its_edge_in(num: int, points: int) -> None:
    assert gap().points(item(gap()), Basis.of(Line("rec", num, 200))) == D(points)


def test_a_closed_gap_has_full_points_whatever_moved() -> None:
    assert gap().share(Basis.of(Line(MET, -50, 200))) == D(1)


def test_a_gap_that_opens_from_none_counts_as_widened() -> None:
    assert gap().points(item(gap()), Basis.of(Line("rec", -5, 0))) == D(2)


def contest() -> Band:
    return Band(of=400, by=By.PLACE, value="名次", steps=((1, 400), (2, 360), (3, 320)), otherwise=280)


@pytest.mark.parametrize(
    ("place", "tied", "points"), [(1, 1, "4"), (1, 2, "3.8"), (2, 3, "3.2"), (4, 1, "2.8"), (1, 4, "3.4")]
)
def test_tied_crews_share_the_points_of_their_places(place: int, tied: int, points: str) -> None:
    assert contest().points(item(contest()), Basis.of(Line("甲", place, tied))) == D(points)


def panel() -> Panel:
    return Panel(of=500, subject="做法", reviewers=3, rubric=("一", "二", "三", "四", "五"))


def test_a_panel_is_the_mean_of_its_marks() -> None:
    assert panel().share(Basis.of(Line("a", 13, 15))) == D("0.866666667")
    assert panel().share(Basis.of(Line("a", 11, 15), Line("b", 14, 15))) == D("0.833333333")


def test_a_panel_waits_until_every_subject_has_enough_marks() -> None:
    assert panel().readiness(Basis.of(Line("a", 15, 15), Line("b", 10, 10))) is State.AWAITING_REVIEW
    assert panel().readiness(Basis.of(Line("a", 0, 0))) is State.AWAITING_REVIEW
    assert panel().readiness(Basis()) is State.NOTHING


@pytest.mark.parametrize("row", [Line("a", 16, 15), Line("a", 2, 15), Line("a", 5, 7)])
def test_marks_outside_one_to_five_are_refused(row: Line) -> None:
    with pytest.raises(BasisProblem, match="评分对不上"):
        panel().readiness(Basis.of(row))


def zones() -> Parts:
    return Parts(
        of=800, how=How.WEIGHTED, parts=(Part("cover", "覆盖", rate(800), 4), Part("found", "闭环", rate(800), 6))
    )


def test_weighted_parts_keep_their_weights() -> None:
    both = Basis.of(Line("z", 18, 20, "cover"), Line("f", 10, 12, "found"))
    assert zones().share(both) == D("0.86")


def test_a_part_where_nothing_happened_is_not_padded() -> None:
    assert zones().share(Basis.of(Line("z", 19, 20, "cover"))) == D("0.95")
    assert zones().readiness(Basis()) is State.NOTHING


def feedback() -> Parts:
    return Parts(
        of=700,
        how=How.LESS,
        parts=(Part("feedback", "反馈", rate(700)), Part("complaint", "投诉", deduct(700, complaint=200))),
    )


@pytest.mark.parametrize(
    ("done", "due", "complaints", "points"),
    [(11, 12, 1, "4.42"), (0, 0, 1, "5.00"), (0, 2, 1, "0.00"), (2, 2, 0, "7.00"), (2, 2, 4, "0.00")],
)
def test_a_base_less_deductions_ends_at_zero(done: int, due: int, complaints: int, points: str) -> None:
    rows = Basis.of(Line("f", done, due, "feedback"), Line("complaint", complaints, 0, "complaint"))
    assert feedback().points(item(feedback(), when_nothing=WhenNothing.FULL), rows) == D(points)


def test_a_veto_beside_a_base_changes_no_points() -> None:
    shape = Parts(
        of=1200,
        how=How.VETO,
        parts=(Part("closed", "闭环", rate(1200)), Part("major", "重大", Veto(of=1200, reason="m", event="逾期"))),
    )
    rows = Basis.of(Line("h", 9, 10, "closed"), Line("o", 1, 0, "major"))
    assert shape.points(item(shape), rows) == D("10.80") and shape.vetoes(rows) == ("m",)


def mixed() -> Parts:
    return Parts(
        of=1000, how=How.INDICATORS, parts=(Part("t", "达成", target(1000)), Part("pp", "差值", target_pp(1000)))
    )


def test_indicators_with_different_methods_share_one_mean() -> None:
    rows = Basis.of(
        reading(9_360, 9_400, method="points", tol=100, weight=2),
        reading(9_800, 10_000, weight=1),
        reading(1, 0, "down", method="count", tol=4, weight=1),
    )
    assert mixed().share(rows) == D("0.7125")  # (2 × 0.6 + 0.9 + 0.75) ÷ 4


def test_an_indicator_nobody_knows_how_to_judge_is_refused() -> None:
    with pytest.raises(BasisProblem, match="评法是 （未写）"):
        mixed().share(Basis.of(Line("K", 1, 1)))
