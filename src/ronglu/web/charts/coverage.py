"""Which shift of which day has numbers: one column a day, one row a shift."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape
from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, picture, share, tag

ROW = 13


@dataclass(frozen=True, slots=True)
class Slot:
    """`stop` is a planned stop (not expected), `todo` lies ahead; only `have` and `gap` count."""

    state: Literal["have", "gap", "stop", "todo"]
    label: str = ""


def coverage(days: Sequence[Sequence[Slot | str]]) -> Drawing:
    slots = [[s if isinstance(s, Slot) else Slot(state=s) for s in day] for day in days]  # type: ignore[arg-type]
    rows = max((len(day) for day in slots), default=1)
    wide = 1 / max(1, len(slots))
    parts = [
        tag(
            "rect",
            tag("title", str(escape(slot.label))) if slot.label else "",
            x=share(i * wide),
            y=j * ROW + 1,
            width=share(wide * 0.84),
            height=ROW - 2,
            cls=slot.state,
        )
        for i, day in enumerate(slots)
        for j, slot in enumerate(day)
    ]
    flat = [slot for day in slots for slot in day]
    have, gap = (sum(slot.state == s for slot in flat) for s in ("have", "gap"))
    says = gettext("%(have)d / %(all)d 班有数") % {"have": have, "all": have + gap}
    where = gettext("、").join(slot.label for slot in flat if slot.state == "gap" and slot.label)
    if gap:
        says += gettext("，") + (gettext("缺 %s") % where if where else gettext("缺 %d 班") % gap)
    return picture(parts, summary=says, cls="cover", height=rows * ROW)
