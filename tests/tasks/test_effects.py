"""From stored days to a stored answer: what the worker makes of a registered question."""

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from ronglu.boards.effect.read import Told
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.effect import EffectRules, Word
from ronglu.store.models import Effect, IndicatorRow, Job, PlanStop
from ronglu.tasks.run import perform
from ronglu.work import effect_floors, effects
from tests.cast import Cast, make_cast
from tests.work.effected import AFTER, BEFORE, FROM, UNTIL, asked, board, calendar, coal


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    return make_cast()


def judged(one: Effect) -> Told:
    """Asked for and judged in this process."""
    job = effects.ask(effect=one, by=one.registered_by, at=AFTER)
    perform(job)
    return Told(Effect.objects.get(pk=one.pk))


def test_three_kilos_less_for_thirty_days_are_proven(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal("3"))
    told = judged(asked(cast))
    assert (told.row.state, told.row.word) == ("judged", Word.PROVEN)
    assert told.row.beforehand
    assert told.rank.as_good <= 0.05 * told.rank.others
    assert told.ways[0].high < 0 and told.ways[0].low < -3 < told.ways[0].high + 1
    # σ of the days is about 1, so the drop lies some three of them below
    assert told.calibrated[0] < -3 < told.calibrated[1] < 0


def test_nothing_done_proves_nothing(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal())
    assert judged(asked(cast)).row.word in (Word.UNTOLD, Word.NONE)


def test_more_coal_is_never_a_success(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal("-3"))
    told = judged(asked(cast))
    assert told.row.word == Word.UNTOLD
    assert told.ways[0].low > 0


def test_a_change_smaller_than_matters_is_no_effect(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal())
    assert judged(asked(cast, smallest="5")).row.word == Word.NONE


def test_lowering_the_threshold_after_registration_turns_no_effect_into_no_proof(cast: Cast) -> None:
    """Half a kilo is clear of luck, and less than the two kilos that the plant found worth a word that day."""
    rough = coal("0")
    board(
        cast.unit["QL-R1"], lambda place, day: _calm(rough(place, day)) - (Decimal("0.5") if FROM <= day < UNTIL else 0)
    )
    floor(cast, "2", at=dt.datetime(2026, 1, 10, 9))
    one = asked(cast)
    assert judged(one).row.word == Word.NONE
    floor(cast, "0.01", at=BEFORE)
    again = judged(Effect.objects.get(pk=one.pk))
    assert (again.row.word, again.smallest) == (Word.NONE, Decimal(2))
    # who registers beforehand under the lower one is judged by it
    free = asked(cast, title="按新的规定登记", at=BEFORE + dt.timedelta(days=2))
    assert judged(free).row.word == Word.PROVEN


def _calm(value: Decimal | None) -> Decimal:
    assert value is not None
    return Decimal(43) + (value - 43) / 10


def floor(cast: Cast, change: str, *, at: dt.datetime) -> None:
    effect_floors.put(
        plant=cast.plant, indicator=pack_of(cast.plant.code).indicators["SM-02"], change=change, reason="化验误差",
        from_on=at.date() + dt.timedelta(days=1), by=cast.account["周统计员"], at=at,
    )  # fmt: skip


def test_the_stored_texts_are_the_librarys_numbers_to_six_digits(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal("1"))
    told = judged(asked(cast))
    way, days = told.ways[0], dict(told.days)
    here = [day for day in sorted(days) if told.before_on <= day < UNTIL]
    window = np.array([float(day >= FROM) for day in here])
    steps = [np.ones(len(here)), window]
    if told.trend:
        steps.insert(1, np.array([(day - FROM).days / 30 for day in here]))
    found = sm.OLS(np.array([float(days[day]) for day in here]), np.column_stack(steps)).fit(
        cov_type="HAC", cov_kwds={"maxlags": way.lags, "use_correction": True}, use_t=True
    )
    low, high = found.conf_int()[-1]
    for text, number in ((way.level, found.params[-1]), (way.error, found.bse[-1]), (way.low, low), (way.high, high)):
        assert f"{float(text):.6g}" == f"{number:.6g}"


