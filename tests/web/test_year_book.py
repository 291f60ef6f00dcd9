"""The party office's yearly book, read back: figures as they stand, adjusted ones marked, adjustments and seals beside them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from ronglu.store.models import Total
from ronglu.work import adjustments
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.scored import scored
from tests.web.test_closing import adjusted
from tests.web.test_word import cost, join

pytestmark = pytest.mark.django_db
ADDRESS = "/closing/year.xlsx?month=2026-03"


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.TODAY = "2026-04-24T09:00:00"
    settings.HOME = tmp_path


def book(client: Client) -> Any:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def line(page: Any, first: str) -> list[Any]:
    return next([cell.value for cell in row] for row in page.iter_rows() if row[0].value == first)


def test_twelve_months_stand_across_and_the_branches_down(cast: Cast, client: Client) -> None:
    run = scored(cast)
    Total.objects.filter(run=run, body=cast.body["QL-B1"], scale="party").update(converted=9571)
    made = book(cast.login(client, "孙干事"))
    assert made.sheetnames == ["党建百分", "生产融合百分", "调整", "封存"]
    page = made["党建百分"]
    assert line(page, "支部")[1:] == ["1 月", "2 月", "3 月\n未关账", *(f"{n} 月" for n in range(4, 13))]
    assert line(page, "转炉党支部")[1:5] == [None, None, 95.71, None], "months that nobody scored stay empty"
    assert line(page, "精炼党支部")[3] == "—", "scored, but nothing to convert yet: a word, not 0"
    assert [page.cell(row, 1).value for row in (4, 5, 6)] == ["转炉党支部", "精炼党支部", "机关党支部"]


def test_an_adjusted_figure_is_a_number_with_a_star_and_says_what_stood_at_the_close(
    cast: Cast, client: Client
) -> None:
    made = adjusted(cast)
    before = line(book(cast.login(client, "孙干事"))["生产融合百分"], "转炉党支部")[3]
    assert before == "—", "a proposal changes nothing"
    adjustments.approve(adjustment=made, by=cast.account["高书记"], at=AT)
    page = book(client)["生产融合百分"]
    cell = next(row[3] for row in page.iter_rows() if row[0].value == "转炉党支部")
    assert (cell.value, cell.number_format) == (88.88, '0.00"*"')
    assert cell.comment.text.strip() == "关账时 90.21"
    assert line(page, "支部")[3] == "3 月"


def test_adjustments_and_seals_have_their_own_lists(cast: Cast, client: Client) -> None:
    made = adjusted(cast, by="孙干事")
    adjustments.approve(adjustment=made, by=cast.account["高书记"], at=AT)
    made.refresh_from_db()
    whole = book(cast.login(client, "孙干事"))
    changes = [[cell.value for cell in row] for row in whole["调整"].iter_rows(min_row=2)]
    assert [one[4:9] for one in changes] == [
        ["转炉党支部", "D3", "7.03", "5.84", "−1.19"], ["精炼党支部", "D3", "1.00", "4.00", "+3.00"],
        ["转炉党支部", "生产融合百分（折算）", "90.21", "88.88", "−1.33"],
    ]  # fmt: skip
    assert {(one[0], one[2], one[3], one[9], one[11]) for one in changes} == {
        ("2026-03", "已生效", "磅单补到", "孙干事", "高书记")
    }
    seals = [[cell.value for cell in row] for row in whole["封存"].iter_rows(min_row=2)]
    assert [one[:4] for one in seals] == [["2", "调整", "2026-03", "SHA256"], ["1", "月度", "2026-03", "SHA256"]]
    assert made.seal is not None
    assert seals[0][4] == made.seal.digest


def test_a_secretary_gets_the_book_of_his_own_branch(cast: Cast, client: Client) -> None:
    adjusted(cast)
    made = book(cast.login(client, "王书记"))
    assert [page.cell(row, 1).value for page in (made["党建百分"],) for row in (4, 5)] == ["转炉党支部", None]
    assert {row[4].value for row in made["调整"].iter_rows(min_row=2)} == {"转炉党支部"}
    assert cast.login(client, "邻厂书记").get(ADDRESS).status_code == 404


def test_the_book_costs_the_same_queries_for_three_branches_as_for_one(cast: Cast, client: Client) -> None:
    cast.login(client, "高书记")
    run = scored(cast, ("QL-B1",))
    costs = [cost(client, ADDRESS)]
    join(run, cast, "QL-B2", "QL-B3")
    assert book(client)["党建百分"].cell(6, 1).value == "机关党支部"
    costs.append(cost(client, ADDRESS))
    assert costs[0] == costs[1]
