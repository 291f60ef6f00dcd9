"""Seasonal tasks split among groups, and volunteer labour: done by one, checked by another, of nobody in particular."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.labour import LabourTrouble
from ronglu.store.models import Activity, AuditEntry, SeasonShare, SeasonTask
from ronglu.work import activities, seasons
from ronglu.work.activities import BadActivity
from ronglu.work.queries.todo import todo
from ronglu.work.seasons import BadTask
from tests.cast import AT, ON, Cast, cast

__all__ = ["cast"]
DUE = dt.date(2026, 4, 20)


def by(cast: Cast, name: str) -> dict[str, Any]:
    return {"by": cast.account[name], "at": AT}


def plan(cast: Cast, **other: Any) -> SeasonTask:
    said = {
        "season": packs().base.seasons["flood"], "year": 2026, "title": "清理厂区排水沟渠和雨水井",
        "unit": cast.unit["QL-R"], "area": "熔炼车间四周", "due_on": DUE,
    }  # fmt: skip
    return seasons.plan(**(said | other), **by(cast, "赵安全员"))


def split(task: SeasonTask, cast: Cast, body: str, part: str, **other: Any) -> SeasonShare:
    said = {"planned": "100", "measure": "米", "due_on": DUE}
    return seasons.split(task=task, body=cast.body[body], part=part, **(said | other), **by(cast, "赵安全员"))


@pytest.fixture
def task(cast: Cast) -> SeasonTask:
    """Two groups: 100 m along the east wall, 60 m along the west wall."""
    task = plan(cast)
    split(task, cast, "QL-B1-甲", "东侧沟")
    split(task, cast, "QL-B1-乙", "西侧沟", planned="60")
    return task


def finish(task: SeasonTask, cast: Cast, part: str, by_whom: str = "何组长", **other: Any) -> SeasonShare:
    said = {"minutes": 12 * 130, "output": "清淤装车", "amount": "90"}
    return seasons.finish(share=task.shares.get(part=part), **(said | other), **by(cast, by_whom))


@pytest.mark.covers("S4-25", "S4-26")
def test_groups_take_pieces_and_the_task_is_done_when_the_last_is_checked(task: SeasonTask, cast: Cast) -> None:
    east = finish(task, cast, "东侧沟")
    found = seasons.completion_of(task.shares.all())
    # one piece of two; 90 m of 100 + 60 m
    assert (found.share, found.checked, found.output_share) == (Decimal("0.5"), 0, Decimal("0.5625"))
    seasons.check(share=east, remark="沟底见底", **by(cast, "赵安全员"))
    task.refresh_from_db()
    assert task.state == "open"
    west = finish(task, cast, "西侧沟", amount="60")
    seasons.check(share=west, remark="干净", **by(cast, "王书记"))
    task.refresh_from_db()
    assert (task.state, seasons.completion_of(task.shares.all()).checked) == ("done", 2)
    assert AuditEntry.objects.filter(verb="seasons.check").count() == 2


def test_who_reported_a_piece_done_does_not_check_it_himself(task: SeasonTask, cast: Cast) -> None:
    share = finish(task, cast, "东侧沟", by_whom="王书记")
    for run in (seasons.check, seasons.send_back):
        with pytest.raises(BadTask, match="是您报的完成，须由另一人检查"):
            run(share=share, remark="好", **by(cast, "王书记"))
    assert SeasonShare.objects.get(pk=share.pk).state == "done"


def test_a_piece_that_is_not_good_enough_is_open_again_with_the_reason(task: SeasonTask, cast: Cast) -> None:
    back = seasons.send_back(share=finish(task, cast, "东侧沟"), remark="拐角没清", **by(cast, "赵安全员"))
    assert (back.state, back.remark, back.done_by) == ("open", "拐角没清", None)
    again = finish(task, cast, "东侧沟", amount="100")
    assert (again.state, again.remark) == ("done", "")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"due_on": dt.date(2026, 12, 1)}, "防汛在 4、5、6、7、8、9 月，期限 2026-12-01 不在其中"),
        ({"due_on": dt.date(2028, 5, 1)}, "不在 2026 年度"),
        ({"title": " "}, "请填写任务"),
        ({"title": "清沟", "area": ""}, "请填写区域"),
        ({}, "2026 年防汛已有“清理厂区排水沟渠和雨水井”"),
    ],
)
def test_a_task_outside_its_season_or_twice_is_refused(
    task: SeasonTask, cast: Cast, said: dict[str, Any], why: str
) -> None:
    with pytest.raises(LabourTrouble, match=why):
        plan(cast, **said)


def test_a_winter_that_goes_over_the_new_year_belongs_to_the_year_it_began_in(cast: Cast) -> None:
    cold = plan(cast, season=packs().base.seasons["cold"], title="管线保温", due_on=dt.date(2027, 1, 15))
    assert (cold.year, cold.due_on) == (2026, dt.date(2027, 1, 15))


def test_pieces_are_refused_that_cannot_be(task: SeasonTask, cast: Cast) -> None:
    for said, why in (
        ({"part": "东侧沟"}, "“东侧沟”已经分给这个党组织"),
        ({"part": "南", "due_on": DUE + dt.timedelta(days=1)}, "晚于整项任务的期限"),
        ({"part": "南", "planned": "多"}, "工作量“多”不是数字"),
        ({"part": "南", "measure": ""}, "请同时写明计量单位"),
        ({"part": "南", "planned": "-1"}, "工作量不能是负数"),
    ):
        with pytest.raises(LabourTrouble, match=why):
            split(task, cast, "QL-B1-甲", **said)
    with pytest.raises(BadTask, match="不在本厂"):
        split(task, cast, "BS-B1", "南")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"minutes": -1}, "用工 -1 分钟不合理"),
        ({"minutes": 60 * 24 * 100 + 1}, "不合理"),
        ({"amount": ""}, "这一片计划 100 米，请写实际完成多少"),
        ({"amount": "不少"}, "完成量“不少”不是数字"),
        ({"output": ""}, "请填写干了什么"),
    ],
)
def test_a_piece_is_reported_with_what_was_done(task: SeasonTask, cast: Cast, said: dict[str, Any], why: str) -> None:
    with pytest.raises(LabourTrouble, match=why):
        finish(task, cast, "东侧沟", **said)


def test_each_step_once_and_a_dropped_task_not_at_all(task: SeasonTask, cast: Cast) -> None:
    share = task.shares.get(part="东侧沟")
    with pytest.raises(BadTask, match="“东侧沟”未完成，不能再办这一步"):
        seasons.check(share=share, remark="好", **by(cast, "赵安全员"))
    finish(task, cast, "东侧沟")
    with pytest.raises(BadTask, match="已完成，待检查，不能再办这一步"):
        finish(task, cast, "东侧沟")
    seasons.drop(task=task, reason="沟渠改暗管", **by(cast, "赵安全员"))
    with pytest.raises(BadTask, match="已经取消"):
        finish(task, cast, "西侧沟")
    with pytest.raises(BadTask, match="已经结束，不能再分片"):
        split(task, cast, "QL-B1", "南")
    with pytest.raises(BadTask, match="已经结束，不能取消"):
        seasons.drop(task=task, reason="又取消", **by(cast, "赵安全员"))


def labour(cast: Cast, **other: Any) -> Activity:
    said = {
        "body": cast.body["QL-B1"], "day": ON, "title": "搬运钢板", "minutes": 135, "people": 12,
        "output": "为检修搬运钢板", "amount": "46", "measure": "块",
    }  # fmt: skip
    return activities.record(**(said | other), **by(cast, "何组长"))


@pytest.mark.covers("S0-20", "S4-27")
def test_volunteer_labour_is_kept_with_time_heads_and_output_and_no_names(cast: Cast) -> None:
    row = labour(cast)
    assert (row.minutes, row.people, row.amount, row.unit) == (135, 12, "46", "块")
    persons = [f.name for f in Activity._meta.get_fields() if f.related_model and f.related_model.__name__ == "Person"]
    assert persons == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"day": ON + dt.timedelta(days=1)}, "还没有到，干完再登记"),
        ({"minutes": 0}, "时长 0 分钟不合理"),
        ({"minutes": 1441}, "时长 1441 分钟不合理"),
        ({"people": 0}, "人数至少 1 人"),
        ({"measure": ""}, "请同时写明计量单位"),
        ({}, "的“搬运钢板”已经登记过"),
    ],
)
def test_labour_that_cannot_be_is_refused(cast: Cast, said: dict[str, Any], why: str) -> None:
    labour(cast)
    with pytest.raises(BadActivity, match=why):
        labour(cast, **said)


def test_a_record_made_by_mistake_is_taken_back_and_its_line_stays(cast: Cast) -> None:
    activities.withdraw(activity=labour(cast), **by(cast, "何组长"))
    assert Activity.objects.count() == 0
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == ["activities.record", "activities.withdraw"]


@pytest.mark.covers("S4-27")
def test_no_item_of_the_sheet_reads_hours_or_labour() -> None:
    """A record, never a score (07 D9, AF-7): what the items read is named in the sheet, and labour is not among it."""
    read = {item.fact for item in packs().sheet.items}
    assert read and not {fact for fact in read if "activit" in fact or "season" in fact or "labour" in fact}


def test_what_waits_is_told_to_those_it_waits_for(task: SeasonTask, cast: Cast) -> None:
    def waits(name: str) -> list[tuple[str, int]]:
        scope = cast.scope(name)
        return [(one.kind, one.count) for one in todo(scope=scope, on=ON) if one.kind.startswith("share")]

    assert (waits("何组长"), waits("李班长"), waits("王书记"), waits("吴师傅")) == (
        [("share", 1)],
        [("share", 1)],
        [],
        [],
    )
    finish(task, cast, "东侧沟")
    assert (waits("何组长"), waits("王书记"), waits("赵安全员")) == ([], [("share_check", 1)], [("share_check", 1)])
    seasons.drop(task=task, reason="改暗管", **by(cast, "赵安全员"))
    assert waits("赵安全员") == []
