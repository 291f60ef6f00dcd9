"""Item A5 from the joint stages of key tasks: due and missing costs a point each, never more than the item has."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.kernel.annual.joint import Joint
from ronglu.kernel.time.period import Period
from ronglu.store.models import Run
from ronglu.tasks.assess import assess_month
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.facts.test_contest_facts import sheeted
from tests.work.contested import raced
from tests.work.planned import confirm, key_task

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-05"


def assessed(cast: Cast) -> Run:
    sheeted(cast)
    raced(cast)
    return assess_month(
        plant=cast.plant, month=Period.month(2026, 3), by=cast.account["孙干事"], at=dt.datetime(2026, 4, 5, 9)
    )


@pytest.mark.covers("S1-11")
def test_each_stage_of_march_that_a_side_did_not_confirm_costs_a_point(cast: Cast) -> None:
    task = key_task(cast, last=dt.date(2026, 3, 30))  # all eight fall due in March
    for which in (Joint.PLAN, Joint.DEPLOY, Joint.REPORT, Joint.INSPECT, Joint.URGE):
        confirm(cast, task, which, "王书记", FIRST)
        confirm(cast, task, which, "马主任", FIRST)
    confirm(cast, task, Joint.APPRAISE, "王书记", FIRST)
    run = assessed(cast)
    found = result(run, "A5")
    # 8 due, 3 missing: 4 − 3
    assert (found.state, found.won) == ("scored", 100)
    assert sum(num for _key, num, _den in lines(found)) == 3
    assert same_in_the_kernel(found)
    # nothing fell due in the other branch: full
    assert (result(run, "A5", "QL-B2").state, result(run, "A5", "QL-B2").won) == ("nothing", 400)


def test_the_item_never_falls_below_nothing(cast: Cast) -> None:
    key_task(cast, last=dt.date(2026, 3, 30))
    assert result(assessed(cast), "A5").won == 0


def test_a_plant_without_key_tasks_has_the_item_not_wired(cast: Cast) -> None:
    assert result(assessed(cast), "A5").state == "not_wired"
