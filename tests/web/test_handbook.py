"""Minutes as Word and as a page, the month of a branch, and its 台账 in three forms with nothing entered for it."""

import dataclasses
import datetime as dt
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from docx.oxml.ns import qn

from ronglu.kernel.time.period import Period
from ronglu.store.models import Body, BodyState, Case, Gathering
from ronglu.web.handbook.sheets import NAMES
from ronglu.work.queries import inspection
from ronglu.work.queries.places import Places
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401
from tests.facts.gathered import gathering
from tests.web.branch_month import DAY, calendar, held, lived
from tests.work.loops_cast import LOOPS, report

pytestmark = pytest.mark.django_db
BOOK = "/handbook/branch/QL-B1/book/?month=2026-03"
OFFICE = shutil.which("soffice")


@pytest.fixture(autouse=True)
def _day(cast: Cast, settings: Any) -> None:
    settings.TODAY = "2026-04-10"
    calendar(cast)


def opened(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Document(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def texts(document: Any) -> list[str]:
    return [place.text for place in document.paragraphs if place.text]


def test_the_minutes_come_as_word_with_everything_the_records_hold(cast: Cast, client: Client) -> None:
    one = held(cast)
    document = opened(cast.login(client, "何组长"), f"/handbook/minutes/{one.pk}/word/")
    said = texts(document)
    assert said[:2] == ["党小组会纪要", "（转炉甲班党小组，2026年3月18日）"]
    assert "时间：2026年3月18日 16:30—17:15" in said
    assert "到会：应到 3 人，到会 2 人" in said
    assert "未到：马主任（出差）" in said
    assert "休息日到会的理由：倒班只有这天凑得齐" in said
    assert [one for one in said if one[1:2] == "、"] == ["一、学习研讨", "二、亮进度·亮差距·亮措施", "三、决议"], (
        "empty blocks are left out"
    )
    at = said.index("铜回收率（进度 96.2%，差距 0.3 个百分点）")
    assert said[at + 1] == "盯住三班配料"
    assert [cell.text for cell in document.tables[-1].rows[1].cells] == [
        "1",
        "每班核对一次配料",
        "李班长",
        "2026-03-25",
        "—",
    ]
    assert said[-2:] == ["转炉党支部", "2026年3月18日"]


def test_the_paper_is_the_official_page(cast: Cast, client: Client) -> None:
    """A4, 37 mm above, 28 mm at the left, 22 lines (12,756 twips ÷ 579) of 28 characters (8,844 ÷ 315), fonts by name."""
    document = opened(cast.login(client, "何组长"), f"/handbook/minutes/{held(cast).pk}/word/")
    sheet = document.sections[0]
    sizes = (sheet.page_width, sheet.page_height, sheet.top_margin, sheet.left_margin)
    assert [round(one.mm) for one in sizes] == [210, 297, 37, 28]
    assert sheet._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"
    text = document.styles["正文段落"]
    assert (text.font.size.pt, text.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) == (16, "-5")
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "正文段落", "Heading 1")
    }
    assert fonts == {"Title": "方正小标宋简体", "正文段落": "仿宋_GB2312", "Heading 1": "黑体"}
    assert {place.style.name for place in document.paragraphs} <= {"Title", "副题", "正文段落", "Heading 1", "附注"}


@pytest.mark.skipif(
    OFFICE is None, reason="没有 LibreOffice：请安装 libreoffice-writer-nogui · LibreOffice is not installed"
)
def test_libreoffice_prints_the_minutes_on_a4_with_no_line_wider_than_28_characters(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    one = held(cast)
    one.agenda.create(
        no=9, block="assign", kind="assign", title="布置", said="把配料核对做成每班一次的规矩，由班长签字，" * 40
    )
    answer = cast.login(client, "何组长").get(f"/handbook/minutes/{one.pk}/word/")
    source = tmp_path / "minutes.docx"
    source.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [str(OFFICE), own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)], check=True,
        capture_output=True, timeout=600,
    )  # fmt: skip
    pages = pypdfium2.PdfDocument(tmp_path / "minutes.pdf")
    assert [round(side / 72 * 25.4) for side in pages[0].get_size()] == [210, 297]
    lines = pages[1].get_textpage().get_text_bounded().replace("\r", "").split("\n")
    full = [line for line in lines if line and set(line) <= set("把配料核对做成每班一次的规矩，由班长签字")]
    assert len(full) == 22
    assert max(map(len, full)) == 28


def test_minutes_of_an_assembly_say_how_was_voted_and_whether_it_passed(cast: Cast, client: Client) -> None:
    """20 due, 17 there: 11 in favour are more than half of those due, 10 are not."""
    one = gathering(cast, "QL-B1", "assembly", DAY, due=21, present=18)
    for no, favour in ((1, 11), (2, 10)):
        one.votes.create(
            no=no, title=f"议题{no}", due=20, voting=17, favour=favour, against=17 - favour, kind="decision"
        )
    document = opened(cast.login(client, "王书记"), f"/handbook/minutes/{one.pk}/word/")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [(row[0], row[4], row[7]) for row in rows[1:]] == [("议题1", "11", "通过"), ("议题2", "10", "未通过")]
    assert "本次会议没有形成决议。" in texts(document)


