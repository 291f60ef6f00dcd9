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
from ronglu.store.models import Account, Achievement, Channel, Plan, Reading, Unit
from ronglu.store.values import calendar_of
from ronglu.tasks.boards import build_plant
from ronglu.work import partitions
from tests.cast import AT, ON, Cast, make_cast
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
NOT_OF_PRODUCTION = {
    "S7": "a payout, which is not stored: its product is in tests/kernel/measure/test_cases.py",
    "S8": "outcomes by kind, counted below on their own page",
    "S9": "measures a hazard: tests/kernel/measure/test_cases.py",
    "R1": "rounding: tests/kernel/measure/test_cases.py", "R2": "rounding, the same", "R3": "rounding, the same",
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


def test_every_production_case_is_read_off_a_page_here(cases: dict[str, Any]) -> None:
    here = {"S1", "S1b", "S2", "S3", "S4", "S5a", "S5b", "S5c", "Z1", "Z2", "Z3", "P2", "P4-精炼铜", "P4-原铝", "P9"}
    here |= {"P3", "P5", "P6", "P8", "S6"}
    assert set(cases) == here | set(NOT_OF_PRODUCTION)


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


def indicator(client: Client, code: str, period: str) -> str:
    query = {"unit": "BS-F1", "grain": "month", "period": period}
    return plain(client.get(f"/board/{code}/", query).content.decode())


@pytest.mark.covers("S3-39")
def test_an_increase_its_rate_and_both_figures_agree_on_the_page(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any
) -> None:
    """P3: three metals, a month each; what the case implies is loaded, and the page gives back increase and rate."""
    cast, unit = line
    settings.TODAY = "2026-04-03T09:00"
    given, expected = cases["P3"]["input"], cases["P3"]["expected"]
    for month, metal in enumerate(given, 1):
        month_of(unit, "cn_ore", 2025, month, expected[metal]["implied_last"])
        month_of(unit, "cn_ore", 2026, month, expected[metal]["implied_this"])
    built(unit, 202501, 202502, 202503, 202601, 202602, 202603)
    cast.login(client, "邻厂书记")
    for month, metal in enumerate(given, 1):
        found = re.search(r"同比 \+?(-?[\d.]+) % \(([\d,.]+)\)", indicator(client, ORE, f"2026-{month:02d}"))
        assert found is not None
        this, last = D(row(client, ORE, f"2026-{month:02d}")["实际"].replace(",", "")), D(found[2].replace(",", ""))
        assert D(found[1]) == D(given[metal]["pct"])
        assert (last, this) == (D(expected[metal]["implied_last"]), D(expected[metal]["implied_this"]))
        # the case rounds both ends to one decimal: of cobalt the increase is 332.3 and so is theirs
        assert this - last == D(given[metal]["delta_t"])


@pytest.mark.covers("S3-39")
@pytest.mark.parametrize("quarter", [False, True])
def test_a_month_by_the_day_stands_beside_the_mean_of_january_and_february(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any, quarter: bool
) -> None:
    """P5, in a leap year: once the base that the published rate implies, once what is left of the published quarter."""
    cast, unit = line
    settings.TODAY = "2028-04-03T09:00"
    said, expected = cases["P5"]["input"], cases["P5"]["expected"]
    march = D(said["mar_daily_万t"]) * 31
    before = (
        D("1206.07") - march if quarter else D(said["mar_daily_万t"]) / (1 + D(said["published_环比_pct"]) / 100) * 60
    )
    january = (before * 31 / 60).quantize(D("0.001"))
    for month, total in ((1, january), (2, before.quantize(D("0.001")) - january), (3, march)):
        month_of(unit, "cn_ore", 2028, month, str(total))
    built(unit, 202801, 202802, 202803)
    page = indicator(cast.login(client, "邻厂书记"), ORE, "2028-03")
    found = re.search(r"日均 ([\d.]+) 较 1–2 月日均 \+?(-?[\d.]+) % \(([\d.]+)\)", page)
    assert found is not None
    assert found[1] == said["mar_daily_万t"]
    assert found[3] == expected["check_from_quarter" if quarter else "implied_JanFeb_daily"]
    # January was given the same mean by the day: 31 days of it
    assert f"({found[3]})" in indicator(client, ORE, "2028-02").partition("较 1 月日均")[2].partition("覆盖")[0]
    # 1 206.07 − 431.21 = 774.86 over 60 days is 12.9143…: 13.91 is 7.71 % above it
    assert found[2] == ("7.71" if quarter else said["published_环比_pct"])


def test_a_part_of_a_whole_is_shown_as_its_share(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any
) -> None:
    """P6: numerator and denominator of one day."""
    cast, unit = line
    settings.TODAY = "2026-02-01T09:00"
    said = cases["P6"]["input"]
    for series, text in (("cn_auto_hours", said["smelter_kg"]), ("cn_run_hours", said["total_kg"])):
        read(unit, series, dt.date(2026, 1, 10), D(text))
    built(unit, 202601)
    assert row(cast.login(client, "邻厂书记"), AUTO, "2026-01")["实际"] == cases["P6"]["expected"]["share_pct"]


@pytest.mark.covers("S1-53")
def test_a_figure_above_all_before_it_stands_as_the_record(
    cases: dict[str, Any], line: tuple[Cast, Unit], client: Client, settings: Any
) -> None:
    """P8: the thirteenth month, after twelve that were read whole and lower."""
    cast, unit = line
    settings.TODAY = "2026-02-03T09:00"
    best = cases["P8"]["input"]["阴极铜_万t"]
    for month in range(1, 13):
        month_of(unit, "cn_ore", 2025, month, str(120 + month))
    month_of(unit, "cn_ore", 2026, 1, best)
    built(unit, *(202500 + n for n in range(1, 13)), 202601)
    cast.login(client, "邻厂书记")
    page = plain(client.get("/records/", {"unit": "BS-F1", "indicator": ORE}).content.decode())
    assert cases["P8"]["expected"]["record"] is True
    # the twelfth month had 132
    assert re.search(rf"2026 年 1 月 历史 月 现纪录 {best} 132.00 6.01 ", page)


@pytest.mark.covers("S1-54")
def test_the_lives_of_a_furnace_stand_beside_the_best_of_them(
    cases: dict[str, Any], db: None, client: Client, settings: Any, tmp_path: Path
) -> None:
    """S6: a day each for the heats of a campaign, an overhaul at the end of all but the last."""
    settings.HOME, settings.TODAY = tmp_path, "2026-03-10T09:00"
    cast = make_cast()
    set_clock(cast.plant)
    unit, by = cast.unit["QL-R1"], Account.objects.get(person__name="周统计员")
    heats = cases["S6"]["input"]["campaign_heats"]
    for series in ("sm_heats", "sm_overhauls"):
        channel = Channel.objects.create(unit=unit, series=series, grain="day", from_on=dt.date(2026, 1, 1))
        for no, count in enumerate(heats, 1):
            starts_at, ends_at = calendar_of(unit.plant).bounds(dt.date(2026, 3, no))
            value = int(count) if series == "sm_heats" else int(no < len(heats))
            Reading.objects.create(
                channel=channel, starts_at=starts_at, ends_at=ends_at, day=dt.date(2026, 3, no), shift_no=0, month=202603,
                text=str(value), value=value, state="audited", known_at=dt.datetime(2026, 3, 9), entered_by=by,
            )  # fmt: skip
    built(unit, 202603)
    page = plain(cast.login(client, "周统计员").get("/records/", {"unit": "QL-R1"}).content.decode())
    expected = cases["S6"]["expected"]
    assert expected["current_record"] == "1983" and "1,983 2026-03-05 1,983 正在创新高" in page
    assert "1688、1702、1702、1650" in page


def test_outcomes_are_counted_by_kind_on_their_page(
    cases: dict[str, Any], db: None, client: Client, settings: Any
) -> None:
    """S8: 94 golden ideas, and 5, 6, 4 and 3 of the other kinds, all verified; one that is not verified beside them."""
    settings.TODAY = "2026-03-10T09:00"
    cast, said = make_cast(), cases["S8"]["input"]
    kinds = {
        "idea": "金点子",
        "innovation": "技术创新成果",
        "incubation": "科研孵化创新项目",
        "topic": "创新攻关立题",
        "patent": "申报专利",
    }
    given = {
        "body": cast.body["QL-B1"],
        "unit": cast.unit["QL-R1"],
        "day": ON,
        "recorded_by": cast.account["陈技术员"],
        "recorded_at": AT,
    }
    for kind, name in kinds.items():
        for no in range(said[name] + 1):
            state = "verified" if no else "recorded"
            Achievement.objects.create(plant=cast.plant, kind=kind, title=f"{name}{no}", state=state, **given)
    page = plain(cast.login(client, "周统计员").get("/teams/achievements/").content.decode())
    numbers = [str(said[name]) for name in kinds.values()]
    assert f"转炉党支部 {' '.join(numbers)} " in page
    assert sum(map(int, numbers[1:])) == cases["S8"]["expected"]["total_outcomes_excl_金点子"]
