"""Cases: raised by anybody, graded, settled, done by one and closed by another, looked at again; nothing lost on the way."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Case, CaseLink, CaseRow, CaseStep, Notice
from ronglu.store.models.append import OnlyAdded
from ronglu.work import cases_clock, deputies
from ronglu.work.queries.cases import visible
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import LOOPS, line, report, settle, step, zone

__all__ = ["cast"]
DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 3, 13)


def five(cast: Cast, case: Case, *, fixer: str = "陈技术员") -> CaseRow:
    """Graded, one measure, five things settled: the work may begin."""
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who=fixer, due_on=FRIDAY)
    step(
        cast,
        case,
        "马主任",
        "settle",
        fixer=fixer,
        funds="维修费 8600 元",
        fix_by="2026-03-13",
        fallback="不需要，不停产",
    )
    return row


def close(cast: Cast, case: Case, row: CaseRow, *, at: dt.datetime = AT) -> None:
    settle(cast, row, "陈技术员", "done", at=at)
    step(cast, case, "陈技术员", "ask", at=at)
    settle(cast, row, "赵安全员", "pass", at=at)
    step(cast, case, "赵安全员", "close", at=at)


def test_a_hazard_goes_from_the_zone_owner_to_its_look_back(cast: Cast) -> None:
    case = report(cast, zone=zone(cast)).case
    assert (case.number, case.state, case.holder, case.body) == (
        "YH-2026-0001", "found", cast.person["李班长"], cast.body["QL-B1"]
    )  # fmt: skip
    close(cast, case, five(cast, case))
    assert (case.state, case.phase, case.due_at) == ("closed", "closed", dt.datetime(2026, 4, 10))
    cases_clock.tend_cases(loops=LOOPS, at=case.due_at)
    step(cast, case, "赵安全员", "hold", at=case.due_at)
    assert (case.state, case.due_at) == ("held", None)
    moves = list(CaseStep.objects.filter(case=case).values_list("no", "move"))
    assert moves == [
        (0, "raise"), (1, "grade"), (2, "measure.add"), (3, "settle"), (4, "measure.done"), (5, "ask"),
        (6, "measure.pass"), (7, "close"), (8, "look"), (9, "hold"),
    ]  # fmt: skip


def test_who_fixed_it_neither_passes_his_measure_nor_closes_the_case(cast: Cast) -> None:
    case = report(cast).case
    row = five(cast, case, fixer="赵安全员")
    settle(cast, row, "赵安全员", "done")
    step(cast, case, "赵安全员", "ask")
    with pytest.raises(LoopTrouble, match="第 1 条是您办的，须由另一人验收"):
        settle(cast, row, "赵安全员", "pass")
    settle(cast, row, "马主任", "pass")
    with pytest.raises(LoopTrouble, match="这一件由您办理，“验收销号”须由另一人"):
        step(cast, case, "赵安全员", "close")
    step(cast, case, "马主任", "close")
    assert case.state == "closed"


@pytest.mark.covers("S4-24")
def test_a_hazard_with_two_measures_stays_open_until_both_are_passed(cast: Cast) -> None:
    case = report(cast).case
    first = five(cast, case)
    second = line(cast, case, "赵安全员", who="李班长", due_on=FRIDAY)
    settle(cast, first, "陈技术员", "done")
    with pytest.raises(LoopTrouble, match="措施第 2 条还没有完成"):
        step(cast, case, "陈技术员", "ask")
    settle(cast, second, "李班长", "done")
    step(cast, case, "陈技术员", "ask")
    settle(cast, first, "赵安全员", "pass")
    with pytest.raises(LoopTrouble, match="措施第 2 条还没有验收"):
        step(cast, case, "赵安全员", "close")


def test_of_two_who_saw_the_same_step_one_wins(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade", seen=0)
    with pytest.raises(LoopTrouble, match="刚刚被别人办过"):
        step(cast, case, "马主任", "grade", seen=0)
    assert CaseStep.objects.filter(case=case).count() == 2


def test_an_outsider_may_do_nothing_with_it(cast: Cast) -> None:
    case = report(cast).case
    for name in ("外人", "邻厂书记", "吴师傅"):
        with pytest.raises(LoopTrouble, match="“定为一般隐患”不归您办"):
            step(cast, case, name, "grade")
    assert Case.objects.get().seen == 0


def test_the_same_place_and_kind_reported_again_reopens_the_closed_case(cast: Cast) -> None:
    place = zone(cast)
    case = report(cast, zone=place).case
    close(cast, case, five(cast, case))
    again = report(cast, "何组长", zone=place, at=AT + 29 * DAY)
    case.refresh_from_db()
    assert (again.joined, again.case.state, case.state, case.closed_at) == (case, "merged", "graded", None)
    links = set(CaseLink.objects.values_list("case__number", "other__number", "kind"))
    assert links == {("YH-2026-0002", "YH-2026-0001", "merged"), ("YH-2026-0001", "YH-2026-0002", "recurred")}
    told = Notice.objects.filter(kind="again").values_list("person__name", "text")
    assert list(told) == [
        ("赵安全员", "您闭环的 YH-2026-0001 重新打开：同一地点又报了同类问题（YH-2026-0002）")
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "days"), [("electric", 29), ("equipment", 31)])
def test_another_kind_or_a_later_day_is_a_case_of_its_own(cast: Cast, kind: str, days: int) -> None:
    place = zone(cast)
    case = report(cast, zone=place).case
    close(cast, case, five(cast, case))
    again = report(cast, zone=place, at=AT + days * DAY, given={"kind": kind, "what": "又来了"})
    case.refresh_from_db()
    assert (again.joined, again.case.state, case.state) == (None, "found", "closed")


def test_the_ladder_tells_each_once_and_a_minor_hazard_never_asks_for_a_veto(cast: Cast) -> None:
    case = report(cast).case
    five(cast, case)
    Notice.objects.all().delete()
    for late in (-4, -3, 0, 3, 7, 7):
        cases_clock.tend_cases(loops=LOOPS, at=case.due_at + late * DAY)
    fixing = f"{case.pk}:3:rung"
    told = list(Notice.objects.filter(key__startswith=fixing).order_by("pk").values_list("person__name", "key"))
    assert told == [
        ("陈技术员", f"{fixing}:0"), ("马主任", f"{fixing}:1"), ("赵安全员", f"{fixing}:2")
    ]  # fmt: skip
    case.refresh_from_db()
    assert (case.flag, case.next_at) == ("", None)


def test_a_refused_step_keeps_everything_as_it_was(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    with pytest.raises(LoopTrouble) as refused:
        step(cast, case, "马主任", "settle", funds="", fix_by="明天")
    assert str(refused.value) == "“整改期限”的“明天”不是日期，应写成 2026-03-14"
    with pytest.raises(LoopTrouble) as refused:
        step(cast, case, "马主任", "settle")
    assert str(refused.value).splitlines() == [
        "先写至少一条措施", "请填写“资金”", "请填写“整改期限”", "请填写“应急预案”", "请选定整改责任人"
    ]  # fmt: skip
    assert (case.state, CaseStep.objects.filter(case=case).count()) == ("graded", 2)


@pytest.mark.parametrize("change", [lambda rows: rows.update(reason="改写"), lambda rows: rows.delete()])
def test_steps_are_only_added_to(cast: Cast, change: Callable[[QuerySet[CaseStep]], object]) -> None:
    case = report(cast).case
    with pytest.raises(OnlyAdded, match="经过只增不"):
        change(CaseStep.objects.filter(case=case))
    assert CaseStep.objects.get(case=case).reason == ""


def test_who_stands_in_for_the_fixer_may_do_his_work_but_not_judge_it(cast: Cast) -> None:
    """赵安全员 is lent the posts of 马主任 for a week: what 马主任 did himself, 赵安全员 may not pass or close."""
    deputies.name(
        absent=cast.person["马主任"], deputy=cast.person["赵安全员"], from_on=AT.date(), until_on=AT.date() + 7 * DAY,
        by=cast.account["马主任"], at=AT,
    )  # fmt: skip
    case = report(cast).case
    row = five(cast, case, fixer="马主任")
    settle(cast, row, "赵安全员", "done")
    step(cast, case, "赵安全员", "ask")
    other = line(cast, case, "赵安全员", who="马主任", due_on=FRIDAY)
    settle(cast, other, "马主任", "done")
    with pytest.raises(LoopTrouble, match="第 2 条是您所代理的人办的，须由另一人验收"):
        settle(cast, other, "赵安全员", "pass")
    with pytest.raises(LoopTrouble, match="这一件由您办理，“验收销号”须由另一人"):
        step(cast, case, "赵安全员", "close")


def test_what_is_published_is_seen_by_the_whole_plant_and_by_nobody_beyond(cast: Cast) -> None:
    bounty = LOOPS["bounty"]
    case = report(cast, "马主任", loop=bounty, given={
        "what": "转炉烟罩寿命翻番", "indicator": "SM-01", "was": "90", "aim": "180", "reach_by": "2026-09-01",
    }).case  # fmt: skip
    assert not visible(cast.scope("郑师傅"), LOOPS).exists()
    Case.objects.filter(pk=case.pk).update(state="bidding")
    assert visible(cast.scope("郑师傅"), LOOPS).get() == case
    assert not visible(cast.scope("邻厂书记"), LOOPS).exists() and not visible(cast.scope("外人"), LOOPS).exists()
