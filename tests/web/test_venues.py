"""Venues in the browser: registered, seen, booked from a hint beside the reader's shift, given up; who may do which."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Booking, Venue
from ronglu.work import venues
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.met import on_shift, room

__all__ = ["cast", "the_10th_of_march"]
NINE = dt.datetime(2026, 3, 12, 9)
FILLED = {"name": "三点文化角", "kind": "culture", "seats": "12", "equipment": "书架\n投影仪", "keeper": "20103"}


def booked(cast: Cast, row: Venue, title: str = "读书会", hour: int = 9) -> Booking:
    at = NINE.replace(hour=hour)
    return venues.book(
        venue=row, starts_at=at, ends_at=at + dt.timedelta(hours=1), title=title, by=cast.account["李班长"], at=AT
    )[0]


@pytest.mark.covers("S1-20", "S2-10")
def test_a_culture_venue_is_registered_changed_and_shut_in_the_browser(cast: Cast) -> None:
    assert post(cast, "孙干事", "venue_new", **FILLED).status_code == 302
    row = Venue.objects.get()
    assert row.keeper == cast.person["何组长"] and [one["name"] for one in row.equipment] == ["书架", "投影仪"]
    page = text(cast, "吴师傅", "venue", row.pk)
    assert "书架、投影仪" in page and "党建文化阵地" in page and ">预订<" not in page
    form = get(cast, "孙干事", "venue_deed", row.pk, "edit").context["form"]
    assert form["equipment"].value() == "书架\n投影仪" and form["keeper"].value() == "20103"
    post(cast, "孙干事", "venue_deed", row.pk, "edit", **(FILLED | {"seats": "16"}))
    post(cast, "孙干事", "venue_deed", row.pk, "shut", yes="1")
    assert "停用" in text(cast, "孙干事", "venues") and "16" in text(cast, "孙干事", "venues")
    assert get(cast, "孙干事", "venue_deed", row.pk, "shut").status_code == 404


def test_a_branch_registers_a_venue_of_its_own_line_alone(cast: Cast) -> None:
    own = FILLED | {"keeper": "", "unit": str(cast.unit["QL-R1"].pk)}
    assert post(cast, "王书记", "venue_new", **own).status_code == 302
    row = Venue.objects.get()
    assert get(cast, "王书记", "venue_deed", row.pk, "edit").status_code == 200
    foreign = FILLED | {"name": "精炼角", "keeper": "", "unit": str(cast.unit["QL-F1"].pk)}
    assert post(cast, "王书记", "venue_new", **foreign).status_code == 422
    assert get(cast, "邻厂书记", "venue", row.pk).status_code == 404


@pytest.mark.covers("S2-10")
def test_the_time_beside_ones_own_shift_is_booked_with_one_line_typed(cast: Cast) -> None:
    """12 March: 甲 begins 中 at 16:00, so an hour before it begins at 14:45."""
    row = room(on_shift(cast))
    page = text(cast, "李班长", "venue", row.pk, day="2026-03-12")
    assert "您的班" in page and "转炉甲班 16:00 接班" in page
    address = f"{reverse('venue_book', args=[row.pk])}?day=2026-03-12&starts=14:45&ends=15:45"
    form = cast.login(Client(), "李班长").get(address).context["form"]
    filled = {name: form[name].value() for name in ("day", "starts", "ends")}
    assert filled == {"day": "2026-03-12", "starts": "14:45", "ends": "15:45"}
    assert post(cast, "李班长", "venue_book", row.pk, title="班组学习", **filled).status_code == 302
    one = Booking.objects.get()
    assert (one.starts_at, one.title) == (dt.datetime(2026, 3, 12, 14, 45), "班组学习")
    refused = post(cast, "何组长", "venue_book", row.pk, title="谈心", **filled)
    assert refused.status_code == 422 and "已有预订" in refused.content.decode()
    assert "有人用或不开放" in text(cast, "何组长", "venue", row.pk, day="2026-03-12")


def test_a_weekly_booking_is_given_up_with_its_later_weeks(cast: Cast) -> None:
    row = room(cast)
    said = {"day": "2026-03-12", "starts": "09:00", "ends": "10:00", "title": "读书会", "until": "2026-03-26"}
    assert post(cast, "李班长", "venue_book", row.pk, **said).status_code == 302
    first = Booking.objects.earliest("starts_at")
    assert get(cast, "何组长", "booking_give_up", first.pk).status_code == 404
    post(cast, "李班长", "booking_give_up", first.pk, series="on")
    assert not Booking.objects.filter(state="booked").exists()


@pytest.mark.parametrize("page", ["venues", "venue"])
def test_three_bookings_cost_no_more_queries_than_one(cast: Cast, page: str) -> None:
    row = room(on_shift(cast))

    def cost(n: int) -> int:
        client = cast.login(Client(), "李班长")
        with CaptureQueriesContext(connection) as asked:
            content = client.get(
                reverse(page, args=[row.pk] if page == "venue" else []) + "?on=2026-03-12"
            ).content.decode()
        assert content.count("读书会") >= n
        return len(asked)

    booked(cast, row, "读书会")
    cost(1)
    one = cost(1)
    for hour in (11, 13):
        booked(cast, room(cast, f"{hour} 室"), "读书会", hour)
        booked(cast, row, "读书会", hour)
    assert cost(3) == one


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = on_shift(make_cast())
    said = {
        "equipment": [{"name": "投影仪"}, {"name": "会议桌"}],
        "what_for": "党小组会、读书会",
        "keeper": cast.person["何组长"],
    }
    row = room(cast, opens_at=dt.time(6), shuts_at=dt.time(22), **said)
    booked(cast, row)
    room(cast, "大会议室", 120)
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    row = Venue.objects.get(name="活动室")
    for name, page, args in (
        ("孙干事", "venues", []), ("李班长", "venue", [row.pk]), ("孙干事", "venue_new", []), ("李班长", "venue_book", [row.pk]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        tail = "?on=2026-03-12&day=2026-03-12" if page in ("venues", "venue") else ""
        check(look(reverse(page, args=args) + tail, width=width, cookies=client.cookies), f"{page}-{name}")


def test_a_branch_neither_registers_nor_makes_a_venue_one_of_the_whole_plant(cast: Cast) -> None:
    own = FILLED | {"keeper": "", "unit": str(cast.unit["QL-R1"].pk)}
    answer = post(cast, "王书记", "venue_new", **(own | {"unit": ""}))
    assert answer.status_code == 422 and not Venue.objects.exists()
    assert "全厂共用的场地由党群工作部登记" in answer.content.decode()
    post(cast, "王书记", "venue_new", **own)
    row = Venue.objects.get()
    assert post(cast, "王书记", "venue_deed", row.pk, "edit", **(own | {"unit": ""})).status_code == 422
    assert post(cast, "孙干事", "venue_deed", row.pk, "edit", **(own | {"unit": ""})).status_code == 302


def test_a_meeting_by_hand_names_a_venue_and_is_refused_where_somebody_has_it(cast: Cast) -> None:
    row = room(cast)
    at = {"day": "2026-03-12", "clock": "09:00", "minutes": "60", "place": row.name}
    assert row.name in text(cast, "何组长", "gathering_new", "group_meeting")
    given = at | {"body": cast.body["QL-B1-甲"].pk}
    assert post(cast, "何组长", "gathering_new", "group_meeting", **given).status_code == 302
    assert "党小组会" in text(cast, "李班长", "venue", row.pk)
    answer = post(cast, "王书记", "gathering_new", "committee", **at, body=cast.body["QL-B1"].pk)
    assert answer.status_code == 422 and "活动室 03-12 09:00–10:00 党小组会，已有预订" in answer.content.decode()
