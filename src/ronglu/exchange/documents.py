"""Which papers may be attached to a case: PDF, Excel and Word by their content, without macros; kept as they came."""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from ronglu.exchange.guard import package
from ronglu.exchange.limits import Limits
from ronglu.exchange.ole import MAGIC as OLE
from ronglu.exchange.problems import Damaged, MacroFile, Refused, TooLarge, WrongType

MOST_BYTES = 20 * 2**20
LIMITS = Limits(file_bytes=MOST_BYTES, unpacked_bytes=200 * 2**20)
WANTED = "附件只收 PDF、.xlsx 和 .docx；照片请用“添加照片”"
TAIL = 2048
MACRO_NAMES = (".xlsm", ".xlsb", ".docm", ".dotm", ".pptm", ".xlam")


class Kind(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"


TYPES = {
    Kind.PDF: "application/pdf",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MAIN = {
    Kind.XLSX: ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    Kind.DOCX: ("word/document.xml", b"wordprocessingml.document.main+xml"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that may be kept; `suffix` fits its content, whatever the name was."""

    kind: Kind

    @property
    def suffix(self) -> str:
        return f".{self.kind}"

    @property
    def type(self) -> str:
        """The content type it is served with."""
        return TYPES[self.kind]


def check(data: bytes, name: str) -> Document:
    """Refuses by name what may not be attached; `name` only tells the person which of his files is meant."""
    try:
        return Document(_kind(data))
    except Refused as why:
        raise type(why)(f"附件“{_short(name)}”：{why.message}") from why


def _kind(data: bytes) -> Kind:
    if not data:
        raise WrongType("文件是空的（0 字节）。请重新选择")
    if len(data) > MOST_BYTES:
        raise TooLarge(f"文件 {len(data) / 2**20:.1f} MB，超过上限 {MOST_BYTES // 2**20} MB。请压缩图片或拆开后再上传")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(OLE):
        raise WrongType("这是旧格式（.doc、.xls）或加了密码的 Office 文件。请另存为不带密码的 .docx、.xlsx 再上传")
    raise WrongType(WANTED)


def _pdf(data: bytes) -> Kind:
    if b"%%EOF" not in data[-TAIL:]:
        raise Damaged("PDF 没有传完，或后面接了别的内容。请重新导出再上传")
    return Kind.PDF


def _office(data: bytes) -> Kind:
    pack = package(BytesIO(data), limits=LIMITS)
    if any("/activex/" in name or name.endswith(MACRO_NAMES) for name in pack.names):
        raise MacroFile("文件里嵌有控件或带宏的文件，为安全起见不收。请去掉，或另存为 PDF 再上传")
    for kind, (part, mark) in MAIN.items():
        if part in pack.names and mark in pack.types:
            return kind
    raise WrongType(f"这是压缩包，不是 Office 文件。{WANTED}" if not pack.types else WANTED)


def _short(name: str) -> str:
    """The last part of a file's name, cut: some browsers send the whole path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last if len(last) <= 60 else f"{last[:57]}…"
