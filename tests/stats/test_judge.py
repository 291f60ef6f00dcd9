"""The whole judgement on made series: what is asked decides the frame, never what comes out; real series are not fooled."""

import datetime as dt
import os
from pathlib import Path

import numpy as np
import pytest

from ronglu.kernel.measure.effect import Word
from ronglu.stats.judge import Question, Untold, judge, model_of
from ronglu.stats.series import Daily

FIRST = dt.date(2025, 1, 1)
DATA = Path(os.environ.get("RONGLU_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data") / "series"


def wandering(days: int, keeps: float, seed: int) -> np.ndarray:
    """Each day keeps so much of the day before; 1 is a random walk."""
    dice, found = np.random.default_rng(seed), [0.0]
    for _ in range(days - 1):
        found.append(keeps * found[-1] + dice.normal())
    return np.array(found)


def asked(values: np.ndarray, start: int, *, length: int = 30, better: int = 1, **more: object) -> Question:
    return Question(Daily(FIRST, values), start, length, better, **more)  # type: ignore[arg-type]


def test_the_days_before_follow_from_the_lengths_alone() -> None:
    """A quarter of the other days, a month at least, ninety at most, and a hundred positions left."""
    series = np.zeros(1000)
    assert model_of(asked(series[:165], 60)).before == 33  # 135 / 4
    assert model_of(asked(series[:165], 130)).before == 33
    assert model_of(asked(series[:400], 200)).before == 90
    assert model_of(asked(series[:157], 60)).before == 28
    assert not model_of(asked(series[:165], 60)).trend
    assert model_of(asked(series[:400], 200)).trend


@pytest.mark.parametrize(
    ("days", "start", "code", "numbers"),
    [
        (156, 60, "short", {"days": 156, "needed": 157}),
        (165, 20, "early", {"before": 20, "needed": 33}),
        (165, 32, "early", {"before": 32, "needed": 33}),  # no shorter frame is made to fit
        (165, 140, "unfinished", {"days": 25, "length": 30}),
    ],
)
def test_where_nothing_can_be_told_the_reason_has_its_numbers(
    days: int, start: int, code: str, numbers: dict[str, int]
) -> None:
    with pytest.raises(Untold) as why:
        judge(asked(wandering(days, 0.5, 1), start))
    assert (why.value.code, why.value.numbers) == (code, numbers)


def test_a_series_that_never_moves_and_one_full_of_gaps_tell_nothing() -> None:
    with pytest.raises(Untold, match="still"):
        judge(asked(np.full(200, 4.2), 150))
    holed = wandering(200, 0.5, 1)
    holed[150:165] = np.nan
    with pytest.raises(Untold, match="gaps"):
        judge(asked(holed, 150))
    sparse = wandering(200, 0.5, 1)
    sparse[40:110:3] = np.nan
    with pytest.raises(Untold, match="few"):
        judge(asked(sparse, 150))


def test_a_level_that_stood_still_is_no_success_by_the_rounding_of_the_machine() -> None:
    """Before the window, in it and after it the same to the last digit, worse long before and long after: one in fourteen
    such windows was called likely, its effect 10 to the minus 14."""
    dice, told = np.random.default_rng(0), set()
    for _one in range(60):
        level = round(float(dice.uniform(0.1, 100)), 2)
        values = np.full(300, level)
        values[5:25], values[262:] = level * 0.95, level * 0.9
        values[np.flatnonzero(dice.random(298) < 0.05) + 1] = np.nan
        told.add(judge(Question(Daily(FIRST, values), 200, 30, 1, smallest=0.001)).word)
    assert told == {Word.UNTOLD}


@pytest.mark.parametrize("keeps", [0.0, 0.5, 0.9, 1.0])
def test_of_all_windows_of_nothing_at_most_one_in_twenty_is_proven(keeps: float) -> None:
    """Whatever the series is like, a random walk included: the rank of a window is among all windows."""
    values = wandering(170, keeps, 5)
    words = [judge(asked(values, start)).word for start in range(35, 141)]
    assert words.count(Word.PROVEN) <= 0.05 * len(words)


def test_lower_is_better_is_the_mirror_of_higher_is_better() -> None:
    values = wandering(200, 0.5, 2)
    values[150:180] += 3
    up, down = judge(asked(values, 150)), judge(asked(-values, 150, better=-1))
    assert (up.word, down.word) == (Word.PROVEN, Word.PROVEN)
    assert up.rank == down.rank
    assert up.ways[0].fit.level == pytest.approx(-down.ways[0].fit.level)
    assert judge(asked(values, 150, better=-1)).word is Word.UNTOLD


def test_a_steady_improvement_that_began_before_proves_nothing() -> None:
    """A trend of old: every window is better than the days before it."""
    values = wandering(300, 0.3, 4) + 0.05 * np.arange(300)
    assert judge(asked(values, 250)).word in (Word.UNTOLD, Word.LIKELY)


def test_several_sister_lines_are_put_together_and_stand_in_as_placebos() -> None:
    """The line goes as the mean of two sisters; all three fall together, then the line alone rises."""
    common = wandering(220, 0.9, 6)
    sisters = [Daily(FIRST, common + wandering(220, 0.0, seed) * 0.3) for seed in (21, 22, 23)]
    own = common + wandering(220, 0.0, 24) * 0.3
    own[180:210] += 1.5
    answer = judge(asked(own, 180, controls=tuple(sisters)))
    assert answer.word is Word.PROVEN
    assert [way.code for way in answer.ways] == ["synthetic", "its"]
    assert sum(answer.ways[0].weights) == pytest.approx(1.0)
    assert answer.ways[0].fit.level == pytest.approx(1.5, abs=0.4)
    assert answer.rank.mirrored > 300
    # what befalls all lines alike is no effect of the measure
    for one in sisters:
        one.values[180:210] += 1.5
    assert judge(asked(own, 180, controls=tuple(sisters))).word in (Word.UNTOLD, Word.NONE)


@pytest.mark.skipif(not DATA.exists(), reason="没有真实数据：用 RONGLU_TEST_DATA 指明测试数据目录 · no real data")
@pytest.mark.parametrize("name", ["silica", "steel"])
def test_real_series_are_called_proven_seldom_and_a_real_shift_is_seen(name: str) -> None:
    """As the bench does it; a plain test would be fooled more often than one time in twenty."""
    from bench import effect

    series = getattr(effect, name)()
    quiet = effect.windows(series, better=effect.LESS)
    assert quiet.plain > 0.05 * quiet.windows
    assert quiet.words[Word.PROVEN] <= 0.05 * quiet.windows
    shifted = effect.windows(series, better=effect.LESS, shift=effect.SHIFT, step=2)
    assert shifted.share(Word.PROVEN, Word.LIKELY) >= 0.80
    assert shifted.calibrated / shifted.judged >= 0.85 > shifted.covered / shifted.judged
