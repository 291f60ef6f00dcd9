"""The brief as people meet it: who sees what, the same figures on the page, in Word, PDF and Excel; sentences tried and changed."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Brief, BriefSentence, Job
from ronglu.tasks.run import perform
from ronglu.work import briefs
from tests.cast import Cast, make_cast
from tests.web.pages import Look, check
from tests.work.briefed import APRIL, MONTH, MORNING, made, march

BELOW = "处理量（干基） 27.00 t，比计划 30.00 t 少 3.00 t（10.00%）。"
SENTENCE = "/briefs/sentences/day.below/"


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    found = make_cast()
    march(found, settings)
    return found


@pytest.fixture
def issued(cast: Cast) -> Brief:
    one = made(cast)
    briefs.issue(brief=one, by=cast.account["周统计员"], at=MORNING)
    return one


def text(answer: Any) -> str:
    return answer.content.decode()  # type: ignore[no-any-return]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_says_the_sentences_and_where_each_figure_is_from(issued: Brief, cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "周统计员").get(f"/briefs/{issued.pk}/"))
    for shown in (
        BELOW,
        "青岚冶炼厂生产日报",
        "2026 年 3 月 20 日（周五）",
        "已签发",
        "指标板 SM-01 2026-03-20",
        "没有停机记录。",
        issued.digest[:12],
    ):
        assert shown in page, shown
    assert page.count("<svg") >= 2 and "用表格看这张图" in page


def test_a_figure_leads_to_its_board_for_those_who_may_see_the_unit(issued: Brief, cast: Cast, client: Client) -> None:
    """The plant's board is for the plant's office; a crew leader sees his line's, so for him there is no link to it."""
    url = "/board/?unit=QL&amp;grain=day&amp;period=2026-03-20&amp;indicator=SM-01"
    assert url in text(cast.login(client, "孙干事").get(f"/briefs/{issued.pk}/"))
    assert client.get(url.replace("&amp;", "&")).status_code == 200
    assert url not in text(cast.login(client, "李班长").get(f"/briefs/{issued.pk}/"))


def test_before_it_is_issued_only_those_who_issue_see_it(cast: Cast, client: Client) -> None:
    one = made(cast)
    assert cast.login(client, "李班长").get(f"/briefs/{one.pk}/").status_code == 404
    assert "2026-03-20" not in text(client.get("/briefs/"))
    assert client.post(f"/briefs/{one.pk}/issue/").status_code == 403
    client = cast.login(client, "周统计员")
    assert "签发" in text(client.get(f"/briefs/{one.pk}/"))
    assert "已签发，全厂可以看" in text(client.post(f"/briefs/{one.pk}/issue/", follow=True))
    assert "不能再签发" in text(client.post(f"/briefs/{one.pk}/issue/", follow=True))
    page = text(cast.login(client, "李班长").get(f"/briefs/{one.pk}/"))
    assert "周统计员" in page and "重做" not in page


def test_another_plant_and_an_outsider_see_nothing(issued: Brief, cast: Cast, client: Client) -> None:
    for name in ("邻厂书记", "外人"):
        found = cast.login(client, name)
        for path in ("", "brief.docx", "brief.pdf", "brief.xlsx"):
            assert found.get(f"/briefs/{issued.pk}/{path}").status_code in (403, 404), (name, path)
        assert BELOW not in text(found.get("/briefs/"))


def test_made_anew_by_hand_it_needs_a_cause_and_stands_beside_the_old(
    issued: Brief, cast: Cast, client: Client
) -> None:
    client = cast.login(client, "周统计员")
    given = {"grain": "day", "day": "2026-03-20", "cause": ""}
    assert "重做请写明缘由" in text(client.post("/briefs/make/", given, follow=True))
    assert "请选日报或月报" in text(client.post("/briefs/make/", {"grain": "week", "day": "2026-03-20"}, follow=True))
    assert "才过完" in text(client.post("/briefs/make/", given | {"day": "2026-03-21"}, follow=True))
    briefs.write(
        plant=cast.plant,
        key="day.below",
        text="{指标}欠 {差}。",
        rules=_rules(cast),
        by=cast.account["周统计员"],
        at=MORNING,
    )
    assert "正在出简报" in text(client.post("/briefs/make/", given | {"cause": "改了句子"}, follow=True))
    perform(Job.objects.filter(kind="brief").latest("pk"))
    old, new = Brief.objects.order_by("version")
    assert (old.state, new.state, new.cause, new.made_by) == ("issued", "made", "改了句子", cast.account["周统计员"])
    assert BELOW in text(client.get(f"/briefs/{old.pk}/")) and "处理量（干基）欠 3.00 t。" in text(
        client.get(f"/briefs/{new.pk}/")
    )
    assert BELOW not in text(client.get(f"/briefs/{new.pk}/"))


