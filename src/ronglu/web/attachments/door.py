"""Lets files in: each is looked at by content before anything of it is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ronglu.exchange import documents, pictures
from ronglu.exchange.problems import Refused

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".bmp")


@dataclass(frozen=True, slots=True)
class Cleaned:
    name: str
    data: bytes
    suffix: str


def pictures_of(uploads: list[Any], *, most: int) -> tuple[list[Cleaned], list[str]]:
    """Drawn anew, without place or camera; and in words what could not be let in."""
    return _each(uploads, most, _picture)


def files_of(uploads: list[Any], *, most: int) -> tuple[list[Cleaned], list[str]]:
    """Pictures drawn anew, papers as they came."""
    return _each(uploads, most, lambda one: _picture(one) if _is_picture(one) else _paper(one))


def _each(uploads: list[Any], most: int, door: Any) -> tuple[list[Cleaned], list[str]]:
    if len(uploads) > most:
        return [], [_("一次最多 %(most)d 个文件，选了 %(count)d 个") % {"most": most, "count": len(uploads)}]
    found: list[Cleaned] = []
    refused: list[str] = []
    for one in uploads:
        try:
            found.append(door(one))
        except Refused as why:
            refused.append(why.message)
    return found, refused


def _picture(upload: Any) -> Cleaned:
    # who sends more than is let in is told so without reading it all
    drawn = pictures.clean(upload.read(pictures.MOST_BYTES + 1))
    return Cleaned(upload.name, drawn.data, drawn.suffix)


def _paper(upload: Any) -> Cleaned:
    data = upload.read(documents.MOST_BYTES + 1)
    return Cleaned(upload.name, data, documents.check(data, upload.name).suffix)


def _is_picture(upload: Any) -> bool:
    return Path(upload.name).suffix.lower() in PICTURES
