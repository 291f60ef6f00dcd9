"""Places of a contest: neighbours within the noise share one, safety breaks a tie, and a score is the weighted curve."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ronglu.kernel.rules.basis import Direction, Line, Method
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.standing.contest import Contenders, Terms, Weight, digest, places, points
from ronglu.kernel.standing.reckoning import Reckoning, mean_plan

CURVE = Curve(
    ((850_000, 0), (900_000, 400_000_000), (950_000, 700_000_000), (980_000, 900_000_000), (1_000_000, 1_000_000_000))
)
TERMS = Terms(
    kind="crew",
    teams=(1, 2),
    weights=(Weight("F", 60), Weight("C", 40)),
    first=dt.date(2026, 3, 1),
    last=dt.date(2026, 3, 31),
)


def ranked(
    noise: str | None, *effects: str | None, events: dict[int, int] | None = None
) -> list[tuple[int, int] | None]:
    """Teams 1, 2, … with these effects → place and how many share it."""
    given = {team: None if value is None else Decimal(value) for team, value in enumerate(effects, 1)}
    found = places(Contenders(given, None if noise is None else Decimal(noise), events or {}))
    return [(found[team].place, found[team].tied) if team in found else None for team in given]


def test_a_gap_beyond_the_noise_separates_and_one_within_it_does_not() -> None:
    assert ranked("1", "3", "1.5", "0.6", "-0.4") == [(1, 1), (2, 3), (2, 3), (2, 3)]
    # exactly the noise is still luck
    assert ranked("1", "2", "1") == [(1, 2), (1, 2)]


def test_without_a_known_noise_everybody_shares() -> None:
    assert ranked(None, "9", "0", "-9") == [(1, 3), (1, 3), (1, 3)]


def test_who_could_not_be_judged_has_no_place() -> None:
    assert ranked("1", "3", None, "0") == [(1, 1), None, (2, 1)]


def test_of_those_who_share_a_place_the_one_without_an_event_goes_first() -> None:
    assert ranked("1", "0.5", "0.4", "0.3", events={1: 1}) == [(3, 1), (1, 2), (1, 2)]


def test_a_team_with_an_event_is_never_first_and_the_next_clean_one_is() -> None:
    assert ranked("1", "9", "5", "0", events={1: 1}) == [(2, 1), (1, 1), (3, 1)]
    # nobody is clean: the first place stays empty
    assert ranked("1", "9", "5", events={1: 1, 2: 1}) == [(2, 1), (3, 1)]


def line(num: int, plan: int, weight: int, down: bool = False) -> Line:
    way = Direction.DOWN if down else Direction.UP
    return Line("x", num, 1, plan=plan, weight=weight, method=Method.ATTAINMENT, direction=way)


def test_a_score_is_the_weighted_mean_of_the_curve_seventy_thirty_with_improvement() -> None:
    """Level: 100 of 100 is 1, coal 100 against 98 is 0.98 → 0.9; 60 and 40 %: 0.96. Past: 95 of 100 → 0.7, and 1: 0.82."""
    level = [line(100, 100, 60), line(100, 98, 40, down=True)]
    better = [line(95, 100, 60), line(98, 98, 40, down=True)]
    found = points(level, better, curve=CURVE, improvement=Decimal("0.30"))
    assert (found.level_ppb, found.better_ppb) == (960_000_000, 820_000_000)
    # 0.7 × 0.96 + 0.3 × 0.82 = 0.918
    assert found.total_h == 9180


def test_an_indicator_without_a_plan_is_left_out_by_name_and_its_weight_goes_to_the_others() -> None:
    found = points(
        [line(95, 100, 60), replace(line(1, 1, 40), plan=None, label="煤耗")],
        [],
        curve=CURVE,
        improvement=Decimal("0.30"),
    )
    assert (found.total_h, found.left_out) == (7000, ("煤耗：没有计划，不计入",))


def test_nothing_judged_is_no_score() -> None:
    assert points([], [], curve=CURVE, improvement=Decimal(0)).total_h is None


def shift(
    team: int, day: int, feed: str | None, coal: str | None, *, past: bool = False, out: str = ""
) -> dict[str, object]:
    pairs = {"F": None if feed is None else [feed, "1"], "C": None if coal is None else [coal, feed]}
    return {"day": f"2026-03-{day:02}", "no": 1, "unit": 9, "team": team, "past": past, "out": out, "v": pairs, "x": {}}


def told(direction: str, additive: bool) -> dict[str, object]:
    return {
        "name": "指标", "unit": "t", "decimals": 2, "direction": direction, "method": "attainment", "tolerance": None,
        "additive": additive,
    }  # fmt: skip


INPUTS = {
    "indicators": {"F": told("up", True), "C": told("down", False)},
    "plans": {"1": {"F": "20", "C": "43"}},
    "shifts": [
        shift(1, 1, "10", "400"), shift(1, 2, "30", "1500"), shift(1, 3, None, None), shift(1, 4, "99", "99", out="计划停产"),
        shift(2, 1, "8", "320"), shift(1, 1, "5", "250", past=True),
    ],
}  # fmt: skip


def test_sums_leave_out_what_was_excluded_and_what_was_not_read() -> None:
    """10 + 30 t; coal (400 + 1500) ÷ (10 + 30) = 47.5, not the mean of 40 and 50."""
    reckoning = Reckoning(INPUTS, TERMS)
    assert (reckoning.shown(1, "F"), reckoning.shown(1, "C")) == ("40.00", "47.50")
    assert (reckoning.sums(1, "F").shifts, list(reckoning.out())) == (2, [("计划停产", 1)])


def test_a_quantitys_past_is_its_mean_shift_then_times_its_shifts_now() -> None:
    reckoning = Reckoning(INPUTS, TERMS)
    feed, coal = reckoning.better(1)
    # 5 t a shift then, two shifts now; coal 250 ÷ 5 = 50
    assert (feed.plan, coal.plan) == (1000, 5000)
    assert [row.plan for row in reckoning.better(2)] == [None, None]


def test_a_difference_is_set_against_the_plan_of_one_shift() -> None:
    reckoning = Reckoning(INPUTS, TERMS)
    assert mean_plan(reckoning, "F", (1, 2)) == 10
    assert mean_plan(reckoning, "C", (1, 2)) == 43


@pytest.mark.parametrize("changed", [{"least": 0}, {"improvement": Decimal("0.6")}, {"last": dt.date(2026, 2, 1)}])
def test_terms_outside_their_bounds_are_refused(changed: dict[str, object]) -> None:
    assert len(replace(TERMS, weights=(), **changed).problems({})) == 2  # type: ignore[arg-type]


def test_terms_survive_being_kept() -> None:
    assert Terms.of(TERMS.as_data()) == TERMS
    assert TERMS.past == (dt.date(2026, 1, 29), dt.date(2026, 2, 28))


def test_a_digest_does_not_depend_on_the_order_of_writing() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) != digest({"a": 1, "b": [3]})
