"""Why this total: from full marks down through each loss, on an axis that may be cut and then says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, at, lines_of, picture, tag, text, ticks
from ronglu.web.formats import num, signed

WIDTH, TOP, FLOOR, LEFT = 1100, 30, 190, 36


@dataclass(frozen=True, slots=True)
class Step:
    """Either a change (`delta`) or a level (`total`); `word` replaces the number when the item has none (缺数, 不适用)."""

    code: str
    label: str
    delta: Number | None = None
    total: Number | None = None
    word: str = ""
    url: str = ""
    here: bool = False
    low: float = 0
    high: float = 0


def waterfall(steps: Sequence[Step], *, lines: Sequence[tuple[str, Number]] = (), decimals: int = 2) -> Drawing:
    """`lines` are thresholds such as (优秀, 90). The axis is cut when the losses are small beside the total."""
    bars = _levels(steps)
    base = _base([b.low for b in bars if b.total is None] + [b.high for b in bars] + [float(v) for _, v in lines])
    top = max([b.high for b in bars] + [float(v) for _, v in lines])
    wide = (WIDTH - LEFT - 8) / max(1, len(bars))

    def y(v: float) -> float:
        return FLOOR - (max(v, base) - base) / ((top - base) or 1) * (FLOOR - TOP)

    parts = []
    for t in ticks(base, top, about=7):
        parts.append(tag("line", x1=LEFT, x2=WIDTH, y1=at(y(t)), y2=at(y(t)), cls="l-grid"))
        parts.append(text(num(round(t, 2)) if t % 1 else int(t), x=LEFT - 8, y=y(t) + 4, cls="t-end"))
    for name, level in lines:
        parts.append(tag("line", x1=LEFT, x2=WIDTH, y1=at(y(float(level))), y2=at(y(float(level))), cls="l-good"))
        parts.append(text(f"{name} {num(level)}", x=LEFT + wide + 6, y=y(float(level)) - 5, cls="t-good"))
    for i, bar in enumerate(bars):
        x = LEFT + i * wide
        parts.append(_column(bar, x=x, wide=wide, y=y, cut=base > 0, decimals=decimals))
        if i + 1 < len(bars):
            level = bar.high if bar.total is not None or (bar.delta or 0) > 0 else bar.low
            parts.append(
                tag(
                    "line",
                    x1=at(x + wide * 0.81),
                    x2=at(x + wide * 1.19),
                    y1=at(y(level)),
                    y2=at(y(level)),
                    cls="l-plan",
                )
            )
    return picture(
        parts,
        width=WIDTH,
        height=FLOOR + 62,
        cls="chart wide",
        linked=any(b.url for b in bars),
        summary=_summary(steps, cut=base, decimals=decimals),
    )


def _levels(steps: Sequence[Step]) -> list[Step]:
    level, out = 0.0, []
    for step in steps:
        if step.total is not None:
            level = float(step.total)
            out.append(replace(step, low=0, high=level))
            continue
        after = level + float(step.delta or 0)
        out.append(replace(step, low=min(level, after), high=max(level, after)))
        level = after
    return out


def _base(levels: list[float]) -> float:
    low, high = min(levels, default=0), max(levels, default=1)
    return float(floor(low - (high - low) * 0.2)) if low > high * 0.5 and low - (high - low) * 0.2 > 0 else 0.0


def _column(bar: Step, *, x: float, wide: float, y, cut: bool, decimals: int) -> str:  # type: ignore[no-untyped-def]
    inner, left, mid = wide * 0.62, x + wide * 0.19, x + wide / 2
    head, foot = y(bar.high), y(bar.low)
    parts = []
    if bar.total is not None:
        parts.append(tag("rect", x=at(left), y=at(head), width=at(inner), height=at(FLOOR - head), cls="c-data"))
        if cut:
            teeth = "".join(f"l{at(inner / 8)} {'-5' if i % 2 == 0 else '5'}" for i in range(8))
            parts.append(tag("path", d=f"M{at(left)} {FLOOR - 6}{teeth}", cls="l-paper"))
        parts.append(text(num(bar.total, decimals), x=mid, y=head - 6, cls="t-mid b ink"))
    elif bar.word or not bar.delta:
        parts.append(
            tag(
                "line",
                x1=at(left),
                x2=at(left + inner),
                y1=at(foot),
                y2=at(foot),
                cls="l-plan" if bar.word else "l-thick",
            )
        )
        parts.append(text(bar.word or gettext("满分"), x=mid, y=foot + 16, cls="t-mid"))
    else:
        cls = "c-warn" if bar.here else "c-loss" if bar.delta < 0 else "c-data-2"
        parts.append(tag("rect", x=at(left), y=at(head), width=at(inner), height=at(max(2, foot - head)), cls=cls))
        parts.append(text(signed(bar.delta, decimals), x=mid, y=foot + 14, cls="t-mid ink"))
    parts.append(text(bar.code, x=mid, y=FLOOR + 18, cls="t-mid b ink"))
    for row, words in enumerate(lines_of(bar.label, room=wide - 4)):
        parts.append(text(words, x=mid, y=FLOOR + 35 + 16 * row, cls="t-mid"))
    if bar.here:
        parts.append(
            tag("rect", x=at(x + 2), y=TOP - 10, width=at(wide - 4), height=FLOOR - TOP + 70, rx=4, cls="l-ink")
        )
        parts.append(text(gettext("正在看"), x=mid, y=TOP - 16, cls="t-mid b ink"))
    column = "".join(parts)
    return tag("a", column, href=bar.url) if bar.url else column


def _summary(steps: Sequence[Step], *, cut: float, decimals: int) -> str:
    losses = sorted((s for s in steps if s.delta is not None and s.delta < 0), key=lambda s: float(s.delta or 0))[:3]
    worst = gettext("，").join(f"{s.code} {s.label} {signed(s.delta, decimals)}" for s in losses)
    totals = [s for s in steps if s.total is not None]
    ends = (
        f"{totals[0].label} {num(totals[0].total, decimals)} → {totals[-1].label} {num(totals[-1].total, decimals)}"
        if totals
        else ""
    )
    words = [ends, gettext("失分最多：%s") % worst if worst else gettext("没有失分")]
    if cut:
        words.append(gettext("纵轴从 %s 起，已断开") % num(int(cut)))
    return gettext("；").join(w for w in words if w)
