"""Long tables: lines, shifts, totals, deletions, repeats."""

from datetime import date, datetime
from pathlib import Path

import pytest

from ronglu.exchange.limits import Limits
from ronglu.exchange.profile import Column, Role
from ronglu.kernel.time.period import Period
from tests.exchange.books import codes, day_profile, long_profile, only, read, scaled, value, write

D1, D2, D3 = (date(2026, 3, day) for day in (1, 2, 3))
FEED = value("处理量", "feed")


def test_a_shift_row_is_placed_in_its_production_day(tmp_path: Path) -> None:
    rows = [["日期", "班次", "处理量"], [D1, "白班", 1], [D1, "中", 2], [D1, "夜班", 3], [D2, 1, 4]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), long_profile(FEED))
    assert [(v.stamp.starts_at, v.stamp.shift_no) for v in parsed.values] == [
        (datetime(2026, 3, 1, 8), 1),
        (datetime(2026, 3, 1, 16), 2),
        (datetime(2026, 3, 2, 0), 3),
        (datetime(2026, 3, 2, 8), 1),
    ]


def test_a_date_merged_over_three_shifts_holds_for_all_of_them(tmp_path: Path) -> None:
    rows = [["日期", "班次", "处理量"], ["2026-03-01", "白", 1], [None, "中", 2], [None, "夜", 3]]
    parsed = read(
        write(tmp_path / "a.xlsx", {"日报": rows}, merges=[("日报", "A2:A4", "2026-03-01")]), long_profile(FEED)
    )
    assert [v.stamp.shift_no for v in parsed.values] == [1, 2, 3]


def test_words_of_lines_and_shifts_are_mapped_and_unknown_ones_listed_all(tmp_path: Path) -> None:
    rows = [
        ["日期", "班次", "产线", "处理量"],
        [D1, "甲", "1 # 磨", 1],
        [D1, "丁", "1#磨", 2],
        [D1, "甲", "9#磨", 3],
        [None, "甲", "1#磨", 4],
        ["昨天", "甲", "1#磨", 5],
    ]
    profile = long_profile(Column(Role.LINE, ("产线",)), FEED, line="", lines={"1#磨": "G1"}, shifts={"甲": 1})
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), profile)
    assert [(v.line, v.scaled) for v in parsed.values] == [("G1", 100)]
    assert [(p.code, p.cell) for p in parsed.errors] == [
        ("shift_unknown", "B3"),
        ("line_unknown", "C4"),
        ("date_missing", "A5"),
        ("date_bad", "A6"),
    ]
    assert "1#磨" in parsed.errors[1].message


@pytest.mark.parametrize("place", [0, 1, 2])
def test_totals_rows_are_never_data_wherever_the_word_stands(tmp_path: Path, place: int) -> None:
    total = [D2, "白", "L1", 30]
    total[place] = "合  计"
    rows = [["日期", "班次", "产线", "处理量"], [D1, "白", "L1", 10], [D1, "中", "L1", 20], total]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), long_profile(Column(Role.LINE, ("产线",)), FEED, line=""))
    assert sum(v.scaled or 0 for v in parsed.values) == 3000
    assert only(parsed, "totals_skipped").row == 4
    assert parsed.ready


def test_a_total_that_does_not_fit_its_rows_is_told(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], [D1, 10], [D2, 20], ["小计", 31], [D3, 5], ["合计", 35], ["平均", 11.67]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED))
    assert only(parsed, "totals_differ").cell == "B4"


def test_a_sum_that_hides_among_the_data_is_refused(tmp_path: Path) -> None:
    rows = [["日期", "处理量", "电耗"], [D1, 10, 5], [D2, 20, 6], [D3, 30, 7], [date(2026, 3, 31), 60, 18]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED, value("电耗", "power")))
    error = only(parsed, "totals_as_data")
    assert (error.severity, error.row) == ("error", 5)
    rows[4][2] = 17
    assert read(write(tmp_path / "b.xlsx", {"日报": rows}), day_profile(FEED, value("电耗", "power"))).ready


def test_a_blank_keeps_and_an_explicit_mark_deletes(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], [D1, None], [D2, "删除"], [D3, 5]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED))
    assert [(v.stamp.day, v.scaled, v.delete) for v in parsed.values] == [(D2, None, True), (D3, 500, False)]


def test_the_same_slot_twice_in_one_sheet_is_an_error_with_both_places(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], [D1, 5], [D1, 6], [D2, 7], [D2, 7]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED))
    assert scaled(parsed) == {("feed", "2026-03-01"): 500, ("feed", "2026-03-02"): 700}
    assert only(parsed, "differ_twice").cell == "B3"
    assert only(parsed, "same_twice").cell == "B5"


