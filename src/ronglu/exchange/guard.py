"""What a file is by its content, and whether it may be opened at all; nothing is unpacked here."""

import hashlib
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from ronglu.exchange.limits import Limits
from ronglu.exchange.ole import MAGIC as OLE
from ronglu.exchange.ole import Compound
from ronglu.exchange.problems import Damaged, Encrypted, MacroFile, TooLarge, WrongType, ZipBomb


class Kind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    GZIP = "csv.gz"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be opened; `digest` is the SHA-256 of its bytes."""

    path: Path
    kind: Kind
    size: int
    digest: str
    renamed: bool  # the name says another type than the content


@dataclass(frozen=True, slots=True)
class Package:
    """What a zip says it holds: names in small letters, and the list of content types of an Office file (else empty)."""

    names: frozenset[str]
    types: bytes


FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format", "数据库"),
)
MACRO_TYPES = (b"macroEnabled", b"vbaProject")
MACROS = "文件带有宏(VBA)。为安全起见不打开:请另存为不带宏的文件再上传。"
HINT = "请用 Excel 或 WPS 打开后另存为 .xlsx(或 .csv)再上传。"


def check(path: str | Path, *, limits: Limits = Limits()) -> Checked:
    """Refuses (named, quick) what may not be opened; otherwise says what it is. Content decides, never the name."""
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        raise WrongType("文件是空的(0 字节)。请检查导出是否成功。")
    if size > limits.file_bytes:
        raise TooLarge(f"文件 {size / 2**20:.0f} MB,超过上限 {limits.file_bytes // 2**20} MB。请按月拆分后再上传。")
    with path.open("rb") as file:
        head = file.read(4096)
        kind = _kind(path, head, limits)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Checked(path, kind, size, digest, renamed=not _named(path, kind))


def _kind(path: Path, head: bytes, limits: Limits) -> Kind:
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(path, limits)
    if head[:8] == OLE:
        return _ole(path.read_bytes())
    if head[:2] == b"\x1f\x8b":
        return Kind.GZIP
    for magic, name in FOREIGN:
        if head.startswith(magic):
            raise WrongType(f"这是{name}文件,不是表格。{HINT}")
    check_text(head)
    return Kind.CSV


def check_text(head: bytes) -> None:
    """Plain text that may be a CSV: not a web page under another name, not binary."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<style")) or b"<html" in text[:1024]:
        raise WrongType(f"这是网页(HTML),只是名字像表格:系统导出的“假 xls”。{HINT}")
    if text.startswith((b"<?xml", b"<workbook")):
        raise WrongType(f"这是 XML 表格或网页,不是 .xlsx。{HINT}")
    if text.startswith((b"pk\x03\x04", OLE, b"\x1f\x8b")):
        raise WrongType("压缩包里还是压缩文件。请先解压,再上传里面的表格。")
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in head:
        raise WrongType(f"不是文本,也不是 Excel 文件,认不出类型。{HINT}")


def _zip(path: Path, limits: Limits) -> Kind:
    with path.open("rb") as file:
        pack = package(file, limits=limits)
    if not pack.types:
        raise WrongType(_not_excel(pack.names))
    if "xl/workbook.bin" in pack.names:
        raise WrongType(f"这是二进制工作簿(.xlsb),读不出格式与公式。{HINT}")
    if not any(name.startswith("xl/workbook") for name in pack.names) and b"sheet.main+xml" not in pack.types:
        raise WrongType(_not_excel(pack.names))
    return Kind.XLSX


def package(file: BinaryIO, *, limits: Limits) -> Package:
    """The directory of a zip that may be opened: whole, no bomb, no password, no macro."""
    _count_entries(file, limits)
    try:
        with zipfile.ZipFile(file) as pack:
            infos = pack.infolist()
            names = frozenset(info.filename.lower() for info in infos)
            _weigh(infos, limits)
            index = next((info for info in infos if info.filename.lower() == "[content_types].xml"), None)
            types = pack.open(index).read(1 << 20) if index else b""
    except (
        zlib.error,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        zipfile.LargeZipFile,
        EOFError,
        ValueError,
    ) as why:
        raise Damaged("压缩包目录已损坏,文件打不开。请重新导出或另存后再上传。") from why
    if any(mark in types for mark in MACRO_TYPES) or any("vbaproject" in name for name in names):
        raise MacroFile(MACROS)
    return Package(names, types)


def _count_entries(file: BinaryIO, limits: Limits) -> None:
    """Reads only the end record: a directory with millions of entries is refused before Python loads it."""
    file.seek(max(0, file.seek(0, io.SEEK_END) - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Damaged("压缩包不完整(尾部缺失),文件没有传完。请重新上传。")
    entries, directory = struct.unpack_from("<HI", tail, at + 10)
    if entries > limits.entries or directory > limits.entries * 300:
        raise ZipBomb(f"压缩包里有 {entries} 个文件,超过上限 {limits.entries},按压缩炸弹拒绝。")


def _weigh(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    total, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if len(infos) > limits.entries:
        raise ZipBomb(f"压缩包里有 {len(infos)} 个文件,超过上限 {limits.entries},按压缩炸弹拒绝。")
    if total > limits.unpacked_bytes:
        raise ZipBomb(f"解压后有 {total / 2**20:.0f} MB,超过上限 {limits.unpacked_bytes // 2**20} MB,按压缩炸弹拒绝。")
    if total > limits.ratio_from_bytes and total > limits.ratio * max(packed, 1):
        raise ZipBomb(f"压缩比 {total // max(packed, 1)} 倍,超过上限 {limits.ratio} 倍,按压缩炸弹拒绝。")
    if any(i.flag_bits & 1 for i in infos):
        raise Encrypted("压缩包有密码。请去掉密码后再上传。")


def _not_excel(names: frozenset[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return f"这是 Word 文档,不是表格。{HINT}"
    if "mimetype" in names:
        return f"这是 OpenDocument 文件。{HINT}"
    if any(name.endswith((".xlsx", ".xls", ".csv")) for name in names):
        return "这是压缩包,不是表格。请先解压,再上传里面的表格。"
    return f"压缩包里没有工作簿。{HINT}"


def _ole(data: bytes) -> Kind:
    try:
        book = Compound(data)
        return _compound(book)
    except (struct.error, IndexError, KeyError, StopIteration) as why:
        raise Damaged("Excel 97 文件的内部目录已损坏。请重新导出。") from why


def _compound(book: Compound) -> Kind:
    names = {name.lower() for name in book.streams}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise Encrypted("文件有打开密码(已加密)。请去掉密码后再上传。")
    if names & {"_vba_project_cur", "vba", "_vba_project"}:
        raise MacroFile(MACROS)
    stream = next((name for name in book.streams if name.lower() in ("workbook", "book")), None)
    if stream is None:
        raise WrongType(f"这是 Office 97 文件,但不是 Excel 工作簿。{HINT}")
    if _has_password(book.read(stream)[:4096]):
        raise Encrypted("文件有打开密码(已加密)。请去掉密码后再上传。")
    return Kind.XLS


def _has_password(stream: bytes) -> bool:
    at = 0
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        if code == 0x2F:
            return True
        at += 4 + size
    return False


def _named(path: Path, kind: Kind) -> bool:
    name = path.name.lower()
    return {
        Kind.XLSX: name.endswith(".xlsx"),
        Kind.XLS: name.endswith(".xls"),
        Kind.GZIP: name.endswith(".gz"),
        Kind.CSV: name.endswith((".csv", ".txt", ".tsv")),
    }[kind]
