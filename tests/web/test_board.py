"""The board as people open it: who sees which unit, what stands on it, how it leaves as a workbook."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from ronglu.store.models import Channel, IndicatorRow, Plan, Reading, Unit
from ronglu.tasks.boards import build_plant
from ronglu.work import partitions
from tests.cast import Cast, make_cast
from tests.facts.plant_month import AT, March, make_march
from tests.web.pages import Look, check

MARCH = {"period": "2026-03"}


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    return make_cast()


@pytest.fixture
def march(cast: Cast) -> March:
    """The converter line's March, built: 10 t and 430 kg of coal each shift, planned 930 t at 42 kg/t."""
    line = cast.unit["QL-R1"]
    found = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    build_plant(plant=line.plant, at=AT)
    return found


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_a_plant_without_boards_says_what_to_do_next(cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "周统计员").get("/board/"))
    assert "还没有指标" in page
    assert "去导入读数" in page
    assert "去导入读数" not in text(cast.login(client, "吴师傅").get("/board/"))


def test_the_board_shows_value_plan_gap_and_coverage(march: March, cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "王书记").get("/board/", MARCH | {"unit": "QL-R1"}))
    assert "转炉线 · 2026 年 3 月" in page
    for shown in ("930.00", "43.00", "42.00", "+1.00", "+2.38\u00a0%", "93/93", "告警"):
        assert shown in page, shown


@pytest.mark.parametrize("grain", ["shift", "day", "week", "month", "quarter", "year"])
def test_every_grain_has_a_board_that_begins_at_the_last_day_with_data(
    march: March, cast: Cast, client: Client, grain: str
) -> None:
    page = cast.login(client, "王书记").get("/board/", {"grain": grain, "unit": "QL-R1"})
    names = {"shift": "03-31 夜班", "day": "3 月 31 日", "week": "第 14 周", "month": "2026 年 3 月",
             "quarter": "2026 年 1 季度", "year": "2026 年"}  # fmt: skip
    assert page.status_code == 200
    assert names[grain] in text(page)
    assert "处理量" in text(page)


def test_a_reader_begins_at_his_highest_unit_and_sees_no_other(march: March, cast: Cast, client: Client) -> None:
    assert "青岚冶炼厂 · 2026 年 3 月" in text(cast.login(client, "高书记").get("/board/", MARCH))
    worker = text(cast.login(client, "吴师傅").get("/board/", MARCH))
    assert "转炉线 · 2026 年 3 月" in worker
    assert 'value="QL-R"' not in worker
    assert cast.login(client, "吴师傅").get("/board/", MARCH | {"unit": "QL-R"}).status_code == 404


def test_another_line_another_plant_and_an_outsider_find_nothing(march: March, cast: Cast, client: Client) -> None:
    for name in ("郑师傅", "邻厂书记", "外人"):
        for path in ("/board/", "/board/export/", "/board/SM-02/", "/board/SM-02/export/"):
            response = cast.login(client, name).get(path, MARCH | {"unit": "QL-R1"})
            assert response.status_code in (404, 200), (name, path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert "转炉线".encode() not in body, (name, path)
            assert b"93/93" not in body


def test_who_may_not_see_readings_sees_the_indicator_without_them(march: March, cast: Cast, client: Client) -> None:
    secretary = text(cast.login(client, "王书记").get("/board/SM-02/", MARCH | {"unit": "QL-R1"}))
    worker = text(cast.login(client, "吴师傅").get("/board/SM-02/", MARCH | {"unit": "QL-R1"}))
    assert "就是这些读数" in secretary
    assert "就是这些读数" not in worker
    assert "43.00" in worker


def test_the_indicator_page_names_both_sums_and_pages_its_readings(march: March, cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "王书记").get("/board/SM-02/", MARCH | {"unit": "QL-R1", "page": "4"}))
    for shown in ("39,990", "Σ 熔炼用煤", "930", "Σ 入炉精矿（干基）", "第 91–93 条，共 93 条"):
        assert shown in page, shown
    assert page.count('<tr><th scope="row">03-01') == 3


