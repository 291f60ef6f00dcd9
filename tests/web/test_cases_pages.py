"""The pages of loops, made from the declaration alone: who sees what, what may be done, what a refusal keeps."""

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.store.models import Case, CaseRow, CaseStep
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work.loops_cast import LOOPS, line, report, settle, step, zone
from tests.work.test_cases import FRIDAY, close, five

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def text(response: HttpResponse) -> str:
    return response.content.decode()


def get(cast: Cast, name: str, page: str, /, *args: Any, **query: Any) -> HttpResponse:
    return cast.login(Client(), name).get(reverse(page, args=args), query)  # type: ignore[return-value]


def post(cast: Cast, name: str, page: str, *args: Any, **data: Any) -> HttpResponse:
    return cast.login(Client(), name).post(reverse(page, args=args), data, follow=True)  # type: ignore[return-value]


def titles(response: HttpResponse) -> list[str]:
    return [row.case.title for row in response.context["rows"]]  # type: ignore[attr-defined]


def queries(cast: Cast, name: str, page: str, *args: Any) -> int:
    client = cast.login(Client(), name)
    client.get(reverse(page, args=args))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(reverse(page, args=args)).status_code == 200
    return len(caught)


@pytest.mark.parametrize("page", ["cases_loop", "cases_board", "cases_ledger"])
@pytest.mark.parametrize("code", LOOPS)
def test_every_declared_loop_has_its_pages(cast: Cast, page: str, code: str) -> None:
    answer = get(cast, "赵安全员", page, code)
    assert answer.status_code == 200 and LOOPS[code].label in text(answer)


def test_the_overview_counts_what_the_reader_may_see(cast: Cast) -> None:
    case = report(cast).case
    close(cast, case, five(cast, case))
    report(cast, "何组长", given={"kind": "fire", "what": "油棉纱"})
    Case.objects.filter(phase="open").update(due_at=AT.replace(hour=8))
    counts = {loop.code: n for loop, n, _may in get(cast, "赵安全员", "cases").context["loops"]}["hazard"]
    assert (counts.open, counts.overdue, counts.closed) == (1, 1, 1)
    mine = {loop.code: n for loop, n, _may in get(cast, "郑师傅", "cases").context["loops"]}["hazard"]
    assert (mine.open, mine.overdue, mine.closed) == (0, 0, 0)


def test_what_the_reader_has_no_business_with_is_folded_away(cast: Cast) -> None:
    report(cast)
    told = get(cast, "吴师傅", "cases").context
    shown, idle = {loop.code for loop, _n, _may in told["loops"]}, {loop.code for loop in told["idle"]}
    # he raised a hazard and may raise ideas; a pact is nobody's of his crew
    assert {"hazard", "idea"} <= shown and "pact" in idle
    assert shown | idle == set(LOOPS) and not shown & idle


def test_a_list_shows_each_reader_his_own_part_of_the_plant(cast: Cast) -> None:
    report(cast)
    seen = {
        name: titles(get(cast, name, "cases_loop", "hazard")) for name in ("吴师傅", "李班长", "赵安全员", "马主任")
    }
    assert set(map(tuple, seen.values())) == {("法兰渗水",)}
    assert titles(get(cast, "郑师傅", "cases_loop", "hazard")) == []
    assert titles(get(cast, "邻厂书记", "cases_loop", "hazard")) == []


def test_the_page_of_a_case_offers_what_is_to_be_done_and_says_why_not_yet(cast: Cast) -> None:
    case = report(cast).case
    row = five(cast, case)
    page = text(get(cast, "陈技术员", "case", case.pk))
    assert "现在轮到您" in page and "措施第 1 条还没有完成" in page
    settle(cast, row, "陈技术员", "done")
    assert "措施第 1 条还没有完成" not in text(get(cast, "陈技术员", "case", case.pk))
    step(cast, case, "陈技术员", "ask")
    judge = text(get(cast, "赵安全员", "case", case.pk))
    assert "办理的是陈技术员，不是您" not in judge  # the line is to be passed first
    assert "措施第 1 条还没有验收" in judge and "验收通过" in judge
    settle(cast, row, "赵安全员", "pass")
    assert "办理的是陈技术员，不是您" in text(get(cast, "赵安全员", "case", case.pk))


