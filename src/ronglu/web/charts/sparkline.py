"""The recent past in 96 × 24 pixels: line, plan, own band, and a tick where a value is missing."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, picture, tag
from ronglu.web.formats import num

WIDTH, HEIGHT, PAD = 96, 24, 3
Values = Sequence[Number | None]


def sparkline(
    values: Values,
    *,
    plan: Number | None = None,
    band: tuple[Number, Number] | None = None,
    label: str = "",
    unit: str = "",
    slots: int | None = None,
) -> Drawing:
    """`slots` leaves room on the right for days still to come; None among the values is a gap, drawn as such."""
    # the span's words are in the reader's language and so keep the languages apart in the cache
    return _drawn(
        tuple(values), plan, tuple(band) if band else None, label, unit, slots or len(values), gettext("近 %d 期")
    )


@lru_cache(maxsize=2048)
def _drawn(
    values: tuple[Number | None, ...],
    plan: Number | None,
    band: tuple[Number, ...] | None,
    label: str,
    unit: str,
    slots: int,
    span: str,
) -> Drawing:
    known = [float(v) for v in values if v is not None]
    if not known:
        return picture(
            [tag("line", x1=0, x2=WIDTH, y1=12, y2=12, cls="l-plan")],
            width=WIDTH,
            height=HEIGHT,
            cls="spark",
            summary=f"{label} {gettext('没有数')}".strip(),
        )
    level = [*known, *(float(v) for v in (plan, *(band or ())) if v is not None)]
    low, high = min(level), max(level)

    def x(i: int) -> float:
        return 2 + i * (WIDTH - 6) / max(1, slots - 1)

    def y(v: Number) -> float:
        return HEIGHT / 2 if high == low else HEIGHT - PAD - (float(v) - low) / (high - low) * (HEIGHT - 2 * PAD)

    parts: list[str] = []
    if band:
        parts.append(tag("rect", x=0, y=at(y(band[1])), width=WIDTH, height=at(y(band[0]) - y(band[1])), cls="c-track"))
    if plan is not None:
        parts.append(tag("line", x1=0, x2=WIDTH, y1=at(y(plan)), y2=at(y(plan)), cls="l-plan"))
    path, pen_down = [], False
    for i, v in enumerate(values):
        if v is None:
            parts.append(tag("line", x1=at(x(i)), x2=at(x(i)), y1=HEIGHT - 5, y2=HEIGHT, cls="l-warn"))
        else:
            path.append(f"{'L' if pen_down else 'M'}{at(x(i))} {at(y(v))}")
        pen_down = v is not None
    parts.append(tag("path", d="".join(path), cls="l-data"))
    last = max(i for i, v in enumerate(values) if v is not None)
    parts.append(tag("circle", cx=at(x(last)), cy=at(y(values[last] or 0)), r="2.5", cls="c-data"))
    return picture(
        parts, width=WIDTH, height=HEIGHT, cls="spark", summary=_summary(values, known, plan, label, unit, span)
    )


def _summary(
    values: tuple[Number | None, ...], known: list[float], plan: Number | None, label: str, unit: str, span: str
) -> str:
    shown = [v for v in values if v is not None]
    words = [
        f"{label} {span % len(values)}".strip(),
        gettext("最低 %s") % num(min(shown)),
        gettext("最高 %s") % num(max(shown)),
        gettext("最后 %s") % f"{num(shown[-1])} {unit}".strip(),
    ]
    if plan is not None:
        words.append(gettext("计划 %s") % num(plan))
    if missing := len(values) - len(known):
        words.append(gettext("缺 %d 期") % missing)
    return gettext("，").join(words)
