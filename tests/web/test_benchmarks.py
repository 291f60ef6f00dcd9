"""The pages of benchmarks, records and the target card: what they say, who may set a value, what becomes a case."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ronglu.boards.record.build import build
from ronglu.config.plant import pack_of
from ronglu.store.models import AuditEntry, Benchmark, Case, IndicatorRow, Unit
from ronglu.store.values import calendar_of
from tests.cast import Cast, make_cast
from tests.web.pages import Look, check
from tests.work.effected import board, calendar, coal

LINE = {"unit": "QL-R1", "grain": "month", "period": "2026-03"}


def month(unit: Unit, period: str, value: str, *, code: str = "SM-02", grain: str = "month", plan: str = "") -> None:
    IndicatorRow.objects.create(
        plant=unit.plant, unit=unit, indicator=code, grain=grain, period=period, value=value, covered=93, expected=93,
        month=int(period.replace("-", "")) if "-" in period else int(period) * 100 + 3, plan=plan,
    )  # fmt: skip


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    """The converter line's coal by the day up to March 2026, and its months; 43 kg a tonne in March, the best 41 in May 2025."""
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    cast = make_cast()
    calendar(cast)
    line = cast.unit["QL-R1"]
    board(line, coal())
    months = [f"2025-{n:02}" for n in range(3, 13)] + ["2026-01", "2026-02", "2026-03"]
    for place, period in enumerate(months):
        month(line, period, "41.00" if period == "2025-05" else f"{44 - place * 0.05:.2f}" if place < 12 else "43.00")
    month(cast.unit["QL-R1-甲"], "2026-03", "42.10")
    month(cast.unit["QL-R1-乙"], "2026-03", "43.70")
    month(line, "2026", "43.30", grain="year", plan="42")
    found()
    return cast


def found() -> None:
    plant = Unit.objects.get(code="QL-R1").plant
    pack = pack_of(plant.code)
    build(
        plant=plant, indicators=pack.indicators, calendar=calendar_of(plant), until=dt.date(2026, 3, 31),
        rules=pack.base.records,
    )  # fmt: skip


def mark(cast: Cast, value: str, *, tier: str = "industry", code: str = "SM-02") -> Benchmark:
    return Benchmark.objects.create(
        plant=cast.plant, indicator=code, tier=tier, value=value, source="行业年报第 12 页", dated_on=dt.date(2026, 1, 5),
        owner=cast.person["陈技术员"],
    )  # fmt: skip


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


@pytest.mark.covers("S0-02", "S1-07", "S4-17")
def test_a_unit_stands_beside_its_best_its_crews_and_the_tiers_with_source_day_and_owner(
    cast: Cast, client: Client
) -> None:
    mark(cast, "43.50")
    mark(cast, "40.00", tier="domestic")
    page = text(cast.login(client, "王书记").get("/benchmarks/", LINE))
    for shown in (
        "41.00",
        "2025 年 5 月",
        "42.10",
        "转炉甲班",
        "行业先进 43.50",
        "行业年报第 12 页 2026-01-05",
        "陈技术员",
    ):
        assert shown in page, shown
    # 43.00 is better than the industry's 43.50; to the domestic 40.00 there are 3.00, 7.5 % of it
    assert "国内领先 40.00" in page and "3.00" in page and "7.50" in page


def test_the_weakest_are_ordered_by_the_share_of_their_benchmark(cast: Cast, client: Client) -> None:
    line = cast.unit["QL-R1"]
    for code, value, best in (
        ("SM-04", "52", "51"),
        ("SM-07", "0.500", "0.400"),
        ("SM-08", "97.00", "98.00"),
        ("SM-11a", "80", "88"),
    ):
        month(line, "2026-03", value, code=code)
        mark(cast, best, code=code)
    page = text(cast.login(client, "王书记").get("/benchmarks/", LINE))
    weak = page[page.index("薄弱环节") : page.index("逐项对标")]
    # 25 %, 9.09 %, 1.96 %; the recovery lacks 1.02 % and is not among the three
    assert weak.index("弃渣含铜") < weak.index("送风时率") < weak.index("电炉电耗")
    assert "铜冶炼总回收率" not in weak


