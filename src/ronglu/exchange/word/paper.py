"""Writing an official paper: title, headings, paragraphs, tables, who signs; always on the base document."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Self

from ronglu.exchange.word import base, layout
from ronglu.exchange.word.base import BODY, CELL, CELL_HEAD, FIRST, GRID, NOTE, SECOND, TITLE, UNDER

AHEAD = dt.timedelta(hours=8)  # the file keeps its moments in UTC, the plant lives in Beijing time
NUMERALS = "一二三四五六七八九十"
UNWRITTEN = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is its part of the width beside the others'; numbers stand at the right, short words in the middle."""

    label: str
    share: int = 1
    align: str = "left"


class Paper:
    """Each step adds below what stands already and gives the paper back."""

    def __init__(self, title: str, *, at: dt.datetime) -> None:
        from docx import Document

        self._document: Any = Document(BytesIO(base.base()))
        self._first = self._second = 0
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by, about.comments = title, "", "", ""
        about.language, about.revision = "zh-CN", 1
        about.created = about.modified = at - AHEAD
        self._add(title, TITLE)

    def under(self, text: str) -> Self:
        """Below the title, in brackets where it is a period or a whose."""
        self._add(text, UNDER)
        return self

    def space(self) -> Self:
        self._add("", BODY)
        return self

    def heading(self, text: str) -> Self:
        """一、二、三、 counted here."""
        self._first, self._second = self._first + 1, 0
        self._add(f"{numeral(self._first)}、{text}", FIRST)
        return self

    def sub_heading(self, text: str) -> Self:
        self._second += 1
        self._add(f"（{numeral(self._second)}）{text}", SECOND)
        return self

    def text(self, text: str) -> Self:
        """Every line of the text is a paragraph of its own."""
        for line in text.splitlines():
            if line.strip():
                self._add(line.strip(), BODY)
        return self

    def lines(self, texts: Iterable[str]) -> Self:
        """Remarks under a table, in the size of its cells."""
        for text in texts:
            if text:
                self._add(text, NOTE)
        return self

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Self:
        """As wide as the type area; the heads come again on every page, no row is torn in two."""
        table = self._document.add_table(rows=1, cols=len(columns), style=None)
        table._tbl.tblPr.style = GRID
        table.autofit = False
        widths = _widths(columns)
        _fill(table.rows[0], [(clean(column.label), CELL_HEAD, "center") for column in columns], widths)
        _mark(table.rows[0], "tblHeader", "cantSplit")
        for row in rows:
            line = table.add_row()
            _fill(line, [(said(v), CELL, c.align) for v, c in zip(row, columns, strict=True)], widths)
            _mark(line, "cantSplit")
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return self

    def picture(self, png: bytes, *, mm: int) -> Self:
        """In the middle, on the page of what stands above it."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        self.keep()
        place = self._add("", NOTE)
        # an exact line would cut the picture to the height of the text
        place.paragraph_format.line_spacing = 1.0
        place.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place.add_run().add_picture(BytesIO(png), width=Mm(mm))
        return self

    def keep(self) -> Self:
        """What stands last goes with what comes next: a paragraph, or the last row of a table."""
        from docx.text.paragraph import Paragraph

        *_, last = self._document.iter_inner_content()
        places = [last] if isinstance(last, Paragraph) else [cell.paragraphs[0] for cell in last.rows[-1].cells]
        for place in places:
            place.paragraph_format.keep_with_next = True
        return self

    def signed(self, organ: str, day: dt.date) -> Self:
        """Who issues it and when, at the right, never alone on a page."""
        self.keep()
        date = dated(day)
        for text, inward in (("", 0), (organ, 2), (date, 4)):
            place = self._add(text, BODY)
            place.paragraph_format.keep_with_next = text != date
            _right(place, inward)
        return self

    def save(self) -> bytes:
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _add(self, text: str, style: str) -> Any:
        place = self._document.add_paragraph(clean(text))
        place._p.style = style
        return place


def numeral(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


def dated(day: dt.date) -> str:
    """2026年4月3日: in figures, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def said(value: object) -> str:
    return "—" if value is None else clean(str(value))


def clean(text: str) -> str:
    """Without the signs that XML has no way to write."""
    return UNWRITTEN.sub("", text)


def _widths(columns: Sequence[Column]) -> list[Any]:
    from docx.shared import Twips

    whole = sum(column.share for column in columns)
    return [Twips(layout.AREA_WIDTH * column.share // whole) for column in columns]


def _fill(row: Any, cells: Sequence[tuple[str, str, str]], widths: Sequence[Any]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for cell, (text, style, align), width in zip(row.cells, cells, widths, strict=True):
        place = cell.paragraphs[0]
        place._p.style = style
        if align != "left":
            place.alignment = WD_ALIGN_PARAGRAPH[align.upper()]
        place.add_run(text)
        cell.width = width
        cell.vertical_alignment = _centre()


def _centre() -> Any:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    return WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _mark(row: Any, *names: str) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(f"w:{name}"))


def _right(place: Any, characters: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    indent = place._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")
    for name, value in (("rightChars", 100), ("right", layout.SAN_HAO * layout.POINT)):
        indent.set(qn(f"w:{name}"), str(value * characters))
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
