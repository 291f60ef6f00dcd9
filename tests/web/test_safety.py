"""Hazard bulletins and the risk list in the browser: two hands, the paper, the table, and the control that a hazard names."""

import datetime as dt
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, HazardBulletin, Risk
from ronglu.work import bulletins, risks
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check, look
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.test_bulletins import hazard

__all__ = ["cast", "look", "the_10th_of_march"]
pytestmark = pytest.mark.django_db


def published(cast: Cast) -> HazardBulletin:
    hazard(cast, "2026-02-03", "2026-02-10")
    hazard(cast, "2026-02-04", grade="major", unit="QL-F1")
    hazard(cast, "2026-02-05", secrecy="confidential", grade="major")
    row = bulletins.propose(unit=cast.unit["QL"], period=Period.parse("2026-02"), by=cast.account["马主任"], at=AT)
    return bulletins.publish(bulletin=row, place="congress", announced_on=AT.date(), by=cast.account["赵安全员"], at=AT)


def listed(cast: Cast, **more: Any) -> Risk:
    said = {"unit": cast.unit["QL-R1"], "activity": "转炉出钢", "what": "钢水喷溅烫伤", "post": "炉长", "grade": "red"}
    said |= {"controls": ["出钢前清场", "穿隔热服"]}
    return risks.register(plant=cast.plant, by=cast.account["赵安全员"], at=AT, **(said | more))


@pytest.mark.covers("S4-20")
def test_proposed_with_two_fields_and_published_by_another_in_the_browser(cast: Cast) -> None:
    hazard(cast, "2026-03-03")
    unit = cast.unit["QL-R"].pk
    assert post(cast, "马主任", "bulletin_new", unit=unit, period="2026-03").status_code == 302
    row = HazardBulletin.objects.get()
    assert row.until_on == dt.date(2026, 3, 10)
    assert get(cast, "马主任", "bulletin_deed", row.pk, "publish").status_code == 404
    assert get(cast, "李班长", "bulletin", row.pk).status_code == 404
    assert "1 份隐患统计通报等另一人发布" in get(cast, "赵安全员", "inbox_others").content.decode()
    said = {"place": "board", "announced_on": "2026-03-10"}
    assert post(cast, "赵安全员", "bulletin_deed", row.pk, "publish", **said).status_code == 302
    page = text(cast, "李班长", "bulletin", row.pk)
    assert "公示栏" in page and "期间还没有过完，不算归档" in page


def test_a_head_of_a_workshop_proposes_for_his_own_alone(cast: Cast) -> None:
    answer = post(cast, "马主任", "bulletin_new", unit=cast.unit["QL-F"].pk, period="2026-03")
    assert answer.status_code == 422 and not HazardBulletin.objects.exists()
    for wrong in ("2026-13", "三月", "2026-W11", "2026-05"):
        assert post(cast, "马主任", "bulletin_new", unit=cast.unit["QL-R"].pk, period=wrong).status_code == 422


