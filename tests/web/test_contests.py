"""The pages of contests and campaigns: terms chosen, declared by a second person, the table with its ties, an appeal, a merit."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.config import clock
from ronglu.store.models import (
    Case,
    Contest,
    ContestResult,
    FieldEntry,
    Halt,
    PartyCampaign,
    PlanStop,
    Reading,
    ShiftRow,
)
from ronglu.tasks import contests as worker
from tests.cast import Cast, cast  # noqa: F401
from tests.web.pages import check
from tests.web.taken_away import cells, words
from tests.work.contested import AFTER, Raced, overhaul, plain, raced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-04-02"


def ended(made: Raced) -> Contest:
    contest = made.declared()
    worker.tend(plant=made.cast.plant, at=dt.datetime(2026, 3, 1, 9))
    worker.tend(plant=made.cast.plant, at=AFTER)
    contest.refresh_from_db()
    return contest


def said(page: Any) -> str:
    return page.content.decode()


@pytest.mark.covers("S0-23")
def test_the_table_says_that_chance_alone_separates_the_crews(client: Client, cast: Cast) -> None:
    contest = ended(raced(cast))
    page = said(cast.login(client, "李班长").get(f"/contests/{contest.pk}/"))
    assert "4 个队并列" in page and page.count("并列 1–4") == 4
    assert "公示中" in page and "2026-04-04" in page
    # what was taken out is said, and nobody is named but who drafted and declared it
    assert "班次时段、轮班周期" in page and "吴师傅" not in page


@pytest.mark.covers("S0-23")
def test_the_table_says_which_shift_stays_in_for_want_of_an_approved_stop(client: Client, cast: Cast) -> None:
    """What was left out under an approved stop is said beside it, on the page and in what is taken away."""
    made, line = raced(cast), cast.unit["QL-R1"]
    at = dt.datetime(2026, 3, 10, 16)
    Halt.objects.create(
        unit=line, starts_at=at, ends_at=at + dt.timedelta(hours=2), kind="planned", reason="maintenance", state="over",
        logged_by=cast.account["李班长"], logged_at=AFTER,
    )  # fmt: skip
    PlanStop.objects.create(
        unit=line, from_on=dt.date(2026, 3, 20), until_on=dt.date(2026, 3, 21), reason="换炉口", approved_by=cast.account["马主任"]
    )  # fmt: skip
    contest, client = ended(made), cast.login(client, "李班长")
    letter = ShiftRow.objects.get(unit=line, day=dt.date(2026, 3, 10), shift_no=2).letter
    page = said(client.get(f"/contests/{contest.pk}/"))
    assert "计划停产：换炉口 3" in page
    assert f"03-10 中班 转炉{letter}班 计划检修" in page
    assert "记了计划停机，没有批准的计划停产，不剔除" in page
    book = cells(client.get(reverse("contest_xlsx", args=[contest.pk])))["剔除和扣除"]
    assert [f"2026-03-10 中班 转炉{letter}班", "计划检修：没有批准的计划停产，不剔除"] in book


@pytest.mark.covers("S0-23")
def test_what_is_missing_is_waited_for_and_then_ranks_nobody_and_the_page_says_both(client: Client, cast: Cast) -> None:
    """The last three weeks of March were not read; three working days after it, 3 April, the wait is over."""
    made = raced(cast)
    Reading.objects.filter(day__gte=dt.date(2026, 3, 10)).delete()
    contest, client = ended(made), cast.login(client, "李班长")
    page = said(client.get(f"/contests/{contest.pk}/"))
    assert contest.state == "running" and "还在等读数" in page and "2026-04-03" in page
    worker.tend(plant=cast.plant, at=dt.datetime(2026, 4, 4, 9))
    page = said(client.get(f"/contests/{contest.pk}/"))
    assert "各队不排名次" in page and page.count("缺数，不排名") == 4 and "并列" not in page.split("办法")[0]


def test_lines_with_too_short_a_past_are_told_to_be_tied(client: Client, cast: Cast) -> None:
    contest = plain(cast, "provisional")
    row = {
        "place": 1, "tied": 2, "barred": False, "events": 0, "effect": "0.1", "shifts": 9, "stood": 9, "points_h": 9000,
        "level_ppb": None, "better_ppb": None, "left_out": [], "by": {w: {"value": None, "plan": None, "before": None,
        "effect": None} for w in ("SM-01", "SM-02")},
    }  # fmt: skip
    told = {"noise": None, "chance": None, "covariates": [], "dropped": [], "out": [], "unread": 0}
    teams = [row | {"team": no, "name": f"转炉{no}线"} for no in (1, 2)]
    ContestResult.objects.create(
        contest=contest,
        version=1,
        cause="竞赛结束",
        inputs={},
        digest="x",
        outcome=told | {"teams": teams},
        made_at=AFTER,
    )
    page = said(cast.login(client, "李班长").get(f"/contests/{contest.pk}/"))
    assert "分不出先后：各队并列" in page and "不排名次" not in page and page.count("并列 1–2") == 2


@pytest.mark.covers("S0-23")
def test_a_counted_contest_leaves_as_a_workbook_with_its_days_and_every_input_and_as_word(
    client: Client, cast: Cast
) -> None:
    """Ninety-three shifts of March; the days of a crew add up to what the table says of it; the paper leaves the inputs out."""
    contest = ended(raced(cast, lead=10))
    book = cells(cast.login(client, "李班长").get(f"/contests/{contest.pk}/contest.xlsx"))
    assert list(book) == ["办法", "结果", "逐项", "逐日", "剔除和扣除", "所据数据"]
    assert book["结果"][1][:2] == ["1", "转炉甲班"]
    feed = next(row for row in book["逐项"] if row[:2] == ["转炉甲班", "处理量（干基）"])
    days = [row for row in book["逐日"] if row[1] == "转炉甲班" and row[2]]
    assert sum(row[3] for row in days) == pytest.approx(feed[3], abs=0.2)
    inputs = book["所据数据"]
    assert len(inputs) == 1 + 93 and inputs[0][5:9] == [
        "处理量（干基） 分子",
        "处理量（干基） 分母",
        "煤耗 分子",
        "煤耗 分母",
    ]
    paper = words(client.get(f"/contests/{contest.pk}/contest.xlsx", {"form": "word"}))
    assert "三月处理量竞赛" in paper and "逐日" in paper and "所据数据" not in paper
    assert cast.login(client, "邻厂书记").get(f"/contests/{contest.pk}/contest.xlsx").status_code == 404


def test_a_draft_leaves_with_its_terms_alone(client: Client, cast: Cast) -> None:
    book = cells(cast.login(client, "李班长").get(f"/contests/{plain(cast, 'draft').pk}/contest.xlsx"))
    assert list(book) == ["办法"]
    assert ["指标和权重", "处理量（干基） 60\u00a0%"] in book["办法"] and ["最少出勤班数", 3] in book["办法"]


@pytest.mark.covers("S0-23")
def test_terms_are_chosen_on_the_page_and_declared_by_another(client: Client, cast: Cast) -> None:
    form = {
        "title": "四月煤耗竞赛", "kind": "crew", "unit": cast.unit["QL-R1"].pk, "first": "2026-04-05", "last": "2026-04-30",
        "indicator_1": "SM-01", "weight_1": "60", "indicator_2": "SM-02", "weight_2": "40", "factor_1": "SM-06",
        "improvement": "30", "least": "3", "appeal_days": "3",
    }  # fmt: skip
    late = cast.login(client, "冯主席").post("/contests/new/", form | {"first": "2026-04-02"})
    assert late.status_code == 422 and "开始前宣布" in said(late)
    assert client.post("/contests/new/", form).status_code == 302
    row = Contest.objects.get()
    assert (row.state, len(row.terms["teams"]), row.terms["covariates"]) == ("draft", 4, ["SM-06"])
    own = client.post(f"/contests/{row.pk}/declare/", {"yes": "1"})
    assert own.status_code == 422 and "须由另一人宣布" in said(own)
    assert cast.login(client, "马主任").post(f"/contests/{row.pk}/declare/", {"yes": "1"}).status_code == 302
    assert client.get(f"/contests/{row.pk}/declare/").status_code == 404
    row.refresh_from_db()
    assert row.state == "declared"


@pytest.mark.covers("S0-23", "S0-25")
def test_a_crew_leader_appeals_and_lists_a_training_item_from_the_page(client: Client, cast: Cast) -> None:
    contest = plain(cast, "provisional")
    cast.login(client, "李班长")
    assert (
        client.post(f"/contests/{contest.pk}/raise/appeal/", {"what": "五日夜班缺数", "wish": "补数后重算"}).status_code
        == 302
    )
    assert "还有 1 件申诉没有结论" in said(client.get(f"/contests/{contest.pk}/"))
    finish = f"{clock.today() + dt.timedelta(days=20)}"
    given = {"unit": cast.unit["QL-R1-甲"].pk, "what": "学配煤", "finish_by": finish}
    assert client.post(f"/contests/{contest.pk}/raise/train/", given).status_code == 302
    assert list(Case.objects.order_by("pk").values_list("loop", flat=True)) == ["appeal", "action"]


def test_who_may_not_declare_sees_no_such_button(client: Client, cast: Cast) -> None:
    contest = plain(cast, "draft")
    assert "/declare/" not in said(cast.login(client, "李班长").get(f"/contests/{contest.pk}/"))
    assert "/declare/" in said(cast.login(client, "马主任").get(f"/contests/{contest.pk}/"))


def test_the_lists_cost_the_same_at_three_rows_as_at_one(
    client: Client, cast: Cast, django_assert_max_num_queries: Any, settings: Any
) -> None:
    settings.TODAY = "2026-02-20"
    cast.login(client, "孙干事")
    counts = []
    for _ in range(2):
        for _ in range(1 if not counts else 2):
            plain(cast, "draft")
            overhaul(cast)
        pair = []
        for url in ("/contests/", "/campaigns/"):
            client.get(url)
            with django_assert_max_num_queries(60) as seen:
                client.get(url)
            pair.append(len(seen))
        counts.append(pair)
    assert counts[0] == counts[1]


@pytest.mark.covers("S3-16", "S3-42")
def test_a_merit_is_told_on_the_page_and_confirmed_by_another(client: Client, cast: Cast) -> None:
    row = overhaul(cast)
    PartyCampaign.objects.update(last_on=dt.date(2026, 4, 20))
    page = said(cast.login(client, "王书记").get(f"/campaigns/{row.pk}/"))
    assert "堵住漏点" in page and "立功" in page and "确认立功" not in page
    told = {"kind": "merit", "day": "2026-04-01", "person": "20101", "words": "抢修两小时"}
    assert client.post(f"/campaigns/{row.pk}/tell/", told).status_code == 302
    entry = FieldEntry.objects.get(words="抢修两小时")
    assert client.post(f"/campaigns/entry/{entry.pk}/", {"holds": "yes"}).status_code == 422
    assert cast.login(client, "马主任").post(f"/campaigns/entry/{entry.pk}/", {"holds": "yes"}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "confirmed"


@pytest.mark.covers("S4-19", "S4-20")
def test_a_safety_month_is_opened_from_its_kit_and_signed_on_the_page(client: Client, cast: Cast) -> None:
    cast.login(client, "孙干事")
    page = said(client.get("/campaigns/new/safety_month/"))
    assert "安全警示月" in page and "2026-05-01" in page  # thirty days from today
    form = {
        "title": "四月安全警示月", "body": cast.body["QL-C"].pk, "bodies": [cast.body["QL-B1"].pk], "first": "2026-04-02",
        "last": "2026-05-01", "goal": "人人承诺",
    }  # fmt: skip
    assert client.post("/campaigns/new/safety_month/", form).status_code == 302
    row = PartyCampaign.objects.get()
    assert row.tasks.filter(counts=True).count() == 4
    assert cast.login(client, "吴师傅").post(f"/campaigns/{row.pk}/sign/", {"words": "我承诺不违章"}).status_code == 302
    # who signed is for those who run it; everybody else sees how many
    assert "吴师傅" not in said(cast.login(client, "李班长").get(f"/campaigns/{row.pk}/"))
    assert "吴师傅" in said(cast.login(client, "孙干事").get(f"/campaigns/{row.pk}/"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_look_right_on_the_phone_and_on_the_desk(look: Any, client: Client, cast: Cast, width: int) -> None:
    contest, row = ended(raced(cast, lead=10)), overhaul(cast)
    cast.login(client, "孙干事")
    for name, url in (
        ("contests", "/contests/"), ("contest", f"/contests/{contest.pk}/"), ("contest-new", "/contests/new/"),
        ("campaigns", "/campaigns/"), ("campaign", f"/campaigns/{row.pk}/"),
    ):  # fmt: skip
        check(look(url, width=width, cookies=client.cookies), f"{name}-{width}")