def test_a_meeting_that_was_called_off_has_its_reason_on_paper_and_one_that_runs_has_no_minutes(
    cast: Cast, client: Client
) -> None:
    off = gathering(cast, "QL-B1", "committee", DAY, state="cancelled", reason="全员抢修")
    running = gathering(cast, "QL-B1", "committee", DAY, state="open")
    document = opened(cast.login(client, "王书记"), f"/handbook/minutes/{off.pk}/word/")
    assert "未召开的理由：全员抢修" in texts(document)
    assert not [one for one in texts(document) if one.endswith("、决议")]
    assert client.get(f"/handbook/minutes/{running.pk}/word/").status_code == 404


def test_where_nobody_in_particular_was_due_the_minutes_count_who_came(cast: Cast, client: Client) -> None:
    one = gathering(cast, "QL-B1", "open_talk", DAY, due=0, present=12, data={"topic": "夜班饭菜"}, title="大家谈")
    said = texts(opened(cast.login(client, "王书记"), f"/handbook/minutes/{one.pk}/word/"))
    assert "到会：12 人" in said
    assert "谈什么：夜班饭菜" in said


def test_the_page_of_the_handbook_says_what_the_paper_says(cast: Cast, client: Client) -> None:
    one = held(cast)
    page = cast.login(client, "何组长").get(f"/handbook/minutes/{one.pk}/").content.decode()
    for words in (
        "应到 3 人，到会 2 人",
        "马主任（出差）",
        "进度 96.2%，差距 0.3 个百分点",
        "盯住三班配料",
        "每班核对一次配料",
    ):
        assert words in page
    assert "谈心与诉求收集" not in page


@pytest.mark.parametrize("name", ["外人", "邻厂书记", "郑师傅"])
def test_who_has_no_part_in_the_branch_finds_neither_minutes_nor_book(cast: Cast, client: Client, name: str) -> None:
    one = held(cast)
    cast.login(client, name)
    for path in (f"/handbook/minutes/{one.pk}/", f"/handbook/minutes/{one.pk}/word/", "/handbook/branch/QL-B1/", BOOK):
        assert client.get(path).status_code in (403, 404), path


# ── 台账 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def printed(client: Client, form: str = "") -> bytes:
    answer = client.get(BOOK + form)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def sheets(book: bytes) -> dict[str, list[list[Any]]]:
    """The rows below the head, by sheet."""
    opened_book = openpyxl.load_workbook(BytesIO(book))
    return {one.title: [list(row) for row in one.iter_rows(min_row=2, values_only=True)] for one in opened_book}


def test_the_book_of_a_month_holds_every_record_and_asks_for_none(cast: Cast, client: Client) -> None:
    lived(cast)
    told = sheets(printed(cast.login(client, "王书记")))
    assert told["会议"] == [
        [
            "2026-03-09 16:30",
            "转炉党支部",
            "支委会",
            None,
            "三楼党员活动室",
            None,
            None,
            None,
            0,
            "未召开；全员抢修",
        ],
        ["2026-03-18 16:30", "转炉甲班党小组", "党小组会", None, "三楼党员活动室", "何组长", 3, 2, 1, None],
    ]
    assert told["决议落实"][0][2:5] == ["每班核对一次配料", "李班长", "2026-03-25"]
    assert told["学习传达"] == [
        ["2026-03-18", "转炉甲班党小组", "党小组会", "青党〔2026〕3 号", "关于安全生产的通知", 2]
    ]
    assert told["文件传达"] == [
        ["青党〔2026〕3 号", "关于安全生产的通知", "2026-03-20", "2026-03-18", 20, 17, "已传达"]
    ]
    assert [row[1:3] for row in told["事项"]] == [["隐患", "法兰渗水"]]
    assert told["责任区巡查"] == [["2# 转炉烟罩", "安全", 2, 1, 0]]
    assert told["谈话"] == [["2026-03-20", "转炉党支部", "谈心谈话", "支委会成员和党员之间", None]]
    assert told["联系服务与平台"] == [["2026-03-20", "联系班组", "服务生产经营", "马主任", "夜班饭凉"]]
    assert told["责任书、承诺书"] == [["廉洁从业承诺书", 2, "—", "—"]]  # of so few a number would be a name
    assert told["五抓五促与自查"] == [
        ["五抓五促", "抓学习教育，促廉洁自律", "办了：学了条例"],
        ["专项自查", "公务用车自查", "未发现问题"],
    ]
    assert [row[0:2] for row in told["检查发现"]] == [["R-ORG-14", "支委缺额"]]
    known = dict(told["基本情况"])
    assert (known["书记"], known["党小组"], known["对应单位"]) == ("王书记", "转炉甲班党小组、转炉乙班党小组", "转炉线")
    assert known["党员"] == "4 名，其中正式党员 4 名，预备党员 0 名"


