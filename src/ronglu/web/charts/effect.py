"""Did it work, drawn: the days with the window and the two means, and where the window stands among its placebos."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, picture, tag, text, ticks, width_of
from ronglu.web.formats import num, pct

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 1040, 240, 64, 16, 24, 28
BINS = 24
Days = Sequence[tuple[dt.date, Number]]
Scale = Callable[[Number], float]
ONE = dt.timedelta(days=1)


def window(
    days: Days, *, from_on: dt.date, until_on: dt.date, before_on: dt.date, means: tuple[Number | None, Number | None],
    label: str, unit: str, decimals: int,
) -> Drawing:  # fmt: skip
    """The series with the days in which something was done shaded; dashed the mean before, bold the mean of the window."""
    if not days:
        return picture([], summary=gettext("%s：没有数") % label, cls="chart wide", width=WIDTH, height=HEIGHT)
    first, last = min(days[0][0], from_on), max(days[-1][0], until_on - ONE)
    low, high = _edges([float(value) for _day, value in days])

    def x(day: dt.date) -> float:
        return LEFT + (day - first).days / max(1, (last - first).days) * (WIDTH - LEFT - RIGHT)

    def y(value: Number) -> float:
        return HEIGHT - FOOT - (float(value) - low) / (high - low) * (HEIGHT - FOOT - TOP)

    wide = max(2.0, x(min(until_on, last)) - x(from_on))
    parts = [tag("rect", x=at(x(from_on)), y=TOP, width=at(wide), height=HEIGHT - FOOT - TOP, cls="c-track")]
    parts += _grid(low, high, y, decimals)
    parts.append(tag("path", d=_path(days, x, y), cls="l-data"))
    for value, begin, end, cls in (
        (means[0], before_on, from_on, "l-warn-dash"), (means[1], from_on, until_on - ONE, "l-ink"),
    ):  # fmt: skip
        if value is not None:
            parts.append(tag("line", x1=at(x(begin)), x2=at(x(end)), y1=at(y(value)), y2=at(y(value)), cls=cls))
    parts.append(tag("line", x1=at(x(from_on)), x2=at(x(from_on)), y1=TOP - 6, y2=HEIGHT - FOOT, cls="l-warn"))
    word = gettext("%s 开始") % f"{from_on:%m-%d}"
    near = x(from_on) + 6 + width_of(word) > WIDTH
    parts.append(text(word, x=x(from_on) + (-6 if near else 6), y=TOP - 8, cls=f"t-warn b{' t-end' if near else ''}"))
    parts += [
        text(f"{first:%Y-%m-%d}", x=LEFT, y=HEIGHT - 8), text(f"{last:%Y-%m-%d}", x=WIDTH - RIGHT, y=HEIGHT - 8, cls="t-end"),
    ]  # fmt: skip
    return picture(
        parts, summary=_said(label, unit, means, decimals, len(days)), cls="chart wide", width=WIDTH, height=HEIGHT
    )  # fmt: skip


def placebos(
    effects: Sequence[tuple[Number, bool]], *, real: Number, better: int, share: Number, label: str, unit: str, decimals: int
) -> Drawing:  # fmt: skip
    """How often each size of change comes about by itself; the real one is the upright line. Of every window is told
    whether it is clear of the real one: those that overlap it hold part of its change and stand dashed on top.
    """
    values = [float(one) for one, _clear in effects]
    low, high = _edges([*values, float(real), 0.0])
    counts, clear = counted(values, low, high), counted([float(one) for one, free in effects if free], low, high)
    most = max(counts) or 1
    step = (WIDTH - LEFT - RIGHT) / BINS

    def x(value: Number) -> float:
        return LEFT + (float(value) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    parts = []
    for place, (free, count) in enumerate(zip(clear, counts, strict=True)):
        for number, cls in ((count, "c-track l-plan"), (free, "c-data-2")):
            tall = number / most * (HEIGHT - FOOT - TOP)
            if tall:
                parts.append(
                    tag("rect", x=at(LEFT + place * step + 1), y=at(HEIGHT - FOOT - tall), width=at(step - 2), height=at(tall), cls=cls)
                )  # fmt: skip
    parts.append(tag("line", x1=at(x(0)), x2=at(x(0)), y1=TOP, y2=HEIGHT - FOOT, cls="l-plan"))
    parts.append(tag("line", x1=at(x(real)), x2=at(x(real)), y1=TOP - 8, y2=HEIGHT - FOOT, cls="l-ink"))
    word = gettext("这一次 %s") % num(_round(real, decimals + 1))
    near = x(real) + 6 + width_of(word) > WIDTH
    parts.append(text(word, x=x(real) + (-6 if near else 6), y=TOP - 10, cls=f"b ink{' t-end' if near else ''}"))
    parts += [text(num(_round(one, decimals + 1)), x=x(one), y=HEIGHT - 8, cls="t-mid") for one in ticks(low, high)]
    side = gettext("往右是变好") if better > 0 else gettext("往左是变好")
    told = gettext("%(label)s：%(n)d 个假想窗口各自的变化（%(unit)s），%(side)s；同样好或更好的占 %(share)s") % {
        "label": label, "n": len(values), "unit": unit or gettext("无单位"), "side": side, "share": pct(share),
    }  # fmt: skip
    return picture(parts, summary=told, cls="chart wide", width=WIDTH, height=HEIGHT)


def counted(values: Sequence[float], low: float, high: float) -> list[int]:
    counts = [0] * BINS
    for value in values:
        counts[min(BINS - 1, int((value - low) / (high - low) * BINS))] += 1
    return counts


def bins(effects: Sequence[tuple[Number, bool]], *, real: Number) -> list[tuple[float, float, int, int]]:
    """The table twin of `placebos`: from, to, how many, how many of them clear."""
    values = [float(one) for one, _clear in effects]
    low, high = _edges([*values, float(real), 0.0])
    step = (high - low) / BINS
    both = zip(counted(values, low, high), counted([float(v) for v, free in effects if free], low, high), strict=True)
    return [(low + i * step, low + (i + 1) * step, n, free) for i, (n, free) in enumerate(both)]


def _edges(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def _grid(low: float, high: float, y: Scale, decimals: int) -> list[str]:
    parts = []
    for one in ticks(low, high, about=4):
        height = y(one)
        parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=at(height), y2=at(height), cls="l-plan"))
        parts.append(text(num(_round(one, decimals)), x=LEFT - 8, y=height + 4, cls="t-end"))
    return parts


def _path(days: Days, x: Callable[[dt.date], float], y: Scale) -> str:
    """The pen is lifted where days are missing."""
    parts, last = [], None
    for day, value in days:
        pen = "L" if last is not None and day - last == ONE else "M"
        parts.append(f"{pen}{at(x(day))} {at(y(value))}")
        last = day
    return "".join(parts)


def _round(value: Number, decimals: int) -> str:
    return f"{float(value):.{decimals}f}"


def _said(label: str, unit: str, means: tuple[Number | None, Number | None], decimals: int, days: int) -> str:
    before, inside = ("—" if one is None else num(_round(one, decimals)) for one in means)
    return gettext("%(label)s，%(days)d 天有数；开始前平均 %(before)s %(unit)s，这段时间平均 %(inside)s %(unit)s") % {
        "label": label, "days": days, "before": before, "inside": inside, "unit": unit,
    }  # fmt: skip
