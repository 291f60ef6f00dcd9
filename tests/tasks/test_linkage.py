"""Linkage in the worker: the close asks for it, and it writes what the month came to."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import Job, LinkResult
from ronglu.tasks.run import perform
from ronglu.work import closings
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.scored import scored
from tests.work.linked import MARCH, admin, closed, in_force

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 24)


def job(cast: Cast, kind: str, **args: Any) -> Job:
    return Job.objects.create(
        kind=kind, label=kind, plant=cast.plant, args=args, created_at=AT, created_by=cast.account["高书记"]
    )


def test_the_worker_writes_what_a_closed_month_came_to(cast: Cast) -> None:
    in_force(cast)
    closed(cast, {"QL-B1": 9200})
    admin(cast, {"QL-R": 10_500})
    assert perform(job(cast, "linkage", month="2026-03")) == {"month": "2026-03", "new": 1}
    assert LinkResult.objects.get().value_h == 9660


def test_a_plant_without_a_scheme_links_nobody(cast: Cast) -> None:
    closed(cast, {"QL-B1": 9200})
    assert perform(job(cast, "linkage", month="2026-03")) == {"month": "2026-03", "new": 0}


def test_a_close_asks_for_the_linkage_of_its_month(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, f"{ON}T10:00:00"
    in_force(cast)
    scored(cast)
    asked = closings.propose(plant=cast.plant, month=MARCH, by=cast.account["孙干事"], on=ON, at=AT)
    perform(job(cast, "close", closing=asked.pk))
    queued = Job.objects.get(kind="linkage")
    assert queued.args == {"month": "2026-03"}
    perform(queued)
    assert LinkResult.objects.get().reason == "还没有行政绩效分、党建百分（折算），暂不联动"
