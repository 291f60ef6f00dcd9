"""The process graph in the browser: who sees an edge, who finds the form for the month's word, and the way to a quality feedback."""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.kernel.time.period import Period
from ronglu.store.models import Flow, FlowWord, Post
from ronglu.work import flows
from tests.cast import AT, SINCE, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.work.test_flows import judge

__all__ = ["cast"]
FEBRUARY = Period.month(2026, 2)
REASON = "飞边多，剪切慢"
GOOD = {"quality": "5", "timely": "4", "working": "5", "telling": "5"}
POOR = GOOD | {"quality": "2", "timely": "1"}


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def connect(cast: Cast, source: str = "QL-F1", target: str = "QL-R") -> Flow:
    return flows.connect(
        source=cast.unit[source], target=cast.unit[target], what="阳极板", on=SINCE, by=cast.account["周统计员"], at=AT
    )


def said(
    cast: Cast,
    flow: Flow,
    word: str,
    reason: str = "",
    *,
    at: dt.datetime = AT,
    month: Period = FEBRUARY,
    by: str = "马主任",
) -> FlowWord:
    return judge(cast, flow, by, word, reason=reason, at=at, month=month)


def get(cast: Cast, name: str, page: str, /, *args: Any, **query: Any) -> str:
    response = cast.login(Client(), name).get(reverse(page, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(cast: Cast, name: str, page: str, /, *args: Any, **given: Any) -> HttpResponse:
    return cast.login(Client(), name).post(reverse(page, args=args), given)


def test_the_receiving_leader_finds_the_form_and_his_word_stands_in_the_list(cast: Cast) -> None:
    flow = connect(cast)
    address = reverse("flow_judge", args=[flow.pk, 202602])
    before = get(cast, "马主任", "flows")
    assert f'href="{address}"' in before and "没有评" in before
    assert "评的是 2026-02。2026-03-25 以前可以再评一次" in get(cast, "马主任", "flow_judge", flow.pk, 202602)
    refused = post(cast, "马主任", "flow_judge", flow.pk, 202602, **POOR, reason="")
    assert refused.status_code == 422 and "请写明哪里不满意" in refused.content.decode()
    done = post(cast, "马主任", "flow_judge", flow.pk, 202602, **POOR, reason=REASON)
    assert done.status_code == 302
    assert FlowWord.objects.get().word == "unsatisfied"
    after = get(cast, "马主任", "flows")
    assert "不满意" in after and REASON in after and "再评" in after
    # the form comes back with what stands
    again = get(cast, "马主任", "flow_judge", flow.pk, 202602)
    assert REASON in again and 'value="2"' in again.split("checked")[0].rsplit("<input", 1)[1]


@pytest.mark.covers("S0-32")
def test_a_poor_mark_asks_for_a_case_that_is_filled_in_already(cast: Cast) -> None:
    flow = connect(cast)
    post(cast, "马主任", "flow_judge", flow.pk, 202602, **POOR, reason=REASON)
    page = get(cast, "马主任", "flow", flow.pk)
    assert "2026-02 质量 2 分、及时 1 分" in page
    addresses = re.findall(rf'href="({reverse("case_new", args=["feedback"])}[^"]*f-what[^"]*)"', page)
    form = cast.login(Client(), "马主任").get(addresses[0].replace("&amp;", "&")).content.decode()
    assert f"精炼线 → 熔炼车间 2026-02：质量 2 分、及时 1 分。{REASON}" in form
    assert f'<option value="unit:{flow.source_id}" selected>' in form
    # the delivering side reads the marks and is not asked to complain about itself
    theirs = get(cast, "郑师傅", "flow", flow.pk)
    assert "质量 2 · 及时 1 · 配合 5 · 信息 5" in theirs and "f-what" not in theirs
    # judged again and well: nothing is asked any more
    post(cast, "马主任", "flow_judge", flow.pk, 202602, **GOOD, reason="")
    assert "f-what" not in get(cast, "马主任", "flow", flow.pk)


def test_both_directions_stand_on_one_page_each_under_its_own_head(cast: Cast) -> None:
    connect(cast)
    connect(cast, "QL-R1", "QL-F1")
    response = cast.login(Client(), "马主任").get(reverse("flows"))
    sides = {title: [row.edge.source for row in rows] for title, rows in response.context["sides"]}
    assert sides == {"我们评上游": ["精炼线"], "下游评我们": ["转炉线"]}
    others = cast.login(Client(), "孙干事").get(reverse("flows")).context["sides"]
    assert [(title, len(rows)) for title, rows in others] == [("上道工序 → 下道工序", 2)]


def test_the_trend_of_an_aspect_adds_marks_and_counts_only_months_that_have_one(cast: Cast) -> None:
    """January 5 and February 2 of quality: 7 of 2 months, the other ten are no noughts."""
    flow = connect(cast)
    said(cast, flow, "satisfied", month=FEBRUARY - 1, at=dt.datetime(2026, 2, 3, 9))
    said(cast, flow, "unsatisfied", REASON)
    trend = cast.login(Client(), "马主任").get(reverse("flow", args=[flow.pk])).context["trend"]
    assert (trend[0][0], *trend[0][2:]) == ("质量", 7, 2)
    assert trend[0][1][-3:] == (5, 2, None)


def test_the_inbox_says_that_a_month_was_not_judged(cast: Cast) -> None:
    flow = connect(cast)
    row = "2026 年 2 月还有 1 个上道工序没有评"
    address = f"{reverse('flows')}?plant=qinglan&amp;month=2026-02"
    page = get(cast, "马主任", "inbox_others")
    assert row.replace(" ", "") in page.replace(" ", "") and address in page
    said(cast, flow, "satisfied")
    assert address not in get(cast, "马主任", "inbox_others")


def test_the_delivering_side_reads_the_word_and_has_no_form(cast: Cast) -> None:
    flow = connect(cast)
    said(cast, flow, "unsatisfied", REASON)
    page = get(cast, "郑师傅", "flows")
    assert REASON in page and reverse("flow_judge", args=[flow.pk, 202602]) not in page
    assert cast.login(Client(), "郑师傅").get(reverse("flow_judge", args=[flow.pk, 202602])).status_code == 403


def test_who_leads_both_sides_is_told_why_he_has_no_form(cast: Cast) -> None:
    Post.objects.create(person=cast.person["马主任"], role="workshop_head", unit=cast.unit["QL-F"], from_on=SINCE)
    flow = connect(cast)
    page = get(cast, "马主任", "flow", flow.pk)
    assert "您也负责上道工序“精炼线”" in page and reverse("flow_judge", args=[flow.pk, 202602]) not in page
    refused = post(cast, "马主任", "flow_judge", flow.pk, 202602, **GOOD)
    assert refused.status_code == 422 and not FlowWord.objects.exists()


def test_what_was_said_before_stays_to_be_read_beside_it(cast: Cast) -> None:
    flow = connect(cast)
    said(cast, flow, "satisfied", at=dt.datetime(2026, 3, 2, 9))
    said(cast, flow, "unsatisfied", REASON)
    page = get(cast, "吴师傅", "flow", flow.pk)
    assert "第 1 次：满意，马主任，2026-03-02" in page and REASON in page
    # the group reads the result, no person and nothing that a person wrote
    group = get(cast, "集团", "flow", flow.pk, plant="qinglan")
    assert "不满意" in group and "马主任" not in group and REASON not in group
    for page in (group, get(cast, "集团", "flows", plant="qinglan")):
        assert "马主任" not in page and REASON not in page


def test_a_quality_feedback_begins_with_the_delivering_unit_chosen(cast: Cast) -> None:
    flow = connect(cast)
    address = f"{reverse('case_new', args=['feedback'])}?unit={flow.source_id}"
    # who works at the receiving side; not who delivers
    assert address in get(cast, "吴师傅", "flows")
    assert address not in get(cast, "郑师傅", "flows")
    form = cast.login(Client(), "吴师傅").get(address).content.decode()
    assert f'<option value="unit:{flow.source_id}" selected>' in form


def test_an_edge_is_laid_and_ended_by_who_leads_both_ends(cast: Cast) -> None:
    ends = {"source": cast.unit["QL-R1"].pk, "target": cast.unit["QL-F1"].pk, "what": "粗铜", "on": "2026-03-01"}
    # 马主任 has no say over the refiners: his form does not offer them
    assert post(cast, "马主任", "flow_new", **ends).status_code == 422
    Post.objects.create(person=cast.person["陈技术员"], role="plant_head", unit=cast.unit["QL"], from_on=SINCE)
    assert post(cast, "陈技术员", "flow_new", **ends).status_code == 302
    flow = Flow.objects.get()
    back = {"source": ends["target"], "target": ends["source"], "what": "渣", "on": "2026-03-01"}
    refused = post(cast, "陈技术员", "flow_new", **back).content.decode()
    assert "这样会成环：精炼线 → 转炉线 → 精炼线" in refused
    assert "撤销衔接" in get(cast, "陈技术员", "flow", flow.pk)
    assert "撤销衔接" not in get(cast, "马主任", "flow", flow.pk)
    assert post(cast, "陈技术员", "flow_close", flow.pk, on="2026-03-09").status_code == 302
    flow.refresh_from_db()
    assert flow.until_on == dt.date(2026, 3, 9)


def test_the_sum_below_the_list_adds_words_and_tells_what_is_missing(cast: Cast) -> None:
    """Six months from September to February, two edges: three words of twelve, two of them satisfied: 66.7 %."""
    first, second = connect(cast), connect(cast, "QL-F1", "QL-R1")
    said(cast, first, "satisfied")
    said(cast, first, "fair", month=FEBRUARY - 1, at=dt.datetime(2026, 2, 3, 9))
    said(cast, second, "satisfied", by="王书记")
    page = get(cast, "孙干事", "flows")
    assert "已评 3 个月次，满意 2 个，满意率 66.7" in page
    assert "没有评 9 个，不算满意也不算不满意" in page


def test_the_workbook_has_every_word_and_the_sums(cast: Cast) -> None:
    flow = connect(cast)
    said(cast, flow, "satisfied")
    said(cast, flow, "unsatisfied", REASON)
    response = cast.login(Client(), "马主任").get(reverse("flows_xlsx"))
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    sums, words = (book.get_sheet_by_name(name).to_python() for name in ("工序衔接", "下道工序评价"))
    # twelve months to February, eleven of them without a word
    assert sums[1] == ["精炼线", "熔炼车间", 0.0, 1.0, 11.0, 0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 2.0]
    assert [line[3:12] for line in words[-2:]] == [
        ["2026-02", 1.0, "满意", 5.0, 5.0, 5.0, 5.0, "", "马主任"],
        ["2026-02", 2.0, "不满意", 2.0, 2.0, 2.0, 2.0, REASON, "马主任"],
    ]  # fmt: skip
    assert words[1][3:6] == ["2025-03", "", "没有评"]


@pytest.mark.parametrize("page", ["flows", "flows_xlsx"])
def test_a_list_costs_as_many_queries_for_three_as_for_one(cast: Cast, page: str) -> None:
    client = cast.login(Client(), "马主任")

    def cost() -> int:
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page)).status_code == 200
        return len(queries)

    first = connect(cast)
    said(cast, first, "satisfied")
    one = cost()
    said(cast, first, "fair")
    for source, target in (("QL-R1", "QL-F1"), ("QL-F", "QL-R")):
        ends = {"source": cast.unit[source], "target": cast.unit[target]}
        Flow.objects.create(plant=cast.plant, what="渣", from_on=SINCE, **ends)
    assert cost() == one


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("page", "args"),
    [("flows", lambda flow: []), ("flow", lambda flow: [flow.pk]), ("flow_judge", lambda flow: [flow.pk, 202602])],
)
def test_pages_of_flows_hold_on_a_phone_and_on_a_desk(
    transactional_db: None, look: Look, page: str, args: Callable[[Flow], list[Any]], width: int
) -> None:
    made = make_cast()
    flow = connect(made)
    said(made, flow, "satisfied")
    said(made, flow, "unsatisfied", REASON)
    client = made.login(Client(), "马主任")
    seen = look(reverse(page, args=args(flow)), width=width, cookies=client.cookies)
    check(seen, page)
