"""Questions of did-it-work in the invented plant: one registered before it began, one picked afterwards, one still running."""

import datetime as dt

from ronglu.cli import here
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, SHOWCASE, THIS_MONTH
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.store.models import Effect
from ronglu.work import effects

LINE, SISTER = "R1", "R2"
COAL, FURNACE = "SM-02", "SM-04"
DAY = dt.timedelta(days=1)


def ask(crowd: Crowd) -> None:
    """After the boards are built: what is over is judged here and not by the worker."""
    first, last = SHOWCASE.first, SHOWCASE.last
    ahead = _at(first - 8 * DAY)
    asked = [
        _registered(crowd, COAL, "吹炼改用富氧", first, last, ahead, sister=True),
        _registered(crowd, FURNACE, "贫化电炉分段送电", first, last, NOW, sister=False),
    ]
    running = THIS_MONTH.first
    _registered(crowd, COAL, "入炉料混匀后再配煤", running, running + 29 * DAY, _at(running - 2 * DAY), sister=True)
    for one in asked:
        if one.state == "registered":
            effects.ask(effect=one, by=None, at=NOW)
    here.rest(crowd.made.plant, NOW)


def _registered(
    crowd: Crowd, code: str, title: str, first: dt.date, last: dt.date, at: dt.datetime, *, sister: bool
) -> Effect:
    units, pack = crowd.made.units, pack_of(crowd.made.plant.code)
    return effects.register(
        unit=units[LINE], indicator=pack.indicators[code], usual=pack.base.effect, title=title, from_on=first,
        until_on=last + DAY, controls=[units[SISTER]] if sister else [], by=office(crowd)[0], at=at,
    )  # fmt: skip


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10))
