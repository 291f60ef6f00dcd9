"""A workbook to take away: sheets of plain rows with a bold head that stays and repeats on paper."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import FileResponse

WIDEST = 40


CHART = {"x_scale": 1.9, "y_scale": 1.4}


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of the sheet beside its rows: the first column names the places, `kinds` says how each further one is drawn."""

    title: str
    unit: str
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]
    plot: Plot | None = None


def workbook_of(sheets: Iterable[Sheet], *, name: str) -> FileResponse:
    """Texts stay texts: a staff number 00123 keeps its zeros, and nothing typed by anybody becomes a formula."""
    import xlsxwriter

    stream = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, plain) as book:
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for one in sheets:
            page = book.add_worksheet(one.name[:31])
            last = _fill(page, one, bold, day)
            if one.plot and last:
                _draw(book, page, one, one.plot, last)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name)


def _fill(page: Any, sheet: Sheet, bold: Any, day: Any) -> int:
    """The number of the last row, 0 where there is none."""
    widths, number = [width(head) for head in sheet.heads], 0
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, bold)
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(number, column, value, day)
            elif value is not None:
                page.write(number, column, value)
            widths[column] = max(widths[column], width(value))
    for column, wide in enumerate(widths):
        page.set_column(column, column, min(wide, WIDEST))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    return number


def _draw(book: Any, page: Any, sheet: Sheet, plot: Plot, last: int) -> None:
    """A chart of Excel's own, over the cells themselves; columns and lines share their axes, a missing cell is a gap."""
    charts: dict[str, Any] = {}
    for column, kind in enumerate(plot.kinds, 1):
        chart = charts.setdefault(kind, book.add_chart({"type": kind}))
        chart.add_series({
            "name": [sheet.name[:31], 0, column],
            "categories": [sheet.name[:31], 1, 0, last, 0],
            "values": [sheet.name[:31], 1, column, last, column],
        })  # fmt: skip
    first, *rest = charts.values()
    for other in rest:
        first.combine(other)
    first.set_title({"name": plot.title})
    first.set_y_axis({"name": plot.unit})
    first.show_blanks_as("gap")
    page.insert_chart(1, len(sheet.heads) + 1, first, CHART)


def width(value: Any) -> int:
    """A Chinese character is as wide as two digits."""
    return 2 + sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(value if value is not None else ""))
