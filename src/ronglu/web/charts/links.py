"""The lines between two lists standing side by side."""

from collections.abc import Sequence

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, at, picture, tag

ROW = 44


def links(pairs: Sequence[tuple[int, int]], *, left: int, right: int) -> Drawing:
    """`pairs` of row numbers, left and right; the page draws each row exactly 44 px high."""
    height = max(left, right, 1) * ROW
    parts = [_line((a + 0.5) * ROW, (b + 0.5) * ROW) for a, b in pairs]
    says = gettext("%d 条对应关系") % len(pairs)
    return picture(parts, summary=says, cls="links", width=100, height=height, stretch=True)


def _line(y1: float, y2: float) -> str:
    return tag("path", d=f"M0 {at(y1)}C45 {at(y1)} 55 {at(y2)} 100 {at(y2)}", cls="l-link")
