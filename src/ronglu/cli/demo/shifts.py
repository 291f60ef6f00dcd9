"""Ten days at the lines of the first plant: stops logged as they came, and the last shifts given and taken over."""

import datetime as dt
from dataclasses import dataclass

from ronglu.boards.handover import read
from ronglu.boards.indicator import rows
from ronglu.cli import here
from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, TODAY
from ronglu.config.plant import pack_of
from ronglu.store.models import Account, Unit, Won
from ronglu.store.values import calendar_of
from ronglu.work import halts, handovers

DAY = dt.timedelta(days=1)
BACK = 3
"""Days whose shifts were handed over."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Days ago, from and to as clock times (the second empty: it stands still), reason, words."""

    days: int
    starts: str
    ends: str
    reason: str
    words: str


STOPS = (
    Stop(9, "09:10", "11:45", "mechanical", "加料皮带跑偏，换托辊"),
    Stop(8, "14:20", "15:05", "waiting", "等上一包"),
    Stop(7, "02:30", "03:55", "gas", "氧压低，等供氧"),
    Stop(6, "18:00", "19:30", "mechanical", "皮带同一处又跑偏"),
    Stop(4, "10:00", "12:00", "maintenance", "月度点检"),
    Stop(3, "21:15", "22:40", "electrical", "变频器报警"),
    Stop(2, "05:05", "06:20", "wet", "雨后料湿，堵料仓"),
    Stop(1, "11:30", "12:10", "assay", "等炉前样"),
    Stop(0, "09:20", "", "mechanical", "2 号加料皮带减速机异响，停下查"),
)
TOLD = ("料仓下料口通了两次，夜里盯着点", "氧压稳住了，流量按 4200 控", "皮带托辊备了两副，在机旁", "炉前样按时送了")


def keep(crowd: Crowd) -> None:
    """Every line its own few of the stops, at hours of its own; then the handed shifts, by the figures of the boards."""
    cast, made = Cast(crowd), crowd.made
    book = pack_of(made.plant.code).base.stops
    for place, line in enumerate(made.plan.lines()):
        unit = made.unit(line.code)
        leaders = _leaders(cast, line.code)
        for number, stop in enumerate(STOPS):
            if (number + place) % 2 == 0 and leaders and (stop.ends or place == 0):
                _log(unit, stop, leaders[number % len(leaders)], book, minutes=place * 13)
        _hand_over(cast, unit, leaders)
    here.rest(made.plant, NOW)


def _log(unit: Unit, stop: Stop, by: Account, book: halts.StopBook, *, minutes: int) -> None:
    shift = dt.timedelta(minutes=minutes)
    begins = dt.datetime.combine(TODAY - DAY * stop.days, dt.time.fromisoformat(stop.starts)) + shift
    ends = dt.datetime.combine(begins.date(), dt.time.fromisoformat(stop.ends)) + shift if stop.ends else None
    said = halts.Said(starts_at=begins, ends_at=ends, reason=stop.reason, words=stop.words)
    halts.log(unit=unit, said=said, book=book, by=by, at=(ends or begins) + dt.timedelta(minutes=3))


def _hand_over(cast: Cast, unit: Unit, leaders: list[Account]) -> None:
    """The shift before this one waits for whoever stands now; the others were taken over."""
    plant, pack = unit.plant, pack_of(unit.plant.code)
    calendar = calendar_of(plant)
    around = rows.around(plant=plant, indicators=pack.indicators)
    if around is None or len(leaders) < 2:
        return
    for number in range(BACK * 3):
        day, slot = TODAY - DAY * BACK + DAY * (number // 3), calendar.slots(TODAY)[number % 3]
        ends = calendar.slot(day, slot.no).ends_at
        stand = read.stand(around=around, unit=unit.pk, day=day, no=slot.no, at=ends)
        step, giver = stand.shift, leaders[number % len(leaders)]
        longest = max(stand.stood, key=lambda one: one.minutes, default=None)
        figures = handovers.Figures(
            day=day, shift_no=slot.no, letter=stand.letter, won=stand.won,
            indicator=stand.lead.code if stand.lead else "", plan=step.due if step else None,
            actual=step.value if step else None,
        )  # fmt: skip
        row = handovers.give(
            unit=unit, figures=figures, ends_at=ends, book=pack.base.stops, by=giver, scope=cast.scope(giver, day),
            at=ends - dt.timedelta(minutes=12), words=TOLD[number % len(TOLD)],
            reason=longest.halt.reason if longest else "conditions" if stand.won == Won.LOST else "",
        )  # fmt: skip
        if number < BACK * 3 - 1:
            taker = leaders[(number + 1) % len(leaders)]
            handovers.take(handover=row, by=taker, at=ends + dt.timedelta(minutes=2))


def _leaders(cast: Cast, line: str) -> list[Account]:
    """Of the crews of a line, in the order of their letters."""
    crews = sorted(code for code in cast.crowd.made.units if code.startswith(f"{line}-"))
    return [cast.account(one) for crew in crews for one in cast.at_post("crew_leader", crew)]
