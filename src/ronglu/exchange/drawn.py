"""A drawing of ours (SVG with classes) on paper: in the colours of print, and as a picture for Word, which takes no SVG."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from ronglu.exchange.paper import FAINT, FONT, INK, RULE, render

DATA, WARN, SUNK = "#1f4e79", "#ad4e00", "#f2f2f2"
DPI = 200
POINTS = 72
"""To the inch, which has 25.4 mm."""
INCH = 25.4
STYLE = (
    f"text{{font-family:{FONT};font-size:12px;fill:{FAINT}}}.ink{{fill:{INK}}}.b{{font-weight:700}}"
    f".c-data{{fill:{DATA}}}.c-track{{fill:{SUNK}}}.c-warn{{fill:{WARN}}}"
    f".l-data,.l-thick{{fill:none;stroke:{DATA};stroke-width:2}}.l-ink{{fill:none;stroke:{INK};stroke-width:2}}"
    f".l-grid{{stroke:#d9d9d9;stroke-width:1}}.l-plan{{fill:none;stroke:{RULE};stroke-width:1;stroke-dasharray:3 3}}"
    f".l-warn{{fill:none;stroke:{WARN};stroke-width:2}}.l-warn-dash{{fill:none;stroke:{WARN};stroke-width:1.5;stroke-dasharray:5 3}}"
    ".t-end{text-anchor:end}.t-mid{text-anchor:middle}"
)


def on_paper(svg: str) -> str:
    """The page's style sheet does not reach into a drawing: it brings its own."""
    head, _, rest = svg.partition(">")
    named = head if "xmlns=" in head else head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{named}><style>{STYLE}</style>{rest}"


def pngs(drawings: Sequence[tuple[str, tuple[float, float]]], *, mm: int) -> list[bytes]:
    """Of each drawing (SVG, its own width and height) a picture `mm` wide; all of them in one go, fonts take the time."""
    import pypdfium2

    heights = [mm * size[1] / size[0] for _, size in drawings]
    style = (
        f"@page {{ size: {mm}mm {max(heights, default=1):.2f}mm; margin: 0 }} svg {{ display: block; width: {mm}mm }}"
    )
    pages = [
        f'<svg style="height: {tall:.2f}mm; break-after: page"{on_paper(svg)[4:]}'
        for (svg, _), tall in zip(drawings, heights, strict=True)
    ]
    document = pypdfium2.PdfDocument(render(title="", style=style, body="".join(pages)))
    try:
        return [_png(document[number], tall) for number, tall in enumerate(heights)]
    finally:
        document.close()


def _png(page: Any, tall: float) -> bytes:
    """The page down to where the drawing ends."""
    stream, drawn = BytesIO(), page.render(scale=DPI / POINTS).to_pil()
    drawn.crop((0, 0, drawn.width, round(tall / INCH * DPI))).save(stream, "png")
    return stream.getvalue()
