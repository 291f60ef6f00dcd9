"""A workbook or a Word file that a page gave away, as plain cells and words."""

from io import BytesIO
from typing import Any

import docx
import openpyxl


def cells(answer: Any) -> dict[str, list[list[Any]]]:
    """Sheet → rows, the heads first."""
    assert answer.status_code == 200
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def words(answer: Any) -> str:
    """Everything a Word file says, paragraphs first."""
    assert answer.status_code == 200
    paper = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    table = [cell.text for one in paper.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *table])
