"""Scores out of zones, events, missions and project stages: what counts for whom, and what never costs anything."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import Membership, Mission, Run
from ronglu.tasks.assess import assess_month
from ronglu.work import events, missions, teams, zone_owners
from tests.cast import AT as TUESDAY
from tests.cast import ON, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.judged import PANEL, give, named, verified
from tests.work.loops_cast import LOOPS, line, report, settle, step, zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line_ = cast.unit["QL-R1"]
    return make_march(plant=line_.plant, line=line_, by=cast.account["周统计员"])


def assess(march: March) -> Run:
    return assess_month(plant=march.plant, month=MARCH, at=AT)


def test_members_with_a_zone_count_by_their_days(cast: Cast, march: March) -> None:
    """转炉党支部 has four members: 李班长 has a zone all of March, 何组长 from the 22nd on: 31 + 10 of 124 days."""
    place = zone(cast)
    zone_owners.assign(
        zone=place, person=cast.person["何组长"], on=dt.date(2026, 3, 22), by=cast.account["赵安全员"], at=TUESDAY
    )
    assert Membership.objects.filter(body__code__startswith="QL-B1").count() == 4
    found = result(assess(march), "C1")
    # nothing fell due in the zones: coverage alone, 41 ÷ 124 × 8 = 2.645
    assert (lines(found), found.won) == ([("all", 41, 124)], 265)
    # the other branch has members and no zone: 0; a branch of one who left in mid-month keeps his days
    assert lines(result(assess(march), "C1", "QL-B2")) == [("all", 0, 31)]


def test_findings_in_a_zone_weigh_six_tenths_and_those_elsewhere_nothing(cast: Cast, march: March) -> None:
    zone(cast, owner="王书记")
    place = zone(cast, code="Z2")
    for where in ({"zone": place}, {"zone": place}, {}):
        case = report(cast, given={"kind": "equipment", "what": "渗水"}, **where).case
        step(cast, case, "赵安全员", "grade")
        row = line(cast, case, "赵安全员", who="陈技术员", due_on=dt.date(2026, 3, 13))
        if case.number == "YH-2026-0001":
            five = {"funds": "不需要", "fix_by": "2026-03-13", "fallback": "不需要"}
            step(cast, case, "赵安全员", "settle", fixer="陈技术员", **five)
            settle(cast, row, "陈技术员", "done")
            step(cast, case, "陈技术员", "ask")
            settle(cast, row, "赵安全员", "pass")
    run = assess(march)
    found = result(run, "C1")
    assert [(one["part"], one["num"], one["den"]) for one in found.basis["lines"]] == [
        ("coverage", 62, 124), ("findings", 1, 2)
    ]  # fmt: skip
    # 0.4 × 62÷124 + 0.6 × 1÷2 = 0.5; × 8 = 4.00
    assert found.won == 400
    assert same_in_the_kernel(found)
    assert lines(result(run, "E1")) == [("measures", 1, 3)]


def test_a_plant_without_zones_is_not_wired_for_them(cast: Cast, march: March) -> None:
    assert result(assess(march), "C1").state == "not_wired"


def happened(cast: Cast, kind: str, *, confirmed: bool = True, day: int = 5) -> None:
    event = events.report(
        plant=cast.plant, unit=cast.unit["QL-R1-甲"], day=dt.date(2026, 3, day), kind=kind, words="扎伤手指",
        by=cast.account["李班长"], at=TUESDAY,
    )  # fmt: skip
    if confirmed:
        events.confirm(event=event, by=cast.account["赵安全员"], at=TUESDAY)


def test_only_confirmed_recordable_events_cost_points(cast: Cast, march: March) -> None:
    happened(cast, "near_miss")
    happened(cast, "first_aid")
    happened(cast, "lost_time", confirmed=False)
    run = assess(march)
    assert (result(run, "E2").state, result(run, "E2").won) == ("nothing", 1000)
    happened(cast, "minor")
    found = result(assess(march), "E2")
    assert (found.state, found.won) == ("scored", 700)
    assert same_in_the_kernel(found)
    assert [(one["type"], one["label"]) for one in found.basis["records"]] == [("event", "2026-03-05 轻微事件")]
    # the branch of another line had none
    assert result(assess(march), "E2", "QL-B2").state == "nothing"


def test_a_decision_taken_back_gives_the_points_back(cast: Cast, march: March) -> None:
    happened(cast, "lost_time")
    assert result(assess(march), "E2").won == 0
    event = cast.plant.safety_events.get()
    events.reopen(event=event, reason="属于通勤途中", by=cast.account["马主任"], at=TUESDAY)
    assert result(assess(march), "E2").won == 1000


def called(cast: Cast, *, holds: bool | None) -> Mission:
    who = {"by": cast.account["王书记"], "at": TUESDAY}
    team = teams.found(
        plant=cast.plant, code="TJ1", name="熔炼抢险突击队", kind="shock_rescue", purpose="抢险", body=cast.body["QL-B1-甲"],
        on=SINCE, **who,
    )  # fmt: skip
    teams.join(team=team, person=cast.person["李班长"], role="leader", duties="指挥", on=SINCE, **who)
    made = missions.call(team=team, unit=cast.unit["QL-R1"], why="炉口漏水", **who)
    missions.report(mission=made, report="更换水套", effect="少停一天", by=cast.account["李班长"], at=TUESDAY)
    if holds is not None:
        verdict = "现场看过，水套已换" if holds else "仍在漏"
        missions.verify(mission=made, holds=holds, verdict=verdict, by=cast.account["马主任"], at=TUESDAY)
    return made


@pytest.mark.parametrize(
    ("holds", "state"), [(True, "awaiting_review"), (False, "not_applicable"), (None, "not_applicable")]
)
def test_a_mission_with_verified_effect_waits_for_the_panel(
    cast: Cast, march: March, holds: bool | None, state: str
) -> None:
    called(cast, holds=holds)
    found = result(assess(march), "C4")
    assert (found.state, found.won) == (state, None)
    assert same_in_the_kernel(found)
    assert result(assess(march), "C4", "QL-B2").state == "not_applicable"


@pytest.mark.covers("S3-19")
def test_three_marks_of_the_panel_score_the_item_and_one_given_anew_counts_once(cast: Cast, march: March) -> None:
    """4, 5 and 3 first 2: Σ 12 of 15 = 0.8; of 5 points 4.00. With two marks only it still waits."""
    mission = verified(cast)
    named(cast, *PANEL)
    give(cast, mission, "赵安全员", 4)
    give(cast, mission, "高书记", 5)
    assert result(assess(march), "C4").state == "awaiting_review"
    give(cast, mission, "郑师傅", 2)
    give(cast, mission, "郑师傅", 3)
    found = result(assess(march), "C4")
    assert (found.state, found.won, found.share) == ("scored", 400, 800_000_000)
    assert lines(found) == [(str(mission.pk), 12, 15)]
    assert same_in_the_kernel(found)


def test_a_plant_that_never_called_a_team_is_not_wired_for_missions(cast: Cast, march: March) -> None:
    assert result(assess(march), "C4").state == "not_wired"


def test_stages_of_a_project_count_by_their_own_day(cast: Cast, march: March) -> None:
    """Four stages: one in time, one late, one still open, one due in April: 1 of 3."""
    loop = LOOPS["project"]
    given = {"kind": "manager", "what": "余热回收", "aim": "吨铜煤耗降 2 公斤"}
    case = report(cast, "陈技术员", loop=loop, unit=cast.unit["QL-R1"], given=given).case
    step(cast, case, "马主任", "approve", loop=loop, manager="陈技术员")
    days = [dt.date(2026, 3, 13), dt.date(2026, 3, 13), dt.date(2026, 3, 20), dt.date(2026, 4, 20)]
    rows = [
        line(cast, case, "陈技术员", who="李班长", due_on=day, loop=loop, kind="stage", stage="design") for day in days
    ]
    step(cast, case, "陈技术员", "start", loop=loop, finish_by="2026-04-30", team="李班长")
    for row, day in ((rows[0], 13), (rows[1], 14)):
        settle(cast, row, "李班长", "done", loop=loop, at=dt.datetime(2026, 3, day, 9))
        settle(cast, row, "马主任", "pass", loop=loop, at=dt.datetime(2026, 3, day, 10))
    found = result(assess(march), "D7")
    # 1 ÷ 3 × 8 = 2.67
    assert (lines(found), found.won) == ([("stages", 1, 3)], 267)
