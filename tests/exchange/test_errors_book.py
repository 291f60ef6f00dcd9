"""The error workbook: the rows as they were, the cells marked, the sentence beside them."""

from datetime import date, datetime
from pathlib import Path

import openpyxl

from ronglu.exchange.errors_book import SUMMARY, write_errors
from tests.exchange.books import day_profile, read, value, write

PROFILE = day_profile(value("处理量", "feed"), value("电耗", "power"))


def test_faulty_cells_are_marked_and_the_message_stands_beside_the_row(tmp_path: Path) -> None:
    rows = [["日期", "处理量", "电耗"], [date(2026, 3, 1), 5, 6], [date(2026, 3, 2), "停产", "=cmd()"], ["昨天", 7, 8]]
    path = write(tmp_path / "a.xlsx", {"日报": rows, "备用": [["日期", "处理量", "电耗"], [date(2026, 4, 1), 1, 2]]})
    parsed = read(path, PROFILE)
    write_errors(path, parsed.problems, tmp_path / "out.xlsx", sheets=parsed.sheets)

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == [SUMMARY, "日报", "备用"]
    page = book["日报"]
    assert (page["A2"].value, page["B2"].value, page["A4"].value, page["B4"].value) == (
        datetime(2026, 3, 1),
        5,
        "昨天",
        7,
    )
    assert page["C3"].value == "=cmd()"
    assert page["C3"].data_type == "s", "a text that looks like a formula stays text"
    assert page["B3"].fill.fgColor.rgb == "FFFFE9A8"
    assert page["A4"].fill.fgColor.rgb == "FFFFD8D2"
    assert page["B2"].fill.fgColor.rgb == "00000000"
    assert "不是日期" in page["E4"].value
    assert page["E2"].value is None
    listed = [[cell.value for cell in row] for row in book[SUMMARY].iter_rows(min_row=2)]
    assert [row[:3] for row in listed] == [["错误", "日报", "A4"], ["待定", "日报", "B3"], ["待定", "日报", "C3"]]


def test_only_the_faulty_rows_of_a_long_file_when_asked(tmp_path: Path) -> None:
    rows = [["日期", "处理量", "电耗"], *[[f"2026-03-{n % 28 + 1:02d} ", n, n] for n in range(100)]]
    rows[80][1] = "坏"
    path = write(tmp_path / "a.xlsx", {"日报": rows})
    parsed = read(path, PROFILE)
    bad = [p for p in parsed.problems if p.code == "text_in_value"]
    write_errors(path, bad, tmp_path / "out.xlsx", sheets=parsed.sheets, faulty_only=True)
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["日报"]
    assert page["B81"].value == "坏"
    assert page["B60"].value is None
    assert page["B10"].value == 8
