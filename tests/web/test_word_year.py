"""The year's notice, a branch's year and a leader's coefficient as Word files, with the numbers of their pages."""

from typing import Any

import pytest
from django.test import Client

from ronglu.work import years
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.access_year import result
from tests.web.test_word import opened, row, rows, texts
from tests.work.yeared import JANUARY, YEAR, compute, panels, polled, year

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Cast:
    """B1: 0.6 × 90 + 0.2 × 95 + 0.2 × 88 = 90.60; B2: 0.6 × 80 + 0.2 × 85 + 0.2 × 80 = 81.00; B3 was never rated."""
    settings.TODAY = f"{JANUARY}T09:00:00"
    year(cast, {"QL-B1": 9000, "QL-B2": 8000})
    panels(cast, {"QL-B1": 9500, "QL-B2": 8500})
    polled(monkeypatch, cast, {"QL-B1": 8800, "QL-B2": 8000})
    years.publicise(review=compute(cast), by=cast.account["孙干事"], on=JANUARY, at=AT)
    return cast


@pytest.mark.covers("S3-20")
def test_the_years_notice_says_the_scores_until_when_and_where_to_object(told: Cast, client: Client) -> None:
    document = opened(told.login(client, "李班长"), f"/year/{YEAR}/word/")
    said = texts(document)
    assert said[:2] == [f"青岚冶炼厂{YEAR}年度考核结果公示", "（公示中）"]
    [notice] = [one for one in said if one.startswith("现予公示")]
    assert "提出申诉" in notice
    table = rows(document.tables[0])
    assert [one[:2] for one in table] == [
        ["支部", "得分"], ["转炉党支部", "90.60"], ["精炼党支部", "81.00"], ["机关党支部", "—"],
    ]  # fmt: skip
    assert table[3][2] == "暂不评级"


def test_before_publicity_there_is_no_paper_for_a_member(cast: Cast, client: Client, settings: Any) -> None:
    settings.TODAY = f"{JANUARY}T09:00:00"
    year(cast, {"QL-B1": 9000})
    compute(cast)
    cast.login(client, "李班长")
    assert client.get(f"/year/{YEAR}/word/").status_code == 404
    assert client.get(f"/year/{YEAR}/QL-B1/word/").status_code == 404


def test_a_branchs_year_comes_with_its_months_and_steps(told: Cast, client: Client) -> None:
    document = opened(told.login(client, "李班长"), f"/year/{YEAR}/QL-B1/word/")
    assert rows(document.tables[0])[1][0] == "90.60"
    assert row(document, f"{YEAR}-07")[1] == "90.00"
    worked = [one for table in document.tables for one in rows(table)]
    assert any("0.6 × 90" in one[1] for one in worked if len(one) == 3)
    assert client.get(f"/year/{YEAR}/QL-B2/word/").status_code == 404, "not his branch"


@pytest.mark.covers("S2-13")
def test_the_coefficient_sheet_prints_formula_inputs_rounding_and_document(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.TODAY = "2026-04-24T09:00:00"
    found = result(cast)
    document = opened(cast.login(client, "马主任"), f"/linkage/{found.pk}/word/")
    assert texts(document)[0] == "马主任2026年3月联动系数单"
    assert row(document, "系数")[1] == "0.9200"
    assert row(document, "联动分")[1] == "96.60"
    assert row(document, "公式")[1] == "联动分 = 行政绩效分 × 党建分 ÷ 100"
    assert row(document, "舍入")[1] == "十进制计算，最后一步四舍五入到两位小数"
    assert row(document, "授权文件")[1].startswith("厂发〔2025〕31 号《经济责任制考核办法》")
    assert row(document, "转炉党支部")[3] == "92.00"
    assert cast.login(client, "王书记").get(f"/linkage/{found.pk}/word/").status_code == 404
