"""How tests read a printed page: its words, its pages, its picture, the QR codes on it."""

from dataclasses import dataclass

import pypdfium2
import pytest
import zxingcpp
from PIL.Image import Image

from tools import setup

printing = pytest.mark.skipif(
    not setup.library("pangoft2-1.0"), reason="没有 Pango：请安装 libpangoft2-1.0-0 · Pango is not installed"
)


@dataclass(frozen=True)
class Sheet:
    """One page: words without line breaks, size in millimetres."""

    words: str
    size: tuple[int, int]
    image: Image

    @property
    def codes(self) -> set[str]:
        return {found.text for found in zxingcpp.read_barcodes(self.image)}


def sheets(data: bytes) -> list[Sheet]:
    with pypdfium2.PdfDocument(data) as paper:
        return [_sheet(page) for page in paper]


def properties(data: bytes) -> dict[str, str]:
    with pypdfium2.PdfDocument(data) as paper:
        return {key: value for key, value in paper.get_metadata_dict().items() if value}


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    words = page.get_textpage().get_text_range().replace("\r", "").replace("\n", "")
    width, height = (round(side / 72 * 25.4) for side in page.get_size())
    return Sheet(words, (width, height), page.render(scale=3).to_pil())
