"""An indicator over the years: ten of them on one page of less than 100 kB, with every extreme, gap and parameter change."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.boards.pyramid.build import build
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import IndicatorRow
from ronglu.store.values import calendar_of
from tests.cast import Cast, make_cast
from tests.web.pages import Look, check
from tests.web.test_control import change
from tests.work.effected import calendar

PAGE, LINE = "/board/SM-02/years/", {"unit": "QL-R1"}
FIRST, LAST = dt.date(2016, 3, 18), dt.date(2026, 3, 17)
PEAK, TROUGH = dt.date(2018, 7, 9), dt.date(2021, 11, 30)
LIMIT = 100_000


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-03-18"
    return make_cast()


@pytest.fixture
def years(cast: Cast) -> None:
    """A row a day, about 43 kg/t; 88.88 on one day, 11.11 on another, nothing in May 2020."""
    dice = random.Random(7)

    def value(day: dt.date) -> str:
        special = {PEAK: "88.88", TROUGH: "11.11"}
        return "" if (day.year, day.month) == (2020, 5) else special.get(day, f"{dice.gauss(43, 4):.2f}")

    rows(cast, value)


def rows(cast: Cast, value: Callable[[dt.date], str], first: dt.date = FIRST, unit: str = "QL-R1") -> None:
    calendar(cast)
    made = []
    for n in range((LAST - first).days + 1):
        day = first + dt.timedelta(days=n)
        found = value(day)
        made.append(
            _row(cast, unit, "day", str(day), day, value=found, numerator=str(30 * Decimal(found or 0)) if found else "", denominator="30" if found else "")
        )  # fmt: skip
    made += [
        _row(cast, unit, "month", "2026-03", LAST, value="43"),
        _row(cast, unit, "year", "2025", LAST, value="43.21"),
    ]
    IndicatorRow.objects.bulk_create(made)
    months = [Period.from_yyyymm(m) for m in sorted({row.month for row in made})]
    indicators = pack_of(cast.plant.code).indicators
    build(plant=cast.plant, months=months, indicators=indicators, calendar=calendar_of(cast.plant))


def _row(cast: Cast, unit: str, grain: str, period: str, day: dt.date, **more: str) -> IndicatorRow:
    return IndicatorRow(
        plant=cast.plant, unit=cast.unit[unit], indicator="SM-02", grain=grain, period=period,
        month=day.year * 100 + day.month, covered=3, expected=3, **more,
    )  # fmt: skip


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_ten_years_by_the_day_are_a_page_of_less_than_100_kb(years: None, cast: Cast, client: Client) -> None:
    """3,652 rows a day are drawn as 914 buckets of four; the whole page counts, as it is sent, uncompressed."""
    response = cast.login(client, "王书记").get(PAGE, LINE)
    page = text(response)
    assert 20_000 < len(response.content) <= LIMIT
    assert "2016-03-18 – 2026-03-17" in page
    assert "每点 4 天" in page
    # the line has a point a bucket and the pen is lifted for May 2020, which six or seven of them lose
    lines = [part.split('"')[0] for part in page.split('<path d="M')[1:] if 'class="l-data"' in part.split("/>")[0]]
    assert len(lines) == 2
    assert 905 <= sum(one.count("L") + 1 for one in lines) <= 908


def test_no_extreme_is_lost_at_any_width(years: None, cast: Cast, client: Client) -> None:
    found = cast.login(client, "王书记")
    for span in ("10", "all"):
        page = text(found.get(PAGE, LINE | {"years": span}))
        assert "最高 88.88（" in page
        assert "最低 11.11（" in page
        assert "中间断开 1 处" in page
    year = text(found.get(PAGE, LINE | {"years": "1"}))
    assert "88.88" not in year
    assert "每点一天" in year
    assert "2025-03-18 – 2026-03-17" in year


def test_a_year_is_told_as_it_was_rolled_up_and_not_as_a_mean_of_its_days(
    years: None, cast: Cast, client: Client
) -> None:
    page = text(cast.login(client, "王书记").get(PAGE, LINE))
    assert '<th scope="row">2025</th><td class="num" data-label="实际 kg/t"><b>43.21</b>' in page


def test_parameter_changes_stand_on_their_days_and_only_for_those_who_may_know(
    years: None, cast: Cast, client: Client
) -> None:
    case = change(cast, "2026-03-09")
    page = text(cast.login(client, "李班长").get(PAGE, LINE))
    assert "参数变更 1 次" in page
    assert "2026-03-09 · 送风量 m³/h 62 → 64" in page
    type(case).objects.filter(pk=case.pk).update(secrecy="confidential")
    page = text(cast.login(client, "吴师傅").get(PAGE, LINE))
    assert "历年走势" in page
    assert "送风量" not in page


def test_a_day_alone_is_a_dot_and_a_plant_without_values_says_so(cast: Cast, client: Client) -> None:
    rows(cast, lambda day: "43.00" if day == LAST else "", first=dt.date(2026, 3, 1))
    page = text(cast.login(client, "王书记").get(PAGE, LINE | {"years": "1"}))
    assert page.count('r="2" class="c-data"') == 1
    assert "这几年没有数" in text(cast.login(client, "王书记").get("/board/SM-01/years/", LINE))


def test_ten_years_cost_the_queries_of_one(years: None, cast: Cast, client: Client) -> None:
    found = cast.login(client, "王书记")

    def asked(span: str) -> int:
        found.get(PAGE, LINE | {"years": span})
        with CaptureQueriesContext(connection) as seen:
            assert found.get(PAGE, LINE | {"years": span}).status_code == 200
        return len(seen)

    one = asked("1")
    assert asked("3") == asked("10") == one
    # "all" has to find its beginning first
    assert asked("all") == one + 1


def test_another_line_and_an_outsider_find_nothing(years: None, cast: Cast, client: Client) -> None:
    for name in ("郑师傅", "邻厂书记", "外人"):
        response = cast.login(client, name).get(PAGE, LINE)
        assert response.status_code in (200, 403, 404), name
        for word in ("转炉线", "历年走势", "88.88"):
            assert word not in text(response), (name, word)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_page_at_both_widths(years: None, cast: Cast, client: Client, look: Look, width: int) -> None:
    change(cast, "2024-03-09")
    cast.login(client, "王书记")
    page = look(PAGE + "?unit=QL-R1", width=width, cookies=client.cookies)
    check(page, f"years_{width}")
