"""Streams the XML of one .xlsx sheet past expat, once, and notes what the fast reader cannot see."""

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from ronglu.exchange.limits import Limits
from ronglu.exchange.parts import Styles, parser
from ronglu.exchange.problems import Damaged, TooLarge, letter
from ronglu.exchange.scan import Scan, add_range, at

DIGITS = "0123456789"
LINK = re.compile(r"\[\d+\]")
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
MERGED = 20_000


def column_number(letters: str) -> int:
    """A -> 0."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number - 1


def scan_sheet(
    pieces: Iterable[bytes], styles: Styles, limits: Limits, *, name: str = "", state: str = "visible"
) -> Scan:
    """One pass. Cost matters here (a month of shifts is a million cells): few calls, no objects for plain cells."""
    scan = Scan(name=name, state=state)
    reader = _Reader(scan, styles)
    try:
        for piece in pieces:
            reader.parser.Parse(piece)
            if reader.cells > limits.cells:
                raise TooLarge(f"表“{name}”超过 {limits.cells:,} 个单元格。请拆分后再上传。")
        reader.parser.Parse(b"", True)
    except expat.ExpatError as why:
        raise Damaged(f"表“{name}”的 XML 已损坏。请用 Excel 或 WPS 打开后另存再上传。") from why
    reader.finish()
    return scan


class _Reader:
    def __init__(self, scan: Scan, styles: Styles) -> None:
        self.scan, self.styles = scan, styles
        self.columns: set[str] = set()
        self.cells = 0
        self.shared: dict[str, bool] = {}
        self.close: Callable[[], None] = lambda: None
        self.parser = parser()
        self.parser.StartElementHandler = self._root

    def _root(self, name: str, _: dict[str, str]) -> None:
        """The first element tells the prefix that the writer put before every name."""
        prefix, colon, _local = name.rpartition(":")
        self.parser.StartElementHandler = self._handler(prefix + colon)

    def _handler(self, prefix: str) -> Callable[[str, dict[str, str]], None]:
        """One closure over local names: attribute look-ups would double the time."""
        scan, columns, percent, indent, reader, shared = (
            self.scan,
            self.columns,
            self.styles.percent,
            self.styles.indent,
            self.parser,
            self.shared,
        )
        c, f, row_tag = (prefix + tag for tag in ("c", "f", "row"))
        values = (prefix + "v", prefix + "is")
        col, merge = prefix + "col", prefix + "mergeCell"
        ref = kind = style = last_row = ""
        row, column_text = 0, ""
        formula: list[str] | None = None
        value: list[str] | None = None
        group = ""

        def close() -> None:
            """Settles the last cell if it had a formula or an error."""
            nonlocal formula, value, group
            reader.CharacterDataHandler = None
            here = _key(ref)
            text = "".join(value or ()).strip()
            if formula is not None:
                scan.formulas += 1
                linked = bool(LINK.search("".join(formula)))
                if group:
                    linked = shared.setdefault(group, linked)
                if linked:
                    scan.linked.add(here)
                if not text and kind != "str":
                    scan.uncached.add(here)
            if kind == "e" and text:
                scan.errors[here] = text[:20]
            formula, value, group = None, None, ""

        def start(name: str, attrs: dict[str, str]) -> None:
            nonlocal ref, kind, style, last_row, row, column_text, formula, value, group
            if name == c:
                if formula is not None or value is not None:
                    close()
                before = column_text
                ref, kind, style = attrs.get("r", ""), attrs.get("t", ""), attrs.get("s", "")
                if not ref:
                    ref = f"{letter(column_number(before) + 1 if before else 0)}{row}"
                column_text = ref.rstrip(DIGITS)
            elif name in values:
                self.cells += 1
                columns.add(column_text)
                tail = ref[len(column_text) :]
                if tail != last_row:
                    last_row = tail
                    if tail and int(tail) > scan.rows:
                        scan.rows = int(tail)
                if style in percent:
                    scan.percent.add(_key(ref))
                elif style in indent:
                    scan.indent[_key(ref)] = indent[style]
                if kind == "e" or formula is not None:
                    value = []
                    reader.CharacterDataHandler = value.append
            elif name == row_tag:
                if formula is not None or value is not None:
                    close()
                row = int(attrs.get("r") or row + 1)
                column_text = ""
                if attrs.get("hidden") in ("1", "true"):
                    add_range(scan.hidden_rows, row - 1)
            elif name == f:
                formula, group = [], attrs.get("si", "") if attrs.get("t") == "shared" else ""
                reader.CharacterDataHandler = formula.append
            elif name == col:
                if attrs.get("hidden") in ("1", "true"):
                    scan.hidden_columns.append((int(attrs["min"]) - 1, int(attrs["max"]) - 1))
            elif name == merge and len(scan.merged) < MERGED and (found := RANGE.match(attrs.get("ref", ""))):
                left, top, right, bottom = found.groups()
                scan.merged.append(
                    (int(top) - 1, column_number(left), int(bottom or top) - 1, column_number(right or left))
                )

        def last() -> None:
            if formula is not None or value is not None:
                close()

        self.close = last
        return start

    def finish(self) -> None:
        self.close()
        self.scan.cells = self.cells
        self.scan.columns = max((column_number(text) + 1 for text in self.columns), default=0)


def _key(ref: str) -> int:
    text = ref.rstrip(DIGITS)
    return at(int(ref[len(text) :] or 1) - 1, column_number(text))
