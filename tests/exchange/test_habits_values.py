"""Habits 13–22: what a cell says."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ronglu.exchange.profile import Column, Percent, Role
from ronglu.kernel.time.period import Period
from tests.exchange.books import codes, day_profile, form, item, long_profile, months, only, read, scaled, value, write

D1, D2, D3, D4 = (date(2026, 3, day) for day in (1, 2, 3, 4))


def days(path: Path, *numbers: Any, word: str = "处理量") -> Path:
    return write(
        path / "a.xlsx",
        {"日报": [["日期", word], *([date(2026, 3, n), number] for n, number in enumerate(numbers, 1))]},
    )


def test_habit_13_a_text_number_is_read_as_a_whole_and_noted(tmp_path: Path) -> None:
    parsed = read(days(tmp_path, "1,234.5", "１２．５", 7), day_profile(value("处理量", "feed")))
    assert [(v.text, v.scaled) for v in parsed.values] == [("1234.5", 123450), ("12.5", 1250), ("7", 700)]
    assert "2 个数" in only(parsed, "text_number").message
    assert parsed.ready


def test_habit_13_codes_stay_text_with_their_zeros(tmp_path: Path) -> None:
    rows = [["日期", "班次", "产线", "处理量"], [D1, "白", "001", 5], [D1, "白", "010", 6]]
    columns = (Column(Role.LINE, ("产线",)), value("处理量", "feed"))
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), long_profile(*columns, line=""))
    assert [(v.line, v.scaled) for v in parsed.values] == [("001", 500), ("010", 600)]


def test_habit_14_float_dirt_is_rounded_by_the_series_and_the_text_is_kept(tmp_path: Path) -> None:
    parsed = read(days(tmp_path, 99.9999999999, 100.0000000002, 0.1 + 0.2, 2.675), day_profile(value("处理量", "feed")))
    assert [v.scaled for v in parsed.values] == [10000, 10000, 30, 268]
    assert [v.text for v in parsed.values][:2] == ["99.9999999999", "100.0000000002"]
    assert parsed.ready


def test_habit_15_a_zero_after_the_report_period_is_no_value(tmp_path: Path) -> None:
    rows = [["项目", "1月", "2月", "3月", "4月"], ["处理量", 10, 20, 0, 0]]
    profile = form(item("处理量", "feed"), sheets=months(), take=("actual.months",))
    parsed = read(write(tmp_path / "a.xlsx", {"26.2": rows}), profile)
    assert {str(v.stamp.month): v.scaled for v in parsed.values} == {"2026-01": 1000, "2026-02": 2000}
    assert {p.column for p in parsed.problems if p.code == "zero_after_period"} == {"D", "E"}


def test_habit_15_days_after_the_period_too_and_a_number_there_is_asked(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], [date(2026, 3, 31), 5], [date(2026, 4, 1), 0], [date(2026, 4, 2), 8]]
    path = write(tmp_path / "a.xlsx", {"日报": rows})
    parsed = read(path, day_profile(value("处理量", "feed")), expected=Period.month(2026, 3))
    assert scaled(parsed) == {("feed", "2026-03-31"): 500}
    assert only(parsed, "after_period").cell == "B4"
    kept = read(
        path, day_profile(value("处理量", "feed")), expected=Period.month(2026, 3), answers={"all:after_period": "keep"}
    )
    assert scaled(kept) == {("feed", "2026-03-31"): 500, ("feed", "2026-04-02"): 800}


def test_habit_15_an_error_value_is_no_value_with_its_reason(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("日报")
        page.write_row(0, 0, ["日期", "回收率"])
        page.write_row(1, 0, ["2026-03-01", 85])
        page.write_string(2, 0, "2026-03-02")
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    parsed = read(tmp_path / "a.xlsx", day_profile(value("回收率", "recovery")))
    assert [v.scaled for v in parsed.values] == [8500]
    note = only(parsed, "error_value")
    assert (note.severity, note.cell, note.value) == ("note", "B3", "#DIV/0!")


def test_habit_16_a_zero_inside_the_period_stays_zero_and_a_blank_stays_missing(tmp_path: Path) -> None:
    rows = [["日期", "采暖蒸汽"], [D1, 0], [D2, None], [D3, 4]]
    parsed = read(
        write(tmp_path / "a.xlsx", {"日报": rows}),
        day_profile(value("采暖蒸汽", "steam")),
        expected=Period.month(2026, 3),
    )
    assert scaled(parsed) == {("steam", "2026-03-01"): 0, ("steam", "2026-03-03"): 400}


@pytest.mark.parametrize("mark", ["-", "—", "——", "－", " ", "/"])
def test_habit_17_marks_of_nothing_are_nothing(tmp_path: Path, mark: str) -> None:
    parsed = read(days(tmp_path, 5, mark), day_profile(value("处理量", "feed")))
    assert [v.scaled for v in parsed.values] == [500]
    assert parsed.ready


def test_habit_17_any_other_text_is_reported_with_its_cell(tmp_path: Path) -> None:
    parsed = read(days(tmp_path, 5, "停产", "待补"), day_profile(value("处理量", "feed")))
    asked = [p for p in parsed.problems if p.code == "text_in_value"]
    assert [(p.severity, p.sheet, p.cell, p.value) for p in asked] == [
        ("question", "日报", "B3", "停产"),
        ("question", "日报", "B4", "待补"),
    ]
    assert not parsed.ready
    assert read(days(tmp_path, 5, "停产"), day_profile(value("处理量", "feed"), nulls=("停产",))).ready
    assert read(
        days(tmp_path, 5, "停产"), day_profile(value("处理量", "feed")), answers={"text_in_value:日报!B3": "skip"}
    ).ready


def test_habit_18_a_fraction_with_percent_format_and_a_percentage_are_told_apart(tmp_path: Path) -> None:
    rows = [["日期", "回收率"], [D1, 0.93], [D2, 0.9]]
    formatted = write(tmp_path / "a.xlsx", {"日报": rows}, formats={"日报!B2": "0.0%", "日报!B3": "0.00%"})
    parsed = read(formatted, day_profile(value("回收率", "recovery")))
    assert [(v.text, v.scaled) for v in parsed.values] == [("0.93", 9300), ("0.9", 9000)]
    assert "percent_format" in codes(parsed)
    plain = read(days(tmp_path, 93.0, 90.5, word="回收率"), day_profile(value("回收率", "recovery")))
    assert [v.scaled for v in plain.values] == [9300, 9050]


def test_habit_18_the_scale_is_a_setting_and_the_range_catches_the_wrong_one(tmp_path: Path) -> None:
    path = days(tmp_path, 0.93, 0.91, 0.92, word="回收率")
    right = read(path, day_profile(value("回收率", "recovery", percent=Percent.FRACTION)))
    assert [v.scaled for v in right.values] == [9300, 9100, 9200]
    wrong = read(path, day_profile(value("回收率", "recovery", percent=Percent.AS_IS)))
    assert len(wrong.values) == 0
    assert "0.93" in only(wrong, "implausible").message


def test_habit_18_without_range_and_format_the_scale_is_asked(tmp_path: Path) -> None:
    path = days(tmp_path, 0.31, 0.3, 0.29, word="精矿品位")
    parsed = read(path, day_profile(value("精矿品位", "grade")))
    asked = only(parsed, "percent_scale")
    assert asked.choices == ("as_is", "fraction", "format")
    assert len(parsed.values) == 0
    assert [
        v.scaled for v in read(path, day_profile(value("精矿品位", "grade")), answers={asked.key: "fraction"}).values
    ] == [3100, 3000, 2900]
    assert [
        v.scaled for v in read(path, day_profile(value("精矿品位", "grade")), answers={asked.key: "as_is"}).values
    ] == [31, 30, 29]


def test_habit_19_an_empty_plan_is_no_plan_not_zero(tmp_path: Path) -> None:
    rows = [["项目", "本月计划", "本月实际"], ["处理量", None, 10], ["精矿产量", 5, 4]]
    parsed = read(
        write(tmp_path / "a.xlsx", {"25.4": rows}),
        form(item("处理量", "feed"), item("精矿产量", "out"), sheets=months()),
    )
    assert {f.series: f.scaled for f in parsed.figures if f.group == "plan"} == {"out": 500}
    assert {v.series for v in parsed.values} == {"feed", "out"}


def test_habit_20_an_explanation_in_a_data_cell_is_a_remark_never_a_value(tmp_path: Path) -> None:
    text = "3月2日白班因更换衬板停机6小时,处理量按皮带秤读数修正为1150吨,详见交接班记录"
    rows = [["日期", "处理量"], [D1, 1000], [D2, text], [None, None], ["说明:本月运转 512 小时", None]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(value("处理量", "feed")))
    assert scaled(parsed) == {("feed", "2026-03-01"): 100000}
    assert only(parsed, "text_in_value").cell == "B3"


def test_habit_21_units_convert_only_by_a_known_factor(tmp_path: Path) -> None:
    rows = [["日期", "电耗(万千瓦时)"], [D1, 1.25]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(value("电耗", "power")))
    assert [(v.text, v.scaled) for v in parsed.values] == [("1.25", 12500)]
    assert "10000" in only(parsed, "unit_converted").message
    unknown = read(
        write(tmp_path / "b.xlsx", {"日报": [["日期", "电耗(GJ)"], [D1, 1.25]]}), day_profile(value("电耗", "power"))
    )
    assert only(unknown, "unit_unknown").severity == "error"
    assert len(unknown.values) == 0


def test_habit_21_a_unit_that_changed_since_the_profile_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"日报": [["日期", "处理量(kg)"], [D1, 1250]]})
    parsed = read(path, day_profile(value("处理量", "feed", unit="t")))
    error = only(parsed, "unit_changed")
    assert (error.severity, error.value, error.column) == ("error", "kg", "B")
    assert len(parsed.values) == 0


def test_habit_21_the_unit_may_stand_in_a_column_of_its_own(tmp_path: Path) -> None:
    rows = [["项目", "计量单位", "本月"], ["处理量", "千克", 2500], ["电耗", "万千瓦时", 3]]
    parsed = read(
        write(tmp_path / "a.xlsx", {"25.4": rows}), form(item("处理量", "feed"), item("电耗", "power"), sheets=months())
    )
    assert {v.series: v.scaled for v in parsed.values} == {"feed": 250, "power": 30000}


def test_habit_22_a_column_read_with_the_wrong_locale_is_refused_with_count_and_examples(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["日期", "处理量", "回收率"]]
    rows += [[date(2026, 3, n), 1200.5 + n, 87.25 if n % 2 else 8725123.0] for n in range(1, 21)]
    parsed = read(
        write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(value("处理量", "feed"), value("回收率", "recovery"))
    )
    error = only(parsed, "implausible")
    assert (error.severity, error.sheet, error.column) == ("error", "日报", "C")
    assert "20 个数里有 10 个" in error.message
    assert "C3=8725123" in error.message
    assert {v.series for v in parsed.values} == {"feed"}, "the right column stays, the wrong one goes whole"
    assert not parsed.ready


def test_habit_22_one_stray_in_many_is_asked_about_alone(tmp_path: Path) -> None:
    path = days(tmp_path, 85, 86, 87, 104, *[88] * 20, word="回收率")
    parsed = read(path, day_profile(value("回收率", "recovery")))
    assert only(parsed, "implausible_value").cell == "B5"
    assert len(parsed.values) == 23
    assert (
        len(read(path, day_profile(value("回收率", "recovery")), answers={"implausible_value:日报!B5": "keep"}).values)
        == 24
    )


def test_habit_22_without_a_range_a_column_is_measured_against_itself(tmp_path: Path) -> None:
    path = days(tmp_path, 12.5, 12.25, 12500345.0, 12.75, 12.5, 12.0)
    parsed = read(path, day_profile(value("处理量", "feed")))
    assert only(parsed, "spread").cell == "B4"
    assert len(parsed.values) == 0


def test_habit_22_a_csv_with_decimal_commas_is_read_by_its_setting(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("日期;处理量\n2026-03-01;1.234,56\n2026-03-02;7,5\n", "utf-8")
    right = read(path, day_profile(value("处理量", "feed"), decimal_comma=True))
    assert [(v.text, v.scaled) for v in right.values] == [("1234.56", 123456), ("7.5", 750)]
    wrong = read(path, day_profile(value("处理量", "feed")))
    assert len(wrong.values) == 0, "7,5 is no number where the point is the decimal mark"
    assert "text_in_value" in codes(wrong)
