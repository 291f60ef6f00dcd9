"""Papers as the answer to a request: a Word file, or tables in the form that was asked for."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpRequest

from ronglu.config import clock
from ronglu.web.book import Sheet, width, workbook_of

if TYPE_CHECKING:
    from ronglu.exchange.word.paper import Column, Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BETWEEN = re.compile(r"(?<!\d)-|-(?!\d)")
"""Strokes of a file's name that are not those of a date."""
NARROW, WIDE = 4, 24
"""Bounds of a column's part of the width, in letters."""


def as_word(paper: "Paper", *, name: str) -> FileResponse:
    """`name` without its ending."""
    return FileResponse(BytesIO(paper.save()), as_attachment=True, filename=f"{name}.docx", content_type=DOCX)


def taken(request: HttpRequest, sheets: Iterable[Sheet], *, name: str, organ: str) -> FileResponse:
    """The same tables as a workbook, or on official paper of `organ` where the address says `form=word`."""
    if request.GET.get("form") != "word":
        return workbook_of(sheets, name=f"{name}.xlsx")
    return as_word(paper_of(sheets, title=BETWEEN.sub(" ", name), organ=organ), name=name)


def paper_of(sheets: Iterable[Sheet], *, title: str, organ: str, nothing: str = "") -> "Paper":
    """A heading and a table for each sheet; `nothing` stands in place of a table without rows."""
    from ronglu.exchange.word.paper import Paper

    paper = Paper(title, at=clock.now())
    for one in sheets:
        rows = [[_plain(cell) for cell in row] for row in one.rows]
        paper.heading(one.name)
        if rows or not nothing:
            paper.table(_columns(one, rows), rows)
        else:
            paper.text(nothing)
    return paper.signed(organ, clock.today())


def _plain(cell: object) -> object:
    return "—" if cell is None or cell == "" else cell


def _columns(sheet: Sheet, rows: list[list[object]]) -> "list[Column]":
    """As wide as the longest of its cells, within bounds; a column of numbers stands at the right."""
    from ronglu.exchange.word.paper import Column

    found = []
    for place, head in enumerate(sheet.heads):
        cells = [row[place] for row in rows]
        longest = max([width(head), *map(width, cells)])
        numbers = any(not isinstance(cell, str) for cell in cells) and all(
            not isinstance(cell, str) or cell == "—" for cell in cells
        )
        found.append(Column(head, min(max(longest, NARROW), WIDE), "right" if numbers else "left"))
    return found
