"""The rule as a line: what share of the points an attainment earns, and where the branch stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, picture, tag, text, ticks, width_of
from ronglu.web.formats import num

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 296, 200, 34, 282, 34, 152


@dataclass(frozen=True, slots=True)
class Mark:
    x: Number
    y: Number
    label: str
    lost: bool = False


def rule_curve(
    points: Sequence[tuple[Number, Number]], *, marks: Sequence[Mark] = (), x_label: str = "", y_label: str = ""
) -> Drawing:
    """`points` are the corners of the piecewise line, ascending in x."""
    xs, ys = [float(p[0]) for p in points], [float(p[1]) for p in points]
    low, high = min(xs), max(xs)
    top = max(1.0, *ys)

    def x(v: Number) -> float:
        return LEFT + (min(max(float(v), low), high) - low) / ((high - low) or 1) * (RIGHT - LEFT)

    def y(v: Number) -> float:
        return FLOOR - float(v) / top * (FLOOR - TOP)

    parts = []
    for level in sorted({0.0, *ys}):
        parts.append(tag("line", x1=LEFT, x2=RIGHT, y1=at(y(level)), y2=at(y(level)), cls="l-grid"))
        parts.append(text(num(f"{level:g}"), x=LEFT - 8, y=y(level) + 4, cls="t-end"))
    places = ticks(low, high, about=4)
    digits = max(len(f"{p:g}".partition(".")[2]) for p in places)
    for value in places:
        parts.append(text(num(f"{value:.{digits}f}"), x=x(value), y=FLOOR + 18, cls="t-mid"))
    parts.append(tag("path", d="M" + "L".join(f"{at(x(px))} {at(y(py))}" for px, py in points), cls="l-thick"))
    for mark in marks:
        parts += _marked(mark, x(mark.x), y(mark.y))
    parts.append(text(y_label, x=4, y=14))
    parts.append(text(x_label, x=RIGHT, y=FLOOR + 40, cls="t-end"))
    says = gettext("；").join([f"{y_label} / {x_label}".strip(" /"), *(m.label for m in marks)])
    return picture(parts, width=WIDTH, height=HEIGHT, cls="chart curve", summary=says)


def _marked(mark: Mark, x: float, y: float) -> list[str]:
    tone = "c-warn" if mark.lost else "c-data"
    # the line rises to the right: below right of a point is free, so is above left
    wide = width_of(mark.label)
    if mark.lost:
        words = text(mark.label, x=min(x + 8, WIDTH - wide), y=y + 22, cls="ink b")
    else:
        words = text(mark.label, x=max(x + 8, wide), y=y - 10, cls="t-end ink b")
    drop = [tag("line", x1=at(x), x2=at(x), y1=at(y), y2=FLOOR, cls="l-warn-dash")] if mark.lost else []
    return [*drop, tag("circle", cx=at(x), cy=at(y), r=5, cls=tone), words]
