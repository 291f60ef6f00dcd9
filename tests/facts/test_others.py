"""Sheets beside 双百: what fell due for who answers for a branch, and crews against their part of the line's plan."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.score import judge
from ronglu.store.models import AssessedResult, AssessedRun, AssessedTotal, CalendarRow, ShiftRow
from ronglu.tasks import assess_others
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT as APRIL
from tests.facts.plant_month import MARCH, SHIFTS, March, make_march
from tests.work.loops_cast import LOOPS, line, report, settle, step
from tests.work.reviewed import begun, tended

pytestmark = pytest.mark.django_db


@pytest.fixture
def april(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"


@pytest.fixture
def clock(cast: Cast) -> None:
    CalendarRow.objects.create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )


def of(run: AssessedRun, subject: str, item: str) -> AssessedResult:
    return AssessedResult.objects.get(run=run, subject=subject, item=item)


def replayed(found: AssessedResult) -> bool:
    """Whether the frozen sheet gives the stored points from the stored basis."""
    item = build(found.run.declaration).item(found.item)
    again = judge(item=item, basis=Basis.from_data(found.basis))
    return (again.state.value, again.won_h, again.share_ppb) == (found.state, found.won, found.share)


def action(cast: Cast, *, finish_by: str, doer: str = "王书记", done: bool = False) -> None:
    loop = LOOPS["action"]
    given = {"what": "更新看板", "source": "meeting", "finish_by": finish_by}
    case = report(cast, "马主任", loop=loop, unit=cast.unit["QL-R1"], given=given).case
    step(cast, case, "马主任", "assign", loop=loop, doer=[cast.person[doer].pk])
    if done:
        step(cast, case, doer, "finish", loop=loop, result="已更新")
        step(cast, case, "马主任", "close", loop=loop)


@pytest.mark.covers("S1-42")
def test_a_duty_missed_costs_its_holder_and_none_earns(cast: Cast, april: None, clock: None) -> None:
    """Two actions fell due in March, one was done: 40 − 10. The third falls due in April and is no matter of March."""
    action(cast, finish_by="2026-03-20")
    action(cast, finish_by="2026-03-20", done=True)
    action(cast, finish_by="2026-04-20")
    run = assess_others.persons(plant=cast.plant, month=MARCH, at=APRIL)
    wang = f"person:{cast.person['王书记'].pk}"
    found = of(run, wang, "L1")
    assert (found.state, found.won, found.points) == ("scored", 3000, 4000)
    assert [(one["num"], one["den"]) for one in found.basis["records"] and found.basis["lines"]] == [(1, 1), (0, 1)]
    assert replayed(found)
    # nothing else was due for him but that no major hazard lapsed: 30 + 10 of 50
    total = AssessedTotal.objects.get(run=run, subject=wang)
    assert (total.applicable, total.won, total.converted) == (5000, 4000, 8000)


def test_only_who_answers_for_a_branch_is_assessed(cast: Cast, april: None, clock: None) -> None:
    """李班长 and 马主任 hold no seat; 高书记 sits on the plant's committee, which is no branch."""
    action(cast, finish_by="2026-03-20", doer="李班长")
    run = assess_others.persons(plant=cast.plant, month=MARCH, at=APRIL)
    assert set(run.totals.values_list("person__name", flat=True)) == {"王书记"}
    assert of(run, f"person:{cast.person['王书记'].pk}", "L1").state == "not_applicable"


def test_a_late_self_check_costs_the_secretary_of_its_branch(
    cast: Cast, clock: None, settings: Any, tmp_path: Path
) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-05-03"
    begun(cast)
    tended(cast, dt.date(2026, 4, 1))
    run = assess_others.persons(plant=cast.plant, month=MARCH + 1, at=dt.datetime(2026, 5, 3, 9))
    found = of(run, f"person:{cast.person['王书记'].pk}", "L2")
    # due on 7 April and never handed in: 30 − 15
    assert (found.won, found.basis["records"][0]["due"]) == (1500, "2026-04-07")


def test_the_same_month_twice_is_one_run_and_a_change_another(cast: Cast, april: None, clock: None) -> None:
    first = assess_others.persons(plant=cast.plant, month=MARCH, at=APRIL)
    assert assess_others.persons(plant=cast.plant, month=MARCH, at=APRIL) == first
    action(cast, finish_by="2026-03-20")
    assert assess_others.persons(plant=cast.plant, month=MARCH, at=APRIL).number == 2


@pytest.fixture
def march(cast: Cast, april: None) -> March:
    line_ = cast.unit["QL-R1"]
    return make_march(plant=line_.plant, line=line_, by=cast.account["周统计员"])


def test_a_crew_is_judged_by_its_own_shifts_against_its_part_of_the_plan(cast: Cast, march: March) -> None:
    """甲 fed 10 t in each of its shifts; of the line's 930 t in 93 shifts its part is 10 t a shift: exactly met.

    Coal: 43 kg/t against 42: 42 ÷ 43 = 0.976744, 0.7 + 0.026744 ÷ 0.03 × 0.2 = 0.878293; × 20 = 17.57.
    """
    run = assess_others.lines(plant=cast.plant, month=MARCH, at=APRIL)
    crew = cast.unit["QL-R1-甲"]
    found = of(run, f"unit:{crew.pk}", "K1")
    fed = next(one for one in found.basis["lines"] if one["key"] == "SM-01")
    stood = ShiftRow.objects.filter(unit=march.line, letter="甲").count()
    assert stood in (23, 24)
    assert fed["plan"] * 1000 == 10 * stood * 10 ** fed.get("decimals", 0) * 1000
    assert replayed(found)
    coal = of(run, f"unit:{crew.pk}", "K3")
    assert replayed(coal)
    assert {r.state for r in AssessedResult.objects.filter(run=run, item="K4")} == {"not_applicable"}
    # the crews of the other line report nothing
    assert of(run, f"unit:{cast.unit['QL-F1-甲'].pk}", "K1").state == "not_applicable"


def test_what_fell_due_at_the_places_of_a_crew_counts_for_it_alone(cast: Cast, march: March) -> None:
    for done in (True, False):
        case = report(cast, given={"kind": "equipment", "what": f"渗水{done}"}, unit=cast.unit["QL-R1-甲"]).case
        step(cast, case, "赵安全员", "grade")
        row = line(cast, case, "赵安全员", who="陈技术员", due_on=dt.date(2026, 3, 13))
        if done:
            five = {"funds": "不需要", "fix_by": "2026-03-13", "fallback": "不需要"}
            step(cast, case, "赵安全员", "settle", fixer="陈技术员", **five)
            settle(cast, row, "陈技术员", "done")
            step(cast, case, "陈技术员", "ask")
            settle(cast, row, "赵安全员", "pass")
    run = assess_others.lines(plant=cast.plant, month=MARCH, at=APRIL)
    found = of(run, f"unit:{cast.unit['QL-R1-甲'].pk}", "K4")
    assert (found.won, replayed(found)) == (1000, True)
    assert of(run, f"unit:{cast.unit['QL-R1-乙'].pk}", "K4").state == "not_applicable"
