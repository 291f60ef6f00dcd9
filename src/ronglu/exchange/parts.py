"""The small XML parts of an .xlsx: its sheets with their visibility, its clock (1900 or 1904), its percent and indent styles."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from ronglu.exchange.inflate import entry
from ronglu.exchange.problems import Damaged, WrongType

PERCENT_FORMATS = {9, 10}
QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    state: str  # visible, hidden, veryHidden
    part: str


@dataclass(frozen=True, slots=True)
class Styles:
    percent: frozenset[str]  # style numbers (as text, as cells name them) whose format shows a percentage
    indent: dict[str, int]


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[SheetPart, ...]
    date1904: bool
    styles: Styles
    links: int  # other workbooks this one points into; their names are never read


def refuse_doctype(*_: object) -> None:
    raise WrongType("工作簿的 XML 里有 DOCTYPE 声明,正常的 Excel 文件没有。已拒绝。")


def parser() -> expat.XMLParserType:
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = refuse_doctype
    return made


def elements(pieces: Iterable[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Start tags in document order, names without prefix."""
    found: list[tuple[str, dict[str, str]]] = []
    reader = parser()
    reader.StartElementHandler = lambda name, attrs: found.append((name.rpartition(":")[2], attrs))
    try:
        for piece in pieces:
            reader.Parse(piece)
            yield from found
            found.clear()
        reader.Parse(b"", True)
    except expat.ExpatError as why:
        raise Damaged("工作簿内部的 XML 已损坏。请用 Excel 或 WPS 打开后另存再上传。") from why


def find(pack: ZipFile, name: str) -> ZipInfo | None:
    """Part names do not mind case."""
    wanted = name.lower().lstrip("/")
    return next((info for info in pack.infolist() if info.filename.lower() == wanted), None)


def read_book(pack: ZipFile, file: BinaryIO) -> Book:
    main = _main_part(pack, file)
    info = find(pack, main)
    if info is None:
        raise Damaged("压缩包里缺少工作簿主文件。请重新导出。")
    rels = _relations(pack, file, main)
    sheets: list[SheetPart] = []
    clock = False
    for name, attrs in elements(entry(file, info)):
        if name == "workbookPr":
            clock = attrs.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            key = next((value for attr, value in attrs.items() if attr.rpartition(":")[2] == "id"), "")
            part = rels.get(key, "")
            if "worksheet" in part.lower() or (find(pack, part) and "chartsheet" not in part.lower()):
                sheets.append(SheetPart(attrs.get("name", ""), attrs.get("state", "visible"), part))
    links = sum(1 for i in pack.infolist() if re.match(r"xl/externallinks/[^/]+\.xml$", i.filename.lower()))
    styles_part = next((part for part in rels.values() if part.lower().endswith("styles.xml")), "xl/styles.xml")
    return Book(tuple(sheets), clock, _styles(pack, file, styles_part), links)


def _main_part(pack: ZipFile, file: BinaryIO) -> str:
    info = find(pack, "_rels/.rels")
    if info is not None:
        for name, attrs in elements(entry(file, info)):
            if name == "Relationship" and attrs.get("Type", "").endswith("/officeDocument"):
                return attrs.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _relations(pack: ZipFile, file: BinaryIO, main: str) -> dict[str, str]:
    folder, name = posixpath.split(main)
    info = find(pack, f"{folder}/_rels/{name}.rels")
    if info is None:
        return {}
    found = {}
    for tag, attrs in elements(entry(file, info)):
        if tag == "Relationship" and attrs.get("TargetMode") != "External":
            target = attrs.get("Target", "")
            found[attrs.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
    return found


def _styles(pack: ZipFile, file: BinaryIO, part: str) -> Styles:
    info = find(pack, part)
    if info is None:
        return Styles(frozenset(), {})
    custom: set[int] = set(PERCENT_FORMATS)
    percent: set[str] = set()
    indent: dict[str, int] = {}
    number, inside = -1, False
    for name, attrs in elements(entry(file, info)):
        if name == "numFmt" and "%" in QUOTED.sub("", attrs.get("formatCode", "")):
            custom.add(int(attrs.get("numFmtId", "-1")))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif inside and name == "xf":
            number += 1
            if int(attrs.get("numFmtId", "0")) in custom:
                percent.add(str(number))
        elif inside and name == "alignment" and attrs.get("indent", "0") != "0":
            indent[str(number)] = int(attrs["indent"])
    return Styles(frozenset(percent), indent)
