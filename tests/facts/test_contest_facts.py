"""Settled contests score D8 by place with ties shared, missed kit tasks cost E5; before a result is final it scores nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of, packs
from ronglu.facts import civil, contest_results
from ronglu.kernel.time.period import Period
from ronglu.store.models import CalendarRow, CampaignTask, Contest, ContestResult, Partition, SheetVersion
from ronglu.tasks import contests as worker
from ronglu.tasks.assess import assess_month
from ronglu.work import campaigns, contests, partitions
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.scored import result, same_in_the_kernel
from tests.work.contested import AFTER, DRAFTED, Raced, plain, raced

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


def settled(cast: Cast, *teams: tuple[str, int, int]) -> Contest:
    """A contest of March that is final: unit, place, how many share it."""
    contest = plain(cast, "final")
    rows = [{"team": cast.unit[code].pk, "name": code, "place": place, "tied": tied} for code, place, tied in teams]
    ContestResult.objects.create(
        contest=contest, version=1, cause="竞赛结束", inputs={}, digest="x", outcome={"teams": rows}, made_at=AFTER
    )
    partitions.touch(plant=cast.plant, fact="contests", months=[202603])
    return contest


@pytest.mark.covers("S0-23")
@pytest.mark.parametrize(
    ("places", "won"),
    [
        ([("QL-R1-甲", 1, 1), ("QL-F1-甲", 2, 1)], (400, 360)),
        ([("QL-R1-甲", 1, 2), ("QL-F1-甲", 1, 2)], (380, 380)),
        ([("QL-R1-甲", 3, 1), ("QL-R1-乙", 1, 1), ("QL-F1-甲", 2, 1)], (360, 360)),
        ([("QL-R1-甲", 1, 2), ("QL-R1-乙", 1, 2), ("QL-F1-甲", 3, 1)], (380, 320)),
    ],
    ids=["first and second", "two share the first place", "first and third against the second", "a branch's two ahead"],
)
def test_places_score_d8_and_teams_that_tie_share_the_points_of_their_places(
    cast: Cast, places: list[tuple[str, int, int]], won: tuple[int, int]
) -> None:
    """4, 3.6 and 3.2 for the places; two that share the first have 3.8 each; a branch with two teams has their mean."""
    sheeted(cast)
    raced(cast)
    settled(cast, *places)
    run = assess_month(plant=cast.plant, month=MARCH, at=SETTLED)
    found = [result(run, "D8", body=body) for body in ("QL-B1", "QL-B2")]
    assert [(one.state, one.won) for one in found] == [("scored", points) for points in won]
    assert all(same_in_the_kernel(one) for one in found)


@pytest.mark.covers("S0-23")
@pytest.mark.parametrize("lead", [0, 10], ids=["four share the first place", "one first, three share the second"])
def test_a_contest_among_the_crews_of_one_branch_says_nothing_of_the_branch(cast: Cast, lead: int) -> None:
    """Four crews of one branch hold all four places: 4 + 3.6 + 3.2 + 2.8 over four would be 3.4 whoever is ahead of whom, a
    score for taking part."""
    sheeted(cast)
    contest = held(raced(cast, lead=lead), AFTER, SETTLED)
    assert contest.state == "final"
    run = assess_month(plant=cast.plant, month=MARCH, at=SETTLED)
    assert {result(run, "D8", body=body).state for body in ("QL-B1", "QL-B2")} == {"not_applicable"}
    assert contest_results.rows(plant=cast.plant, month=MARCH, loops={}) == []


@pytest.mark.covers("S0-23")
def test_a_result_that_may_still_be_appealed_against_scores_nothing(cast: Cast) -> None:
    sheeted(cast)
    raced(cast)
    contest = settled(cast, ("QL-R1-甲", 1, 1), ("QL-F1-甲", 2, 1))
    Contest.objects.filter(pk=contest.pk).update(state="provisional", appeal_until=dt.date(2026, 4, 4))
    run = assess_month(plant=cast.plant, month=MARCH, at=AFTER)
    assert result(run, "D8").state == "not_wired"
    assert contest_results.rows(plant=cast.plant, month=MARCH, loops={}) == []
    worker.tend(plant=cast.plant, at=SETTLED)
    assert partitions.moved_on(run)
    assert contest_results.FACT in civil.kept(plant=cast.plant, loops={}, last=MARCH.last)
    assert len(contest_results.rows(plant=cast.plant, month=MARCH, loops={})) == 2
    assert contest_results.rows(plant=cast.plant, month=MARCH + 1, loops={}) == []


@pytest.mark.covers("S0-23")
@pytest.mark.parametrize(
    ("month_first", "ended", "month"),
    [
        (1, dt.date(2026, 3, 31), 3),
        (26, dt.date(2026, 3, 25), 3),
        (26, dt.date(2026, 3, 26), 4),
        (26, dt.date(2026, 3, 27), 4),
        (5, dt.date(2026, 4, 4), 3),
        (5, dt.date(2026, 4, 5), 4),
    ],
)
def test_a_contest_counts_in_the_statistical_month_that_holds_its_last_day(
    cast: Cast, settings: Any, month_first: int, ended: dt.date, month: int
) -> None:
    """09-5: on the sheet of the other month nothing of it is known, neither before nor after."""
    sheeted(cast)
    raced(cast)
    CalendarRow.objects.update(month_first=month_first)
    contest = settled(cast, ("QL-R1-甲", 1, 1), ("QL-F1-甲", 2, 1))
    Partition.objects.all().delete()
    Contest.objects.filter(pk=contest.pk).update(last_on=ended, state="provisional", appeal_until=dt.date(2026, 4, 10))
    settings.TODAY = "2026-05-08"
    assert contests.settle(contest=contest, open_appeals=0, at=dt.datetime(2026, 4, 11, 9))
    assert list(Partition.objects.filter(fact="contests").values_list("month", flat=True)) == [202600 + month]
    for no in (3, 4):
        run = assess_month(plant=cast.plant, month=Period.month(2026, no), at=dt.datetime(2026, 5, 8, 9))
        won = [result(run, "D8", body=body).won for body in ("QL-B1", "QL-B2")]
        assert won == ([400, 360] if no == month else [None, None])
    before = result(assess_month(plant=cast.plant, month=Period.month(2026, month - 1), at=SETTLED), "D8")
    assert before.state == "not_wired"


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
