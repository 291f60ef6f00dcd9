"""A case's life as its page draws it: the states it went through and those still before it, and how long each stay lasted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ronglu.kernel.loops.due import Due, In, end_of, last_day
from ronglu.kernel.loops.loop import OVER, Loop, Move, Phase
from ronglu.web.cases.words import due_words, move_word, state_of, state_word
from ronglu.web.charts import Drawing
from ronglu.web.charts.ribbon import Pin, Span, time_band

if TYPE_CHECKING:
    from ronglu.store.models import Case, CaseStep

AHEAD = 8
ORDER = {Phase.OPEN: 0, Phase.WORKING: 1, Phase.VERIFYING: 2, Phase.CLOSED: 3, Phase.DROPPED: 4}


@dataclass(frozen=True, slots=True)
class Stage:
    """One state of the ribbon: past, now or todo. `note` is the second round, or the days a look-back waits."""

    label: str
    is_: str
    when: dt.datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Stay:
    state: str
    since: dt.datetime
    until: dt.datetime | None
    move: str


def stages(loop: Loop, case: "Case", steps: Sequence["CaseStep"]) -> list[Stage]:
    """The way walked, without its detours, then the way that the main moves lead from here."""
    stays = _stays(case, steps)
    walked: list[_Stay] = []
    rounds: dict[str, int] = {}
    for stay in stays:
        rounds[stay.state] = rounds.get(stay.state, 0) + 1
        place = next((n for n, one in enumerate(walked) if one.state == stay.state), len(walked))
        walked = [*walked[:place], stay]
    found = [Stage(state_word(loop, one.state), "past", one.since) for one in walked[:-1]]
    here = walked[-1]
    again = _("第 %d 轮") % rounds[here.state] if rounds[here.state] > 1 else ""
    over = loop.state(case.state).phase.over and not _ahead(loop, case.state, case.data)
    found.append(Stage(state_word(loop, here.state), "past" if over else "now", here.since, again))
    found += [
        Stage(state_word(loop, code), "todo", note=_waits(loop, code)) for code in _ahead(loop, case.state, case.data)
    ]
    return found


def band(loop: Loop, case: "Case", steps: Sequence["CaseStep"], now: dt.datetime) -> Drawing:
    """The stays on a time axis, with what was sent back and the deadline."""
    stays = _stays(case, steps)
    phases = [state.phase if (state := state_of(loop, one.state)) else Phase.OPEN for one in stays]
    over = phases[-1].over and case.due_at is None
    spans = [
        Span(_stayed(loop, one, now, ended=over and one.until is None), phase.value, one.since, one.until)
        for one, phase in zip(stays, phases, strict=True)
    ]
    pins = [
        Pin(f"{after.since:%m-%d} {move_word(loop, after.move)}", after.since)
        for n, after in enumerate(stays[1:], 1)
        if ORDER[phases[n]] < ORDER[phases[n - 1]]
    ]
    return time_band(spans, now=now, due=case.due_at, due_word=_due(case, now), pins=pins, over=over)


def _stays(case: "Case", steps: Sequence["CaseStep"]) -> list[_Stay]:
    """Steps that stay where they are (a line, a longer deadline) belong to the stay they happen in."""
    entered = [one for one in steps if one.before != one.after]
    if not entered:  # read from a ledger that tells no steps
        return [_Stay(case.state, case.raised_at, None, "")]
    begun = list(accumulate((one.at for one in entered), max))  # of a report without a name only the day is kept
    return [
        _Stay(one.after, at, end, one.move) for one, at, end in zip(entered, begun, [*begun[1:], None], strict=True)
    ]


def _ahead(loop: Loop, state: str, data: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    while len(found) < AHEAD:
        onward = _onward(loop, found[-1] if found else state, data)
        if onward is None or onward.to in (*found, state):
            break
        found.append(onward.to)
    return found


def _onward(loop: Loop, state: str, data: Mapping[str, Any]) -> Move | None:
    """The main move of a state, else the first that leads on, else what the clock will do."""
    here = loop.state(state)
    ways = [m for m in loop.leaving(state) if all(data.get(k) in v for k, v in m.when.items())]
    ways = [m for m in ways if loop.state(m.to).phase is not Phase.DROPPED and m.to != state]
    on = [m for m in ways if ORDER[loop.state(m.to).phase] >= ORDER[here.phase]]
    if here.phase is Phase.CLOSED:
        on = [m for m in on if m.code == here.at_due or (m.main and here.turn)]
    return next((m for m in on if m.main), next(iter(on), None))


def _waits(loop: Loop, code: str) -> str:
    """A closed state that the clock leaves by itself says after how long."""
    state = loop.state(code)
    return _("等 %s") % spoken(state.due) if state.at_due and state.due and state.phase.over else ""


def spoken(due: Due) -> str:
    """A span as people say it: 30 天, 5 个工作日."""
    return {In.HOURS: _("%d 小时"), In.DAYS: _("%d 天"), In.WORKDAYS: _("%d 个工作日")}[due.unit] % due.n


def _stayed(loop: Loop, stay: _Stay, now: dt.datetime, *, ended: bool) -> str:
    if ended:
        return state_word(loop, stay.state)
    return f"{state_word(loop, stay.state)} {lasted((stay.until or now) - stay.since)}"


def lasted(span: dt.timedelta) -> str:
    """Days from one day on, hours below, whole."""
    hours = int(span.total_seconds()) // 3600
    if hours < 1:
        return _("不到 1 小时")
    return _("%d 小时") % hours if hours < 24 else _("%d 天") % (hours // 24)


def _due(case: "Case", now: dt.datetime) -> str:
    words = due_words(case, now)
    if words is None or case.due_at is None:
        return ""
    if case.phase in OVER and case.due_at > now:
        return f"{words.text} {words.day:%m-%d}"
    at = "" if case.due_at == end_of(last_day(case.due_at)) else f" {case.due_at:%H:%M}"
    return _("期限 %(day)s · %(left)s") % {"day": f"{words.day:%m-%d}{at}", "left": words.text}
