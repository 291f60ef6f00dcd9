"""Campaign kits: opened with their tasks, reported by one and checked by another, merits confirmed, missed drills counted."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.facts import campaigns as facts
from ronglu.kernel.standing.kit import KitTrouble, TaskKind, read
from ronglu.kernel.time.period import Period
from ronglu.store.models import CampaignTask, Partition, PartyCampaign
from ronglu.work import campaigns
from ronglu.work.reported import BadTask
from tests.cast import Cast, cast  # noqa: F401

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 30)
OPENED, LATER = dt.datetime(2026, 2, 25, 9), dt.datetime(2026, 3, 5, 9)


def opened(
    cast: Cast, kit: str = "safety_month", bodies: tuple[str, ...] = ("QL-B1", "QL-B2"), **said: Any
) -> PartyCampaign:
    given = {"title": packs().base.kits[kit].zh, "goal": packs().base.kits[kit].goal, "first": FIRST, "last": LAST}
    return campaigns.open_one(
        plant=cast.plant, kit=packs().base.kits[kit], body=cast.body["QL-C"], bodies=[cast.body[one] for one in bodies],
        by=cast.account["孙干事"], at=OPENED, **(given | said),
    )  # fmt: skip


def task(row: PartyCampaign, kind: str, cast: Cast, body: str = "QL-B1") -> CampaignTask:
    return CampaignTask.objects.get(campaign=row, kind=kind, body=cast.body[body])


@pytest.mark.covers("S0-21", "S3-16", "S4-12", "S4-19")
def test_the_kits_are_declared_as_defaults_of_ours() -> None:
    kits = packs().base.kits
    assert [one.zh for one in kits.values()] == [
        "补短板、挖潜力、争先锋", "决战年度检修立功竞赛", "首季开门红", "安全警示月", "党员身边无事故",
        "比干劲、晒业绩、传帮带", "降本增效攻坚战", "安全环保攻坚战", "质量攻坚战",
    ]  # fmt: skip
    assert {one.status for one in kits.values()} == {"系统默认，可修改"}
    assert [one.code for one in kits.values() if one.merits] == ["overhaul"]
    assert {one.code for one in kits.values() if any(t.counts for t in one.tasks)} == {"safety_month"}


@pytest.mark.covers("S4-20")
def test_the_safety_kit_has_its_four_parts() -> None:
    kinds = [one.kind for one in packs().base.kits["safety_month"].tasks]
    assert kinds == [TaskKind.PLEDGE, TaskKind.LESSON, TaskKind.HAZARDS, TaskKind.DRILL]


def test_a_kit_that_is_declared_wrong_is_refused_with_every_fault() -> None:
    row = {"code": "x", "zh": "甲", "en": "A", "says": "一", "goal": "二", "status": "系统默认"}
    with pytest.raises(KitTrouble) as told:
        read(
            {"kits": [row | {"days": 0, "tasks": [{"kind": "party", "zh": "会", "en": "m", "day": 1}]}, {"code": "x"}]}
        )
    for words in ("天数 days", "任务类型", "x 缺 goal", "写了两次"):
        assert words in str(told.value)


@pytest.mark.covers("S0-21", "S4-19")
def test_every_body_gets_every_task_with_its_day(cast: Cast) -> None:
    row = opened(cast)
    days = [(one.kind, one.due_on.day) for one in row.tasks.filter(body=cast.body["QL-B1"]).order_by("due_on")]
    # the 7th, 14th, 21st and 28th day from the first of March
    assert days == [("pledge", 7), ("lesson", 14), ("hazards", 21), ("drill", 28)]
    assert row.tasks.count() == 8


def test_no_campaign_begins_in_the_past(cast: Cast) -> None:
    with pytest.raises(KitTrouble, match="已过"):
        opened(cast, first=dt.date(2026, 2, 24))


@pytest.mark.covers("S4-20")
def test_who_reports_a_task_does_not_check_it_and_a_drill_is_reviewed(cast: Cast) -> None:
    row = opened(cast)
    drill, by = task(row, "drill", cast), cast.account["王书记"]
    with pytest.raises(KitTrouble, match="人数"):
        campaigns.report(task=drill, words="演练了", by=by, at=LATER)
    with pytest.raises(KitTrouble, match="讲评"):
        campaigns.report(task=drill, words="演练了", people=30, by=by, at=LATER)
    campaigns.report(task=drill, words="炉前漏铜演练", people=30, review="对讲机两人没带，已配齐", by=by, at=LATER)
    with pytest.raises(BadTask, match="另一人"):
        campaigns.check(task=drill, holds=True, remark="", by=by, at=LATER)
    done = campaigns.check(task=drill, holds=True, remark="看了记录", by=cast.account["赵安全员"], at=LATER)
    assert (done.state, done.people, done.review) == ("checked", 30, "对讲机两人没带，已配齐")


def test_a_task_sent_back_is_open_again_and_not_done(cast: Cast) -> None:
    pledge = task(opened(cast), "pledge", cast)
    campaigns.report(task=pledge, words="签了", people=20, by=cast.account["王书记"], at=LATER)
    back = campaigns.check(task=pledge, holds=False, remark="少甲班", by=cast.account["孙干事"], at=LATER)
    assert (back.state, back.done_on, back.done_by_id) == ("open", None, None)


@pytest.mark.covers("S4-19", "S4-20")
def test_a_missed_task_costs_its_branch_and_a_kept_one_does_not(cast: Cast) -> None:
    row = opened(cast)
    by, second = cast.account["王书记"], cast.account["孙干事"]
    campaigns.report(task=task(row, "pledge", cast), words="签了", people=20, by=by, at=LATER)
    campaigns.check(task=task(row, "pledge", cast), holds=True, remark="", by=second, at=LATER)
    campaigns.report(task=task(row, "lesson", cast), words="迟办", people=20, by=by, at=dt.datetime(2026, 3, 20, 9))
    campaigns.drop(task=task(row, "hazards", cast), reason="并入检修", by=second, at=LATER)
    found = [
        one
        for one in facts.rows(plant=cast.plant, month=Period.month(2026, 3), loops={})
        if one["branch"] == cast.body["QL-B1"].pk
    ]
    assert [(one["day"].day, one["num"], one["den"]) for one in found] == [(7, 0, 1), (14, 1, 1), (28, 1, 1)]
    assert Partition.objects.get(plant=cast.plant, fact="campaigns", month=202603).wanted >= 4


def test_what_is_overdue_is_not_called_off_any_more(cast: Cast) -> None:
    with pytest.raises(BadTask, match="已过"):
        campaigns.drop(
            task=task(opened(cast), "pledge", cast),
            reason="忙",
            by=cast.account["孙干事"],
            at=dt.datetime(2026, 3, 8, 9),
        )


@pytest.mark.covers("S4-20")
def test_everyone_signs_for_himself_once(cast: Cast) -> None:
    row = opened(cast)
    campaigns.sign(campaign=row, words="我承诺不违章", by=cast.account["李班长"], at=LATER)
    with pytest.raises(KitTrouble, match="已签过"):
        campaigns.sign(campaign=row, words="再签", by=cast.account["李班长"], at=LATER)
    with pytest.raises(KitTrouble, match="本人"):
        campaigns.sign(campaign=row, words="代签", by=cast.account["集团"], at=LATER)
    assert list(row.entries.values_list("kind", "person__name")) == [("pledge", "李班长")]


@pytest.mark.covers("S3-16", "S3-42")
def test_a_merit_on_the_overhaul_site_counts_once_a_third_hand_has_confirmed_it(cast: Cast) -> None:
    row = opened(cast, "overhaul", bodies=("QL-B1",), aims=[{"indicator": "SM-01", "aim": "9000"}])
    assert {one.duty for one in row.tasks.all()} >= {"安全员", "支部书记"}
    merit = campaigns.tell(
        campaign=row, kind="merit", day=dt.date(2026, 3, 4), person=cast.person["李班长"], words="堵住漏点",
        by=cast.account["王书记"], at=LATER,
    )  # fmt: skip
    for name in ("王书记", "李班长"):
        with pytest.raises(KitTrouble, match="另一人"):
            campaigns.confirm(entry=merit, holds=True, by=cast.account[name], at=LATER)
    assert campaigns.confirm(entry=merit, holds=True, by=cast.account["马主任"], at=LATER).state == "confirmed"
    with pytest.raises(KitTrouble, match="日期"):
        campaigns.tell(
            campaign=row, kind="note", day=dt.date(2026, 3, 6), words="明天的事", by=cast.account["王书记"], at=LATER
        )


@pytest.mark.covers("S0-21", "S4-12")
def test_a_campaign_closes_with_a_report_once_nothing_waits(cast: Cast) -> None:
    row = opened(cast, "first_quarter", bodies=("QL-B1",))
    with pytest.raises(BadTask, match="没到期"):
        campaigns.close(campaign=row, report="完", by=cast.account["孙干事"], at=LATER)
    end = dt.datetime(2026, 4, 1, 9)
    with pytest.raises(ValueError, match="总结"):
        campaigns.close(campaign=row, report=" ", by=cast.account["孙干事"], at=end)
    done = campaigns.close(campaign=row, report="处理量完成 101%", by=cast.account["孙干事"], at=end)
    assert (done.state, done.report) == ("closed", "处理量完成 101%")
    with pytest.raises(KitTrouble, match="已总结"):
        campaigns.sign(campaign=done, words="迟", by=cast.account["李班长"], at=end)


def test_a_drill_put_on_the_plan_counts_like_one_of_a_kit(cast: Cast) -> None:
    row = opened(cast, "gap_drive", bodies=("QL-B1",))
    added = campaigns.add(
        campaign=row, kind="drill", title="硫酸泄漏演练", body=cast.body["QL-B1"], due_on=dt.date(2026, 3, 18), duty="安全员",
        by=cast.account["孙干事"], at=LATER,
    )  # fmt: skip
    assert added.counts
    assert [one["record"] for one in facts.rows(plant=cast.plant, month=Period.month(2026, 3), loops={})] == [
        str(added.pk)
    ]
