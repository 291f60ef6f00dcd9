"""Numbers of the shared production cases as the pages show them: loaded as readings and plans, built, read off the page."""

import datetime as dt
import json
import os
import re
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ronglu.kernel.measure.plan import allot
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Channel, Plan, Reading, Unit
from ronglu.store.values import calendar_of
from ronglu.tasks.boards import build_plant
from ronglu.work import partitions
from tests.cast import Cast, make_cast
from tests.work.clock import set_clock

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(os.environ.get("RONGLU_TEST_DATA", ROOT.parent / "shared" / "data")) / "cases_dev.json"
ORE, AUTO, FAULT, SAVED = "CN-01", "CN-16", "CN-14", "CN-15"
NAMES = {
    ORE: "处理矿量",
    AUTO: "自控投用率",
    FAULT: "设备故障率（选矿）",
    SAVED: "外委修理费节约",
    "CN-10": "磨矿细度（−200目）",
}
DECIMALS = {
    "cn_ore": 3,
    "cn_run_hours": 2,
    "cn_fault_hours": 2,
    "cn_auto_hours": 2,
    "cn_repair_saved": 2,
    "cn_fineness": 2,
}
NOT_ON_A_PAGE = {
    "P3": "checks a published rate against its increase",
    "P5": "a published month-on-month rate over a daily mean of two months",
    "P6": "a share of another firm's total",
    "P8": "a record of one yearly figure", "S6": "a record of a campaign: the page of records",
    "S7": "the coefficient page", "S8": "counts of outcomes", "S9": "measures of hazards",
    "R1": "rounding", "R2": "rounding", "R3": "rounding",
}  # fmt: skip


@pytest.fixture(scope="module")
def cases() -> dict[str, Any]:
    if not FILE.exists():
        pytest.skip("cases_dev.json is not in RONGLU_TEST_DATA: the shared cases did not run")
    return {one["id"]: one for one in json.loads(FILE.read_text("utf-8"))}


@pytest.fixture
def line(db: None, settings: Any, tmp_path: Path) -> tuple[Cast, Unit]:
    settings.HOME = tmp_path
    cast = make_cast()
    set_clock(cast.neighbour)
    unit = cast.unit["BS-F1"]
    for series in DECIMALS:
        grain = "month" if series == "cn_repair_saved" else "day"
        Channel.objects.create(unit=unit, series=series, grain=grain, from_on=dt.date(2024, 1, 1))
    return cast, unit


def read(unit: Unit, series: str, day: dt.date, value: D, *, days: int = 1) -> None:
    """One reading of a day, or of the `days` days that end with it."""
    calendar = calendar_of(unit.plant)
    channel = Channel.objects.get(unit=unit, series=series)
    Reading.objects.create(
        channel=channel, starts_at=calendar.bounds(day - dt.timedelta(days=days - 1))[0], ends_at=calendar.bounds(day)[1],
        day=day, shift_no=0, month=day.year * 100 + day.month, text=f"{value:f}",
        value=int(value.scaleb(DECIMALS[series])), state="audited", known_at=dt.datetime(2026, 1, 1), entered_by=Account.objects.get(person__name="邻厂书记"),
    )  # fmt: skip


def month_of(unit: Unit, series: str, year: int, month: int, total: str) -> None:
    """A month's quantity over its days, to the last unit."""
    first, last = calendar_of(unit.plant).days_of(Period.month(year, month))
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    parts = allot(int(D(total).scaleb(DECIMALS[series])), [1] * len(days))
    for day, part in zip(days, parts, strict=True):
        read(unit, series, day, D(part).scaleb(-DECIMALS[series]))


def planned(unit: Unit, indicator: str, period: str, value: str) -> None:
    Plan.objects.create(unit=unit, indicator=indicator, period=period, value=value)


def built(unit: Unit, *months: int) -> None:
    partitions.touch(plant=unit.plant, fact="readings", months=sorted(months))
    build_plant(plant=unit.plant, at=dt.datetime(2026, 10, 1, 9))


