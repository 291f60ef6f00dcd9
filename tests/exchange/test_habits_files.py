"""Habits 28–31: formulas, formats, names of people."""

import csv
import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from ronglu.exchange.keep import clean_copy
from ronglu.exchange.profile import Column, Role
from ronglu.kernel.time.stamp import StampMode
from tests.exchange.books import codes, day_profile, only, read, scaled, value, write

FEED = day_profile(value("处理量", "feed"))


def linked_book(path: Path) -> Path:
    """One plain formula, one into another workbook; values cached."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("日报")
        page.write_row(0, 0, ["日期", "处理量"])
        page.write_string(1, 0, "2026-03-01")
        page.write_formula(1, 1, "=50+50", None, 100)
        page.write_string(2, 0, "2026-03-02")
        page.write_formula(2, 1, "=[1]Sheet1!B3", None, 120)
    return path


def test_habit_28_cached_values_are_read_and_linked_ones_are_marked(tmp_path: Path) -> None:
    parsed = read(linked_book(tmp_path / "a.xlsx"), FEED)
    assert [(v.scaled, v.linked) for v in parsed.values] == [(10000, False), (12000, True)]
    assert "1 个数" in only(parsed, "linked").message
    assert parsed.ready


def test_habit_29_a_formula_without_cached_value_is_never_zero(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "日报"
    for row in (["日期", "处理量"], ["2026-03-01", 100], ["2026-03-02", "=B2*2"]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    parsed = read(tmp_path / "a.xlsx", FEED)
    assert scaled(parsed) == {("feed", "2026-03-01"): 10000}
    asked = only(parsed, "formula_uncached")
    assert (asked.severity, asked.cell) == ("question", "B3")
    assert "原文件" in asked.message


def test_habit_30_xls_is_read_beside_xlsx(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("日报")
    for row, cells in enumerate((("日期", "处理量"), (datetime(2026, 3, 1), 100.5), (datetime(2026, 3, 2), 7))):
        for column, content in enumerate(cells):
            page.write(
                row,
                column,
                content,
                xlwt.easyxf(num_format_str="yyyy-mm-dd") if isinstance(content, datetime) else xlwt.Style.default_style,
            )
    page.row(2).hidden = True
    book.add_sheet("藏").visibility = 1
    book.save(str(tmp_path / "a.xls"))
    parsed = read(tmp_path / "a.xls", FEED)
    assert parsed.kind == "xls"
    assert scaled(parsed) == {("feed", "2026-03-01"): 10050}
    assert [p.code for p in parsed.hidden_parts] == ["hidden_sheet", "hidden_rows"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_habit_30_csv_in_its_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(["日期,处理量", '2026-03-01,"1,234.5"', "2026-03-02,8", ""]).encode(encoding))
    assert scaled(read(path, FEED)) == {("feed", "2026-03-01"): 123450, ("feed", "2026-03-02"): 800}


def csv_file(path: Path, *labels: str, packed: bool = False) -> Path:
    rows = [["日期", "处理量"], *([label, str(n)] for n, label in enumerate(labels, 1))]
    with (
        gzip.open(path, "wt", encoding="utf-8", newline="")
        if packed
        else path.open("w", encoding="utf-8", newline="") as out
    ):
        csv.writer(out).writerows(rows)
    return path


@pytest.mark.parametrize(
    ("labels", "first"),
    [
        (("03/04/2025", "25/04/2025"), date(2025, 4, 3)),
        (("03/04/2025", "03/25/2025"), date(2025, 3, 4)),
        (("2025-04-03", "2025-04-12"), date(2025, 4, 3)),
        (("2025年4月3日", "2025年4月12日"), date(2025, 4, 3)),
        (("20250403", "20250412"), date(2025, 4, 3)),
    ],
)
def test_habit_30_the_order_of_dates_is_settled_by_the_column(
    tmp_path: Path, labels: tuple[str, ...], first: date
) -> None:
    parsed = read(csv_file(tmp_path / "a.csv.gz", *labels, packed=True), FEED)
    assert next(v.stamp.day for v in parsed.values) == first
    assert parsed.ready


def test_habit_30_an_ambiguous_order_is_asked_not_guessed(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "03/04/2025", "05/04/2025")
    parsed = read(path, FEED)
    asked = only(parsed, "date_order")
    assert (asked.choices, len(parsed.values)) == (("dmy", "mdy"), 0)
    assert "2025-04-03" in asked.message
    assert "2025-03-04" in asked.message
    assert [v.stamp.day for v in read(path, FEED, answers={asked.key: "dmy"}).values] == [
        date(2025, 4, 3),
        date(2025, 4, 5),
    ]
    setting = day_profile(value("处理量", "feed"), date_order="mdy")
    assert [v.stamp.day for v in read(path, setting).values] == [date(2025, 3, 4), date(2025, 5, 4)]


def test_habit_30_two_orders_in_one_column_are_refused(tmp_path: Path) -> None:
    parsed = read(csv_file(tmp_path / "a.csv", "25/04/2025", "04/26/2025"), FEED)
    assert only(parsed, "date_order_mixed").severity == "error"


@pytest.mark.parametrize(
    ("mode", "label", "starts", "ends"),
    [
        (StampMode.OPENS, "2026-03-02 00:00", datetime(2026, 3, 2, 0), datetime(2026, 3, 2, 1)),
        (StampMode.CLOSES, "2026-03-02 00:00", datetime(2026, 3, 1, 23), datetime(2026, 3, 2, 0)),
        (StampMode.CLOSES_24, "2026-03-02 00:00", datetime(2026, 3, 2, 23), datetime(2026, 3, 3, 0)),
        (StampMode.CLOSES, "2026-03-01 23:59:59", datetime(2026, 3, 1, 23), datetime(2026, 3, 2, 0)),
        (StampMode.CLOSES, "2026-03-01 24:00", datetime(2026, 3, 1, 23), datetime(2026, 3, 2, 0)),
        (StampMode.INSTANT, "2026-03-02 00:00", datetime(2026, 3, 2, 0), datetime(2026, 3, 2, 0)),
    ],
)
def test_habit_30_the_source_says_whether_a_stamp_opens_or_closes(
    tmp_path: Path, mode: StampMode, label: str, starts: datetime, ends: datetime
) -> None:
    profile = day_profile(value("处理量", "feed"), grain="hour", interval_minutes=60, stamp=mode)
    (found,) = read(csv_file(tmp_path / "a.csv", label), profile).values
    assert (found.stamp.starts_at, found.stamp.ends_at) == (starts, ends)


def test_habit_30_dates_as_bare_serials_and_a_clock_column(tmp_path: Path) -> None:
    rows = [["日期", "钟点", "处理量"], [46082.0, "8:30", 5], [46082.0, 0.5, 6]]  # 46,082 days after 1899-12-30
    columns = (Column(Role.STAMP, ("日期",)), Column(Role.CLOCK, ("钟点",)), value("处理量", "feed"))
    parsed = read(
        write(tmp_path / "a.xlsx", {"日报": rows}),
        day_profile(grain="instant", stamp=StampMode.INSTANT, columns=columns),
    )
    assert [v.stamp.starts_at for v in parsed.values] == [datetime(2026, 3, 1, 8, 30), datetime(2026, 3, 1, 12)]


def test_habit_31_names_in_properties_and_comments_are_neither_read_nor_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"author": "某某甲", "company": "某某公司", "comments": "某某路径"})
        book.set_custom_property("owner", "某某乙")
        page = book.add_worksheet("日报")
        page.write_row(0, 0, ["日期", "处理量"])
        page.write_row(1, 0, ["2026-03-01", 5])
        page.write_comment("B2", "某某丙说的", {"author": "某某丁"})
    parsed = read(path, FEED)
    assert "某某" not in repr(parsed)

    assert clean_copy(path, tmp_path / "kept.xlsx")
    with zipfile.ZipFile(tmp_path / "kept.xlsx") as pack:
        text = b"".join(pack.read(name) for name in pack.namelist()).decode("utf-8", "ignore")
    assert "某某" not in text
    assert scaled(read(tmp_path / "kept.xlsx", FEED)) == {("feed", "2026-03-01"): 500}
    assert openpyxl.load_workbook(tmp_path / "kept.xlsx")["日报"]["B2"].value == 5


def test_habit_31_the_target_of_a_link_is_not_kept(tmp_path: Path) -> None:
    original, kept = linked_book(tmp_path / "a.xlsx"), tmp_path / "kept.xlsx"
    with zipfile.ZipFile(original, "a") as pack:
        pack.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        pack.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships><Relationship Id="rId1" Target="file:///C:/Users/mouren/1.xlsx" TargetMode="External"/></Relationships>',
        )
    assert "links" in codes(read(original, FEED))
    assert "mouren" not in repr(read(original, FEED))
    clean_copy(original, kept)
    assert b"mouren" not in zipfile.ZipFile(kept).read("xl/externalLinks/_rels/externalLink1.xml.rels")
