"""Commitments, quarter points, self-inspections and duties of seats in the browser: who sees names, who sees numbers, who acts."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    Burden,
    Commitment,
    InspectionFinding,
    QuarterPoint,
    SeatDuty,
    SeatReport,
    SelfInspection,
)
from ronglu.work import inspections, quarter_points, seat_duties, wording
from tests.cast import AT, ON, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.sworn import asked, crowd, discipline_member, officer, signed

__all__ = ["cast", "the_10th_of_march"]
Q1 = Period.parse("2026-Q1")


@pytest.mark.covers("S2-32")
def test_asked_signed_and_confirmed_in_the_browser(cast: Cast) -> None:
    officer(cast)
    given = {"body": cast.body["QL-B1"].pk, "kind": "pledge", "whom": "members", "due_on": "2026-06-30"}
    assert post(cast, "钱纪检", "commitment_ask", **given).status_code == 302
    assert Commitment.objects.count() == 4
    row = Commitment.objects.get(person=cast.person["李班长"])
    assert "廉洁从业承诺书" in text(cast, "李班长", "commitments")
    assert "1 份等您签" in get(cast, "李班长", "inbox_others").content.decode()
    assert post(cast, "李班长", "commitment_deed", row.pk, "sign", on="2026-03-10", kept="").status_code == 302
    assert get(cast, "李班长", "commitment_deed", row.pk, "confirm").status_code == 404
    assert "1 份等您核对原件" in get(cast, "钱纪检", "inbox_others").content.decode()
    assert post(cast, "钱纪检", "commitment_deed", row.pk, "confirm", holds="yes").status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"


@pytest.mark.covers("S2-32")
def test_av_13_on_the_page_the_number_for_all_who_see_it_and_two_names_for_discipline_only(cast: Cast) -> None:
    names = crowd(cast, cast.body["QL-B2"], 34)
    for row in asked(cast, *names, body="QL-B2")[2:]:
        signed(cast, row)
    for name in ("高书记", "孙干事"):
        page = text(cast, name, "commitments")
        assert "94.12" in page and "签约人" not in page
    page = text(cast, "钱纪检", "commitments")
    assert "94.12" in page and "还有 2 份要催" in page and "签约人00" in page
    for name in ("王书记", "李班长", "马主任", "邻厂书记"):
        page = text(cast, name, "commitments")
        assert "94.12" not in page and "签约人" not in page
    assert get(cast, "外人", "commitments").status_code == 404


def test_the_workbook_holds_names_only_for_the_register(cast: Cast) -> None:
    asked(cast, "王书记", "马主任", "李班长")

    def sheets(name: str) -> tuple[list[str], str]:
        answer = get(cast, name, "commitments_xlsx")
        book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        return book.sheet_names, str([book.get_sheet_by_name(one).to_python() for one in book.sheet_names])

    assert sheets("孙干事")[0] == ["完成情况"] and "李班长" not in sheets("孙干事")[1]
    assert sheets("钱纪检")[0] == ["完成情况", "登记册"] and "李班长" in sheets("钱纪检")[1]


@pytest.mark.covers("S1-21")
def test_the_five_of_a_quarter_are_filled_and_looked_at_in_the_browser(cast: Cast) -> None:
    officer(cast)
    assert get(cast, "李班长", "quarter_points").status_code == 403
    given = {"done": "yes", "words": "开了警示教育会"}
    assert post(cast, "王书记", "quarter_point_fill", "QL-B1", "2026-Q1", "study", **given).status_code == 302
    row = QuarterPoint.objects.get()
    page = text(cast, "王书记", "quarter_points")
    assert "开了警示教育会" in page and "5 条中填了 1 条" in page and "系统默认" in page
    assert post(cast, "钱纪检", "quarter_point_look", row.pk, holds="yes", remark="").status_code == 302
    assert get(cast, "王书记", "quarter_point_fill", "QL-B1", "2026-Q1", "sixth").status_code == 404
    assert get(cast, "王书记", "quarter_point_fill", "QL-B2", "2026-Q1", "study").status_code == 404


@pytest.mark.covers("S2-31")
def test_an_inspection_is_planned_held_and_its_finding_becomes_a_case_in_the_browser(cast: Cast) -> None:
    plan = {"body": cast.body["QL-B1"].pk, "title": "物资领用", "scope": "领用和报废", "due_on": "2026-03-20"}
    assert post(cast, "王书记", "inspection_new", **plan).status_code == 302
    row = SelfInspection.objects.get()
    held = {"on": "2026-03-10", "result": "查了 20 笔，2 笔手续不全"}
    assert post(cast, "王书记", "inspection_deed", row.pk, "hold", **held).status_code == 302
    found = {"what": "补齐领料单", "owner": "20101", "finish_by": "2026-03-25", "unit": ""}
    assert post(cast, "王书记", "inspection_deed", row.pk, "find", **found).status_code == 302
    case = InspectionFinding.objects.get().case
    page = text(cast, "王书记", "inspection", row.pk)
    assert case.number in page and "办理中" in page and "物资领用" in text(cast, "高书记", "inspections")
    wrong = post(cast, "王书记", "inspection_deed", row.pk, "find", **(found | {"owner": "99999"}))
    assert wrong.status_code == 422 and "没有工号或姓名“99999”" in wrong.content.decode()


def opened(cast: Cast, page: str, *args: Any) -> dict[str, str]:
    """When the form was opened, as the meter of entry reads it from the page."""
    token = re.search(r'name="_opened" value="([^"]+)"', get(cast, "钱纪检", page, *args).content.decode())
    assert token is not None
    return {"_opened": token[1]}


def test_discipline_writes_down_what_an_inspection_found_and_sees_it_through(cast: Cast) -> None:
    officer(cast)
    body = cast.body["QL-B1"].pk
    plan = {"body": body, "title": "物资领用", "scope": "领用和报废", "due_on": "2026-03-20"}
    assert post(cast, "钱纪检", "inspection_new", **plan).status_code == 403
    assert post(cast, "王书记", "inspection_new", **plan).status_code == 302
    row = SelfInspection.objects.get()
    assert get(cast, "钱纪检", "inspection_found", row.pk).status_code == 404  # not held yet
    assert get(cast, "钱纪检", "inspection_deed", row.pk, "hold").status_code == 403
    held = {"on": "2026-03-10", "result": "查了 20 笔，2 笔手续不全"}
    assert post(cast, "王书记", "inspection_deed", row.pk, "hold", **held).status_code == 302
    assert reverse("inspection_found", args=[row.pk]) in text(cast, "钱纪检", "inspection", row.pk)
    found = {"what": "补齐领料单", "owner": "20101", "finish_by": "2026-03-25", "unit": ""}
    assert (
        post(
            cast, "钱纪检", "inspection_found", row.pk, **found, **opened(cast, "inspection_found", row.pk)
        ).status_code
        == 302
    )
    case = InspectionFinding.objects.get().case
    assert "补齐领料单" in text(cast, "钱纪检", "case", case.pk)
    assert post(cast, "李班长", "inspection_found", row.pk, **found).status_code == 403
    moved = {"case-seen": str(case.seen), "case-reason": "出差", "doer": "20110", "form": "state"}
    assert (
        post(cast, "钱纪检", "case_move", case.pk, "pass_on", **moved, **opened(cast, "case", case.pk)).status_code
        == 302
    )
    assert set(Burden.objects.values_list("form", "role")) == {
        ("inspection_found", "discipline_office"), ("case_move", "discipline_office"),
    }  # fmt: skip


def started(cast: Cast) -> None:
    seat_duties.adopt(
        plant=cast.plant, seeds=wording.declared().duties, on=dt.date(2026, 1, 1), by=cast.account["孙干事"], at=AT
    )


@pytest.mark.covers("S1-19")
def test_the_list_is_taken_over_reported_on_and_judged_in_the_browser(cast: Cast) -> None:
    assert "还没有启用" in text(cast, "王书记", "seat_duties")
    assert post(cast, "孙干事", "seat_duty_change", "adopt", on="2026-03-01").status_code == 302
    added = {"level": "branch", "seat": "secretary", "title": "到班组讲安全", "every": "month", "on": "2026-03-01"}
    assert post(cast, "孙干事", "seat_duty_change", "add", **added).status_code == 302
    assert "系统默认" in text(cast, "孙干事", "seat_duty_list") and "本厂规定" in text(cast, "孙干事", "seat_duty_list")
    duty = SeatDuty.objects.get(title="到班组讲安全")
    why = {"outcome": "not", "done_on": "", "words": "全月大修"}
    assert post(cast, "王书记", "seat_duty_report", "QL-B1", duty.pk, "2026-03", **why).status_code == 302
    row = SeatReport.objects.get()
    assert "1 条履责理由等您认可" in get(cast, "孙干事", "inbox_others").content.decode()
    assert post(cast, "孙干事", "seat_duty_judge", row.pk, holds="yes", remark="").status_code == 302
    page = text(cast, "王书记", "seat_duties")
    assert "理由已认可" in page and "全月大修" in page
    assert "理由已认可" in text(cast, "王书记", "seat_year", "QL-B1", "secretary")
    assert get(cast, "王书记", "seat_year_xlsx", "QL-B1", "secretary").status_code == 200
    assert get(cast, "王书记", "seat_year", "QL-B2", "secretary").status_code == 404


def test_the_office_words_a_list_and_the_pages_follow(cast: Cast) -> None:
    words = {"study": "抓教育，促自律", "duty": "", "rules": "", "supervision": "", "rectification": ""}
    assert post(cast, "孙干事", "list_words_edit", "points", **words).status_code == 302
    assert "抓教育，促自律" in text(cast, "王书记", "quarter_points")
    assert "抓教育，促自律" in text(cast, "孙干事", "list_words") and "抓学习教育" in text(cast, "孙干事", "list_words")
    assert get(cast, "孙干事", "list_words_edit", "slogans").status_code == 404


@pytest.mark.parametrize("page", ["commitments", "quarter_points", "inspections", "seat_duties"])
def test_three_branches_cost_no_more_queries_than_one(cast: Cast, page: str) -> None:
    officer(cast)
    started(cast)

    def grow(n: int, body: str) -> None:
        asked(cast, *(("王书记",) if n == 1 else ("马主任", "李班长", "郑师傅")), body=body)
        for no in range(n):
            inspections.plan(
                body=cast.body[body], title=f"查{no}", scope="x", due_on=ON, by=cast.account["王书记"], at=AT
            )
        for point in wording.declared().codes("points")[:n]:
            quarter_points.fill(
                body=cast.body[body], quarter=Q1, point=point, done=True, words="办了", by=cast.account["王书记"], at=AT
            )

    def cost() -> int:
        client = cast.login(Client(), "钱纪检")
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page)).status_code == 200
        return len(queries)

    grow(1, "QL-B1")
    one = cost()
    grow(3, "QL-B2")
    assert cost() == one


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = make_cast()
    discipline_member(cast)
    names = crowd(cast, cast.body["QL-B1"], 4)
    rows = asked(cast, *names, "何组长")
    for row in rows[2:]:
        signed(cast, row)
    started(cast)
    for point in wording.declared().codes("points")[:3]:
        quarter_points.fill(
            body=cast.body["QL-B1"], quarter=Q1, point=point, done=True, words="组织观看警示教育片，讨论后各写一句体会",
            by=cast.account["王书记"], at=AT,
        )  # fmt: skip
    inspections.plan(
        body=cast.body["QL-B1"], title="物资领用与报废手续", scope="领用、报废和回收", due_on=ON,
        by=cast.account["王书记"], at=AT,
    )  # fmt: skip
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("钱纪检", "commitments"),
        ("何组长", "quarter_points"),
        ("王书记", "inspections"),
        ("王书记", "seat_duties"),
        ("孙干事", "seat_duty_list"),
        ("孙干事", "list_words"),
    ],
)
def test_the_pages_are_right_on_phone_and_screen(
    house: Cast, look: Look, client: Client, width: int, name: str, page: str
) -> None:
    house.login(client, name)
    check(look(reverse(page), width=width, cookies=client.cookies), page)
