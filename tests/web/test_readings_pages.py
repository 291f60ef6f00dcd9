"""The audit page: what waits, who may audit it, what is sent back; one reading with all its versions; a month locked."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.store.models import Reading
from ronglu.work import partitions
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.plant_month import March, make_march
from tests.web.brought import make_reading
from tests.web.pages import check

pytestmark = pytest.mark.django_db
LIST = {"plant": "qinglan", "month": "202603", "state": "forecast"}


@pytest.fixture
def march(cast: Cast, settings: Any) -> March:
    """The audited month of the converter line; today is the day after it."""
    settings.TODAY = "2026-04-02"
    return make_march(plant=cast.plant, line=cast.unit["QL-R1"], by=cast.account["周统计员"])


@pytest.fixture
def waiting(cast: Cast, march: March) -> list[Reading]:
    """Three forecasts of the statistician, where the audited ones stood before."""
    march.channel("sm_coal").readings.filter(day__in=["2026-03-05", "2026-03-06", "2026-03-07"], shift_no=1).delete()
    return [make_reading(cast, day) for day in (5, 6, 7)]


def states(readings: list[Reading]) -> list[str]:
    for one in readings:
        one.refresh_from_db()
    return [one.state for one in readings]


def says(client: Client, name: str, data: dict[str, Any]) -> str:
    """What the page says after a deed."""
    return str(client.post(reverse(name) + "?plant=qinglan", LIST | data, follow=True).content.decode())


def test_a_second_person_audits_what_is_ticked(cast: Cast, client: Client, waiting: list[Reading]) -> None:
    cast.login(client, "陈技术员")
    page = client.get(reverse("readings"), LIST).content.decode()
    assert page.count('name="pk"') == 3 and "周统计员" in page
    assert "已审核 2 个读数。" in says(client, "readings_audit", {"pk": [waiting[0].pk, waiting[2].pk]})
    assert states(waiting) == ["audited", "forecast", "audited"]
    assert waiting[0].audited_by == cast.account["陈技术员"]


def test_keys_that_no_table_can_hold_are_left_out_and_the_others_audited(
    cast: Cast, client: Client, waiting: list[Reading]
) -> None:
    cast.login(client, "陈技术员")
    ticked = ["9" * 40, "9" * 19, "٣", "²", "x", waiting[0].pk]
    assert "已审核 1 个读数。" in says(client, "readings_audit", {"pk": ticked})
    assert states(waiting) == ["audited", "forecast", "forecast"]


def test_all_that_the_filter_shows_is_audited_at_once(cast: Cast, client: Client, waiting: list[Reading]) -> None:
    cast.login(client, "陈技术员")
    assert "已审核 3 个读数。" in says(client, "readings_audit", {"all": "1"})
    assert states(waiting) == ["audited"] * 3


def test_nobody_is_offered_to_audit_his_own_and_a_forged_request_does_nothing(
    cast: Cast, client: Client, waiting: list[Reading]
) -> None:
    cast.login(client, "周统计员")
    page = client.get(reverse("readings"), LIST).content.decode()
    assert "这里都是您自己录入或导入的" in page and "审核所选" not in page
    assert "您自己录入的 3 个留给另一人" in says(client, "readings_audit", {"all": "1"})
    assert states(waiting) == ["forecast"] * 3


def test_what_is_sent_back_needs_a_reason(cast: Cast, client: Client, waiting: list[Reading]) -> None:
    cast.login(client, "陈技术员")
    assert "请写明为什么退回" in says(client, "readings_reject", {"pk": [waiting[0].pk]})
    assert "已退回 1 个读数" in says(client, "readings_reject", {"pk": [waiting[0].pk], "reason": "皮带秤未校"})
    assert states(waiting) == ["rejected", "forecast", "forecast"]


def test_readings_of_other_units_are_neither_seen_nor_audited(
    cast: Cast, client: Client, waiting: list[Reading]
) -> None:
    other = Reading.objects.get(pk=waiting[0].pk)
    channel = other.channel
    channel.unit = cast.unit["QL-F1"]
    channel.save()
    cast.login(client, "陈技术员")
    assert 'name="pk"' not in client.get(reverse("readings"), LIST).content.decode()
    assert "已审核 0 个读数" in says(client, "readings_audit", {"pk": [other.pk]})
    assert client.get(reverse("reading", args=[other.pk])).status_code == 404


def test_a_reading_shows_every_version_and_a_correction_is_a_new_one(cast: Cast, client: Client, march: March) -> None:
    cast.login(client, "周统计员")
    old = march.reading("sm_coal", 12, 3)
    address = reverse("reading_correct", args=[old.pk])
    assert client.post(address, {"text": "1360", "reason": ""}).status_code == 422
    assert "请填一个数" in client.post(address, {"text": "约 1360", "reason": "补磅单"}).content.decode()
    page = client.post(address, {"text": "1360", "reason": "补磅单"}, follow=True).content.decode()
    assert "更正已记为预报" in page and "补磅单" in page
    assert page.count('<th scope="row" class="num">') == 2
    assert [r.text for r in Reading.objects.filter(channel=old.channel, starts_at=old.starts_at).order_by("version")] == [
        "430", "1360",
    ]  # fmt: skip


def test_a_correction_is_audited_where_its_versions_are_seen_but_not_by_its_author(
    cast: Cast, client: Client, march: March
) -> None:
    made = march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=False)
    cast.login(client, "周统计员")
    assert "您自己录入的，须由另一人审核" in client.get(reverse("reading", args=[made.pk])).content.decode()
    cast.login(client, "陈技术员")
    page = client.get(reverse("reading", args=[made.pk])).content.decode()
    assert "核对过 1,360.0 kg？" in page and f'name="pk" value="{made.pk}"' in page


def test_the_list_shows_beside_a_correction_the_value_that_still_scores(
    cast: Cast, client: Client, march: March
) -> None:
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=False)
    cast.login(client, "陈技术员")
    page = client.get(reverse("readings"), LIST).content.decode()
    row = page[page.index("1,360.0") :][:400]
    assert ">430<" in row


def test_what_the_filter_shows_is_taken_away_as_a_workbook(cast: Cast, client: Client, waiting: list[Reading]) -> None:
    cast.login(client, "陈技术员")
    book = b"".join(client.get(reverse("readings_xlsx"), LIST).streaming_content)
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert head[:5] == ["生产日", "班次", "单位", "数列", "数"]
    assert [[str(row[0]), *row[1:5]] for row in rows] == [
        [f"2026-03-0{day}", "白 甲", "转炉线", "熔炼用煤", "430.0"] for day in (7, 6, 5)
    ]


def test_a_month_is_locked_from_the_page_once_it_is_over(
    cast: Cast, client: Client, waiting: list[Reading], settings: Any
) -> None:
    cast.login(client, "周统计员")
    page = says(client, "readings_lock", {"month": "2026-03"})
    assert "2026-03 已锁定 183 个读数。还有 3 个预报没有审核，不计分。" in page
    settings.TODAY = "2026-03-20"
    assert "这个月还没有过完" in client.get(reverse("readings"), LIST).content.decode()
    assert "2026-04-01 08:00 才结束" in says(client, "readings_lock", {"month": "2026-03"})


def test_a_second_person_takes_an_audit_back_on_the_page(cast: Cast, client: Client, march: March) -> None:
    one = march.reading("sm_coal", 12, 3)
    Reading.objects.filter(pk=one.pk).update(audited_by=cast.account["陈技术员"])
    cast.login(client, "周统计员")
    page = client.post(reverse("reading_unaudit", args=[one.pk]), {"reason": "样品取错"}, follow=True).content.decode()
    assert "这个读数回到预报" in page
    assert states([one]) == ["forecast"]


def test_the_list_costs_the_same_queries_for_one_and_three_readings(
    cast: Cast, client: Client, waiting: list[Reading]
) -> None:
    cast.login(client, "陈技术员")

    def cost(keys: list[int]) -> int:
        Reading.objects.exclude(pk__in=keys).filter(state="forecast").update(state="superseded")
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("readings"), LIST)
        return len(seen)

    client.get(reverse("readings"), LIST)  # what is looked up once in a process is looked up here
    three = cost([one.pk for one in waiting])
    assert cost([waiting[0].pk]) == three


def test_the_newest_month_is_shown_when_none_is_asked_for(cast: Cast, client: Client, waiting: list[Reading]) -> None:
    partitions.touch(plant=cast.plant, fact="readings", months=[202602])
    cast.login(client, "陈技术员")
    page = client.get(reverse("readings")).content.decode()
    assert '<option value="202603" selected>2026-03（待审 3）</option>' in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1366, 360])
def test_the_pages_look_right_on_desk_and_phone(
    look: Any, cast: Cast, client: Client, waiting: list[Reading], width: int
) -> None:
    cast.login(client, "陈技术员")
    check(look(reverse("readings"), width=width, cookies=client.cookies), f"readings-{width}")
    check(look(reverse("reading", args=[waiting[0].pk]), width=width, cookies=client.cookies), f"reading-{width}")
