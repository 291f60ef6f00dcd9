"""Workbooks to try the import by hand: one that reads clean and brings two new days, one with every common error."""

import datetime as dt
from pathlib import Path
from typing import Any

from ronglu.cli.demo import books
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import THIS_MONTH

CLEAN = "试导入-正确.xlsx"
WRONG = "试导入-有错.xlsx"


def write(crowd: Crowd, folder: Path) -> tuple[Path, Path]:
    """Both are the running month of the first plant's second workshop; its last two days are not imported yet."""
    workshop = crowd.made.plan.workshops[-1]
    table = books.rows(crowd.made, workshop, THIS_MONTH.yyyymm)
    sheet = f"{THIS_MONTH.first.month}月"
    return (
        books.write(folder / CLEAN, {sheet: table}),
        books.write(folder / WRONG, {sheet: _spoiled(table)}),
    )


def _spoiled(table: list[list[Any]]) -> list[list[Any]]:
    """What goes wrong in such files: words for numbers, wrong lines and shifts, a day of another month, a total, a repeat."""
    rows = [list(row) for row in table]
    rows[3][5] = "停机"
    rows[5][3] = "阳极炉九线"
    rows[7][1] = "早"
    rows[9][0] = dt.date(2025, 4, 3)
    rows[11][7] = "12..5"
    rows[13][0] = "四月三日"
    rows.append(list(rows[-1]))
    rows.append(["合计", None, None, None, 1000.0])
    return rows
