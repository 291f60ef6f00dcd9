"""产量: what the day or the month brought, how far month and year have come, what is still needed, where the month will end."""

from __future__ import annotations

from decimal import Decimal

from ronglu.boards.brief.ground import Ground, Notes
from ronglu.boards.cascade import read as cascades
from ronglu.boards.cascade.read import Level
from ronglu.boards.indicator.derive import ADDITIVE, Versus
from ronglu.boards.indicator.read import Line, lines_of
from ronglu.kernel.brief import words
from ronglu.kernel.measure.compare import progress, share
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.plan import required
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Cascade

RECENT = 7
FAIR = 90
"""Per cent of its slots that a level must have to be judged (09-13); a quantity must be whole."""
ZERO = Decimal(0)


def tell(on: Ground, notes: Notes) -> None:
    """Of the whole plant, quantity by quantity."""
    leads = on.leads(on.top)
    told = lines_of(around=on.around, units=[on.top], period=on.period, only=[one.code for one in leads])
    lines = {line.indicator.code: line for line in told[on.top]}
    for one in leads:
        topic = "day" if on.period.grain is Grain.DAY else "total"
        quantity(on, notes, topic, one, lines.get(one.code), on.top)
        row = on.cascades[on.top][one.code]
        if on.period.grain is Grain.DAY:
            _so_far(on, notes, one, row)
        elif one.code in lines:
            if not whole(lines[one.code]):
                _month(on, notes, one, row, lines[one.code].value)
            _changed(on, notes, "year_on_year", lines[one.code], lines[one.code].year)
            _changed(on, notes, "month_on_month", lines[one.code], lines[one.code].before)
        _year(on, notes, one, row)


def whole(line: Line) -> bool:
    """Whether what was read of it may be judged."""
    least = 100 if line.indicator.rollup in ADDITIVE else FAIR
    return line.value is not None and line.covered * 100 >= line.expected * least


def quantity(on: Ground, notes: Notes, topic: str, one: Indicator, line: Line | None, unit: int) -> None:
    """What is not read, or not whole, is not set against its plan."""
    own = {"单元": on.name(unit)} if topic == "crew" else {}
    if line is None or line.value is None or not whole(line):
        return unread(on, notes, topic, one, line, unit, **own)
    said = {**own, "指标": one.name, "实际": words.amount(one, line.value)}
    figures = {"实际": stored(on, notes, "实际", one, line.value, unit)}
    if line.plan is None:
        if topic != "crew":
            notes.say(topic, "unplanned", figures, **said)
        return None
    figures["计划"] = stored(on, notes, "计划", one, line.plan, unit)
    notes.say(
        topic, words.compared(line.value, line.plan, ("above", "below", "equal")), figures, **said,
        计划=words.amount(one, line.plan), 差=words.apart(one, line.value, line.plan), 差率=words.rate(line.value, line.plan),
    )  # fmt: skip
    return None


def unread(
    on: Ground, notes: Notes, topic: str, one: Indicator, line: Line | None, unit: int, **own: str
) -> None:  # fmt: skip
    """How many slots lack; never a nought in their place."""
    covered = line.covered if line else 0
    expected = line.expected if line else on.expected(len(on.readers.get(one.code, ())) if unit == on.top else 1, one)
    if not expected:
        return
    said = own | {"指标": one.name, "未报": on.slots(expected - covered, one), "应报": on.slots(expected, one)}
    if line is None or line.value is None:
        notes.say(topic, "missing", **said)
    else:
        figures = {"实际": stored(on, notes, "已报", one, line.value, unit)}
        notes.say(topic, "partial", figures, **said, 实际=words.amount(one, line.value))


def stored(on: Ground, notes: Notes, name: str, one: Indicator, value: Decimal, unit: int) -> int:
    column = "plan" if name == "计划" else "value"
    return notes.figure(
        f"{one.name}{name}", value, one, on.name(unit), "indicator", unit=unit, grain=on.period.grain.value,
        period=str(on.period), column=column,
    )  # fmt: skip


def _so_far(on: Ground, notes: Notes, one: Indicator, row: Cascade) -> None:
    level = _month(on, notes, one, row)
    if level.gap is not None:
        _pace(on, notes, one, row, level)
        _forecast(on, notes, one, row, level)


def _month(on: Ground, notes: Notes, one: Indicator, row: Cascade, value: Decimal | None = None) -> Level:
    """What was read of the days that are over beside the plan of the same; `value` is the stored figure of a whole month."""
    level = _level(on, one, row, on.month)
    said = {"指标": one.name, "月计划": words.amount(one, level.plan), "未报天": _unread(level)}
    if level.gap is None:
        notes.say("month", "missing", **said)
        return level
    came = level.due + level.gap if value is None else value
    figures = _figures(on, notes, one, on.month, 累计=came, 应完成=level.due, 月计划=level.plan)
    notes.say(
        "month", words.compared(came, level.due, ("ahead", "behind", "equal")), figures, **said,
        累计=words.amount(one, came), 应完成=words.amount(one, level.due), 差=words.apart(one, came, level.due),
        差率=words.rate(came, level.due),
    )  # fmt: skip
    return level


