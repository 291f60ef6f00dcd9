"""Habits 1–6: where the table is."""

from datetime import date
from pathlib import Path

import xlsxwriter

from ronglu.exchange.profile import Column, Role, SheetRule
from ronglu.exchange.suggest import preview
from tests.exchange.books import codes, day_profile, form, item, long_profile, months, only, read, scaled, value, write


def test_habit_01_the_header_is_found_by_its_words_and_the_table_ends_at_the_signatures(tmp_path: Path) -> None:
    table = [
        ["选矿厂生产日报"],
        ["表号:统计-3"],
        ["编制单位:选矿车间", None, "单位:吨"],
        ["日期", "班次", "处理量"],
        [date(2026, 3, 1), "白班", 100],
        [date(2026, 3, 1), "中班", 120],
        ["制表:周统计员", None, "审核:李班长"],
        ["报出日期", date(2026, 3, 2), 7],
    ]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": table}), long_profile(value("处理量", "feed")))
    assert [(v.stamp.shift_no, v.scaled, v.cell) for v in parsed.values] == [(1, 10000, "C5"), (2, 12000, "C6")]
    assert not parsed.errors


def test_habit_01_data_below_the_signatures_is_not_read_silently(tmp_path: Path) -> None:
    table = [["日期", "处理量"], [date(2026, 3, 1), 100], ["审核:", None], [date(2026, 3, 2), 120]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": table}), day_profile(value("处理量", "feed")))
    assert len(parsed.values) == 1
    assert only(parsed, "rows_after_stop").row == 3


def test_habit_02_the_role_of_a_column_is_built_from_both_header_levels(tmp_path: Path) -> None:
    rows = [
        ["项目", "单位", "本年实际", None, "上年同期", None],
        [None, None, "本月", "累计", "本月", "累计"],
        ["处理量", "t", 10, 40, 9, 35],
    ]
    merges = [
        ("25.4", "A1:A2", "项目"),
        ("25.4", "B1:B2", "单位"),
        ("25.4", "C1:D1", "本年实际"),
        ("25.4", "E1:F1", "上年同期"),
    ]
    path = write(tmp_path / "a.xlsx", {"25.4": rows}, merges=merges)
    parsed = read(path, form(item("处理量", "feed"), sheets=months("25.4")))
    assert [(f.group, f.span, f.period, f.scaled) for f in parsed.figures] == [
        ("actual", "month", "2025-04", 1000),
        ("actual", "ytd", "2025-04", 4000),
        ("last", "month", "2024-04", 900),
        ("last", "ytd", "2024-04", 3500),
    ]
    assert [(v.series, str(v.stamp.month), v.scaled) for v in parsed.values] == [("feed", "2025-04", 1000)]


def test_habit_03_the_order_of_the_groups_comes_from_the_words_only(tmp_path: Path) -> None:
    ours = [
        ["项目", "本年实际", None, "上年同期", None],
        [None, "本月", "累计", "本月", "累计"],
        ["处理量", 10, 40, 9, 35],
    ]
    theirs = [
        ["项目", "上年同期", None, "本年实际", None],
        [None, "本月", "累计", "本月", "累计"],
        ["处理量", 9, 35, 10, 40],
    ]
    for number, (rows, names) in enumerate(((ours, ("本年实际", "上年同期")), (theirs, ("上年同期", "本年实际")))):
        merges = [("25.4", "B1:C1", names[0]), ("25.4", "D1:E1", names[1])]
        parsed = read(
            write(tmp_path / f"{number}.xlsx", {"25.4": rows}, merges=merges),
            form(item("处理量", "feed"), sheets=months("25.4")),
        )
        assert [v.scaled for v in parsed.values] == [1000]
        assert {(f.group, f.span): f.scaled for f in parsed.figures} == {
            ("actual", "month"): 1000,
            ("actual", "ytd"): 4000,
            ("last", "month"): 900,
            ("last", "ytd"): 3500,
        }


def test_habit_04_spellings_are_synonyms_and_an_unknown_word_is_reported(tmp_path: Path) -> None:
    rows = [["指标名称", "本月实际", "本年累计", "上年同期", "上年累计", "奋斗值"], ["处理量", 10, 40, 9, 35, 99]]
    profile = form(item("处理量", "feed"), sheets=months("25.4"))
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile)
    assert {(f.group, f.span): f.scaled for f in parsed.figures} == {
        ("actual", "month"): 1000,
        ("actual", "ytd"): 4000,
        ("last", "month"): 900,
        ("last", "ytd"): 3500,
    }
    unknown = only(parsed, "word_unknown")
    assert (unknown.severity, unknown.sheet, unknown.cell, unknown.value) == ("question", "25.4", "F1", "奋斗值")
    assert not parsed.ready


