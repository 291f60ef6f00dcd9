"""Programmes: stages and tasks for every branch, evidence that the records hold, two hands, and everything of it by branch."""

import datetime as dt

import pytest

from ronglu.config.plant import pack_of, packs
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.joint import Joint
from ronglu.store.models import ProgrammeTask
from ronglu.work import programmes
from ronglu.work.queries import branch_plan, themes
from ronglu.work.queries.places import Places
from ronglu.work.reported import BadTask
from tests.cast import ON, Cast, cast  # noqa: F401
from tests.work.planned import FIRST, confirm, goal, key_task, meeting, platform, programme, said, task_of
from tests.work.test_campaigns import opened
from tests.work.test_platforms import used

pytestmark = pytest.mark.django_db


@pytest.mark.covers("S0-35")
def test_themed_education_goes_in_stages_with_a_task_for_every_branch(cast: Cast) -> None:
    row = programme(cast)
    assert (row.kind, row.last_on) == ("education", dt.date(2026, 9, 9))
    stages = list(row.stages.all())
    assert [one.title for one in stages] == ["学习教育", "调查研究", "检视问题", "整改落实"]
    # 183 days on: 30 % is the 54th day after the first
    assert (stages[0].last_on, stages[1].first_on) == (dt.date(2026, 5, 3), dt.date(2026, 5, 4))
    assert stages[-1].last_on == row.last_on
    given = ProgrammeTask.objects.filter(stage__programme=row).values_list("body__code", flat=True)
    assert sorted(given) == ["QL-B1"] * 4 + ["QL-B2"] * 4


@pytest.mark.covers("S1-08")
def test_an_action_of_three_years_keeps_its_ledger_by_year(cast: Cast) -> None:
    row = programme(cast, "reform_ledger")
    assert row.last_on == dt.date(2029, 3, 9)
    assert [one.title for one in row.stages.all()] == ["第一年", "第二年", "第三年"]
    programmes.add(
        stage=row.stages.all()[0],
        title="定岗定编方案落到班组",
        bodies=[cast.body["QL-B1"]],
        due_on=dt.date(2026, 6, 30),
        **said(cast, "孙干事"),
    )
    assert ProgrammeTask.objects.filter(stage__programme=row, body=cast.body["QL-B1"]).count() == 4
    with pytest.raises(AnnualTrouble, match="这一阶段"):
        programmes.add(
            stage=row.stages.all()[0],
            title="太晚",
            bodies=[cast.body["QL-B1"]],
            due_on=dt.date(2028, 6, 30),
            **said(cast, "孙干事"),
        )


@pytest.mark.covers("S2-03")
def test_what_is_standing_has_no_end_and_goes_on_year_by_year(cast: Cast) -> None:
    row = programme(cast, "two_studies")
    assert (row.kind, row.last_on) == ("standing", None)
    year = {"first": dt.date(2027, 1, 1), "last": dt.date(2027, 12, 31)}
    programmes.extend(programme=row, title="2027 年", **year, **said(cast, "孙干事"))
    assert [one.last_on.year for one in row.stages.all()] == [2026, 2027]
    with pytest.raises(AnnualTrouble, match="新的阶段应在它以后"):
        programmes.extend(programme=row, title="又一年", **year, **said(cast, "孙干事"))


@pytest.mark.covers("S0-35")
def test_a_meeting_of_the_branch_is_evidence_enough_and_another_checks(cast: Cast) -> None:
    row, held = programme(cast), meeting(cast)
    task = task_of(row, cast)
    with pytest.raises(Exception, match="或选一次会议"):
        programmes.report(task=task, **said(cast, "王书记"))
    with pytest.raises(AnnualTrouble, match="本组织开过并办结的会"):
        programmes.report(task=task, gathering=meeting(cast, "QL-B2"), **said(cast, "王书记"))
    with pytest.raises(AnnualTrouble, match="本组织开过并办结的会"):
        programmes.report(task=task, gathering=meeting(cast, state="planned"), **said(cast, "王书记"))
    programmes.report(task=task, gathering=held, **said(cast, "王书记"))
    assert (task.state, task.gathering, task.words) == ("done", held, "")
    with pytest.raises(BadTask, match="另一人检查"):
        programmes.check(task=task, holds=True, remark="", **said(cast, "王书记"))
    with pytest.raises(BadTask, match="退回请写明原因"):
        programmes.check(task=task, holds=False, remark="", **said(cast, "孙干事"))
    programmes.check(task=task, holds=False, remark="没有说到本支部的事", **said(cast, "孙干事"))
    assert (task.state, task.done_on) == ("open", None)
    programmes.report(task=task, words="补了研讨", **said(cast, "王书记"))
    programmes.check(task=task, holds=True, remark="", **said(cast, "孙干事"))
    assert task.state == "checked"
    with pytest.raises(BadTask, match="已检查，不能再办"):
        programmes.report(task=task, words="再报", **said(cast, "王书记"))


