"""The exported workbook, read back: the grid, the totals, and what every score stands on."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.boards.assessed import March, assess, cast, march  # noqa: F401
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def sheets(client: Client) -> dict[str, list[list[Any]]]:
    response = client.get(reverse("sheet_export") + "?month=2026-03")
    assert response.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def row(rows: list[list[Any]], *starts: Any) -> list[Any]:
    return next(one for one in rows if tuple(one[: len(starts)]) == starts)


def test_numbers_are_numbers_and_words_are_words(cast: Cast, march: March, client: Client) -> None:
    assess(march)
    cast.login(client, "孙干事")
    book = sheets(client)
    assert list(book) == ["考核表", "合计", "依据"]
    grid = book["考核表"]
    assert grid[0][0] == "青岚冶炼厂 双百考核表 · 2026 年 3 月"
    assert row(grid, "项号")[3:] == ["转炉党支部", "精炼党支部", "机关党支部"]
    assert row(grid, "D3") == ["D3", "能耗物耗", 8.0, 7.03, "不适用", "不适用"]
    assert row(grid, "A1")[3:] == ["未接入"] * 3
    assert len([one for one in grid if one[0] and str(one[0])[0] in "ABCDE" and str(one[0])[1:].isdigit()]) == 33
    totals = book["合计"]
    assert row(totals, "转炉党支部", "生产融合百分")[4] == pytest.approx(25.03)  # D1 12 + D3 7.03 + E3 6
    assert row(totals, "转炉党支部", "生产融合百分")[6] == "暂不评级"


def test_each_score_stands_on_its_numerator_and_denominator(cast: Cast, march: March, client: Client) -> None:
    assess(march)
    cast.login(client, "孙干事")
    proof = sheets(client)["依据"]
    heads = proof[0]
    coal = dict(zip(heads, next(one for one in proof if one[1] == "D3" and one[0] == "转炉党支部"), strict=True))
    assert (coal["分子"], coal["分母"], coal["数值"], coal["计划"]) == (39_990.0, 930.0, 43.0, 42.0)
    assert (coal["有数"], coal["应有"], coal["状态"], coal["得分"]) == (93.0, 93.0, "已计分", 7.03)
    places = dict(zip(heads, next(one for one in proof if one[1] == "B5"), strict=True))
    assert places["分子"] / places["分母"] == pytest.approx(0.6)  # three of five places, by days
    bare = dict(zip(heads, next(one for one in proof if one[1] == "A1"), strict=True))
    assert (bare["得分"], bare["说明"]) == ("—", "本厂尚未接入这项事实")


def test_the_workbook_holds_only_the_readers_branches(cast: Cast, march: March, client: Client) -> None:
    assess(march)
    cast.login(client, "王书记")
    book = sheets(client)
    assert row(book["考核表"], "项号")[3:] == ["转炉党支部"]
    assert {one[0] for one in book["依据"][1:]} == {"转炉党支部"}


def test_the_readings_behind_a_figure_come_as_a_workbook_of_their_own(cast: Cast, march: March, client: Client) -> None:
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    assess(march)
    address = reverse("sheet_readings", args=["2026-03", "QL-B1", "D3"]) + "?figure=SM-02"
    cast.login(client, "王书记")
    response = client.get(address)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 93
    night = next(one for one in rows[1:] if (str(one[0]), one[1]) == ("2026-03-12", "夜"))
    assert night[3:7] == ["转炉线", 1360.0, 10.0, 136.0]
    assert "v2" in night[9]
    assert sum(one[4] for one in rows[1:]) == pytest.approx(40_920)  # the numerator on the page
    cast.login(client, "郑师傅")
    assert client.get(address).status_code == 404