@pytest.mark.covers("S0-42")
def test_a_gap_becomes_a_case_with_its_figures_filled_in_and_its_closing_is_followed(
    cast: Cast, client: Client
) -> None:
    mark(cast, "40.00")
    client = cast.login(client, "陈技术员")
    page = text(client.get("/benchmarks/", LINE))
    address = page[page.index("/cases/gap/new/") :].split('"')[0].replace("&amp;", "&")
    form = text(client.get(address))
    for filled in (
        'value="43.00"',
        'value="40.00"',
        "行业先进：行业年报第 12 页（2026-01-05）",
        'value="SM-02" selected',
    ):
        assert filled in form, filled
    given = {
        "indicator": "SM-02",
        "ours": "43.00",
        "best": "40.00",
        "from_whom": "行业年报",
        "case-place": f"unit:{cast.unit['QL-R1'].pk}",
    }
    client.post("/cases/gap/new/", given)
    case = Case.objects.get(loop="gap")
    assert case.title == "煤耗"
    # while it runs, its number stands where the button was: nobody opens a second one of the same gap
    weak = text(client.get("/benchmarks/", LINE)).partition("逐项对标")[0]
    assert case.number in weak and "/cases/gap/new/" not in weak
    month(cast.unit["QL-R1"], "2026-04", "42.10")
    IndicatorRow.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1"], indicator="SM-02", grain="day", period="2026-04-01", value="42.10",
        month=202604, covered=3, expected=3,
    )  # fmt: skip
    page = text(client.get("/benchmarks/", LINE | {"period": "2026-04"}))
    row = page[page.rindex(case.number) :][:900]
    # 3.00 when it was opened, 2.10 now: 30 % closed
    for shown in ("3.00", "2.10", "30.0"):
        assert shown in row, shown


def test_energy_levels_are_shown_with_the_word_that_they_must_be_checked(cast: Cast, client: Client) -> None:
    month(cast.unit["QL-R1"], "2026-03", "120.50", code="SM-13")
    page = text(cast.login(client, "王书记").get("/benchmarks/", LINE))
    assert "引用前须核对原文" in page and "GB 25323-2023" in page
    own = page[page.index("GB 25323-2023") : page.index("各工序等级")]
    assert "120.5" in own and "2 级" in own


def test_a_technician_sets_corrects_and_removes_and_the_trail_keeps_what_stood(cast: Cast, client: Client) -> None:
    client = cast.login(client, "陈技术员")
    form = {
        "code": "SM-02",
        "tier_code": "world",
        "value": "38.5",
        "day": "2026-02-01",
        "source": "国际同行年报",
        "owner": "20107",
    }
    answer = client.post("/benchmarks/kept/new/", form, follow=True)
    row = Benchmark.objects.get()
    assert (row.value, row.tier, row.owner) == ("38.5", "world", cast.person["马主任"])
    assert "世界一流" in text(answer) and "马主任" in text(answer)
    client.post(f"/benchmarks/kept/{row.pk}/", {"value": "38.9", "source": "国际同行年报", "owner": ""})
    assert [one.value for one in Benchmark.objects.all()] == ["38.9"]
    assert AuditEntry.objects.get(detail__before="38.5").verb == "benchmarks.set"
    client.post(f"/benchmarks/kept/{row.pk}/remove/", {"why": ""})
    assert Benchmark.objects.count() == 1
    client.post(f"/benchmarks/kept/{row.pk}/remove/", {"why": "抄错了"})
    assert Benchmark.objects.count() == 0
    assert AuditEntry.objects.get(verb="benchmarks.remove").detail["value"] == "38.9"


def test_a_day_ahead_and_an_indicator_without_direction_are_refused(cast: Cast, client: Client) -> None:
    client = cast.login(client, "陈技术员")
    form = {"code": "SM-02", "tier_code": "world", "value": "38.5", "day": "2026-05-01", "source": "年报"}
    answer = client.post("/benchmarks/kept/new/", form)
    assert answer.status_code == 422 and "还没有到" in text(answer)
    assert client.post("/benchmarks/kept/new/", form | {"day": "2026-02-01", "code": "SM-06"}).status_code == 422
    assert Benchmark.objects.count() == 0


