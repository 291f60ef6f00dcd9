"""Habits 32–35: the four checks that the data offers by itself."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from ronglu.exchange.checks import Key
from ronglu.exchange.profile import Ratio
from tests.exchange.books import codes, form, item, months, only, read, write

FORM = form(item("处理量", "feed"), sheets=months())


def sheet(month: float, ytd: float, *last: float) -> list[list[Any]]:
    rows: list[list[Any]] = [["项目", "本月", "累计"], ["处理量", month, ytd]]
    if last:
        rows[0] += ["上年同月", "上年累计"]
        rows[1] += last
    return rows


def test_habit_32_cumulated_is_last_months_plus_this_month(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"25.1": sheet(10, 10), "25.2": sheet(20, 30), "25.3": sheet(5, 36)})
    asked = only_ytd(read(path, FORM))
    assert [(p.sheet, p.cell, p.value) for p in asked] == [("25.3", "C2", "36.00")]
    assert "35.00" in asked[0].message
    assert asked[0].severity == "question"


def only_ytd(parsed: Any) -> list[Any]:
    return [p for p in parsed.problems if p.code == "check_cumulative"]


def test_habit_32_january_starts_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"24.12": sheet(10, 120), "25.1": sheet(7, 7), "26.1": sheet(7, 8)})
    assert [p.sheet for p in only_ytd(read(path, FORM))] == ["26.1"]


def test_habit_32_the_month_before_may_come_from_the_store(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"25.3": sheet(5, 36)})
    assert only_ytd(read(path, FORM)) == []
    known = {Key("L1", "feed", "actual", "ytd", "2025-02"): Decimal(30)}
    assert len(only_ytd(read(path, FORM, known=known))) == 1
    accepted = read(path, FORM, known=known, answers={"all:check_cumulative": "keep"})
    assert accepted.ready
    assert [v.scaled for v in accepted.values] == [500], "never corrected by itself"


def test_habit_33_last_year_here_is_last_years_sheet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"24.4": sheet(9, 35), "25.4": sheet(10, 40, 9, 34)})
    asked = only(read(path, FORM), "check_last_year")
    assert (asked.sheet, asked.cell, asked.value) == ("25.4", "E2", "34.00")
    assert "35.00" in asked.message


def test_habit_34_the_months_add_up_to_the_cumulated(tmp_path: Path) -> None:
    rows = [["项目", "1月", "2月", "3月", "累计"], ["处理量", 10, 20, 30, 61]]
    profile = form(item("处理量", "feed"), sheets=months(), take=("actual.months",))
    asked = only(read(write(tmp_path / "a.xlsx", {"25.3": rows}), profile), "check_months")
    assert (asked.cell, asked.value) == ("E2", "61.00")
    assert "60.00" in asked.message
    right = [["项目", "1月", "2月", "3月", "累计"], ["处理量", 10, 20, 30, 59.9999999999]]
    assert "check_months" not in codes(read(write(tmp_path / "b.xlsx", {"25.3": right}), profile)), (
        "equal at the stated decimals"
    )


def test_habit_35_the_ratio_shows_which_numerator_was_meant(tmp_path: Path) -> None:
    rows = [["项目", "本月"], ["处理量", 100], ["原煤", 50], ["煤耗", 35.7]]
    # 50/100 = 0.5 t/t raw coal; 35.7 kg/t is 0.714 standard coal: raw coal does not give it
    ratio = Ratio("unit_power", "coal", "feed", factor="1000", decimals=1)
    profile = form(
        item("处理量", "feed"), item("原煤", "coal"), item("煤耗", "unit_power"), sheets=months(), ratios=(ratio,)
    )
    asked = only(read(write(tmp_path / "a.xlsx", {"25.3": rows}), profile), "check_ratio")
    assert "500.0" in asked.message
    assert "35.70" in asked.message
    rows[3][1] = 500
    assert read(write(tmp_path / "b.xlsx", {"25.3": rows}), profile).ready


def test_habit_35_ratio_lines_are_left_out_of_the_sum_checks(tmp_path: Path) -> None:
    rows = [["项目", "本月", "累计"], ["回收率", 85, 84]]
    path = write(tmp_path / "a.xlsx", {"25.1": rows, "25.2": [["项目", "本月", "累计"], ["回收率", 83, 84]]})
    assert codes(read(path, form(item("回收率", "recovery"), sheets=months()))) == set()