def row(client: Client, code: str, period: str) -> dict[str, str]:
    """The indicator's line of the board by the labels of its cells, markup and blanks taken out."""
    page = client.get("/board/", {"unit": "BS-F1", "grain": "month", "period": period}).content.decode()
    found = next(one for one in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.S) if f">{NAMES[code]}<" in one)
    cells = re.findall(r"<td[^>]*data-label=\"([^\"]+)\"[^>]*>(.*?)</td>", found, re.S)
    return {label: plain(text) for label, text in cells}


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("\u2212", "-").split())


def number(text: str, unit: str) -> str:
    """The number before a unit: “-0.74 pp -46.84 %” has one of each."""
    found = re.search(rf"([+-]?[\d.,]+) {re.escape(unit)}", text)
    return found.group(1).lstrip("+").replace(",", "") if found else text


def test_every_case_is_either_read_off_a_page_here_or_said_why_not(cases: dict[str, Any]) -> None:
    here = {"S1", "S1b", "S2", "S3", "S4", "S5a", "S5b", "S5c", "Z1", "Z2", "Z3", "P2", "P4-精炼铜", "P4-原铝", "P9"}
    assert set(cases) == here | set(NOT_ON_A_PAGE)


@pytest.mark.covers("S2-23", "S3-39")
def test_the_board_shows_what_the_cases_say(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any
) -> None:
    cast, unit = line
    settings.TODAY = "2026-08-01T09:00"
    _quantities(unit, cases)
    _levels(unit, cases)
    built(unit, *(202501 + n for n in range(8)), *(202601 + n for n in range(7)))
    cast.login(client, "邻厂书记")
    shown = {
        "S3": number(row(client, ORE, "2026-01")["相对"], "%"),
        "S4": number(row(client, ORE, "2026-02")["相对"], "%"),
        "P9": number(row(client, ORE, "2026-04")["相对"], "%"),
        "P4-精炼铜": number(row(client, ORE, "2026-05")["同比"], "%"),
        "P4-原铝": number(row(client, ORE, "2026-06")["同比"], "%"),
        "Z1": row(client, ORE, "2026-07")["同比"],
        "S2": number(row(client, FAULT, "2026-01")["同比"], "%"),
        "Z2": row(client, SAVED, "2026-01")["同比"],
    }
    for name, month in (("S5a", "2026-01"), ("S5b", "2026-02")):
        cells = row(client, AUTO, month)
        shown[name] = (number(cells["相对"], "%"), number(cells["较计划"], "pp"))  # type: ignore[assignment]
    cells = row(client, AUTO, "2026-03")
    shown["S5c"] = cells["实际"]
    assert shown == {
        "S3": cases["S3"]["expected"]["vs_plan_pct"],
        "S4": cases["S4"]["expected"]["vs_plan_pct"],
        "P9": cases["P9"]["expected"]["over_plan_pct"],
        "P4-精炼铜": cases["P4-精炼铜"]["expected"]["yoy_pct"],
        "P4-原铝": cases["P4-原铝"]["expected"]["yoy_pct"],
        "Z1": cases["Z1"]["expected"]["display"],
        "S2": cases["S2"]["expected"]["yoy_pct"],
        "Z2": cases["Z2"]["expected"]["display"],
        "S5a": tuple(cases["S5a"]["expected"][key] for key in ("relative_pct", "pp")),
        "S5b": tuple(cases["S5b"]["expected"][key] for key in ("relative_pct", "pp")),
        "S5c": cases["S5c"]["expected"]["yield_pct"],
    }
    page = plain(
        client.get(f"/board/{ORE}/", {"unit": "BS-F1", "grain": "month", "period": "2026-03"}).content.decode()
    )
    assert f"{cases['P2']['expected']['pct']} % 进度" in page


