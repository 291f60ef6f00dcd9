"""Habits 7–12: which period a sheet is about."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from ronglu.exchange.periods import month_in, statements
from ronglu.kernel.time.period import Period
from tests.exchange.books import calendar, codes, day_profile, form, item, months, only, read, value, write

FORM = form(item("处理量", "feed"))


def sheet(*above: list[Any], number: float = 10) -> list[list[Any]]:
    return [*above, ["项目", "本月"], ["处理量", number]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年4月", ["2025-04"]),
        ("25.4", ["2025-04"]),
        ("25.10", ["2025-10"]),
        ("2025-04-01", ["2025-04"]),
        ("202504", ["2025-04"]),
        ("2025.3.25-2025.4.5", ["2025-03-25..2025-04-05"]),
        ("2025年3月1日至3月31日", ["2025-03"]),
        ("2025年度", ["2025"]),
        ("处理量 12.5", []),
        ("统计-3", []),
    ],
)
def test_habit_07_a_text_states_its_period(text: str, expected: list[str]) -> None:
    assert statements(text, calendar()) == expected


@pytest.mark.parametrize("stated", [date(2025, 4, 1), 45748.0, "2025年4月"])
def test_habit_07_a_date_a_bare_serial_and_a_text_all_name_the_month(tmp_path: Path, stated: object) -> None:
    path = write(tmp_path / "a.xlsx", {"月报": sheet(["期间", stated])})
    asked = only(read(path, FORM), "period_confirm")
    assert (asked.value, asked.choices) == ("2025-04", ("2025-04",))
    parsed = read(path, FORM, answers={"period:月报": "2025-04"})
    assert [str(v.stamp.month) for v in parsed.values] == ["2025-04"]
    assert parsed.ready


def test_habit_07_two_periods_that_disagree_are_reported_with_both_places(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"25.5": sheet(["2025年4月份生产报表"])})
    parsed = read(path, form(item("处理量", "feed"), sheets=months()))
    asked = only(parsed, "period_disagrees")
    assert set(asked.choices) == {"2025-05", "2025-04"}
    assert "表名" in asked.message
    assert "A1" in asked.message
    assert len(parsed.values) == 0


def test_habit_08_stale_period_text_is_never_picked_silently(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"月报": sheet(["2024年3月报表"], ["填报期间", date(2025, 4, 1)])})
    parsed = read(path, FORM, expected=Period.month(2025, 4))
    assert only(parsed, "period_disagrees").severity == "question"
    assert len(parsed.values) == 0
    confirmed = read(path, FORM, expected=Period.month(2025, 4), answers={"period:月报": "2025-04"})
    assert [str(v.stamp.month) for v in confirmed.values] == ["2025-04"]
    assert only(confirmed, "period_stale").value == "2024年3月报表"


def test_habit_08_a_stale_year_in_the_title_is_seen_too(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"25.4": sheet(["2024年度生产报表"])})
    assert only(read(path, form(item("处理量", "feed"), sheets=months())), "period_disagrees").value == "2025-04 / 2024"


def test_habit_09_sheet_names_are_trimmed_and_compared_as_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"25.6 ": sheet(number=6), "25.10": sheet(number=10), "25.1": sheet(number=1)})
    parsed = read(path, form(item("处理量", "feed"), sheets=months("25.6", "25.10", "25.1")))
    assert {str(v.stamp.month): v.scaled for v in parsed.values} == {"2025-06": 600, "2025-10": 1000, "2025-01": 100}
    picked = read(path, form(item("处理量", "feed"), sheets=months("25.10")))
    assert picked.sheets == ("25.10",)
    assert month_in("25.10") == Period.month(2025, 10)


def test_habit_10_a_month_may_run_from_the_26th_and_the_value_carries_its_real_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"25.4": sheet(["统计期:2025.3.26-2025.4.25"])})
    parsed = read(path, form(item("处理量", "feed"), sheets=months()), calendar=calendar(month_first=26))
    (value_,) = parsed.values
    assert (value_.stamp.starts_at, value_.stamp.ends_at) == (datetime(2025, 3, 26, 8), datetime(2025, 4, 26, 8))
    assert str(value_.stamp.month) == "2025-04"


def test_habit_10_the_cut_off_is_a_setting_of_the_source(tmp_path: Path) -> None:
    from ronglu.exchange.profile import Clock

    clock = Clock("2010-01-01", "08:00", (("白", "08:00", "8"), ("中", "16:00", "8"), ("夜", "00:00", "8")), 26)
    path = write(tmp_path / "a.xlsx", {"25.4": sheet()})
    parsed = read(path, form(item("处理量", "feed"), sheets=months(), clocks=(clock,)))
    assert [v.stamp.starts_at for v in parsed.values] == [datetime(2025, 3, 26, 8)]


def test_habit_11_a_part_period_that_overlaps_the_month_is_refused_and_never_added(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {"4月": sheet(["2025年4月"], number=100), "月末": sheet(["2025.4.20-2025.5.5"], number=100)},
    )
    answers = {"period:4月": "2025-04", "period:月末": "2025-04-20..2025-05-05"}
    parsed = read(path, FORM, answers=answers)
    assert [(v.scaled, v.sheet) for v in parsed.values] == [(10000, "4月")]
    error = only(parsed, "overlap")
    assert (error.severity, error.sheet, error.cell) == ("error", "月末", "B3")
    assert not parsed.ready
    assert read(path, FORM, answers={**answers, "sheet:月末": "skip"}).ready


def test_habit_11_a_part_sheet_with_the_same_days_gives_each_day_once(tmp_path: Path) -> None:
    full = [["日期", "处理量"], [date(2026, 3, 30), 50], [date(2026, 3, 31), 60]]
    part = [["日期", "处理量"], [date(2026, 3, 31), 60], [date(2026, 4, 1), 70]]
    parsed = read(write(tmp_path / "a.xlsx", {"3月": full, "月末": part}), day_profile(value("处理量", "feed")))
    assert sum(v.scaled or 0 for v in parsed.values) == 18000
    assert codes(parsed) == {"same_twice"}


def test_habit_12_the_report_day_is_not_the_period(tmp_path: Path) -> None:
    rows = [
        ["报出日期:2025年5月3日"],
        ["报出日期", date(2025, 5, 3)],
        *sheet(),
        ["制表:周统计员", "报出日期:2025年5月3日"],
    ]
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), form(item("处理量", "feed"), sheets=months()))
    assert [str(v.stamp.month) for v in parsed.values] == ["2025-04"]
    assert parsed.ready


def test_habit_12_a_header_date_computed_by_a_formula_counts_by_its_cached_value(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("月报")
        page.write_formula("A1", "=DATE(2025,4,1)", book.add_format({"num_format": "yyyy年m月"}), 45748)
        page.write_row(1, 0, ["项目", "本月"])
        page.write_row(2, 0, ["处理量", 10])
    assert only(read(tmp_path / "a.xlsx", FORM), "period_confirm").value == "2025-04"
