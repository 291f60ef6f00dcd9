"""The control card of an indicator: its band and runs, each crew's own band, and the parameter changes of those days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ronglu.boards.indicator.story import Point
from ronglu.kernel.measure import control as kernel
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.time.period import Grain
from ronglu.web.access import scope_of_request
from ronglu.web.board.frame import Asked
from ronglu.web.cases.frame import loops_of
from ronglu.web.charts.control import RANGE, Limits, control
from ronglu.work.queries import parameters

GRAINS = (Grain.SHIFT, Grain.DAY, Grain.WEEK)
CREW_LEAST = 8
"""A crew stands about ten of the forty shifts shown; its band is rougher for it, and says how many shifts it rests on."""


def card(
    request: HttpRequest, at: Asked, one: Indicator, points: Sequence[Point], labels: Sequence[str]
) -> Mapping[str, Any] | None:
    """None where periods are too long to be a process. One query, for the changes."""
    if at.period.grain not in GRAINS:
        return None
    changes = _changes(request, at, one, points)
    values = [point.value for point in points]
    # the limits are those of before the first change: what came of it must not widen them
    before = kernel.band(values[: changes[0][0]]) if changes else None
    band = before or kernel.band(values)
    if band is None:
        known = sum(value is not None for value in values)
        return {"band": None, "known": known, "least": kernel.LEAST, "changes": changes}
    found = kernel.signals(values, band)
    marked = {place for signal in found for place in range(signal.seen, signal.last + 1)}
    limits = Limits(band.centre, band.low, band.high)
    strokes = [(place, case.data.get("what", "")[:12]) for place, _day, case, _step in changes]
    moving = kernel.ranges(values)
    wide = {place for place, value in enumerate(moving) if value is not None and value > band.range_top}
    return {
        "band": band,
        "changes": changes,
        "before": before is not None,
        "signals": _told(found, labels),
        "picture": control(
            values, limits=limits, marked=marked, changes=strokes, labels=labels, decimals=one.decimals, label=_("单值")
        ),
        "moving": control(
            moving, limits=Limits(band.range_mean, None, band.range_top), marked=wide, changes=(), labels=labels,
            decimals=one.decimals, label=_("移动极差"), height=RANGE,
        ),
        "rows": [(label, value, step, place in marked) for place, (label, value, step) in enumerate(zip(labels, values, moving, strict=True))],
        "crews": _crews(points) if at.period.grain is Grain.SHIFT else [],
    }  # fmt: skip


def _told(found: Sequence[kernel.Signal], labels: Sequence[str]) -> list[tuple[str, str]]:
    """Each rule once, with the spans in which it held."""
    spans: dict[int, list[str]] = {}
    for one in found:
        span = labels[one.first] if one.first == one.last else f"{labels[one.first]} – {labels[one.last]}"
        spans.setdefault(one.rule, []).append(span)
    return [(_rule(rule), _("，").join(spans[rule])) for rule in sorted(spans)]


def _rule(no: int) -> str:
    rule = next(one for one in kernel.RULES if one.no == no)
    return rule.label if (get_language() or "zh").startswith("zh") else rule.en


def _crews(points: Sequence[Point]) -> list[tuple[str, int, kernel.ControlBand | None, int]]:
    """Each crew against its own band: letter, shifts, band, how many of its shifts lie outside. Never against another crew."""
    letters = sorted({point.letter for point in points if point.letter})
    found = []
    for letter in letters:
        own: list[Decimal | None] = [point.value for point in points if point.letter == letter]
        band = kernel.band(own, least=CREW_LEAST)
        out = sum(value is not None and not band.low <= value <= band.high for value in own) if band else 0
        found.append((letter, sum(value is not None for value in own), band, out))
    return found


def _changes(
    request: HttpRequest, at: Asked, one: Indicator, points: Sequence[Point]
) -> list[tuple[int, Any, Any, str]]:
    """Place on the chart, day, case and figures."""
    days = [at.around.calendar.days_of(point.period) for point in points]
    found = changed(request, at, one, first=days[0][0], last=days[-1][1])
    return [
        (next(n for n, (_first, last) in enumerate(days) if day <= last), day, case, step) for day, case, step in found
    ]


def changed(
    request: HttpRequest, at: Asked, one: Indicator, *, first: dt.date, last: dt.date
) -> list[tuple[dt.date, Any, str]]:
    """Day, case and figures of the parameter changes at this unit, below it and above it; one query."""
    units = {int(unit) for unit in (*at.view.subtree(at.pk), *(state.id for state in at.view.path(at.pk)))}
    found = parameters.changes(
        scope=scope_of_request(request), loops=loops_of(at.here.plant), units=units, indicator=one.code, first=first,
        last=last,
    )  # fmt: skip
    return [(day, case, _step(case)) for day, case in found]


def _step(case: Any) -> str:
    """From what to what, without the zeros that the field's four decimals add."""
    before, after = (f"{Decimal(case.data[code]).normalize():f}" for code in ("before", "after"))
    return f"{before} → {after}"
