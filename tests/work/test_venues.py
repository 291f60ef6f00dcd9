"""Venues: registered, booked once and weekly, never twice at one time, and given up by whom it concerns."""

import datetime as dt
from typing import Any

import pytest

from ronglu.store.models import AuditEntry, Booking, Venue
from ronglu.work import gatherings, venues
from ronglu.work.queries import venues as queries
from ronglu.work.venues import BadVenue
from tests.cast import AT, Cast, cast
from tests.work.met import on_shift, room

__all__ = ["cast"]
NINE = dt.datetime(2026, 3, 12, 9)
HOUR = dt.timedelta(hours=1)


def book(cast: Cast, venue: Venue, starts_at: dt.datetime = NINE, name: str = "李班长", **more: Any) -> list[Booking]:
    said = {"ends_at": starts_at + HOUR, "title": "班组学习"} | more
    return venues.book(venue=venue, starts_at=starts_at, by=cast.account[name], at=AT, **said)


@pytest.mark.covers("S1-20")
def test_a_culture_venue_is_registered_with_seats_equipment_and_who_keeps_it(cast: Cast) -> None:
    row = room(
        cast, "三点文化角", 12, kind="culture", unit=cast.unit["QL-R1"], equipment=[{"name": "书架"}], what_for="青年读书会",
        keeper=cast.person["何组长"],
    )  # fmt: skip
    assert (row.code, row.get_kind_display(), row.keeper.name) == ("CD-01", "党建文化阵地", "何组长")
    changed = venues.amend(
        venue=row,
        by=cast.account["孙干事"],
        at=AT,
        name="三点文化角",
        kind="culture",
        seats=16,
        equipment=[{"name": "投影"}],
    )
    assert changed.seats == 16 and changed.equipment == [{"name": "投影"}] and changed.unit is None
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == ["venues.register", "venues.amend"]


@pytest.mark.parametrize(
    ("said", "words"),
    [({"name": " "}, "请写场地的名称"), ({"seats": 0}, "现为 0"), ({"opens_at": dt.time(8)}, "写起和止"),
     ({"opens_at": dt.time(20), "shuts_at": dt.time(8)}, "止晚于起"), ({"name": "活动室"}, "已经有一个场地叫“活动室”")],
)  # fmt: skip
def test_a_venue_without_sense_is_refused(cast: Cast, said: dict[str, Any], words: str) -> None:
    room(cast)
    with pytest.raises(BadVenue, match=words):
        room(cast, **({"name": "另一间"} | said))


@pytest.mark.covers("S2-10")
def test_one_time_is_given_once_and_one_may_begin_where_another_ends(cast: Cast) -> None:
    row = room(cast)
    book(cast, row)
    with pytest.raises(BadVenue, match=r"活动室 03-12 09:00–10:00 班组学习，已有预订"):
        book(cast, row, NINE + HOUR / 2, name="何组长")
    book(cast, row, NINE + HOUR)
    book(cast, row, NINE - HOUR)
    book(cast, room(cast, "另一间"))
    assert Booking.objects.count() == 4


def test_every_week_is_booked_or_none_and_the_one_in_the_way_is_named(cast: Cast) -> None:
    row = room(cast)
    made = book(cast, row, until=dt.date(2026, 4, 2))
    assert [one.starts_at.day for one in made] == [12, 19, 26, 2] and len({one.series for one in made}) == 1
    other = room(cast, "另一间")
    book(cast, other, NINE + dt.timedelta(days=7))
    with pytest.raises(BadVenue, match="03-19"):
        book(cast, other, until=dt.date(2026, 4, 2))
    assert Booking.objects.filter(venue=other).count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [({"starts_at": AT - HOUR}, "已经过去"), ({"ends_at": NINE}, "应晚于开始"), ({"title": " "}, "请写明用途"),
     ({"until": dt.date(2026, 3, 1)}, "早于第一次"), ({"until": dt.date(2027, 3, 1)}, "最多 26 周"),
     ({"starts_at": NINE.replace(hour=19)}, "只在 08:00–18:00 开放")],
)  # fmt: skip
def test_a_booking_without_sense_is_refused(cast: Cast, more: dict[str, Any], words: str) -> None:
    row = room(cast, opens_at=dt.time(8), shuts_at=dt.time(18))
    with pytest.raises(BadVenue, match=words):
        book(cast, row, **more)


