"""One pass of the clock: cases and lines that are due, work of the day, notices. What fails keeps nothing else from its turn."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial

from django.db import OperationalError

from ronglu.config.plant import pack_of, packs
from ronglu.exchange import channels
from ronglu.store.models import Plant
from ronglu.tasks import assess, briefs, close, contests, feeds, standing
from ronglu.tasks import notices as telling
from ronglu.work import aways, cases_clock, findings, life_findings, reviews, rounds, shifts, tending
from ronglu.work.tending import Tended

log = logging.getLogger(__name__)
AHEAD = dt.timedelta(days=31)
"""So that a month's round stands from the first day of the month."""
SHIFTS_AHEAD = dt.timedelta(days=14)
RUNS = "tend"
"""The mark that tells when the clock last came round."""


@dataclass
class Pass:
    cases: Tended = field(default_factory=Tended)
    daily: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    briefs: list[str] = field(default_factory=list)
    notices: telling.Told = field(default_factory=telling.Told)
    faults: list[str] = field(default_factory=list)

    @property
    def idle(self) -> bool:
        """Nothing was due."""
        return asdict(self) == asdict(Pass())


def once(*, at: dt.datetime, now: Callable[[], dt.datetime], send: telling.Send = channels.send) -> Pass:
    """A second time at the same moment finds nothing to do."""
    done = Pass()

    def tend_cases() -> None:
        done.cases = cases_clock.tend_cases(loops=packs().loops, at=at)

    def tell() -> None:
        done.notices = telling.go(at=at, now=now, send=send)

    # rosters first: they say when people are at work; notices last: they tell what the others brought
    works = (
        *_daily(done, at),
        *_feeds(done, at),
        *_briefs(done, at),
        ("cases", "催办", tend_cases),
        ("notices", "发送提醒", tell),
    )
    for key, label, run in works:
        try:
            run()
        except OperationalError:
            raise  # no database, no clock: the next pass tries again
        except Exception as why:
            log.exception("tend: %s", key)
            tending.keep(key=f"tend:{key}", label=label, why=why, at=at)
            done.faults.append(key)
        else:
            tending.mended(f"tend:{key}", at=at)
    tending.came_round(RUNS, at=at)
    return done


def _daily(done: Pass, at: dt.datetime) -> list[tuple[str, str, Callable[[], None]]]:
    """What is done once a day for each plant."""
    on = at.date()
    found = []
    for plant in Plant.objects.order_by("pk"):
        works: dict[str, tuple[str, Callable[[], object]]] = {
            "shifts": ("排出往后的班次", partial(shifts.ensure, plant=plant, first=on, last=on + SHIFTS_AHEAD)),
            "findings": ("组织检查", partial(findings.refresh_findings, plant=plant, on=on, at=at)),
            "life": ("组织生活、学习和安全规定检查", partial(life_findings.refresh, plant=plant, on=on, at=at)),
            "rounds": ("排出巡查", partial(rounds.plan, plant=plant, first=on, last=on + AHEAD, by=None, at=at)),
            "standing": ("双提升与积分", partial(standing.tend, plant=plant, at=at)),
            "counted": ("事实归档", partial(assess.catch_up, plant=plant, at=at)),
            "closed": ("关账后的改动", partial(close.tend, plant=plant, at=at)),
            "aways": ("删除结束一个月的不在岗", partial(aways.clear, plant=plant, on=on)),
            "contests": ("劳动竞赛", partial(contests.tend, plant=plant, at=at)),
        }
        if reviews.since(plant) is not None:
            works["reviews"] = ("月审核、季点评、年考核", partial(_review, plant, on, at))
        for name, (label, run) in works.items():
            key = f"{name}:{plant.code}"
            found.append((key, f"{plant.name} {label}", partial(_once_a_day, key, on, at, run, done)))
    return found


def _feeds(done: Pass, at: dt.datetime) -> list[tuple[str, str, Callable[[], None]]]:
    """Every pass: what lies in folders and databases, and who has gone silent."""

    def look(plant: Plant) -> None:
        done.feeds += feeds.tend(plant=plant, at=at)

    return [
        (f"feeds:{one.code}", f"{one.name} 数据源", partial(look, one))
        for one in Plant.objects.filter(feeds__isnull=False).distinct().order_by("pk")
    ]


def _briefs(done: Pass, at: dt.datetime) -> list[tuple[str, str, Callable[[], None]]]:
    """Every pass: a brief is due once the morning's boards stand, whenever that is."""

    def ask(plant: Plant) -> None:
        done.briefs += briefs.tend(plant=plant, at=at)

    return [(f"briefs:{one.code}", f"{one.name} 生产简报", partial(ask, one)) for one in Plant.objects.order_by("pk")]


def _review(plant: Plant, on: dt.date, at: dt.datetime) -> None:
    pack = pack_of(plant.code)
    reviews.tend(plant=plant, loops=pack.loops, timetable=pack.standing.timetable, on=on, at=at)


def _once_a_day(key: str, on: dt.date, at: dt.datetime, run: Callable[[], object], done: Pass) -> None:
    if tending.resting(f"tend:{key}", at=at):
        return
    if tending.daily(key, on=on, at=at, run=run):
        done.daily.append(key)