def _quantities(unit: Unit, cases: dict[str, Any]) -> None:
    """Of the ore, each case a month of its own."""
    said = {name: cases[name]["input"] for name in cases}
    tonnes = {
        (2026, 1): said["S3"]["actual_t"], (2026, 2): said["S4"]["actual_t"], (2026, 3): said["P2"]["actual_t"],
        (2026, 4): str(D(said["P9"]["published_完成率"]) * 100),
        (2026, 5): str(D(said["P4-精炼铜"]["this_万t"]) * 10_000), (2025, 5): str(D(said["P4-精炼铜"]["last_万t(derived)"]) * 10_000),
        (2026, 6): str(D(said["P4-原铝"]["this_万t"]) * 10_000), (2025, 6): str(D(said["P4-原铝"]["last_万t(derived)"]) * 10_000),
        (2026, 7): said["Z1"]["this"], (2025, 7): said["Z1"]["last"],
    }  # fmt: skip
    for (year, month), total in tonnes.items():
        month_of(unit, "cn_ore", year, month, total)
    plans = {
        "2026-01": said["S3"]["plan_t"],
        "2026-02": said["S4"]["plan_t"],
        "2026-03": said["P2"]["target_t"],
        "2026-04": "10000",
    }
    for period, value in plans.items():
        planned(unit, ORE, period, value)


def _levels(unit: Unit, cases: dict[str, Any]) -> None:
    """Shares of 100 hours, failures over 10 000 hours in both years, the two lots as two days, money by month."""
    said = {name: cases[name]["input"] for name in cases}
    for month, name in ((1, "S5a"), (2, "S5b")):
        planned(unit, AUTO, f"2026-{month:02d}", said[name]["plan_pct"])
        read(unit, "cn_auto_hours", dt.date(2026, month, 10), D(said[name]["actual_pct"]))
        read(unit, "cn_run_hours", dt.date(2026, month, 10), D(100))
    for day, lot in enumerate(said["S5c"]["lots"], 1):
        read(unit, "cn_auto_hours", dt.date(2026, 3, day), D(lot["out_t"]))
        read(unit, "cn_run_hours", dt.date(2026, 3, day), D(lot["in_t"]))
    for year, key in ((2025, "last_year_failures"), (2026, "this_year_failures")):
        day, failed = dt.date(year, 1, 20), D(said["S2"][key])
        read(unit, "cn_fault_hours", day, failed)
        read(unit, "cn_run_hours", day, 10_000 - failed)
    for year, key in ((2025, "last"), (2026, "this")):
        read(unit, "cn_repair_saved", dt.date(year, 1, 31), D(said["Z2"][key]), days=31)


@pytest.mark.covers("S3-32")
def test_the_years_progress_stands_beside_the_time_and_the_day_it_is_of(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any
) -> None:
    """Nine months against the year's plan; both cases, the second with its time base and the gap in percentage points."""
    cast, unit = line
    settings.TODAY = "2026-10-01T09:00"
    said = cases["S1b"]["input"]
    planned(unit, ORE, "2026", said["annual_plan_t"])
    for month, total in enumerate(said["months_t"], 1):
        month_of(unit, "cn_ore", 2026, month, total)
    built(unit, *(202600 + n for n in range(1, 10)))
    page = plain(
        cast.login(client, "邻厂书记")
        .get(f"/board/{ORE}/", {"unit": "BS-F1", "grain": "year", "period": "2026"})
        .content.decode()
    )
    expected = cases["S1b"]["expected"]
    assert expected["pct"] == cases["S1"]["expected"]["pct"]
    told = f"{expected['pct']} % 进度 · {expected['time_progress_pct_linear(273/365)']} % 时间 · {expected['gap_to_linear_pp']} pp"
    assert told in page and "数据到 09-30" in page


def test_what_was_not_read_is_missing_and_not_nothing(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any
) -> None:
    """Three days, one of them without a figure: the mean of the two, two of the days that were due."""
    cast, unit = line
    settings.TODAY = "2026-01-04T09:00"
    for day, value in enumerate(cases["Z3"]["input"]["values"], 1):
        read(unit, "cn_ore", dt.date(2026, 1, day), D(100))
        if value is not None:
            read(unit, "cn_fineness", dt.date(2026, 1, day), D(value))
    built(unit, 202601)
    cast.login(client, "邻厂书记")
    cells = row(client, "CN-10", "2026-01")
    expected = cases["Z3"]["expected"]
    covered, due = cells["覆盖"].split("/")
    assert (cells["实际"], int(covered)) == (expected["mean"], expected["n"])
    assert f"{D(covered) / D(due) * 100:.2f}" == expected["coverage_pct"]
