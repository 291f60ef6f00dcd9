"""The control chart on the page of an indicator: limits by hand, runs in words, parameter changes on their days."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import Case, IndicatorRow
from tests.cast import Cast, make_cast
from tests.web.pages import Look, check
from tests.work.effected import board, calendar
from tests.work.loops_played import go, raised

PAGE = "/board/SM-02/"
MARCH_17 = {"unit": "QL-R1", "grain": "day", "period": "2026-03-17"}
JUMP = dt.date(2026, 3, 9)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-03-18"
    return make_cast()


def months(cast: Cast) -> None:
    """The board of the month is there."""
    calendar(cast)
    IndicatorRow.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1"], indicator="SM-02", grain="month", period="2026-03", month=202603,
        value="11", covered=51, expected=93,
    )  # fmt: skip


@pytest.fixture
def line(cast: Cast) -> None:
    """10 and 12 in turn; from 9 March 24, nine days in a row."""
    board(
        cast.unit["QL-R1"],
        lambda place, day: Decimal(24) if day >= JUMP else Decimal(10 + 2 * (place % 2)),
    )
    months(cast)


def change(cast: Cast, set_on: str, what: str = "送风量 m³/h", **more: Any) -> Case:
    case = raised(
        cast, "parameter", "陈技术员", what=what, before="62", after="64", why="温度低", indicator="SM-02", **more
    )
    go(cast, case, "马主任", "approve", bounds="58–65", watch_until="2026-03-20", setter="李班长")
    go(cast, case, "李班长", "report", set_on=set_on, seen_before="11", seen_after="24")
    return case


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_limits_are_those_worked_out_by_hand(cast: Cast, client: Client) -> None:
    """31 days of 10 and 12 in turn: 16 of one and 15 of the other, ranges all 2, so ±5.32 around 11.03 or 10.97."""
    board(cast.unit["QL-R1"], lambda place, day: Decimal(10 + 2 * (place % 2)))
    months(cast)
    page = text(cast.login(client, "李班长").get(PAGE, MARCH_17))
    # the last of 260 days is the 259th from nought: odd, so twelve stands at both ends
    assert "中心 11.03，控制限 5.71 到 16.35" in page
    assert "连续 14 点一升一降" in page


@pytest.mark.covers("S0-16")
def test_a_parameter_change_stands_on_its_day_beside_what_the_indicator_did(
    line: None, cast: Cast, client: Client
) -> None:
    case = change(cast, "2026-03-09")
    page = text(cast.login(client, "李班长").get(PAGE, MARCH_17))
    assert "一点出控制限" in page
    assert "控制限由参数变更以前的点算出" in page
    # 22 days before it: eleven 12s and eleven 10s, all ranges 2, so 11 ± 5.32
    assert "中心 11.00，控制限 5.68 到 16.32" in page
    assert "参数变更 1 次" in page
    assert f'<a href="/cases/{case.pk}/">' in page
    assert "2026-03-09 · 送风量 m³/h 62 → 64" in page


def test_changes_of_other_days_other_indicators_and_refused_ones_are_not_drawn(
    line: None, cast: Cast, client: Client
) -> None:
    change(cast, "2026-01-09", "早的")
    refused = raised(cast, "parameter", "陈技术员", what="没批的", before="1", after="2", why="试", indicator="SM-02")
    go(cast, refused, "马主任", "refuse", reason="不必")
    Case.objects.filter(pk=refused.pk).update(data=refused.data | {"set_on": "2026-03-09"})
    other = change(cast, "2026-03-10", "别的指标")
    Case.objects.filter(pk=other.pk).update(data=other.data | {"set_on": "2026-03-10", "indicator": "SM-01"})
    page = text(cast.login(client, "李班长").get(PAGE, MARCH_17))
    for word in ("早的", "没批的", "别的指标", "参数变更 "):
        assert word not in page, word


def test_a_change_that_is_not_for_the_reader_leaves_no_trace(line: None, cast: Cast, client: Client) -> None:
    case = change(cast, "2026-03-09")
    Case.objects.filter(pk=case.pk).update(secrecy="confidential")
    page = text(cast.login(client, "吴师傅").get(PAGE, MARCH_17))
    assert "控制图" in page
    assert "送风量" not in page


def test_too_few_values_say_so_and_a_month_has_no_chart(line: None, cast: Cast, client: Client) -> None:
    IndicatorRow.objects.filter(grain="day", period__lt="2026-03-01").delete()
    found = cast.login(client, "李班长")
    assert "有 17 个数，至少要 20 个" in text(found.get(PAGE, MARCH_17))
    assert "控制图" not in text(found.get(PAGE, MARCH_17 | {"grain": "month", "period": "2026-03"}))


def test_each_crew_has_its_own_band(cast: Cast, client: Client) -> None:
    """甲 stands every second of the shifts shown: 10 and 12 in turn, 乙 the rest: 20 and 22."""
    months(cast)
    rows = []
    for n in range(42):
        day, shift = dt.date(2026, 3, 17) - dt.timedelta(days=n // 3), 3 - n % 3
        letter = "甲" if n % 2 else "乙"
        value = (10 if letter == "甲" else 20) + 2 * ((n // 2) % 2)
        rows.append(
            IndicatorRow(
                plant=cast.plant, unit=cast.unit["QL-R1"], indicator="SM-02", grain="shift", period=f"{day}/{shift}",
                month=202603, value=str(value), covered=1, expected=1, letter=letter,
            )
        )  # fmt: skip
    IndicatorRow.objects.bulk_create(rows)
    board(cast.unit["QL-R1"], lambda place, day: Decimal(11))
    page = text(cast.login(client, "李班长").get(PAGE, {"unit": "QL-R1", "grain": "shift", "period": "2026-03-17/3"}))
    assert "各班自己的范围" in page
    # 21 shifts each, ranges all 2: 甲 10.95 ± 5.32 of eleven 10s and ten 12s
    for shown in ("10.95", "5.63", "16.27", "20.95", "15.63", "26.27"):
        assert f">{shown}</td>" in page, shown


def test_three_changes_cost_what_one_does(line: None, cast: Cast, client: Client) -> None:
    found = cast.login(client, "李班长")
    change(cast, "2026-03-09")
    one = _cost(found)
    change(cast, "2026-03-10", "二")
    change(cast, "2026-03-11", "三")
    assert _cost(found) == one


def _cost(client: Client) -> int:
    """Queries of a page once it is warm."""
    client.get(PAGE, MARCH_17)
    with CaptureQueriesContext(connection) as seen:
        client.get(PAGE, MARCH_17)
    return len(seen)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_chart_looks_right(line: None, cast: Cast, client: Client, look: Look, width: int) -> None:
    change(cast, "2026-03-09")
    cast.login(client, "李班长")
    path = f"{PAGE}?unit=QL-R1&grain=day&period=2026-03-17"
    check(look(path, width=width, cookies=client.cookies), f"control-{width}")
