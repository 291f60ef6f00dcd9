"""Progress against time, and distance from plan: two strips that say late or off by position, not by colour of the bar."""

from django.utils.translation import gettext

from ronglu.web.charts.svg import Drawing, Number, picture, share, tag
from ronglu.web.formats import pct


def pace(*, done: Number | None, time: Number, big: bool = False) -> Drawing:
    """Shares of the plan done and of the time gone; the debt between them is hatched, a lead is green. May pass 1."""
    height, top = (24, 4) if big else (16, 4)
    bar = height - 2 * top
    cls = "pace big" if big else "pace"
    if done is None:
        empty = [tag("rect", x=0, y=top, width="100%", height=bar, cls="c-track"), _tick(float(time), height)]
        return picture(empty, summary=gettext("进度缺数，时间 %s") % pct(time), cls=cls)
    got, gone = max(0.0, float(done)), max(0.0, float(time))
    full = max(1.0, got, gone)
    parts = [
        tag("rect", x=0, y=top, width="100%", height=bar, rx=2, cls="c-track"),
        tag("rect", x=0, y=top, width=share(min(got, gone) / full), height=bar, cls="c-data"),
    ]
    if got < gone:
        parts.append(tag("rect", x=share(got / full), y=top, width=share((gone - got) / full), height=bar, cls="hatch"))
    elif got > gone:
        parts.append(
            tag("rect", x=share(gone / full), y=top, width=share((got - gone) / full), height=bar, cls="c-good")
        )
    parts.append(_tick(gone / full, height))
    says = gettext("进度 %(done)s，时间 %(time)s") % {"done": pct(done), "time": pct(time)}
    return picture(parts, summary=says, cls=cls)


def _tick(where: float, height: int) -> str:
    at_most = min(where, 1.0)
    return tag("line", x1=share(at_most), x2=share(at_most), y1=0, y2=height, cls="l-ink")


def deviation(
    value: Number | None,
    *,
    plan: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    tolerance: Number | None = None,
    direction: str = "up",
) -> Drawing:
    """Right is better: a lower-is-better indicator has its axis turned. A band indicator sits inside or outside [low, high]."""
    if direction == "band" and low is not None and high is not None:
        middle, free = (float(low) + float(high)) / 2, (float(high) - float(low)) / 2
    else:
        middle = float(plan if plan is not None else 0)
        free = float(tolerance) if tolerance is not None else abs(middle) * 0.02
    reach = (free or abs(middle) * 0.02 or 1.0) * 3
    frame = [
        tag("rect", x="0%", y=6, width="100%", height=4, rx=2, cls="c-track"),
        tag("rect", x=share(0.5 - free / reach / 2), y=4, width=share(free / reach), height=8, cls="c-band"),
        tag("line", x1="50%", x2="50%", y1=1, y2=15, cls="l-ink"),
    ]
    if value is None or (plan is None and direction != "band"):
        return picture(frame[:1], summary=gettext("没有可比的数"), cls="dev")
    off = (float(value) - middle) / reach * (-1 if direction == "down" else 1)
    where = min(0.97, max(0.03, 0.5 + off / 2))
    frame.append(tag("circle", cx=share(where), cy=8, r="4", cls="c-data"))
    return picture(frame, summary=_says(float(value) - middle, free, direction), cls="dev")


def _says(gap: float, free: float, direction: str) -> str:
    if abs(gap) <= free + 1e-12:
        return gettext("在带内") if direction == "band" else gettext("在允差内")
    if direction == "band":
        return gettext("高于带") if gap > 0 else gettext("低于带")
    return gettext("好于计划") if (gap > 0) == (direction != "down") else gettext("差于计划")