def test_days_of_a_planned_stop_are_missing(cast: Cast) -> None:
    unit = cast.unit["QL-R1"]
    board(unit, coal("3"))
    stop = PlanStop.objects.create(
        unit=unit, from_on=FROM.replace(day=10), until_on=FROM.replace(day=13), reason="换衬", set_by=cast.account["马主任"],
        set_at=BEFORE, approved_by=cast.account["周统计员"],
    )  # fmt: skip
    told = judged(asked(cast))
    assert not [day for day, _value in told.days if stop.from_on <= day < stop.until_on]
    # 30 days of the window less 3, and what stands before
    assert told.ways[0].days == told.before + 27


def test_days_that_nobody_has_audited_are_missing(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal("3"))
    waits = [str(FROM + dt.timedelta(days=n)) for n in (3, 4)]
    IndicatorRow.objects.filter(period__in=waits).update(pending=1)
    told = judged(asked(cast))
    assert not [day for day, _value in told.days if str(day) in waits]
    assert told.ways[0].days == told.before + 28


def test_events_that_became_a_tenth_are_no_failure_for_being_less_than_one_a_day(cast: Cast) -> None:
    """Decimals of the indicator: none. A drop from 0.5 to 0.05 a day was "no effect" with one piece a day as the least."""
    dice, events = random.Random(3), pack_of(cast.plant.code).indicators["SM-14b"]

    def seen(place: int, day: dt.date) -> Decimal:
        return Decimal(int(dice.random() < (0.05 if FROM <= day < UNTIL else 0.5)))

    calendar(cast)
    board(cast.unit["QL-R1"], seen, code=events.code)
    one = effects.register(
        unit=cast.unit["QL-R1"], indicator=events, usual=EffectRules(), title="封堵炉门", from_on=FROM, until_on=UNTIL,
        by=cast.account["陈技术员"], at=BEFORE,
    )  # fmt: skip
    told = judged(one)
    assert told.row.word in (Word.LIKELY, Word.PROVEN)
    assert told.smallest is not None and told.smallest < Decimal("0.1")


def test_too_short_a_past_says_why_nothing_can_be_told(cast: Cast) -> None:
    board(cast.unit["QL-R1"], lambda place, day: coal("3")(place, day) if day >= FROM.replace(month=1) else None)
    told = judged(asked(cast))
    assert told.row.word == Word.UNTOLD
    assert told.why and told.why[0] == "short"


def test_no_days_at_all_are_said_so(cast: Cast) -> None:
    assert judged(asked(cast)).why == ("none", {})


def test_a_sister_line_takes_away_what_befell_both(cast: Cast) -> None:
    """Both lines burn two kilos less in those days: poorer coal, not the measure."""
    board(cast.unit["QL-R1"], coal("2"))
    board(cast.unit["QL-F1"], coal("2", seed=8))
    alone = judged(asked(cast))
    beside = judged(asked(cast, title="和精炼线比", controls=[cast.unit["QL-F1"]]))
    assert alone.row.word == Word.PROVEN
    assert beside.row.word not in (Word.PROVEN, Word.LIKELY)
    assert [way.code for way in beside.ways] == ["did", "its"]
    assert beside.ways[0].weights == ((cast.unit["QL-F1"].pk, Decimal(1)),)


def test_a_judgement_that_breaks_says_failed_and_may_be_asked_again(cast: Cast, monkeypatch: Any) -> None:
    board(cast.unit["QL-R1"], coal("3"))
    one = asked(cast)
    job = effects.ask(effect=one, by=one.registered_by, at=AFTER)
    monkeypatch.setattr("ronglu.tasks.effects.judge", lambda question: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        perform(job)
    one.refresh_from_db()
    assert one.state == "failed"
    monkeypatch.undo()
    assert judged(one).row.word == Word.PROVEN


def test_a_corrected_day_changes_the_answer_when_asked_again(cast: Cast) -> None:
    board(cast.unit["QL-R1"], coal("3"))
    one = asked(cast)
    assert judged(one).row.word == Word.PROVEN
    for row in IndicatorRow.objects.filter(period__range=(str(FROM), str(UNTIL))):
        IndicatorRow.objects.filter(pk=row.pk).update(value=str(Decimal(row.value) + 3))
    assert judged(Effect.objects.get(pk=one.pk)).row.word in (Word.UNTOLD, Word.NONE)
    assert Job.objects.filter(kind="effect").count() == 2
