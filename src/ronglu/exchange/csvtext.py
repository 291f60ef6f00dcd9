"""Reads delimited text: which encoding and delimiter it is in, and its rows as text."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import Damaged, TooLarge, WrongType

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",;\t|"
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Text:
    rows: list[list[str]]
    encoding: str
    delimiter: str


def read_text(data: bytes, *, limits: Limits, encoding: str = "", delimiter: str = "", head: int | None = None) -> Text:
    encoding = encoding or guess_encoding(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as why:
        raise Damaged(f"文字编码不是 {encoding},读不出来。请另存为 UTF-8 的 CSV。") from why
    delimiter = delimiter or guess_delimiter(text[:20_000])
    csv.field_size_limit(limits.field_chars)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter, strict=False):
            rows.append(row)
            cells += len(row)
            if cells > limits.cells or len(rows) > limits.rows:
                raise TooLarge(f"超过 {limits.cells:,} 个单元格。请按月拆分后再上传。")
            if head and len(rows) >= head:
                break
    except csv.Error as why:
        raise Damaged(
            f"第 {len(rows) + 1} 行读不出来(引号没有成对,或一格超过 {limits.field_chars:,} 字)。请检查后重新导出。"
        ) from why
    return Text(rows, encoding, delimiter)


def guess_encoding(data: bytes) -> str:
    """Byte order mark, else strict UTF-8, else GB18030 (what Chinese Excel writes)."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return name
    for name in ("utf-8", "gb18030"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    raise WrongType("认不出文字编码(不是 UTF-8,也不是 GB18030)。请另存为 UTF-8 的 CSV。")


def guess_delimiter(text: str) -> str:
    """The one that splits the first lines most evenly; a comma between digits of one field loses against a semicolon."""
    lines = [QUOTED.sub("", line) for line in text.splitlines()[:30] if line.strip()]
    best, best_score = ",", 0.0
    for mark in DELIMITERS:
        counts = Counter(line.count(mark) for line in lines)
        number, lines_with = max(counts.items(), key=lambda item: (item[0] > 0, item[1]), default=(0, 0))
        score = (lines_with / max(len(lines), 1)) * (2.0 if mark != "," else 1.0) if number else 0.0
        if score > best_score:
            best, best_score = mark, score
    return best


def _lines(text: str) -> Iterator[str]:
    """Lines split at LF (or CR alone): a vertical tab or a Chinese line separator inside a field is no new row."""
    end_mark = "\n" if "\n" in text else "\r"
    start = 0
    while start < len(text):
        end = text.find(end_mark, start) + 1 or len(text)
        yield text[start:end]
        start = end
