"""The editor's pages: an item added from a shape, refused or saved, examples checked, proposed, approved, taken away."""

import io
from typing import Any

import openpyxl
import pytest
import yaml
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ronglu.store.models import AdminFact, Job, SheetDraft, SheetVersion
from ronglu.web.drafts import boxes
from ronglu.web.drafts.forms import ItemForm
from ronglu.work import drafts as verbs
from tests.cast import Cast, cast  # noqa: F401
from tests.work.drafted import AT, DOCUMENT, RED, begin, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.TODAY = "2026-04-03"


def fill(draft: SheetDraft, code: str) -> dict[str, Any]:
    """What the browser sends back when nothing was changed on the page of an item."""
    item = next(row for row in draft.declaration["items"] if row["code"] == code)
    values = {k: v for k, v in ItemForm.initial_of(item, {}).items() if v not in (None, "")}
    shape = {"shape." + one.path: one.value for one in boxes.shape_form(item["shape"]["kind"]).spread(item["shape"])}
    return {**values, **shape, "revision": draft.revision}


def new(draft: SheetDraft, **more: Any) -> dict[str, Any]:
    return {
        "revision": draft.revision, "code": "B9", "name": "支部提案办结", "category": "B", "points": "2",
        "rule": "到期的提案按期办结了多少，就得多少。", "fact": "resolution", "type": "proposal", "evidence": ["closure"],
        "cadence": "month", "calendar": "civil", "when_nothing": "not_applicable", "starts": "2026-05", "doc": DOCUMENT,
        "shape.done": "按期办结的提案", "shape.due": "到期的提案",
    } | more  # fmt: skip


def item_url(draft: SheetDraft, kind: str = "rate") -> str:
    return reverse("draft_item_new", args=[draft.pk]) + f"?shape={kind}&category=B"


@pytest.mark.covers("S1-41")
def test_an_item_is_added_from_a_shape_and_its_examples_come_next(cast: Cast, client: Client) -> None:
    draft = begin(cast)
    cast.login(client, "孙干事")
    page = client.get(item_url(draft)).content.decode()
    assert 'name="shape.done"' in page and 'name="shape.due"' in page and 'name="shape.each.0.key"' not in page
    response = client.post(item_url(draft), new(draft, fields_="3", people="40", times="4", replaces="无，原来不报"))
    assert response["Location"] == reverse("draft_examples", args=[draft.pk, "B9"])
    draft.refresh_from_db()
    item = next(row for row in draft.declaration["items"] if row["code"] == "B9")
    assert item["shape"] == {"kind": "rate", "done": "按期办结的提案", "due": "到期的提案"}
    assert (item["points"], item["filter"], item["starts_on"]) == (2, {"type": ["proposal"]}, "2026-05-01")
    assert item["source"] == {"rows": ["本厂"], "status": "V", "doc": DOCUMENT}
    # 3 fields × 40 people × 4 times × 20 s = 9600 s
    assert "160 分钟" in client.get(reverse("draft", args=[draft.pk])).content.decode()


