"""The control chart: values between their limits, what a run rule found marked, and the days on which a parameter was changed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, picture, tag, text, width_of
from ronglu.web.formats import num

WIDTH, LEFT, RIGHT, TOP, FOOT = 1040, 72, 64, 28, 26
HEIGHT, RANGE = 260, 110
Values = Sequence[Number | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Lines across the drawing, each with its short name."""

    centre: Number
    low: Number | None
    high: Number


def control(
    values: Values, *, limits: Limits, marked: Collection[int], changes: Sequence[tuple[int, str]], labels: Sequence[str],
    decimals: int, label: str, height: int = HEIGHT,
) -> Drawing:  # fmt: skip
    """`marked` are places that a rule found, `changes` places and words of parameter changes."""
    edges = [float(one) for one in (limits.centre, limits.low, limits.high) if one is not None]
    known = [float(value) for value in values if value is not None]
    low, high = min([*edges, *known]), max([*edges, *known])
    room = (high - low) * 0.08 or 1.0
    low, high = low - room, high + room

    def x(place: int) -> float:
        return LEFT + place / max(1, len(values) - 1) * (WIDTH - LEFT - RIGHT)

    def y(value: Number) -> float:
        return height - FOOT - (float(value) - low) / (high - low) * (height - FOOT - TOP)

    parts = []
    if limits.low is not None:
        tall = y(limits.low) - y(limits.high)
        parts.append(
            tag("rect", x=LEFT, y=at(y(limits.high)), width=WIDTH - LEFT - RIGHT, height=at(tall), cls="c-track")
        )
    named = ((limits.high, gettext("上限")), (limits.centre, gettext("中心")), (limits.low, gettext("下限")))
    for value, word in named:
        if value is not None:
            cls = "l-plan" if value == limits.centre else "l-warn-dash"
            parts.append(tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=at(y(value)), y2=at(y(value)), cls=cls))
            parts.append(text(num(f"{float(value):.{decimals}f}"), x=LEFT - 8, y=y(value) + 4, cls="t-end"))
            parts.append(text(word, x=WIDTH - RIGHT + 6, y=y(value) + 4))
    parts += _changes(changes, x, height)
    parts += _line(values, marked, x, y)
    parts.append(text(labels[0], x=LEFT, y=height - 6))
    parts.append(text(labels[-1], x=WIDTH - RIGHT, y=height - 6, cls="t-end"))
    return picture(
        parts,
        summary=_said(label, values, limits, marked, changes, decimals),
        cls="chart wide",
        width=WIDTH,
        height=height,
    )


def _line(
    values: Values, marked: Collection[int], x: Callable[[int], float], y: Callable[[Number], float]
) -> list[str]:
    """The pen is lifted where a value is missing; a marked value is a larger ring, not only another colour."""
    path, dots, down = [], [], False
    for place, value in enumerate(values):
        if value is not None:
            spot = at(x(place)), at(y(value))
            path.append(f"{'L' if down else 'M'}{spot[0]} {spot[1]}")
            dots.append(
                tag("circle", cx=spot[0], cy=spot[1], r=5, cls="c-paper l-warn")
                if place in marked
                else tag("circle", cx=spot[0], cy=spot[1], r=2, cls="c-data")
            )
        down = value is not None
    return [tag("path", d="".join(path), cls="l-data"), *dots]


def _changes(changes: Sequence[tuple[int, str]], x: Callable[[int], float], height: int) -> list[str]:
    """A stroke a change; a word that would lie on the one before it is left to the list below."""
    parts, free = [], 0.0
    for place, word in changes:
        where = x(place)
        parts.append(tag("line", x1=at(where), x2=at(where), y1=TOP - 8, y2=height - FOOT, cls="l-ink"))
        left = where + 5 if where + 5 + width_of(word) < WIDTH else where - 5 - width_of(word)
        if left > free:
            parts.append(text(word, x=left, y=TOP - 12, cls="b ink"))
            free = left + width_of(word) + 8
    return parts


def _said(
    label: str, values: Values, limits: Limits, marked: Collection[int], changes: Sequence[tuple[int, str]], decimals: int
) -> str:  # fmt: skip
    low = "—" if limits.low is None else num(f"{float(limits.low):.{decimals}f}")
    words = [
        gettext("%(label)s：中心 %(centre)s，控制限 %(low)s 到 %(high)s") % {
            "label": label, "centre": num(f"{float(limits.centre):.{decimals}f}"), "low": low,
            "high": num(f"{float(limits.high):.{decimals}f}"),
        },
        gettext("%(n)d 点中有 %(out)d 点被判异规则标出") % {"n": sum(v is not None for v in values), "out": len(marked)},
    ]  # fmt: skip
    if changes:
        words.append(gettext("参数变更 %d 次") % len(changes))
    return gettext("；").join(words)
