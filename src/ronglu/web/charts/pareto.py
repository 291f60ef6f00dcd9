"""What matters most, first: bars in order of their number, and how much of everything they make up together."""

from collections.abc import Sequence

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, picture, tag, text
from ronglu.web.formats import pct

ROW, LEFT, RIGHT, WIDTH = 28, 128, 300, 350


def pareto(bars: Sequence[tuple[str, int, Number]], *, label: str = "") -> Drawing:
    """`bars` are label, number and cumulated share, the largest first. The line runs over the ends of the cumulated shares."""
    top = max((count for _, count, _ in bars), default=0) or 1
    parts: list[str] = []
    corners: list[str] = []
    for row, (name, count, share) in enumerate(bars):
        middle = row * ROW + ROW / 2
        wide = count / top * (RIGHT - LEFT)
        parts.append(text(name, x=LEFT - 8, y=middle + 4, cls="t-end ink"))
        parts.append(tag("rect", x=LEFT, y=at(middle - 8), width=at(wide), height=16, cls="c-data"))
        parts.append(text(count, x=LEFT + wide + 6, y=middle + 4, cls="ink b"))
        where = LEFT + float(share) * (RIGHT - LEFT)
        corners.append(f"{at(where)} {at(middle)}")
        parts.append(tag("circle", cx=at(where), cy=at(middle), r=3, cls="c-warn"))
    if corners:
        parts.append(tag("path", d="M" + "L".join(corners), cls="l-warn-dash"))
    height = max(len(bars), 1) * ROW
    return picture(parts, width=WIDTH, height=height, cls="chart pareto", summary=_says(bars, label))


def _says(bars: Sequence[tuple[str, int, Number]], label: str) -> str:
    if not bars:
        return gettext("%s：没有记录") % label if label else gettext("没有记录")
    few = next((n for n, (_, _, share) in enumerate(bars, 1) if float(share) >= 0.8), len(bars))
    names = gettext("、").join(name for name, _, _ in bars[:few])
    told = {"label": label, "names": names, "share": pct(bars[few - 1][2], 0)}
    return gettext("%(label)s：%(names)s合占 %(share)s") % told