def test_word_is_official_paper_with_every_sentence_chart_and_figure(issued: Brief, cast: Cast, client: Client) -> None:
    answer = cast.login(client, "李班长").get(f"/briefs/{issued.pk}/brief.docx")
    assert "docx" in answer["Content-Disposition"]
    paper = Document(BytesIO(body(answer)))
    lines = [place.text for place in paper.paragraphs]
    assert lines[0] == "青岚冶炼厂生产日报"
    assert [one["text"] for one in issued.data["said"] if not any(one["text"] in line for line in lines)] == []
    assert "一、产量" in lines and "2026年3月21日" in lines
    assert len(paper.inline_shapes) == len(issued.data["charts"]) == 2
    for shape in paper.inline_shapes:
        assert round(shape.width.mm) == 150
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[2] for row in rows[1:]] == [
        f"{_grouped(one['value'])} {one['unit']}".strip() for one in issued.data["figures"]
    ]
    pictures = [part.blob for part in paper.part.package.iter_parts() if part.partname.endswith(".png")]
    assert all(blob.startswith(b"\x89PNG") and len(blob) > 4_000 for blob in pictures) and len(pictures) == 2


def test_pdf_holds_the_same_words_and_figures(issued: Brief, cast: Cast, client: Client) -> None:
    answer = cast.login(client, "李班长").get(f"/briefs/{issued.pk}/brief.pdf")
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(body(answer))
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    for one in issued.data["said"]:
        assert "".join(one["text"].split()) in said, one["text"]
    for one in issued.data["figures"]:
        assert f"{_grouped(one['value'])}{one['unit']}".replace(" ", "") in said, one
    assert "本月累计与计划" in said and "签发周统计员" in said


def test_excel_has_the_same_figures_as_numbers_and_charts_of_its_own(issued: Brief, cast: Cast, client: Client) -> None:
    book = load_workbook(BytesIO(body(cast.login(client, "李班长").get(f"/briefs/{issued.pk}/brief.xlsx"))))
    assert book.sheetnames == ["简报", "数字", "图 1", "图 2"]
    assert [row[2].value for row in list(book["简报"])[1:-1]] == [one["text"] for one in issued.data["said"]]
    kept = [(row[2].value, row[3].value, row[4].value or "") for row in list(book["数字"])[1:]]
    assert kept == [(one["name"], float(one["value"]), one["unit"]) for one in issued.data["figures"]]
    for number, chart in enumerate(issued.data["charts"], 1):
        sheet = book[f"图 {number}"]
        assert len(sheet._charts) == 1
        for column, one in enumerate(chart["series"], 2):
            values = [sheet.cell(row, column).value for row in range(2, len(chart["labels"]) + 2)]
            assert values == [None if value is None else float(value) for value in one["values"]]


def test_the_month_goes_out_with_its_bars(cast: Cast, settings: Any, client: Client, tmp_path: Path) -> None:
    settings.TODAY = "2026-04-01T09:00"
    one = made(cast, MONTH, at=APRIL)
    briefs.issue(brief=one, by=cast.account["周统计员"], at=APRIL)
    client = cast.login(client, "李班长")
    page = text(client.get(f"/briefs/{one.pk}/"))
    assert "青岚冶炼厂生产月报" in page and "2026 年 3 月" in page
    assert Document(BytesIO(body(client.get(f"/briefs/{one.pk}/brief.docx")))).inline_shapes
    assert body(client.get(f"/briefs/{one.pk}/brief.pdf")).startswith(b"%PDF")


def test_the_list_filters_by_grain_and_leaves_as_a_workbook(issued: Brief, cast: Cast, client: Client) -> None:
    client = cast.login(client, "李班长")
    assert "2026-03-20" in text(client.get("/briefs/", {"grain": "day"}))
    assert "2026-03-20" not in text(client.get("/briefs/", {"grain": "month"}))
    rows = list(load_workbook(BytesIO(body(client.get("/briefs/briefs.xlsx")))).active.values)
    assert rows[1][:4] == ("2026-03-20", "日报", 1, "已签发") and rows[1][5] == "周统计员"


