"""What a case's steps say of a promise: when it fell due, whether it was kept, and when a flag was reached."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ronglu.kernel.loops.due import Due, Rung
from ronglu.kernel.loops.loop import ANYONE, Clock, Loop, Move, Phase, Raise, State
from ronglu.kernel.loops.promise import DueLine, Passage, Promise, days_touched, lapses, lines, stays

ANSWER = Clock(code="answered", label="按时答复", en="Answered", states=("asked", "passed_on"), fact="answer")
WORK = Clock(code="worked", label="按期实施", en="Worked", states=("doing",), fact="work", passed=True)
MAJOR = {"grade": frozenset({"major"})}


def state(code: str, phase: Phase) -> State:
    return State(code=code, label=code, en=code, phase=phase, due=None if phase.over else Due(3))


LOOP = Loop(
    code="toy", version=1, label="试", en="Toy", prefix="T", source="test", status="D", fields=(),
    states=(
        state("asked", Phase.OPEN), state("passed_on", Phase.OPEN), state("doing", Phase.WORKING),
        state("checking", Phase.VERIFYING), state("counting", Phase.VERIFYING), state("done", Phase.CLOSED),
        state("void", Phase.DROPPED),
    ),
    moves=(Move(code="go", label="走", en="Go", source=("asked",), to="doing", by=(ANYONE,)),),
    raising=Raise(by=(ANYONE,), to="asked", needs=()), clocks=(ANSWER, WORK),
    ladder=(Rung(days=7, tell=(), label="超期七天", flag="overdue", when=MAJOR),),
)  # fmt: skip


def at(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour)


def step(after: str, day: int, due: int | None = None, **data: Any) -> Passage:
    """`due` is the last day of the deadline, which closes with it."""
    return Passage(after, at(day), at(due + 1, 0) if due else None, data)


def on(day: int) -> dt.date:
    return dt.date(2026, 3, day)


def test_left_on_the_last_day_is_kept_and_on_the_next_is_not() -> None:
    assert list(stays(LOOP, ANSWER, [step("asked", 2, 5), step("doing", 5)])) == [Promise(1, on(5), on(5), True)]
    assert list(stays(LOOP, ANSWER, [step("asked", 2, 5), step("doing", 6)])) == [Promise(1, on(5), on(6), False)]


def test_one_that_nobody_left_fell_due_all_the_same() -> None:
    assert list(stays(LOOP, ANSWER, [step("asked", 2, 5)])) == [Promise(1, on(5), None, False)]


def test_passing_it_on_in_time_sets_a_later_day_and_passing_it_on_late_does_not() -> None:
    early = [step("asked", 2, 5), step("passed_on", 4, 9), step("doing", 9)]
    late = [step("asked", 2, 5), step("passed_on", 6, 11), step("doing", 9)]
    assert list(stays(LOOP, ANSWER, early)) == [Promise(1, on(9), on(9), True)]
    assert list(stays(LOOP, ANSWER, late)) == [Promise(1, on(5), on(9), False)]


def test_coming_back_is_a_second_promise_and_a_dropped_case_is_none() -> None:
    steps = [step("asked", 2, 5), step("doing", 3, 8), step("asked", 10, 12)]
    assert list(stays(LOOP, ANSWER, steps)) == [Promise(1, on(5), on(3), True), Promise(2, on(12), None, False)]
    assert list(stays(LOOP, ANSWER, [*steps, step("void", 11)])) == [Promise(1, on(5), on(3), True)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([], Promise(1, on(8), on(8), False)),
        ([step("counting", 12, 20)], Promise(1, on(8), on(8), True)),
        ([step("doing", 9, 15)], Promise(1, on(8), None, False)),
        ([step("doing", 9, 15), step("checking", 10, 15), step("done", 12)], Promise(1, on(8), on(10), False)),
    ],
)
def test_what_was_handed_in_counts_once_the_second_person_let_it_through(
    after: list[Passage], expected: Promise
) -> None:
    handed_in = [step("doing", 2, 8), step("checking", 8, 11)]
    assert list(stays(LOOP, WORK, [*handed_in, *after])) == [expected]


def test_a_line_is_kept_when_done_by_its_day_and_passed_whenever() -> None:
    clock = Clock(code="l", label="l", en="l", rows="line", fact="f")
    rows = [
        DueLine(1, "passed", on(5), on(5)), DueLine(2, "passed", on(5), on(6)), DueLine(3, "done", on(5), on(4)),
        DueLine(4, "open", on(5), None), DueLine(5, "dropped", on(5), None), DueLine(6, "passed", None, on(5)),
    ]  # fmt: skip
    found = list(lines(LOOP, clock, state="doing", data={}, rows=rows))
    assert [(one.no, one.met) for one in found] == [(1, True), (2, False), (3, False), (4, False)]
    # giving the case up leaves what was passed before, kept or not
    dropped = list(lines(LOOP, clock, state="void", data={}, rows=rows))
    assert [(one.no, one.met) for one in dropped] == [(1, True), (2, False)]


def test_a_line_given_up_after_its_day_was_not_kept() -> None:
    clock = Clock(code="l", label="l", en="l", rows="line", fact="f")
    rows = [DueLine(1, "dropped", on(5), None, on(5)), DueLine(2, "dropped", on(5), None, on(6))]
    found = list(lines(LOOP, clock, state="doing", data={}, rows=rows))
    assert [(one.no, one.met) for one in found] == [(2, False)]


def test_a_clock_for_some_cases_looks_at_what_the_case_says() -> None:
    clock = Clock(code="m", label="m", en="m", states=("asked",), fact="f", when=MAJOR)
    assert not list(stays(LOOP, clock, [step("asked", 2, 5), step("doing", 3)]))
    assert len(list(stays(LOOP, clock, [step("asked", 2, 5, grade="major"), step("doing", 3)]))) == 1


def test_a_flag_is_reached_seven_days_after_the_deadline_unless_the_case_moved_on() -> None:
    open_ = [step("doing", 2, 5, grade="major")]
    assert [(one.flag, one.on) for one in lapses(LOOP, open_)] == [("overdue", on(12))]
    # a line's step moves no deadline
    assert [one.on for one in lapses(LOOP, [*open_, step("doing", 8, 5)])] == [on(12)]
    assert not list(lapses(LOOP, [*open_, step("doing", 8, 20), step("done", 10)]))
    assert [one.on for one in lapses(LOOP, [*open_, step("done", 13)])] == [on(12)]
    assert not list(lapses(LOOP, [step("doing", 2, 5, grade="minor")]))
    assert not list(lapses(LOOP, [*open_, step("void", 20)]))


def test_a_deadline_touches_its_own_day_and_that_of_the_flag() -> None:
    assert days_touched(LOOP, [at(29, 0), None], [on(3), None]) == {on(28), dt.date(2026, 4, 4), on(3)}


def test_steps_of_an_earlier_version_count_where_they_were_carried_to() -> None:
    renamed = replace(LOOP, version=2, carry={"question": "asked"})
    assert list(stays(renamed, ANSWER, [step("question", 2, 5), step("doing", 5)])) == [Promise(1, on(5), on(5), True)]
    forgotten = [step("elsewhere", 1, 3), step("asked", 2, 5), step("doing", 6)]
    assert list(stays(renamed, ANSWER, forgotten)) == [Promise(1, on(5), on(6), False)]


def test_asking_for_a_check_and_being_sent_back_does_not_undo_a_deadline_that_went_by() -> None:
    """Due on the 5th, so the flag is reached on the 12th; meanwhile it was with the verifier, under a deadline of his own."""
    passages = [step("doing", 2, 5, grade="major"), step("checking", 11, 13), step("doing", 15, 5)]
    assert [(one.flag, one.on) for one in lapses(LOOP, passages)] == [("overdue", on(12))]
