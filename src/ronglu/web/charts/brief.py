"""The charts of a brief: running totals, days beside their plan, lying bars. The same drawing stands on the page and on paper."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, at, picture, tag, text, ticks, width_of
from ronglu.web.formats import num

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 1040, 260, 84, 20, 30, 28
ROW, NAMES, ROOM = 28, 168, 96
LABELS = 12
"""So many labels stand under a chart at most."""
Chart = Mapping[str, Any]
Values = Sequence[float | None]
Scale = Callable[[float], float]


def drawing(chart: Chart) -> Drawing:
    return {"lines": _lines, "columns": _columns, "rows": _rows}[chart["kind"]](chart)


def _lines(chart: Chart) -> Drawing:
    low, high = 0.0, _top(chart)
    x, y = _places(len(chart["labels"])), _scale(low, high)
    parts = _frame(chart, low, high, x, y)
    for one in chart["series"]:
        values = _floats(one)
        if one["kind"] == "limit":
            parts += _edge(values, x, y)
        else:
            parts.append(
                tag("path", d=_path(values, x, y), cls="l-thick" if one["kind"] == "actual" else "l-warn-dash")
            )
    return picture([*parts, *_legend(chart)], summary=said(chart), cls="chart wide", width=WIDTH, height=HEIGHT)


def _columns(chart: Chart) -> Drawing:
    """A day without a figure has no column; its plan is the short line across."""
    x, y = _places(len(chart["labels"])), _scale(0.0, _top(chart))
    half = (WIDTH - LEFT - RIGHT) / max(1, len(chart["labels"])) * 0.36
    parts = _frame(chart, 0.0, _top(chart), x, y)
    for one in chart["series"]:
        for place, value in enumerate(_floats(one)):
            if value is not None and one["kind"] == "actual":
                tall = y(0.0) - y(value)
                parts.append(
                    tag(
                        "rect", x=at(x(place) - half), y=at(y(value)), width=at(half * 2), height=at(tall), cls="c-data"
                    )
                )
            elif value is not None:
                height = at(y(value))
                parts.append(
                    tag(
                        "line",
                        x1=at(x(place) - half - 3),
                        x2=at(x(place) + half + 3),
                        y1=height,
                        y2=height,
                        cls="l-warn",
                    )
                )
    return picture([*parts, *_legend(chart)], summary=said(chart), cls="chart wide", width=WIDTH, height=HEIGHT)


def _rows(chart: Chart) -> Drawing:
    """Names at the left, numbers at the ends; what is missing says so."""
    values = _floats(chart["series"][0])
    top = max([value for value in values if value is not None], default=0.0) or 1.0
    parts = []
    for row, (name, value) in enumerate(zip(chart["labels"], values, strict=True)):
        middle = row * ROW + ROW / 2
        parts.append(text(name, x=NAMES - 8, y=middle + 4, cls="t-end ink"))
        if value is None:
            parts.append(text(gettext("缺数"), x=NAMES, y=middle + 4))
            continue
        wide = value / top * (WIDTH - NAMES - ROOM)
        parts.append(tag("rect", x=NAMES, y=at(middle - 8), width=at(wide), height=16, cls="c-data"))
        parts.append(text(f"{num(_text(value))} {chart['unit']}", x=NAMES + wide + 6, y=middle + 4, cls="ink b"))
    height = max(1, len(values)) * ROW
    return picture(parts, summary=said(chart), cls="chart wide", width=WIDTH, height=height)


def said(chart: Chart) -> str:
    """The chart in a sentence: of each series the last figure that is known."""
    told = []
    for one in chart["series"]:
        known = [value for value in one["values"] if value is not None]
        if known and chart["kind"] != "rows":
            told.append(gettext("%(name)s最后 %(value)s") % {"name": one["name"], "value": num(Decimal(known[-1]))})
    missing = sum(1 for value in chart["series"][0]["values"][: chart["gone"]] if value is None)
    if chart["kind"] == "rows":
        told = [f"{name} {num(Decimal(v)) if v is not None else gettext('缺数')}" for name, v in _pairs(chart)]
    elif chart["kind"] == "columns" and missing:
        told.append(gettext("%d 天没有数") % missing)
    return f"{chart['title']}（{chart['unit']}）" + gettext("：") + gettext("，").join(told)


def _pairs(chart: Chart) -> list[tuple[str, str | None]]:
    return list(zip(chart["labels"], chart["series"][0]["values"], strict=True))


def _floats(series: Mapping[str, Any]) -> list[float | None]:
    """Floats only here: a drawing's pixels need no more."""
    return [None if value is None else float(value) for value in series["values"]]


def _top(chart: Chart) -> float:
    known = [value for one in chart["series"] for value in _floats(one) if value is not None]
    return max(known, default=0.0) * 1.06 or 1.0


def _places(count: int) -> Callable[[int], float]:
    step = (WIDTH - LEFT - RIGHT) / max(1, count)
    return lambda place: LEFT + (place + 0.5) * step


def _scale(low: float, high: float) -> Scale:
    return lambda value: HEIGHT - FOOT - (value - low) / (high - low) * (HEIGHT - FOOT - TOP)


def _frame(chart: Chart, low: float, high: float, x: Callable[[int], float], y: Scale) -> list[str]:
    parts = []
    for one in ticks(low, high, about=5):
        height = at(y(one))
        parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=height, y2=height, cls="l-grid"))
        parts.append(text(num(_text(one)), x=LEFT - 8, y=y(one) + 4, cls="t-end"))
    every = -(-len(chart["labels"]) // LABELS)
    for place, label in enumerate(chart["labels"]):
        if place % every == 0:
            parts.append(text(label, x=x(place), y=HEIGHT - 8, cls="t-mid"))
    return [*parts, text(chart["unit"], x=LEFT - 8, y=14, cls="t-end")]


def _legend(chart: Chart) -> list[str]:
    parts, left = [], float(LEFT)
    for one in chart["series"]:
        if one["kind"] == "limit" and one is not chart["series"][-1]:
            continue
        name = gettext("月末预计的范围") if one["kind"] == "limit" else one["name"]
        cls = "l-thick" if one["kind"] == "actual" else "l-ink" if one["kind"] == "limit" else "l-warn-dash"
        if chart["kind"] == "columns":
            cls = "l-thick" if one["kind"] == "actual" else "l-warn"
        parts += [tag("line", x1=at(left), x2=at(left + 18), y1=10, y2=10, cls=cls), text(name, x=left + 24, y=14)]
        left += 24 + width_of(name) + 24
    return parts


def _edge(values: Values, x: Callable[[int], float], y: Scale) -> list[str]:
    """One end of the interval, a short stroke at the last place."""
    found = [(place, value) for place, value in enumerate(values) if value is not None]
    return [
        tag("line", x1=at(x(place) - 8), x2=at(x(place) + 8), y1=at(y(value)), y2=at(y(value)), cls="l-ink")
        for place, value in found
    ]


def _path(values: Values, x: Callable[[int], float], y: Scale) -> str:
    """The pen is lifted where a value is missing."""
    parts, down = [], False
    for place, value in enumerate(values):
        if value is not None:
            parts.append(f"{'L' if down else 'M'}{at(x(place))} {at(y(value))}")
        down = value is not None
    return "".join(parts)


def _text(value: float) -> str:
    return at(value)