def test_moves_and_lines_are_made_from_the_page(cast: Cast) -> None:
    case = report(cast).case
    post(cast, "赵安全员", "case_move", case.pk, "grade", **{"case-seen": 0, "form": "state"})
    added = {"measure": "更换石墨垫片", "case-person": "陈技术员", "case-due_on": "2026-03-13"}
    assert "已加一条措施。" in text(post(cast, "赵安全员", "case_line_add", case.pk, "measure", **added))
    given = {
        "funds": "维修费",
        "fix_by": "2026-03-13",
        "fallback": "不需要，不停产",
        "fixer": "20106, 李班长",
        "case-seen": 2,
    }
    assert "已办：五落实，开始整改。" in text(post(cast, "马主任", "case_move", case.pk, "settle", **given))
    assert set(case.parties.filter(role="fixer").values_list("person__name", flat=True)) == {"陈技术员", "李班长"}
    post(cast, "陈技术员", "case_line_act", case.pk, "measure", 1, "done", proof="已换")
    row = CaseRow.objects.get()
    assert (row.state, row.data) == ("done", {"measure": "更换石墨垫片", "proof": "已换"})
    assert list(CaseStep.objects.values_list("move", flat=True)) == [
        "raise",
        "grade",
        "measure.add",
        "settle",
        "measure.done",
    ]


