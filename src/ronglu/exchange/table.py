"""The door for small tables with a fixed header: finds the header by its words, reads the rows, tells every fault."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ronglu.exchange.guard import Checked, check
from ronglu.exchange.header import fill_merged
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import Problem, Severity, letter, problem
from ronglu.exchange.sandbox import Progress, Sheet, read_file
from ronglu.exchange.table_cells import Spot, read_cell, shown
from ronglu.exchange.words import normal, words_of
from ronglu.kernel.org.roster_in import plain_name
from ronglu.kernel.table import Column, Fault, Row, RowAsk, Table

SEARCHED = 10  # rows from the top in which the header may stand
GUIDE, LISTS = "填写说明", "可填的值"
"""The sheets of a template that tell how to fill it: never read."""


@dataclass(slots=True)
class TableRead:
    """`places` maps sheet and column code to the column's index; `sheets` are those that were read."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        return not any(found.severity is Severity.ERROR for found in self.problems)

    def faults(self, faults: Iterable[Fault]) -> list[Problem]:
        """What a verb found wrong in the rows, with the cells of this file."""
        return [
            problem(
                "row_note" if fault.note else "row_wrong",
                sheet=fault.row.sheet,
                row=fault.row.number,
                column=self.places.get((fault.row.sheet, fault.column)),
                what=fault.what,
            )
            for fault in faults
        ]

    def asked(self, asks: Iterable[RowAsk]) -> list[Problem]:
        """Questions with the cells of this file; one that was answered stays as a note."""
        return [
            problem(
                ask.code,
                sheet=ask.row.sheet,
                row=ask.row.number,
                column=self.places.get((ask.row.sheet, ask.column)),
                key=ask.key,
                choices=ask.choices,
                severity=Severity.NOTE if ask.answer else None,
                what=ask.what,
            )
            for ask in asks
        ]


@dataclass(slots=True)
class _Header:
    row: int
    places: dict[str, int]
    problems: list[Problem]


def read_table(
    path: str | Path | Checked, table: Table, *, limits: Limits = Limits(), progress: Progress | None = None
) -> TableRead:
    """Every visible sheet that has the header. Raises a Refused by name for a file that may not be opened."""
    checked = path if isinstance(path, Checked) else check(path, limits=limits)
    read = read_file(checked, limits=limits, progress=progress)
    found = TableRead()
    for sheet in read.sheets:
        if sheet.rows and normal(sheet.name) not in (GUIDE, LISTS):
            _sheet(sheet, table, found, date1904=read.date1904)
    if not found.sheets:
        wanted = "、".join(column.label for column in table.columns if column.required)
        found.problems.append(problem("table_header", table=table.label, wanted=wanted, rows=SEARCHED))
    elif not found.rows and found.ready:
        found.problems.append(problem("table_empty", sheet=found.sheets[0]))
    found.problems += _twice(table, found)
    found.problems.sort(key=lambda p: (p.severity is not Severity.ERROR, p.sheet, p.row or 0, len(p.column), p.column))
    return found


def _sheet(sheet: Sheet, table: Table, found: TableRead, *, date1904: bool) -> None:
    header = _header(sheet, table)
    if header is None:
        return
    found.sheets.append(sheet.name)
    found.problems += header.problems
    found.places |= {(sheet.name, code): index for code, index in header.places.items()}
    if any(one.severity is Severity.ERROR for one in header.problems):
        return
    rows = sheet.rows or []
    fill_merged(sheet, header.row + 1, len(rows) - 1, header.places.values())
    hidden = [n for n in range(header.row + 1, len(rows)) if sheet.scan.hidden_row(n)]
    if hidden:
        at = "、".join(str(n + 1) for n in hidden[:5])
        found.problems.append(problem("hidden_rows", sheet=sheet.name, count=len(hidden), value=at))
    for number in range(header.row + 1, len(rows)):
        if number not in hidden:
            _row(sheet, number, table, header, found, date1904)


def _row(sheet: Sheet, number: int, table: Table, header: _Header, found: TableRead, date1904: bool) -> None:
    cells = (sheet.rows or [])[number]
    raw = {code: cells[index] if index < len(cells) else "" for code, index in header.places.items()}
    if not any(shown(cell) for cell in raw.values()):
        return
    if total := _total(raw):
        found.problems.append(problem("table_total", sheet=sheet.name, row=number, value=total))
        return
    values: dict[str, Any] = {}
    for code, cell in raw.items():
        spot = Spot(sheet.scan, number, header.places[code], date1904)
        values[code], wrong = read_cell(table.column(code), cell, spot)
        found.problems += [wrong] if wrong else []
    found.rows.append(Row(sheet.name, number, values))


def _total(raw: Mapping[str, object]) -> str:
    """The word of a row that sums the others, if its first filled cell says so."""
    first = next((text for cell in raw.values() if (text := shown(cell))), "")
    return first if normal(first) in words_of("totals") else ""


def _header(sheet: Sheet, table: Table) -> _Header | None:
    """The row with most of the declared words, if one that must be there is among them."""
    best, most = None, 0
    for number, cells in enumerate((sheet.rows or [])[:SEARCHED]):
        known = [column for cell in cells if (column := _column(table, cell))]
        if any(column.required for column in known) and len(known) > most:
            best, most = number, len(known)
    return None if best is None else _placed(sheet, table, best)


def _placed(sheet: Sheet, table: Table, row: int) -> _Header:
    header = _Header(row, {}, [])

    def say(code: str, index: int | None = None, **words: Any) -> None:
        header.problems.append(problem(code, sheet=sheet.name, row=row, column=index, **words))

    for index, cell in enumerate((sheet.rows or [])[row]):
        column = _column(table, cell)
        if column is None:
            if shown(cell):
                say("table_refused" if table.refuses_unknown else "table_unknown", index, value=shown(cell))
        elif column.code in header.places:
            other = letter(header.places[column.code])
            say("table_twice", index, value=shown(cell), other=other, word=column.label)
        else:
            header.places[column.code] = index
    for column in table.columns:
        if column.required and column.code not in header.places:
            say("table_column", word=column.label)
    return header


def _column(table: Table, cell: object) -> Column | None:
    word = plain_name(shown(cell)).casefold()
    return next((c for c in table.columns if word in {plain_name(w).casefold() for w in (c.label, *c.words)}), None)


def _twice(table: Table, found: TableRead) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], Row] = {}
    for row in found.rows:
        key = tuple(row[code] for code in table.key)
        if not table.key or None in key:
            continue
        other = seen.setdefault(key, row)
        if other is not row:
            said = f"{other.sheet} 第 {other.number + 1}" if other.sheet != row.sheet else str(other.number + 1)
            labels = "、".join(table.column(code).label for code in table.key)
            yield problem("row_twice", sheet=row.sheet, row=row.number, other=said, value=f"{labels}相同")