@pytest.mark.covers("S2-16")
def test_a_forbidden_source_is_refused_on_the_page_with_the_clause_and_what_was_typed_stays(
    cast: Cast, client: Client
) -> None:
    draft = begin(cast)
    cast.login(client, "孙干事")
    response = client.post(item_url(draft), new(draft, rule="学习时长≥60分 +2"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "R1《政务移动互联网应用程序规范化管理办法（国办函〔2026〕12号）》" in page and "引用前请核对原文" in page
    assert 'value="按期办结的提案"' in page
    draft.refresh_from_db()
    assert draft.revision == 0


def test_every_item_saved_as_it_stands_is_the_same_declaration(cast: Cast, client: Client) -> None:
    """No page may change what nobody touched: digests of versions hang on it."""
    draft = begin(cast)
    before = draft.declaration
    cast.login(client, "孙干事")
    for row in before["items"]:
        response = client.post(reverse("draft_item", args=[draft.pk, row["code"]]), fill(draft, row["code"]))
        assert response.status_code == 302, (row["code"], response.content.decode())
        draft.refresh_from_db()
    assert draft.declaration == before and draft.revision == 33


def test_a_new_form_must_say_what_it_replaces(cast: Cast, client: Client) -> None:
    draft = begin(cast)
    response = cast.login(client, "孙干事").post(item_url(draft), new(draft, fields_="3", people="40", times="4"))
    assert response.status_code == 422 and "新增填报要写明它取代了什么" in response.content.decode()


def test_a_combined_shape_asks_for_the_fields_of_its_parts(cast: Cast, client: Client) -> None:
    draft = begin(cast)
    page = cast.login(client, "孙干事").get(item_url(draft, "parts") + "&part=rate&part=deduct").content.decode()
    assert 'name="shape.parts.0.shape.done"' in page and 'name="shape.parts.1.shape.each.0.points"' in page


def test_an_example_that_comes_to_something_else_is_shown_with_both_numbers(cast: Cast, client: Client) -> None:
    draft = ready(cast)
    cast.login(client, "孙干事")
    sent = {
        "revision": draft.revision, "cases.0.kind": "normal", "cases.0.say": "应办 5 件，办成 4 件，得 4.5 分。",
        "cases.0.facts.0.num": "4", "cases.0.facts.0.den": "5", "cases.0.points": "4.5",
    }  # fmt: skip
    assert client.post(reverse("draft_examples", args=[draft.pk, "B5"]), sent).status_code == 302
    page = client.get(reverse("draft", args=[draft.pk])).content.decode()
    assert "应得 4.50 分，算出 4.00 分" in page and "B5 支部—产线—横大班覆盖 还缺例子：边界、没有发生" in page


def test_a_sentence_that_says_something_else_than_its_points_is_not_saved(cast: Cast, client: Client) -> None:
    draft = ready(cast)
    sent = {
        "revision": draft.revision, "cases.0.kind": "normal", "cases.0.say": "办成 4 件，得 5 分。",
        "cases.0.facts.0.num": "4", "cases.0.facts.0.den": "5", "cases.0.points": "4",
    }  # fmt: skip
    response = cast.login(client, "孙干事").post(reverse("draft_examples", args=[draft.pk, "B5"]), sent)
    assert response.status_code == 422 and "句子里最后应写“得 4 分”" in response.content.decode()


@pytest.mark.covers("S1-40", "S2-14")
def test_proposed_by_the_office_approved_by_the_committee_and_printed_with_its_document(
    cast: Cast, client: Client
) -> None:
    draft = ready(cast)
    cast.login(client, "孙干事").post(reverse("draft_propose", args=[draft.pk]), {"revision": draft.revision})
    client.post(reverse("draft_approve", args=[draft.pk]))
    assert SheetVersion.objects.count() == 0
    cast.login(client, "高书记").post(reverse("draft_approve", args=[draft.pk]))
    made = SheetVersion.objects.get()
    assert made.document == DOCUMENT
    page = cast.login(client, "吴师傅").get(reverse("sheet_rules") + "?version=1").content.decode()
    assert DOCUMENT in page and "应办 5 件，办成 4 件，得 4 分。" in page
    words = client.get(reverse("version_diff") + "?after=1").content.decode()
    assert "系统自带的表 → 第 1 版" in words and "满分" in words and "7 分" in words and "6 分" in words


@pytest.mark.covers("S1-40")
def test_a_published_version_is_taken_away_as_yaml_value_for_value(cast: Cast, client: Client) -> None:
    draft = ready(cast)
    verbs.propose(draft=draft, revision=draft.revision, red=RED, by=cast.account["孙干事"], at=AT)
    made = verbs.approve(draft=draft, red=RED, by=cast.account["高书记"], at=AT)
    cast.login(client, "李班长")
    text = client.get(reverse("version_yaml", args=[1])).content.decode()
    assert yaml.safe_load(text) == made.declaration and made.digest in text and DOCUMENT in text
    examples = client.get(reverse("version_yaml", args=[1]) + "?part=examples").content.decode()
    assert yaml.safe_load(examples) == {"examples": made.examples}


def test_the_workbook_has_every_item_below_its_category_and_a_place_to_sign(cast: Cast, client: Client) -> None:
    draft = ready(cast)
    answer = cast.login(client, "孙干事").get(reverse("draft_xlsx", args=[draft.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["考核细则"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    codes = [row[0] for row in rows if row[2] is not None]
    assert codes == [item["code"] for item in draft.declaration["items"]]
    assert sum(row[2] for row in rows if row[2] is not None) == 200
    assert "授权文件：" + DOCUMENT in sheet["A2"].value
    assert [row[0] for row in rows if row[0] and "批准：" in row[0]] != []


def test_a_stale_page_overwrites_nothing_and_says_who_was_quicker(cast: Cast, client: Client) -> None:
    draft = begin(cast)
    sent = new(draft)
    cast.login(client, "孙干事")
    client.post(item_url(draft), sent)
    response = client.post(item_url(draft), {**sent, "code": "B10"})
    assert response.status_code == 422 and "又改过这份草案" in response.content.decode()


def test_the_administrative_schemes_facts_are_declared_and_shown_as_double(cast: Cast, client: Client) -> None:
    draft = begin(cast)
    cast.login(client, "孙干事")
    line = {"scheme": "行政绩效考核办法", "label": "第 3 条 隐患整改率", "fact": "hazard_measure", "on": "2026-04-01"}
    client.post(reverse("draft_admin"), line)
    page = client.get(reverse("draft", args=[draft.pk])).content.decode()
    assert (
        "“hazard_measure”在 E1 隐患排查治理闭环 里计分，又在行政绩效的“行政绩效考核办法 · 第 3 条 隐患整改率”里计分"
        in page
    )
    client.post(reverse("draft_admin_end", args=[AdminFact.objects.get().pk]))
    assert "又在行政绩效的" not in client.get(reverse("draft", args=[draft.pk])).content.decode()


def test_a_draft_whose_points_do_not_add_up_is_not_worth_a_what_if(cast: Cast, client: Client) -> None:
    draft = begin(cast)
    cast.login(client, "孙干事")
    client.post(reverse("draft_drop", args=[draft.pk, "A1"]), {"revision": draft.revision})
    client.post(reverse("draft_whatif_start", args=[draft.pk]), {"months": "3"})
    assert not Job.objects.filter(kind="whatif").exists()


def test_the_list_costs_the_same_for_three_drafts_as_for_one(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cast.login(client, "孙干事")
    begin(cast)
    client.get(reverse("drafts"))
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as seen:
            client.get(reverse("drafts"))
        counts.append(len(seen))
        begin(cast)
        begin(cast)
    assert counts[0] == counts[1]
