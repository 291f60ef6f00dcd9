"""Files that may not come in: refused by name, quickly, with nothing read."""

import contextlib
import gzip
import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from ronglu.exchange.guard import Kind, check
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import (
    AbsurdExtent,
    Damaged,
    Encrypted,
    MacroFile,
    Refused,
    TooLarge,
    WrongType,
    ZipBomb,
)
from tests.exchange.books import day_profile, read, value, write

FEED = day_profile(value("处理量", "feed"))
WORKBOOK = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="日报" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
ROOT = RELS.replace('worksheet"', 'officeDocument"').replace("worksheets/sheet1.xml", "xl/workbook.xml")
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'


def small(path: Path, cells: str, **more: str | bytes) -> Path:
    """The least that is a workbook, with these rows."""
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    parts = {
        "_rels/.rels": ROOT,
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELS,
        "xl/worksheets/sheet1.xml": sheet,
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return path


def absurd(path: Path) -> Path:
    """A1 and XFD1048576: the fast reader would ask for 550 GB and abort the interpreter."""
    return small(path, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')


def test_a_tiny_file_that_claims_the_whole_sheet_is_refused_within_a_second(tmp_path: Path) -> None:
    path = absurd(tmp_path / "a.xlsx")
    assert path.stat().st_size < 1400
    started = time.perf_counter()
    with pytest.raises(AbsurdExtent, match="XFD1048576"):
        read(path, FEED)
    assert time.perf_counter() - started < 1


def test_the_fast_reader_alone_would_abort_the_interpreter_on_it(tmp_path: Path) -> None:
    program = f"import resource; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)); from python_calamine import CalamineWorkbook as B; B.from_path({str(absurd(tmp_path / 'a.xlsx'))!r}).get_sheet_by_index(0)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode < 0, "killed by a signal: this is why the child exists"


def test_a_row_number_that_lies_is_seen_by_the_cell_reference(tmp_path: Path) -> None:
    path = small(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>')
    with pytest.raises(AbsurdExtent):
        read(path, FEED)


def test_a_wide_but_honest_table_is_no_absurd_extent(tmp_path: Path) -> None:
    rows = [["日期", "处理量", *[f"列{n}" for n in range(300)]], *[[f"2026-03-{n:02d}", n] for n in range(1, 29)]]
    assert len(read(write(tmp_path / "a.xlsx", {"日报": rows}), FEED).values) == 28


def test_a_zip_bomb_is_refused_by_its_ratio_and_by_its_size(tmp_path: Path) -> None:
    small(tmp_path / "a.xlsx", "", **{"xl/worksheets/sheet2.xml": b" " * (64 * 2**20)})
    with pytest.raises(ZipBomb, match="压缩比"):
        check(tmp_path / "a.xlsx")
    with pytest.raises(ZipBomb, match="上限 10 MB"):
        check(tmp_path / "a.xlsx", limits=Limits(unpacked_bytes=10 * 2**20))


def test_a_bomb_that_lies_about_its_size_is_found_while_unpacking(tmp_path: Path) -> None:
    path = small(tmp_path / "a.xlsx", "<row>" + " " * (8 * 2**20) + "</row>")
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, at + 24, 1000)  # the directory now says: 1,000 bytes
    path.write_bytes(data)
    assert check(path).kind is Kind.XLSX
    with pytest.raises(ZipBomb, match="实际更大"):
        read(path, FEED)


def test_too_many_entries_are_refused_before_the_directory_is_loaded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as pack:
        for number in range(3500):
            pack.writestr(f"{number}", "")
    with pytest.raises(ZipBomb, match="3500"):
        check(tmp_path / "a.xlsx")


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"0" * (64 * 2**20)))
    with pytest.raises(ZipBomb):
        read(path, FEED)


def test_a_gzip_of_something_else_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as pack:
        pack.writestr("a", "b")
    for number, content in enumerate((inner.getvalue(), b"<html><table>1</table></html>", b"\x00\x01\x02")):
        path = tmp_path / f"{number}.csv.gz"
        path.write_bytes(gzip.compress(content))
        with pytest.raises(WrongType):
            read(path, FEED)


