"""Adjusted effects agree with the library they come from; a tie is broken by what is larger than luck, and by nothing less."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from bench.contest import cases, false_wins, roster
from ronglu.stats.contest import LAGS, Measure, Shifts, gap, judge, regress, threshold

FEED = Measure("feed", 1.0, 1, 100.0)
DAYS = 32


def line(seed: int = 3, *, lead: float = 0.0, dense: bool = False) -> Shifts:
    """32 days of four crews: 100 t a shift, the night better by 2, a richer feed by 3 a point; `lead` tonnes more for crew 0."""
    rng = np.random.default_rng(seed)
    team = roster(DAYS, rng)
    at = np.arange(3 * DAYS)
    grade = rng.normal(0, 1, len(at))
    y = 100 + 2.0 * (at % 3 == 2) + 3 * grade + np.sin(at / 20) + rng.normal(0, 1, len(at)) + lead * (team == 0)
    den = rng.uniform(0.5, 1.5, len(at)) if dense else np.ones(len(at))
    return Shifts(team, at // 24, at % 3, {"feed": y * den}, {"feed": den}, {"grade": grade})


@pytest.mark.parametrize("dense", [False, True], ids=["a quantity", "a ratio"])
def test_effects_and_intervals_agree_with_the_library_to_six_digits(dense: bool) -> None:
    shifts = line(dense=dense)
    frame = pd.DataFrame(
        {
            "y": shifts.num["feed"] / shifts.den["feed"], "team": shifts.team, "block": shifts.block, "place": shifts.place,
            "grade": shifts.covariates["grade"], "w": shifts.den["feed"],
        }
    )  # fmt: skip
    fit = smf.wls("y ~ 0 + C(team) + C(place) + C(block) + grade", frame, weights=frame.w).fit(
        cov_type="HAC", cov_kwds={"maxlags": LAGS, "use_correction": True}, use_t=True
    )
    told = regress(FEED, shifts, 4)
    for team in range(4):
        contrast = np.zeros(len(fit.params))
        contrast[[list(fit.params.index).index(f"C(team)[{t}]") for t in range(4)]] = -0.25
        contrast[list(fit.params.index).index(f"C(team)[{team}]")] = 0.75
        test = fit.t_test(contrast)
        low, high = test.conf_int(alpha=0.05)[0]
        mine = told[team]
        assert mine is not None
        assert [mine.value, mine.low, mine.high] == pytest.approx([test.effect[0], low, high], abs=5e-7)


def test_a_ratio_is_the_ratio_of_sums_never_the_mean_of_ratios() -> None:
    """Crew 0: 10/1 and 20/4 come to 30/5 = 6, crew 1: 8/2 and 8/2 to 4; the mean of the ratios would be 7.5 and 4."""
    shifts = Shifts(
        np.array([0, 1, 0, 1]), np.zeros(4, int), np.zeros(4, int), {"coal": np.array([10.0, 8, 20, 8])},
        {"coal": np.array([1.0, 2, 4, 2])},
    )  # fmt: skip
    first, second = regress(Measure("coal", 1, 1, 5), shifts, 2)
    assert first is not None and second is not None
    assert first.value - second.value == pytest.approx(2.0)


def test_what_a_covariate_explains_is_nobodys_merit() -> None:
    """Crew 0 gets a feed richer by a point, worth 3 t: without the covariate it leads by about 3 t more."""
    shifts = line()
    lucky = shifts.covariates["grade"] + (shifts.team == 0)
    y = shifts.num["feed"] + 3 * (shifts.team == 0)
    blind = Shifts(shifts.team, shifts.block, shifts.place, {"feed": y}, shifts.den)
    seeing = Shifts(shifts.team, shifts.block, shifts.place, {"feed": y}, shifts.den, {"grade": lucky})
    apart, adjusted = regress(FEED, blind, 4)[0], regress(FEED, seeing, 4)[0]
    assert apart is not None and adjusted is not None
    assert apart.value > 1.5 and abs(adjusted.value) < 0.8


def test_a_lead_larger_than_luck_breaks_the_tie_and_luck_does_not() -> None:
    for lead, wins in ((0.0, False), (5.0, True)):
        found = judge(teams=4, measures=[FEED], window=line(lead=lead), seed=1)
        ranked = sorted(one for one in found.overall if one is not None)
        assert found.noise is not None
        assert (ranked[-1] - ranked[-2] > found.noise) is wins


def test_a_week_is_too_short_to_tell_crews_apart() -> None:
    whole = line(lead=5.0)
    keep = slice(0, 21)
    week = Shifts(
        whole.team[keep], whole.block[keep], whole.place[keep], {"feed": whole.num["feed"][keep]},
        {"feed": whole.den["feed"][keep]},
    )  # fmt: skip
    assert judge(teams=4, measures=[FEED], window=week, seed=1).noise is None


def test_the_threshold_is_the_gap_that_two_in_a_hundred_placebos_reach() -> None:
    placebo = np.arange(1.0, 1000.0)
    noise, chance = threshold(990.5, placebo)
    # 20 of 1000 rosters, the real one among them: the twentieth largest of 1…999 is 980
    assert noise == 980.0
    assert chance == pytest.approx((1 + 9) / 1000)


def test_a_crew_with_too_few_shifts_is_left_out_of_the_ranking() -> None:
    shifts = line()
    num = shifts.num["feed"].copy()
    stood = np.flatnonzero(shifts.team == 2)
    num[stood[2:]] = np.nan
    found = judge(
        teams=4, measures=[FEED], window=Shifts(shifts.team, shifts.block, shifts.place, {"feed": num}, shifts.den)
    )
    assert found.shifts[2] == 2
    assert found.overall[2] is None and None not in (found.overall[0], found.overall[1], found.overall[3])


def test_a_past_that_one_crew_lacks_is_nobodys_measure_of_improvement() -> None:
    now, past = line(lead=5.0), line(4)
    keep = past.team != 1
    short = Shifts(
        past.team[keep],
        past.block[keep],
        past.place[keep],
        {"feed": past.num["feed"][keep]},
        {"feed": past.den["feed"][keep]},
    )
    alone = judge(teams=4, measures=[FEED], window=now, seed=1)
    assert judge(teams=4, measures=[FEED], window=now, before=short, improvement=0.3, seed=1) == alone
    assert judge(teams=4, measures=[FEED], window=now, before=past, improvement=0.3, seed=1).overall != alone.overall


def test_the_same_seed_draws_the_same_placebos() -> None:
    twice = [judge(teams=4, measures=[FEED], window=line(), seed=9) for _ in range(2)]
    assert twice[0] == twice[1]
    assert twice[0].noise != judge(teams=4, measures=[FEED], window=line(), seed=10).noise


def test_gaps_are_those_of_neighbours_in_order() -> None:
    assert gap(np.array([[3.0, 1.0, 2.0, 9.0], [0.0, 0.0, 0.0, 0.0]])).tolist() == [6.0, 0.0]


def test_crews_that_do_not_exist_break_a_tie_in_five_of_a_hundred_contests_at_most(test_data: Path) -> None:
    """Flotation and steel, months without any contest (small version of bench/contest.py)."""
    won: list[float] = []
    for _name, series, sets in cases(test_data):
        won += [false_wins(series, codes, seed=at, rounds=30) for at, codes in enumerate(sets)]
    assert sum(won) / len(won) <= 0.05


def test_a_crew_that_gets_better_by_two_sigma_is_found(test_data: Path) -> None:
    _name, series, sets = next(iter(cases(test_data)))
    found: Any = false_wins(series, sets[0], seed=7, rounds=30, lift=2.0)
    assert found >= 0.8