def _pace(on: Ground, notes: Notes, one: Indicator, row: Cascade, level: Level) -> None:
    """As the cascade re-planned it while its last day is the day told of; of a day long past the plan that was left.

    How it went lately is measured in plans, so that uneven days and stops fit.
    """
    days = cascades.days_of(row)
    ahead = [day for day in days if on.last < day.on <= level.last and day.plan]
    left, needed = level.days_left, level.needed
    if row.until != on.last:
        rest = sum((day.plan for day in ahead), ZERO) - (level.gap or ZERO)
        left, needed = len(ahead), required(rest, len(ahead), decimals=one.decimals) if ahead else None
    if needed is None:
        return
    if not needed:
        notes.say("pace", "done", 指标=one.name, 月计划=words.amount(one, level.plan))
        return
    recent = [day for day in days if day.on <= on.last and day.whole and day.plan and day.done is not None][-RECENT:]
    kept = share(sum((day.done or ZERO for day in recent), ZERO), sum((day.plan for day in recent), ZERO))
    asked = share(needed * left, sum((day.plan for day in ahead), ZERO))
    when = "alone" if kept is None or asked is None else "within" if kept >= asked else "short"
    figures = _figures(on, notes, one, on.month, 每日需=needed)
    notes.say(
        "pace", when, figures, 指标=one.name, 余日=str(left), 每日需=words.amount(one, needed), 需完成=words.percent(asked),
        近日完成=words.percent(kept), 月计划=words.amount(one, level.plan),
    )  # fmt: skip


def _forecast(on: Ground, notes: Notes, one: Indicator, row: Cascade, level: Level) -> None:
    """As the worker stored it for this last day; nothing is foretold of a month that is over."""
    if on.last >= level.last:
        return
    end = cascades.end_of(row, on.month) if row.until == on.last else None
    if end is None:
        notes.say("forecast", "missing", 指标=one.name)
        return
    when = "reach" if end.low >= level.plan else "short" if end.high < level.plan else "open"
    figures = _figures(on, notes, one, on.month, 预计=end.point, 预计低=end.low, 预计高=end.high)
    notes.say(
        "forecast", when, figures, 指标=one.name, 预计=words.amount(one, end.point), 预计低=words.amount(one, end.low),
        预计高=words.amount(one, end.high), 把握=f"{end.sure}%", 月计划=words.amount(one, level.plan),
    )  # fmt: skip


def _year(on: Ground, notes: Notes, one: Indicator, row: Cascade) -> None:
    """Progress beside the part of the year's plan that was due of what was read: the fair time base of uneven months."""
    year = on.month.up(Grain.YEAR)
    level = _level(on, one, row, year)
    said = {"指标": one.name, "年计划": words.amount(one, level.plan), "未报天": _unread(level)}
    if level.gap is None:
        notes.say("year", "missing", **said)
        return
    came = level.due + level.gap
    pace = progress(came, level.plan, elapsed=level.due, whole=level.plan)
    if pace.gap is None:
        return
    figures = _figures(on, notes, one, year, 年累计=came, 年计划=level.plan, 到今应完成=level.due)
    notes.say(
        "year", words.compared(came, level.due, ("ahead", "behind", "equal")), figures, **said, 年累计=words.amount(one, came),
        进度=words.percent(pace.task), 时间进度=words.percent(pace.time), 进度差=words.points(pace.gap),
    )  # fmt: skip


def _changed(on: Ground, notes: Notes, topic: str, line: Line, versus: Versus) -> None:
    one, base = line.indicator, versus.base
    if line.value is None or base is None or not whole(line):
        notes.say(topic, "missing", 指标=one.name)
        return
    before = on.period - (12 if topic == "year_on_year" else 1)
    figure = notes.figure(
        f"{one.name}{'去年同期' if topic == 'year_on_year' else '上月'}", base, one, on.name(on.top), "indicator", unit=on.top,
        grain=before.grain.value, period=str(before), column="value",
    )  # fmt: skip
    notes.say(
        topic, words.compared(line.value, base, ("up", "down", "flat")), {"上期": figure}, 指标=one.name,
        实际=words.amount(one, line.value), 上期=words.amount(one, base), 增减=words.apart(one, line.value, base),
        增减率=words.size(versus.change),
    )  # fmt: skip


def _level(on: Ground, one: Indicator, row: Cascade, period: Period) -> Level:
    """As of the last day of the brief: what came later is not looked at."""
    days, span = cascades.days_of(row), on.calendar.days_of(period)
    return cascades.level(days, period, span, on.last, one.decimals, by_year=period.grain is Grain.YEAR)


def _unread(level: Level) -> str:
    return f"{level.unread} 天" if level.unread else ""


def _figures(on: Ground, notes: Notes, one: Indicator, period: Period, **values: Decimal) -> dict[str, int]:
    return {
        name: notes.figure(
            f"{one.name}{name}", value, one, on.name(on.top), "cascade", unit=on.top, grain=period.grain.value, period=str(period),
            until=str(on.last),
        )
        for name, value in values.items()
    }  # fmt: skip
