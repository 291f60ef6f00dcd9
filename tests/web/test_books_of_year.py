"""What the pages of the assessment year show can be taken away as a workbook: the same rows, for the same readers."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import AssessedTotal, CalendarRow, PointEntry
from ronglu.tasks import assess_others
from ronglu.work import points
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, SHIFTS
from tests.web.scored import scored
from tests.work import judged, membered, test_honours
from tests.work.loops_cast import LOOPS, report, step
from tests.work.polled import by
from tests.work.reviewed import APRIL_1, begun, card, go, tended

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-10"


def rows(client: Client, name: str, *args: Any, sheet: str = "", **query: str) -> list[tuple[Any, ...]]:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, name
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return [tuple(row) for row in (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True)]


def in_word(client: Client, name: str, *args: Any, **query: str) -> tuple[str, list[list[str]]]:
    """Title and cells of the first table of the same thing on official paper."""
    answer = client.get(reverse(name, args=args), query | {"form": "word"})
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith(".docx"), name
    paper = docx.Document(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return paper.paragraphs[0].text, [[cell.text for cell in row.cells] for row in paper.tables[0].rows]


def test_the_cycle_says_where_each_branch_stands_and_what_is_late(cast: Cast, client: Client) -> None:
    scored(cast)
    begun(cast)
    tended(cast, APRIL_1)
    go(cast, card(cast), "王书记", "submit")
    office = cast.login(client, "孙干事")
    heads, *lines = rows(office, "review_xlsx", year="2026")
    assert heads[0] == "支部" and heads[1:4] == ("1 月", "2 月", "3 月") and heads[-2:] == ("全年", "已迟")
    assert [(line[0], line[3], line[-1]) for line in lines] == [
        ("转炉党支部", "审核", 0), ("精炼党支部", "支部自查（已迟）", 1), ("机关党支部", "支部自查（已迟）", 1),
    ]  # fmt: skip
    late = rows(office, "review_xlsx", sheet="已迟", year="2026")
    assert [row[:3] for row in late[1:]] == [
        ("精炼党支部", "2026-03", "支部自查"),
        ("机关党支部", "2026-03", "支部自查"),
    ]
    own = rows(cast.login(client, "王书记"), "review_xlsx", year="2026")
    assert [line[0] for line in own[1:]] == ["转炉党支部"]


def test_a_reviewer_takes_away_his_own_marks_and_nobody_elses(cast: Cast, client: Client) -> None:
    scored(cast)
    mission = judged.verified(cast)
    judged.named(cast, "高书记", "赵安全员")
    judged.give(cast, mission, "高书记", 4, "成效有数据")
    judged.give(cast, mission, "赵安全员", 2, "还要回头看")
    mine = rows(cast.login(client, "高书记"), "marks_xlsx")
    assert [row[1:] for row in mine[1:]] == [("转炉党支部", "C4", "2026-03", 4, "成效有数据", 1)]
    assert rows(cast.login(client, "李班长"), "marks_xlsx")[1:] == []


def test_the_office_takes_the_mean_of_the_quarter_and_a_reviewer_his_own_scores(cast: Cast, client: Client) -> None:
    scored(cast)
    judged.named(cast, "高书记", item="quarter")
    panel = cast.login(client, "高书记")
    panel.post("/marks/quarter/2026-Q1/QL-B1/", {"party": "92.5", "fusion": "", "reason": "隐患整改拖期"})
    heads, first, *_rest = rows(panel, "quarter_xlsx", quarter="2026-Q1")
    assert heads[1:3] == ("党建百分·您的分", "党建百分·理由") and first[:3] == ("转炉党支部", 92.5, "隐患整改拖期")
    heads, first, *_rest = rows(cast.login(client, "孙干事"), "quarter_xlsx", quarter="2026-Q1")
    assert heads[1:3] == ("党建百分·均分", "党建百分·人数") and first[:5] == ("转炉党支部", 92.5, 1, None, 0)
    assert cast.login(client, "李班长").get(reverse("quarter_xlsx")).status_code == 404


def test_points_go_to_the_member_and_without_sums_to_his_committee(cast: Cast, client: Client, settings: Any) -> None:
    settings.TODAY = "2026-03-20"
    membered.entry(cast, state="entered")
    worth = PointEntry.objects.get().points_h / 100
    mine = rows(cast.login(client, "李班长"), "me_points_xlsx")
    assert [(row[0], row[3], row[4], row[7]) for row in mine[1:]] == [
        ("合理化建议 JY-1 采纳后按期实施", "2026-03", worth, "已入账")
    ]
    title, cells = in_word(client, "me_points_xlsx")
    assert title == "20101 积分 2026" and cells[1][0] == "合理化建议 JY-1 采纳后按期实施" and len(cells) == 2
    total = rows(client, "me_points_xlsx", sheet="各方面")[-1]
    assert total[:2] == ("合计", worth)
    listed = rows(cast.login(client, "王书记"), "me_branch_xlsx", body="QL-B1")
    assert [(row[0], row[4]) for row in listed[1:]] == [("李班长", worth)]
    assert "合计" not in str(listed)


@pytest.mark.parametrize("name", ["孙干事", "高书记", "马主任", "李班长", "郑师傅", "邻厂书记"])
def test_points_of_a_branch_are_for_its_committee_alone(cast: Cast, client: Client, name: str) -> None:
    membered.entry(cast)
    answer = cast.login(client, name).get(reverse("me_branch_xlsx"), {"body": "QL-B1"})
    assert answer.status_code in (403, 404)
    assert rows(client, "me_points_xlsx")[1:] == ([] if name != "李班长" else rows(client, "me_points_xlsx")[1:])


def test_crews_stand_by_line_in_the_order_of_their_letters(cast: Cast, client: Client) -> None:
    """Mean of 92.00, 90.50, 90.00 and 88.50 is 90.25; within one point of it are the second and the third."""
    assessed(cast)
    run = assess_others.lines(plant=cast.plant, month=MARCH, at=AT)
    for letter, score in {"丁": 9200, "乙": 9050, "丙": 9000, "甲": 8850}.items():
        AssessedTotal.objects.filter(run=run, unit=cast.unit[f"QL-R1-{letter}"]).update(converted=score)
    heads, *lines = rows(cast.login(client, "孙干事"), "crew_xlsx", month="2026-03", sheet="转炉线")
    assert heads[0] == "班" and heads[-3:] == ("折算", "上月", "与全线")
    assert [(line[-3], line[-1]) for line in lines] == [
        (88.5, "低于平均"), (90.5, "持平"), (90, "持平"), (92, "高于平均"),
    ]  # fmt: skip
    title, cells = in_word(client, "crew_xlsx", month="2026-03")
    assert title == "青岚冶炼厂 横大班考核表 2026-03" and [row[-3] for row in cells[1:]] == [
        "88.50",
        "90.50",
        "90.00",
        "92.00",
    ]
    assert cast.login(client, "邻厂书记").get(reverse("crew_xlsx"), {"month": "2026-03"}).status_code == 404


def test_a_duty_sheet_is_one_persons_and_says_on_what_it_rests(cast: Cast, client: Client) -> None:
    assessed(cast)
    for name in ("王书记", "孙干事", "高书记"):
        found = rows(cast.login(client, name), "duty_xlsx", "20102", month="2026-03")
        assert "行动项 XD-2026-0001" in str(found), name
        past = rows(client, "duty_xlsx", "20102", month="2026-03", sheet="折算")
        assert past[-1] == ("2026-03", 80)
    title, cells = in_word(client, "duty_xlsx", "20102", month="2026-03")
    assert title == "王书记 履职得分 2026-03" and "行动项 XD-2026-0001" in str(cells)
    for name in ("李班长", "马主任", "邻厂书记", "吴师傅"):
        answer = cast.login(client, name).get(reverse("duty_xlsx", args=["20102"]), {"month": "2026-03"})
        assert answer.status_code in (403, 404), name


def test_honours_stand_with_their_branch_year_and_case(cast: Cast, client: Client) -> None:
    test_honours.accept(cast, test_honours.declared(cast, "benchmark"))
    test_honours.branch(cast, "QL-N0", "新一支部")
    test_honours.declared(cast, "model", body="QL-N0")
    found = rows(cast.login(client, "王书记"), "honours_xlsx")
    assert [(row[0], row[1], row[2], row[4]) for row in found[1:]] == [
        ("转炉党支部", "标杆党支部", "2026", "CJ-2026-0001")
    ]
    assert in_word(client, "honours_xlsx")[1][1][:3] == ["转炉党支部", "标杆党支部", "2026"]
    running = rows(client, "honours_xlsx", sheet="正在办的")
    assert [row[0] for row in running[1:]] == ["新一支部"]


def test_three_entries_cost_what_one_costs(cast: Cast, client: Client, settings: Any) -> None:
    settings.TODAY = "2026-03-20"
    entry = membered.entry(cast)
    ask = cast.login(client, "王书记").get
    ask(reverse("me_branch_xlsx"))
    with CaptureQueriesContext(connection) as one:
        ask(reverse("me_branch_xlsx"))
    membered.proposed(cast, *(membered.record(cast, key=f"case:{n}:1") for n in (2, 3)))
    points.verify(entry=entry, **by(cast, "王书记"))
    with CaptureQueriesContext(connection) as three:
        assert len(rows(client, "me_branch_xlsx")) == 4
    assert len(three) == len(one)


def assessed(cast: Cast) -> None:
    """One action of 王书记 missed in March: 80.00 of a hundred."""
    CalendarRow.objects.create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )
    loop = LOOPS["action"]
    given = {"what": "更新看板", "source": "meeting", "finish_by": "2026-03-20"}
    case = report(cast, "马主任", loop=loop, unit=cast.unit["QL-R1"], given=given).case
    step(cast, case, "马主任", "assign", loop=loop, doer=[cast.person["王书记"].pk])
    assess_others.persons(plant=cast.plant, month=MARCH, at=AT)
