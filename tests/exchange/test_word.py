"""The official paper: the page of GB/T 9704 by its numbers in the file, and by LibreOffice where it is installed."""

import datetime as dt
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from ronglu.exchange.word.base import base
from ronglu.exchange.word.paper import Column, Paper, numeral

AT = dt.datetime(2026, 4, 10, 9)
POINT = 20  # twips
OFFICE = shutil.which("soffice")


def opened(paper: Paper) -> "Document":
    return Document(BytesIO(paper.save()))


def xml(part: str) -> str:
    with ZipFile(BytesIO(base())) as pack:
        return pack.read(part).decode()


def in_mm(length: int) -> float:
    return round(length / 36_000, 1)


def test_the_type_area_is_156_by_225_mm_on_a4_below_37_and_beside_28() -> None:
    page = opened(Paper("通报", at=AT)).sections[0]
    assert (in_mm(page.page_width), in_mm(page.page_height)) == (210.0, 297.0)
    assert (in_mm(page.top_margin), in_mm(page.left_margin)) == (37.0, 28.0)
    assert in_mm(page.page_width - page.left_margin - page.right_margin) == 156.0
    assert in_mm(page.page_height - page.top_margin - page.bottom_margin) == 225.0


def test_the_grid_holds_22_lines_and_the_type_is_drawn_in_to_28_characters() -> None:
    """225 mm are 12,756 twips, 22 × 579 = 12,738; 156 mm are 8,844, and 28 × (320 − 5) = 8,820: one more fits neither."""
    document = opened(Paper("通报", at=AT))
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = document.styles["正文段落"]
    spacing = body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))
    assert (body.font.size.pt, spacing) == (16, "-5")
    assert 28 * (16 * POINT - 5) <= 8_844 < 29 * (16 * POINT - 5)


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("正文段落", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), ("Heading 1", "黑体", 16), ("Heading 2", "楷体_GB2312", 16),
        ("Footer", "宋体", 14), ("表文", "仿宋_GB2312", 12),
    ],
)  # fmt: skip
def test_every_style_names_its_font_and_size(style: str, font: str, points: int) -> None:
    found = opened(Paper("通报", at=AT)).styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size.pt == points


def test_fonts_are_named_with_what_stands_in_for_them_and_never_shipped() -> None:
    table = xml("word/fontTable.xml")
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,STFangsong"/>' in table
    with ZipFile(BytesIO(base())) as pack:
        assert not [name for name in pack.namelist() if "fonts/" in name or name.endswith((".ttf", ".odttf"))]


def test_pages_are_numbered_between_dashes_at_the_outer_edge() -> None:
    document = opened(Paper("通报", at=AT))
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = document.sections[0].footer.paragraphs[0], document.sections[0].even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)


def test_the_file_says_when_and_what_but_nobody_and_no_program() -> None:
    about = opened(Paper("三月通报", at=AT)).core_properties
    assert about.created == dt.datetime(2026, 4, 10, 1, tzinfo=dt.UTC), "09:00 in Beijing"
    assert (about.title, about.author, about.last_modified_by, about.comments) == ("三月通报", "", "", "")


def test_headings_count_in_chinese_and_begin_anew_below_each() -> None:
    paper = Paper("通报", at=AT).heading("总").sub_heading("甲").sub_heading("乙").heading("分").sub_heading("丙")
    assert [p.text for p in opened(paper).paragraphs] == [
        "通报",
        "一、总",
        "（一）甲",
        "（二）乙",
        "二、分",
        "（一）丙",
    ]
    assert [numeral(n) for n in (1, 10, 11, 20, 33, 99)] == ["一", "十", "十一", "二十", "三十三", "九十九"]


def test_a_table_is_as_wide_as_the_type_area_and_repeats_its_head() -> None:
    paper = Paper("通报", at=AT).table([Column("项", 1), Column("得分", 3, "right")], [["A1", "4.00"], ["A2", None]])
    [table] = opened(paper).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["项", "得分"], ["A1", "4.00"], ["A2", "—"]]
    assert [round(cell.width.twips) for cell in table.rows[1].cells] == [2_211, 6_633]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    paper = Paper("通报", at=AT).table([Column("项"), Column("得分")], [["A1", "4.00"], ["A2", "3.00"]])
    document = opened(paper.signed("青岚冶炼厂", dt.date(2026, 4, 3)))
    kept = [[c.paragraphs[0].paragraph_format.keep_with_next for c in row.cells] for row in document.tables[0].rows]
    assert kept == [[None, None], [None, None], [True, True]], "the last row goes with it"
    assert [p.text for p in document.paragraphs[1:]] == ["", "青岚冶炼厂", "2026年4月3日"]
    assert [p.paragraph_format.keep_with_next for p in document.paragraphs[1:]] == [True, True, False]


def test_a_text_with_a_control_character_or_a_tag_stays_a_text() -> None:
    paper = Paper("通报", at=AT).text("第\x01一<w:p/>\n\n第二").table([Column("甲\x00")], [["a & b"]])
    document = opened(paper)
    assert [p.text for p in document.paragraphs][1:] == ["第一<w:p/>", "第二"]
    assert [c.text for c in document.tables[0].columns[0].cells] == ["甲", "a & b"]


def test_two_papers_of_the_same_moment_are_the_same_base() -> None:
    assert base() == base()
    assert len(Paper("通报", at=AT).save()) < 10_000


@pytest.mark.skipif(
    OFFICE is None, reason="没有 LibreOffice：请安装 libreoffice-writer-nogui · LibreOffice is not installed"
)
def test_libreoffice_sets_22_lines_of_28_characters_on_the_page(tmp_path: Path) -> None:
    """A title, an empty line, then 28 × 60 characters without an indent: 20 lines stay on the first page, 22 on the second."""
    paper = Paper("通报", at=AT).space().text("融" * 28 * 60)
    paper._document.paragraphs[-1].paragraph_format.first_line_indent = 0
    paper._document.paragraphs[-1]._p.pPr.ind.set(qn("w:firstLineChars"), "0")
    source = tmp_path / "paper.docx"
    source.write_bytes(paper.save())
    assert OFFICE
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    pages = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert [round(side / 72 * 25.4) for side in pages[0].get_size()] == [210, 297]
    assert [len(_lines(pages[n])) for n in range(3)] == [20, 22, 18]
    assert set(_lines(pages[1]).values()) == {28}


def _lines(page: pypdfium2.PdfPage) -> Counter[int]:
    """Height of a line → how many 融 stand in it."""
    text = page.get_textpage()
    return Counter(
        round(text.get_charbox(at)[1]) for at in range(text.count_chars()) if text.get_text_range(at, 1) == "融"
    )
