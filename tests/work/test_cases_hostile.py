"""What a clever colleague would try: to learn what was said in confidence, and to judge, drop or prolong his own work."""

import datetime as dt

import pytest

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Case, Notice, Partition, Post
from ronglu.work import case_rows, cases_clock, deputies, loops, notices
from ronglu.work.queries.cases import visible
from tests.cast import AT, SINCE, Cast, cast
from tests.work.loops_cast import HAZARD, LOOPS, line, report, settle, step, zone
from tests.work.test_loops import second

__all__ = ["cast"]
DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 3, 13)
REQUEST = LOOPS["request"]


def confided(cast: Cast, by: str = "吴师傅") -> Case:
    """A request in confidence, of which the union alone is to know."""
    given = {"topic": REQUEST.field("topic").choices[0].code, "what": "班长克扣奖金的事"}
    return report(cast, by, loop=REQUEST, given=given, confidential=True).case


def sees(cast: Cast, name: str) -> bool:
    return visible(cast.scope(name), LOOPS).exists()


def test_the_ladder_of_a_confidential_case_tells_the_union_without_its_title(cast: Cast) -> None:
    case = confided(cast)
    Notice.objects.all().delete()
    cases_clock.tend_cases(loops=LOOPS, at=case.due_at + 3 * DAY)
    told = list(Notice.objects.values_list("person__name", "text"))
    assert {name for name, _ in told} == {"冯主席"}
    assert not any("奖金" in text for _, text in told)


def test_only_the_union_of_the_plant_sees_it_not_a_union_chair_who_is_secretary_next_door(cast: Cast) -> None:
    confided(cast)
    assert (sees(cast, "冯主席"), sees(cast, "马主任"), sees(cast, "孙干事")) == (True, False, False)
    Case.objects.update(plant=cast.neighbour, unit=cast.unit["BS-F1"], body=cast.body["BS-B1"])
    Post.objects.create(person=cast.person["冯主席"], role="secretary", body=cast.body["BS-B1"], from_on=SINCE)
    assert not sees(cast, "冯主席")


def test_who_stands_in_for_the_raiser_neither_sees_nor_rates_what_he_confided(cast: Cast) -> None:
    case = confided(cast, "马主任")
    step(cast, case, "冯主席", "assign", loop=REQUEST, answer_by="2026-03-20", handler="李班长")
    step(cast, case, "李班长", "reply", loop=REQUEST, reply="已补发")
    assert (case.state, case.holder) == ("asking", cast.person["马主任"])
    leave = {"from_on": AT.date(), "until_on": AT.date() + 7 * DAY}
    deputies.name(
        absent=cast.person["马主任"], deputy=cast.person["陈技术员"], by=cast.account["马主任"], at=AT, **leave
    )
    assert not sees(cast, "陈技术员")
    with pytest.raises(LoopTrouble, match="不归您办"):
        step(cast, case, "陈技术员", "rate", loop=REQUEST, content="yes")


def test_what_an_anonymous_second_report_sets_off_waits_for_the_end_of_the_shift(cast: Cast) -> None:
    place = zone(cast)
    case = report(cast, zone=place).case
    Case.objects.filter(pk=case.pk).update(state="closed", phase="closed", closed_at=AT)
    report(cast, None, zone=place, at=AT + DAY)
    assert set(Notice.objects.filter(at__gt=AT).values_list("state", flat=True)) <= {"hushed"}
    notices.reckon(at=AT + DAY + dt.timedelta(minutes=1))
    early = Notice.objects.filter(at__gt=AT, from_at__lte=AT + DAY + dt.timedelta(minutes=1))
    assert not early.exists()


def graded(cast: Cast, *, who: str) -> Case:
    case = report(cast, zone=zone(cast)).case
    step(cast, case, "马主任", "grade")
    line(cast, case, "马主任", who=who, due_on=FRIDAY)
    step(cast, case, "马主任", "settle", fixer="陈技术员", funds="无需", fix_by="2026-03-13", fallback="无需")
    return case


def test_whose_measure_it_was_does_not_close_the_case_though_another_reported_it_done(cast: Cast) -> None:
    case = graded(cast, who="赵安全员")
    row = case.rows.get()
    settle(cast, row, "马主任", "done")
    settle(cast, row, "李班长", "pass")
    step(cast, case, "陈技术员", "ask")
    with pytest.raises(LoopTrouble, match="这一件由您办理，“验收销号”须由另一人"):
        step(cast, case, "赵安全员", "close")


def test_nobody_drops_his_own_line_and_a_line_dropped_late_was_not_kept(cast: Cast) -> None:
    case = graded(cast, who="赵安全员")
    row = case.rows.get()
    with pytest.raises(LoopTrouble, match=r"第 1 条由您（或您所代理的人）办，须由另一人撤"):
        settle(cast, row, "赵安全员", "drop", reason="另想办法")
    late = case_rows.settle(
        loop=HAZARD, line=row, act="drop", at=AT + 20 * DAY, by=cast.account["马主任"], scope=cast.scope("马主任"),
        reason="不做了",
    )  # fmt: skip
    assert (late.state, late.passed_at.date() > FRIDAY) == ("dropped", True)


def test_who_does_the_work_neither_prolongs_nor_drops_it(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    line(cast, case, "赵安全员", who="马主任", due_on=FRIDAY)
    step(cast, case, "赵安全员", "settle", fixer="马主任", funds="无需", fix_by="2026-03-13", fallback="无需")
    with pytest.raises(LoopTrouble, match="您与这一件有关（整改责任人），“准许延期”须由另一人"):
        step(cast, case, "马主任", "extend", fix_by="2026-12-31", reason="忙")
    Case.objects.filter(pk=case.pk).update(state="graded", phase="open")
    with pytest.raises(LoopTrouble, match="这一件由您办理，“不成立”须由另一人"):
        step(cast, case, "马主任", "void", reason="不是隐患")


def test_a_case_that_came_back_needs_a_new_measure(cast: Cast) -> None:
    case = graded(cast, who="陈技术员")
    row = case.rows.get()
    settle(cast, row, "陈技术员", "done")
    settle(cast, row, "赵安全员", "pass")
    Case.objects.filter(pk=case.pk).update(state="graded", phase="open")
    with pytest.raises(LoopTrouble, match="先写至少一条措施"):
        step(cast, case, "马主任", "settle", fixer="陈技术员", funds="无需", fix_by="2026-03-27", fallback="无需")


def test_carrying_a_case_on_marks_the_months_of_both_deadlines(cast: Cast) -> None:
    loops.adopt(loops=LOOPS, at=AT)
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    Case.objects.filter(pk=case.pk).update(due_at=dt.datetime(2026, 5, 1))
    Partition.objects.all().delete()
    loops.adopt(loops=second(), at=AT)  # type: ignore[arg-type]
    # the old deadline was the last day of April; the new one is two working days from 10 March
    assert set(Partition.objects.filter(fact="cases").values_list("month", flat=True)) >= {202603, 202604}
