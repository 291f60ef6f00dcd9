"""Sheets as workbooks to pass on: read back, they say what their pages say and to nobody else."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.access_year import result
from tests.work.polled import body_poll, close, people, rate, vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(settings: Any) -> None:
    settings.TODAY = "2026-04-24T09:00:00"


def opened(client: Client, path: str) -> dict[str, list[list[Any]]]:
    answer = client.get(path)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_leaders_of_a_period_come_with_formula_and_document(cast: Cast, client: Client) -> None:
    """105 × 92 ÷ 100 = 96.60, coefficient 0.92."""
    result(cast)
    [heads, line] = opened(cast.login(client, "孙干事"), "/linkage/leaders.xlsx?period=2026-03")["联动结果"]
    told = dict(zip(heads, line, strict=True))
    assert (told["单位"], told["姓名"], told["系数"], told["联动分"]) == ("熔炼车间", "马主任", 0.92, 96.6)
    assert told["公式"] == "联动分 = 行政绩效分 × 党建分 ÷ 100"
    assert told["授权文件"] == "厂发〔2025〕31 号《经济责任制考核办法》"
    assert cast.login(client, "马主任").get("/linkage/leaders.xlsx").status_code == 403


def test_the_five_of_every_branch_come_in_one_table(cast: Cast, client: Client) -> None:
    rows = opened(cast.login(client, "孙干事"), "/standards/standards.xlsx")["五个一"]
    assert [one[0] for one in rows] == ["支部", "转炉党支部", "精炼党支部", "机关党支部"]
    assert rows[1][1:] == ["没有登记", ""] * 5 + [0.0]


def test_a_polls_result_comes_with_counts_once_its_page_tells_it(cast: Cast, client: Client, settings: Any) -> None:
    """Six say 较好 (80 points) to each question: 80.00, and six of that answer in every line."""
    settings.TODAY = "2026-03-10"
    voters = people(cast, 6)
    poll = body_poll(cast)
    address = f"/polls/{poll.pk}/result.xlsx"
    assert cast.login(client, "孙干事").get(address).status_code == 404, "still open"
    for voter in voters:
        vote(poll, voter, rate(poll, "fair"))
    close(cast, poll, publish=False)
    book = opened(client, address)
    heads, *lines = book["得分"]
    assert book["投票"][1] == [len(poll.roll.all()), 6.0]
    assert {one[1] for one in lines} == {80.0}
    assert {one[heads.index("较好")] for one in lines} == {6.0}
    assert cast.login(client, "王书记").get(address).status_code == 404, "not published, and it is about his committee"
