"""Small tables with a fixed header: found by their words, read cell by cell, every fault with its place."""

import gzip
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ronglu.exchange.problems import MacroFile, Severity, WrongType, ZipBomb
from ronglu.exchange.table import TableRead, read_table
from ronglu.exchange.template import write_template
from ronglu.kernel.table import Cell, Column, Fault, Mark, Table
from ronglu.kernel.time.period import Grain, Period
from tests.exchange.books import write

LINES = {"转炉线": 1, "R1": 1, "精炼线": 2}
PLANS = Table(
    code="plans",
    label="月计划",
    key=("line", "month"),
    columns=(
        Column(code="line", label="产线", cell=Cell.CHOICE, known=LINES, required=True, words=("生产线",)),
        Column(code="month", label="月份", cell=Cell.PERIOD, required=True),
        Column(code="value", label="计划值", cell=Cell.NUMBER, low=Decimal(0), deletes=True),
        Column(code="heats", label="炉数", cell=Cell.WHOLE),
        Column(code="on", label="下达日期", cell=Cell.DAY),
        Column(code="note", label="备注", longest=10),
    ),
    notes=("一行一条产线。",),
)
HEAD = ["产线", "月份", "计划值", "炉数", "下达日期", "备注"]


def read(tmp_path: Path, *rows: list[Any], head: list[Any] = HEAD, **more: Any) -> TableRead:
    return read_table(write(tmp_path / "a.xlsx", {"计划": [head, *rows]}, **more), PLANS)


def said(found: TableRead) -> list[tuple[str, str, str]]:
    return [(p.code, p.where, p.value) for p in found.problems]


def test_each_cell_comes_as_the_value_its_column_declares(tmp_path: Path) -> None:
    found = read(tmp_path, ["转炉线", "2026-03", 930.5, 12, datetime(2026, 2, 25), "停炉两天"])
    assert found.ready
    (row,) = found.rows
    assert dict(row.values) == {
        "line": 1, "month": Period.month(2026, 3), "value": Decimal("930.5"), "heats": 12, "on": date(2026, 2, 25),
        "note": "停炉两天",
    }  # fmt: skip
    assert (row.sheet, row.number) == ("计划", 1)


@pytest.mark.parametrize("text", ["2026-03", "2026年3月", "202603", "2026.3", datetime(2026, 3, 1), 202603])
def test_a_month_is_read_however_a_workbook_writes_it(tmp_path: Path, text: object) -> None:
    assert read(tmp_path, ["R1", text]).rows[0]["month"] == Period.month(2026, 3)


def test_a_date_inside_a_month_is_not_that_month(tmp_path: Path) -> None:
    assert said(read(tmp_path, ["R1", datetime(2026, 3, 14)])) == [("cell_period", "表 计划 · B2", "2026-03-14")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026年第一季度", Period.quarter(2026, 1)),
        ("2026-q3", Period.quarter(2026, 3)),
        ("2026年度", Period.year(2026)),
    ],
)
def test_quarters_and_years_are_read_where_they_are_allowed(tmp_path: Path, text: str, period: Period) -> None:
    column = Column(code="p", label="时段", cell=Cell.PERIOD, required=True, grains=(Grain.QUARTER, Grain.YEAR))
    table = Table(code="x", label="分数", key=("p",), columns=(column,))
    path = write(tmp_path / "b.xlsx", {"分": [["时段"], [text]]})
    assert read_table(path, table).rows[0]["p"] == period


def test_every_fault_is_told_with_sheet_row_and_column(tmp_path: Path) -> None:
    found = read(tmp_path, ["三号线", "三月", "多", 1.5, "昨天", "十个字放不下的备注很长"], ["", "2026-04", -1])
    assert said(found) == [
        ("cell_choice", "表 计划 · A2", "三号线"),
        ("cell_period", "表 计划 · B2", "三月"),
        ("cell_number", "表 计划 · C2", "多"),
        ("cell_whole", "表 计划 · D2", "1.5"),
        ("cell_day", "表 计划 · E2", "昨天"),
        ("cell_long", "表 计划 · F2", "十个字放不下的备注很长"),
        ("cell_blank", "表 计划 · A3", ""),
        ("cell_range", "表 计划 · C3", "-1"),
    ]
    assert found.problems[0].message == "“三号线”不认识。“产线”可填：转炉线、精炼线。"
    assert found.problems[-1].message == "“计划值”是 -1，应在 0 至 不限 之间。"


def test_blank_cells_and_dashes_are_nothing_and_a_mark_takes_away(tmp_path: Path) -> None:
    found = read(tmp_path, ["转炉线", "2026-03", "—", ""], ["精炼线", "2026-03", "删除"])
    assert [row["value"] for row in found.rows] == [None, Mark.DELETE]
    assert found.ready


def test_percent_cells_and_text_numbers_are_read_as_people_see_them(tmp_path: Path) -> None:
    found = read(tmp_path, ["R1", "2026-03", 0.845], ["R1", "2026-04", "84.5%"], ["R1", "2026-05", "１，２３４.5"],
                 formats={"计划!C2": "0.0%"})  # fmt: skip
    assert [row["value"] for row in found.rows] == [Decimal("84.500"), Decimal("84.5"), Decimal("1234.5")]


def test_a_formula_without_a_result_is_an_error_and_not_a_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "计划"
    book.active.append(HEAD)
    book.active.append(["R1", "2026-03", "=1+1"])
    book.save(tmp_path / "f.xlsx")
    assert said(read_table(tmp_path / "f.xlsx", PLANS))[0][:2] == ("cell_formula", "表 计划 · C2")


