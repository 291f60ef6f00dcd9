"""Two hands at once on one meeting, one room, one duty: the second waits for the first and then meets what it did."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from ronglu.store.models import Booking, Case, Gathering
from ronglu.work import gatherings, gatherings_room, meeting_plans
from tests.cast import AT, Cast, make_cast
from tests.work.gathered import HOUR, arranged, by, came, close, opened
from tests.work.met import asked, mains, on_shift, room
from tests.work.test_closings_meanwhile import both

LATER, MINUTE = AT + 2 * HOUR, dt.timedelta(minutes=1)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one transaction at a time anyway"),
]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_the_same_meeting_from_two_hands_is_arranged_once(cast: Cast) -> None:
    said = both(lambda: arranged(cast, starts_at=LATER), lambda: arranged(cast, starts_at=LATER))
    assert said[0] == "" and "已经排了一次党小组会" in said[1]
    assert Gathering.objects.count() == 1


def test_one_room_is_given_once_to_two_bodies(cast: Cast) -> None:
    room(cast)
    said = both(
        lambda: arranged(cast, starts_at=LATER, place="活动室"),
        lambda: arranged(cast, "committee", "QL-B1", name="王书记", starts_at=LATER, place="活动室"),
    )
    assert said[0] == "" and "已有预订" in said[1]
    assert Booking.objects.count() == Gathering.objects.count() == 1


def test_a_meeting_is_closed_once_and_its_resolution_becomes_one_case(cast: Cast) -> None:
    row = came(cast, opened(cast))
    gatherings_room.resolve(
        gathering=row, text="装防护罩", owner=cast.person["李班长"], due_on=dt.date(2026, 3, 31), **by(cast)
    )
    said = both(lambda: close(cast, row), lambda: close(cast, row))
    assert said[0] == "" and "已办结，不能再办这一步" in said[1]
    assert Case.objects.count() == 1


def test_who_writes_while_another_closes_is_told_and_changes_nothing(cast: Cast) -> None:
    row = came(cast, opened(cast))
    said = both(lambda: close(cast, row), lambda: came(cast, row, away=("李班长",)))
    row.refresh_from_db()
    assert said[0] == "" and "已办结" in said[1] and row.present == 2


def test_what_two_resolve_at_once_has_two_numbers(cast: Cast) -> None:
    row = opened(cast)
    said = both(
        lambda: gatherings_room.resolve(gathering=row, text="装防护罩", **by(cast)),
        lambda: gatherings_room.resolve(gathering=row, text="领一台风扇", **by(cast)),
    )
    assert said == ["", ""] and sorted(row.resolutions.values_list("no", flat=True)) == [1, 2]


def test_a_duty_is_taken_from_one_of_two_plans(cast: Cast) -> None:
    house = on_shift(cast)
    room(house)
    room(house, "会议室")
    branch, group = asked(house, "QL-B1"), asked(house, "QL-B1-甲", by="何组长")
    [own] = mains(group)
    same = next(one for one in mains(branch) if one.body_id == own.body_id and one.kind == "group_meeting")

    def taken(schedule: Any, pick: int, name: str, at: dt.datetime) -> list[Gathering]:
        return meeting_plans.accept(schedule=schedule, picks=[pick], by=house.account[name], at=at)

    said = both(
        lambda: taken(group, own.pk, "何组长", AT + MINUTE), lambda: taken(branch, same.pk, "王书记", AT + 2 * MINUTE)
    )
    assert said[0] == "" and "BadPlan" in said[1]
    assert Gathering.objects.filter(kind="group_meeting", body=own.body).count() == 1


def test_a_meeting_is_opened_once_with_one_agenda(cast: Cast) -> None:
    row = arranged(cast)
    said = both(lambda: gatherings.open(gathering=row, **by(cast)), lambda: gatherings.open(gathering=row, **by(cast)))
    assert said[0] == "" and "不能再办这一步" in said[1]
    assert row.agenda.count() == len({one.block for one in row.agenda.all()})


def test_a_meeting_is_cancelled_while_its_make_up_is_arranged_and_none_is_left_behind(cast: Cast) -> None:
    first = arranged(cast)
    both(
        lambda: gatherings.cancel(gathering=first, reason="炉子检修", **by(cast)),
        lambda: arranged(cast, starts_at=LATER, makeup_of=first),
    )
    assert set(Gathering.objects.values_list("state", flat=True)) == {"cancelled"}