def test_a_refused_form_keeps_what_was_written_and_says_what_was_wrong_where(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    given = {"funds": "维修费 8600 元", "fix_by": "2026-03-13", "fallback": "不需要", "fixer": "李师傅", "case-seen": 2}
    answer = post(cast, "马主任", "case_move", case.pk, "settle", **given)
    page = text(answer)
    assert answer.status_code == 422
    assert "没有工号或姓名“李师傅”，请核对" in page and 'value="维修费 8600 元"' in page and 'value="李师傅"' in page
    assert Case.objects.get().state == "graded"


def test_who_acts_on_what_another_has_just_changed_is_told_and_loses_nothing(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    line(cast, case, "赵安全员", who="陈技术员", due_on=FRIDAY)
    given = {"funds": "维修费", "fix_by": "2026-03-13", "fallback": "不需要", "fixer": "陈技术员", "case-seen": 1}
    answer = post(cast, "马主任", "case_move", case.pk, "settle", **given)
    page = text(answer)
    assert answer.status_code == 422 and "刚刚被别人办过" in page and 'value="维修费"' in page
    assert re.search(r'name="case-seen" value="2"', page)
    post(cast, "马主任", "case_move", case.pk, "settle", **given | {"case-seen": 2})
    assert Case.objects.get().state == "fixing"


def test_a_draft_for_a_step_that_is_gone_is_shown_for_copying(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    answer = post(cast, "李班长", "case_move", case.pk, "grade", **{"case-seen": 0, "control": "点检未含法兰"})
    page = text(answer)
    assert answer.status_code == 422 and "这一步已经不能走了" in page and "点检未含法兰" in page


def test_strangers_and_neighbours_do_not_find_the_case(cast: Cast) -> None:
    case = report(cast).case
    for name in ("外人", "邻厂书记", "郑师傅"):
        assert get(cast, name, "case", case.pk).status_code == 404, name
        assert post(cast, name, "case_move", case.pk, "grade", **{"case-seen": 0}).status_code == 404, name
        assert post(cast, name, "case_comment", case.pk, **{"case-text": "在吗"}).status_code == 404, name
    assert Case.objects.get().seen == 0


def test_a_remark_stands_in_the_timeline(cast: Cast) -> None:
    case = report(cast).case
    page = text(post(cast, "吴师傅", "case_comment", case.pk, **{"case-text": "昨晚也漏过"}))
    assert "留言已记下。" in page and "昨晚也漏过" in page
    assert post(cast, "吴师傅", "case_comment", case.pk, **{"case-text": " "}).status_code == 422


def test_a_report_is_sent_with_the_own_unit_already_chosen(cast: Cast) -> None:
    form = get(cast, "吴师傅", "case_new", "hazard").context["form"]
    assert form.initial["case-place"] == f"unit:{cast.unit['QL-R1-乙'].pk}"
    given = {"case-place": form.initial["case-place"], "kind": "fire", "what": "油棉纱堆在配电箱旁"}
    page = text(post(cast, "吴师傅", "case_new", "hazard", **given))
    assert "已收到，编号 YH-2026-0001。" in page
    case = Case.objects.get()
    assert (case.unit, case.title, case.raised_by) == (
        cast.unit["QL-R1-乙"],
        "油棉纱堆在配电箱旁",
        cast.person["吴师傅"],
    )


def test_the_zone_of_the_address_is_chosen(cast: Cast) -> None:
    place = zone(cast)
    form = get(cast, "吴师傅", "case_new", "hazard", zone=place.pk).context["form"]
    assert form.initial["case-place"] == f"zone:{place.pk}"
    post(cast, "吴师傅", "case_new", "hazard", **{"case-place": f"zone:{place.pk}", "kind": "fire"})
    assert Case.objects.get().zone == place


def test_what_is_like_it_is_asked_about_and_never_stands_in_the_way(cast: Cast) -> None:
    report(cast, "李班长", given={"kind": "equipment", "what": "转炉烟罩法兰渗水"})
    given = {"case-place": f"unit:{cast.unit['QL-R1-甲'].pk}", "kind": "equipment", "what": "烟罩法兰又渗水了"}
    asks = text(post(cast, "李班长", "case_new", "hazard", **given))
    assert "已经有相近的" in asks and "转炉烟罩法兰渗水" in asks and Case.objects.count() == 1
    post(cast, "李班长", "case_new", "hazard", **given, **{"case-anyway": "1"})
    assert Case.objects.count() == 2


def test_nobody_is_asked_about_what_he_may_not_see(cast: Cast) -> None:
    report(cast, "李班长", given={"kind": "equipment", "what": "转炉烟罩法兰渗水"})
    given = {"case-place": f"unit:{cast.unit['QL-F1-甲'].pk}", "kind": "equipment", "what": "转炉烟罩法兰渗水"}
    assert "已收到" in text(post(cast, "郑师傅", "case_new", "hazard", **given))


def test_the_list_goes_to_excel_as_filtered(cast: Cast) -> None:
    report(cast)
    report(cast, "何组长", given={"kind": "fire", "what": "油棉纱"})
    answer = get(cast, "赵安全员", "cases_xlsx", "hazard", q="法兰")
    head, *rows = sheet(answer)
    assert head[:4] == ["编号", "题目", "地点", "状态"]
    assert [row[:6] for row in rows] == [["YH-2026-0001", "法兰渗水", "转炉甲班", "待分级", "待处理", "安环（安全员）"]]


def test_the_ledger_has_the_columns_of_the_declaration(cast: Cast) -> None:
    case = report(cast, zone=zone(cast)).case
    close(cast, case, five(cast, case))
    answer = get(cast, "赵安全员", "cases_ledger_xlsx", "hazard", phase="all")
    head, row = sheet(answer)
    assert head == [column.label for column in LOOPS["hazard"].ledger]
    told = dict(zip(head, row, strict=True))
    assert (told["地点"], told["类别"], told["等级"], told["责任人"]) == (
        "2# 转炉烟罩（转炉甲班）",
        "设备",
        "一般",
        "陈技术员",
    )
    assert told["整改措施"] == "更换石墨垫片（陈技术员 03-13）"
    assert (str(told["销号日期"]), told["验收人"]) == ("2026-03-10", "赵安全员")


def sheet(answer: HttpResponse) -> list[list[Any]]:
    book = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("page", ["cases_loop", "cases_board", "cases_ledger"])
def test_pages_cost_the_same_at_three_cases_as_at_one(cast: Cast, page: str) -> None:
    place = zone(cast)
    five(cast, report(cast, zone=place).case)
    one = queries(cast, "赵安全员", page, "hazard")
    for _ in range(2):
        five(cast, report(cast, zone=place).case)
    assert queries(cast, "赵安全员", page, "hazard") == one


def test_the_page_of_a_case_costs_no_more_with_its_years(cast: Cast) -> None:
    case = report(cast).case
    row = five(cast, case)
    young = queries(cast, "赵安全员", "case", case.pk)
    line(cast, case, "赵安全员", who="李班长", due_on=FRIDAY)
    settle(cast, row, "陈技术员", "done")
    report(cast, "何组长")
    assert queries(cast, "赵安全员", "case", case.pk) == young
    assert young <= 30


def test_who_may_not_raise_such_a_case_is_told_who_may(cast: Cast) -> None:
    answer = get(cast, "吴师傅", "case_new", "pact")
    assert answer.status_code == 403 and "支部书记" in text(answer)
    assert reverse("case_new", args=["pact"]) not in text(get(cast, "吴师傅", "cases"))


def test_the_ledger_goes_to_paper_and_too_long_a_one_says_what_to_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(cast)
    answer = get(cast, "赵安全员", "cases_ledger_pdf", "hazard")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    monkeypatch.setattr("ronglu.web.cases.ledger.ON_PAPER", 0)
    client = cast.login(Client(), "赵安全员")
    page = text(client.get(reverse("cases_ledger_pdf", args=["hazard"]), {"q": "法兰"}, follow=True))
    assert "一次最多打印 0 行" in page and 'value="法兰"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("20106", "陈技术员 20106"), ("陈", "陈技术员 20106"), ("cjs", "陈技术员 20106"), ("20101，2010", "李班长 20101；"),
     ("邻厂书记", "没有这样的人"), ("", "没有这样的人")],
)  # fmt: skip
def test_who_may_act_looks_up_colleagues_of_his_plant(cast: Cast, typed: str, said: str) -> None:
    answer = cast.login(Client(), "赵安全员").get(
        reverse("case_people"), {"for": "id_x", "name": "fixer", "fixer": typed}
    )
    assert said in text(answer)


def test_filters_nobody_could_have_chosen_count_as_none(cast: Cast) -> None:
    report(cast)
    odd = {"unit": "9" * 30, "phase": "x", "state": "x", "sort": "x", "page": "-1", "from": "2026-02-31", "zone": "x"}
    assert titles(get(cast, "赵安全员", "cases_loop", "hazard", **odd)) == ["法兰渗水"]
    assert titles(get(cast, "赵安全员", "cases_loop", "hazard", page="9")) == []


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"unit": "QL-F"}, ["油漏"]),
        ({"mine": "1"}, []),
        ({"overdue": "1"}, ["油漏"]),
        ({"from": "2026-03-10"}, ["法兰渗水"]),
        ({"to": "2026-03-09"}, ["油漏"]),
        ({"sort": "due"}, ["油漏", "法兰渗水"]),
        ({"phase": "working"}, []),
        ({"state": "found"}, ["法兰渗水", "油漏"]),
    ],
)
def test_the_list_is_narrowed_and_ordered_as_asked(cast: Cast, asked: dict[str, str], seen: list[str]) -> None:
    report(cast)
    report(cast, "郑师傅", given={"kind": "fire", "what": "油漏"}, unit=cast.unit["QL-F1-甲"], at=AT.replace(day=2))
    asked = {key: str(cast.unit[value].pk) if key == "unit" else value for key, value in asked.items()}
    assert titles(get(cast, "赵安全员", "cases_loop", "hazard", **asked)) == seen


def test_who_decides_on_an_idea_reads_the_similar_ones_first(cast: Cast, client: Client) -> None:
    ideas = LOOPS["idea"]
    told = [
        report(cast, "李班长", loop=ideas, given={"what": what}, unit=cast.unit["QL-R1"]).case
        for what in ("包子加盖板", "包子加盖")
    ]
    Case.objects.filter(pk=told[0].pk).update(phase="dropped", state="declined")
    shown = cast.login(client, "王书记").get(reverse("case", args=[told[1].pk])).content.decode()
    turn = shown[shown.index('id="turn"') :]
    assert turn.index("先看相近的") < turn.index("包子加盖板") < turn.index("· 不采纳") < turn.index("<form")
    theirs = cast.login(client, "李班长").get(reverse("case", args=[told[1].pk])).content.decode()
    assert "先看相近的" not in theirs
