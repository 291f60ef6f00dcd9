"""A long course: what the values of each stretch of days lay between, the line of what they came to, gaps left open."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, picture, tag, text, ticks, width_of
from ronglu.web.formats import num

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 1040, 300, 64, 12, 30, 26
PIXELS = WIDTH - LEFT - RIGHT
"""Finer than this nothing is drawn."""
Edge = Callable[[dt.date], float]


@dataclass(frozen=True, slots=True)
class Span:
    """Days `first`..`last` drawn as one."""

    first: dt.date
    last: dt.date
    low: Number
    high: Number
    value: Number | None


def pyramid(
    spans: Sequence[Span], *, first: dt.date, last: dt.date, changes: Sequence[tuple[dt.date, str]], decimals: int,
    label: str,
) -> Drawing:  # fmt: skip
    """`spans` oldest first, those without a value left out; `changes` are days and words of parameter changes."""
    low, high = min(float(one.low) for one in spans), max(float(one.high) for one in spans)
    room = (high - low) * 0.06 or 1.0
    low, high = low - room, high + room
    days = (last - first).days + 1

    def x(day: dt.date) -> float:
        return LEFT + (day - first).days / days * PIXELS

    def y(value: Number) -> float:
        return HEIGHT - FOOT - (float(value) - low) / (high - low) * (HEIGHT - FOOT - TOP)

    parts = [*_grid(low, high, y, decimals), *_years(first, last, x)]
    for run in _runs(spans):
        parts += _drawn(run, x, y)
    parts += _changes(changes, x)
    summary = _said(spans, first, last, len(changes), decimals, label)
    return picture(parts, summary=summary, cls="chart wide", width=WIDTH, height=HEIGHT)


def _runs(spans: Sequence[Span]) -> list[list[Span]]:
    """Stretches that follow one another; the pen is lifted where days are missing."""
    runs = [[spans[0]]]
    for before, one in pairwise(spans):
        if one.first == before.last + dt.timedelta(days=1):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _drawn(run: Sequence[Span], x: Edge, y: Callable[[Number], float]) -> list[str]:
    """From the lowest to the highest a stroke of a pixel, the line over them; a line of one point would not be seen."""
    wheres = [(x(one.first) + x(one.last + dt.timedelta(days=1))) / 2 for one in run]
    line = [_spot(where, y(one.value)) for where, one in zip(wheres, run, strict=True) if one.value is not None]
    between = [
        f"M{_spot(where, y(one.low))}V{at(round(y(one.high), 1))}"
        for where, one in zip(wheres, run, strict=True)
        if one.low != one.high
    ]
    parts = [tag("path", d="".join(between), cls="l-range")] if between else []
    if len(line) == 1:
        across, down = line[0].split()
        parts.append(tag("circle", cx=across, cy=down, r=2, cls="c-data"))
    elif line:
        parts.append(tag("path", d=f"M{'L'.join(line)}", cls="l-data"))
    return parts


def _spot(x: float, y: float) -> str:
    """A tenth of a pixel is enough."""
    return f"{at(round(x, 1))} {at(round(y, 1))}"


def _grid(low: float, high: float, y: Callable[[Number], float], decimals: int) -> list[str]:
    parts = []
    for value in ticks(low, high):
        parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=at(y(value)), y2=at(y(value)), cls="l-grid"))
        parts.append(text(num(f"{value:.{decimals}f}"), x=LEFT - 8, y=y(value) + 4, cls="t-end"))
    return parts


def _years(first: dt.date, last: dt.date, x: Edge) -> list[str]:
    """A stroke at each New Year; within a year at each quarter. The first day stands at the left, whatever it is."""
    months = (1,) if (last - first).days > 400 else (1, 4, 7, 10)
    starts = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in months]
    parts, free = [text(first.isoformat(), x=LEFT, y=HEIGHT - 6)], LEFT + width_of(first.isoformat()) + 8.0
    for day in (one for one in starts if first < one <= last):
        where, word = x(day), str(day.year) if len(months) == 1 else f"{day:%Y-%m}"
        parts.append(tag("line", x1=at(where), x2=at(where), y1=TOP, y2=HEIGHT - FOOT, cls="l-grid"))
        if where >= free and where + width_of(word) <= WIDTH:
            parts.append(text(word, x=round(where, 1), y=HEIGHT - 6))
            free = where + width_of(word) + 8
    return parts


def _changes(changes: Sequence[tuple[dt.date, str]], x: Edge) -> list[str]:
    """One stroke a pixel; a word that would lie on the one before it is left to the list below."""
    parts, free, drawn = [], 0.0, set()
    for day, word in changes:
        where = round(x(day))
        if where in drawn:
            continue
        drawn.add(where)
        parts.append(tag("line", x1=where, x2=where, y1=TOP - 8, y2=HEIGHT - FOOT, cls="l-ink"))
        left = where + 5 if where + 5 + width_of(word) < WIDTH else where - 5 - width_of(word)
        if left > free:
            parts.append(text(word, x=left, y=TOP - 12, cls="b ink"))
            free = left + width_of(word) + 8
    return parts


def _said(spans: Sequence[Span], first: dt.date, last: dt.date, changes: int, decimals: int, label: str) -> str:
    lowest, highest = min(spans, key=lambda one: one.low), max(spans, key=lambda one: one.high)
    words = [
        gettext("%(label)s，%(first)s 至 %(last)s") % {"label": label, "first": first, "last": last},
        gettext("最低 %s") % _peak(lowest, lowest.low, decimals),
        gettext("最高 %s") % _peak(highest, highest.high, decimals),
    ]
    gaps = len(_runs(spans)) - 1
    if gaps:
        words.append(gettext("中间断开 %d 处，没有数") % gaps)
    if changes:
        words.append(gettext("参数变更 %d 次") % changes)
    return gettext("；").join(words)


def _peak(one: Span, value: Number, decimals: int) -> str:
    when = one.first.isoformat() if one.first == one.last else f"{one.first} – {one.last}"
    return gettext("%(value)s（%(when)s）") % {"value": num(f"{float(value):.{decimals}f}"), "when": when}
