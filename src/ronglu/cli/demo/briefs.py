"""Briefs of the invented plant: March and the last days, one sentence in the plant's own words, yesterday's still to be issued."""

import datetime as dt

from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, SHOWCASE, TODAY
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account
from ronglu.tasks.briefs import make
from ronglu.work import briefs

WORKSHOP = "R"
KEY, OWN = "halt.none", "各产线没有停机。"
DAYS = 2
"""Days whose brief stands, yesterday the last."""


def tell(crowd: Crowd) -> None:
    """After boards, stops and hand-overs: made on the morning after, as the clock would."""
    plant = crowd.made.plant
    by = Account.objects.get(person=crowd.holding("statistician", WORKSHOP))
    rules = pack_of(plant.code).base.brief
    briefs.write(plant=plant, key=KEY, text=OWN, rules=rules, by=by, at=_morning(SHOWCASE.last))
    days = [TODAY - dt.timedelta(days=n) for n in range(DAYS, 0, -1)]
    for period in (SHOWCASE, *map(Period.day, days)):
        made = make(plant=plant, period=period, at=_morning(period.last + dt.timedelta(days=1)))
        if period != Period.day(days[-1]):
            briefs.issue(brief=made, by=by, at=min(made.made_at + dt.timedelta(minutes=40), NOW))


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 10))