def test_the_book_names_nobody_who_was_away_was_talked_to_or_has_not_signed(cast: Cast, client: Client) -> None:
    """马主任 was away from the meeting and brought something back from a crew; 何组长 has not signed and convened."""
    lived(cast)
    Gathering.objects.filter(kind="group_meeting").update(convener=None)
    book = openpyxl.load_workbook(BytesIO(printed(cast.login(client, "王书记"))))
    cells = {(sheet.title, str(cell)) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert not [sheet for sheet, cell in cells if "何组长" in cell]
    assert [sheet for sheet, cell in cells if "马主任" in cell] == ["联系服务与平台"]


def test_a_resolution_stands_in_the_month_it_was_made_and_in_the_month_it_falls_due(cast: Cast, client: Client) -> None:
    """Decided on 20 February, due on 5 March; one due in April of a February meeting is in neither book but its own."""
    one = gathering(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 2, 20))
    for no, day in ((1, dt.date(2026, 3, 5)), (2, dt.date(2026, 4, 5))):
        one.resolutions.create(no=no, text=f"第 {no} 件", owner=cast.person["李班长"], due_on=day)
    cast.login(client, "王书记")
    assert [row[2] for row in sheets(printed(client))["决议落实"]] == ["第 1 件"]


def test_what_was_told_in_confidence_is_in_no_book(cast: Cast, client: Client) -> None:
    lived(cast)
    Case.objects.update(secrecy="confidential", raised_by=cast.person["王书记"])
    assert sheets(printed(cast.login(client, "王书记")))["事项"] == []


def test_the_book_comes_as_word_and_pdf_too_and_says_where_there_is_nothing(cast: Cast, client: Client) -> None:
    cast.login(client, "王书记")
    document = Document(BytesIO(printed(client, "&form=word")))
    assert texts(document)[:2] == ["转炉党支部2026年3月台账", "一、基本情况"]
    assert texts(document).count("本月没有记录") == len(NAMES) - 1
    lived(cast)
    pages = pypdfium2.PdfDocument(printed(client, "&form=pdf"))
    said = "".join(page.get_textpage().get_text_bounded() for page in pages)
    for words in ("转炉党支部2026年3月台账", "青党〔2026〕3 号", "公务用车自查", "全部取自系统记录"):
        assert words in said


def test_a_sheet_that_the_reader_may_not_open_elsewhere_is_not_in_his_book(cast: Cast) -> None:
    """One who may see the branch's meetings and nothing more gets the sheets of meetings."""
    lived(cast)
    scope = cast.scope("王书记")
    narrow = dataclasses.replace(scope, grants={"meetings.see": scope.grants["meetings.see"]})
    month, places = Period.month(2026, 3), Places(cast.plant, DAY)
    told = [
        inspection.read(inspection.Asked(cast.body["QL-B1"], month, DAY, one, places, LOOPS)) for one in (scope, narrow)
    ]
    assert set(told[0]) == set(NAMES)
    assert set(told[0]) - set(told[1]) == {"cases", "talks", "visits", "papers", "integrity", "findings"}


def test_the_book_costs_the_same_queries_for_a_full_month_as_for_three_times_as_much(
    cast: Cast, client: Client
) -> None:
    lived(cast)
    cast.login(client, "王书记")
    costs = [cost(client)]
    for number in (4, 5, 6):
        one = gathering(cast, "QL-B1-乙", "group_meeting", dt.date(2026, 3, number))
        one.resolutions.create(no=1, text="再办一件", owner=cast.person["李班长"], due_on=DAY)
        report(cast, "李班长", at=AT)
    Case.objects.update(body=cast.body["QL-B1"])
    costs.append(cost(client))
    assert costs[0] == costs[1]


def cost(client: Client) -> int:
    client.get("/handbook/branch/QL-B1/?month=2026-03")
    with CaptureQueriesContext(connection) as spent:
        assert client.get("/handbook/branch/QL-B1/?month=2026-03").status_code == 200
    return len(spent)


def test_the_list_counts_meetings_of_the_branch_with_its_groups(cast: Cast, client: Client) -> None:
    lived(cast)
    rows = cast.login(client, "孙干事").get("/handbook/?month=2026-03").context["rows"]
    assert rows == [("QL-B1", "转炉党支部", 1, 1), ("QL-B2", "精炼党支部", 0, 0), ("QL-B3", "机关党支部", 0, 0)]
    assert [row[0] for row in cast.login(client, "王书记").get("/handbook/?month=2026-03").context["rows"]] == ["QL-B1"]


def test_the_list_costs_the_same_queries_for_more_branches(cast: Cast, client: Client) -> None:
    cast.login(client, "孙干事")

    def spent() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/handbook/?month=2026-03").status_code == 200
        return len(found)

    spent()
    costs = [spent()]
    for number in (7, 8, 9):
        body = Body.objects.create(plant=cast.plant, code=f"QL-B{number}", position=number)
        BodyState.objects.create(
            body=body, name=f"{number} 号支部", kind="branch", parent=cast.body["QL-C"], from_on=SINCE
        )
        Gathering.objects.create(
            plant=cast.plant, body=body, kind="committee", title="支委会", state="closed", starts_at=AT, ends_at=AT + dt.timedelta(hours=1),
            made_by=cast.account["王书记"], made_at=AT,
        )  # fmt: skip
    assert costs == [spent()]