def test_a_programme_closes_when_nothing_waits(cast: Cast) -> None:
    row = programme(cast, bodies=("QL-B1",))
    with pytest.raises(BadTask, match="还有 0 项任务等检查、4 项没到期"):
        programmes.close(programme=row, report="完", **said(cast, "孙干事"))
    later = dt.datetime(2026, 9, 10, 9)
    with pytest.raises(BadTask, match="已过，不能再取消"):
        programmes.drop(task=task_of(row, cast), reason="忘了", **said(cast, "孙干事", later))
    programmes.close(programme=row, report="四项没有办", **said(cast, "孙干事", later))
    with pytest.raises(AnnualTrouble, match="已经收官"):
        programmes.close(programme=row, report="再来", **said(cast, "孙干事", later))


def test_no_programme_begins_in_the_past_or_for_nobody(cast: Cast) -> None:
    with pytest.raises(AnnualTrouble, match="已过"):
        programme(cast, first=dt.date(2026, 3, 9))
    with pytest.raises(AnnualTrouble, match="请选参加的党组织"):
        programme(cast, bodies=())


def whole_year(cast: Cast) -> None:
    """One of each for the converter branch, one goal and the programme for the other."""
    top = goal(cast)
    goal(cast, "QL-B1", "转炉线产量", parent=top)
    goal(cast, "QL-B2", "精炼线产量", parent=top)
    task = key_task(cast)
    confirm(cast, task, Joint.PLAN, "王书记", FIRST)
    confirm(cast, task, Joint.PLAN, "马主任", FIRST)
    row = programme(cast)
    programmes.report(task=task_of(row, cast), words="学了，定了一件事", **said(cast, "王书记"))
    opened(cast)
    used(cast, platform(cast))


@pytest.mark.covers("S0-34")
def test_everything_of_the_year_is_given_to_a_branch_and_told_of_it(cast: Cast) -> None:
    whole_year(cast)
    places = Places(cast.plant, ON)
    found = branch_plan.lines(
        places=places,
        body=cast.body["QL-B1"].pk,
        year=2026,
        scope=cast.scope("王书记"),
        on=ON,
        known=pack_of(cast.plant.code).indicators,
    )
    sorts = [one.sort for one in found]
    # one goal, eight stages, four tasks of the programme, four of the campaign, one use of a platform
    assert {sort: sorts.count(sort) for sort in set(sorts)} == {
        "goal": 1, "key_task": 8, "programme": 4, "campaign": 4, "platform": 1,
    }  # fmt: skip
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)
    sums = {one.name: (one.given, one.done, one.missed) for one in branch_plan.sums(places=places, year=2026, on=ON)}
    # done: the stage that both confirmed and the reported task; missed: the pledge of the campaign, due on 7 March
    assert sums == {"转炉党支部": (17, 2, 1), "精炼党支部": (9, 0, 1), "机关党支部": (0, 0, 0)}


@pytest.mark.covers("S1-10")
def test_every_activity_of_the_year_stands_under_one_of_the_three(cast: Cast) -> None:
    whole_year(cast)
    meeting(cast)
    found = themes.by_grip(plant=cast.plant, year=2026, grip_of=packs().base.annual.grip_of)
    assert {grip: dict(counts) for grip, counts in found.items()} == {
        "benefit": {"goal": 3, "key_task": 1, "platform": 1, "campaign": 1},
        "base": {"programme": 1, "gathering": 1},
    }
