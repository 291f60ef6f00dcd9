"""Papers that people attach: PDF, Excel and Word by content, nothing that runs."""

import io
import zipfile

import pytest
import xlsxwriter
import xlwt

from ronglu.exchange.documents import Document, Kind, check
from ronglu.exchange.problems import Damaged, Encrypted, MacroFile, Refused, TooLarge, WrongType, ZipBomb

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\nstartxref\n9\n%%EOF\n"


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("台账").write(0, 0, "护栏")
    return out.getvalue()


def packed(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    return out.getvalue()


def letter(types: str = WORD, **more: str | bytes) -> bytes:
    index = f'<Types><Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
    return packed(**{"[Content_Types].xml": index, "word/document.xml": "<w:document/>", **more})


@pytest.mark.parametrize(("data", "kind"), [(PDF, Kind.PDF), (workbook(), Kind.XLSX), (letter(), Kind.DOCX)])
def test_three_kinds_of_paper_are_known_by_their_content_whatever_the_name(data: bytes, kind: Kind) -> None:
    assert check(data, "照片.jpg") == Document(kind)
    assert check(data, "x").suffix == f".{kind}"


def old_workbook() -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("台账")
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", WrongType),
        (b"hello", WrongType),
        (b"<html><body>report</body></html>", WrongType),
        (b"\xff\xd8\xff\xe0 a photograph", WrongType),
        (b"MZ\x90\0", WrongType),
        (old_workbook(), WrongType),
        (packed(**{"readme.txt": "x"}), WrongType),
        (packed(**{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "x"}), WrongType),
        (letter(**{"word/vbaProject.bin": b"\xd0\xcf"}), MacroFile),
        (letter("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), WrongType),
        (letter("application/vnd.ms-word.document.macroEnabled.main+xml"), MacroFile),
        (letter(**{"word/activeX/activeX1.bin": "x"}), MacroFile),
        (letter(**{"word/embeddings/inner.xlsm": "x"}), MacroFile),
        (letter(**{"word/media/big.bin": bytes(300 * 2**20)}), ZipBomb),
        (letter()[:-30], Damaged),
        (PDF[:40], Damaged),
        (PDF + workbook() + bytes(3000), Damaged),
    ],
)
def test_anything_else_is_refused_by_name(data: bytes, error: type[Refused]) -> None:
    with pytest.raises(error) as why:
        check(data, "方案.docx")
    assert why.value.message.startswith("附件“方案.docx”：")


def test_a_locked_archive_is_refused_as_locked() -> None:
    data = bytearray(letter())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises((Encrypted, Damaged)):
        check(bytes(data), "x")


def test_the_limit_is_twenty_megabytes() -> None:
    assert check(PDF[:-6] + bytes(20 * 2**20 - len(PDF)) + PDF[-6:], "x").kind == Kind.PDF
    with pytest.raises(TooLarge, match="20 MB"):
        check(PDF + bytes(20 * 2**20), "x")


def test_the_message_names_the_file_without_the_folders_of_somebodys_computer() -> None:
    with pytest.raises(WrongType) as why:
        check(b"x", "C:\\Users\\somebody\\plan.txt")
    assert "somebody" not in why.value.message and "plan.txt" in why.value.message
