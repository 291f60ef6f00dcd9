"""Who stands in for the one who wrote, told or entered something is no second hand: he was named by the first. Every verb that
asks for a second hand is in the table of `handed`."""

import datetime as dt

import pytest

from ronglu.store.models import Deputy, SafetyEvent
from ronglu.work import hands
from ronglu.work.queries import events
from ronglu.work.queries.places import Places
from tests.cast import ON, Cast, cast
from tests.repo.test_second_hands import calls
from tests.work.handed import TABLE, Second

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("one", TABLE, ids=lambda one: f"{one.place}-{one.first}")
def test_who_stands_in_for_the_first_hand_is_no_second_one(cast: Cast, one: Second) -> None:
    step = one.begin(cast)
    Deputy.objects.create(
        absent=cast.person[one.first], deputy=cast.person[one.deputy], named_by=cast.account[one.first],
        from_on=dt.date(2026, 2, 1), until_on=dt.date(2026, 5, 1),
    )  # fmt: skip
    with pytest.raises(ValueError, match=f"^({hands.LENT}|{hands.CONCERNED})$"):
        step(cast.account[one.deputy])


@pytest.mark.parametrize("one", TABLE, ids=lambda one: f"{one.place}-{one.first}")
def test_nor_is_the_first_hand_himself(cast: Cast, one: Second) -> None:
    step = one.begin(cast)
    with pytest.raises(ValueError, match=r"自己|您|过的人不能"):
        step(cast.account[one.first])


def test_every_place_that_asks_for_a_second_hand_is_in_the_table() -> None:
    assert {one.place for one in TABLE} == {place for place, call in calls() if call == "hands.apart"}


def test_the_page_offers_the_step_to_nobody_whom_the_verb_refuses(cast: Cast) -> None:
    one = next(one for one in TABLE if one.place == "events._decide")
    one.begin(cast)
    row, places = SafetyEvent.objects.get(), Places(cast.plant, ON)

    def offered(name: str) -> bool:
        return events.shown(row, scope=cast.scope(name, ON), places=places).decidable

    assert (offered(one.first), offered(one.deputy)) == (False, True)
    Deputy.objects.create(
        absent=cast.person[one.first], deputy=cast.person[one.deputy], named_by=cast.account[one.first],
        from_on=ON, until_on=ON + dt.timedelta(days=1),
    )  # fmt: skip
    assert not offered(one.deputy)
