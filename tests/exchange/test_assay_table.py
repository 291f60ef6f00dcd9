"""Assays in a workbook: small numbers keep their digits, text under the detection limit stays text, wrong cells are named."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ronglu.exchange.table import TableRead, read_table
from ronglu.kernel.measure.grading import assayed
from ronglu.kernel.table import Cell, Column, Table
from tests.exchange.books import write

TABLE = Table(
    code="assays",
    label="化验单",
    key=("lot",),
    columns=(
        Column(code="lot", label="批号", required=True),
        Column(code="day", label="取样日期", cell=Cell.DAY, required=True),
        Column(code="As", label="As", words=("As%",), longest=20),
        Column(code="Cu+Ag", label="Cu+Ag", words=("Cu+Ag%",), longest=20),
    ),
)
HEAD = ["批号", "取样日期", "As%", "Cu+Ag"]


def read(folder: Path, *rows: list[Any]) -> TableRead:
    return read_table(write(folder / "a.xlsx", {"化验": [HEAD, *rows]}), TABLE)


@pytest.mark.parametrize(
    ("cell", "value", "below"),
    [
        (0.00055, "0.00055", False),
        (0.00005, "0.00005", False),
        (0.0000012, "0.0000012", False),
        ("0.00050", "0.00050", False),
        ("<0.0001", "0.0001", True),
    ],
)
def test_a_small_number_is_read_with_all_its_digits(tmp_path: Path, cell: Any, value: str, below: bool) -> None:
    found = read(tmp_path, ["A-1", "2026-03-09", cell, 99.99])
    assert found.ready and [row["Cu+Ag"] for row in found.rows] == ["99.99"]
    text = found.rows[0]["As"]
    assert (assayed(text).value, assayed(text).below) == (Decimal(value), below)
    # as people write it, not as 5e-05
    assert "e" not in text.lower()


def test_a_wrong_cell_and_a_lot_named_twice_are_told_by_sheet_row_and_column(tmp_path: Path) -> None:
    found = read(tmp_path, ["A-1", "三月九日", "", ""], ["A-2", "2026-03-09", "", ""], ["A-2", "2026-03-09", "", ""])
    assert not found.ready
    assert [one.where for one in found.problems] == ["表 化验 · B2", "表 化验 · 第 4 行"]
