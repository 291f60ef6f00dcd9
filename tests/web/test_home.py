"""Home: each role finds what waits for it, and nothing that is none of its business."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ronglu.store.models import Deputy, Finding, Import, ItemFigure, Reading, Run
from ronglu.tasks.assess import assess_month
from ronglu.tasks.boards import build_plant
from tests.cast import Cast, make_cast
from tests.facts.plant_month import AT, MARCH, March, make_march

EMPTY = "现在没有要您办的"


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    return make_cast()


@pytest.fixture
def march(cast: Cast) -> March:
    line = cast.unit["QL-R1"]
    found = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    build_plant(plant=line.plant, at=AT)
    return found


def home(cast: Cast, client: Client, name: str) -> str:
    response = cast.login(client, name).get("/")
    assert response.status_code == 200, name
    return response.content.decode()


def test_logging_in_leads_home(cast: Cast, client: Client) -> None:
    from tests.cast import PASSWORD

    response = client.post("/login/", {"username": "20102", "password": PASSWORD})
    assert response.headers["Location"] == "/"


def test_a_worker_with_nothing_to_do_is_told_so_kindly_and_sees_his_line(
    march: March, cast: Cast, client: Client
) -> None:
    page = home(cast, client, "吴师傅")
    assert EMPTY in page
    assert "转炉线" in page
    assert "930.00" in page


def test_forecasts_wait_for_another_than_who_keyed_them(march: March, cast: Cast, client: Client) -> None:
    march.restate(march.reading("sm_coal", 31, 3), "530", 5_300, audited=False)
    assert "转炉线 1 个预报等人审核" in home(cast, client, "陈技术员")
    assert "个预报等人审核" not in home(cast, client, "周统计员")
    assert "个预报等人审核" not in home(cast, client, "王书记")


def test_a_gap_of_the_last_day_is_told_to_who_keys_for_the_line(march: March, cast: Cast, client: Client) -> None:
    Reading.objects.filter(channel__series="sm_coal", day="2026-03-31", shift_no=3).delete()
    assert "缺 " not in home(cast, client, "李班长")
    build_plant(plant=march.plant, at=AT)
    from ronglu.work import partitions

    partitions.touch(plant=march.plant, fact="readings", months=[202603])
    build_plant(plant=march.plant, at=AT)
    assert "03-31 转炉线 缺 1 个数" in home(cast, client, "李班长")
    assert "缺 1 个数" not in home(cast, client, "吴师傅")


def test_a_tried_import_waits_for_whoever_may_confirm_it(march: March, cast: Cast, client: Client) -> None:
    Import.objects.create(
        plant=march.plant, file_name="班报_转炉线_2026-03.xlsx", digest="x", size=1, path="x", state="checked",
        created_by=march.by, created_at=AT,
    )  # fmt: skip
    assert "班报_转炉线_2026-03.xlsx" in home(cast, client, "周统计员")
    assert "班报_转炉线_2026-03.xlsx" not in home(cast, client, "李班长")


def test_the_office_is_told_of_a_month_without_scores_and_of_one_that_moved_on(
    march: March, cast: Cast, client: Client
) -> None:
    assert "2026 年 3 月还没有计分" in home(cast, client, "孙干事")
    assert "还没有计分" not in home(cast, client, "王书记")
    assess_month(plant=march.plant, month=MARCH, at=AT)
    page = home(cast, client, "孙干事")
    assert "还没有计分" not in page
    assert "有改动" not in page
    march.restate(march.reading("sm_coal", 10, 1), "530", 5_300, audited=True)
    assert "2026 年 3 月的数据在上次计分以后有改动" in home(cast, client, "孙干事")


def test_items_nobody_judged_yet_are_counted_for_the_office(march: March, cast: Cast, client: Client) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    Run.objects.get().results.filter(item="A1").update(state="awaiting_review")
    branches = Run.objects.get().results.filter(item="A1").count()
    assert f"有 {branches} 格还没有人评" in home(cast, client, "孙干事")


def test_a_figure_waits_for_a_second_person(march: March, cast: Cast, client: Client) -> None:
    ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=380, ground="台账", entered_by=cast.account["孙干事"],
        entered_at=AT,
    )  # fmt: skip
    assert "1 项导入的分等第二人签认" in home(cast, client, "高书记")
    assert "等第二人签认" not in home(cast, client, "孙干事")


def test_findings_are_for_those_who_look_after_the_body(march: March, cast: Cast, client: Client) -> None:
    Finding.objects.create(
        plant=march.plant, rule="R-ORG-01", body=cast.body["QL-B1"], subject=f"body:{cast.body['QL-B1'].pk}",
        detail="未设支委会", severity="MUST", opened_on="2026-03-01",
    )  # fmt: skip
    assert "组织规则有 1 条没有做到" in home(cast, client, "王书记")
    for name in ("吴师傅", "郑师傅", "邻厂书记", "周统计员"):
        assert "条没有做到" not in home(cast, client, name)


def test_a_deputy_is_reminded_whose_posts_he_has_today(march: March, cast: Cast, client: Client) -> None:
    Deputy.objects.create(
        absent=cast.person["王书记"], deputy=cast.person["何组长"], from_on="2026-04-01", until_on="2026-04-10",
        named_by=cast.account["高书记"],
    )  # fmt: skip
    assert "您今天代理王书记的职务" in home(cast, client, "何组长")


def test_a_secretary_sees_how_his_branch_stood_and_nobody_elses(march: March, cast: Cast, client: Client) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    page = home(cast, client, "王书记")
    assert "转炉党支部" in page
    assert "精炼党支部" not in page
    assert "最近一次双百" not in home(cast, client, "吴师傅")


def test_administrators_have_a_home_without_business_data(march: March, cast: Cast, client: Client) -> None:
    page = home(cast, client, "系统管理员")
    assert EMPTY in page
    assert "转炉" not in page


def test_home_costs_the_same_for_one_thing_to_do_and_for_three(
    march: March, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    march.restate(march.reading("sm_coal", 31, 3), "530", 5_300, audited=False)
    home(cast, client, "陈技术员")
    with django_assert_max_num_queries(60) as one:
        home(cast, client, "陈技术员")
    for day in (28, 29, 30):
        march.restate(march.reading("sm_coal", day, 3), "530", 5_300, audited=False)
    with django_assert_max_num_queries(60) as three:
        assert "4 个预报" in home(cast, client, "陈技术员")
    assert len(three) == len(one)


def test_who_reads_several_plants_sees_which_one_stands_there_and_takes_another(
    march: March, cast: Cast, client: Client
) -> None:
    page = home(cast, client, "集团")
    assert "青岚冶炼厂 · 2026 年 3 月" in page
    assert '<option value="baishi"' in page
    assert 'name="plant"' not in home(cast, client, "吴师傅")