def test_the_paper_says_what_was_counted_and_nothing_of_what_is_confidential(cast: Cast) -> None:
    row = published(cast)
    answer = get(cast, "吴师傅", "bulletin_word", row.pk)
    found = docx.Document(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    words = "\n".join(one.text for one in found.paragraphs)
    assert "青岚冶炼厂隐患统计通报" in words and "2026年2月" in words and "通报方式：职代会" in words
    assert "本期发现 2 件，已销号 1 件，整改率 50.0%" in words
    grades, places, majors = [[[cell.text for cell in line.cells] for line in table.rows] for table in found.tables]
    assert grades[1:] == [["重大", "0", "1", "0", "1", "0"], ["一般", "0", "1", "1", "0", "0"],
                          ["尚未分级", "0", "0", "0", "0", "0"], ["合计", "0", "2", "1", "1", "0"]]  # fmt: skip
    assert [line[0] for line in places[1:]] == ["熔炼车间", "精炼车间"]
    assert [line[0] for line in majors[1:]] == ["YH-002"]


def test_a_proposal_and_what_was_dropped_are_no_paper(cast: Cast) -> None:
    row = bulletins.propose(unit=cast.unit["QL"], period=Period.parse("2026-02"), by=cast.account["赵安全员"], at=AT)
    assert get(cast, "赵安全员", "bulletin_word", row.pk).status_code == 404
    assert post(cast, "赵安全员", "bulletin_deed", row.pk, "drop", reason="漏了一条").status_code == 302
    assert "漏了一条" in text(cast, "赵安全员", "bulletin", row.pk)
    assert get(cast, "赵安全员", "bulletin_word", row.pk).status_code == 404


def test_a_risk_is_listed_changed_and_taken_off_in_the_browser(cast: Cast) -> None:
    said = {
        "unit": cast.unit["QL-R1"].pk,
        "activity": "吊包",
        "what": "坠落",
        "grade": "",
        "post": "天车工",
        "zone": "",
        "reviewed_on": "",
    }
    assert post(cast, "马主任", "risk_new", **said, controls="检查吊具\n专人指挥").status_code == 302
    row = Risk.objects.get()
    assert [one.text for one in row.controls.all()] == ["检查吊具", "专人指挥"]
    assert "还没有评" in text(cast, "吴师傅", "risks")
    assert (
        post(
            cast, "马主任", "risk_deed", row.pk, "change", **(said | {"grade": "orange"}), controls="专人指挥"
        ).status_code
        == 302
    )
    assert "橙（较大）" in text(cast, "吴师傅", "risk", row.pk)
    assert get(cast, "吴师傅", "risk_deed", row.pk, "change").status_code == 404
    assert post(cast, "马主任", "risk_deed", row.pk, "end", reason="设备拆除").status_code == 302
    row.refresh_from_db()
    assert row.until_on == dt.date(2026, 3, 11)
    other = cast.unit["QL-F1"].pk
    assert post(cast, "马主任", "risk_new", **(said | {"unit": other}), controls="检查").status_code == 422


def test_a_hazard_is_graded_with_a_control_of_the_list_and_the_risk_shows_where_it_failed(cast: Cast) -> None:
    risk = listed(cast)
    case = hazard(cast, "2026-03-03", state="found", phase="open", turn="owner,safety_officer", data={"grade": ""})
    page = text(cast, "赵安全员", "case", case.pk)
    assert '<option value="FX-0001#2 穿隔热服">' in page
    for control in ("FX-0001#2 穿隔热服", "自己写的一句"):
        case.refresh_from_db()
        Case.objects.filter(pk=case.pk).update(data=case.data | {"control": control}, seen=case.seen)
        assert (control in text(cast, "赵安全员", "risk", risk.pk)) is control.startswith("FX")
    Case.objects.filter(pk=case.pk).update(data=case.data | {"control": "FX-0001#2 穿隔热服"})
    assert case.number in text(cast, "赵安全员", "risk", risk.pk)
    assert case.number not in text(cast, "郑师傅", "risk", risk.pk)  # not his place: he may not see the case


def test_the_list_is_written_out_in_the_columns_that_the_import_takes(cast: Cast) -> None:
    listed(cast)
    listed(cast, grade="", activity="吊包")
    answer = get(cast, "赵安全员", "risks_export")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    head, first, second = book.get_sheet_by_name("风险清单").to_python()
    template = get(cast, "赵安全员", "template_risks")
    empty = CalamineWorkbook.from_filelike(BytesIO(b"".join(template.streaming_content)))  # type: ignore[attr-defined]
    assert head == [str(one).rstrip("*") for one in empty.get_sheet_by_index(0).to_python()[0]]
    assert first[:2] == ["FX-0001", "转炉线"] and first[5] == "红（重大）" and second[5] == ""
    word = client_get(cast, "risks_export", form="word")
    assert word["Content-Type"].startswith("application/vnd.openxml")


def client_get(cast: Cast, name: str, **query: str) -> Any:
    return cast.login(Client(), "赵安全员").get(reverse(name), query)


def test_the_lists_ask_for_the_same_number_of_queries_whatever_their_length(cast: Cast) -> None:
    def asked(name: str) -> int:
        client = cast.login(Client(), "赵安全员")
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse(name))
        return len(found)

    def more(n: int) -> None:
        for one in range(n):
            listed(cast, code=f"R{Risk.objects.count()}-{one}")
            month = Period.parse(f"2025-{HazardBulletin.objects.count() + 1:02d}")
            bulletins.propose(unit=cast.unit["QL"], period=month, by=cast.account["赵安全员"], at=AT)

    more(1)
    asked("bulletins")
    before = asked("bulletins"), asked("risks")
    more(2)
    assert (asked("bulletins"), asked("risks")) == before


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["bulletins", "bulletin", "risks", "risk", "risk_new", "bulletin_new"])
def test_the_pages_look_as_they_should(look: Look, width: int, name: str) -> None:
    cast = make_cast()
    row, risk = published(cast), listed(cast)
    listed(cast, grade="", activity="天车吊包", controls=["检查吊具和制动器，每班一次，记在点检表上", "专人指挥"])
    hazard(cast, "2026-03-03", data={"control": "FX-0001#2 穿隔热服"})
    args = {"bulletin": [row.pk], "risk": [risk.pk]}.get(name, [])
    page = look(reverse(name, args=args), width=width, cookies=cast.login(Client(), "赵安全员").cookies)
    check(page, f"safety_{name}_{width}")
