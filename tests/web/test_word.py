"""Papers as Word files: opened again, their numbers are those of the page."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image

from ronglu.store.models import Result, Run, Total
from tests.boards.assessed import March, assess, cast, march  # noqa: F401  (fixtures)
from tests.cast import Cast
from tests.web.reported import hazard
from tests.web.scored import scored
from tests.web.test_closing import adjusted, done
from tests.work.reviewed import APRIL_1, begun, card, go, line, tended

pytestmark = pytest.mark.django_db


def opened(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    return Document(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def texts(document: Any) -> list[str]:
    return [place.text for place in document.paragraphs if place.text]


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def row(document: Any, first: str) -> list[str]:
    return next(one for table in document.tables for one in rows(table) if one[0] == first)


def cost(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as spent:
        client.get(path)
    return len(spent)


def join(run: Run, cast: Cast, *codes: str) -> None:
    """Branches that were scored like the first one."""
    first = cast.body["QL-B1"]
    for model in (Result, Total):
        for one in model.objects.filter(run=run, body=first):
            for code in codes:
                one.pk, one.body = None, cast.body[code]
                one.save(force_insert=True)


def test_the_months_paper_says_what_the_sheet_says_in_the_order_of_the_organisation(
    cast: Cast, march: March, client: Client
) -> None:
    assess(march)
    cast.login(client, "孙干事")
    document = opened(client, "/sheet/export/word/?month=2026-03")
    assert texts(document)[:3] == ["青岚冶炼厂2026年3月双百考核结果", "（规则第 1 版，第 1 次计分）", "一、党建百分"]
    assert [one[0] for one in rows(document.tables[1])] == ["支部", "转炉党支部", "精炼党支部", "机关党支部"]
    production = client.get("/sheet/?month=2026-03").context["view"].scales[1].standings[0]
    # D1 12 + D3 7.03 + E3 6, the share that the page shows beside it
    assert rows(document.tables[1])[1][3:] == ["25.03", f"{production.total.converted:.2f}", "暂不评级"]
    assert "本月尚未关账，得分还会变动。" in texts(document)
    assert texts(document)[-2:] == ["青岚冶炼厂", "2026年4月3日"]


def test_a_branchs_paper_names_every_item_and_why_it_lost_points(cast: Cast, march: March, client: Client) -> None:
    """D3 lost 0.97 by coal: 43 against the 42 planned; A1 has no source here."""
    assess(march)
    document = opened(cast.login(client, "王书记"), "/sheet/2026-03/QL-B1/word/")
    item = row(document, "D3")
    assert item[2:4] == ["8", "7.03"]
    assert "43" in item[4]
    assert "计划 42" in item[4]
    assert row(document, "A1")[3:] == ["—", "未接入：本厂尚未接入这项事实"]
    assert row(document, "D1")[3:] == ["12.00", ""], "nothing lost, nothing to explain"
    assert sum(len(table.rows) - 1 for table in document.tables[1:]) == 33


def test_a_reader_gets_his_branches_on_paper_and_no_others(cast: Cast, march: March, client: Client) -> None:
    assess(march)
    document = opened(cast.login(client, "王书记"), "/sheet/export/word/?month=2026-03")
    assert [one[0] for one in rows(document.tables[0])] == ["支部", "转炉党支部"]
    assert client.get("/sheet/2026-03/QL-B2/word/").status_code == 404


def test_the_papers_cost_the_same_queries_for_three_branches_as_for_one(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.TODAY = "2026-04-03"
    cast.login(client, "孙干事")
    run = scored(cast, ("QL-B1",))
    costs = [cost(client, "/sheet/export/word/?month=2026-03")]
    join(run, cast, "QL-B2", "QL-B3")
    assert len(rows(opened(client, "/sheet/export/word/?month=2026-03").tables[0])) == 1 + 3
    costs.append(cost(client, "/sheet/export/word/?month=2026-03"))
    assert costs[0] == costs[1]


def test_the_certificate_carries_the_digest_as_text_and_as_a_code_one_can_scan(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-24"
    seal = done(cast).seal
    assert seal is not None
    document = opened(cast.login(client, "孙干事"), "/closing/certificate/?month=2026-03")
    line_out = f"qinglan 1 2026-03 SHA256 {seal.digest}"
    assert line_out in texts(document)
    assert row(document, "封存")[1] == "第 1 号，SHA256"
    [picture] = [part.blob for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    assert [one.text for one in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))] == [line_out]
    assert client.get("/closing/certificate/?month=2026-02").status_code == 404, "nobody closed February"


def test_the_certificate_tells_what_was_adjusted_since(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-24"
    adjusted(cast)
    document = opened(cast.login(client, "孙干事"), "/closing/certificate/?month=2026-03")
    assert "第 1 次（待复核）：磅单补到。" in texts(document)


@pytest.mark.covers("S3-20")
def test_the_quarters_comment_comes_as_a_card(cast: Cast, client: Client, settings: Any) -> None:
    settings.TODAY = "2026-04-10"
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast, "quarterly", period="2026-Q1")
    line(cast, case, "高书记", "advice", who="王书记", advice="隐患整改每周过一遍")
    go(cast, case, "高书记", "send", bright="回收率创新高", lacking="隐患整改拖期", focus="煤耗")
    document = opened(cast.login(client, "王书记"), f"/cases/{case.pk}/word/")
    said = texts(document)
    for heading, text in (("亮点", "回收率创新高"), ("不足", "隐患整改拖期"), ("下季重点", "煤耗")):
        at = next(n for n, one in enumerate(said) if one.endswith(f"、{heading}"))
        assert said[at + 1] == text
    assert row(document, "1")[1] == "隐患整改每周过一遍"
    assert not any(one.endswith("、经过") for one in said), "a card tells the comment, not who pressed what"


def test_any_case_comes_on_paper_with_its_steps(cast: Cast, client: Client, settings: Any) -> None:
    settings.TODAY = "2026-04-10"
    pk = hazard(cast)["pk"]
    document = opened(cast.login(client, "王书记"), f"/cases/{pk}/word/")
    shown = client.get(f"/cases/{pk}/").context["case"]
    assert row(document, "编号")[1] == shown.number
    assert row(document, "题目")[1] == shown.title
    assert any(one.endswith("、经过") for one in texts(document))