def test_header_faults_are_all_told(tmp_path: Path) -> None:
    rows = [["日期", "处理量(t)", "处理量(t)", "心情"], [D1, 5, 6, "好"]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED, value("电耗", "power")))
    assert {(p.code, p.severity.value) for p in parsed.problems if p.code.startswith("column")} == {
        ("column_twice", "error"),
        ("column_missing", "error"),
        ("column_unknown", "note"),
    }
    assert "处理量(t)" in only(parsed, "column_missing").message


def test_two_level_headers_of_a_daily_table(tmp_path: Path) -> None:
    rows = [["日期", "一系列", None, "二系列", None], [None, "处理量", "电耗", "处理量", "电耗"], [D1, 1, 2, 3, 4]]
    columns = (
        value("一系列/处理量", "feed", line="A"),
        value("一系列/电耗", "power", line="A"),
        value("二系列/处理量", "feed", line="B"),
        value("二系列/电耗", "power", line="B"),
    )
    path = write(
        tmp_path / "a.xlsx",
        {"日报": rows},
        merges=[("日报", "A1:A2", "日期"), ("日报", "B1:C1", "一系列"), ("日报", "D1:E1", "二系列")],
    )
    parsed = read(path, day_profile(*columns, header_rows=2, line=""))
    assert {(v.line, v.series): v.scaled for v in parsed.values} == {
        ("A", "feed"): 100,
        ("A", "power"): 2,
        ("B", "feed"): 300,
        ("B", "power"): 4,
    }


def test_rows_of_another_month_are_asked_about(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], [date(2026, 2, 27), 5], [date(2026, 2, 28), 5], [D1, 6]]
    path = write(tmp_path / "a.xlsx", {"日报": rows})
    parsed = read(path, day_profile(FEED), expected=Period.month(2026, 3))
    assert "2 行" in only(parsed, "before_period").message
    assert scaled(parsed) == {("feed", "2026-03-01"): 600}
    assert (
        len(
            read(path, day_profile(FEED), expected=Period.month(2026, 3), answers={"before_period:日报": "keep"}).values
        )
        == 3
    )


def test_a_table_without_header_is_read_by_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("2026-03-01,x,5\n2026-03-02,y,6\n", "utf-8")
    columns = (Column(Role.STAMP, at="A"), Column(Role.VALUE, at="C", measure=value("", "feed").measure))
    assert scaled(read(path, day_profile(columns=columns))) == {
        ("feed", "2026-03-01"): 500,
        ("feed", "2026-03-02"): 600,
    }


def test_long_lists_of_one_fault_are_cut_with_a_count(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], *[[f"2026-03-{n:02d}", "停"] for n in range(1, 21)]]
    path = write(tmp_path / "a.xlsx", {"日报": rows})
    parsed = read(path, day_profile(FEED), limits=Limits(listed=5))
    assert len([p for p in parsed.problems if p.code == "text_in_value"]) == 5
    more = only(parsed, "more")
    assert "15 处" in more.message
    assert (more.severity, more.key, more.choices) == ("question", "all:text_in_value", ("skip",))
    answered = read(path, day_profile(FEED), limits=Limits(listed=5), answers={more.key: "skip"})
    assert answered.questions == ()


def test_problems_come_errors_first_then_by_place(tmp_path: Path) -> None:
    rows = [["日期", "处理量", "电耗"], [D1, "停", 5], ["坏", 3, 4], [D2, 6, "停"]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED, value("电耗", "power")))
    assert [(p.severity.value, p.cell) for p in parsed.problems] == [
        ("error", "A3"),
        ("question", "B2"),
        ("question", "C4"),
    ]
    assert codes(parsed) == {"date_bad", "text_in_value"}


def test_a_month_table_names_its_months_in_words(tmp_path: Path) -> None:
    rows = [["日期", "处理量"], ["2025年11月", 5], ["25.12", 6]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), day_profile(FEED, grain="month"))
    assert [(str(v.stamp.month), v.stamp.starts_at) for v in parsed.values] == [
        ("2025-11", datetime(2025, 11, 1, 8)),
        ("2025-12", datetime(2025, 12, 1, 8)),
    ]


def test_days_as_columns_follow_the_statistical_month(tmp_path: Path) -> None:
    from tests.exchange.books import calendar, form, item, months

    rows = [["项目", *range(1, 32)], ["处理量", *range(1, 32)]]
    profile = form(item("处理量", "feed"), sheets=months(), take=("actual.days",))
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile, calendar=calendar(month_first=26))
    found = scaled(parsed)
    assert found[("feed", "2025-03-26")] == 2600
    assert found[("feed", "2025-04-25")] == 2500
    assert len(found) == 31


def test_a_dry_run_sums_up_each_line_and_series(tmp_path: Path) -> None:
    rows = [["日期", "班次", "处理量"], [D1, "白", 1.5], [D1, "夜", 2], [D2, "白", "删除"]]
    (found,) = read(write(tmp_path / "a.xlsx", {"日报": rows}), long_profile(FEED)).values.summary()
    assert found == ("L1", "feed", 2, 1, datetime(2026, 3, 1, 8), datetime(2026, 3, 2, 16), 350)