def ole(*names: str, size: int = 4096) -> bytes:
    """A compound file with streams of these names (sector 0 FAT, 1 directory, content from 2)."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<III", header, 56, 4096, end, 0)
    struct.pack_into("<II", header, 68, end, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    sectors = size // 512
    fat = struct.pack("<128I", 0xFFFFFFFD, end, *range(3, 2 + sectors), end, *[free] * (126 - sectors))
    directory = bytearray(512)
    for number, name in enumerate(("Root Entry", *names)):
        raw = name.encode("utf-16-le")
        directory[128 * number : 128 * number + len(raw)] = raw
        struct.pack_into("<HB", directory, 128 * number + 64, len(raw) + 2, 5 if number == 0 else 2)
        struct.pack_into("<II", directory, 128 * number + 116, end if number == 0 else 2, size if number else 0)
    return bytes(header) + fat + bytes(directory) + bytes(size)


@pytest.mark.parametrize(
    ("names", "refusal"),
    [
        (("EncryptedPackage", "EncryptionInfo"), Encrypted),
        (("Workbook", "_VBA_PROJECT_CUR"), MacroFile),
        (("WordDocument",), WrongType),
    ],
)
def test_compound_files_are_told_apart_by_their_streams(
    tmp_path: Path, names: tuple[str, ...], refusal: type[Refused]
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ole(*names))
    with pytest.raises(refusal):
        check(path)


def test_an_xls_with_a_password_record_is_encrypted(tmp_path: Path) -> None:
    content = bytearray(ole("Workbook"))
    struct.pack_into("<HHHHHH", content, 512 * 3, 0x0809, 2, 0x0600, 0x002F, 2, 0)
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(Encrypted):
        check(path)


def test_a_directory_that_runs_in_a_circle_is_damaged(tmp_path: Path) -> None:
    content = bytearray(ole("Workbook"))
    struct.pack_into("<I", content, 512 + 4, 1)  # the directory's sector follows itself
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        check(path)


def test_macro_workbooks_are_refused_whatever_their_name(tmp_path: Path) -> None:
    for number, more in enumerate(
        (
            {"xl/vbaProject.bin": b"x"},
            {"[Content_Types].xml": TYPES.replace("sheet.main+xml", "sheet.macroEnabled.main+xml")},
        )
    ):
        with pytest.raises(MacroFile):
            check(small(tmp_path / f"{number}.xlsx", "", **more))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b"<html><body><table><tr><td>1</td></tr></table>", "HTML"),
        ("a.xls", b"\xef\xbb\xbf \r\n<!DOCTYPE html><html>", "HTML"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "XML"),
        ("a.xlsx", b"%PDF-1.7", "PDF"),
        ("a.csv", b"\x89PNG\r\n", "图片"),
        ("a.csv", b"MZ\x90\x00", "程序"),
        ("a.csv", b"abc\x00def", "认不出"),
        ("a.csv", b"", "空"),
    ],
)
def test_a_wrong_type_is_told_by_its_content(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WrongType, match=words):
        check(path)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["word/document.xml", "[Content_Types].xml"], "Word"),
        (["mimetype", "content.xml"], "OpenDocument"),
        (["日报.xlsx"], "先解压"),
        (["a.txt"], "没有工作簿"),
        (["[Content_Types].xml", "xl/workbook.bin"], "xlsb"),
    ],
)
def test_other_zip_files_are_no_workbooks(tmp_path: Path, parts: list[str], words: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as pack:
        for part in parts:
            pack.writestr(part, "<x/>")
    with pytest.raises(WrongType, match=words):
        check(tmp_path / "a.xlsx")


def test_a_cut_file_is_damaged(tmp_path: Path) -> None:
    path = absurd(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Damaged):
        check(path)


def test_a_doctype_inside_the_workbook_is_refused(tmp_path: Path) -> None:
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    with pytest.raises(WrongType, match="DOCTYPE"):
        read(small(tmp_path / "a.xlsx", "", **{"xl/worksheets/sheet1.xml": sheet}), FEED)


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 300)
    with pytest.raises(TooLarge):
        check(path, limits=Limits(file_bytes=1000))


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("日报").write_row(0, 0, ["日期", "处理量"])
    checked = check(path)
    assert (checked.kind, checked.renamed) == (Kind.XLSX, True)
    assert "renamed" in {p.code for p in read(path, FEED).problems}
    book97 = xlwt.Workbook()
    book97.add_sheet("日报").write(0, 0, "日期")
    book97.save(str(tmp_path / "b.xls"))
    assert (check(tmp_path / "b.xls").kind, check(tmp_path / "b.xls").renamed) == (Kind.XLS, False)


def test_a_damaged_file_is_refused_by_name_whatever_byte_is_wrong(tmp_path: Path) -> None:
    book97 = xlwt.Workbook()
    book97.add_sheet("日报").write(0, 0, "日期")
    book97.save(str(tmp_path / "a.xls"))
    write(tmp_path / "a.xlsx", {"日报": [["日期", "处理量"], ["2026-03-01", 5]]})
    dice = random.Random(7)
    for name in ("a.xls", "a.xlsx"):
        whole = (tmp_path / name).read_bytes()
        for _ in range(300):
            broken = bytearray(whole)
            for _ in range(dice.choice((1, 5, 40))):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            (tmp_path / f"broken-{name}").write_bytes(broken)
            with contextlib.suppress(Refused):  # any other exception fails this test
                check(tmp_path / f"broken-{name}")
