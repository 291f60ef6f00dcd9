"""How a subject is judged: states by the day, grace, reasons, exemptions, versions by date, what a finding carries."""

from datetime import date, time
from decimal import Decimal

import pytest

from ronglu.kernel.regulation.engine import asked
from ronglu.kernel.regulation.facts import BodyFacts, Gathering, PersonFacts, Unpaid, Vote
from ronglu.kernel.regulation.finding import State, Subject
from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.packs import regulations
from tests.kernel.regulation.cast import START, book, group, told

MARCH, MAY = date(2026, 3, 12), date(2026, 5, 31)


def states(**more: object) -> list[State]:
    return [one.state for one in told(book(), group(), **more)]  # type: ignore[arg-type]


def test_what_was_not_held_is_due_until_the_grace_is_over_and_missed_from_then_on() -> None:
    assert states(on=date(2026, 3, 1)) == [State.DUE]
    assert states(on=date(2026, 4, 5)) == [State.DUE]
    assert states(on=date(2026, 4, 6)) == [State.MISSED]


def test_what_was_held_is_kept_before_the_month_is_over() -> None:
    assert [one.state for one in told(book(), group(MARCH), on=MARCH)] == [State.OK]


def test_a_window_that_has_not_begun_is_not_asked() -> None:
    assert states(on=date(2026, 2, 28)) == []


def test_a_make_up_in_the_grace_does_not_count_for_the_month_before() -> None:
    """The grace is for writing the minutes down: the meeting itself belongs to its month."""
    assert [one.state for one in told(book(), group(date(2026, 4, 3)))] == [State.MISSED]


def test_a_finding_says_all_that_a_reader_asks() -> None:
    (found,) = told(book(), group())
    assert (found.rule, found.severity, found.op, found.threshold) == ("R-LIFE-03", "NORM", ">=", Decimal(1))
    assert found.measured == 0
    assert found.detail == "2026年3月党小组会 0 次"
    assert found.source == "《某条例》第13条（待本单位核对原文）"
    assert found.clear_by == "在 2026-03-31 前再开党小组会 1 次，2026-04-05 前完成记录"
    assert found.since == date(2026, 4, 6)
    assert found.subject == Subject("body", 7, "2026-03")
    assert found.key == ("R-LIFE-03", "body:7:2026-03")
    assert found.window is not None and found.window.label == "2026年3月"
    assert found.counts


def test_only_what_is_missed_counts() -> None:
    assert [one.counts for one in told(book(), group(MARCH))] == [False]
    assert [one.counts for one in told(book(), group(), on=MARCH)] == [False]


def test_a_recorded_reason_stands_for_a_norm_and_not_for_a_must() -> None:
    why = group(reasons={("R-LIFE-03", "2026-03"): "全组外派抢修"})
    (norm,) = told(book(), why)
    (must,) = told(book(severity="MUST"), why)
    assert (norm.state, norm.reason, norm.counts) == (State.REASONED, "全组外派抢修", False)
    assert (must.state, must.reason, must.counts) == (State.MISSED, "全组外派抢修", True)


def test_a_reason_for_one_month_says_nothing_of_the_next() -> None:
    why = group(reasons={("R-LIFE-03", "2026-03"): "全组外派抢修"})
    both = told(book(), why, last=date(2026, 4, 30))
    assert [one.state for one in both] == [State.REASONED, State.MISSED]


def test_a_reason_is_not_needed_where_it_was_done() -> None:
    why = group(MARCH, reasons={("R-LIFE-03", "2026-03"): "全组外派抢修"})
    assert [one.state for one in told(book(), why)] == [State.OK]


def test_who_was_set_up_late_is_exempt_and_the_finding_says_why() -> None:
    (found,) = told(book(), group(from_on=date(2026, 3, 20)))
    assert found.state is State.EXEMPT
    assert found.detail == "2026年3月党小组会 0 次（到 2026-03-31 成立（编入）只有 12 天，不满 15 天）"


def test_a_subject_is_judged_only_while_it_exists() -> None:
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "on": date(2027, 2, 1)}
    lived = group(from_on=date(2026, 2, 1), until_on=date(2026, 5, 1))
    assert [one.subject.part for one in told(book(), lived, **year)] == ["2026-02", "2026-03", "2026-04"]


def test_other_kinds_of_body_are_not_asked() -> None:
    branch = BodyFacts(id=1, name="一支部", kind="branch", from_on=START)
    assert told(book(), branch) == []


def test_each_month_is_judged_by_the_number_that_held_then() -> None:
    edited = book().edited("R-LIFE-03", values={"times": Decimal(2)}, from_on=date(2026, 4, 1))
    once = group(date(2026, 3, 5), date(2026, 4, 5), date(2026, 5, 5), date(2026, 5, 19))
    found = told(edited, once, last=MAY)
    assert [(one.threshold, one.state) for one in found] == [
        (Decimal(1), State.OK), (Decimal(2), State.MISSED), (Decimal(2), State.OK),
    ]  # fmt: skip


def test_a_rule_is_not_asked_before_its_regulation_was() -> None:
    old = {"first": date(2018, 9, 1), "last": date(2018, 11, 30), "on": date(2019, 1, 1)}
    lived = group(from_on=date(2010, 1, 1))
    assert [one.subject.part for one in told(book(), lived, **old)] == ["2018-10", "2018-11"]


