"""Rounds: planned by class for each week or month, walked once with every line answered, findings handed on."""

import datetime as dt

import pytest

from ronglu.store.models import Checklist, Round, RoundAnswer
from ronglu.work import checklists, rounds, zones
from ronglu.work.queries.rounds import mine
from ronglu.work.rounds import Answer, BadRound, Found
from ronglu.work.zones import BadZone
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.zoned import LINES, Ground, grounded

__all__ = ["cast"]
MARCH = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
SUNDAYS = [dt.date(2026, 3, day) for day in (15, 22, 29)]
ALL_WELL = [Answer(1, "ok"), Answer(2, "ok"), Answer(3, "not_applicable")]


@pytest.fixture
def ground(cast: Cast) -> Ground:
    found = grounded(cast)
    found.give("李班长", "Z1")
    found.publish()
    return found


def planned(ground: Ground) -> int:
    return rounds.plan(plant=ground.cast.plant, first=MARCH[0], last=MARCH[1], by=None, at=AT)


def due(ground: Ground) -> Round:
    planned(ground)
    return Round.objects.order_by("due_on")[0]


@pytest.mark.covers("S3-12", "S0-12")
def test_a_weekly_class_owes_one_round_each_sunday_that_the_zone_is_owned(ground: Ground) -> None:
    """李班长 has the zone from the 10th: the Sundays of March from then on; nobody owns the other zones."""
    assert planned(ground) == 3
    assert [(r.zone.code, r.due_on) for r in Round.objects.order_by("due_on")] == [("Z1", day) for day in SUNDAYS]
    assert planned(ground) == 0


def test_a_monthly_class_owes_one_on_the_last_day_and_only_where_something_of_the_class_stands(ground: Ground) -> None:
    ground.give("郑师傅", "Z3", "care")
    ground.publish("equipment", "month")
    zones.add_item(zone=ground.zone["Z1"], name="护栏", kind="spot", work_class="safety", **ground.who)
    planned(ground)
    monthly = Round.objects.filter(work_class="equipment")
    assert [(r.zone.code, r.due_on) for r in monthly] == [("Z3", MARCH[1])]


def test_a_round_keeps_the_version_it_was_planned_with(ground: Ground) -> None:
    one = due(ground)
    checklists.publish(
        plant=ground.cast.plant, work_class="safety", cadence="month", lines=["只有一项"], on=SUNDAYS[1], **ground.who
    )
    assert one.checklist.lines == LINES
    assert [row.version for row in Checklist.objects.all()] == [1, 2]
    with pytest.raises(BadZone, match="自 2026-03-22 起，新版本不能早于它"):
        checklists.publish(
            plant=ground.cast.plant, work_class="safety", cadence="month", lines=["一"], on=SINCE, **ground.who
        )


def test_every_finding_comes_back_and_becomes_a_case_where_the_caller_raises_one(ground: Ground) -> None:
    seen: list[Found] = []

    def raise_finding(found: Found) -> str:
        seen.append(found)
        return f"YH-2026-{found.line:04}"

    answers = [Answer(1, "ok"), Answer(2, "finding", " 通道堆放电极 "), Answer(3, "not_applicable")]
    found = rounds.do(
        due=due(ground), answers=answers, by=ground.cast.account["李班长"], at=AT, raise_finding=raise_finding
    )
    assert found == tuple(seen)
    assert [(f.line, f.asked, f.words, f.zone.code, f.work_class) for f in found] == [
        (2, "通道无杂物", "通道堆放电极", "Z1", "safety")
    ]
    assert [(a.line, a.answer, a.raised) for a in RoundAnswer.objects.all()] == [
        (1, "ok", ""),
        (2, "finding", "YH-2026-0002"),
        (3, "not_applicable", ""),
    ]
    walked = Round.objects.get(state="done")
    assert (walked.who, walked.done_at) == (ground.cast.person["李班长"], AT)


def test_a_case_that_cannot_be_raised_leaves_the_round_undone(ground: Ground) -> None:
    def refuse(found: Found) -> str:
        raise BadRound("没有隐患闭环")

    answers = [Answer(1, "finding", "缺一段"), *ALL_WELL[1:]]
    with pytest.raises(BadRound, match="没有隐患闭环"):
        rounds.do(due=due(ground), answers=answers, by=ground.cast.account["李班长"], at=AT, raise_finding=refuse)
    assert (Round.objects.filter(state="done").count(), RoundAnswer.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (ALL_WELL[:2], "第 3 项还没有答"),
        ([*ALL_WELL[:2], Answer(3, "fine")], "第 3 项还没有答"),
        ([*ALL_WELL[:2], Answer(3, "finding", " ")], "第 3 项有问题，请写明是什么问题"),
        ([*ALL_WELL, Answer(4, "ok")], "检查表只有 3 项"),
        ([*ALL_WELL, Answer(3, "ok")], "同一项答了两次"),
    ],
)
def test_a_round_half_answered_is_refused(ground: Ground, answers: list[Answer], why: str) -> None:
    with pytest.raises(BadRound, match=why):
        rounds.do(due=due(ground), answers=answers, by=ground.cast.account["李班长"], at=AT)


def test_a_round_is_walked_once(ground: Ground) -> None:
    one, li = due(ground), ground.cast.account["李班长"]
    rounds.do(due=one, answers=ALL_WELL, by=li, at=AT)
    with pytest.raises(BadRound, match="已有人登记"):
        rounds.do(due=one, answers=ALL_WELL, by=li, at=AT)


def test_a_round_called_off_says_why(ground: Ground) -> None:
    one = due(ground)
    with pytest.raises(BadRound, match="原因"):
        rounds.cancel(due=one, reason=" ", **ground.who)
    rounds.cancel(due=one, reason="停炉检修", **ground.who)
    with pytest.raises(BadRound, match="已取消"):
        rounds.do(due=one, answers=ALL_WELL, by=ground.cast.account["李班长"], at=AT)


def test_my_rounds_are_those_of_my_zones(ground: Ground) -> None:
    planned(ground)
    until = SUNDAYS[1]
    assert [r.due_on for r in mine(scope=ground.cast.scope("李班长"), until=until)] == SUNDAYS[:2]
    assert not mine(scope=ground.cast.scope("何组长"), until=until)
    assert not mine(scope=ground.cast.scope("李班长", on=ON - dt.timedelta(days=1)), until=until)


@pytest.mark.parametrize(
    ("lines", "why"), [([], "1 到 30 项"), (["一", "一 "], "写得一样"), (["长" * 121], "不超过 120 个字")]
)
def test_a_checklist_that_no_phone_could_show_is_refused(ground: Ground, lines: list[str], why: str) -> None:
    with pytest.raises(BadZone, match=why):
        checklists.publish(
            plant=ground.cast.plant, work_class="clean", cadence="week", lines=lines, on=ON, **ground.who
        )
