"""A Word file as the answer to a request."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import FileResponse

if TYPE_CHECKING:
    from ronglu.exchange.word.paper import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_word(paper: "Paper", *, name: str) -> FileResponse:
    """`name` without its ending."""
    return FileResponse(BytesIO(paper.save()), as_attachment=True, filename=f"{name}.docx", content_type=DOCX)
