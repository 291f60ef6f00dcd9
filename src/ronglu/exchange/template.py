"""Writes the workbook that a person fills in: the header, drop-down lists of what is allowed, and a sheet that explains."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ronglu.exchange.table import GUIDE, LISTS
from ronglu.kernel.table import Cell, Column, Table

ROWS = 1000  # as far down as the drop-down lists go


def write_template(table: Table, out: str | Path | BinaryIO) -> None:
    """Required columns carry a star. The allowed values stand on a sheet of their own: a list in a cell holds 255 letters."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page, guide = book.add_worksheet(table.label[:31]), book.add_worksheet(GUIDE)
        _header(book, page, table.columns)
        _guide(book, guide, table)
        _lists(book, page, table.columns)


def _header(book: Any, page: Any, columns: Sequence[Column]) -> None:
    must = book.add_format({"bold": True, "bottom": 1, "bg_color": "#FFE9A8"})
    may = book.add_format({"bold": True, "bottom": 1})
    formats = {
        Cell.TEXT: book.add_format({"num_format": "@"}),
        Cell.PERIOD: book.add_format({"num_format": "@"}),  # else the workbook makes a date of 2026-03
        Cell.CHOICE: book.add_format({"num_format": "@"}),
        Cell.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for index, column in enumerate(columns):
        page.set_column(index, index, max(10, 2 * len(column.label) + 4), formats.get(column.cell))
        page.write_string(0, index, f"{column.label}{'*' if column.required else ''}", must if column.required else may)
    page.freeze_panes(1, 0)


def _guide(book: Any, page: Any, table: Table) -> None:
    bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    notes = ["带 * 的列必填。空着的格不改原有的数。同一份文件导入第二次，不会再改任何数。", *table.notes]
    for number, note in enumerate(notes):
        page.merge_range(number, 0, number, 4, note, wrap)
    top = len(notes) + 1
    for index, (title, width) in enumerate((("列", 18), ("必填", 6), ("填什么", 10), ("说明", 60), ("例", 24))):
        page.write_string(top, index, title, bold)
        page.set_column(index, index, width)
    for number, column in enumerate(table.columns, top + 1):
        said = (column.label, "是" if column.required else "", column.cell.label, _says(column), column.example)
        for index, text in enumerate(said):
            page.write_string(number, index, text, wrap)


def _says(column: Column) -> str:
    also = f"也认：{'、'.join(column.words)}。" if column.words else ""
    gone = "填“删除”去掉原有的数。" if column.deletes else ""
    return f"{column.help}{gone}{also}"


def _lists(book: Any, page: Any, columns: Sequence[Column]) -> None:
    chosen = [(index, column) for index, column in enumerate(columns) if column.allowed]
    if not chosen:
        return
    lists = book.add_worksheet(LISTS)
    for place, (index, column) in enumerate(chosen):
        lists.write_string(0, place, column.label)
        lists.set_column(place, place, 24)
        for number, word in enumerate(column.allowed, 1):
            lists.write_string(number, place, word)
        letter = chr(65 + place)
        source = f"='{LISTS}'!${letter}$2:${letter}${len(column.allowed) + 1}"
        # a name that is not in the list is told by the import, with the cell; the workbook only helps
        page.data_validation(
            1, index, ROWS, index, {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
        )