def test_a_booking_is_given_up_by_who_made_it_or_who_keeps_the_venue(cast: Cast) -> None:
    row = room(cast)
    first, *rest = book(cast, row, until=dt.date(2026, 3, 26))

    def give_up(name: str, booking: Booking, **more: Any) -> int:
        return venues.give_up(booking=booking, by=cast.account[name], at=AT, scope=cast.scope(name), **more)

    with pytest.raises(BadVenue, match="由预订的人或场地管理的人取消"):
        give_up("何组长", first)
    assert give_up("李班长", first) == 1
    assert give_up("孙干事", rest[0], series=True) == 2
    with pytest.raises(BadVenue, match="已经取消"):
        give_up("李班长", first)
    book(cast, row)


def test_a_venue_of_a_meeting_goes_with_the_meeting(cast: Cast) -> None:
    row, by = room(cast), cast.account["何组长"]
    meeting = gatherings.arrange(
        body=cast.body["QL-B1-甲"], kind="group_meeting", starts_at=NINE, ends_at=NINE + HOUR, by=by, at=AT, venue=row
    )
    [one] = book(cast, row, name="何组长", gathering=meeting)
    with pytest.raises(BadVenue, match="这是会议的场地"):
        venues.give_up(booking=one, by=by, at=AT, scope=cast.scope("何组长"))
    gatherings.cancel(gathering=meeting, reason="设备抢修", by=by, at=AT)
    book(cast, row, name="李班长")


def test_a_venue_moves_with_its_meeting_or_is_free_again_where_it_meets_elsewhere(cast: Cast) -> None:
    row, by = room(cast), cast.account["何组长"]
    made = {"body": cast.body["QL-B1-甲"], "kind": "group_meeting", "by": by, "at": AT, "venue": row}
    meeting = gatherings.arrange(starts_at=NINE, ends_at=NINE + HOUR, **made)
    book(cast, row, name="何组长", gathering=meeting)
    book(cast, row, NINE + 2 * HOUR)

    def move(hours: float, place: str) -> None:
        starts_at = NINE + hours * HOUR
        gatherings.change(gathering=meeting, starts_at=starts_at, ends_at=starts_at + HOUR, place=place, by=by, at=AT)

    with pytest.raises(BadVenue, match="11:00–12:00 班组学习，已有预订"):
        move(1.5, row.name)
    move(0.5, row.name)
    assert Booking.objects.get(gathering=meeting).starts_at == NINE + HOUR / 2
    move(0.5, "班组休息室")
    meeting.refresh_from_db()
    assert meeting.venue is None and not Booking.objects.filter(gathering=meeting, state="booked").exists()


def test_a_venue_in_use_is_not_shut_and_a_shut_one_not_booked(cast: Cast) -> None:
    row, by = room(cast), cast.account["孙干事"]
    [one] = book(cast, row)
    with pytest.raises(BadVenue, match="还有预订：03-12 09:00–10:00 班组学习"):
        venues.shut(venue=row, by=by, at=AT)
    venues.give_up(booking=one, by=by, at=AT, scope=cast.scope("孙干事"))
    venues.shut(venue=row, by=by, at=AT)
    with pytest.raises(BadVenue, match="活动室已停用"):
        book(cast, row)
    venues.reopen(venue=row, by=by, at=AT)
    assert len(book(cast, row)) == 1


def test_who_looks_after_a_venue_is_its_own_branch_or_the_party_office(cast: Cast) -> None:
    line, plant = room(cast, "线上的", unit=cast.unit["QL-R1"]), room(cast, "全厂的")
    able = {name: (venues.may_edit(cast.scope(name), line), venues.may_edit(cast.scope(name), plant)) for name in
            ("王书记", "孙干事", "李班长", "邻厂书记")}  # fmt: skip
    assert able == {
        "王书记": (True, False),
        "孙干事": (True, True),
        "李班长": (False, False),
        "邻厂书记": (False, False),
    }


@pytest.mark.covers("S2-10")
def test_the_free_times_of_a_day_lie_beside_its_shifts(cast: Cast) -> None:
    """12 March: 甲 (place 0 on the 1st, eleven days on: place 3) stands 中, 乙 夜 till the morning after, 丁 白, 丙 rests."""
    row = room(on_shift(cast))
    book(cast, row, dt.datetime(2026, 3, 12, 16))
    found = queries.hints(row, dt.date(2026, 3, 12), 60, cast.person["李班长"].pk)
    told = {(f"{one.starts_at:%H:%M}", one.word): (one.crews, one.free, one.own) for one in found}
    assert told["14:45", "before"] == ("转炉甲班", True, True)
    assert told["16:15", "after"] == ("转炉丁班", False, False)
    assert told["22:45", "before"] == ("转炉乙班", True, False)
    assert told["06:45", "before"] == ("转炉丁班", True, False)
