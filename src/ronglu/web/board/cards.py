"""Units as cards: the leading quantity against time, a few key indicators, how many are off."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ronglu.boards.indicator import read
from ronglu.boards.indicator.read import Line
from ronglu.kernel.org.tree import State
from ronglu.web.board.frame import Asked
from ronglu.web.board.words import gap_of
from ronglu.web.formats import num

ROWS = 3
TONES = {"good": "better", "watch": "worse", "alarm": "worse"}


def cards(at: Asked, units: Sequence[State]) -> list[dict[str, Any]]:
    """In the order given; the same number of queries for one unit and for ten."""
    if not units:
        return []
    found = read.lines_of(around=at.around, units=[int(s.id) for s in units], period=at.period, only=at.keys)
    return [_card(at, s.name, int(s.id), found[int(s.id)]) for s in units if found[int(s.id)]]


def _card(at: Asked, title: str, unit: int, lines: tuple[Line, ...]) -> dict[str, Any]:
    lead = next((one for one in lines if one.pace), None)
    done, time = (lead.pace.task, lead.pace.time) if lead and lead.pace else (None, None)
    state, word = _state(lines)
    return {
        "title": title,
        "url": at.of_unit(unit),
        "of": f"{lead.indicator.name} {num(lead.value, lead.indicator.decimals)} {lead.indicator.unit}" if lead else "",
        "state": state,
        "word": word,
        "done": "" if done is None else done / 100,
        "time": "" if time is None else time / 100,
        "rows": [_row(at, unit, one) for one in lines if one is not lead][:ROWS],
    }


def _state(lines: tuple[Line, ...]) -> tuple[str, str]:
    alarms = sum(one.state == "alarm" for one in lines)
    watched = sum(one.state == "watch" for one in lines)
    if alarms:
        return "alarm", _("%d 项告警") % alarms
    return ("watch", _("%d 项关注") % watched) if watched else ("on_track", "")


def _row(at: Asked, unit: int, one: Line) -> dict[str, Any]:
    return {
        "label": one.indicator.name,
        "url": at.of_unit(unit, "indicator", one.indicator.code),
        "values": one.trend,
        "plan": one.trend_plan,
        "value": one.value,
        "unit": one.indicator.unit,
        "gap": gap_of(one),
        "tone": TONES.get(one.state, ""),
        "state": one.state,
    }
