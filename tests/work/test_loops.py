"""Versions of loops: a change without a new version is refused, a new version takes every open case along."""

from dataclasses import replace

import pytest

from ronglu.kernel.loops.due import Due
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Phase, State
from ronglu.store.models import Case, CaseStep, LoopVersion
from ronglu.work import loops
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import HAZARD, LOOPS, report, step

__all__ = ["cast"]


def second(**changes: object) -> dict[str, object]:
    """The hazard loop in a second version, in which `graded` is called `sorted`."""
    states = tuple(replace(s, code="sorted") if s.code == "graded" else s for s in HAZARD.states)
    moves = tuple(
        replace(
            m,
            to="sorted" if m.to == "graded" else m.to,
            source=tuple("sorted" if s == "graded" else s for s in m.source),
        )
        for m in HAZARD.moves
    )
    rows = tuple(replace(r, states=tuple("sorted" if s == "graded" else s for s in r.states)) for r in HAZARD.rows)
    made = replace(HAZARD, version=2, states=states, moves=moves, rows=rows, carry={"graded": "sorted"})
    return {"hazard": replace(made, **changes)}  # type: ignore[arg-type]


def test_the_first_meeting_is_written_down_and_the_second_changes_nothing(db: None) -> None:
    assert set(loops.adopt(loops=LOOPS, at=AT).loops) == set(LOOPS)
    assert loops.adopt(loops=LOOPS, at=AT) == loops.Adopted((), 0)
    assert LoopVersion.objects.filter(loop="hazard").count() == 1


def test_a_change_without_a_new_version_is_refused(db: None) -> None:
    loops.adopt(loops=LOOPS, at=AT)
    odd = State(code="odd", label="怪", en="Odd", phase=Phase.OPEN, due=Due(1), turn=("safety_officer",))
    with pytest.raises(LoopTrouble, match="“隐患”的声明改了，版本还是 1：请把 version 改为 2"):
        loops.adopt(loops={"hazard": replace(HAZARD, states=(*HAZARD.states, odd))}, at=AT)


def test_other_words_need_no_new_version(db: None) -> None:
    loops.adopt(loops=LOOPS, at=AT)
    assert loops.adopt(loops={"hazard": replace(HAZARD, label="安全隐患")}, at=AT).loops == ()


def test_a_new_version_takes_open_cases_along_and_says_so_in_each(cast: Cast) -> None:
    loops.adopt(loops=LOOPS, at=AT)
    graded, found = report(cast).case, report(cast, given={"kind": "fire"}).case
    step(cast, graded, "赵安全员", "grade")
    assert loops.adopt(loops=second(), at=AT) == loops.Adopted(("hazard",), 1)  # type: ignore[arg-type]
    states = dict(Case.objects.values_list("pk", "state"))
    assert (states[graded.pk], states[found.pk]) == ("sorted", "found")
    assert set(Case.objects.values_list("version", flat=True)) == {2}
    last = CaseStep.objects.filter(case=graded).last()
    assert last is not None and (last.move, last.before, last.after) == ("carried", "graded", "sorted")


def test_a_new_version_that_leaves_cases_nowhere_is_refused_whole(cast: Cast) -> None:
    loops.adopt(loops=LOOPS, at=AT)
    step(cast, report(cast).case, "赵安全员", "grade")
    with pytest.raises(LoopTrouble, match="“隐患”：上一版的状态 graded 没有了，carry 要写明它现在是哪个状态"):
        loops.adopt(loops=second(carry={}), at=AT)  # type: ignore[arg-type]
    assert LoopVersion.objects.filter(loop="hazard").count() == 1


def test_an_older_program_does_not_touch_newer_data(db: None) -> None:
    loops.adopt(loops=second(), at=AT)  # type: ignore[arg-type]
    with pytest.raises(LoopTrouble, match="第 1 版，数据已经按第 2 版办理"):
        loops.adopt(loops={"hazard": HAZARD}, at=AT)
