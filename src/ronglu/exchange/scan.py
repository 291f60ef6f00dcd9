"""What the pre-scan knows of one sheet: the hidden, merged, calculated and faulty parts that the fast reader cannot see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import AbsurdExtent, TooLarge, cell_name

SHIFT = 14  # 16,384 columns: a cell is row << 14 | column
MASK = (1 << SHIFT) - 1


def at(row: int, column: int) -> int:
    return row << SHIFT | column


@dataclass(slots=True)
class Scan:
    """Zero-based; `rows` × `columns` is the extent of the cells that hold something, not the declared one."""

    name: str = ""
    state: str = "visible"
    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)  # inclusive ranges
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, last row, last column
    errors: dict[int, str] = field(default_factory=dict)
    uncached: set[int] = field(default_factory=set)
    linked: set[int] = field(default_factory=set)
    formulas: int = 0
    percent: set[int] = field(default_factory=set)
    indent: dict[int, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def hidden_row(self, row: int) -> bool:
        return any(first <= row <= last for first, last in self.hidden_rows)


def add_range(ranges: list[tuple[int, int]], number: int) -> None:
    if ranges and ranges[-1][1] == number - 1:
        ranges[-1] = (ranges[-1][0], number)
    else:
        ranges.append((number, number))


def check_extent(scan: Scan, limits: Limits) -> None:
    """A table holds something in a fair share of its extent; the fast reader would reserve all of it."""
    area = scan.rows * scan.columns
    if area > limits.area or (area > limits.area_from and area > limits.area_per_cell * max(scan.cells, 1)):
        far = cell_name(max(scan.rows - 1, 0), max(scan.columns - 1, 0))
        raise AbsurdExtent(
            f"表“{scan.name}”只有 {scan.cells} 个有内容的单元格,却一直用到 {far}({scan.rows:,} 行 × {scan.columns:,} 列)。"
            f"请删除远处多余的单元格后另存再上传。"
        )


def check_cells(scans: Iterable[Scan], limits: Limits) -> None:
    total = sum(scan.cells for scan in scans)
    if total > limits.cells:
        raise TooLarge(f"共有 {total:,} 个单元格,超过上限 {limits.cells:,}。请按月或按产线拆分后再上传。")
