"""The labels that are cut out and put up at a zone: who looks after it in large type, and a QR code that opens its report page."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ronglu.exchange.paper import FAINT, RULE, render, text

ACROSS, DOWN = 3, 4
A_PAGE = ACROSS * DOWN
CALL = "手机扫一扫，报隐患、提建议"
STYLE = f"""
@page {{ size: A4 portrait; margin: 10mm }}
table {{ width: 190mm; border-collapse: collapse; table-layout: fixed; break-after: page }}
table:last-child {{ break-after: auto }}
td {{ width: 63.3mm; height: 69mm; padding: 0; vertical-align: top; border: 0.2mm dashed {RULE} }}
td > div {{ height: 69mm; overflow: hidden; text-align: center }}
.plant {{ margin: 0; font-size: 7.5pt; color: {FAINT}; padding-top: 2mm; height: 3.5mm; overflow: hidden }}
.head {{ height: 17.5mm; margin: 0.5mm 3mm 0; overflow: hidden }}
.title {{ font-weight: 700; line-height: 1.2; margin: 0 }}
.sub {{ font-size: 7.5pt; line-height: 1.2; margin: 0.3mm 0 0; overflow-wrap: anywhere }}
svg {{ width: 36mm; height: 36mm; display: block; margin: 0 auto }}
.call {{ margin: 0; font-size: 8.5pt; line-height: 1.2 }}
.url {{ font-size: 5.5pt; line-height: 1.2; color: {FAINT}; margin: 0.5mm 3mm 0; overflow-wrap: anywhere }}
"""
SIZES = ((20, 15), (24, 12), (32, 9.5))
"""A line of so many half-width columns is set in so many points; two lines must do."""
SMALLEST = 8


@dataclass(frozen=True, slots=True)
class Label:
    """One zone: its name, one line beneath it (whose it is, its number), the whole address of its report page."""

    title: str
    sub: str
    url: str


def zone_labels(labels: Sequence[Label], *, plant: str) -> bytes:
    """A PDF, twelve labels to an A4 page in the given order, dashed lines to cut along."""
    if not labels:
        raise ValueError("没有要打印的标签")
    pages = [labels[start : start + A_PAGE] for start in range(0, len(labels), A_PAGE)]
    body = "".join(_page(page, plant) for page in pages)
    return render(title=f"{plant} 责任区标签", style=STYLE, body=body)


def _page(labels: Sequence[Label], plant: str) -> str:
    rows = [labels[start : start + ACROSS] for start in range(0, len(labels), ACROSS)]
    cells = ("".join(f"<td>{_label(label, plant)}</td>" for label in row) + _rest(row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _rest(row: Sequence[Label]) -> str:
    """Empty places at the end keep the width of the column."""
    return '<td style="border: 0"></td>' * (ACROSS - len(row))


def _label(label: Label, plant: str) -> str:
    return (
        f'<div><p class="plant">{text(plant)}</p>'
        f'<div class="head"><p class="title" style="font-size: {_points(label.title)}pt">{text(label.title)}</p>'
        f'<p class="sub">{text(label.sub)}</p></div>{qr(label.url)}'
        f'<p class="call">{CALL}</p><p class="url">{text(label.url)}</p></div>'
    )


def qr(url: str) -> str:
    """The QR code as inline SVG with its quiet zone; at least a seventh of it may be dirty or torn (level M or better)."""
    import segno

    return segno.make(url, error="m", boost_error=True, micro=False).svg_inline(border=4, omitsize=True)


def _points(title: str) -> float:
    """The size of type in which two lines hold the title."""
    columns = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in title)
    return next((points for most, points in SIZES if columns <= most * 2), SMALLEST)