def test_a_sentence_is_tried_on_the_last_brief_before_it_is_kept(issued: Brief, cast: Cast, client: Client) -> None:
    client = cast.login(client, "周统计员")
    page = text(client.get(SENTENCE))
    assert "{差率}" in page and BELOW in page and "用的是 2026-03-20 那份简报的数" in page
    tried = text(client.get(f"{SENTENCE}try/", {"text": "{指标}欠产 {差}。"}))
    assert "处理量（干基）欠产 3.00 t。" in tried and "<html" not in tried
    assert "没有 {计戈} 这个空格位" in text(client.get(f"{SENTENCE}try/", {"text": "{计戈}"}))
    assert "这种情形不写" in text(client.get(f"{SENTENCE}try/", {"text": ""}))
    sample = text(client.get("/briefs/sentences/pace.done/try/", {"text": "{指标}够了 {月计划}"}))
    assert "粗铜产量够了 13,020.00 t" in sample and "用的是样例数" in sample
    assert not BriefSentence.objects.exists()


def test_a_sentence_is_changed_and_taken_back_and_the_issued_brief_stays(
    issued: Brief, cast: Cast, client: Client
) -> None:
    client = cast.login(client, "周统计员")
    bad = client.post(SENTENCE, {"text": "{产量}"})
    assert bad.status_code == 422 and "没有 {产量} 这个空格位" in text(bad)
    assert "从下一份简报起这样写" in text(client.post(SENTENCE, {"text": "{指标}欠产 {差}。"}, follow=True))
    listed = text(client.get("/briefs/sentences/"))
    assert "{指标}欠产 {差}。" in listed and "本厂，第 1 版" in listed and "本厂改过 1 句" in listed
    assert BELOW in text(client.get(f"/briefs/{issued.pk}/"))
    assert "已恢复系统默认" in text(client.post(f"{SENTENCE}restore/", follow=True))
    assert "本厂改过 0 句" in text(client.get("/briefs/sentences/"))
    assert "恢复系统默认" in text(client.get(SENTENCE)) and client.get(f"{SENTENCE}restore/").status_code == 405


def test_everybody_reads_the_sentences_and_few_change_them(cast: Cast, client: Client) -> None:
    client = cast.login(client, "李班长")
    assert client.get("/briefs/sentences/").status_code == 200
    assert client.get(SENTENCE).status_code == client.post(SENTENCE, {"text": "x"}).status_code == 403
    assert (
        client.get(f"{SENTENCE}try/", {"text": "x"}).status_code
        == client.post(f"{SENTENCE}restore/").status_code
        == 403
    )
    assert cast.login(client, "周统计员").get("/briefs/sentences/no.such/").status_code == 404


def test_three_briefs_cost_what_one_does(
    issued: Brief, cast: Cast, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = cast.login(client, "周统计员")
    pages = ("/briefs/", f"/briefs/{issued.pk}/", "/briefs/sentences/", SENTENCE)
    costs = {}
    for path in pages:
        client.get(path)
        with django_assert_max_num_queries(60) as one:
            client.get(path)
        costs[path] = len(one.captured_queries)
    for n, day in enumerate((17, 18, 19)):
        briefs.issue(brief=made(cast, Period.parse(f"2026-03-{day}")), by=cast.account["周统计员"], at=MORNING)
        for key in ("day.below", "day.above"):
            briefs.write(
                plant=cast.plant,
                key=key,
                text=f"{{指标}}{n}",
                rules=_rules(cast),
                by=cast.account["周统计员"],
                at=MORNING,
            )
    for path in pages:
        with django_assert_num_queries(costs[path]):
            client.get(path)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_look_right(issued: Brief, cast: Cast, client: Client, look: Look, width: int) -> None:
    cast.login(client, "周统计员")
    paths = {
        f"/briefs/{issued.pk}/": "brief",
        "/briefs/": "briefs",
        "/briefs/sentences/": "brief-sentences",
        SENTENCE: "brief-sentence",
    }
    for path, name in paths.items():
        check(look(path, width=width, cookies=client.cookies), f"{name}-{width}")


def _rules(cast: Cast) -> Any:
    return pack_of(cast.plant.code).base.brief


def _grouped(value: str) -> str:
    head, dot, tail = value.partition(".")
    return f"{int(head):,}{dot}{tail}"
