"""质量和能耗: levels of the whole plant beside their plan or band, and, of a month, beside last year and last month."""

from __future__ import annotations

from collections.abc import Sequence

from ronglu.boards.brief.ground import Ground, Notes
from ronglu.boards.brief.output import stored, unread, whole
from ronglu.boards.indicator.derive import Versus
from ronglu.boards.indicator.read import Line, lines_of
from ronglu.kernel.brief import words
from ronglu.kernel.measure.compare import beyond
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.time.period import Grain


def tell(on: Ground, notes: Notes) -> None:
    rules = on.books.rules
    told = lines_of(around=on.around, units=[on.top], period=on.period, only=[*rules.quality, *rules.energy])
    lines = {line.indicator.code: line for line in told[on.top]}
    _topic(on, notes, "quality", rules.quality, lines)
    _topic(on, notes, "energy", rules.energy, lines)


def _topic(on: Ground, notes: Notes, topic: str, codes: Sequence[str], lines: dict[str, Line]) -> None:
    for code in codes:
        one, line = on.books.indicators.get(code), lines.get(code)
        if one is None:
            continue
        if line is None:
            # a line that reports it in other days owes it today; what is only known of a month is not due
            if on.readers.get(code) and one.finest != "month":
                unread(on, notes, topic, one, None, on.top)
        elif not whole(line):
            # all that was due is there and no value yet: what still lacks comes with the end of the month
            if line.covered < line.expected:
                unread(on, notes, topic, one, line, on.top)
        else:
            _level(on, notes, topic, one, line)


def _level(on: Ground, notes: Notes, topic: str, one: Indicator, line: Line) -> None:
    assert line.value is not None
    said = {"指标": one.name, "实际": words.amount(one, line.value)} | _past(on, one, line)
    if line.covered < line.expected:
        said["未报"] = on.slots(line.expected - line.covered, one)
    figures = {"实际": stored(on, notes, "实际", one, line.value, on.top)}
    if one.direction is Direction.BAND and one.band is not None:
        out = beyond(line.value, one.band)
        low, high = (words.amount(one, edge) for edge in one.band)
        band = f"{low} 至 {high}" if low and high else f"不低于 {low}" if low else f"不高于 {high}"
        far = words.apart(one, out, out - out) if out else ""
        notes.say(topic, "outside" if out else "inside", figures, **said, 范围=band, 差=far)
    elif line.plan is None or one.direction not in (Direction.UP, Direction.DOWN):
        notes.say(topic, "unplanned", figures, **said)
    else:
        figures["计划"] = stored(on, notes, "计划", one, line.plan, on.top)
        turned = ("better", "worse", "equal") if one.direction is Direction.UP else ("worse", "better", "equal")
        notes.say(
            topic, words.compared(line.value, line.plan, turned), figures, **said, 计划=words.amount(one, line.plan),
            差=words.apart(one, line.value, line.plan), 差率=words.rate(line.value, line.plan),
        )  # fmt: skip


def _past(on: Ground, one: Indicator, line: Line) -> dict[str, str]:
    """Only of a month: from day to day a level goes up and down by itself."""
    if on.period.grain is not Grain.MONTH:
        return {}
    return {"同比": _versus(one, line, line.year), "环比": _versus(one, line, line.before)}


def _versus(one: Indicator, line: Line, versus: Versus) -> str:
    if line.value is None or versus.base is None:
        return ""
    if line.value == versus.base:
        return "持平"
    turn = words.compared(line.value, versus.base, ("升", "降", ""))
    return f"{turn} {words.apart(one, line.value, versus.base)}"
