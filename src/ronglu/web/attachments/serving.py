"""How a file of a case leaves the house: with the type of its content, never as a page that could run something."""

from typing import TYPE_CHECKING

from django.http import FileResponse

from ronglu.work import attachments

if TYPE_CHECKING:
    from ronglu.store.models import Attachment


def served(row: "Attachment") -> FileResponse:
    """Pictures are shown, papers are downloaded; whoever may see the case was asked before."""
    response = FileResponse(
        attachments.content(row),
        content_type=attachments.type_of(row),
        filename=row.name,
        as_attachment=row.suffix not in attachments.PICTURES,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