def test_crews_stand_side_by_side_with_their_part_of_the_plan(march: March, cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "李班长").get("/board/SM-01/", MARCH | {"unit": "QL-R1"}))
    for letter in "甲乙丙丁":
        assert f"转炉{letter}班" in page
    crew = text(cast.login(client, "李班长").get("/board/SM-01/", MARCH | {"unit": "QL-R1-甲"}))
    shifts = Reading.objects.filter(letter="甲", channel__series="sm_feed_dry").count()
    assert f"{shifts * 10}.00" in crew
    assert f"共 {shifts} 条" in crew


def test_a_corrected_reading_stands_beside_its_old_value_with_file_and_cell(
    march: March, cast: Cast, client: Client
) -> None:
    new = march.restate(march.reading("sm_coal", 31, 3), "530", 5_300, audited=True)
    Reading.objects.filter(pk=new.pk).update(place="煤耗!F37")
    page = text(cast.login(client, "王书记").get("/board/SM-02/", MARCH | {"unit": "QL-R1"}))
    assert "煤耗!F37" in page
    assert "v1 430" in page


def test_a_settlement_stands_beside_the_shift_it_begins_with(march: March, cast: Cast, client: Client) -> None:
    """930 t reported, 925 t settled: both stay visible, and so does the difference."""
    first = march.reading("sm_feed_dry", 1, 1)
    channel = Channel.objects.create(unit=march.line, series="sm_feed_dry", grain="settlement", from_on="2025-01-01")
    first.pk, first.channel, first.shift_no, first.letter, first.text, first.value = (
        None,
        channel,
        0,
        "",
        "925",
        925_000,
    )
    first.save(force_insert=True)
    partitions.touch(plant=march.plant, fact="readings", months=[202603])
    build_plant(plant=march.plant, at=AT)
    page = text(cast.login(client, "王书记").get("/board/SM-01/", MARCH | {"unit": "QL-R1", "page": "4"}))
    for shown in ("925.00", "班报合计", "930.00", "−5.00", "月末结算", "共 94 条"):
        assert shown in page, shown
    assert page.count('<tr><th scope="row">03-01') == 4


def test_a_forecast_is_marked_on_board_and_reading(march: March, cast: Cast, client: Client) -> None:
    march.restate(march.reading("sm_coal", 31, 3), "530", 5_300, audited=False)
    build_plant(plant=march.plant, at=AT)
    login = cast.login(client, "王书记")
    assert "预报 1 班未审" in text(login.get("/board/", MARCH | {"unit": "QL-R1"}))
    assert "未审" in text(login.get("/board/SM-02/", MARCH | {"unit": "QL-R1"}))


def test_the_workbook_has_the_numbers_of_the_page(march: March, cast: Cast, client: Client) -> None:
    response = cast.login(client, "王书记").get("/board/export/", MARCH | {"unit": "QL-R1"})
    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)  # type: ignore[union-attr]
    by_code = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    coal = by_code["SM-02"]
    assert (coal["实际"], coal["全期计划"], coal["较计划"], coal["较计划 %"], coal["有数"]) == (43, 42, 1, 2.38, 93)
    course = cast.login(client, "王书记").get("/board/SM-02/export/", MARCH | {"unit": "QL-R1"})
    last = list(load_workbook(BytesIO(b"".join(course.streaming_content))).active.values)[-1]  # type: ignore[union-attr]
    assert (last[0], last[2], last[3]) == ("2026-03", 43, 42)


