"""Settled contests score D8 by place with ties shared, missed kit tasks cost E5; before a result is final it scores nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of, packs
from ronglu.facts import civil, contest_results
from ronglu.kernel.time.period import Period
from ronglu.store.models import CampaignTask, Contest, SheetVersion
from ronglu.tasks import contests as worker
from ronglu.tasks.assess import assess_month
from ronglu.work import campaigns, partitions
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.contested import AFTER, DRAFTED, Raced, raced

pytestmark = pytest.mark.django_db
MARCH, SETTLED = Period.month(2026, 3), dt.datetime(2026, 4, 5, 9)


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-05"


def sheeted(cast: Cast) -> None:
    SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration=dict(pack_of(cast.plant.code).sheet.declaration), digest="x",
        published_at=AFTER,
    )  # fmt: skip


def held(made: Raced, *clock: dt.datetime) -> Contest:
    contest = made.declared()
    for at in (dt.datetime(2026, 3, 1, 9), *clock):
        worker.tend(plant=made.cast.plant, at=at)
    contest.refresh_from_db()
    return contest


@pytest.mark.covers("S0-23")
@pytest.mark.parametrize("lead", [0, 10], ids=["four share the first place", "one first, three share the second"])
def test_places_score_d8_and_teams_that_tie_share_the_points_of_their_places(cast: Cast, lead: int) -> None:
    """Four crews of one branch: 4 + 3.6 + 3.2 + 2.8 over four is 3.4 of 4, whoever is ahead of whom."""
    sheeted(cast)
    contest = held(raced(cast, lead=lead), AFTER, SETTLED)
    assert contest.state == "final"
    run = assess_month(plant=cast.plant, month=MARCH, at=SETTLED)
    found = result(run, "D8")
    assert (found.state, found.won) == ("scored", 340)
    places = sorted((num, den) for _key, num, den in lines(found))
    assert places == ([(1, 4)] * 4 if not lead else [(1, 1), (2, 3), (2, 3), (2, 3)])
    assert same_in_the_kernel(found)
    # a branch that had no contest is not judged by one: taking part is worth nothing
    assert result(run, "D8", body="QL-B2").state == "not_applicable"


@pytest.mark.covers("S0-23")
def test_a_result_that_may_still_be_appealed_against_scores_nothing(cast: Cast) -> None:
    sheeted(cast)
    made = raced(cast)
    held(made, AFTER)
    run = assess_month(plant=cast.plant, month=MARCH, at=AFTER)
    assert result(run, "D8").state == "not_wired"
    assert contest_results.rows(plant=cast.plant, month=MARCH, loops={}) == []
    worker.tend(plant=cast.plant, at=SETTLED)
    assert partitions.moved_on(run)
    assert contest_results.FACT in civil.kept(plant=cast.plant, loops={}, last=MARCH.last)
    assert len(contest_results.rows(plant=cast.plant, month=MARCH, loops={})) == 4
    assert contest_results.rows(plant=cast.plant, month=MARCH + 1, loops={}) == []


@pytest.mark.covers("S4-19", "S4-20")
def test_each_missed_task_of_a_safety_kit_costs_a_point_of_e5(cast: Cast) -> None:
    """Four tasks fell due in March, two were done by their day: 5 − 2 = 3."""
    sheeted(cast)
    raced(cast)
    kit, by = packs().base.kits["safety_month"], cast.account["孙干事"]
    campaigns.open_one(
        plant=cast.plant, kit=kit, title=kit.zh, body=cast.body["QL-C"], bodies=[cast.body["QL-B1"]], first=dt.date(2026, 3, 1),
        last=dt.date(2026, 3, 30), goal=kit.goal, by=by, at=DRAFTED,
    )  # fmt: skip
    for kind in ("pledge", "lesson"):
        task = CampaignTask.objects.get(kind=kind)
        campaigns.report(task=task, words="办了", people=20, by=cast.account["王书记"], at=dt.datetime(2026, 3, 6, 9))
    run = assess_month(plant=cast.plant, month=MARCH, at=SETTLED)
    found = result(run, "E5")
    assert (found.state, found.won) == ("scored", 300)
    assert same_in_the_kernel(found)
