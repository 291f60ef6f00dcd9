"""What the pre-scan sees in the XML, however it is written."""

from pathlib import Path

import xlsxwriter

from ronglu.exchange.guard import check
from ronglu.exchange.limits import Limits
from ronglu.exchange.parts import Styles
from ronglu.exchange.prescan import scan_sheet
from ronglu.exchange.sandbox import read_file
from ronglu.exchange.scan import Scan, at

PLAIN = Styles(frozenset(), {})


def scan(xml: str, styles: Styles = PLAIN, piece: int = 7) -> Scan:
    """In pieces of a few bytes, as a stream may come."""
    raw = xml.encode()
    return scan_sheet((raw[n : n + piece] for n in range(0, len(raw), piece)), styles, Limits(), name="t")


def test_extent_counts_cells_with_content_only() -> None:
    found = scan(
        '<worksheet><dimension ref="A1:XFD9"/><sheetData><row r="2"><c r="B2"><v>1</v></c><c r="Z2" s="4"/></row><row r="900"/></sheetData></worksheet>'
    )
    assert (found.rows, found.columns, found.cells) == (2, 2, 1)


def test_a_namespace_prefix_and_missing_references_change_nothing() -> None:
    found = scan(
        '<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row><x:row><x:c><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert found.errors == {at(0, 1): "#N/A"}
    assert found.uncached == {at(1, 0)}
    assert (found.rows, found.columns) == (1, 2)


def test_formulas_cached_uncached_empty_text_and_linked() -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f></c><c r="D1" t="str"><f>""</f><v></v></c>'
        '<c r="E1"><f>[2]表!A1</f><v>3</v></c><c r="F1"><f>SUM(表1[数量])</f><v>3</v></c>'
        '<c r="G1"><f t="shared" ref="G1:H1" si="0">[1]a!A1</f><v>1</v></c><c r="H1"><f t="shared" si="0"/><v>1</v></c>'
    )
    found = scan(f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>')
    assert found.formulas == 8
    assert found.uncached == {at(0, 1), at(0, 2)}
    assert found.linked == {at(0, 4), at(0, 6), at(0, 7)}


def test_hidden_and_merged_parts_and_the_last_cell() -> None:
    found = scan(
        '<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" hidden="0"/></cols><sheetData><row r="4" hidden="1"/><row r="5" hidden="true"/><row r="9" hidden="1">'
        '<c r="A9" t="e"><v>#REF!</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C2"/></mergeCells></worksheet>'
    )
    assert found.hidden_rows == [(3, 4), (8, 8)]
    assert found.hidden_columns == [(1, 2)]
    assert found.merged == [(0, 0, 1, 2)]
    assert found.errors == {at(8, 0): "#REF!"}


def test_styles_tell_percent_from_a_quoted_sign(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("a")
        for column, text in enumerate(("0%", "0.00%", '0.0"%"', "0.0\\%", "#,##0.0 %", "General")):
            page.write_number(0, column, 0.5, book.add_format({"num_format": text}))
    (sheet,) = read_file(check(tmp_path / "a.xlsx")).sheets
    assert sheet.scan.percent == {at(0, 0), at(0, 1), at(0, 4)}


def test_a_file_of_the_1904_clock_is_known(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True}) as book:
        book.add_worksheet("a").write(0, 0, 1)
    assert read_file(check(tmp_path / "a.xlsx")).date1904