def test_statistical_months_are_used_only_where_the_rule_says_so() -> None:
    shifts = (ShiftTime(1, "早", time(8), Decimal(12)), ShiftTime(2, "晚", time(20), Decimal(12)))
    plant = Calendar((CalendarRule(date(2020, 1, 1), time(8), shifts, month_first=26),))
    late = group(date(2026, 3, 28))
    april = {"first": date(2026, 4, 1), "last": date(2026, 4, 20), "calendar": plant}
    assert [one.state for one in told(book(), late, **april)] == [State.MISSED]
    (found,) = told(book(calendar="stat"), late, **april)
    assert (found.state, found.window and found.window.first) == (State.OK, date(2026, 3, 26))


def test_what_is_owed_can_be_laid_out_without_any_subject() -> None:
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "on": date(2026, 12, 31)}
    owed = list(asked(book(), "body", **year))
    assert [one.window.key for one in owed][:2] == ["2026-01", "2026-02"] and len(owed) == 12
    assert list(asked(book(), "person", **year)) == []


def test_a_note_reminds_and_never_counts() -> None:
    (found,) = told(book(level="note"), group())
    assert (found.state, found.severity, found.counts) == (State.NOTED, "NOTE", False)


SHIPPED = regulations.load()


def vote(**how: int) -> list[tuple[str, State]]:
    meeting = Gathering(
        id="大会", kind="assembly", held_on=MARCH, due=how["due"], attended=how["attended"], convened_by="secretary",
        votes=(Vote(title="决议", favour=how["favour"]),),
    )  # fmt: skip
    branch = BodyFacts(id=1, name="一支部", kind="branch", from_on=START, gatherings=(meeting,))
    return [(one.side, one.state) for one in told(SHIPPED, branch, on=MARCH) if one.rule == "R-LIFE-11"]


@pytest.mark.parametrize(
    ("due", "attended", "favour", "quorum", "majority"),
    [
        (25, 13, 13, State.OK, State.OK),
        (25, 12, 12, State.MISSED, State.MISSED),
        (24, 12, 12, State.OK, State.MISSED),
        (24, 13, 13, State.OK, State.OK),
        (1, 1, 1, State.OK, State.OK),
    ],
)
def test_a_majority_is_of_those_due_and_half_is_not_more_than_half(
    due: int, attended: int, favour: int, quorum: State, majority: State
) -> None:
    assert vote(due=due, attended=attended, favour=favour) == [("quorum", quorum), ("majority", majority)]


def test_two_votes_of_one_meeting_are_two_findings() -> None:
    both = (Vote(title="甲", favour=9), Vote(title="乙", favour=3, voting=4))
    meeting = Gathering(id=5, kind="assembly", held_on=MARCH, due=10, attended=10, votes=both)
    branch = BodyFacts(id=1, name="一支部", kind="branch", from_on=START, gatherings=(meeting,))
    found = [one for one in told(SHIPPED, branch) if one.rule == "R-LIFE-11"]
    assert [(one.subject.part, one.state) for one in found] == [
        ("quorum:2026-03-12:5.1", State.OK), ("quorum:2026-03-12:5.2", State.MISSED),
        ("majority:2026-03-12:5.1", State.OK), ("majority:2026-03-12:5.2", State.MISSED),
    ]  # fmt: skip


def test_what_happened_is_missed_from_its_own_day_and_what_was_owed_from_the_day_after_it_was_due() -> None:
    few = Gathering(id=1, kind="committee", held_on=MARCH, due=5, attended=1, convened_by="secretary")
    branch = BodyFacts(id=1, name="一支部", kind="branch", from_on=START, gatherings=(few,))
    found = {(one.rule, one.side): one.since for one in told(SHIPPED, branch) if one.counts}
    assert found["R-LIFE-02", "quorum"] == MARCH
    assert found["R-LIFE-06", "held"] == date(2026, 4, 1)


def test_unpaid_dues_are_told_to_the_secretary_only_and_name_no_amount() -> None:
    months = tuple(Unpaid(month=date(2026, month, 1)) for month in range(1, 7))
    member = PersonFacts(id=9, name="吴师傅", from_on=START, unpaid=months)
    june = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
    found = [one for one in told(SHIPPED, member, **june) if one.rule == "R-EDU-08"]  # type: ignore[arg-type]
    assert [(one.state, one.audience, one.detail) for one in found] == [
        (State.MISSED, ("secretary",), "到 2026年6月连续 6 个月未交纳党费")
    ]


def test_company_conferences_and_monthly_life_stand_in_for_nothing() -> None:
    kinds = ("monthly_life", "职代会", "班子会", "总经理办公会")
    meetings = tuple(Gathering(id=no, kind=kind, held_on=date(2026, 12, 1 + no)) for no, kind in enumerate(kinds))
    branch = BodyFacts(id=1, name="一支部", kind="branch", from_on=START, gatherings=meetings)
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "on": date(2027, 3, 1)}
    found = told(SHIPPED, branch, **year)
    assert {one.state for one in found} == {State.MISSED}
    assert {"R-LIFE-01", "R-LIFE-02", "R-LIFE-06", "R-LIFE-08", "R-LIFE-09"} <= {one.rule for one in found}
