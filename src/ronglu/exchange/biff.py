"""The same pre-scan for .xls: walks the BIFF records of a workbook stream for what calamine does not tell."""

import struct
from collections.abc import Iterator

from ronglu.exchange.ole import Compound
from ronglu.exchange.parts import PERCENT_FORMATS, QUOTED
from ronglu.exchange.scan import Scan, add_range, at

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
CELLS = {0x0203, 0x027E, 0x00FD, 0x0204, 0x0006, 0x0205}  # number, RK, string, label, formula, boolean or error


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Records from an offset to the end of its substream."""
    offset, depth = start, 0
    while offset + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + size]
        depth += (code in (0x0809, 0x0009)) - (code == 0x000A)
        yield code, body
        if code == 0x000A and depth <= 0:
            return
        offset += 4 + size


def scan_book(data: bytes) -> tuple[list[Scan], int]:
    """One scan a sheet, and how many other workbooks are linked."""
    book = Compound(data)
    stream = book.read(next(name for name in book.streams if name.lower() in ("workbook", "book")))
    sheets, percent_formats, percent, indent, links = [], set(PERCENT_FORMATS), set(), {}, 0
    styles = 0
    for code, body in records(stream):
        if code == 0x0085 and len(body) > 8 and body[5] == 0:
            sheets.append(
                (struct.unpack_from("<I", body)[0], Scan(name=_name(body), state=STATES.get(body[4] & 3, "hidden")))
            )
        elif code == 0x041E and len(body) > 5 and "%" in QUOTED.sub("", _text(body, 2)):
            percent_formats.add(struct.unpack_from("<H", body)[0])
        elif code == 0x00E0:
            if len(body) >= 20:
                if struct.unpack_from("<H", body, 2)[0] in percent_formats:
                    percent.add(styles)
                if body[8] & 0x0F:
                    indent[styles] = body[8] & 0x0F
            styles += 1
        elif code == 0x01AE and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            links += 1
    for offset, scan in sheets:
        _scan(stream, offset, scan, percent, indent)
    return [scan for _, scan in sheets], links


def _scan(stream: bytes, offset: int, scan: Scan, percent: set[int], indent: dict[int, int]) -> None:
    for code, body in records(stream, offset):
        if code in CELLS and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            _cell(scan, row, column)
            if style in percent:
                scan.percent.add(at(row, column))
            if style in indent:
                scan.indent[at(row, column)] = indent[style]
            if code == 0x0006 and len(body) >= 14:
                scan.formulas += 1
                if body[12:14] == b"\xff\xff" and body[6] == 2:
                    scan.errors[at(row, column)] = ERRORS.get(body[8], "#ERR")
            elif code == 0x0205 and len(body) >= 8 and body[7]:
                scan.errors[at(row, column)] = ERRORS.get(body[6], "#ERR")
        elif code == 0x00BD and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for column in range(first, struct.unpack_from("<H", body, len(body) - 2)[0] + 1):
                _cell(scan, row, column)
                if struct.unpack_from("<H", body, 4 + 6 * (column - first))[0] in percent:
                    scan.percent.add(at(row, column))
        elif code == 0x0208 and len(body) >= 16 and body[12] & 0x20:
            add_range(scan.hidden_rows, struct.unpack_from("<H", body)[0])
        elif code == 0x007D and len(body) >= 10 and body[8] & 1:
            scan.hidden_columns.append(struct.unpack_from("<HH", body))


def _cell(scan: Scan, row: int, column: int) -> None:
    scan.cells += 1
    scan.rows, scan.columns = max(scan.rows, row + 1), max(scan.columns, column + 1)


def _name(body: bytes) -> str:
    return (
        body[8 : 8 + 2 * body[6]].decode("utf-16-le", "replace")
        if body[7] & 1
        else body[8 : 8 + body[6]].decode("latin-1")
    )


def _text(body: bytes, start: int) -> str:
    size, wide = struct.unpack_from("<HB", body, start)
    raw = body[start + 3 : start + 3 + size * (2 if wide & 1 else 1)]
    return raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
