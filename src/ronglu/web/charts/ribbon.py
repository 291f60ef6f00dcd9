"""The life of a case on a time axis: how long each state lasted, when it was sent back, today, and the deadline."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, at, picture, tag, text, width_of

WIDTH, TOP, BAR, LEFT, RIGHT = 1040, 34, 28, 16, 24
CLASSES = {
    "open": "c-data-2", "working": "c-data", "verifying": "c-ink", "closed": "c-good", "dropped": "c-track",
}  # fmt: skip
DARK = frozenset({"working", "verifying", "closed"})
GAP, ROW = 10, 16
Where = Callable[[dt.datetime], float]


@dataclass(frozen=True, slots=True)
class Span:
    """One stay in a state; `until` is None while it lasts."""

    label: str
    phase: str
    since: dt.datetime
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """An instant with a word above the band: sent back, reopened."""

    label: str
    at: dt.datetime


def time_band(spans: Sequence[Span], *, now: dt.datetime, due: dt.datetime | None = None, due_word: str = "",
              pins: Sequence[Pin] = (), over: bool = False) -> Drawing:  # fmt: skip
    """From the first day to today or the deadline, whichever is later; a case that is over ends with its last step."""
    first = spans[0].since
    end = spans[-1].since if over else now
    last = max(filter(None, (end, due, first + dt.timedelta(hours=8))))
    scale = (WIDTH - LEFT - RIGHT) / (last - first).total_seconds()

    def x(when: dt.datetime) -> float:
        return LEFT + (min(max(when, first), last) - first).total_seconds() * scale

    parts = [_stay(span, x(span.since), x(span.until or end)) for span in spans if x(span.until or end) > x(span.since)]
    if due is not None and due > end:
        parts.insert(0, tag("rect", x=at(x(end)), y=TOP, width=at(x(due) - x(end)), height=BAR, cls="c-paper l-plan"))
    parts += _pins(pins, x)
    feet, rows = _feet(first, last, end, due, due_word, over, x)
    told = _says(spans, now, due, due_word, over)
    height = TOP + BAR + 14 + ROW * rows
    return picture([*parts, *feet], summary=told, cls="chart wide band", width=WIDTH, height=height)


def _stay(span: Span, left: float, right: float) -> str:
    cls = CLASSES.get(span.phase, "c-track")
    box = tag(
        "rect",
        tag("title", str(escape(span.label))),
        x=at(left),
        y=TOP,
        width=at(max(2.0, right - left)),
        height=BAR,
        cls=cls,
    )
    room = right - left - 12
    if width_of(span.label) > room:
        return box
    return box + text(
        span.label, x=(left + right) / 2, y=TOP + BAR / 2 + 4, cls=f"t-mid on{' dark' if span.phase in DARK else ''}"
    )


def _pins(pins: Sequence[Pin], x: Where) -> list[str]:
    """Words above the band; one that would lie on its neighbour keeps only its stroke."""
    parts, free = [], -1.0
    for pin in sorted(pins, key=lambda one: one.at):
        here = x(pin.at)
        parts.append(tag("path", d=f"M{at(here)} {TOP - 2}v-14h6", cls="l-warn"))
        wide = width_of(pin.label)
        if here + 10 + wide > WIDTH:  # at the right edge the word stands before its stroke
            left, right, cls = here - GAP - wide, here - GAP, "t-warn b t-end"
        else:
            left, right, cls = here + 10, here + 10 + wide, "t-warn b"
        if left > free:
            parts.append(text(pin.label, x=right if "t-end" in cls else left, y=TOP - 12, cls=cls))
            free = right + GAP
    return parts


def _feet(
    first: dt.datetime,
    last: dt.datetime,
    end: dt.datetime,
    due: dt.datetime | None,
    due_word: str,
    over: bool,
    x: Where,
) -> tuple[list[str], int]:
    """Days below the band, and how many rows they take: today and the deadline always, the ends where there is room left."""
    parts: list[str] = []
    words: list[tuple[float, str, str]] = []
    if not over:
        parts.append(_stroke(x(end), "l-ink"))
        words.append((x(end), gettext("今天 %s") % f"{end:%m-%d}", "b ink"))
    if due is not None:
        parts.append(_stroke(x(due), "l-warn"))
        words.append((x(due), due_word, "t-warn b"))
    words += [(x(first), f"{first:%m-%d}", ""), (x(last), f"{last:%m-%d}", "")]
    taken: list[tuple[int, float, float]] = []
    for where, word, cls in words:
        half = width_of(word) / 2
        middle = min(max(where, half), WIDTH - half)
        left, right = middle - half - GAP, middle + half + GAP
        free = (row for row in (0, 1) if all(right < a or left > b for at_row, a, b in taken if at_row == row))
        row = next(free, None)
        if row is not None and (row == 0 or cls):
            taken.append((row, left + GAP, right - GAP))
            parts.append(text(word, x=middle, y=TOP + BAR + 20 + ROW * row, cls=f"t-mid {cls}".strip()))
    return parts, 1 + max(row for row, _left, _right in taken)


def _stroke(where: float, cls: str) -> str:
    return tag("line", x1=at(where), x2=at(where), y1=TOP - 8, y2=TOP + BAR + 6, cls=cls)


def _says(spans: Sequence[Span], now: dt.datetime, due: dt.datetime | None, due_word: str, over: bool) -> str:
    told = gettext("；").join(span.label for span in spans)
    if over or due is None:
        return told
    return gettext("%(told)s；今天 %(now)s，%(due)s") % {"told": told, "now": f"{now:%m-%d}", "due": due_word}
