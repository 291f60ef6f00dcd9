"""Assay sheets in the browser: typed, compared by another, read limit by limit, counted by line and grade, taken away."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.store.models import AssaySheet
from ronglu.web.assays.forms import VALUE
from tests.cast import Cast, cast, make_cast
from tests.kernel.measure.test_grading import CLEAN
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_imports import work
from tests.web.test_imports_tables import bring, template
from tests.work.assayed import GB, confirm, confirmed, entered
from tests.work.clock import set_clock
from tests.work.test_assays import correct

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def get(cast: Cast, name: str, page: str, /, *args: Any, **query: Any) -> HttpResponse:
    response = cast.login(Client(), name).get(reverse(page, args=args), query)
    assert response.status_code == 200
    return response


def text(cast: Cast, name: str, page: str, /, *args: Any, **query: Any) -> str:
    return get(cast, name, page, *args, **query).content.decode()


def post(cast: Cast, name: str, page: str, /, *args: Any, **given: Any) -> HttpResponse:
    return cast.login(Client(), name).post(reverse(page, args=args), given)


def typed(cast: Cast, lot: str = "A-1", unit: str = "QL-R1", **values: str) -> dict[str, Any]:
    given = {VALUE + element: said for element, said in (CLEAN | values).items()}
    return given | {"unit": cast.unit[unit].pk, "lot": lot, "sampled_at": "2026-03-09T14:30", "weight": ""}


def test_a_sheet_is_typed_compared_by_another_and_read_limit_by_limit(cast: Cast) -> None:
    form = text(cast, "周统计员", "assay_new")
    assert 'inputmode="decimal"' in form and "第一组" not in form
    done = post(cast, "周统计员", "assay_new", **typed(cast, As="0.00055"))
    row = AssaySheet.objects.get()
    assert (done.status_code, done["Location"]) == (302, reverse("assay", args=[row.pk]))
    page = text(cast, "陈技术员", "assay", row.pk)
    assert "Cu-CATH-2" in page and "没有达到更高一级的原因：As" in page
    assert "0.00055" in page and "0.0006" in page and "≤ 0.0005" in page and "引用前须核对原文" in page
    assert reverse("assay_confirm", args=[row.pk]) in page
    # who typed it has no form to confirm it, and is refused if he makes one up
    assert reverse("assay_confirm", args=[row.pk]) not in text(cast, "周统计员", "assay", row.pk)
    own = post(cast, "周统计员", "assay_confirm", row.pk, holds="yes")
    assert own.status_code == 422 and "录入的人不能自己核对" in own.content.decode()
    assert post(cast, "陈技术员", "assay_confirm", row.pk, holds="yes").status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_what_is_wrong_with_a_value_stands_above_the_form_and_nothing_typed_is_lost(cast: Cast) -> None:
    refused = post(cast, "周统计员", "assay_new", **typed(cast, As="少量"))
    page = refused.content.decode()
    assert refused.status_code == 422 and "“少量”不是化验值" in page and 'value="0.0006"' in page
    assert not AssaySheet.objects.exists()


def test_a_missing_element_is_named_and_the_lot_has_no_grade(cast: Cast) -> None:
    row = entered(cast, As="")
    page = text(cast, "李班长", "assay", row.pk)
    assert "不能评级：缺 As" in page and "所有限值都满足" not in page
    assert "缺 As" in text(cast, "李班长", "assays")


def test_the_inbox_says_that_a_sheet_waits_and_opens_the_list_of_those(cast: Cast) -> None:
    row = entered(cast)
    address = f"{reverse('assays')}?state=entered"
    page = text(cast, "陈技术员", "inbox_others")
    assert "1 张化验单等另一人核对" in page and address in page
    assert address not in text(cast, "周统计员", "inbox_others")
    confirm(cast, row)
    assert address not in text(cast, "陈技术员", "inbox_others")


def test_a_correction_shows_both_versions_and_why(cast: Cast) -> None:
    row = confirmed(cast)
    values = {k: v for k, v in typed(cast, As="0.0012").items() if k not in ("unit", "lot")}
    done = post(cast, "周统计员", "assay_correct", row.pk, why="抄错一位", **values)
    newest = AssaySheet.objects.get(version=2)
    assert (done.status_code, done["Location"]) == (302, reverse("assay", args=[newest.pk]))
    page = text(cast, "李班长", "assay", newest.pk)
    assert "第 1 版" in page and "第 2 版" in page and "抄错一位" in page
    # the older one is not corrected any more
    assert reverse("assay_correct", args=[row.pk]) not in text(cast, "周统计员", "assay", row.pk)


def test_lots_of_a_month_are_counted_by_line_and_grade_and_the_share_is_of_the_sum(cast: Cast) -> None:
    """Converters 1 of 3 and refiners 2 of 2 make 3 of 5 = 60 %; the mean of the ratios would be 66.7 %. What lacks arsenic
    counts in neither."""
    confirmed(cast, "A-1", weight="2.5")
    confirmed(cast, "A-2", As="0.0012", weight="2.25")
    confirmed(cast, "A-3", As="0.0050", weight="1")
    confirmed(cast, "A-4", As="", weight="1")
    entered(cast, "A-5")
    confirmed(cast, "B-1", unit="QL-F1")
    confirmed(cast, "B-2", unit="QL-F1", weight="2")
    (month,) = get(cast, "高书记", "assays").context["tables"]
    rows = dict(month["rows"])
    assert [n for _w, n, _t in rows["转炉线"]["cells"]] == [1, 1, 1, 1] and rows["转炉线"]["waiting"] == 1
    assert [str(t) for _w, _n, t in rows["转炉线"]["cells"]] == ["2.5", "2.25", "1", "1"]
    # one of the refiners' lots was not weighed: no tonnes at all
    assert [t for _w, _n, t in rows["精炼线"]["cells"]] == [None] * 4
    assert (month["total"]["best"], month["total"]["rated"], float(month["total"]["share"])) == (3, 5, 0.6)


def test_the_list_is_narrowed_by_result_state_and_line(cast: Cast) -> None:
    confirmed(cast, "A-1")
    entered(cast, "A-2", As="0.0012")
    confirmed(cast, "B-1", unit="QL-F1", As="")

    def lots(**query: Any) -> list[str]:
        return sorted(one["row"].lot for one in get(cast, "高书记", "assays", **query).context["rows"])

    assert lots() == ["A-1", "A-2", "B-1"]
    assert lots(found="Cu-CATH-2") == ["A-2"] and lots(found="unknown") == ["B-1"]
    assert lots(state="entered") == ["A-2"] and lots(unit=cast.unit["QL-F1"].pk) == ["B-1"]
    entered(cast, "A-0", sampled_at=dt.datetime(2026, 2, 20, 9))
    assert lots(state="entered") == ["A-0", "A-2"] and lots() == ["A-1", "A-2", "B-1"]
    assert (
        lots(month="2026-02") == ["A-0"]
        and lots(month="2026-01") == []
        and lots(found="nonsense") == ["A-1", "A-2", "B-1"]
    )


def test_only_who_has_to_do_with_the_line_sees_its_lots(cast: Cast) -> None:
    row = entered(cast)
    assert cast.login(Client(), "邻厂书记").get(reverse("assay", args=[row.pk])).status_code in (403, 404)
    assert "A-1" not in text(cast, "李班长", "assays", month="2026-02")
    other = entered(cast, "B-1", unit="QL-F1")
    assert cast.login(Client(), "李班长").get(reverse("assay", args=[other.pk])).status_code == 404
    assert "B-1" not in text(cast, "李班长", "assays")


def test_a_feedback_about_the_lot_begins_with_its_number_and_is_listed_with_it(cast: Cast) -> None:
    row = confirmed(cast)
    page = text(cast, "李班长", "assay", row.pk)
    address = f"{reverse('case_new', args=['feedback'])}?unit={row.unit_id}&amp;f-lot=A-1&amp;plant=qinglan"
    assert address in page
    form = cast.login(Client(), "李班长").get(address.replace("&amp;", "&")).content.decode()
    assert 'value="A-1"' in form


def test_the_workbook_has_the_sheets_as_written_and_the_month(cast: Cast) -> None:
    confirmed(cast, "A-1", As="0.00045", weight="2.5")
    response = get(cast, "高书记", "assays_export")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    head, line = book.get_sheet_by_name("化验单").to_python()
    found = dict(zip(head, line, strict=True))
    assert (found["批号"], found["结果"], found["As"], found["状态"]) == ("A-1", "Cu-CATH-1", "0.00045", "已核对")
    head, line, total = book.get_sheet_by_name(GB.replace("/", " ")).to_python()
    assert line[0] == "转炉线" and total[0] == "合计" and line[1:3] == [1.0, 2.5] and line[-1] == "1／1"


def test_a_workbook_goes_from_the_empty_template_into_the_list(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    set_clock(cast.plant)
    client = cast.login(Client(), "周统计员")
    book = template(client, "assays")
    page = book["化验单"]
    heads = [cell.value.rstrip(" *") for cell in page[1]]
    row = {"单位": "转炉线", "标准": GB, "批号": "A-1", "取样日期": "2026-03-09", **CLEAN, "As": 0.00055}
    for column, head in enumerate(heads, 1):
        page.cell(2, column, row.get(head))
    one = bring(client, "assays", book)
    client.post(reverse("import_confirm", args=[one.pk]))
    work()
    found = AssaySheet.objects.get()
    assert (found.lot, found.grade, found.state, found.entered_by) == (
        "A-1",
        "Cu-CATH-2",
        "entered",
        cast.account["周统计员"],
    )


@pytest.mark.parametrize("page", ["assays", "assays_export"])
def test_a_list_costs_as_many_queries_for_three_as_for_one(cast: Cast, page: str) -> None:
    client = cast.login(Client(), "高书记")

    def cost() -> int:
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page)).status_code == 200
        return len(queries)

    confirmed(cast, "A-1")
    one = cost()
    confirmed(cast, "A-2", As="")
    entered(cast, "B-1", unit="QL-F1")
    assert cost() == one


def test_the_page_of_a_lot_costs_the_same_for_three_versions(cast: Cast) -> None:
    client, row = cast.login(Client(), "高书记"), confirmed(cast)

    def cost() -> int:
        address = reverse("assay", args=[AssaySheet.objects.order_by("version").last().pk])  # type: ignore[union-attr]
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one = cost()
    correct(cast, correct(cast, row, As="0.0003"), As="0.0002")
    assert cost() <= one


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("page", "args"),
    [("assays", lambda row: []), ("assay", lambda row: [row.pk]), ("assay_new", lambda row: [])],
)
def test_pages_of_assays_hold_on_a_phone_and_on_a_desk(
    transactional_db: None, look: Look, page: str, args: Callable[[AssaySheet], list[Any]], width: int
) -> None:
    made = make_cast()
    set_clock(made.plant)
    row = confirmed(made, "A-1", As="0.00055", weight="2.5", Bi="<0.0001")
    entered(made, "A-2", As="")
    client = made.login(Client(), "陈技术员")
    check(look(reverse(page, args=args(row)), width=width, cookies=client.cookies), page)