def test_the_header_may_stand_below_a_title_under_other_words_with_stars_and_units(tmp_path: Path) -> None:
    rows = [["2026 年计划"], [], ["月份*", "生产线 *", "计划值（t）", "预算"], ["2026-03", "R1", 5, "x"]]
    found = read_table(write(tmp_path / "a.xlsx", {"表一": rows}), PLANS)
    assert found.rows[0]["value"] == 5
    assert said(found) == [("table_unknown", "表 表一 · D3", "预算")]
    assert found.ready


def test_a_column_that_is_missing_or_stands_twice_stops_the_sheet(tmp_path: Path) -> None:
    found = read(tmp_path, ["R1", 1, 2], head=["产线", "计划值", "计划值"])
    assert said(found) == [("table_column", "表 计划 · 第 1 行", ""), ("table_twice", "表 计划 · C1", "计划值")]
    assert not found.rows


def test_without_a_header_the_message_names_what_should_be_there(tmp_path: Path) -> None:
    found = read_table(write(tmp_path / "a.xlsx", {"日报": [["日期", "处理量"], [1, 2]]}), PLANS)
    assert [p.message for p in found.problems] == [
        "没有找到“月计划”的表头。必有的列：产线、月份。表头应在前 10 行之内，请对照模板。"
    ]


def test_two_rows_of_one_key_are_refused_even_on_two_sheets(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {"上": [HEAD, ["转炉线", "2026-03", 1], ["R1", "2026-03", 2]], "下": [HEAD, ["R1", "2026-03", 3]]},
    )
    found = read_table(path, PLANS)
    assert said(found) == [
        ("row_twice", "表 上 · 第 3 行", "产线、月份相同"),
        ("row_twice", "表 下 · 第 2 行", "产线、月份相同"),
    ]
    assert found.problems[1].message == "这一行与第 上 第 2 行说的是同一件事（产线、月份相同），请只留一行。"


def test_totals_and_hidden_rows_are_told_and_not_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (HEAD, ["R1", "2026-03", 1], ["R1", "2026-04", 2], ["合计", "", 3]):
        page.append(row)
    page.row_dimensions[3].hidden = True
    book.save(tmp_path / "h.xlsx")
    found = read_table(tmp_path / "h.xlsx", PLANS)
    assert [row["month"] for row in found.rows] == [Period.month(2026, 3)]
    assert sorted(p.code for p in found.problems) == ["hidden_rows", "table_total"]
    assert all(p.severity is Severity.NOTE for p in found.problems)


def test_a_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {"计划": [HEAD, ["转炉线", "2026-03", 1], ["", "2026-04", 2]]},
        merges=[("计划", "A2:A3", "转炉线")],
    )
    assert [row["line"] for row in read_table(path, PLANS).rows] == [1, 1]


def test_a_table_about_persons_refuses_columns_it_does_not_know(tmp_path: Path) -> None:
    table = Table(code="x", label="账号", key=("no",), columns=(Column(code="no", label="工号", required=True),),
                  refuses_unknown=True)  # fmt: skip
    path = write(tmp_path / "a.xlsx", {"人": [["工号", "身份证号"], ["001", "x"]]})
    found = read_table(path, table)
    assert (said(found), found.rows) == ([("table_refused", "表 人 · B1", "身份证号")], [])


def test_staff_numbers_that_became_numbers_are_read_as_written(tmp_path: Path) -> None:
    table = Table(code="x", label="账号", key=("no",), columns=(Column(code="no", label="工号", required=True),))
    path = write(tmp_path / "a.xlsx", {"人": [["工号"], [20101.0], ["00102"], [20103]]})
    assert [row["no"] for row in read_table(path, table).rows] == ["20101", "00102", "20103"]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz"])
def test_plain_text_tables_come_through_the_same_door(tmp_path: Path, suffix: str) -> None:
    text = "产线,月份,计划值\r\nR1,2026-03,930\r\n".encode("gb18030")
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(gzip.compress(text) if suffix.endswith("gz") else text)
    assert read_table(path, PLANS).rows[0]["value"] == 930


def test_what_may_not_be_opened_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    with pytest.raises(WrongType, match="PDF"):
        read_table(tmp_path / "a.xlsx", PLANS)
    assert ZipBomb.code != MacroFile.code


def test_a_fault_found_by_a_verb_gets_the_cell_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, ["R1", "2026-03", 1])
    (made,) = found.faults([Fault(found.rows[0], "value", "比去年少一半", note=True)])
    assert (made.code, made.cell, made.message, made.severity) == ("row_note", "C2", "比去年少一半", Severity.NOTE)


def test_the_template_is_read_back_empty_and_lists_what_is_allowed(tmp_path: Path) -> None:
    write_template(PLANS, tmp_path / "t.xlsx")
    assert [p.code for p in read_table(tmp_path / "t.xlsx", PLANS).problems] == ["table_empty"]
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [cell.value for cell in book["月计划"][1]] == ["产线*", "月份*", "计划值", "炉数", "下达日期", "备注"]
    assert [row[0].value for row in book["可填的值"].rows] == ["产线", "转炉线", "精炼线"]
    assert "一行一条产线。" in [row[0].value for row in book["填写说明"].rows]
    (rule,) = book["月计划"].data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("A2:A1001", "'可填的值'!$A$2:$A$3")


def test_a_filled_template_is_read_without_a_fault(tmp_path: Path) -> None:
    write_template(PLANS, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for cell, value in zip("ABC", ("精炼线", "2026-03", 7), strict=True):
        book["月计划"][f"{cell}2"] = value
    book.save(tmp_path / "t.xlsx")
    found = read_table(tmp_path / "t.xlsx", PLANS)
    assert (said(found), found.rows[0]["line"]) == ([], 2)
