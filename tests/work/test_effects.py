"""Registering a question, asking for the answer, and who may write one."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.effect import EffectRules, EffectTrouble, Word
from ronglu.store.models import AuditEntry, Effect, IndicatorRow, Job
from ronglu.work import effects
from tests.cast import Cast, make_cast
from tests.work.effected import AFTER, BEFORE, FROM, UNTIL, asked, board, coal

ON_THE_DAY = dt.datetime.combine(FROM, dt.time(7))


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    return make_cast()


def test_what_is_registered_the_day_before_is_beforehand_and_on_the_day_no_more(cast: Cast) -> None:
    early = asked(cast, at=dt.datetime.combine(FROM - dt.timedelta(days=1), dt.time(23)))
    late = asked(cast, at=ON_THE_DAY, title="同一天登记的")
    assert (early.beforehand, late.beforehand) == (True, False)
    assert (early.state, late.state) == ("registered", "registered")


def test_a_window_that_is_over_is_asked_at_once_and_one_that_is_not_cannot_be(cast: Cast) -> None:
    assert asked(cast, at=AFTER).state == "queued"
    assert Job.objects.get(kind="effect").args == {"effect": Effect.objects.get().pk}
    open_ = asked(cast, title="还没过完")
    with pytest.raises(EffectTrouble, match="要到 2026-03-03 以后才能判"):
        effects.ask(effect=open_, by=open_.registered_by, at=BEFORE)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"until_on": FROM + dt.timedelta(days=6)}, "起止要有 7 天以上，现在是 6 天"),
        ({"until_on": FROM + dt.timedelta(days=181)}, "起止最多 180 天，现在是 181 天"),
        ({"title": "  "}, "请写明做了什么"),
        ({"smallest": "0"}, "应大于 0"),
        ({"covariates": ["SM-02"]}, "不能又拿来一并考虑"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(cast: Cast, given: dict[str, Any], says: str) -> None:
    with pytest.raises(EffectTrouble, match=says):
        asked(cast, **given)
    assert Effect.objects.count() == 0


def test_a_line_of_another_plant_or_the_line_itself_is_no_mirror(cast: Cast) -> None:
    for code in ("QL-R1", "BS-F1"):
        with pytest.raises(EffectTrouble, match="对照产线"):
            asked(cast, controls=[cast.unit[code]])


def test_an_indicator_without_a_better_side_cannot_be_asked(cast: Cast) -> None:
    known = pack_of(cast.plant.code).indicators
    info = next(one for one in known.values() if one.direction == "info")
    with pytest.raises(EffectTrouble, match="没有好坏方向"):
        effects.register(
            unit=cast.unit["QL-R1"], indicator=info, title="x", from_on=FROM, until_on=UNTIL, usual=EffectRules(),
            by=cast.account["陈技术员"], at=BEFORE,
        )  # fmt: skip


def test_the_same_question_is_registered_once(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(EffectTrouble, match="已经登记过"):
        asked(cast)


def test_of_two_who_ask_at_once_one_is_told_so(cast: Cast) -> None:
    one = asked(cast)
    effects.ask(effect=one, by=one.registered_by, at=AFTER)
    with pytest.raises(EffectTrouble, match="正在判"):
        effects.ask(effect=one, by=one.registered_by, at=AFTER)
    assert Job.objects.filter(kind="effect").count() == 1


def test_an_answer_is_written_only_while_it_was_asked_for_and_leaves_its_trail(cast: Cast) -> None:
    one = asked(cast)
    with pytest.raises(EffectTrouble, match="没有在判"):
        effects.answer(effect=one, word=Word.PROVEN, result={}, by=None, at=AFTER)
    for word in (Word.LIKELY, Word.UNTOLD):
        effects.ask(effect=one, by=one.registered_by, at=AFTER)
        effects.answer(effect=one, word=word, result={}, by=None, at=AFTER)
    told = AuditEntry.objects.filter(verb="effects.answer").order_by("pk")
    assert [(row.detail["before"], row.detail["word"]) for row in told] == [("", "likely"), ("likely", "untold")]


def test_the_clock_asks_what_is_over_once_the_boards_have_come_so_far(cast: Cast) -> None:
    one = asked(cast)
    board(cast.unit["QL-R1"], coal())
    last = UNTIL - dt.timedelta(days=1)
    assert effects.ask_due(plant=cast.plant, through=last - dt.timedelta(days=1), at=AFTER) == []
    assert effects.ask_due(plant=cast.plant, through=last, at=BEFORE) == []
    assert effects.ask_due(plant=cast.plant, through=last, at=AFTER) == [one]
    assert effects.ask_due(plant=cast.plant, through=last, at=AFTER) == []


def test_the_clock_waits_for_days_that_are_not_reported_and_for_those_that_are_not_audited(cast: Cast) -> None:
    """Judged too early it would say that nothing can be told, and nobody would ask again."""
    one, last = asked(cast), UNTIL - dt.timedelta(days=1)
    board(cast.unit["QL-R1"], lambda place, day: coal()(place, day) if day < last else None)
    assert effects.ask_due(plant=cast.plant, through=last, at=AFTER) == []
    ended = IndicatorRow.objects.filter(period=str(last))
    ended.update(value="43", covered=3, pending=2)
    assert effects.ask_due(plant=cast.plant, through=last, at=AFTER) == []
    ended.update(pending=0)
    assert effects.ask_due(plant=cast.plant, through=last, at=AFTER) == [one]


@pytest.mark.parametrize(("shift", "fine"), [(0, False), (29, False), (-29, False), (30, True), (-30, True)])
def test_a_line_at_which_something_was_done_in_the_same_days_is_no_mirror(cast: Cast, shift: int, fine: bool) -> None:
    """Had it got worse by what was done there, the line in question would look better for nothing."""
    days = dt.timedelta(days=shift)
    effects.register(
        unit=cast.unit["QL-F1"], indicator=pack_of(cast.plant.code).indicators["SM-02"], title="停用富氧", usual=EffectRules(),
        from_on=FROM + days, until_on=UNTIL + days, by=cast.account["陈技术员"], at=dt.datetime(2025, 12, 1, 9),
    )  # fmt: skip
    if fine:
        assert asked(cast, controls=[cast.unit["QL-F1"]]).controls == [cast.unit["QL-F1"].pk]
    else:
        with pytest.raises(EffectTrouble, match="不能作对照"):
            asked(cast, controls=[cast.unit["QL-F1"]])
        assert Effect.objects.count() == 1


def test_a_question_whose_worker_died_can_be_asked_again(cast: Cast) -> None:
    one = asked(cast)
    job = effects.ask(effect=one, by=one.registered_by, at=AFTER)
    Job.objects.filter(pk=job.pk).update(state="running", started_at=AFTER)
    with pytest.raises(EffectTrouble, match="正在判"):
        effects.ask(effect=one, by=one.registered_by, at=AFTER)
    Job.objects.filter(pk=job.pk).update(state="failed")
    again = effects.ask(effect=one, by=one.registered_by, at=AFTER)
    one.refresh_from_db()
    assert (again.pk != job.pk, one.state) == (True, "queued")
