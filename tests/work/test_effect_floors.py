"""值得一提的变化: set for days to come, frozen into a question, and never lowered afterwards into a proof."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.effect import EffectTrouble
from ronglu.store.models import AuditEntry, EffectFloor
from ronglu.work import effect_floors
from tests.cast import Cast, make_cast
from tests.work.effected import AFTER, BEFORE, CODE, FROM, asked

TOMORROW = BEFORE.date() + dt.timedelta(days=1)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    return make_cast()


def put(cast: Cast, change: str = "0.5", from_on: dt.date = TOMORROW, **more: Any) -> EffectFloor:
    indicator = pack_of(cast.plant.code).indicators[CODE]
    given = {"reason": "化验误差的两倍", "by": cast.account["周统计员"], "at": BEFORE} | more
    return effect_floors.put(plant=cast.plant, indicator=indicator, change=change, from_on=from_on, **given)


def test_without_a_row_of_the_plant_two_per_cent_are_frozen(cast: Cast) -> None:
    one = asked(cast)
    assert (one.smallest, one.smallest_from) == ("2%", "usual")


def test_the_row_that_holds_on_the_day_of_registration_is_frozen(cast: Cast) -> None:
    put(cast, "0.5")
    put(cast, "0.8", TOMORROW + dt.timedelta(days=4))
    at = dt.datetime.combine(TOMORROW, dt.time(9))
    first = asked(cast, at=at)
    assert (first.smallest, first.smallest_from) == ("0.5", "plant")
    later = asked(cast, at=at + dt.timedelta(days=4), title="后登记的")
    assert (later.smallest, later.smallest_from) == ("0.8", "plant")


def test_an_amount_of_ones_own_is_taken_beforehand_and_refused_afterwards(cast: Cast) -> None:
    put(cast, "0.5")
    own = asked(cast, smallest="0.3")
    assert (own.smallest, own.smallest_from) == ("0.3", "own")
    with pytest.raises(EffectTrouble, match="事后选定的不能另写"):
        asked(cast, at=AFTER, smallest="0.3", title="事后")


def test_what_is_picked_afterwards_takes_the_row_of_the_day_it_began(cast: Cast) -> None:
    """Lowered while the window ran: whoever registers after it has seen what came out."""
    put(cast, "0.5")
    put(cast, "0.01", FROM + dt.timedelta(days=10), at=dt.datetime.combine(FROM, dt.time(9)))
    late = asked(cast, at=AFTER)
    assert (late.beforehand, late.smallest, late.smallest_from) == (False, "0.5", "plant")


def test_a_row_begins_tomorrow_at_the_earliest_and_says_why(cast: Cast) -> None:
    with pytest.raises(EffectTrouble, match="只能从明天或以后起用：2026-01-20 已到"):
        put(cast, from_on=BEFORE.date())
    for wrong, says in (("0", "应大于 0"), ("", "请写值得一提的变化")):
        with pytest.raises(EffectTrouble, match=says):
            put(cast, wrong)
    assert EffectFloor.objects.count() == 0


def test_a_new_row_ends_the_old_one_and_replaces_what_never_held(cast: Cast) -> None:
    put(cast, "0.5")
    put(cast, "0.9", TOMORROW + dt.timedelta(days=30))
    put(cast, "0.7", TOMORROW + dt.timedelta(days=10))
    rows = EffectFloor.objects.order_by("from_on").values_list("change", "from_on", "until_on")
    tenth = TOMORROW + dt.timedelta(days=10)
    assert list(rows) == [("0.5", TOMORROW, tenth), ("0.7", tenth, None)]
    trail = AuditEntry.objects.filter(verb="effects.floor").order_by("pk")
    assert [(row.detail["change"], row.detail["before"]) for row in trail] == [
        ("0.5", ""),
        ("0.9", "0.5"),
        ("0.7", "0.5"),
    ]
