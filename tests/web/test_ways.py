"""Ways out for digests: set up by the office or the administrator; an address goes in and never comes out whole."""

from typing import Any

import pytest
from django.test import Client

from ronglu.store.models import AuditEntry, Digest, NoticeChannel
from tests.cast import AT, Cast, cast
from tests.web.pages import WIDTHS, Look, check

__all__ = ["cast"]
SECRET = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcd-efgh-ijkl-1234"


def way(cast: Cast, label: str = "全厂群", **more: Any) -> NoticeChannel:
    return NoticeChannel.objects.create(plant=cast.plant, kind="wecom", label=label, address=SECRET, **more)


def new(client: Client, **given: str) -> Any:
    return client.post("/admin/ways/new/", {"kind": "wecom", "label": "转炉群", "unit": "", "address": SECRET} | given)


def test_an_address_goes_in_and_never_comes_out_whole(cast: Cast, client: Client) -> None:
    cast.login(client, "孙干事")
    assert new(client).status_code == 302
    assert NoticeChannel.objects.get().address == SECRET
    page = client.get("/admin/ways/").content.decode()
    assert "转炉群" in page and "企业微信群机器人" in page and "…1234" in page
    assert "abcd-efgh" not in page
    assert not any("abcd-efgh" in str(vars(entry)) for entry in AuditEntry.objects.all())


def test_an_address_of_another_shape_is_refused_in_words_and_not_repeated_as_a_fault(
    cast: Cast, client: Client
) -> None:
    cast.login(client, "孙干事")
    answer = new(client, address="https://evil.example/send?key=abcd-efgh")
    assert answer.status_code == 422
    assert "企业微信群机器人的地址写法不对" in answer.content.decode()
    assert not NoticeChannel.objects.exists()


def test_a_label_is_used_once_in_a_plant(cast: Cast, client: Client) -> None:
    way(cast, "转炉群")
    assert "已有叫“转炉群”的渠道" in new(cast.login(client, "孙干事")).content.decode()


def test_a_trial_says_nothing_of_the_plant_and_waits_for_its_result(cast: Cast, client: Client) -> None:
    one = way(cast)
    cast.login(client, "孙干事")
    assert client.post(f"/admin/ways/{one.pk}/try/").status_code == 302
    made = Digest.objects.get()
    assert (made.title, made.lines, made.state) == ("试发：这个渠道接通了", [], "waiting")
    client.post(f"/admin/ways/{one.pk}/try/")
    assert Digest.objects.count() == 1
    assert "上一次试发还没有结果" in client.get("/admin/ways/").content.decode()


def test_one_that_is_switched_off_sends_nothing(cast: Cast, client: Client) -> None:
    one = way(cast)
    cast.login(client, "孙干事")
    assert client.post(f"/admin/ways/{one.pk}/off/").status_code == 302
    one.refresh_from_db()
    assert one.state == "off"
    client.post(f"/admin/ways/{one.pk}/try/")
    assert not Digest.objects.exists()
    client.post(f"/admin/ways/{one.pk}/on/")
    one.refresh_from_db()
    assert one.state == "on"


def test_a_neighbour_and_those_without_the_task_touch_nothing(cast: Cast, client: Client) -> None:
    one = way(cast)
    for name in ("邻厂书记", "马主任", "吴师傅", "外人"):
        assert cast.login(client, name).post(f"/admin/ways/{one.pk}/off/").status_code in (403, 404), name
    one.refresh_from_db()
    assert one.state == "on"


def test_the_list_costs_the_same_for_one_and_for_three(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    one = way(cast, unit=cast.unit["QL-F"])
    Digest.objects.create(plant=cast.plant, channel=one, key="a", title="t", at=AT, next_at=AT)
    cast.login(client, "孙干事").get("/admin/ways/")
    with django_assert_max_num_queries(40) as first:
        client.get("/admin/ways/")
    for n in range(2):
        other = way(cast, f"群{n}", unit=cast.unit["QL-R"])
        Digest.objects.create(
            plant=cast.plant, channel=other, key=f"b{n}", title="t", at=AT, next_at=AT, state="failed"
        )
    with django_assert_max_num_queries(40) as third:
        client.get("/admin/ways/")
    assert len(third) == len(first)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_hold(cast: Cast, client: Client, look: Look, width: int) -> None:
    one = way(cast)
    Digest.objects.create(
        plant=cast.plant, channel=one, key="a", title="t", at=AT, next_at=AT, state="failed", detail="连不上对方"
    )
    way(cast, "转炉群", state="off", unit=cast.unit["QL-R"])
    cast.login(client, "孙干事")
    check(look("/admin/ways/", width=width, cookies=client.cookies), "ways")
    check(look("/admin/ways/new/", width=width, cookies=client.cookies), "way-new")
