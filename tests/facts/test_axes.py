"""C2 end to end: figures of members by the month, one row a branch in columns, the item of the sheet, and no name on the way."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ronglu.facts import axes, civil, partition, persons
from ronglu.facts.attained import attained
from ronglu.kernel.standing.record import Attained
from ronglu.kernel.time.period import Period
from ronglu.store.models import CaseRow, IndicatorRow, LiftStand, Mission, PointEntry, Reading, Team, TeamMember
from ronglu.tasks import standing, tend
from ronglu.tasks.assess import assess_month
from ronglu.work import lift_months, partitions
from tests.cast import AT as TUESDAY
from tests.cast import SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.loops_cast import LOOPS, line, report, settle, step, zone
from tests.work.membered import LIFT, PACK

pytestmark = pytest.mark.django_db
BRANCH = ("李班长", "何组长", "王书记", "马主任")


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line_ = cast.unit["QL-R1"]
    return make_march(plant=line_.plant, line=line_, by=cast.account["周统计员"])


def month(cast: Cast, year: int, number: int, *, crew: int, workshop: int = 3) -> None:
    """Crew 甲 and the workshop reach so many of four plans; everybody has a grade, so both axes stand."""
    for name in BRANCH:
        cast.person[name].grades = ["高级工"]
        cast.person[name].save()
    units = {cast.unit["QL-R1-甲"].pk: crew, cast.unit["QL-R"].pk: workshop}
    reached = {unit: Attained(unit=unit, reached=n, judged=4) for unit, n in units.items()}
    one = Period.month(year, number)
    at = dt.datetime.combine(one.last, dt.time(9))
    lift_months.compute(plant=cast.plant, rules=LIFT, month=one, records=(), attained=reached, at=at)


@pytest.mark.covers("S1-45")
def test_the_item_counts_members_that_stand_no_lower_than_their_own_baseline(
    cast: Cast, march: March, tmp_path: Path
) -> None:
    """Baseline is the last quarter of 2025. In March crew 甲 reaches 2 of 4 instead of 3: 李 and 何 are lower, 王 and 马 level: 2 of 4."""
    for number in (10, 11, 12):
        month(cast, 2025, number, crew=3)
    month(cast, 2026, 3, crew=2)
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    found = result(run, "C2")
    assert (found.state, found.points, found.won, found.share) == ("scored", 700, 350, 500_000_000)
    assert lines(found) == [("members", 2, 4)]
    assert same_in_the_kernel(found)
    assert result(run, "C2", "QL-B2").state == "not_applicable"
    assert "axes/202603" in run.partitions
    kept = pq.read_table(partition.path_of(tmp_path, fact="axes", plant=march.plant.code, month=202603)).to_pylist()
    assert [(row["branch"], row["num"], row["den"], row["record"]) for row in kept] == [
        (cast.body["QL-B1"].pk, 2, 4, "")
    ]
    # nothing of it names a person, by name, staff number or key
    told = str(found.basis)
    assert not [name for name in BRANCH if name in told or cast.person[name].staff_no in told]
    assert "records" not in found.basis
    # a figure that moves makes the run stale, and only then
    assert not partitions.moved_on(run)
    month(cast, 2026, 3, crew=3)
    assert partitions.moved_on(run)
    again = result(assess_month(plant=march.plant, month=MARCH, at=AT), "C2")
    assert (again.won, lines(again)) == (700, [("members", 4, 4)])


def test_in_the_first_quarter_nobody_can_be_compared_and_without_figures_the_item_is_not_wired(
    cast: Cast, march: March
) -> None:
    assert result(assess_month(plant=march.plant, month=MARCH, at=AT), "C2").state == "not_wired"
    for number in (1, 2, 3):
        month(cast, 2026, number, crew=number)
    assert axes.FACT in civil.kept(plant=march.plant, loops=LOOPS, last=MARCH.last)
    assert result(assess_month(plant=march.plant, month=MARCH, at=AT), "C2").state == "not_applicable"


def test_after_the_clock_came_round_a_sheet_is_behind_only_where_its_facts_are_others(cast: Cast, march: March) -> None:
    for number in (10, 11, 12):
        month(cast, 2025, number, crew=3)
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    partitions.touch(plant=march.plant, fact="axes", months=[202603])
    partitions.touch(plant=march.plant, fact="readings", months=[202603])
    assert partitions.moved_on(run)
    tend.once(at=AT, now=lambda: AT)
    assert not partitions.moved_on(run)
    Reading.objects.filter(pk=march.reading("sm_coal", 12, 3).pk).update(value=1)
    partitions.touch(plant=march.plant, fact="readings", months=[202603])
    tend.once(at=AT + dt.timedelta(days=1), now=lambda: AT)
    assert partitions.moved_on(run)


def test_a_share_of_two_members_would_tell_whose_it_is(cast: Cast) -> None:
    for name, state in (("李班长", "reached"), ("何组长", "short")):
        _stand(cast, name, state)
    assert axes.rows(plant=cast.plant, month=MARCH, loops={}) == []
    _stand(cast, "王书记", "reached")
    _stand(cast, "马主任", "open")
    assert [(row["num"], row["den"]) for row in axes.rows(plant=cast.plant, month=MARCH, loops={})] == [(2, 3)]


def _stand(cast: Cast, name: str, state: str) -> None:
    LiftStand.objects.create(
        person=cast.person[name], body=cast.body["QL-B1"], month=202603, quadrant="level", state=state
    )


@pytest.mark.covers("S1-47")
def test_only_audited_and_complete_figures_say_that_a_plan_was_reached(cast: Cast) -> None:
    """SM-01 reached, SM-02 short; one with an unaudited reading, one half reported and one without a plan say nothing."""
    up = [code for code, one in PACK.indicators.items() if one.direction == "up" and one.method != "none"][:5]
    for code, value, more in zip(
        up, ("10", "8", "99", "99", "99"), ({}, {}, {"pending": 1}, {"covered": 5}, {"plan": ""}), strict=True
    ):
        said = {"plan": "9", "covered": 10, "expected": 10} | more
        IndicatorRow.objects.create(
            plant=cast.plant, unit=cast.unit["QL-R1-甲"], indicator=code, grain="month", period="2026-03", month=202603,
            value=value, **said,
        )  # fmt: skip
    found = attained(plant=cast.plant, month=MARCH, indicators=PACK.indicators)
    assert found == {cast.unit["QL-R1-甲"].pk: Attained(unit=cast.unit["QL-R1-甲"].pk, reached=1, judged=2)}


@pytest.mark.covers("S1-47", "S3-23")
def test_a_finding_of_his_zone_put_right_in_time_and_checked_by_another_is_his(cast: Cast, march: March) -> None:
    """李班长 owns the zone, 陈技术员 puts it right by the 13th, 赵安全员 checks it."""
    case = report(cast, "吴师傅", zone=zone(cast)).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="陈技术员", due_on=dt.date(2026, 3, 13))
    step(cast, case, "赵安全员", "settle", fixer="陈技术员", funds="不需要", fix_by="2026-03-13", fallback="不需要")
    settle(cast, row, "陈技术员", "done")
    assert not any(one.verified for one in _of(cast, "zone_finding"))
    step(cast, case, "陈技术员", "ask")
    settle(cast, row, "赵安全员", "pass")
    assert [(one.person, one.on.day, one.kept, one.verified) for one in _of(cast, "zone_finding")] == [
        (cast.person["李班长"].pk, 13, True, True)
    ]
    for _ in "twice":
        standing.tend(plant=cast.plant, at=TUESDAY)
    assert list(PointEntry.objects.values_list("person__name", "source", "points_h", "record", "state")) == [
        ("李班长", "zone_closed", 150, f"case:{case.pk}:zone_finding", "declared")
    ]


@pytest.mark.covers("S1-47")
def test_a_finding_taken_apart_into_measures_is_still_one_and_late_as_a_whole(cast: Cast, march: March) -> None:
    """Two measures, the 13th and the 16th; the second is passed on the 18th: one finding, not put right in time."""
    case = report(cast, "吴师傅", zone=zone(cast)).case
    step(cast, case, "赵安全员", "grade")
    rows = [line(cast, case, "赵安全员", who="陈技术员", due_on=dt.date(2026, 3, day)) for day in (13, 16)]
    step(cast, case, "赵安全员", "settle", fixer="陈技术员", funds="不需要", fix_by="2026-03-16", fallback="不需要")
    for row in rows:
        settle(cast, row, "陈技术员", "done")
    step(cast, case, "陈技术员", "ask")
    for row in rows:
        settle(cast, row, "赵安全员", "pass")
    assert [(one.on.day, one.kept, one.verified) for one in _of(cast, "zone_finding")] == [(16, True, True)]
    CaseRow.objects.filter(pk=rows[1].pk).update(due_on=dt.date(2026, 3, 1))
    assert [(one.on.day, one.kept) for one in _of(cast, "zone_finding")] == [(13, False)], (
        "one late measure is a late finding"
    )


def _of(cast: Cast, fact: str) -> list[Any]:
    return [one for one in persons.records(plant=cast.plant, month=MARCH, loops=LOOPS) if one.fact == fact]


@pytest.mark.covers("S3-23")
def test_a_call_out_counts_for_who_was_in_the_team_that_day_once_its_effect_is_verified(
    cast: Cast, march: March
) -> None:
    team = Team.objects.create(
        plant=cast.plant,
        code="T1",
        name="抢险队",
        kind="shock_rescue",
        body=cast.body["QL-B1"],
        purpose="抢险",
        from_on=SINCE,
    )
    for name, until in (("李班长", None), ("何组长", dt.date(2026, 3, 1))):
        TeamMember.objects.create(team=team, person=cast.person[name], role="member", from_on=SINCE, until_on=until)
    told = Mission.objects.create(
        team=team,
        unit=cast.unit["QL-R1"],
        why="烟罩漏水",
        state="reported",
        called_by=cast.account["马主任"],
        called_at=TUESDAY,
    )
    assert _of(cast, "mission") == []
    Mission.objects.filter(pk=told.pk).update(state="verified", verified_at=TUESDAY)
    assert [(one.person, one.record) for one in _of(cast, "mission")] == [
        (cast.person["李班长"].pk, f"mission:{told.pk}")
    ]