def test_habit_04_a_profile_adds_its_own_synonyms(tmp_path: Path) -> None:
    rows = [["项目", "本期数"], ["处理量", 10]]
    path = write(tmp_path / "a.xlsx", {"25.4": rows})
    assert len(read(path, form(item("处理量", "feed"), sheets=months("25.4"))).values) == 0
    parsed = read(
        path, form(item("处理量", "feed"), sheets=months("25.4"), synonyms={"both.actual.month": ("本期数",)})
    )
    assert [v.scaled for v in parsed.values] == [1000]


def hidden_book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("日报")
        page.write_row(0, 0, ["日期", "处理量", "电耗"])
        for day in (1, 2, 3):
            page.write_row(day, 0, [f"2026-03-0{day}", 100 * day, 5 * day])
        page.set_row(2, None, None, {"hidden": True})
        page.set_column("C:C", None, None, {"hidden": True})
        other = book.add_worksheet("旧数")
        other.write_row(0, 0, ["日期", "处理量"])
        other.write_row(1, 0, ["2026-02-01", 7])
        other.hide()
        wide = book.add_format({"bg_color": "#FF0000"})
        for column in range(3, 300):  # coloured, empty: no used cells
            page.write_blank(0, column, None, wide)
    return path


def test_habit_05_hidden_parts_are_shown_and_read_only_when_chosen(tmp_path: Path) -> None:
    path = hidden_book(tmp_path / "a.xlsx")
    profile = day_profile(
        value("处理量", "feed"), Column(Role.VALUE, ("电耗",), required=False, measure=value("", "power").measure)
    )
    parsed = read(path, profile)
    assert [(p.code, p.sheet, p.value) for p in parsed.hidden_parts] == [
        ("hidden_sheet", "旧数", "旧数"),
        ("hidden_rows", "日报", "3"),
        ("hidden_columns", "日报", "C"),
    ]
    assert scaled(parsed) == {("feed", "2026-03-01"): 10000, ("feed", "2026-03-03"): 30000}
    assert parsed.ready

    chosen = {"hidden_rows:日报": "import", "hidden_columns:日报": "import", "hidden_sheet:旧数": "import"}
    everything = scaled(read(path, profile, answers=chosen))
    assert everything[("feed", "2026-03-02")] == 20000
    assert everything[("power", "2026-03-01")] == 5
    assert everything[("feed", "2026-02-01")] == 700


def test_habit_05_the_used_cells_count_not_the_declared_size(tmp_path: Path) -> None:
    shown = preview(hidden_book(tmp_path / "a.xlsx"))
    assert ("日报", "visible", 4, 3) in shown.sheets
    assert shown.letters == ("A", "B", "C")


def test_habit_06_the_template_picks_the_sheets_and_empty_ones_do_not_disturb(tmp_path: Path) -> None:
    table = [["日期", "处理量"], [date(2026, 3, 1), 100]]
    path = write(tmp_path / "a.xlsx", {"Sheet3": [], "日报": table, "Sheet1": []})
    everything = read(path, day_profile(value("处理量", "feed")))
    assert [p.sheet for p in everything.notes if p.code == "sheet_empty"] == ["Sheet3", "Sheet1"]
    assert everything.ready
    picked = read(path, day_profile(value("处理量", "feed"), sheets=SheetRule(names=("日报",))))
    assert picked.sheets == ("日报",)
    assert "sheet_empty" not in codes(picked)


def test_habit_06_the_same_figure_met_twice_is_compared_not_added(tmp_path: Path) -> None:
    table = [["日期", "处理量"], [date(2026, 3, 1), 100], [date(2026, 3, 2), 120]]
    help_table = [["日期", "处理量"], [date(2026, 3, 1), 100], [date(2026, 3, 2), 125]]
    parsed = read(write(tmp_path / "a.xlsx", {"日报": table, "辅助": help_table}), day_profile(value("处理量", "feed")))
    assert scaled(parsed) == {("feed", "2026-03-01"): 10000, ("feed", "2026-03-02"): 12000}
    assert len(parsed.values) == 2
    assert (only(parsed, "same_twice").sheet, only(parsed, "same_twice").cell) == ("辅助", "B2")
    differ = only(parsed, "differ_twice")
    assert (differ.severity, differ.cell, differ.value) == ("error", "B3", "125")
    assert "日报!B3" in differ.message
    assert "120" in differ.message


def test_habit_06_the_user_leaves_a_sheet_out(tmp_path: Path) -> None:
    table = [["日期", "处理量"], [date(2026, 3, 1), 100]]
    path = write(tmp_path / "a.xlsx", {"日报": table, "说明": [["这里没有表"], ["只有字"]]})
    assert only(read(path, day_profile(value("处理量", "feed"))), "header_missing").sheet == "说明"
    assert read(path, day_profile(value("处理量", "feed")), answers={"sheet:说明": "skip"}).ready