def test_who_may_not_set_sees_no_button_and_other_plants_see_nothing(cast: Cast, client: Client) -> None:
    row = mark(cast, "40")
    page = cast.login(client, "李班长")
    assert "设标杆" not in text(page.get("/benchmarks/kept/")) and page.get("/benchmarks/kept/new/").status_code == 403
    for name in ("邻厂书记", "外人"):
        other = cast.login(client, name)
        assert "行业年报" not in text(other.get("/benchmarks/kept/")), name
        assert other.get(f"/benchmarks/kept/{row.pk}/").status_code in (403, 404), name


@pytest.mark.covers("S1-53")
def test_records_say_what_stands_since_when_and_what_was_beaten(cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "李班长").get("/records/", LINE))
    for shown in ("现纪录", "41.00", "2025 年 5 月", "系统自己找，不计分", "破纪录的经过", "获奖登记"):
        assert shown in page, shown


@pytest.mark.covers("S1-53")
def test_the_best_of_the_year_stands_beside_the_record_of_all_time(cast: Cast, client: Client) -> None:
    """41 in May 2025 is the record; of the three months of 2026 that were read March was the best."""
    page = text(cast.login(client, "李班长").get("/records/", LINE))
    part = page.split("2026 年内最好")[1].split("</table>")[0]
    assert "43.00" in part and "2026 年 3 月" in part and "41.00" not in part
    assert "年内" in page.split("破纪录的经过", 1)[1]


def test_a_new_record_is_told_on_the_first_page_of_its_people_and_of_nobody_else(
    cast: Cast, client: Client, settings: Any
) -> None:
    line = cast.unit["QL-R1"]
    row = IndicatorRow.objects.get(unit=line, indicator="SM-02", grain="day", period="2026-03-17")
    row.value = "33.00"
    row.save()
    found()
    settings.TODAY = "2026-03-20"
    page = text(cast.login(client, "李班长").get("/"))
    assert "新纪录" in page and "33.00" in page and "2026-03-17" in page
    for name in ("郑师傅", "邻厂书记"):
        assert "新纪录" not in text(cast.login(client, name).get("/")), name


@pytest.mark.covers("S1-06")
def test_the_target_card_has_eight_demands_with_the_plan_of_the_year_and_what_was_reached(
    cast: Cast, client: Client
) -> None:
    page = text(cast.login(client, "王书记").get("/targets/", {"unit": "QL-R1"}))
    for demand in ("投资省", "用人少", "流程短", "成本低", "回收优", "能效高", "安全环保优", "感官好"):
        assert demand in page, demand
    assert "42.00" in page and "43.30" in page and "+1.30" in page and "系统默认，可修改" in page


def test_three_indicators_cost_what_one_does(
    cast: Cast, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = cast.login(client, "陈技术员")
    mark(cast, "40")
    for path in ("/benchmarks/", "/records/", "/targets/", "/benchmarks/kept/"):
        client.get(path, LINE)
    spent = {}
    for path in ("/benchmarks/", "/records/", "/targets/", "/benchmarks/kept/"):
        with django_assert_max_num_queries(60) as seen:
            client.get(path, LINE)
        spent[path] = len(seen.captured_queries)
    for code, value in (("SM-04", "52"), ("SM-07", "0.5")):
        month(cast.unit["QL-R1"], "2026-03", value, code=code)
        month(cast.unit["QL-R1"], "2026", value, code=code, grain="year")
        board(cast.unit["QL-R1"], coal(), code=code)
        mark(cast, "1", code=code)
    found()
    for path, queries in spent.items():
        with django_assert_num_queries(queries):
            client.get(path, LINE)


@pytest.mark.parametrize("path", ["/benchmarks/export/", "/records/export/"])
def test_both_leave_as_a_workbook(cast: Cast, client: Client, path: str) -> None:
    mark(cast, "40")
    book = b"".join(cast.login(client, "王书记").get(path, LINE).streaming_content)
    assert book.startswith(b"PK")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_look_right(cast: Cast, client: Client, look: Look, width: int) -> None:
    mark(cast, "40")
    cast.login(client, "陈技术员")
    query = "?unit=QL-R1&grain=month&period=2026-03"
    for path in ("benchmarks", "records", "targets"):
        check(look(f"/{path}/{query}", width=width, cookies=client.cookies), f"{path}-{width}")
    check(look("/benchmarks/kept/", width=width, cookies=client.cookies), f"benchmarks-kept-{width}")
    check(look("/benchmarks/kept/new/", width=width, cookies=client.cookies), f"benchmark-new-{width}")
