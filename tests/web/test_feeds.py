"""The pages of feeds, and values pushed by a machine: what came, what was not taken, who decides."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import AuditEntry, Channel, Feed, FeedRefusal, Reading
from tests.cast import Cast, cast
from tests.web.machines import fixed_day, machine
from tests.web.pages import WIDTHS, check
from tests.work.fed import AT, LINE, make_fed

__all__ = ["cast", "fixed_day"]
TAGS = [{"tag": "P1", "line": LINE, "series": "sm_power", "grain": "hour", "unit": "kWh"}]
HOUR = {"tag": "P1", "at": "2026-03-09T08:00", "value": 120.5}


def push(cast: Cast) -> Feed:
    make_fed(cast).feed.delete()
    Channel.objects.create(unit=cast.unit[LINE], series="sm_power", grain="hour", from_on=dt.date(2026, 1, 1))
    return Feed.objects.create(
        plant=cast.plant,
        code="power",
        name="转炉电表",
        kind="push",
        tags=TAGS,
        account=cast.account["周统计员"],
        started_at=AT,
    )


def send(cast: Cast, *values: dict[str, Any], key: str = "", by: str = "周统计员") -> tuple[int, Any]:
    client = machine(cast, by).client
    more: dict[str, Any] = {"headers": {"Idempotency-Key": key}} if key else {}
    answer = client.post("/api/v1/feeds/power", {"values": values}, content_type="application/json", **more)
    return answer.status_code, answer.json()


def test_a_push_is_taken_value_by_value_and_says_what_it_did_not_take(cast: Cast) -> None:
    push(cast)
    status, answer = send(
        cast, HOUR, HOUR | {"at": "2026-03-09T09:00", "value": "0.118", "unit": "MWh"}, HOUR | {"tag": "P9"}
    )
    assert status == 200 and (answer["added"], answer["refused"], answer["again"]) == (2, 1, False)
    assert answer["problems"] == [{"tag": "P9", "at": "2026-03-09T08:00", "why": "点位“P9”没有对应到测点"}]
    assert dict(Reading.objects.values_list("text", "value")) == {"120.5": 1205, "0.118 MWh": 1180}


def test_a_push_is_told_what_the_tables_would_not_take_either(cast: Cast) -> None:
    """The tag is known and the number fine, but the hour lies ahead of the clock."""
    push(cast)
    _status, answer = send(cast, HOUR, HOUR | {"at": "2031-01-01T08:00"})
    assert (answer["added"], answer["refused"]) == (1, 1)
    assert [(one["tag"], one["at"]) for one in answer["problems"]] == [("P1", "2031-01-01T08:00")]
    assert "还没有到，请核对来源的时钟" in answer["problems"][0]["why"]


def test_the_same_key_twice_changes_nothing_and_is_refused_for_another_body(cast: Cast) -> None:
    push(cast)
    assert send(cast, HOUR, key="a-1")[1]["again"] is False
    assert send(cast, HOUR, key="a-1")[1]["again"] is True
    status, answer = send(cast, HOUR | {"value": 1}, key="a-1")
    assert (status, answer["code"]) == (409, "key_used") and Reading.objects.get().text == "120.5"


def test_a_value_that_goes_back_to_what_it_was_is_a_third_version(cast: Cast) -> None:
    push(cast)
    for key, value in (("a", 1), ("b", 2), ("c", 1)):
        send(cast, HOUR | {"value": value}, key=key)
    assert list(Reading.objects.order_by("version").values_list("text", "state")) == [
        ("1", "superseded"), ("2", "superseded"), ("1", "forecast"),
    ]  # fmt: skip


def test_a_feed_is_pushed_to_by_its_own_account_only_and_not_while_paused(cast: Cast) -> None:
    feed = push(cast)
    assert send(cast, HOUR, by="陈技术员")[0] == 404
    Feed.objects.filter(pk=feed.pk).update(state="paused")
    assert send(cast, HOUR)[0] == 409 and not Reading.objects.exists()


def refused(cast: Cast) -> FeedRefusal:
    """March is locked; what the machine says anew of it is kept."""
    push(cast)
    send(cast, HOUR)
    Reading.objects.update(state="locked")
    send(cast, HOUR | {"value": 130})
    return FeedRefusal.objects.get()


def settle(cast: Cast, client: Client, row: FeedRefusal, word: str, reason: str, by: str = "周统计员") -> int:
    url = f"/feeds/{row.feed_id}/refused/{row.pk}/{word}/"
    return cast.login(client, by).post(url, {"reason": reason}).status_code


def test_what_a_locked_month_refused_is_taken_in_by_a_person_with_a_reason(cast: Cast, client: Client) -> None:
    row = refused(cast)
    assert (row.code, row.text) == ("locked", "130")
    settle(cast, client, row, "take", "")
    assert Reading.objects.count() == 1
    settle(cast, client, row, "take", "电表校准后重报")
    new = Reading.objects.latest("version")
    assert (new.text, new.state, new.reason) == ("130", "forecast", "电表校准后重报")
    assert Reading.objects.filter(state="locked").exists()  # the old one goes on scoring until the new one is audited
    row.refresh_from_db()
    assert row.state == "taken" and row.settled_by == cast.account["周统计员"]
    assert AuditEntry.objects.filter(verb="feeds.take_in").exists()


def test_a_value_may_be_dropped_with_a_reason_and_stays_visible(cast: Cast, client: Client) -> None:
    row = refused(cast)
    settle(cast, client, row, "drop", "电表检修时的空转")
    assert "电表检修时的空转" in client.get(f"/feeds/{row.feed_id}/").content.decode()
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("李班长", 403), ("王书记", 403), ("赵安全员", 403), ("外人", 404)])
def test_others_neither_see_nor_settle(cast: Cast, client: Client, name: str, status: int) -> None:
    row = refused(cast)
    assert settle(cast, client, row, "drop", "x", by=name) == status
    assert client.get(f"/feeds/{row.feed_id}/").status_code == status
    row.refresh_from_db()
    assert row.state == "open"


def test_a_feed_is_paused_and_resumed_from_its_page(cast: Cast, client: Client) -> None:
    feed = push(cast)
    page = cast.login(client, "周统计员")
    page.post(f"/feeds/{feed.pk}/pause/")
    feed.refresh_from_db()
    assert feed.state == "paused" and "已暂停" in page.get("/feeds/").content.decode()
    page.post(f"/feeds/{feed.pk}/resume/")
    feed.refresh_from_db()
    assert feed.state == "running" and page.post(f"/feeds/{feed.pk}/backfill/", {"since": "不"}).status_code == 302


def test_three_feeds_cost_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    feed = push(cast)
    page = cast.login(client, "周统计员")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert page.get("/feeds/").status_code == 200
        return len(found)

    page.get("/feeds/")
    one = cost()
    for number in (1, 2):
        feed.pk, feed.code, feed.name = None, f"power-{number}", f"电表 {number}"
        feed.save(force_insert=True)
    assert cost() == one


def asked(cast: Cast, page: Client) -> Feed:
    """Twelve hours of some 120 kWh, then two hours a thousand times less: somebody changed the unit, or nobody did."""
    feed = push(cast)
    send(cast, *(HOUR | {"at": f"2026-03-08T{hour:02d}:00", "value": 110 + hour} for hour in range(12)))
    send(cast, *(HOUR | {"at": f"2026-03-08T{hour}:00", "value": "0.12"} for hour in (12, 13)))
    assert Reading.objects.count() == 12 and "的计量单位变了吗" in page.get(f"/feeds/{feed.pk}/").content.decode()
    return feed


def test_a_changed_unit_is_a_question_and_its_answer_takes_all_in_converted(cast: Cast, client: Client) -> None:
    page = cast.login(client, "周统计员")
    feed = asked(cast, page)
    Feed.objects.filter(pk=feed.pk).update(tags=[TAGS[0] | {"unit": "MWh"}])
    page.post(f"/feeds/{feed.pk}/answer/", {"tag": "P1", "reason": ""})
    assert Reading.objects.count() == 12  # without a reason nothing is taken
    page.post(f"/feeds/{feed.pk}/answer/", {"tag": "P1", "reason": "电表改报 MWh"})
    assert list(Reading.objects.filter(starts_at__hour__in=(12, 13)).values_list("value", flat=True)) == [1200, 1200]
    assert "的计量单位变了吗" not in page.get(f"/feeds/{feed.pk}/").content.decode()
    assert page.post(f"/feeds/{feed.pk}/answer/", {"tag": "P1", "reason": "x"}).status_code == 404


def test_a_changed_unit_may_be_dropped_to_be_sent_anew(cast: Cast, client: Client) -> None:
    page = cast.login(client, "周统计员")
    feed = asked(cast, page)
    page.post(f"/feeds/{feed.pk}/answer/", {"tag": "P1", "reason": "请重发", "do": "drop"})
    send(cast, HOUR | {"at": "2026-03-08T12:00", "value": 121})
    assert Reading.objects.count() == 13 and set(FeedRefusal.objects.values_list("state", flat=True)) == {"dropped"}


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.django_db(transaction=True)
def test_the_pages_look_right(cast: Cast, client: Client, look: Callable[..., Any], width: int) -> None:
    row = refused(cast)
    push_again = {
        "kind": "sql",
        "silent_since": AT,
        "trouble": "数据库连不上，或没有及时答复；请核对地址、账号和网络",
        "trouble_at": AT,
    }
    Feed.objects.filter(pk=row.feed_id).update(**push_again)
    FeedRefusal.objects.create(
        feed=row.feed,
        digest="d",
        tag="P1",
        label="2026-03-09T10:00",
        text="0.1",
        code="scale",
        why="像是来源换了计量单位",
        came_at=AT,
    )
    cast.login(client, "周统计员")
    check(look("/feeds/", width=width, cookies=client.cookies), f"feeds-{width}")
    check(look(f"/feeds/{row.feed_id}/", width=width, cookies=client.cookies), f"feed-{width}")