def test_the_board_costs_no_more_queries_for_three_lines_than_for_one(
    march: March, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    login, query = cast.login(client, "高书记"), MARCH | {"unit": "QL-R"}
    login.get("/board/", query)
    with django_assert_max_num_queries(60) as one:
        login.get("/board/", query)
    for number in (2, 3):
        _another_line(march, number)
    build_plant(plant=march.plant, at=AT)
    with django_assert_max_num_queries(60) as three:
        page = text(login.get("/board/", query))
    assert "转炉线3" in page
    assert len(three) == len(one)


def _another_line(march: March, number: int) -> None:
    state = march.line.states.get()
    line = Unit.objects.create(plant=march.plant, code=f"QL-R1{number}", kind="line", position=50, module="smelting")
    line.states.create(name=f"转炉线{number}", parent=state.parent, from_on=state.from_on)
    channel = Channel.objects.create(unit=line, series="sm_feed_dry", grain="shift", from_on=dt.date(2025, 1, 1))
    for row in Reading.objects.filter(channel=march.channel("sm_feed_dry")):
        row.pk, row.channel = None, channel
        row.save(force_insert=True)
    Plan.objects.create(unit=line, indicator="SM-01", period="2026-03", value="930")
    partitions.touch(plant=march.plant, fact="readings", months=[202603])


def test_what_is_no_period_is_the_newest_one_and_no_unit_is_not_found(march: March, cast: Cast, client: Client) -> None:
    login = cast.login(client, "王书记")
    for period in ("2026-13", "gestern", "2026-03-10/9", "2026-W11"):
        assert "2026 年 3 月" in text(login.get("/board/", {"period": period, "unit": "QL-R1"}))
    assert login.get("/board/", {"unit": "NO"}).status_code == 404
    assert login.get("/board/NO-99/", {"unit": "QL-R1"}).status_code == 404


def test_a_period_nothing_was_due_in_says_so(march: March, cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "王书记").get("/board/", {"unit": "QL-R1", "period": "2025-06"}))
    assert "这一期没有指标" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_board_and_indicator_are_right_on_a_phone_and_on_a_desk(
    look: Look, settings: Any, tmp_path: Path, width: int
) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    cast, client = make_cast(), Client()
    line = cast.unit["QL-R1"]
    make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    build_plant(plant=line.plant, at=AT)
    assert IndicatorRow.objects.exists()
    cast.login(client, "王书记")
    check(look("/board/?unit=QL-R1&period=2026-03", width=width, cookies=client.cookies), "board")
    check(look("/board/SM-02/?unit=QL-R1&period=2026-03", width=width, cookies=client.cookies), "indicator")
    check(look("/", width=width, cookies=client.cookies), "home")


APART = """() => [...document.querySelectorAll('table.cards td[data-label]')].filter(e => e.checkVisibility()).flatMap(cell => {
  const boxes = [...cell.childNodes].filter(n => n.nodeType === 1 || n.textContent.trim()).map(n => {
    const range = document.createRange(); range.selectNode(n); return range.getBoundingClientRect(); }).filter(b => b.width);
  return boxes.slice(1).filter((b, n) => b.top < boxes[n].bottom && b.left - boxes[n].right > 12).map(() => cell.innerText);
})"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_each_figure_has_its_unit_and_what_belongs_together_stands_together(
    look: Look, settings: Any, tmp_path: Path
) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    cast, client = make_cast(), Client()
    line = cast.unit["QL-R1"]
    march = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    march.restate(march.reading("sm_coal", 31, 3), "530", 5_300, audited=False)
    build_plant(plant=line.plant, at=AT)
    cast.login(client, "王书记")
    page = look("/board/?unit=QL-R1&period=2026-03", width=360, cookies=client.cookies)
    coal = page.locator("table.indicators tr", has_text="SM-02 ")
    assert "SM-02 · ↓ · kg/t" in coal.locator("th").inner_text()
    assert "未审 1" in coal.inner_text() and page.evaluate(APART) == []
    assert page.evaluate("[...document.querySelectorAll('.table-box')].every(e => e.scrollWidth <= e.clientWidth)")
