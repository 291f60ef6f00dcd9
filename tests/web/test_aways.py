"""不在岗 on the phone, the planner's page with it, and a meeting with guests and several lead speakers in its minutes."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Away, Gathering, Membership, Person, Post
from ronglu.work import gatherings
from tests.cast import AT, SINCE, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.gathered import close, opened
from tests.work.met import asked, mains, on_shift, room

__all__ = ["cast", "the_10th_of_march"]
DAYS = {"first_on": "2026-03-12", "last_on": "2026-03-15"}


def test_two_days_on_his_own_page_are_all_that_is_asked(cast: Cast) -> None:
    page = text(cast, "吴师傅", "me_away")
    assert page.count('type="date"') == 2 and "textarea" not in page and "不问为什么" in page
    assert post(cast, "吴师傅", "me_away", **DAYS).status_code == 302
    assert "2026-03-12" in text(cast, "吴师傅", "me") and "2026-03-12" in text(cast, "吴师傅", "me_data")
    assert post(cast, "吴师傅", "me_away", first_on="2026-03-15", last_on="2026-03-12").status_code == 422
    post(cast, "吴师傅", "away_withdraw", Away.objects.get().pk)
    assert not Away.objects.exists() and "2026-03-12" not in text(cast, "吴师傅", "me")


def test_who_leads_writes_for_another_and_only_planners_read_it(cast: Cast) -> None:
    number = cast.person["李班长"].staff_no
    assert post(cast, "何组长", "away_another", person=number, **DAYS).status_code == 302
    for name in ("何组长", "王书记"):
        assert "2026-03-12" in text(cast, name, "meeting_plans"), name
    assert "2026-03-12" not in text(cast, "何组长", "me") and "2026-03-12" in text(cast, "李班长", "me")
    assert get(cast, "吴师傅", "away_another").status_code == 404
    beyond = {"person": cast.person["赵安全员"].staff_no, **DAYS}
    assert post(cast, "何组长", "away_another", **beyond).status_code == 422
    pk = Away.objects.get().pk
    assert post(cast, "郑师傅", "away_withdraw", pk).status_code == 404
    assert post(cast, "王书记", "away_withdraw", pk).status_code == 302 and not Away.objects.exists()


def test_a_colleague_is_found_by_name_and_the_planner_is_shown_again_as_it_was_left(cast: Cast) -> None:
    asked_from = f"?plan=1&plant=qinglan&body={cast.body['QL-B1'].pk}&month=2026-05"
    assert asked_from.replace("&", "&amp;") in text(cast, "王书记", "meeting_plans", month="2026-05")
    client = Client()
    client.force_login(cast.account["王书记"])
    form = reverse("away_another") + asked_from
    assert f'hx-get="{reverse("case_people")}?for=id_person&amp;name=person"' in client.get(form).content.decode()
    done = client.post(form, {"person": "李班长", **DAYS})
    assert done.status_code == 302 and done["Location"] == reverse("meeting_plans") + "?plant=qinglan" + asked_from[21:]
    assert Away.objects.get().person == cast.person["李班长"]
    Person.objects.create(plant=cast.plant, staff_no="20999", name="李班长")
    refused = client.post(form, {"person": "李班长", **DAYS})
    number = cast.person["李班长"].staff_no
    assert (
        refused.status_code == 422
        and f"“李班长”有几个人：{number} 李班长、20999 李班长，请写工号" in refused.content.decode()
    )
    assert "没有工号或姓名“李班”" in client.post(form, {"person": "李班", **DAYS}).content.decode()


def test_the_plan_page_tells_who_is_not_counted_and_a_meeting_that_falls_short(cast: Cast) -> None:
    on_shift(cast)
    room(cast)
    for name in ("乙班党员0", "丙班党员0", "丁班党员0"):
        Away.objects.create(
            person=cast.person[name],
            from_on=dt.date(2026, 4, 1),
            until_on=dt.date(2026, 5, 1),
            by=cast.account["王书记"],
            at=AT,
        )
    at = dt.datetime(2026, 4, 2, 16, 15)
    gatherings.arrange(
        body=cast.body["QL-B1"],
        kind="committee",
        starts_at=at,
        ends_at=at + dt.timedelta(hours=1),
        by=cast.account["王书记"],
        at=AT,
    )
    assert "到会预计 1/4，够不上半数：3 人不在岗" in text(cast, "王书记", "meeting_plans")
    row = asked(cast, "QL-B1")
    page = text(cast, "王书记", "meeting_plans")
    theme = next(one for one in mains(row) if one.kind == "theme_day")
    assert sum(one["people"] for one in theme.parts["off"]) == 3 and "不在岗：转炉" in page


def test_a_meeting_by_hand_says_who_is_elsewhere(cast: Cast) -> None:
    at = dt.datetime(2026, 3, 12, 16)
    said = {"starts_at": at, "ends_at": at + dt.timedelta(hours=1), "by": cast.account["王书记"], "at": AT}
    row = gatherings.arrange(body=cast.body["QL-B1-甲"], kind="group_meeting", **said)
    gatherings.arrange(body=cast.body["QL-B1"], kind="theme_day", **said)
    assert "人同时有“主题党日”（03-12 16:00）" in text(cast, "何组长", "gathering", row.pk)


def central(cast: Cast) -> Gathering:
    """中心组: two sit on the committee of the plant."""
    for name in ("孙干事", "马主任"):
        Membership.objects.get_or_create(
            person=cast.person[name], body=cast.body["QL-C"], defaults={"status": "full", "from_on": SINCE}
        )
        Post.objects.get_or_create(
            person=cast.person[name], body=cast.body["QL-C"], role="member", defaults={"from_on": SINCE}
        )
    return opened(cast, "central_study", "QL-C", name="孙干事")


def test_several_lead_speakers_and_guests_stand_in_the_minutes_and_the_handbook(cast: Cast) -> None:
    row = central(cast)
    two = [cast.person[name].staff_no for name in ("孙干事", "马主任")]
    given = {"in-topic": "改革文件", "in-speaker": "、".join(two), "do": "save"}
    assert post(cast, "孙干事", "gathering_write", row.pk, **given).status_code == 302
    row.refresh_from_db()
    assert row.data["speaker"] == [cast.person[name].pk for name in ("孙干事", "马主任")]
    guest = {"person": cast.person["周统计员"].staff_no, "who": "", "count": "1"}
    assert post(cast, "孙干事", "gathering_deed", row.pk, "guest", **guest).status_code == 302
    for n in ("1", "2"):
        outside = {"person": "", "who": "superior", "count": n}
        assert post(cast, "孙干事", "gathering_deed", row.pk, "guest", **outside).status_code == 302
    row.refresh_from_db()
    assert row.guests == [{"code": "superior", "count": 2}], "the new number holds"
    assert post(cast, "孙干事", "gathering_deed", row.pk, "guest", person="", who="张三", count="1").status_code == 422
    assert post(cast, "孙干事", "gathering_deed", row.pk, "guest", **guest).status_code == 422, "once"
    page = text(cast, "孙干事", "gathering", row.pk)
    assert "上级党委" in page and "周统计员" in page
    row.people.update(mark="present")
    row.people.filter(due=False).update(mark="")
    type(row).objects.filter(pk=row.pk).update(present=row.people.filter(due=True).count())
    close(cast, row, name="孙干事")
    page = text(cast, "孙干事", "minutes", row.pk)
    assert "孙干事、马主任" in page and "周统计员、上级党委 2 人" in page
    row.refresh_from_db()
    assert row.due == row.people.filter(due=True).count(), "a guest is not due"


def test_a_guest_is_taken_off_and_a_meeting_that_moves_keeps_its_guests(cast: Cast) -> None:
    row = opened(cast, starts_at=AT)
    for said in ({"person": cast.person["周统计员"].staff_no}, {"who": "partner", "count": "3"}):
        post(cast, "何组长", "gathering_deed", row.pk, "guest", **said)
    member = {"person": cast.person["李班长"].staff_no}
    assert post(cast, "何组长", "gathering_deed", row.pk, "guest", **member).status_code == 422, "he is due"
    post(cast, "何组长", "gathering_dismiss", row.pk, str(cast.person["周统计员"].pk))
    row.refresh_from_db()
    assert not row.people.filter(due=False).exists() and row.guests
    post(cast, "何组长", "gathering_dismiss", row.pk, "partner")
    row.refresh_from_db()
    assert row.guests == []
    assert post(cast, "吴师傅", "gathering_dismiss", row.pk, "partner").status_code == 404


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = on_shift(make_cast())
    room(cast)
    for name in ("李班长", "乙班党员0", "丙班党员0"):
        Away.objects.create(
            person=cast.person[name],
            from_on=dt.date(2026, 4, 1),
            until_on=dt.date(2026, 4, 20),
            by=cast.account["王书记"],
            at=AT,
        )
    asked(cast, "QL-B1")
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    row = opened(house, starts_at=AT)
    post(house, "何组长", "gathering_deed", row.pk, "guest", who="superior", count="2")
    for name, page, args in (
        ("李班长", "me", []), ("李班长", "me_away", []), ("何组长", "away_another", []), ("王书记", "meeting_plans", []),
        ("何组长", "gathering", [row.pk]), ("何组长", "gathering_deed", [row.pk, "guest"]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        check(look(reverse(page, args=args), width=width, cookies=client.cookies), f"{page}-{name}")
