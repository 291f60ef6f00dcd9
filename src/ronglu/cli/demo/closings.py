"""The months before the showcase as the office left them: closed by two people on the day the timetable names."""

import datetime as dt

from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.kernel.standing.timetable import dates
from ronglu.kernel.time.period import Period
from ronglu.store.values import workdays_of
from ronglu.tasks.close import close_month
from ronglu.work import closings


def close(crowd: Crowd, month: Period) -> None:
    """A month with an item that nobody judged yet stays open, as it would at the plant."""
    plant, (first, second) = crowd.made.plant, office(crowd)
    timetable = pack_of(plant.code).standing.timetable
    last = dates(timetable, month, workdays_of(plant).add_workdays)[-1]
    at = dt.datetime.combine(last.on, dt.time(9))
    if closings.blockers(plant=plant, month=month, on=last.on):
        return
    asked = closings.propose(plant=plant, month=month, by=first, on=last.on, at=at)
    close_month(closing=asked, by=second, at=at + dt.timedelta(hours=1))
