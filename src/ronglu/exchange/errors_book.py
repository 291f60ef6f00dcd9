"""Writes the error workbook: the rows of the file as they were, the faulty cells marked, the sentence beside the row."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from ronglu.exchange.guard import Checked, check
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import Problem, Severity
from ronglu.exchange.sandbox import Sheet, read_file

COLOURS = {Severity.ERROR: "#FFD8D2", Severity.QUESTION: "#FFE9A8", Severity.NOTE: "#EDEDED"}
NAMES = {Severity.ERROR: "错误", Severity.QUESTION: "待定", Severity.NOTE: "提示"}
SUMMARY = "问题清单"


def write_errors(
    path: str | Path | Checked,
    problems: Iterable[Problem],
    out: str | Path | BinaryIO,
    *,
    sheets: Iterable[str] = (),
    faulty_only: bool = False,
    limits: Limits = Limits(),
) -> None:
    """`sheets` are those that were read (Parsed.sheets). `faulty_only` keeps the first 20 rows and the rows with a problem."""
    import xlsxwriter

    checked = path if isinstance(path, Checked) else check(path, limits=limits)
    wanted = [name.strip() for name in sheets]
    read = read_file(checked, select={"names": wanted, "hidden": wanted} if wanted else {}, limits=limits)
    problems = list(problems)
    with xlsxwriter.Workbook(
        out,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "in_memory": True,
            "default_date_format": "yyyy-mm-dd hh:mm",
        },
    ) as book:
        _summary(book, problems)
        for sheet in read.sheets:
            if sheet.rows:
                _sheet(book, sheet, [p for p in problems if p.sheet == sheet.name], faulty_only)


def _summary(book: Any, problems: list[Problem]) -> None:
    page = book.add_worksheet(SUMMARY)
    bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate((("级别", 8), ("表", 16), ("位置", 10), ("原值", 24), ("说明", 90))):
        page.write_string(0, column, title, bold)
        page.set_column(column, column, width)
    for row, item in enumerate(problems, 1):
        for column, text in enumerate(
            (
                NAMES[item.severity],
                item.sheet,
                item.cell or (f"第 {item.row} 行" if item.row else item.column),
                item.value,
                item.message,
            )
        ):
            page.write_string(row, column, text, wrap)
    page.freeze_panes(1, 0)


def _sheet(book: Any, sheet: Sheet, problems: list[Problem], faulty_only: bool) -> None:
    page = book.add_worksheet(_safe(sheet.name, {p.get_name() for p in book.worksheets()}))
    marks = {severity: book.add_format({"bg_color": colour}) for severity, colour in COLOURS.items()}
    dated = {
        severity: book.add_format({"bg_color": colour, "num_format": "yyyy-mm-dd hh:mm"})
        for severity, colour in COLOURS.items()
    }
    cells = {(p.row - 1, p.column): p for p in reversed(problems) if p.row and p.column}
    rows: dict[int, list[Problem]] = {}
    for item in problems:
        if item.row:
            rows.setdefault(item.row - 1, []).append(item)
    width = max(map(len, sheet.rows or []), default=0)
    from ronglu.exchange.problems import letter

    letters = [letter(column) for column in range(width)]
    for number, row in enumerate(sheet.rows or []):
        if faulty_only and number >= 20 and number not in rows:
            continue
        for column, value in enumerate(row):
            found = cells.get((number, letters[column]))
            if found is None:
                _write(page, number, column, value, None)
            else:
                _write(
                    page,
                    number,
                    column,
                    value,
                    (dated if isinstance(value, date | datetime) else marks)[found.severity],
                )
        if number in rows:
            page.write_string(
                number,
                width + 1,
                ";".join(f"{p.column}:{p.message}" if p.column else p.message for p in rows[number])[:32_000],
            )
    for first, last in ((a, b) for a, b in sheet.scan.hidden_rows if b - a < 10_000):
        for number in range(first, last + 1):
            page.set_row(number, None, None, {"hidden": True})
    page.set_column(width + 1, width + 1, 70)


def _write(page: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, style)
    elif isinstance(value, date | datetime | time | timedelta):
        page.write_datetime(row, column, value, style)
    elif value != "":
        page.write_string(row, column, str(value)[:32_767], style)
    elif style is not None:
        page.write_blank(row, column, None, style)


def _safe(name: str, taken: Iterable[str]) -> str:
    """Sheet names are at most 31 letters, without some signs, and once."""
    clean = "".join("_" if char in "[]:*?/\\" else char for char in name).strip("'")[:31] or "表"
    lower = {other.lower() for other in taken}
    number = 2
    base = clean
    while clean.lower() in lower:
        clean = f"{base[:28]}_{number}"
        number += 1
    return clean
