"""The clock and the brief: asked for once the boards stand and the day was read, once, and never of a plant that is silent."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.kernel.brief.book import BriefTrouble
from ronglu.store.models import Brief, Job, Reading
from ronglu.tasks import boards, briefs, tend
from ronglu.tasks.run import HANDLERS, perform
from ronglu.work import partitions
from tests.cast import Cast, make_cast
from tests.work.briefed import APRIL, DAY, MORNING, march

DAWN = dt.datetime(2026, 3, 21, 8)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    found = make_cast()
    march(found, settings)
    Job.objects.all().delete()
    return found


def asked() -> list[str]:
    return [job.args["period"] for job in Job.objects.filter(kind=briefs.briefs.KIND).order_by("pk")]


def hours(count: float) -> dt.datetime:
    return DAWN + dt.timedelta(hours=count)


def test_yesterday_is_told_an_hour_after_its_end_and_once(cast: Cast) -> None:
    assert briefs.tend(plant=cast.plant, at=hours(0.9)) == []
    assert briefs.tend(plant=cast.plant, at=hours(1)) == ["qinglan 2026-03-20"]
    assert briefs.tend(plant=cast.plant, at=hours(1.1)) == []
    assert asked() == ["2026-03-20"]
    [job] = Job.objects.all()
    assert HANDLERS[job.kind] == "ronglu.tasks.briefs"
    told = perform(job)
    made = Brief.objects.get(pk=told["brief"])
    assert (made.period, made.version, made.made_by, made.state) == ("2026-03-20", 1, None, "made")
    assert briefs.tend(plant=cast.plant, at=hours(9)) == []


def test_a_day_with_gaps_waits_four_hours_for_the_rest(cast: Cast) -> None:
    Reading.objects.filter(day=dt.date(2026, 3, 20), shift_no=3).delete()
    partitions.touch(plant=cast.plant, fact="readings", months=[202603])
    boards.build_plant(plant=cast.plant, at=MORNING)
    Job.objects.all().delete()
    assert briefs.tend(plant=cast.plant, at=hours(3.9)) == []
    assert briefs.tend(plant=cast.plant, at=hours(4)) == ["qinglan 2026-03-20"]


def test_it_waits_for_boards_that_are_still_to_be_built(cast: Cast) -> None:
    job = Job.objects.create(kind="boards", label="更新指标板", plant=cast.plant, state="waiting", created_at=DAWN)
    assert briefs.tend(plant=cast.plant, at=hours(2)) == []
    Job.objects.filter(pk=job.pk).update(state="done")
    assert briefs.tend(plant=cast.plant, at=hours(2)) == ["qinglan 2026-03-20"]


def test_one_that_failed_is_not_asked_for_over_and_over(cast: Cast) -> None:
    briefs.tend(plant=cast.plant, at=hours(1))
    Job.objects.update(state="failed")
    assert briefs.tend(plant=cast.plant, at=hours(2)) == []


def test_a_plant_that_reports_nothing_gets_no_briefs_of_nothing(cast: Cast) -> None:
    assert briefs.tend(plant=cast.neighbour, at=hours(2)) == []
    assert briefs.tend(plant=cast.plant, at=dt.datetime(2026, 3, 28, 14)) == []


def test_the_month_is_told_after_its_last_day(db: None, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    cast = make_cast()
    march(cast, settings, until=dt.date(2026, 3, 31), at=APRIL)
    Job.objects.all().delete()
    assert briefs.tend(plant=cast.plant, at=APRIL) == ["qinglan 2026-03-31", "qinglan 2026-03"]


def test_a_pass_of_the_clock_counts_what_it_asked_for(cast: Cast) -> None:
    done = tend.once(at=hours(2), now=lambda: hours(2))
    assert (done.briefs, done.faults) == (["qinglan 2026-03-20"], [])
    assert not tend.Pass(briefs=["qinglan 2026-03-20"]).idle


def test_a_plant_without_boards_is_told_so(cast: Cast) -> None:
    with pytest.raises(BriefTrouble, match="还没有指标板"):
        briefs.make(plant=cast.neighbour, period=DAY, at=MORNING)
